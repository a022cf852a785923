// Posting act by act: what is taken, what is refused and in which words, and that a refused act leaves no trace.

import { describe, expect, test } from 'vitest'
import { civilDate, uuidFrom } from '../../kernel/index.ts'
import { account, act, actId, cny, voucher } from './ledger.fixture.ts'
import {
  accountId,
  availableIn,
  balanceOf,
  expiredIn,
  isRefused,
  mergeBook,
  openBook,
  piecesOf,
  post,
  postingId,
  reverseOf,
  serialText,
  type AccountId,
  type AccountRef,
  type Book,
  type Changes,
  type Entry,
  type PostingContext,
} from './index.ts'

const issue = (amount: bigint, more: object = {}): Entry => ({
  debit: account(voucher, 'office', 'issued'),
  credit: account(voucher, 'firm'),
  amount,
  ...more,
})
const pay = (amount: bigint): Entry => ({
  debit: account(cny, 'bank', 'issued'),
  credit: account(cny, 'buyer'),
  amount,
})

const taken = (book: Book, entries: readonly Entry[], at: PostingContext): Changes => {
  const result = post(book, entries, at)
  if (isRefused(result)) throw new Error(result.map((p) => p.en).join())
  return result
}
const codes = (book: Book, entries: readonly Entry[], at: PostingContext): readonly string[] => {
  const result = post(book, entries, at)
  return isRefused(result) ? result.map((p) => p.code) : []
}
const serials = (book: Book, owner: string, purpose: 'holding' | 'retired' | 'issued' = 'holding') =>
  piecesOf(book, account(voucher, owner, purpose)).map((p) => `${p.from}-${p.to}`)

describe('accounts', () => {
  test('an account has one id on every machine', () => {
    expect(accountId(account(cny, 'bank', 'issued'))).toBe(
      accountId({ purpose: 'issued', owner: 'bank', asset: 'CNY' }),
    )
    expect(accountId(account(cny, 'bank', 'issued'))).toBe('f49d90a7-6512-8ac9-9c0f-cb170b04d99c')
  })

  test('a name that is no account, and an id nobody opened, are told apart', () => {
    const to = (credit: AccountRef): Entry => ({
      debit: account(cny, 'bank', 'issued'),
      credit,
      amount: 1n,
    })
    const book = openBook()
    expect(codes(book, [to({ ...account(cny, 'a'), purpose: 'treasure' as 'holding' })], act(1))).toEqual([
      'ledger.bad-account',
    ])
    expect(codes(book, [to({ ...account(cny, 'a'), purpose: 'surrendered:' })], act(1))).toEqual(['ledger.bad-account'])
    expect(codes(book, [to(account(cny, ' '))], act(1))).toEqual(['ledger.bad-account'])
    expect(codes(book, [to(account(voucher, 'a'))], act(1))).toEqual(['ledger.wrong-asset'])
    expect(codes(book, [to(actId(1) as AccountId)], act(1))).toEqual(['ledger.unknown-account'])
  })
})

describe('assets', () => {
  test('the same asset may be registered again, another under its code may not', () => {
    const book = openBook()
    expect(taken(book, [], act(1)).assets).toEqual([cny, voucher])
    expect(taken(book, [], act(2)).assets).toEqual([])
    expect(codes(book, [], { ...act(3), assets: [{ ...cny, scale: 3 }] })).toEqual(['ledger.asset-differs'])
    expect(codes(book, [], { ...act(3), assets: [{ ...cny, code: 'a b' }] })).toEqual(['ledger.bad-asset'])
    expect(codes(book, [], { ...act(3), assets: [{ ...cny, code: 'x', scale: 12 }] })).toEqual(['ledger.bad-asset'])
  })
})

