// Random histories of the ledger, made from a seed, and an auditor that judges them without the ledger's code: it keeps
// every single unit and every pending in plain maps, says of each act whether it must be taken, and afterwards checks the
// laws on what the ledger wrote. Serves the tests on the pure ledger and the long rounds on every database.

import { civilDate, instantOfMs, uuidFrom, type CivilDate, type Instant, type Uuid } from '../../src/kernel/index.ts'
import {
  accountId,
  postingId,
  type Account,
  type AccountId,
  type AccountName,
  type Asset,
  type Balance,
  type Entry,
  type Lot,
  type Piece,
  type Posting,
  type PostingContext,
  type PostingId,
  type SerialRange,
} from '../../src/core/ledger/index.ts'

export interface Step {
  readonly entries: readonly Entry[]
  readonly at: PostingContext
  /** What the auditor says must become of the act. */
  readonly taken: boolean
}

export interface History {
  readonly seed: number
  readonly steps: readonly Step[]
  readonly auditor: Auditor
}

/** All that a ledger wrote, wherever it keeps it. */
export interface Written {
  readonly accounts: readonly Account[]
  readonly postings: readonly Posting[]
  readonly lots: readonly Lot[]
  readonly pieces: readonly Piece[]
}

// ---- a stream of chance

export interface Chance {
  /** 0 ≤ n < below */
  readonly below: (below: number) => number
  readonly pick: <T>(all: readonly T[]) => T
}

/** Mulberry32: small, seeded, the same everywhere. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (n: number) => next() % n
  return { below, pick: (all) => all[below(all.length)]! }
}

// ---- the auditor: one unit, one entry in a map

interface PlainPending {
  readonly id: string
  readonly act: string
  readonly group: string | undefined
  readonly debit: AccountName
  readonly credit: AccountName
  readonly amount: bigint
  readonly timeout: string | undefined
  ended: 'post' | 'void' | 'expire' | undefined
}

interface Unit {
  readonly lot: string
  readonly serial: bigint
  readonly issued: string
  readonly expires: string
  holder: string
  reservedBy: string | undefined
}

interface PlainState {
  readonly assets: Map<string, Asset>
  /** In minus out, and what is reserved to leave and announced to come. */
  readonly held: Map<string, bigint>
  readonly leaving: Map<string, bigint>
  readonly coming: Map<string, bigint>
  readonly pendings: Map<string, PlainPending>
  readonly postings: Set<string>
  readonly reversed: Set<string>
  readonly units: Unit[]
  /** What each plain posting moved, to be taken back. */
  readonly moves: Map<string, Move>
}

export interface Move {
  readonly debit: AccountName
  readonly credit: AccountName
  readonly amount: bigint
  readonly picks?: readonly SerialRange[]
}

const key = (n: AccountName): string => `${n.asset} ${n.owner} ${n.purpose}`

/** One for all: histories refuse by the ten thousand, and nobody reads where. */
const REFUSED = new Error('refused')

/** Keeps what is true so far in the plainest form. An act that it refuses leaves it as it was. */
export class Auditor {
  private state: PlainState = {
    assets: new Map(),
    held: new Map(),
    leaving: new Map(),
    coming: new Map(),
    pendings: new Map(),
    postings: new Set(),
    reversed: new Set(),
    units: [],
    moves: new Map(),
  }

  /** Whether the ledger must take the act; if so, the auditor takes it too. */
  takes(entries: readonly Entry[], at: PostingContext): boolean {
    const copy = copyOf(this.state)
    try {
      for (const a of at.assets ?? []) if (!copy.assets.has(a.code)) copy.assets.set(a.code, a)
      entries.forEach((e, i) => apply(copy, e, e.id ?? postingId(at.act, i), at))
      checkGroups(copy, this.state)
    } catch (e) {
      if (e === REFUSED) return false
      throw e
    }
    this.state = copy
    return true
  }

  /** An auditor of its own that goes on from here. */
  copy(): Auditor {
    const twin = new Auditor()
    twin.state = copyOf(this.state)
    return twin
  }

