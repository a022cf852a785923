// The part of the state that a batch of commands works on: rows, the ledger's book, indicators, numbers. Loaded once for the
// whole batch, one statement a kind; each accepted act moves it on, a refused one leaves no trace.
// Always holds: what it says is what the database will say once the batch is written.

import { assert, type CivilDate } from '../../kernel/index.ts'
import {
  accountId,
  loadBook,
  mergeBook,
  openBook,
  type AccountId,
  type AccountName,
  type AccountRef,
  type Book,
  type Entry,
  type PostingId,
  type SerialRange,
} from '../ledger/index.ts'
import {
  cardOf,
  indicatorKeyText,
  indicatorTable,
  indicatorValueTable,
  valueOf,
  type CardRow,
  type IndicatorKey,
  type ValueRow,
} from '../indicators/index.ts'
import {
  keyText,
  list,
  rowsByKey,
  rowsByValues,
  sql,
  textOf,
  type AnyRow,
  type Param,
  type Reader,
  type RowOf,
  type Table,
} from '../store/index.ts'
import type { KeptBook } from './kept-book.ts'
import { lockKeys } from './lock-keys.ts'
import type { RowChange, SeriesName, State, Wanted } from './model.ts'
import { numberText } from './number.ts'
import { numberSeriesTable } from './schema.ts'

type Where = Readonly<Record<string, Param>>

interface Held {
  readonly table: Table
  readonly rows: Map<string, AnyRow>
  /** Keys that were asked for: those without a row are known to be absent. */
  readonly asked: Set<string>
  readonly sets: Set<string>
}

const setText = (t: Table, where: Where): string =>
  Object.keys(where)
    .sort()
    .map((c) => `${c}=${textOf(t, c, where[c]) ?? ''}`)
    .join('\u0000')

/** What `decide` sees, and the numbers it took. */
export interface View {
  readonly state: State
  readonly numbers: readonly { readonly series: SeriesName; readonly last: bigint; readonly text: string }[]
}

export interface WorkingSetOptions {
  /** Hold what is read until the transaction ends: needed where several processes write. */
  readonly lock: boolean
  readonly today: CivilDate
  /** What need not be read again. */
  readonly known?: KeptBook | undefined
}

export class WorkingSet {
  private readonly tables = new Map<string, Held>()
  /** Rows of acts, in their order, of tables that nobody has looked at since: most are never asked for again. */
  private readonly written = new Map<string, AnyRow[]>()
  private readonly values = new Map<string, ValueRow | undefined>()
  private readonly reader: Reader
  private readonly lock: boolean
  private readonly today: CivilDate
  private readonly known: KeptBook | undefined
  private readonly wantedAccounts = new Set<string>()
  readonly book: Book = openBook()
  /** Accounts that were not read but taken from what is known, and the line each stood at. */
  readonly taken = new Map<AccountId, bigint>()

  constructor(reader: Reader, how: WorkingSetOptions) {
    this.reader = reader
    this.lock = how.lock
    this.today = how.today
    this.known = how.known
  }

  private held(table: Table): Held {
    let h = this.tables.get(table.name)
    if (!h) this.tables.set(table.name, (h = { table, rows: new Map(), asked: new Set(), sets: new Set() }))
    const written = this.written.get(table.name)
    if (written) {
      this.written.delete(table.name)
      for (const row of written) {
        const key = keyText(table, row)
        h.rows.set(key, row)
        // Loading it later must not bring back what stood before the act.
        h.asked.add(key)
      }
    }
    return h
  }

  /** Reads what the commands of a batch want and the set does not have yet. */
  async load(wanted: readonly Wanted[]): Promise<void> {
    const series = wanted.flatMap((w) => w.series ?? [])
    // Two processes that take from one series wait for one another; a series may not have its row yet.
    if (this.lock)
      await lockKeys(
        this.reader,
        series.map((s) => `number:${s.kind} ${s.place} ${s.year}`),
      )
    await this.loadRows([
      ...wanted.flatMap((w) => w.rows ?? []),
      ...series.map((s) => ({ table: numberSeriesTable, key: { ...s } })),
    ])
    await this.loadSets(wanted.flatMap((w) => w.sets ?? []))
    await this.loadBook({
      accounts: wanted.flatMap((w) => w.accounts ?? []),
      assets: wanted.flatMap((w) => w.assets ?? []),
      pendings: wanted.flatMap((w) => w.pendings ?? []),
      reversals: wanted.flatMap((w) => w.reversals ?? []),
      picks: [],
    })
    await this.loadIndicators(wanted.flatMap((w) => w.indicators ?? []))
  }