describe('an act', () => {
  test('is booked whole or not at all', () => {
    const book = openBook()
    taken(book, [pay(100n)], act(1))
    const before = structuredClone({ accounts: book.accounts, postings: book.postings, pieces: book.pieces })
    const entries: Entry[] = [
      issue(5n),
      { debit: account(cny, 'buyer'), credit: account(cny, 'firm'), amount: 60n },
      { debit: account(cny, 'buyer'), credit: account(cny, 'firm'), amount: 60n },
    ]
    expect(codes(book, entries, act(2))).toEqual(['ledger.insufficient'])
    expect({ accounts: book.accounts, postings: book.postings, pieces: book.pieces }).toEqual(before)
  })

  test('names account, what is there and what is needed in words of the asset', () => {
    const book = openBook()
    taken(book, [pay(12_345n)], act(1))
    const sale: Entry = { debit: account(cny, 'buyer'), credit: account(cny, 'firm'), amount: 20_000n }
    expect(post(book, [sale], act(2))).toMatchObject([
      {
        zh: '余额不足：buyer的持有账户可用 123.45 元，需要 200.00 元（CNY）。',
        hint: { zh: '请减少数量，或先解除质押、冻结等占用（占用 0.00 元）。' },
      },
    ])
  })

  test('names its postings again when it is replayed, and a posting is booked once', () => {
    const book = openBook()
    const { postings } = taken(book, [pay(1n), pay(2n)], act(1))
    expect(postings.map((p) => p.id)).toEqual([postingId(actId(1), 0), postingId(actId(1), 1)])
    expect(codes(book, [pay(1n)], act(1))).toEqual(['ledger.posting-exists'])
    expect(codes(book, [{ ...pay(1n), id: 'nonsense' as never }], act(2))).toEqual(['ledger.bad-id'])
  })

  test('that would overflow a counter is refused', () => {
    const book = openBook()
    const most = 2n ** 63n - 1n
    taken(book, [pay(most)], act(1))
    expect(codes(book, [pay(1n)], act(2))).toEqual(['ledger.overflow'])
    expect(balanceOf(book, account(cny, 'buyer')).creditsPosted).toBe(most)
  })
})

describe('a pending', () => {
  const pledge = (amount: bigint, more: object = {}): Entry => ({
    kind: 'pending',
    debit: account(voucher, 'firm'),
    credit: account(voucher, 'lender'),
    amount,
    ...more,
  })
  const sell: Entry = { debit: account(voucher, 'firm'), credit: account(voucher, 'buyer'), amount: 6n }
  const pending = postingId(actId(2), 0)

  test('keeps what is pledged from being sold, and gives it back when voided', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(book, [pledge(5n)], act(2))
    expect(availableIn(book, account(voucher, 'firm'))).toBe(5n)
    expect(codes(book, [sell], act(3))).toEqual(['ledger.insufficient'])
    taken(book, [{ kind: 'void', pending }], act(4))
    taken(book, [sell], act(5))
    expect(codes(book, [{ kind: 'post', pending }], act(6))).toEqual(['ledger.pending-ended'])
  })

  test('posted in part moves that part and lets the rest go', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(book, [pledge(5n)], act(2))
    taken(book, [{ kind: 'post', pending, amount: 2n }], act(3))
    expect(serials(book, 'lender')).toEqual(['0-2'])
    expect(availableIn(book, account(voucher, 'firm'))).toBe(8n)
    expect(balanceOf(book, account(voucher, 'lender'))).toMatchObject({ creditsPending: 0n, creditsPosted: 2n })
  })

  test('stands to the last day of its timeout', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(book, [pledge(5n, { timeout: civilDate('2026-03-02') })], act(2))
    expect(codes(book, [{ kind: 'expire', pending }], act(3, '2026-03-02'))).toEqual(['ledger.pending-not-due'])
    expect(codes(book, [{ kind: 'post', pending }], act(3, '2026-03-03'))).toEqual(['ledger.pending-past-timeout'])
    taken(book, [{ kind: 'post', pending, effective: civilDate('2026-03-02') }], act(3, '2026-03-03'))
  })

  test('of a group ends with its group: vouchers against money, both or neither', () => {
    const book = openBook()
    taken(book, [issue(10n), pay(500n)], act(1))
    const price: Entry = {
      kind: 'pending',
      debit: account(cny, 'buyer'),
      credit: account(cny, 'firm'),
      amount: 500n,
      group: 'deal',
    }
    taken(book, [pledge(5n, { group: 'deal' }), price], act(2))
    const other = postingId(actId(2), 1)
    expect(codes(book, [{ kind: 'post', pending }], act(3))).toEqual(['ledger.group-apart'])
    expect(
      codes(
        book,
        [
          { kind: 'post', pending },
          { kind: 'void', pending: other },
        ],
        act(3),
      ),
    ).toEqual(['ledger.group-apart'])
    taken(
      book,
      [
        { kind: 'post', pending },
        { kind: 'post', pending: other },
      ],
      act(3),
    )
    expect(availableIn(book, account(cny, 'firm'))).toBe(500n)
  })
})