  held(name: AccountName): bigint {
    return this.state.held.get(key(name)) ?? 0n
  }

  free(name: AccountName): bigint {
    return this.held(name) - (this.state.leaving.get(key(name)) ?? 0n)
  }

  pendings(): readonly Readonly<PlainPending>[] {
    return [...this.state.pendings.values()]
  }

  /** The last plain postings, with what they moved. */
  moves(): readonly (readonly [string, Move])[] {
    return [...this.state.moves].slice(-5)
  }

  /** What a plain posting moved. */
  moveOf(posting: string): Move | undefined {
    return this.state.moves.get(posting)
  }

  postings(): readonly string[] {
    return [...this.state.postings]
  }

  unitsOf(name: AccountName): readonly Readonly<Unit>[] {
    return this.state.units.filter((u) => u.holder === key(name))
  }

  /** What is wrong with what a ledger wrote; empty when all laws hold. */
  audit(w: Written): readonly string[] {
    return [...againstState(this.state, w), ...lawsOf(w)]
  }
}

const copyOf = (s: PlainState): PlainState => ({
  assets: new Map(s.assets),
  held: new Map(s.held),
  leaving: new Map(s.leaving),
  coming: new Map(s.coming),
  pendings: new Map([...s.pendings].map(([id, p]) => [id, { ...p }])),
  postings: new Set(s.postings),
  reversed: new Set(s.reversed),
  units: s.units.map((u) => ({ ...u })),
  moves: new Map(s.moves),
})

const must = (holds: boolean): void => {
  if (!holds) throw REFUSED
}

const add = (to: Map<string, bigint>, name: AccountName, n: bigint): void => {
  to.set(key(name), (to.get(key(name)) ?? 0n) + n)
}

const mayNotGoBelowZero = (n: AccountName): boolean => /^(holding|retired|surrendered|expired|payable)/.test(n.purpose)
const closed = (n: AccountName): boolean => /^(retired|surrendered|expired)/.test(n.purpose)

function checkAccounts(s: PlainState, names: readonly AccountName[]): void {
  for (const n of names) {
    const [held, leaving, coming] = [s.held, s.leaving, s.coming].map((m) => m.get(key(n)) ?? 0n)
    if (mayNotGoBelowZero(n)) must(held! - leaving! >= 0n)
    if (n.purpose === 'issued') must(held! + coming! <= 0n)
  }
}

