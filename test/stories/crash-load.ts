// Work for the crash stories: clients that submit one thing after the other, remember every answer they were given, and
// after a crash submit again what was not answered. What was acknowledged is asked for again and must be the stored answer.

import { randomBytes } from 'node:crypto'
import { idMaker, type Instant, type Uuid } from '../../src/kernel/index.ts'
import type { Outcome, Receipt, Submission } from '../../src/core/record/index.ts'
import type { Chance } from '../laws/ledger-histories.ts'
import { CLERK, FIRM_1, FIRM_2, PERMIT, REVIEWER } from '../record-house.fixture.ts'

export type Submit = (s: Submission) => Promise<Outcome | undefined>

const CLIENTS = 8

export class Clients {
  private readonly c: Chance
  private readonly id = idMaker({
    now: () => new Date().toISOString() as Instant,
    random: (n) => Uint8Array.from(randomBytes(n)),
  })
  readonly acknowledged = new Map<Uuid, { readonly given: Submission; readonly receipt: Receipt }>()
  unanswered: Submission[] = []
  private growers: Uuid[] = []

  constructor(c: Chance) {
    this.c = c
  }

  private by(command: string, input: unknown, person = CLERK, role = 'clerk'): Submission {
    return { id: this.id(), command, input, person, role }
  }

  /** @returns whether it was answered */
  async send(submit: Submit, s: Submission): Promise<Outcome | undefined> {
    const outcome = await submit(s)
    const lost = !outcome || (!outcome.ok && outcome.problems.some((p) => MAY_STAND.test(p.code)))
    if (lost) this.unanswered.push(s)
    else if (outcome.ok) {
      this.acknowledged.set(s.id, { given: s, receipt: outcome.receipt })
      if (s.command === 'enrolGrower') this.growers.push(s.id)
    }
    return outcome
  }

  /** Permits enough for everybody. */
  async found(submit: Submit): Promise<void> {
    for (const firm of [FIRM_1, FIRM_2]) {
      const asked = this.by('issuePermit', { ...PERMIT, firm, amountKg: '100000', validTo: '2099-12-31' })
      await this.send(submit, asked)
      await this.send(submit, this.by('approve', { request: asked.id }, REVIEWER, 'reviewer'))
      await this.send(submit, this.by('enrolGrower', { name: '欧阳某某' }))
    }
  }

  private next(): Submission {
    const { c } = this
    const [seller, buyer] = c.below(2) ? [FIRM_1, FIRM_2] : [FIRM_2, FIRM_1]
    const kind = c.below(10)
    if (kind === 0) return this.by('enrolGrower', { name: '欧阳某某' })
    if (kind < 4) return this.by('visitGrower', { grower: c.pick(this.growers) })
    if (kind === 4) return this.by('publishFigure', { period: '2025', trees: String(c.below(99)), fit: true })
    return this.by('transferPermit', {
      seller,
      buyer,
      pollutant: 'COD',
      amountKg: String(1 + c.below(50)),
      place: '430100',
      on: '2026-03-02',
      contract: '示范',
    })
  }

  /** Submits until `until` holds or nothing is answered any more. */
  async work(submit: Submit, until: () => boolean): Promise<void> {
    const one = async (): Promise<void> => {
      while (!until()) {
        const outcome = await this.send(submit, this.next())
        if (!outcome || (!outcome.ok && outcome.problems.some((p) => MAY_STAND.test(p.code)))) return
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, one))
  }

  /** Sends again what was not answered, and asks for what was. @returns what is wrong */
  async settle(submit: Submit): Promise<readonly string[]> {
    const wrong: string[] = []
    const again = this.unanswered
    this.unanswered = []
    for (const outcome of await Promise.all(again.map((s) => this.send(submit, s))))
      if (!outcome) wrong.push('not answered again')
      else if (!outcome.ok) wrong.push(...outcome.problems.map((p) => `sent again: ${p.code}`))
    const all = [...this.acknowledged.values()]
    const told = await Promise.all(all.map(({ given }) => submit(given)))
    told.forEach((outcome, i) => {
      const { given, receipt } = all[i]!
      if (!outcome?.ok || !outcome.receipt.replayed) wrong.push(`${given.command} ${given.id} was lost`)
      else if (outcome.receipt.leaf !== receipt.leaf || outcome.receipt.recorded !== receipt.recorded)
        wrong.push(`${given.command} ${given.id} was answered differently`)
    })
    return wrong
  }
}

/** Answers after which nobody knows whether the act stands. */
const MAY_STAND = /^(store\.|journal\.|record\.(reopen|closing|busy))/