describe('units', () => {
  test('go by first expiry, then by age, unless they are chosen', () => {
    const book = openBook()
    taken(book, [issue(3n)], act(1))
    taken(book, [issue(3n, { lot: { expires: civilDate('2027-01-01') } })], act(2))
    const give = (amount: bigint, more: object = {}): Entry => ({
      debit: account(voucher, 'firm'),
      credit: account(voucher, 'buyer'),
      amount,
      ...more,
    })
    const [old, young] = [postingId(actId(1), 0), postingId(actId(2), 0)]
    expect(taken(book, [give(4n)], act(3)).postings[0]!.picks).toEqual([
      { lot: young, from: 0n, to: 3n },
      { lot: old, from: 0n, to: 1n },
    ])
    const picks = [{ lot: old, from: 2n, to: 3n }]
    expect(codes(book, [give(2n, { picks })], act(4))).toEqual(['ledger.picks-sum'])
    taken(book, [give(1n, { picks })], act(4))
    expect(codes(book, [give(1n, { picks })], act(5))).toEqual(['ledger.units-moved-on'])
    expect(serials(book, 'firm')).toEqual(['1-2'])
  })

  test('past their last day move to the expired account and nowhere else', () => {
    const book = openBook()
    taken(book, [issue(3n, { lot: { expires: civilDate('2026-03-01') } }), issue(2n)], act(1))
    const firm = account(voucher, 'firm')
    const off: Entry = { debit: firm, credit: account(voucher, 'firm', 'expired'), amount: 3n }
    const picks = [{ lot: postingId(actId(1), 0), from: 0n, to: 1n }]
    const sell: Entry = { debit: firm, credit: account(voucher, 'buyer'), amount: 1n, picks }
    expect(codes(book, [off], act(2, '2026-03-01'))).toEqual(['ledger.units-not-expired'])
    expect(codes(book, [sell], act(2, '2026-03-02'))).toEqual(['ledger.units-expired'])
    expect(expiredIn(book, firm, civilDate('2026-03-02'))).toBe(3n)
    taken(book, [off], act(2, '2026-03-02'))
    expect(availableIn(book, firm)).toBe(2n)
  })

  test('are written as people write serials', () => {
    expect(serialText({ prefix: 'XL2026', size: 100n }, { from: 0n, to: 100n })).toBe('XL2026-000001–000100')
    expect(serialText({ prefix: 'XL2026', size: 100n }, { from: 6n, to: 7n })).toBe('XL2026-000007')
    expect(serialText({ prefix: 'X', size: 12_345_678n }, { from: 0n, to: 2n })).toBe('X-00000001–00000002')
  })

  test('loaded later join the book without undoing what an act has changed', () => {
    const whole = openBook()
    taken(whole, [issue(10n), issue(5n)], act(1))
    const part = openBook({
      assets: [...whole.assets.values()],
      accounts: [...whole.accounts.values()],
      lots: [...whole.lots.values()],
      pieces: piecesOf(whole, account(voucher, 'firm')).filter((p) => p.lot === postingId(actId(1), 0)),
      partly: [accountId(account(voucher, 'firm'))],
    })
    const give: Entry = { debit: account(voucher, 'firm'), credit: account(voucher, 'buyer'), amount: 4n }
    const more: Entry = { ...give, amount: 8n }
    const late = openBook({
      ...part,
      assets: [],
      accounts: [...whole.accounts.values()],
      lots: [...whole.lots.values()],
      pieces: [...whole.pieces.values()].flat(),
      pendings: [],
      postings: [],
      reversed: new Map(),
      partly: [],
    })
    taken(part, [give], act(2))
    expect(codes(part, [more], act(3))).toEqual(['ledger.too-many-pieces'])
    mergeBook(part, late)
    taken(part, [more], act(3))
    taken(whole, [give], act(2))
    taken(whole, [more], act(3))
    expect(part.pieces).toEqual(whole.pieces)
    expect(part.accounts).toEqual(whole.accounts)
  })
})