function apply(s: PlainState, e: Entry, id: string, at: PostingContext): void {
  must(!s.postings.has(id))
  if (e.reverses !== undefined) {
    must(!s.reversed.has(e.reverses))
    s.reversed.add(e.reverses)
  }
  const day = e.effective ?? at.today
  if (e.kind === undefined || e.kind === 'plain' || e.kind === 'pending') {
    const [debit, credit] = [e.debit, e.credit]
    if (typeof debit === 'string' || typeof credit === 'string') throw new Error('histories name accounts')
    must(e.amount > 0n && debit.asset === credit.asset && key(debit) !== key(credit) && s.assets.has(debit.asset))
    must(!closed(debit))
    const pending = e.kind === 'pending'
    const gone: SerialRange[] = []
    if (s.assets.get(debit.asset)!.lots) {
      if (debit.purpose === 'issued') {
        must(!pending && !e.picks)
        const expires = ('lot' in e && e.lot?.expires) || '~'
        for (let serial = 0n; serial < e.amount; serial++)
          s.units.push({ lot: id, serial, issued: day, expires, holder: key(credit), reservedBy: undefined })
      } else {
        const units = choose(s, {
          from: debit,
          to: credit,
          amount: e.amount,
          picks: e.picks,
          day,
          reservedBy: undefined,
        })
        for (const u of units) {
          Object.assign(u, pending ? { reservedBy: id } : { holder: key(credit) })
          gone.push({ lot: u.lot as Uuid, from: u.serial, to: u.serial + 1n })
        }
      }
    } else must(!e.picks && !('lot' in e && e.lot))
    if (pending) {
      add(s.leaving, debit, e.amount)
      add(s.coming, credit, e.amount)
      const { group, timeout, amount } = e
      s.pendings.set(id, { id, act: at.act, group, debit, credit, amount, timeout, ended: undefined })
    } else {
      add(s.held, debit, -e.amount)
      add(s.held, credit, e.amount)
      s.moves.set(id, { debit, credit, amount: e.amount, ...(gone.length > 0 ? { picks: gone } : {}) })
    }
    checkAccounts(s, [debit, credit])
  } else if ('pending' in e) {
    const p = s.pendings.get(e.pending)
    must(p?.ended === undefined && p !== undefined)
    const { debit, credit } = p!
    const amount = e.kind === 'post' ? (e.amount ?? p!.amount) : 0n
    if (e.kind === 'post') must(amount > 0n && amount <= p!.amount && !(p!.timeout !== undefined && day > p!.timeout))
    if (e.kind === 'expire') must(p!.timeout !== undefined && at.today > p!.timeout)
    if (e.kind === 'post' && s.assets.get(debit.asset)!.lots) {
      const units = choose(s, { from: debit, to: credit, amount, picks: e.picks, day, reservedBy: p!.id })
      for (const u of units) u.holder = key(credit)
    } else must(!('picks' in e && e.picks))
    for (const u of s.units) if (u.reservedBy === p!.id) u.reservedBy = undefined
    add(s.leaving, debit, -p!.amount)
    add(s.coming, credit, -p!.amount)
    add(s.held, debit, -amount)
    add(s.held, credit, amount)
    p!.ended = e.kind
  }
  s.postings.add(id)
}

