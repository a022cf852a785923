// Random histories of an office over the whole record, made from a seed, and a twin that keeps what is true in plain maps:
// it says of every submission whether it must be taken and what its answer must be. Permits of the market and a made-up
// nursery together: rows, numbers, figures, personal values, approvals by two, corrections, replays, many wrong on purpose.

import { civilDateIn, type CivilDate, type Instant, type Uuid } from '../../src/kernel/index.ts'
import { postingId, type Asset, type Entry } from '../../src/core/ledger/index.ts'
import type { Outcome, Submission } from '../../src/core/record/index.ts'
import { purse, yuan } from '../nursery.fixture.ts'
import { Auditor, type Chance } from './ledger-histories.ts'

const PLACE = '430100'
const PERSONS = ['a', 'b', 'c', 'd'].map((p) => `0190a5b4-0000-7000-8000-00000000000${p}` as Uuid)
const FIRMS = ['1', '2', '3'].map((f) => `0190a5b4-0000-7000-8000-0000000000f${f}` as Uuid)
const NAMES = ['欧阳某某', '司马某某', '上官某某', '诸葛某某']
/** What was given as personal: it must be found nowhere in the acts. */
export const SECRETS: readonly string[] = NAMES

type Input = Readonly<Record<string, string | boolean>>
export interface Given extends Submission {
  readonly input: Input
}

interface At {
  readonly act: Uuid
  readonly recorded: Instant
  readonly today: CivilDate
}

/** What a command does if it may: entries of the ledger, and the rest as a change of the twin. */
interface Plan {
  readonly entries: readonly Entry[]
  readonly assets: readonly Asset[]
  /** False where a figure is cited that is not fit. */
  readonly fit: boolean
  readonly carryOut: (twin: OfficeTwin) => Answer
}
type Answer = Readonly<Record<string, string>>

interface RequestPlain {
  readonly command: string
  readonly input: Input
  readonly person: Uuid
  readonly legalDate: CivilDate
  readonly roles: readonly string[]
  readonly people: readonly Uuid[]
  readonly status: 'waiting' | 'accepted' | 'withdrawn' | 'returned'
}

interface ActPlain {
  readonly command: string
  readonly input: Input
  readonly postings: readonly Uuid[]
  readonly roles: readonly string[]
}

export interface Verdict {
  readonly taken: boolean
  /** What the answer must contain. */
  readonly answer: Answer
}

const REFUSED: Verdict = { taken: false, answer: {} }

export class OfficeTwin {
  ledger = new Auditor()
  readonly growers = new Map<string, number>()
  readonly series = new Map<string, number>()
  /** By period: whether the figure in force is fit; undefined where it was withdrawn. */
  readonly figures = new Map<string, { readonly act: string; readonly fit: boolean } | undefined>()
  readonly requests = new Map<string, RequestPlain>()
  readonly acts = new Map<string, ActPlain>()
  readonly corrected = new Set<string>()
  readonly done = new Map<string, Given>()

  copy(): OfficeTwin {
    const twin = new OfficeTwin()
    twin.ledger = this.ledger.copy()
    for (const part of ['growers', 'series', 'figures', 'requests', 'acts', 'done'] as const)
      for (const [k, v] of this[part]) (twin[part] as Map<string, unknown>).set(k, v)
    for (const c of this.corrected) twin.corrected.add(c)
    return twin
  }

  /** Says what must become of it, and moves on if it is taken. */
  take(s: Given, recorded: Instant): Verdict {
    const at: At = { act: s.id, recorded, today: civilDateIn(recorded, '+08:00') }
    const earlier = this.done.get(s.id)
    const verdict = earlier ? (isSame(earlier, s) ? { taken: true, answer: {} } : REFUSED) : this.#decide(s, at)
    if (verdict.taken) this.done.set(s.id, s)
    return verdict
  }