describe('a correction', () => {
  const firm = account(voucher, 'firm')
  const buyer = account(voucher, 'buyer')
  const back = (book: Book, n: number): readonly Entry[] =>
    reverseOf(
      book,
      [...book.postings.values()].filter((p) => p.act === actId(n)),
    )

  test('takes units back by the same serials', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(
      book,
      [
        { debit: firm, credit: buyer, amount: 4n },
        { debit: buyer, credit: firm, amount: 1n },
      ],
      act(2),
    )
    taken(book, back(book, 2), act(3))
    expect(availableIn(book, buyer)).toBe(0n)
    expect(availableIn(book, firm)).toBe(10n)
    expect(codes(book, back(book, 2), act(4))).toEqual(['ledger.already-reversed'])
  })

  test('says which serials have moved on', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(book, [{ debit: firm, credit: buyer, amount: 4n }], act(2))
    taken(book, [{ debit: buyer, credit: account(voucher, 'third'), amount: 1n }], act(3))
    expect(post(book, back(book, 2), act(4))).toMatchObject([
      {
        code: 'ledger.units-moved-on',
        zh: expect.stringMatching(/^voucher-[0-9A-F]{12}-000001–000004 不在buyer的持有账户中可用/) as string,
      },
    ])
  })

  test('of a retirement is refused', () => {
    const book = openBook()
    taken(book, [issue(10n), { debit: firm, credit: account(voucher, 'firm', 'retired'), amount: 4n }], act(1))
    expect(codes(book, back(book, 1), act(2))).toEqual(['ledger.never-leaves'])
  })

  test('of an issue brings the units back to the issuer, who cannot give them out again', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(book, back(book, 1), act(2))
    expect(serials(book, 'office', 'issued')).toEqual(['0-10'])
    taken(book, [issue(3n)], act(3))
    expect(piecesOf(book, firm).map((p) => p.lot)).toEqual([postingId(actId(3), 0)])
  })

  test('of an open pending voids it; of a void or a post opens the pending again with its serials', () => {
    const book = openBook()
    taken(book, [issue(10n)], act(1))
    taken(book, [{ kind: 'pending', debit: firm, credit: buyer, amount: 4n }], act(2))
    taken(book, back(book, 2), act(3))
    expect(availableIn(book, firm)).toBe(10n)
    taken(book, back(book, 3), act(4))
    expect(availableIn(book, firm)).toBe(6n)
    taken(book, [{ kind: 'post', pending: postingId(actId(4), 0), amount: 3n }], act(5))
    taken(book, back(book, 5), act(6))
    expect(balanceOf(book, firm)).toMatchObject({ debitsPending: 4n })
    expect(availableIn(book, firm)).toBe(6n)
    expect(availableIn(book, buyer)).toBe(0n)
    // The pending of act 4 ended by a posting of another act: that one is taken back first.
    expect(codes(book, [{ kind: 'void', pending: postingId(actId(4), 0) }], act(7))).toEqual(['ledger.pending-ended'])
    expect(codes(book, [{ kind: 'void', pending: uuidFrom('x', 'y') }], act(7))).toEqual(['ledger.unknown-pending'])
  })
})