/** One unit after the other: expiring first, then oldest, then by lot and serial. */
function choose(
  s: PlainState,
  about: {
    from: AccountName
    to: AccountName
    amount: bigint
    picks: readonly SerialRange[] | undefined
    day: string
    reservedBy: string | undefined
  },
): Unit[] {
  const { from, to, amount, picks, day, reservedBy } = about
  const mayGo = (u: Unit) =>
    u.holder === key(from) && u.reservedBy === reservedBy && u.expires < day === (to.purpose === 'expired')
  const place = (u: Unit) => `${u.expires} ${u.issued} ${u.lot} ${u.serial.toString().padStart(9, '0')}`
  const able = s.units.filter(mayGo)
  if (picks) {
    const wanted = picks.flatMap((r) => {
      must(r.from < r.to && r.from >= 0n)
      return Array.from({ length: Number(r.to - r.from) }, (_, i) => `${r.lot} ${r.from + BigInt(i)}`)
    })
    must(new Set(wanted).size === wanted.length && BigInt(wanted.length) === amount)
    const chosen = able.filter((u) => wanted.includes(`${u.lot} ${u.serial}`))
    must(chosen.length === wanted.length)
    return chosen
  }
  must(BigInt(able.length) >= amount)
  return able.sort((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, Number(amount))
}

function checkGroups(now: PlainState, before: PlainState): void {
  const all = [...now.pendings.values()]
  for (const p of all) {
    if (p.group === undefined || p.ended === undefined || before.pendings.get(p.id)?.ended) continue
    const group = all.filter((o) => o.act === p.act && o.group === p.group)
    must(group.every((o) => o.ended !== undefined && (o.ended === 'post') === (p.ended === 'post')))
  }
}

// ---- the laws, on what was written

/** What the ledger wrote against what the auditor holds to be true. */
function againstState(s: PlainState, { accounts, postings, pieces }: Written): string[] {
  const wrong: string[] = []
  for (const a of accounts) {
    const name = key(a)
    const b = a.balance
    if (b.creditsPosted - b.debitsPosted !== (s.held.get(name) ?? 0n)) wrong.push(`${name}: held`)
    if (b.debitsPending !== (s.leaving.get(name) ?? 0n)) wrong.push(`${name}: debits pending`)
    if (b.creditsPending !== (s.coming.get(name) ?? 0n)) wrong.push(`${name}: credits pending`)
  }
  const open = new Set(accounts.map(key))
  for (const [name, n] of s.held) if (n !== 0n && !open.has(name)) wrong.push(`${name}: missing`)
  if (postings.length !== s.postings.size || postings.some((p) => !s.postings.has(p.id))) wrong.push('postings differ')
  const names = new Map(accounts.map((a) => [a.id, key(a)]))
  const there = new Map<string, string>()
  for (const p of pieces)
    for (let n = p.from; n < p.to; n++) there.set(`${p.lot} ${n}`, `${names.get(p.account)} ${p.pending ?? ''}`)
  if (there.size !== s.units.length) wrong.push(`units: ${there.size}, not ${s.units.length}`)
  for (const u of s.units)
    if (there.get(`${u.lot} ${u.serial}`) !== `${u.holder} ${u.reservedBy ?? ''}`)
      wrong.push(`unit ${u.lot} ${u.serial}`)
  return wrong
}

const ZERO: Balance = { debitsPending: 0n, debitsPosted: 0n, creditsPending: 0n, creditsPosted: 0n, lines: 0n }
const sameBalance = (a: Balance, b: Balance): boolean =>
  (Object.keys(a) as (keyof Balance)[]).every((k) => a[k] === b[k])

/** The laws that need nothing but what was written: replay of all postings from zero, in the simplest way. */
export function lawsOf({ accounts, postings, lots, pieces }: Written): string[] {
  const wrong: string[] = []
  const byId = new Map(accounts.map((a) => [a.id, a]))
  const folded = new Map<AccountId, Balance>()
  const seen = new Map<PostingId, Posting>()
  const ended = new Set<PostingId>()
  const reversed = new Set<PostingId>()
  // Each account's lines are its own order; the lowest line that is next on both sides goes first.
  const rest = [...postings]
  const nextLine = (id: AccountId) => (folded.get(id)?.lines ?? 0n) + 1n
  while (rest.length > 0) {
    const i = rest.findIndex(
      (p) => p.debitAfter.lines === nextLine(p.debit) && p.creditAfter.lines === nextLine(p.credit),
    )
    if (i < 0) {
      wrong.push(`${rest.length} postings are no one's next line`)
      break
    }
    const p = rest.splice(i, 1)[0]!
    if (seen.has(p.id)) wrong.push(`posting ${p.id} twice`)
    seen.set(p.id, p)
    if (p.amount <= 0n) wrong.push(`posting ${p.id}: amount`)
    if (p.reverses !== undefined && reversed.has(p.reverses)) wrong.push(`posting ${p.reverses} taken back twice`)
    if (p.reverses !== undefined) reversed.add(p.reverses)
    let [pending, posted] = [0n, 0n]
    if (p.kind === 'plain') posted = p.amount
    if (p.kind === 'pending') pending = p.amount
    if (p.pendingId !== undefined) {
      const of = seen.get(p.pendingId)
      if (of?.kind !== 'pending') wrong.push(`posting ${p.id} ends no pending`)
      if (ended.has(p.pendingId)) wrong.push(`pending ${p.pendingId} ended twice`)
      ended.add(p.pendingId)
      pending = -(of?.amount ?? 0n)
      if (p.kind === 'post') posted = p.amount
    }
    const [d, c] = [folded.get(p.debit) ?? ZERO, folded.get(p.credit) ?? ZERO]
    const debit = {
      ...d,
      debitsPending: d.debitsPending + pending,
      debitsPosted: d.debitsPosted + posted,
      lines: d.lines + 1n,
    }
    const credit = {
      ...c,
      creditsPending: c.creditsPending + pending,
      creditsPosted: c.creditsPosted + posted,
      lines: c.lines + 1n,
    }
    folded.set(p.debit, debit)
    folded.set(p.credit, credit)
    if (!sameBalance(debit, p.debitAfter) || !sameBalance(credit, p.creditAfter))
      wrong.push(`posting ${p.id}: running balance`)
    for (const [id, b] of [
      [p.debit, debit],
      [p.credit, credit],
    ] as const) {
      const a = byId.get(id)
      if (!a) wrong.push(`posting ${p.id}: no account ${id}`)
      else {
        if (a.asset !== p.asset) wrong.push(`posting ${p.id}: asset`)
        if (mayNotGoBelowZero(a) && b.creditsPosted - b.debitsPosted - b.debitsPending < 0n)
          wrong.push(`${key(a)} below zero`)
        if (closed(a) && (b.debitsPosted !== 0n || b.debitsPending !== 0n)) wrong.push(`${key(a)}: something left`)
        if (a.purpose === 'issued' && b.creditsPosted + b.creditsPending > b.debitsPosted)
          wrong.push(`${key(a)}: over-returned`)
      }
    }
  }
  const sums = new Map<string, bigint[]>()
  for (const a of accounts) {
    if (a.id !== accountId(a)) wrong.push(`${key(a)}: id`)
    if (!sameBalance(a.balance, folded.get(a.id) ?? ZERO)) wrong.push(`${key(a)}: balance is not the fold`)
    const b = a.balance
    const s = sums.get(a.asset) ?? [0n, 0n]
    sums.set(a.asset, [s[0]! + b.debitsPosted - b.creditsPosted, s[1]! + b.debitsPending - b.creditsPending])
  }
  for (const [asset, [posted, pending]] of sums)
    if (posted !== 0n || pending !== 0n) wrong.push(`${asset}: not zero-sum`)
  return [...wrong, ...lotLaws(accounts, lots, pieces, seen, ended)]
}

function lotLaws(
  accounts: readonly Account[],
  lots: readonly Lot[],
  pieces: readonly Piece[],
  postings: ReadonlyMap<PostingId, Posting>,
  ended: ReadonlySet<PostingId>,
): string[] {
  const wrong: string[] = []
  for (const lot of lots) {
    let at = 0n
    for (const p of pieces.filter((x) => x.lot === lot.id).sort((a, b) => (a.from < b.from ? -1 : 1))) {
      if (p.from !== at || p.to <= p.from) wrong.push(`lot ${lot.id}: gap or overlap at ${at}`)
      at = p.to
    }
    if (at !== lot.size) wrong.push(`lot ${lot.id}: ends at ${at}, not ${lot.size}`)
  }
  const ofLots = new Set(lots.map((l) => l.asset))
  for (const a of accounts) {
    if (!ofLots.has(a.asset)) continue
    const mine = pieces.filter((p) => p.account === a.id)
    const units = mine.reduce((s, p) => s + p.to - p.from, 0n)
    const b = a.balance
    if (units !== (a.purpose === 'issued' ? b.creditsPosted : b.creditsPosted - b.debitsPosted))
      wrong.push(`${key(a)}: units`)
    if (a.purpose === 'issued') {
      const made = lots.filter((l) => postings.get(l.id)?.debit === a.id).reduce((s, l) => s + l.size, 0n)
      if (made !== b.debitsPosted) wrong.push(`${key(a)}: lots do not sum to what was issued`)
    }
  }
  for (const p of postings.values()) {
    const reserved = pieces.filter((x) => x.pending === p.id).reduce((s, x) => s + x.to - x.from, 0n)
    const due = p.kind === 'pending' && !ended.has(p.id) && ofLots.has(p.asset) ? p.amount : 0n
    if (reserved !== due) wrong.push(`pending ${p.id}: reserves ${reserved}, not ${due}`)
  }
  return wrong
}

// ---- the histories

const asset = (code: string, more: Partial<Asset>): Asset => ({
  code,
  unit: 'kg',
  scale: 0,
  class: 'permit',
  issuer: 'office',
  title: { zh: code, en: code },
  lots: false,
  ...more,
})

/** Money, a permit without serials, and a voucher with lots that expire. */
export const historyAssets: readonly Asset[] = [
  asset('CNY', { unit: '元', scale: 2, class: 'money' }),
  asset('permit.COD', {}),
  asset('voucher', { unit: 't', class: 'carbon', lots: true }),
]

const OWNERS = ['office', 'firm-a', 'firm-b', 'village'] as const
const FIRST_DAY = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const dayOf = (n: number): CivilDate => civilDate(instantOfMs(FIRST_DAY + n * DAY).slice(0, 10))

interface Making {
  readonly c: Chance
  readonly auditor: Auditor
  readonly act: Uuid
  readonly today: number
  readonly codes: readonly string[]
}

/** Each action gives the entries of one act; many are wrong on purpose or by chance. */
const actions: readonly (readonly [weight: number, make: (m: Making) => readonly Entry[]])[] = [
  [4, (m) => [issue(m)]],
  [8, (m) => [move(m)]],
  [3, (m) => Array.from({ length: 2 + m.c.below(3) }, () => move(m))],
  [4, (m) => [{ ...move(m), ...reservation(m), kind: 'pending' as const }]],
  [2, (m) => [1, 2].map(() => ({ ...move(m), ...reservation(m), kind: 'pending' as const, group: 'both' }))],
  [5, (m) => (m.auditor.pendings().length > 0 || m.c.below(9) === 0 ? end(m, anyPending(m)) : [move(m)])],
  [3, (m) => takeBack(m)],
  [3, (m) => groupOf(m, anyPending(m)).flatMap((p) => (p ? end(m, p) : [issue(m)]))],
  [2, (m) => [{ ...move(m), credit: name(m, m.c.pick(OWNERS), m.c.pick(['retired', 'surrendered:2026', 'expired'])) }]],
  [2, (m) => [{ ...move(m), ...picked(m) }]],
  [1, (m) => [{ ...move(m), debit: name(m, m.c.pick(OWNERS), m.c.pick(['retired', 'surrendered:2026', 'expired'])) }]],
  [1, (m) => [{ ...move(m), amount: -BigInt(m.c.below(2)) }]],
  [1, (m) => [{ ...move(m), id: (m.c.pick(m.auditor.postings()) ?? m.act) as Uuid }]],
  [1, (m) => [{ ...move(m), credit: { asset: 'unheard-of', owner: 'firm-a', purpose: 'holding' } }]],
  [1, (m) => [{ ...move(m), credit: name(m, 'office', 'issued') }]],
  [1, (m) => [move(m), { ...move(m), debit: name(m, 'firm-a', 'holding'), amount: 10_000n }]],
]
const TOTAL = actions.reduce((s, [w]) => s + w, 0)

/** The first of `codes` that the chance of this act names; all accounts of one entry are of one asset. */
const name = (m: Making, owner: string, purpose: AccountName['purpose']): AccountName => ({
  asset: m.codes[0]!,
  owner,
  purpose,
})

const holder = (m: Making): AccountName =>
  name(
    m,
    m.c.pick(OWNERS),
    m.c.pick(['holding', 'holding', 'holding', 'holding:exchange', 'clearing:bank', 'payable:farmers', 'rounding']),
  )

function amountNear(m: Making, from: AccountName): bigint {
  const free = m.auditor.free(from)
  const n = m.c.below(10)
  if (n === 0) return free > 0n ? free : 1n
  if (n === 1) return (free > 0n ? free : 0n) + 1n
  return free > 0n ? 1n + BigInt(m.c.below(Number(free))) : 1n + BigInt(m.c.below(4))
}

function issue(m: Making): Entry {
  const lot = m.codes[0] === 'voucher' && m.c.below(3) > 0 ? { lot: { expires: dayOf(m.today + m.c.below(40)) } } : {}
  return { debit: name(m, 'office', 'issued'), credit: holder(m), amount: 1n + BigInt(m.c.below(12)), ...lot }
}

/** Mostly someone who has something to give. */
function giver(m: Making): AccountName {
  const some = [1, 2, 3, 4, 5, 6].map(() => holder(m))
  return some.find((n) => m.auditor.free(n) > 0n) ?? some[0]!
}

function move(m: Making) {
  const debit = giver(m)
  return { debit, credit: holder(m), amount: amountNear(m, debit) }
}

const reservation = (m: Making) => (m.c.below(2) === 0 ? { timeout: dayOf(m.today + m.c.below(12)) } : {})

/** Often an ended one: then the act must be refused. */
const anyPending = (m: Making) => m.c.pick(m.auditor.pendings())

type AnyPending = ReturnType<Auditor['pendings']>[number] | undefined

function groupOf(m: Making, p: AnyPending): readonly AnyPending[] {
  if (!p) return [undefined]
  const group = m.auditor
    .pendings()
    .filter((o) => o === p || (p.group !== undefined && o.act === p.act && o.group === p.group))
  return m.c.below(6) === 0 ? group.slice(1) : group
}

function end(m: Making, p: AnyPending): readonly Entry[] {
  const pending = (p?.id ?? m.act) as Uuid
  const due = p?.timeout !== undefined && dayOf(m.today) > p.timeout
  switch (m.c.below(5)) {
    case 0:
      return [{ kind: due ? 'expire' : 'void', pending }]
    case 1:
      return [{ kind: 'expire', pending }]
    case 2:
      return [{ kind: 'post', pending, amount: 1n + BigInt(m.c.below(p ? Number(p.amount) + 1 : 3)) }]
    default:
      return [{ kind: 'post', pending }]
  }
}

/** Takes a recent posting back, serial by serial; it may have been taken back before, or its units moved on. */
function takeBack(m: Making): readonly Entry[] {
  const move = m.c.pick(m.auditor.moves())
  if (!move) return []
  const [id, { debit, credit, ...what }] = move
  return [{ debit: credit, credit: debit, ...what, reverses: id as Uuid }]
}

/** A range of serials of some unit held, now and then one too long. */
function picked(m: Making) {
  const debit = name(m, m.c.pick(OWNERS), 'holding')
  const u = m.c.pick(m.auditor.unitsOf(debit))
  if (!u) return { debit }
  const size = 1n + BigInt(m.c.below(4))
  return { debit, amount: size, picks: [{ lot: u.lot as Uuid, from: u.serial, to: u.serial + size }] }
}

/** A history of `length` acts. The same seed gives the same history, ids included.
 *  @param actId the id of the n-th act, where somebody else has a say in ids */
export function makeHistory(
  seed: number,
  length = 12,
  actId: (n: number, recorded: Instant) => Uuid = (n) => uuidFrom(`history ${seed}`, String(n)),
): History {
  const c = chance(seed)
  const auditor = new Auditor()
  const steps: Step[] = []
  let today = 0
  for (let n = 0; n < length; n++) {
    today += c.below(4)
    const recorded = instantOfMs(FIRST_DAY + today * DAY + n)
    const act = actId(n, recorded)
    const at: PostingContext = {
      act,
      recorded,
      today: dayOf(today),
      ...(n === 0 ? { assets: historyAssets } : {}),
    }
    const codes = [c.pick(['CNY', 'permit.COD', 'voucher', 'voucher', 'voucher'])]
    // Nothing can move before something is issued.
    const action = n === 0 ? actions[0]![1] : chooseAction(c)
    const made = action({ c, auditor, act, today, codes })
    const late = c.below(8) === 0 ? { effective: dayOf(Math.max(0, today - c.below(10))) } : {}
    const entries = made.map((e) => ({ ...e, ...late }))
    steps.push({ entries, at, taken: auditor.takes(entries, at) })
  }
  return { seed, steps, auditor }
}

function chooseAction(c: Chance): (m: Making) => readonly Entry[] {
  let n = c.below(TOTAL)
  for (const [weight, make] of actions) {
    if (n < weight) return make
    n -= weight
  }
  return actions[0]![1]
}
