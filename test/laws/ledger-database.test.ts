// The ledger on each database under the same random histories as the pure one: loaded, booked and written batch by batch,
// with a new book each time, then read back whole and audited. Reports and statements are compared with their plain twins.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  accountStatement,
  changesToRows,
  findAccount,
  findPosting,
  holdingsOf,
  isRefused,
  ledgerMigrations,
  ledgerRefusal,
  ledgerTables,
  loadBook,
  post,
  postingsOfAct,
  postingsOfUnit,
  reverseOf,
  statement,
  sumOf,
  writeLedger,
  zeroSumReport,
  type Account,
  type AccountName,
  type Changes,
  type Entry,
  type Wanted,
} from '../../src/core/ledger/index.ts'
import { compareTables, sql, StoreError, trusted, type Store } from '../../src/core/store/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { chance, makeHistory, type Step } from './ledger-histories.ts'
import { readLedger } from './ledger-histories-database.ts'

/** What commands with these entries name. */
function wantedBy(steps: readonly Step[]): Wanted {
  const entries = steps.flatMap((s) => s.entries)
  const names = entries
    .flatMap((e) => ('debit' in e ? [e.debit, e.credit] : []))
    .filter((ref): ref is AccountName => typeof ref !== 'string')
  return {
    accounts: names.map((name) => ({ name })),
    assets: steps.flatMap((s) => s.at.assets ?? []).map((a) => a.code),
    pendings: entries.flatMap((e) => ('pending' in e ? [e.pending] : [])),
    postings: entries.flatMap((e) => e.reverses ?? []),
    picks: entries.flatMap((e) => ('picks' in e ? (e.picks ?? []) : [])),
  }
}

/** One batch in one transaction; says of each act whether it was taken. */
async function runBatch(store: Store, steps: readonly Step[]): Promise<readonly boolean[]> {
  return store.transaction(async (tx) => {
    const book = await loadBook(tx, wantedBy(steps), { lock: true, today: steps[0]!.at.today })
    const all: Changes[] = []
    const taken = steps.map((step) => {
      const result = post(book, step.entries, step.at)
      if (!isRefused(result)) all.push(result)
      return !isRefused(result)
    })
    for (const s of writeLedger(changesToRows(all, book.lots))) await tx.query(s)
    return taken
  })
}

/** Batches of one to four acts. A posting whose id was given before is refused by the key at the latest: alone, then. */
async function runHistory(store: Store, steps: readonly Step[], seed: number): Promise<readonly boolean[]> {
  const c = chance(seed)
  const taken: boolean[] = []
  for (let i = 0; i < steps.length;) {
    const batch = steps.slice(i, i + 1 + c.below(4))
    i += batch.length
    taken.push(...(await runBatch(store, batch).catch((e: unknown) => oneByOne(store, batch, e))))
  }
  return taken
}

async function oneByOne(store: Store, batch: readonly Step[], why: unknown): Promise<readonly boolean[]> {
  if (!(why instanceof StoreError) || !ledgerRefusal(why.constraint)) throw why
  if (batch.length === 1) return [false]
  const taken: boolean[] = []
  for (const step of batch)
    taken.push(...(await runBatch(store, [step]).catch((e: unknown) => oneByOne(store, [step], e))))
  return taken
}