  private async loadRows(asked: NonNullable<Wanted['rows']>): Promise<void> {
    const byTable = new Map<string, { table: Table; keys: Map<string, AnyRow> }>()
    for (const { table, key } of asked) {
      const text = keyText(table, key)
      if (this.held(table).asked.has(text)) continue
      const group = byTable.get(table.name) ?? { table, keys: new Map<string, AnyRow>() }
      byTable.set(table.name, group.keys.set(text, key) && group)
    }
    for (const { table, keys } of byTable.values()) {
      const h = this.held(table)
      for (const row of await this.reader.query<AnyRow>(rowsByKey(table, [...keys.values()])))
        h.rows.set(keyText(table, row), row)
      for (const k of keys.keys()) h.asked.add(k)
    }
  }

  private async loadSets(asked: NonNullable<Wanted['sets']>): Promise<void> {
    const groups = new Map<string, { table: Table; columns: readonly string[]; values: Map<string, Where> }>()
    for (const { table, where } of asked) {
      const columns = Object.keys(where).sort()
      const text = setText(table, where)
      if (this.held(table).sets.has(text)) continue
      const at = `${table.name} ${columns.join(' ')}`
      const group = groups.get(at) ?? { table, columns, values: new Map<string, Where>() }
      groups.set(at, group.values.set(text, where) && group)
    }
    for (const { table, columns, values } of groups.values()) {
      const h = this.held(table)
      for (const row of await this.reader.query<AnyRow>(rowsByValues(table, columns, [...values.values()]))) {
        const key = keyText(table, row)
        // A row that an act of this batch has changed stands as that act left it.
        if (!h.rows.has(key)) h.rows.set(key, row)
        h.asked.add(key)
      }
      for (const text of values.keys()) h.sets.add(text)
    }
  }

  private async loadBook(wanted: {
    accounts: readonly AccountName[]
    assets: readonly string[]
    pendings: readonly PostingId[]
    reversals: readonly PostingId[]
    picks: readonly SerialRange[]
  }): Promise<void> {
    const accounts = wanted.accounts.filter((a) => !this.wantedAccounts.has(accountId(a)) && !this.take(a))
    for (const code of wanted.assets) this.takeAsset(code)
    const assets = [...wanted.assets, ...accounts.map((a) => a.asset)].filter((a) => !this.book.assets.has(a))
    const pendings = wanted.pendings.filter((p) => !this.book.pendings.has(p))
    if (accounts.length + assets.length + pendings.length + wanted.reversals.length + wanted.picks.length === 0) return
    for (const a of accounts) this.wantedAccounts.add(accountId(a))
    const found = await loadBook(
      this.reader,
      {
        accounts: accounts.map((name) => ({ name })),
        assets,
        pendings,
        postings: wanted.reversals,
        picks: wanted.picks,
      },
      { lock: this.lock, today: this.today, assets: this.book.assets },
    )
    mergeBook(this.book, found)
  }

  /** Takes an account over from what is known. */
  private take(name: AccountName): boolean {
    this.takeAsset(name.asset)
    const found = this.known?.findAccount(accountId(name))
    if (!found) return false
    this.wantedAccounts.add(found.id)
    // An act of this batch may have moved it by a pending, which names no account: then it stands as that act left it.
    if (!this.book.accounts.has(found.id)) {
      this.book.accounts.set(found.id, found)
      this.taken.set(found.id, found.balance.lines)
    }
    return true
  }

  private takeAsset(code: string): void {
    const found = this.known?.findAsset(code)
    if (found && !this.book.assets.has(code)) this.book.assets.set(code, found)
  }

  private async loadIndicators(keys: readonly IndicatorKey[]): Promise<void> {
    const asked = keys.filter((k) => !this.values.has(indicatorKeyText(k)))
    await this.loadRows(keys.map((k) => ({ table: indicatorTable, key: { id: k.indicator } })))
    if (asked.length === 0) return
    const column = (c: keyof IndicatorKey): ReturnType<typeof list> =>
      list(
        'text',
        asked.map((k) => k[c]),
      )
    const rows = await this.reader.query<ValueRow>(
      sql`select distinct on (v.indicator, v.place, v.period, v.dims, v.basis) v.*
          from indicator_value v join unnest(${column('indicator')}, ${column('place')}, ${column('period')},
            ${column('dims')}, ${column('basis')}) as k(i, p, t, d, b)
            on v.indicator = k.i and v.place = k.p and v.period = k.t and v.dims = k.d and v.basis = k.b
          order by v.indicator, v.place, v.period, v.dims, v.basis, v.version desc`,
    )
    for (const k of asked) this.values.set(indicatorKeyText(k), undefined)
    for (const r of rows) this.values.set(indicatorKeyText(valueOf(r)), r)
  }

