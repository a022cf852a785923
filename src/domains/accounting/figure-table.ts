// The figures of an account by key, looked up once for all who ask. Where most of them are known from an earlier run, they are
// not made before somebody reads them: an account with another price touches some thousands of tens of thousands.
// Always holds: `account.figures` and the table say the same, in the same order.

import { decText, type Quantity, type Text } from '../../kernel/index.ts'
import type { KnownFigures, Rests } from './engine/kept-figures.ts'
import type { Account, Figure } from './model.ts'

export interface FigureTable {
  readonly count: number
  find(key: string): Figure | undefined
  quantity(key: string): Quantity | undefined
  /** Value, unit and code as tables print them. */
  printed(key: string): readonly [value: string, unit: string, code: string] | undefined
  /** What tables print of every figure, in the order of the account. */
  rows(): Iterable<readonly [code: string, key: string, value: string, unit: string, title: Text]>
  /** Figures that were made now, and not known from an earlier run. */
  readonly own: readonly Figure[]
  /** What a figure that is known rests on. */
  rests(key: string): Rests | undefined
}

const printed = (f: Figure) => [decText(f.quantity.value), f.quantity.unit.text, f.code] as const
type Row = readonly [code: string, key: string, value: string, unit: string, title: Text]
const row = (f: Figure): Row => [f.code, f.key, decText(f.quantity.value), f.quantity.unit.text, f.title]

function tableOf(figures: readonly Figure[], known?: KnownFigures): FigureTable {
  const byKey = new Map(figures.map((f) => [f.key, f]))
  const placeOf = (key: string): number | undefined => (byKey.has(key) ? undefined : known?.place(key))
  const at = <T>(key: string, own: (f: Figure) => T, other: (k: KnownFigures, place: number) => T): T | undefined => {
    const f = byKey.get(key)
    if (f) return own(f)
    const place = placeOf(key)
    return place === undefined ? undefined : other(known!, place)
  }
  return {
    count: figures.length + (known?.count ?? 0),
    own: figures,
    find: (key) =>
      at(
        key,
        (f) => f,
        (k, i) => k.figure(i),
      ),
    quantity: (key) =>
      at(
        key,
        (f) => f.quantity,
        (k, i) => k.quantity(i),
      ),
    printed: (key) => at(key, printed, (k, i) => [k.value(i), k.unit(i).text, k.codes[i]!] as const),
    *rows() {
      if (known)
        for (let i = 0; i < known.count; i++)
          yield [known.codes[i]!, known.keys[i]!, known.value(i), known.unit(i).text, known.title(i)]
      for (const f of figures) yield row(f)
    },
    rests: (key) => {
      const place = placeOf(key)
      return place === undefined ? undefined : known!.rests(place)
    },
  }
}

/** Of accounts whose figures are partly known, and by the list of their figures of all others. */
const tables = new WeakMap<object, FigureTable>()

export function figureTable(account: Pick<Account, 'figures'>): FigureTable {
  const known = tables.get(account) ?? tables.get(account.figures)
  if (known) return known
  const made = tableOf(account.figures)
  tables.set(account.figures, made)
  return made
}

/** An account with figures that are known and, behind them all by their keys, its own. */
export function accountOn(known: KnownFigures, own: readonly Figure[], rest: Omit<Account, 'figures'>): Account {
  let all: readonly Figure[] | undefined
  const account = Object.defineProperty({ ...rest }, 'figures', {
    enumerable: true,
    configurable: true,
    get: () => (all ??= [...known.keys.map((_, i) => known.figure(i)), ...own]),
  }) as Account
  tables.set(account, tableOf(own, known))
  return account
}

/** The account with other parts; figures that are not made yet stay so. */
export function changed(account: Account, parts: Partial<Omit<Account, 'figures'>>): Account {
  const copy = Object.assign(Object.defineProperties({}, Object.getOwnPropertyDescriptors(account)), parts) as Account
  const table = tables.get(account)
  if (table) tables.set(copy, table)
  return copy
}