describe.each(ENGINES)('the ledger on %s', (engine) => {
  let store: TestStore
  beforeAll(async () => {
    store = await openTestStore(engine, ledgerMigrations)
  })
  afterAll(() => store.close())

  test('tables are as they are declared', async () => {
    expect(await compareTables(store, ledgerTables)).toEqual([])
  })

  test('the laws hold over random histories, in batches, with a new book for each', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      await store.empty()
      const { steps, auditor } = makeHistory(seed, 40)
      expect(await runHistory(store, steps, seed), `seed ${seed}`).toEqual(steps.map((s) => s.taken))
      const written = await readLedger(store)
      expect(auditor.audit(written), `seed ${seed}`).toEqual([])
      expect(await zeroSumReport(store)).toMatchObject({ fits: true, broken: [], misfit: [] })
      for (const a of written.accounts) await statementsAgree(a, written.postings, seed)
    }
  })

  /** Statements read a page at a time against the pure ones, by both orders, from a day in the middle. */
  async function statementsAgree(
    a: Account,
    postings: Awaited<ReturnType<typeof readLedger>>['postings'],
    seed: number,
  ) {
    const mine = postings.filter((p) => p.debit === a.id || p.credit === a.id)
    const middle = mine[seed % mine.length]!
    for (const period of [
      { by: 'effective', from: middle.effective } as const,
      { by: 'effective', to: middle.effective } as const,
      { by: 'recorded', from: middle.recorded } as const,
      { by: 'recorded', before: middle.recorded } as const,
    ]) {
      const twin = statement(a.id, postings, period)
      const lines = []
      let page = await accountStatement(store, a.id, period, { limit: 3 })
      expect(page.opening).toEqual(twin.opening)
      lines.push(...page.lines)
      while (page.next) {
        page = await accountStatement(store, a.id, period, { limit: 3, after: page.next })
        lines.push(...page.lines)
      }
      expect(lines).toEqual(twin.lines)
      expect(page.closing).toEqual(twin.closing)
    }
  }

  test('a correcting act finds the postings, takes them back, and can do so once', async () => {
    await store.empty()
    const { steps } = makeHistory(4, 1)
    const [first] = steps
    const act = first!.at.act
    const issue = first!.entries[0] as Extract<Entry, { debit: unknown }>
    await runBatch(store, steps)
    const postings = await postingsOfAct(store, act)
    const takeBack = (n: number) =>
      store.transaction(async (tx) => {
        const wanted = { postings: postings.map((p) => p.id) }
        const book = await loadBook(tx, wanted, { lock: true, today: first!.at.today })
        const at = { ...first!.at, act: makeHistory(4, n).steps[n - 1]!.at.act, assets: [] }
        const result = post(book, reverseOf(book, [...book.postings.values()]), at)
        if (isRefused(result)) return result.map((p) => p.code)
        for (const s of writeLedger(changesToRows([result], book.lots))) await tx.query(s)
        return []
      })
    expect(await takeBack(2)).toEqual([])
    expect((await findAccount(store, issue.credit as AccountName))!.balance).toMatchObject({
      debitsPosted: issue.amount,
    })
    expect(await takeBack(3)).toEqual(['ledger.already-reversed'])
    expect((await findPosting(store, postings[0]!.id))!.posting).toEqual(postings[0])
  })

  test('a unit tells where it has been, and an owner what is held with which serials', async () => {
    await store.empty()
    const { steps } = makeHistory(11, 60)
    await runHistory(store, steps, 11)
    const { pieces, postings, accounts } = await readLedger(store)
    for (const p of pieces) {
      const moves = postings.filter((q) => q.picks.some((r) => r.lot === p.lot && r.from <= p.from && p.from < r.to))
      expect((await postingsOfUnit(store, p.lot, p.from)).map((q) => q.id).sort()).toEqual(
        moves.map((q) => q.id).sort(),
      )
    }
    for (const owner of new Set(accounts.map((a) => a.owner)))
      for (const { account, units } of await holdingsOf(store, owner)) {
        const mine = pieces.filter((p) => p.account === account.id)
        expect(sumOf(units.map((u) => u.range))).toBe(sumOf(mine))
        expect(sumOf(units.filter((u) => u.reserved).map((u) => u.range))).toBe(sumOf(mine.filter((p) => p.pending)))
      }
  })

  test('the zero-sum report names what does not fit', async () => {
    await store.empty()
    await runHistory(store, makeHistory(11, 30).steps, 11)
    await store.query(sql`update account set credits_posted = credits_posted + 1 where purpose like 'holding%'
      and asset = 'voucher'`)
    const report = await zeroSumReport(store)
    expect(report.fits).toBe(false)
    expect(report.assets.filter((a) => !a.fits).map((a) => a.asset)).toEqual(['voucher'])
    expect(report.misfit.every((m) => m.account.asset === 'voucher')).toBe(true)
    expect(report.misfit.length).toBeGreaterThan(0)
  })

  test('the database itself refuses what the ledger would never write', async () => {
    await store.empty()
    await runHistory(store, makeHistory(11, 30).steps, 11)
    const refusal = async (statement: string) => {
      const e: unknown = await store.query(trusted(statement)).catch((x: unknown) => x)
      return e instanceof StoreError ? e.constraint : 'taken'
    }
    const holding = `where purpose = 'holding' and asset = 'voucher'`
    expect(await refusal(`update account set debits_pending = credits_posted + 1 ${holding}`)).toBe(
      'account_not_below_zero',
    )
    expect(await refusal(`update account set credits_posted = debits_posted + 1 where purpose = 'issued'`)).toBe(
      'account_not_over_issued',
    )
    expect(await refusal(`insert into posting select * from posting limit 1`)).toBe('posting_pkey')
    expect(await refusal(`update lot_piece set to_serial = from_serial`)).toBe('lot_piece_check')
  })
})
