// From the column a list names to the column of a table: a heading as printed, its lowest part, or a letter.

import { columnNumber, splitUnit, type Heading, type Table } from '../../../core/exchange-formats/index.ts'
import { findUnit, sameUnit, type Dimension, type Place, type Problem, type Unit } from '../../../kernel/index.ts'
import { plainName } from './plain-name.ts'
import { problem } from './problems.ts'

export const tablePlace = (table: Table, cell?: string): Place => ({
  file: table.file,
  ...(table.sheet === '' ? {} : { sheet: table.sheet }),
  ...(cell === undefined ? {} : { cell }),
})

/** Headings count before letters: a column headed `COD` is not column COD. */
export function findColumn(table: Table, named: string): Heading | Problem {
  const [whole, name] = [plainName(named), plainName(splitUnit(named).text)]
  const last = (h: Heading): string => plainName(h.path.at(-1) ?? '')
  const printed = (h: Heading): string => plainName(`${h.text}${h.unitText ?? ''}`)
  const tests: readonly ((h: Heading) => boolean)[] = [
    (h) => h.text === named,
    (h) => printed(h) === whole,
    (h) => plainName(h.text) === whole,
    (h) => last(h) === whole,
    (h) => plainName(h.text) === name || last(h) === name,
  ]
  for (const test of tests) {
    const hits = table.headings.filter((h) => h.text !== '' && test(h))
    if (hits.length === 1) return hits[0]!
    if (hits.length > 1) {
      const letters = hits.map((h) => h.column)
      return problem(
        'input.ambiguous-column',
        { column: named, letters: letters.join('、'), first: letters[0]! },
        tablePlace(table, hits[0]!.address),
      )
    }
  }
  const col = columnNumber(named)
  const byLetter = col === undefined ? undefined : table.headings.find((h) => h.col === col)
  if (byLetter) return byLetter
  const headings = table.headings
    .map((h) => `${h.column} ${h.text}`)
    .join('、')
    .slice(0, 300)
  return problem('input.missing-column', { column: named, headings }, tablePlace(table))
}

/** The text by which a column is named in a list: its heading where that finds it again, else its letter. */
export function columnName(table: Table, heading: Heading): string {
  if (heading.text !== '') {
    const again = findColumn(table, heading.text)
    if ('col' in again && again.col === heading.col) return heading.text
  }
  return heading.column
}

export const isUnitColumn = (h: Heading): boolean => /^(计量)?单位$|^units?$/.test(plainName(h.path.at(-1) ?? ''))

/** `t` written over a column may mean t of carbon, CO2 or dry matter; 人 may mean 人次. Which, the argument knows. */
const LOOSE: Readonly<Partial<Record<Dimension, readonly [as: Dimension, times: bigint]>>> = {
  carbon: ['mass', 1n],
  co2: ['mass', 1n],
  oxygen: ['mass', 1n],
  'dry-matter': ['mass', 1n],
  'coal-equivalent': ['mass', 1000n],
  visit: ['person', 1n],
  piece: ['person', 1n],
}

function loosen(u: Unit): Unit {
  const dims: Partial<Record<Dimension, number>> = {}
  let { num, den } = u
  for (const [d, n] of Object.entries(u.dims) as [Dimension, number][]) {
    const [as, times] = LOOSE[d] ?? [d, 1n]
    dims[as] = (dims[as] ?? 0) + n
    if (n > 0) num *= times ** BigInt(n)
    else den *= times ** BigInt(-n)
  }
  return { ...u, dims, num, den }
}

/** Does the unit printed in a table agree with the unit a list gives? */
export const unitsAgree = (printed: Unit, listed: Unit): boolean =>
  sameUnit(printed, listed) || sameUnit(loosen(printed), loosen(listed))
export const looseUnit = loosen

/** Reads a unit as printed, with the ways of writing that are not units proper (`℃×10`, `单位：万元`). */
export function printedUnit(typed: string | undefined): Unit | undefined {
  if (typed === undefined) return undefined
  const s = typed
    .trim()
    .replace(/^(计量)?单位\s*[:：]\s*/, '')
    .replace(/^[（(]([^]*)[)）]$/, '$1')
    .trim()
  if (s === '') return undefined
  const tenth = /^(.+?)\s*[×xX*]\s*(10+)$/.exec(s)
  // A value in `℃×10` is ten times the value in ℃: one of it is a tenth of a degree.
  return tenth ? findUnit(`0.${'0'.repeat(tenth[2]!.length - 2)}1${tenth[1]!}`) : findUnit(s)
}
