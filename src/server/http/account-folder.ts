// An uploaded folder before it is computed: its input list as found, as proposed or as changed by hand, everything red and yellow
// in it, what could not be placed and what each service still lacks. Loaded when it is asked for.
// Always holds: a list is kept in the folder only where nothing in the list itself is red; whoever changes it takes back that it was
// accepted.

import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { placeText, ProblemError, type CivilDate, type Place, type Problem, type Text } from '../../kernel/index.ts'
import { loadRuleBook, type RuleBook } from '../../core/rules/index.ts'
import {
  acceptList,
  checkInputs,
  checkList,
  classificationOf,
  emptyServices,
  findArgument,
  listSchema,
  listSheet,
  METHODS,
  overridesText,
  proposeList,
  readList,
  requiredArguments,
  SAMPLE_COUNTY,
  SERVICES,
  writeList,
  writeSafely,
  type InputList,
  type Proposal,
} from '../../domains/accounting/index.ts'
import type { FolderChecked, ListChoices } from '../told/index.ts'
import { listChoices } from './account-choices.ts'

export { listSchema, overridesText }

/** The rules come along with the program and do not change while it runs. */
const books = new Map<string, Promise<RuleBook>>()
const bookOf = (rules: string): Promise<RuleBook> => {
  const known = books.get(rules) ?? loadRuleBook(rules).then(({ book }) => book)
  books.set(rules, known)
  return known
}

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
export async function folderView(folder: string, rules: string): Promise<FolderChecked> {
  const book = await bookOf(rules)
  return checked(folder, await listOf(folder, book), book)
}

/** A changed list is checked, and kept where it stands by itself. */
export async function changeList(folder: string, rules: string, given: InputList): Promise<FolderChecked> {
  const { accepted: _, ...list } = given
  const problems = checkList(list, entryOf)
  if (!problems.some((p) => p.severity === 'red')) {
    await keepBefore(folder)
    await writeList(join(folder, WRITTEN), list)
  }
  return checked(folder, { list, problems }, await bookOf(rules))
}

/** The list as it was before the first change; empty where there was none. It stands beside the data, and is no data. */
const beforeOf = (folder: string): string => join(dirname(folder), 'list-before-changes.yaml')

async function keepBefore(folder: string): Promise<void> {
  if (existsSync(beforeOf(folder))) return
  const written = join(folder, WRITTEN)
  await writeSafely(beforeOf(folder), existsSync(written) ? await readFile(written, 'utf8') : '')
}

/** Changes are dropped: the list is again as it was found or proposed. */
export async function dropChanges(folder: string, rules: string): Promise<FolderChecked> {
  const before = existsSync(beforeOf(folder)) ? await readFile(beforeOf(folder), 'utf8') : undefined
  if (before === '') await rm(join(folder, WRITTEN), { force: true })
  else if (before !== undefined) await writeSafely(join(folder, WRITTEN), before)
  await rm(beforeOf(folder), { force: true })
  return folderView(folder, rules)
}

/** Entries of the list by their number, as the screen counts them. */
const entryOf = ([part, k]: readonly (string | number)[]): Place =>
  part === 'arguments' && typeof k === 'number' ? { file: `清单 list › ${k + 1}` } : { file: '清单 list' }

function checked(folder: string, { list, problems, proposal }: Read, book: RuleBook): FolderChecked {
  // A list that is wrong in itself points nowhere: its numbers are read once it is right.
  const readable = !problems.some((p) => p.severity === 'red' && p.code.startsWith('list.'))
  const inputs = list && readable ? checkInputs(folder, list, book) : undefined
  const told = new Set(problems.map((p) => `${p.code} ${p.zh}`))
  const all = [...problems, ...(inputs?.problems ?? []).filter((p) => !told.has(`${p.code} ${p.zh}`))]
  const sorted = [...all.filter((p) => p.severity === 'red'), ...all.filter((p) => p.severity === 'yellow')]
  return {
    ...(list
      ? {
          list: {
            proposed: proposal !== undefined,
            changed: existsSync(beforeOf(folder)),
            set: book.sets.find((s) => s.id === list.set)?.title ?? { zh: list.set, en: list.set },
            whole: list,
          },
        }
      : {}),
    facts: inputs?.facts ?? 0,
    files: inputs?.files ?? 0,
    problems: sorted.map(({ code, severity, zh, en, hint, at }) => ({
      code,
      severity,
      zh,
      en,
      hint,
      place: placeText(at),
    })),
    titles: Object.fromEntries((list?.arguments ?? []).map((b) => [b.argument, argument(b.argument)])),
    ...(proposal
      ? {
          unplaced: proposal.unplaced.map(({ file, sheet, column, why }) => ({
            ...known({ sheet, column }),
            file,
            why,
          })),
        }
      : {}),
    services: list ? servicesOf(list) : [],
  }
}

const known = <T extends object>(o: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as never

/** What each service still lacks, or why it is left out. */
function servicesOf({ arguments: bindings, notApplicable = {} }: InputList): FolderChecked['services'] {
  const have = new Set(bindings.map((b) => b.argument))
  const needs = METHODS.map((m) => ({ service: m.service, method: m.id, arguments: requiredArguments(m) }))
  const empty = new Map(emptyServices(have, needs).map((e) => [e.service, e.missing]))
  return SERVICES.filter((s) => needs.some((n) => n.service === s.id)).map(({ id, title }) => ({
    id,
    title,
    missing: (empty.get(id) ?? []).map(argument),
    ...known({ leftOut: notApplicable[id] }),
  }))
}

/** What a changed list may point at and name. */
export const folderChoices = async (folder: string, rules: string): Promise<ListChoices> =>
  listChoices(folder, await bookOf(rules))

/** The list, found or proposed, as a workbook to fill in. */
export async function folderSheet(folder: string, rules: string): Promise<Uint8Array> {
  const { list, problems } = await listOf(folder, await bookOf(rules))
  if (!list) throw new ProblemError(problems)
  return listSheet(list)
}

/** Accepts the list in somebody's name and writes it into the folder. @throws ProblemError while a question is open */
export async function acceptFolder(folder: string, rules: string, by: string, on: CivilDate): Promise<void> {
  const { list, problems } = await listOf(folder, await bookOf(rules))
  if (!list) throw new ProblemError(problems)
  await writeList(join(folder, WRITTEN), acceptList(list, by, on))
}
