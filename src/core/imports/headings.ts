// Which heading of the file is which column: as somebody says, as it was last time at this place, or by its name.
// Always holds: a heading counts for one column; one that stands twice in the file is never chosen by a guess.

import type { Field, Problem } from '../../kernel/index.ts'
import type { AnyImport } from './model.ts'
import { importsProblem } from './problems.ts'
import type { SourceHeading } from './source.ts'

/** Leaves a column out. */
export const LEFT_OUT = '-'

export interface Mapped {
  /** Heading by column, for columns that are there. */
  readonly found: ReadonlyMap<string, SourceHeading>
  /** As it is kept: the heading's text, or `#C`. */
  readonly mapping: Readonly<Record<string, string>>
  readonly unmapped: readonly SourceHeading[]
  readonly problems: readonly Problem[]
}

type Said = Readonly<Record<string, string>>

export function mapHeadings(
  { columns, headings: more = {} }: Pick<AnyImport, 'columns' | 'headings'>,
  headings: readonly SourceHeading[],
  { said = {}, remembered = {} }: { readonly said?: Said; readonly remembered?: Said },
): Mapped {
  const problems: Problem[] = []
  const found = new Map<string, SourceHeading>()
  const all = headings.map((h) => h.text || `#${h.column}`).join('、')
  for (const column of Object.keys(said))
    if (!(column in columns.fields))
      problems.push(
        importsProblem('imports.no-such-column', {
          column: column.slice(0, 40),
          columns: Object.keys(columns.fields).join('、'),
        }),
      )
  for (const [column, field] of Object.entries<Field>(columns.fields)) {
    const named = said[column]
    if (named === LEFT_OUT) {
      if (field.required) problems.push(missing(field, all))
      continue
    }
    const matching =
      named !== undefined
        ? matchesOf(named, headings)
        : (matchingOf(remembered[column], headings) ??
          firstMatching([field.title.zh, column, field.title.en, ...(more[column] ?? [])], headings))
    const [one, ...others] = matching ?? []
    if (named !== undefined && !one)
      problems.push(importsProblem('imports.heading-unknown', { heading: named.slice(0, 40), headings: all }))
    else if (!one) {
      if (field.required) problems.push(missing(field, all))
    } else if (others.length > 0)
      problems.push(
        importsProblem('imports.heading-twice', {
          heading: one.text,
          columns: [one, ...others].map((h) => h.column).join('、'),
        }),
      )
    else found.set(column, one)
  }
  const byHeading = new Map<SourceHeading, string[]>()
  for (const [column, h] of found) byHeading.set(h, [...(byHeading.get(h) ?? []), column])
  for (const [h, twice] of byHeading)
    if (twice.length > 1)
      problems.push(
        importsProblem('imports.mapped-twice', {
          heading: h.text,
          columns: twice.map((c) => columns.fields[c]!.title.zh).join('、'),
        }),
      )
  const unmapped = headings.filter((h) => !byHeading.has(h))
  const named = unmapped.filter((h) => h.text !== '')
  if (named.length > 0)
    problems.push(
      importsProblem('imports.columns-left-out', {
        count: named.length,
        headings: named
          .map((h) => h.text)
          .join('、')
          .slice(0, 200),
      }),
    )
  return {
    found,
    mapping: Object.fromEntries([...found].map(([c, h]) => [c, keptName(h, headings)])),
    unmapped,
    problems,
  }
}

const missing = (field: Field, headings: string): Problem =>
  importsProblem('imports.column-missing', { column: field.title.zh, columnEn: field.title.en, headings })

/** Text of the heading where it says which; else its letter. */
const keptName = (h: SourceHeading, all: readonly SourceHeading[]): string =>
  h.text !== '' && all.filter((o) => same(o.text, h.text)).length === 1 ? h.text : `#${h.column}`

const plain = (s: string): string =>
  s
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:()（）\-_./、，]/g, '')
const same = (a: string, b: string): boolean => plain(a) === plain(b)

const matchesOf = (name: string, headings: readonly SourceHeading[]): readonly SourceHeading[] =>
  name.startsWith('#')
    ? headings.filter((h) => h.column === name.slice(1).toUpperCase())
    : headings.filter((h) => h.text !== '' && same(h.text, name))

const matchingOf = (
  name: string | undefined,
  headings: readonly SourceHeading[],
): readonly SourceHeading[] | undefined => {
  const found = name === undefined ? [] : matchesOf(name, headings)
  return found.length === 0 ? undefined : found
}

function firstMatching(
  names: readonly string[],
  headings: readonly SourceHeading[],
): readonly SourceHeading[] | undefined {
  for (const name of names) {
    const found = matchingOf(name, headings)
    if (found) return found
  }
  return undefined
}