  #decide(s: Given, at: At): Verdict {
    const r = this.requests.get(String(s.input['request']))
    switch (s.command) {
      case 'approve':
        return r ? this.#approve(s, r, at) : REFUSED
      case 'returnRequest':
        return r && mayStep(r, s) ? this.#endRequest(s, r, 'returned') : REFUSED
      case 'withdrawRequest':
        return r?.status === 'waiting' && r.person === s.person ? this.#endRequest(s, r, 'withdrawn') : REFUSED
    }
    const legalDate = (s.input['decidedOn'] ?? s.input['on'] ?? at.today) as CivilDate
    const plan = this.#plan(s.command, s.input, { subject: s.id, legalDate, at })
    if (!plan) return REFUSED
    const roles = this.#roles(s.command, s.input)
    if (roles.length === 0) return this.#carryOut(plan, at, s)
    if (!plan.fit || !this.ledger.copy().takes(plan.entries, { ...at, assets: plan.assets })) return REFUSED
    this.requests.set(s.id, {
      command: s.command,
      input: s.input,
      person: s.person,
      legalDate,
      roles,
      people: [s.person],
      status: 'waiting',
    })
    return { taken: true, answer: { status: 'waiting' } }
  }

  #roles(command: string, input: Input): readonly string[] {
    if (command === 'issuePermit') return ['reviewer']
    if (command === 'grantMoney') return ['reviewer', 'director']
    return command === 'correctAct' ? (this.acts.get(String(input['act']))?.roles ?? []) : []
  }

  #approve(s: Given, r: RequestPlain, at: At): Verdict {
    if (!mayStep(r, s)) return REFUSED
    const next: RequestPlain = { ...r, people: [...r.people, s.person] }
    if (next.people.length <= r.roles.length) {
      this.requests.set(String(s.input['request']), next)
      return { taken: true, answer: { status: 'waiting' } }
    }
    const subject = String(s.input['request']) as Uuid
    const plan = this.#plan(r.command, r.input, { subject, legalDate: r.legalDate, at })
    if (!plan) return REFUSED
    const verdict = this.#carryOut(plan, at, r)
    if (verdict.taken) this.requests.set(subject, { ...next, status: 'accepted' })
    return verdict
  }

  #endRequest(s: Given, r: RequestPlain, status: 'returned' | 'withdrawn'): Verdict {
    this.requests.set(String(s.input['request']), { ...r, status })
    return { taken: true, answer: { status } }
  }

  #carryOut(plan: Plan, at: At, of: { readonly command: string; readonly input: Input }): Verdict {
    if (!plan.fit || !this.ledger.takes(plan.entries, { ...at, assets: plan.assets })) return REFUSED
    const roles = this.#roles(of.command, of.input)
    const postings = plan.entries.map((_, i) => postingId(at.act, i))
    this.acts.set(at.act, { command: of.command, input: of.input, postings, roles })
    return { taken: true, answer: plan.carryOut(this) }
  }

  #next(kind: string, date: string): string {
    const name = `${kind}-${PLACE}-${date.slice(0, 4)}`
    const n = (this.series.get(name) ?? 0) + 1
    this.series.set(name, n)
    return `${name}-${String(n).padStart(6, '0')}`
  }

  #plan(
    command: string,
    i: Input,
    about: { readonly subject: Uuid; readonly legalDate: CivilDate; readonly at: At },
  ): Plan | undefined {
    const { subject, legalDate, at } = about
    const plan = (more: Partial<Plan>): Plan => ({ entries: [], assets: [], fit: true, carryOut: () => ({}), ...more })
    const text = (k: string): string => String(i[k])
    const permits = (owner: string, purpose: 'issued' | 'holding' | 'retired' | 'expired') =>
      ({ asset: `permit.${text('pollutant')}`, owner, purpose }) as const
    switch (command) {
      case 'issuePermit':
        if (text('validTo') < text('validFrom')) return undefined
        return plan({
          assets: [permitAsset(text('pollutant'))],
          entries: [
            {
              debit: permits(PLACE, 'issued'),
              credit: permits(text('firm'), 'holding'),
              amount: BigInt(text('amountKg')),
              effective: legalDate,
              lot: { expires: text('validTo') as CivilDate },
            },
          ],
          carryOut: (twin) => ({ number: twin.#next('PW', legalDate) }),
        })
      case 'transferPermit':
        if (i['seller'] === i['buyer']) return undefined
        return plan({
          entries: [
            {
              debit: permits(text('seller'), 'holding'),
              credit: permits(text('buyer'), 'holding'),
              amount: BigInt(text('amountKg')),
              effective: legalDate,
            },
          ],
        })
      case 'retirePermit':
        return plan({
          entries: [
            {
              debit: permits(text('firm'), 'holding'),
              credit: permits(text('firm'), 'retired'),
              amount: BigInt(text('amountKg')),
              effective: legalDate,
            },
          ],
        })
      case 'expirePermits': {
        const held = permits(text('firm'), 'holding')
        const gone = this.ledger.unitsOf(held).filter((u) => u.expires < at.today).length
        const entry = { debit: held, credit: permits(text('firm'), 'expired'), amount: BigInt(gone) }
        return plan({ entries: gone === 0 ? [] : [entry], carryOut: () => ({ amount: String(gone) }) })
      }
      case 'enrolGrower':
        return plan({
          carryOut: (twin) => {
            twin.growers.set(subject, 0)
            return { number: twin.#next('ZH', at.today) }
          },
        })
      case 'visitGrower': {
        const visits = this.growers.get(text('grower'))
        if (visits === undefined) return undefined
        return plan({
          carryOut: (twin) => {
            twin.growers.set(text('grower'), visits + 1)
            return { visits: String(visits + 1) }
          },
        })
      }
      case 'forgetGrower':
        return this.growers.has(text('grower')) ? plan({}) : undefined
      case 'publishFigure':
        return plan({
          carryOut: (twin) => {
            twin.figures.set(text('period'), { act: at.act, fit: i['fit'] === true })
            return {}
          },
        })
      case 'grantMoney':
        if (!this.growers.has(text('grower'))) return undefined
        return plan({
          assets: [yuan],
          fit: this.figures.get(text('period'))?.fit === true,
          entries: [
            {
              debit: { asset: 'CNY', owner: 'office', purpose: 'issued' },
              credit: purse(text('grower')),
              amount: BigInt(text('amountFen')),
            },
          ],
          carryOut: (twin) => ({ number: twin.#next('BT', legalDate) }),
        })
      case 'payOn':
        return plan({
          assets: [yuan],
          entries: [{ debit: purse(text('from')), credit: purse(text('to')), amount: BigInt(text('amountFen')) }],
        })
      case 'correctAct':
        return this.#planCorrection(text('act'), legalDate)
      default:
        throw new Error(command)
    }
  }

  #planCorrection(act: string, legalDate: CivilDate): Plan | undefined {
    const original = this.acts.get(act)
    // A row that nobody said how to take back stays.
    if (!original || this.corrected.has(act) || NO_WAY_BACK.includes(original.command)) return undefined
    const entries = original.postings.flatMap((p): Entry[] => {
      const { debit, credit, ...what } = this.ledger.moveOf(p)!
      // What was issued goes back by its own serials.
      const picks =
        debit.purpose === 'issued' && debit.asset !== 'CNY' ? { picks: [{ lot: p, from: 0n, to: what.amount }] } : {}
      return [{ debit: credit, credit: debit, ...what, ...picks, reverses: p, effective: legalDate }]
    })
    return {
      entries,
      assets: [],
      fit: true,
      carryOut: (twin) => {
        twin.corrected.add(act)
        // A figure that a later act has replaced is not touched.
        for (const [period, figure] of twin.figures) if (figure?.act === act) twin.figures.set(period, undefined)
        return { corrects: act }
      },
    }
  }
}

const NO_WAY_BACK = ['enrolGrower', 'visitGrower']

const permitAsset = (pollutant: string): Asset => ({
  ...yuan,
  code: `permit.${pollutant}`,
  lots: true,
})

const mayStep = (r: RequestPlain, s: Given): boolean =>
  r.status === 'waiting' && r.roles[r.people.length - 1] === s.role && !r.people.includes(s.person)

const isSame = (a: Given, b: Given): boolean =>
  a.command === b.command &&
  a.person === b.person &&
  a.role === b.role &&
  JSON.stringify(Object.entries(a.input).sort()) === JSON.stringify(Object.entries(b.input).sort())

// ---- what is submitted

export interface Making {
  readonly c: Chance
  readonly twin: OfficeTwin
  readonly id: () => Uuid
  readonly now: Instant
}

type Make = (m: Making) => Pick<Given, 'command' | 'input'> & Partial<Pick<Given, 'person' | 'role' | 'id'>>

const day = (now: Instant, days: number): CivilDate => {
  const d = new Date(Date.parse(now) + days * 86_400_000 + 8 * 3_600_000)
  return d.toISOString().slice(0, 10) as CivilDate
}
const anyKey = (m: Making, of: ReadonlyMap<string, unknown>, otherwise: string): string =>
  m.c.below(12) === 0 ? otherwise : (m.c.pick([...of.keys()].slice(-8)) ?? otherwise)
const NOBODY = '0190a5b4-0000-7000-8000-0000000000ff'
const some = (m: Making, most: number): string => String(1 + m.c.below(most))
const pollutant = (m: Making): string => m.c.pick(['COD', 'COD', 'TP'])

const step = (m: Making): ReturnType<Make> => {
  const waiting = new Map([...m.twin.requests].filter(([, r]) => r.status === 'waiting' || m.c.below(8) === 0))
  const request = anyKey(m, waiting, NOBODY)
  const r = m.twin.requests.get(request)
  const role = m.c.below(8) === 0 ? 'clerk' : (r?.roles[r.people.length - 1] ?? 'reviewer')
  const others = PERSONS.filter((p) => !r?.people.includes(p))
  const person = m.c.below(8) === 0 ? m.c.pick(PERSONS) : (m.c.pick(others) ?? PERSONS[0]!)
  const command = m.c.below(10) === 0 ? 'returnRequest' : 'approve'
  return { command, input: { request, ...(command === 'approve' ? {} : { reason: '请核对' }) }, person, role }
}

const MAKES: readonly (readonly [weight: number, make: Make])[] = [
  [
    4,
    (m) => ({
      command: 'issuePermit',
      input: {
        firm: m.c.pick(FIRMS),
        pollutant: pollutant(m),
        amountKg: some(m, 12),
        place: PLACE,
        decidedOn: day(m.now, -m.c.below(3)),
        validFrom: '2026-01-01',
        validTo: m.c.below(9) === 0 ? '2025-12-31' : day(m.now, m.c.below(40)),
        basis: '示范〔2026〕1 号',
      },
    }),
  ],
  [12, step],
  [
    6,
    (m) => ({
      command: 'transferPermit',
      input: {
        seller: m.c.pick(FIRMS),
        buyer: m.c.pick(FIRMS),
        pollutant: pollutant(m),
        amountKg: some(m, 6),
        place: PLACE,
        on: day(m.now, -m.c.below(2)),
        contract: '示范 1',
      },
    }),
  ],
  [
    2,
    (m) => ({
      command: 'retirePermit',
      input: {
        firm: m.c.pick(FIRMS),
        pollutant: pollutant(m),
        amountKg: some(m, 4),
        place: PLACE,
        on: day(m.now, 0),
        purpose: '抵扣',
      },
    }),
  ],
  [2, (m) => ({ command: 'expirePermits', input: { firm: m.c.pick(FIRMS), pollutant: pollutant(m), place: PLACE } })],
  [
    3,
    (m) => ({
      command: 'enrolGrower',
      input: { name: m.c.pick(NAMES), ...(m.c.below(2) ? { telephone: m.c.pick(NAMES) } : {}) },
    }),
  ],
  [4, (m) => ({ command: 'visitGrower', input: { grower: anyKey(m, m.twin.growers, NOBODY) } })],
  [1, (m) => ({ command: 'forgetGrower', input: { grower: anyKey(m, m.twin.growers, NOBODY) } })],
  [
    2,
    (m) => ({
      command: 'publishFigure',
      input: { period: m.c.pick(['2024', '2025']), trees: some(m, 900), fit: m.c.below(4) > 0 },
    }),
  ],
  [
    5,
    (m) => ({
      command: 'grantMoney',
      input: { grower: anyKey(m, m.twin.growers, NOBODY), amountFen: some(m, 500), period: m.c.pick(['2024', '2025']) },
    }),
  ],
  [
    4,
    (m) => ({
      command: 'payOn',
      input: {
        from: anyKey(m, m.twin.growers, NOBODY),
        to: anyKey(m, m.twin.growers, NOBODY),
        amountFen: some(m, 300),
      },
    }),
  ],
  [3, (m) => ({ command: 'correctAct', input: { act: anyKey(m, m.twin.acts, NOBODY), reason: '录入错误' } })],
  [
    1,
    (m) => {
      const [id, r] = m.c.pick([...m.twin.requests]) ?? [NOBODY, undefined]
      return {
        command: 'withdrawRequest',
        input: { request: id },
        person: r && m.c.below(3) ? r.person : m.c.pick(PERSONS),
      }
    },
  ],
  // The same again, and the same id with something else in it.
  [
    2,
    (m) => {
      const again = m.c.pick([...m.twin.done.values()].slice(-20))
      if (!again) return { command: 'visitGrower', input: { grower: NOBODY } }
      return m.c.below(3) > 0 ? again : { ...again, command: 'visitGrower', input: { grower: NOBODY } }
    },
  ],
]
const TOTAL = MAKES.reduce((s, [w]) => s + w, 0)

export function makeSubmission(m: Making): Given {
  let n = m.c.below(TOTAL)
  const [, make] = MAKES.find(([w]) => (n -= w) < 0)!
  return { id: m.id(), person: m.c.pick(PERSONS), role: 'clerk', ...make(m) }
}

// ---- judging

/** Judges the outcomes of submissions that ran together: the accepted ones in the order of the log, each as the twin says;
 *  a refused one must have been wrong at one moment at least. Moves the twin on. @returns what is wrong */
export function judge(
  twin: OfficeTwin,
  group: readonly { readonly given: Given; readonly outcome: Outcome }[],
  recorded: Instant,
): readonly string[] {
  const wrong: string[] = []
  const say = (g: Given, what: string): void => void wrong.push(`${g.command} ${JSON.stringify(g.input)}: ${what}`)
  const accepted = group
    .flatMap(({ given, outcome }) => (outcome.ok ? [{ given, receipt: outcome.receipt }] : []))
    .sort((a, b) => a.receipt.leaf - b.receipt.leaf || Number(a.receipt.replayed) - Number(b.receipt.replayed))
  const moments = [twin.copy()]
  for (const { given, receipt } of accepted) {
    const known = twin.done.has(given.id)
    const { taken, answer } = twin.take(given, recorded)
    if (receipt.replayed !== known) say(given, known ? 'was done again' : 'is called a replay')
    if (!taken) say(given, 'was taken')
    for (const [k, v] of Object.entries(answer)) {
      const told = String((receipt.answer as Record<string, string>)[k])
      if (!receipt.replayed && (k === 'number' ? told.slice(0, -2) : told) !== v)
        say(given, `${k} is ${told}, not ${v}`)
    }
    if (receipt.act !== given.id) say(given, 'the act has another id')
    moments.push(twin.copy())
  }
  for (const { given, outcome } of group)
    if (!outcome.ok && !moments.some((m) => !m.copy().take(given, recorded).taken))
      say(given, `was refused: ${outcome.problems.map((p) => p.code).join(' ')}`)
  return wrong
}
