// Splits, statements and the zero-sum report on data one can add up by hand, and against plain twins.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, dec } from '../../kernel/index.ts'
import { account, act, cny } from './ledger.fixture.ts'
import { accountId, isRefused, openBook, post, residueOf, split, splitEntries, statement, zeroSum } from './index.ts'

describe('a split', () => {
  test('adds up exactly, whatever the sum, the weights and the step', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 })
      .filter((w) => w.some((x) => x > 0))
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), weights, fc.bigInt(1n, 500n), (total, w, step) => {
        const { parts, residue } = split(total, w.map(dec), step)
        expect(parts.reduce((s, p) => s + p, residue)).toBe(total)
        expect(parts.every((p) => p >= 0n && p % step === 0n)).toBe(true)
        expect(residue).toBe(total % step)
      }),
    )
  })

  test('charges the payer exactly the sum and posts what is left, or short, to rounding', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 1000n), { maxLength: 5 }), fc.bigInt(1n, 3000n), (amounts, total) => {
        const book = openBook()
        const pool = account(cny, 'pool')
        const rounding = account(cny, 'pool', 'rounding')
        const shares = amounts.map((amount, i) => ({ to: account(cny, `village-${i}`), amount }))
        const entries = splitEntries({ from: pool, total, shares, rounding })
        const fund = { debit: account(cny, 'bank', 'issued'), credit: pool, amount: total }
        expect(isRefused(post(book, [fund, ...entries], act(1)))).toBe(false)
        const heldBy = (name: typeof pool) => {
          const b = book.accounts.get(accountId(name))?.balance
          return b ? b.creditsPosted - b.debitsPosted : 0n
        }
        expect(heldBy(pool)).toBe(0n)
        expect(heldBy(rounding)).toBe(residueOf(total, amounts))
        expect(shares.map((s) => heldBy(s.to))).toEqual(amounts)
      }),
    )
  })
})

describe('a statement', () => {
  const book = openBook()
  const buyer = account(cny, 'buyer')
  const bank = account(cny, 'bank', 'issued')
  // Recorded on 1 to 4 March; what was recorded third counts from February.
  post(book, [{ debit: bank, credit: buyer, amount: 100n }], act(1, '2026-03-01'))
  post(book, [{ kind: 'pending', debit: buyer, credit: account(cny, 'firm'), amount: 30n }], act(2, '2026-03-02'))
  post(book, [{ debit: bank, credit: buyer, amount: 7n, effective: civilDate('2026-02-01') }], act(3, '2026-03-03'))
  const pending = [...book.pendings.keys()][0]!
  post(book, [{ kind: 'post', pending, amount: 20n }], act(4, '2026-03-04'))
  const all = [...book.postings.values()]
  const held = (b: { creditsPosted: bigint; debitsPosted: bigint }) => b.creditsPosted - b.debitsPosted

  test('by recording shows each line with the balance stored beside it', () => {
    const s = statement(accountId(buyer), all, { by: 'recorded' })
    expect(s.lines.map((l) => held(l.balance))).toEqual([100n, 100n, 107n, 87n])
    expect(s.lines.map((l) => l.balance)).toEqual(
      s.lines.map((l) => (l.side === 'debit' ? l.posting.debitAfter : l.posting.creditAfter)),
    )
    expect(s.closing).toEqual(book.accounts.get(accountId(buyer))!.balance)
  })

  test('by legal date puts what counts from February before what counts from March', () => {
    const s = statement(accountId(buyer), all, {
      by: 'effective',
      from: civilDate('2026-03-01'),
      to: civilDate('2026-03-02'),
    })
    expect(held(s.opening)).toBe(7n)
    expect(s.lines.map((l) => held(l.balance))).toEqual([107n, 107n])
    expect(s.closing).toMatchObject({ debitsPending: 30n })
  })

  test('opens with what came before and closes with what was there at the end', () => {
    const s = statement(accountId(buyer), all, {
      by: 'recorded',
      from: act(2, '2026-03-02').recorded,
      before: act(4, '2026-03-04').recorded,
    })
    expect([held(s.opening), s.lines.length, held(s.closing)]).toEqual([100n, 2, 107n])
  })

  test('of the whole book sums to zero, and the report names what does not', () => {
    const accounts = [...book.accounts.values()]
    expect(zeroSum(accounts)).toMatchObject({ fits: true, assets: [{ asset: 'CNY', accounts: 3, debitsPosted: 127n }] })
    const bent = accounts.map((a) =>
      a.owner === 'buyer' ? { ...a, balance: { ...a.balance, debitsPosted: 500n } } : a,
    )
    const report = zeroSum(bent)
    expect(report.fits).toBe(false)
    expect(report.assets[0]!.fits).toBe(false)
    expect(report.broken.map((b) => [b.account.owner, b.flag])).toEqual([['buyer', 'debitsMustNotExceedCredits']])
  })
})
