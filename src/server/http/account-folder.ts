// An uploaded folder before it is computed: its input list as found or as proposed, everything red and yellow in it, what could
// not be placed and what each service still lacks. Loaded when it is asked for.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { placeText, ProblemError, type CivilDate, type Problem, type Text } from '../../kernel/index.ts'
import { loadRuleBook, type RuleBook } from '../../core/rules/index.ts'
import {
  acceptList,
  checkInputs,
  classificationOf,
  findArgument,
  findService,
  listSheet,
  overridesText,
  proposeList,
  readList,
  SAMPLE_COUNTY,
  writeList,
  type InputList,
  type Proposal,
} from '../../domains/accounting/index.ts'

export { overridesText }

const LISTS = ['account.yaml', '输入清单.xlsx']
const WRITTEN = LISTS[0]!

interface Read {
  readonly list?: InputList
  readonly problems: readonly Problem[]
  /** Where the folder brought none. */
  readonly proposal?: Proposal
}

async function listOf(folder: string, book: RuleBook): Promise<Read> {
  const found = LISTS.map((f) => join(folder, f)).find((f) => existsSync(f))
  if (found !== undefined) return readList(found)
  const proposal = proposeList(folder, { classification: classificationOf(book) })
  return { list: proposal.list, problems: proposal.problems, proposal }
}

/** Region and year that a run is of. @param folder undefined for the sample county */
export async function groundOf(
  folder: string | undefined,
): Promise<{ readonly place: string; readonly year: number } | undefined> {
  if (folder === undefined) return { place: SAMPLE_COUNTY, year: SAMPLE_YEAR }
  const found = LISTS.map((f) => join(folder, f)).find((f) => existsSync(f))
  const list = found === undefined ? undefined : (await readList(found)).list
  return list && { place: list.region.code, year: list.year }
}

/** The year `sample county` makes where none is named. */
const SAMPLE_YEAR = 2024

const argument = (id: string): Text => findArgument(id)?.title ?? { zh: id, en: id }

/** @param rules folder of the rule book */
export async function folderView(folder: string, rules: string) {
  const { book } = await loadRuleBook(rules)
  const { list, problems, proposal } = await listOf(folder, book)
  const checked = list && checkInputs(folder, list, book)
  const all = [...problems, ...(checked?.problems ?? [])]
  const sorted = [...all.filter((p) => p.severity === 'red'), ...all.filter((p) => p.severity === 'yellow')]
  return {
    ...(list
      ? {
          list: {
            proposed: proposal !== undefined,
            title: list.title,
            year: list.year,
            priceYear: list.priceYear,
            set: book.sets.find((s) => s.id === list.set)?.title ?? { zh: list.set, en: list.set },
            region: list.region,
            ...(list.accepted ? { accepted: list.accepted } : {}),
          },
        }
      : {}),
    facts: checked?.facts ?? 0,
    files: checked?.files ?? 0,
    problems: sorted.map(({ code, severity, zh, en, hint, at }) => ({
      code,
      severity,
      zh,
      en,
      hint,
      place: placeText(at),
    })),
    placed: (list?.arguments ?? []).map((b) => ({
      title: argument(b.argument),
      from: [b.file, b.sheet, b.column].filter(Boolean).join(' › '),
      unit: b.unit,
      ...(b.question ? { question: b.question } : {}),
    })),
    unplaced: (proposal?.unplaced ?? []).map((u) => ({
      from: [u.file, u.sheet, u.column].filter(Boolean).join(' › '),
      why: u.why,
    })),
    empty: (proposal?.emptyServices ?? []).map((e) => ({
      service: findService(e.service)?.title ?? { zh: e.service, en: e.service },
      missing: e.missing.map(argument),
    })),
  }
}

/** The list, found or proposed, as a workbook to fill in. */
export async function folderSheet(folder: string, rules: string): Promise<Uint8Array> {
  const { book } = await loadRuleBook(rules)
  const { list, problems } = await listOf(folder, book)
  if (!list) throw new ProblemError(problems)
  return listSheet(list)
}

/** Accepts the list in somebody's name and writes it into the folder. @throws ProblemError while a question is open */
export async function acceptFolder(folder: string, rules: string, by: string, on: CivilDate): Promise<void> {
  const { book } = await loadRuleBook(rules)
  const { list, problems } = await listOf(folder, book)
  if (!list) throw new ProblemError(problems)
  await writeList(join(folder, WRITTEN), acceptList(list, by, on))
}
