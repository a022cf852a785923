// The input of an act as lines a person reads: each field under its title, choices and places by their names. What is above the
// reader's grade is masked; a personal value stays its commitment, which the answer opens for who may see it.

import {
  describeForm,
  isSealed,
  MASK,
  sees,
  walk,
  type Form,
  type Grade,
  type JsonObject,
} from '../../../kernel/index.ts'
import type { Reader } from '../../store/index.ts'
import type { AnyCommand } from '../model.ts'
import type { Directory } from './directory.ts'

export interface SaidField {
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly value: string
  /** In English, where it is not the same. */
  readonly valueEn?: string
}

/** The form an input of that version was checked by. */
export const formOf = (command: AnyCommand, version: number): Form | undefined =>
  version === command.version ? command.input : command.past?.[version]?.input

export async function saidInput(
  reader: Reader,
  form: Form,
  input: JsonObject,
  grade: Grade,
  directory: Directory,
): Promise<readonly SaidField[]> {
  const titles = new Map(describeForm(form).map((r) => [r.path, r.title]))
  const found: { path: string; value: string; valueEn?: string; kind: string }[] = []
  walk(form, input, (value, at) => {
    const { kind, choices } = at.field
    const put = (text: string, en = text): string => {
      found.push({ path: at.path, value: text, kind, ...(en === text ? {} : { valueEn: en }) })
      return text
    }
    if (!sees(grade, at.grade)) return put(MASK)
    if (isSealed(at.grade)) return put(typeof value === 'string' ? value : MASK)
    if (kind === 'list' || kind === 'group') return undefined
    if (typeof value !== 'object' || value === null) {
      const choice = choices?.find((c) => c.value === value)
      return choice
        ? put(
            `${choice.title.zh}（${choice.value}）`,
            choice.title.en === choice.value ? choice.value : `${choice.title.en} (${choice.value})`,
          )
        : put(String(value))
    }
    const { value: number, unit, from, to } = value as Readonly<Record<string, unknown>>
    if (number !== undefined) return put(`${String(number)} ${String(unit)}`)
    return to === undefined
      ? put(`${String(from)} 起`, `from ${String(from)}`)
      : put(`${String(from)} 至 ${String(to)}`, `${String(from)} to ${String(to)}`)
  })
  const named = new Set(['organisation', 'region', 'account'])
  const names = await directory.owners(
    reader,
    found.filter((f) => named.has(f.kind) && f.value !== MASK).map((f) => f.value),
  )
  const people = await directory.people(
    reader,
    found.filter((f) => f.kind === 'person' && f.value !== MASK).map((f) => f.value),
  )
  return found.map(({ path, value, valueEn }) => {
    const title = titleOf(titles, path)
    const name = names.get(value) ?? people.get(value)?.login ?? value
    return { path, zh: title.zh, en: title.en, value: name, ...(valueEn === undefined ? {} : { valueEn }) }
  })
}

/** `lines.2.amount` → 明细 第 3 项 数量 */
function titleOf(
  titles: ReadonlyMap<string, { readonly zh: string; readonly en: string }>,
  path: string,
): { readonly zh: string; readonly en: string } {
  const steps = path.split('.')
  const zh: string[] = []
  const en: string[] = []
  steps.forEach((step, i) => {
    if (/^\d+$/.test(step)) {
      zh.push(`第 ${Number(step) + 1} 项`)
      en.push(`item ${Number(step) + 1}`)
      return
    }
    const known = titles.get(
      steps
        .slice(0, i + 1)
        .map((s) => (/^\d+$/.test(s) ? '*' : s))
        .join('.'),
    )
    zh.push(known?.zh ?? step)
    en.push(known?.en ?? step)
  })
  return { zh: zh.join(' '), en: en.join(', ') }
}