  /** Loads the accounts, assets and pendings that entries name, so that nothing is booked on an account unseen. */
  async loadFor(entries: readonly Entry[]): Promise<void> {
    const here = (a: AccountName): boolean => this.wantedAccounts.has(accountId(a)) && this.book.assets.has(a.asset)
    const names: AccountName[] = []
    for (const e of entries) {
      if (!('debit' in e)) continue
      if (isName(e.debit) && !here(e.debit)) names.push(e.debit)
      if (isName(e.credit) && !here(e.credit)) names.push(e.credit)
    }
    const pendings = entries.flatMap((e) => ('pending' in e ? [e.pending] : []))
    const picks = entries.flatMap((e) => ('picks' in e ? (e.picks ?? []) : []))
    const known = (r: SerialRange): boolean => this.book.lots.has(r.lot)
    await this.loadBook({
      accounts: names,
      assets: names.map((n) => n.asset),
      pendings,
      reversals: [],
      picks: picks.filter((r) => !known(r)),
    })
  }

  async loadKeys(keys: readonly IndicatorKey[]): Promise<void> {
    await this.loadIndicators(keys)
  }

  async loadRow(table: Table, key: AnyRow): Promise<AnyRow | undefined> {
    await this.loadRows([{ table, key }])
    return this.held(table).rows.get(keyText(table, key))
  }

  /** Rows that no subject of a command guards, by the rows' keys. Where several batches write, nobody else who asks likewise
   *  sees or changes them until this batch is written, also where they do not stand yet. */
  async lockRows(table: Table, keys: readonly AnyRow[]): Promise<readonly (AnyRow | undefined)[]> {
    const texts = keys.map((key) => keyText(table, key))
    const { asked } = this.held(table)
    if (this.lock)
      await lockKeys(
        this.reader,
        texts.filter((text) => !asked.has(text)).map((text) => `${table.name}:${text.replaceAll('\u0000', ' ')}`),
      )
    await this.loadRows(keys.map((key) => ({ table, key })))
    const { rows } = this.held(table)
    return texts.map((text) => rows.get(text))
  }

  latestValue(key: IndicatorKey): ValueRow | undefined {
    return this.values.get(indicatorKeyText(key))
  }

  /** A view for one command. Numbers it takes are its own until the act is applied. */
  view(): View {
    const numbers: { series: SeriesName; last: bigint; text: string }[] = []
    const held = (table: Table): Held => this.held(table)
    const state: State = {
      book: this.book,
      row: <T extends Table>(table: T, key: AnyRow) => {
        const text = keyText(table, key)
        const h = held(table)
        assert(h.asked.has(text) || h.rows.has(text), `${table.name} ${text} was read without being wanted`)
        return h.rows.get(text) as RowOf<T> | undefined
      },
      rows: <T extends Table>(table: T, where: Where) => {
        const h = held(table)
        assert(h.sets.has(setText(table, where)), `${table.name} where ${setText(table, where)} was not wanted`)
        const want = Object.entries(where).map(([c, v]) => [c, textOf(table, c, v)] as const)
        return [...h.rows.values()].filter((r) => want.every(([c, v]) => textOf(table, c, r[c]) === v)) as RowOf<T>[]
      },
      indicator: (key) => {
        const text = indicatorKeyText(key)
        assert(this.values.has(text), `indicator ${text} was not wanted`)
        const row = this.values.get(text)
        return row && valueOf(row)
      },
      card: (id) => {
        const row = state.row(indicatorTable, { id }) as CardRow | undefined
        return row && cardOf(row)
      },
      number: (series) => {
        const row = state.row(numberSeriesTable, { ...series })
        const mine = numbers.filter(
          (n) => keyText(numberSeriesTable, { ...n.series }) === keyText(numberSeriesTable, { ...series }),
        )
        const last = (row?.last ?? 0n) + BigInt(mine.length) + 1n
        const text = numberText(series, last)
        numbers.push({ series, last, text })
        return text
      },
    }
    return { state, numbers }
  }

  /** Moves the state on by the rows of an accepted act. */
  apply(changes: readonly RowChange[]): void {
    for (const { table, row } of changes) {
      const written = this.written.get(table.name)
      if (written) written.push(row)
      else this.written.set(table.name, [row])
      if (table.name === indicatorValueTable.name) {
        const value = row as ValueRow
        this.values.set(indicatorKeyText(valueOf(value)), value)
      }
    }
  }

  /** Whether an account that nobody read stands as it was taken: no write will tell whether that was right. */
  hasUnmoved(): boolean {
    for (const [id, lines] of this.taken) if (this.book.accounts.get(id)?.balance.lines === lines) return true
    return false
  }

  /** Whether an insert would meet a row that is known to stand. */
  stands(change: RowChange): boolean {
    return change.how === 'insert' && this.held(change.table).rows.has(keyText(change.table, change.row))
  }
}

const isName = (ref: AccountRef): ref is AccountName => typeof ref !== 'string'
