// Emission permits: issue (by two people), transfer, retire. Clause M4.

import { field, form, type Instant, type Json, type Uuid } from '../../kernel/index.ts'
import { insert, put, type AnyCommand, type Command, type SeriesName } from '../../core/record/index.ts'
import { expiredIn } from '../../core/ledger/index.ts'
import { expired, firmSubject, holding, issued, permitAsset, permitSubject, POLLUTANTS, retired } from './model.ts'
import { marketProblem } from './problems.ts'
import { permitTable } from './schema.ts'

const firm = field.organisation({
  title: { zh: '单位', en: 'firm' },
  example: '0190a5b4-0000-7000-8000-0000000000f1',
})
const pollutant = field.choice({ title: { zh: '污染物', en: 'pollutant' }, choices: POLLUTANTS, example: 'COD' })
const amountKg = field.amount({ title: { zh: '数量（千克）', en: 'amount in kg' }, min: 1n, example: '1200' })
const place = field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' })
const on = field.civilDate({ title: { zh: '日期', en: 'date' }, example: '2026-03-01' })

const issueInput = form({
  firm,
  pollutant,
  amountKg,
  place,
  decidedOn: field.civilDate({
    title: { zh: '核定日期', en: 'decided on' },
    hint: { zh: '法定日期，决定适用的规则', en: 'the legal date: it chooses the rules' },
    example: '2026-03-01',
  }),
  validFrom: field.civilDate({ title: { zh: '有效期起', en: 'valid from' }, example: '2026-01-01' }),
  validTo: field.civilDate({ title: { zh: '有效期止', en: 'valid to' }, example: '2030-12-31' }),
  basis: field.text({
    title: { zh: '核定依据', en: 'basis' },
    hint: { zh: '文号或许可证编号', en: 'number of the document or licence' },
    example: '示范〔2026〕1 号',
  }),
})

const issuePermit: Command<typeof issueInput> = {
  name: 'issuePermit',
  version: 1,
  title: { zh: '核发排污权', en: 'issue an emission permit' },
  clause: 'M4',
  groups: ['permits-issue'],
  input: issueInput,
  place: (i) => i.place,
  legalDate: (i) => i.decidedOn,
  subjects: (i) => [firmSubject(i.firm)],
  approval: () => [{ role: 'reviewer', title: { zh: '审核', en: 'review' } }],
  reads: [
    (i, _, c) => ({
      rows: [{ table: permitTable, key: { id: c.subject } }],
      series: [permitNumbers(i)],
      accounts: [issued(i.place, i.pollutant), holding(i.firm, i.pollutant)],
    }),
  ],
  decide: (state, i, c) => {
    if (i.validTo < i.validFrom) return [marketProblem('market.period', { from: i.validFrom, to: i.validTo })]
    const number = state.number(permitNumbers(i))
    return {
      act: 'permit-issued',
      subjects: [permitSubject(c.subject), firmSubject(i.firm)],
      assets: [permitAsset(i.pollutant)],
      rows: [
        insert(permitTable, {
          id: c.subject,
          number,
          firm: i.firm,
          pollutant: i.pollutant,
          amount_kg: i.amountKg,
          place: i.place,
          valid_from: i.validFrom,
          valid_to: i.validTo,
          basis: i.basis,
          status: 'issued',
          act: c.subject,
        }),
      ],
      postings: [
        {
          debit: issued(i.place, i.pollutant),
          credit: holding(i.firm, i.pollutant),
          amount: i.amountKg,
          effective: i.decidedOn,
          why: { zh: `核发 ${number}，依据${i.basis}`, en: `Permit ${number} issued under ${i.basis}` },
          lot: { prefix: number, expires: i.validTo },
        },
      ],
      reasons: { 'posting:0': { basis: i.basis, clause: 'M4', decidedOn: i.decidedOn } },
      timers: [
        {
          subject: permitSubject(c.subject),
          clock: 'expiry',
          due: `${i.validTo}T16:00:00.000Z` as Instant,
          command: 'expirePermits',
          input: { firm: i.firm, pollutant: i.pollutant, place: i.place },
        },
      ],
      answer: { permit: c.subject, number },
    }
  },
  reverseReads: (_, original) => ({ rows: [{ table: permitTable, key: { id: permitOf(original.answer) } }] }),
  reverse: (state, _, __, original) => {
    const id = permitOf(original.answer)
    const row = state.row(permitTable, { id })!
    return {
      rows: [put(permitTable, { ...row, status: 'withdrawn' })],
      timers: [{ subject: permitSubject(id), clock: 'expiry' }],
    }
  },
}

/** Permit numbers count by place and year of the decision. */
const permitNumbers = (i: { readonly place: string; readonly decidedOn: string }): SeriesName => ({
  kind: 'PW',
  place: i.place,
  year: Number(i.decidedOn.slice(0, 4)),
})

const permitOf = (answer: Json): Uuid => (answer as { readonly permit: Uuid }).permit

const transferInput = form({
  seller: field.organisation({
    title: { zh: '转让方', en: 'seller' },
    example: '0190a5b4-0000-7000-8000-0000000000f1',
  }),
  buyer: field.organisation({ title: { zh: '受让方', en: 'buyer' }, example: '0190a5b4-0000-7000-8000-0000000000f2' }),
  pollutant,
  amountKg,
  place,
  on,
  contract: field.text({ title: { zh: '交易合同', en: 'contract' }, example: '示范交易 2026-007' }),
})

const transferPermit: Command<typeof transferInput> = {
  name: 'transferPermit',
  version: 1,
  title: { zh: '转让排污权', en: 'transfer permits' },
  clause: 'M4',
  groups: ['permits-trade'],
  input: transferInput,
  place: (i) => i.place,
  legalDate: (i) => i.on,
  subjects: () => [],
  reads: [(i) => ({ accounts: [holding(i.seller, i.pollutant), holding(i.buyer, i.pollutant)] })],
  decide: (_, i) => {
    if (i.seller === i.buyer) return [marketProblem('market.same-firm')]
    return {
      act: 'permit-transferred',
      subjects: [firmSubject(i.seller), firmSubject(i.buyer)],
      postings: [
        {
          debit: holding(i.seller, i.pollutant),
          credit: holding(i.buyer, i.pollutant),
          amount: i.amountKg,
          effective: i.on,
          why: { zh: `按合同 ${i.contract} 转让`, en: `Transferred under contract ${i.contract}` },
        },
      ],
      reasons: { 'posting:0': { contract: i.contract, clause: 'M4' } },
    }
  },
}

const retireInput = form({
  firm,
  pollutant,
  amountKg,
  place,
  on,
  purpose: field.text({ title: { zh: '注销用途', en: 'purpose' }, example: '抵扣 2026 年度排放' }),
})

const retirePermit: Command<typeof retireInput> = {
  name: 'retirePermit',
  version: 1,
  title: { zh: '注销排污权', en: 'retire permits' },
  clause: 'M4',
  groups: ['permits-holder'],
  input: retireInput,
  place: (i) => i.place,
  organisation: (i) => i.firm,
  legalDate: (i) => i.on,
  subjects: () => [],
  reads: [(i) => ({ accounts: [holding(i.firm, i.pollutant), retired(i.firm, i.pollutant)] })],
  decide: (_, i) => ({
    act: 'permit-retired',
    subjects: [firmSubject(i.firm)],
    postings: [
      {
        debit: holding(i.firm, i.pollutant),
        credit: retired(i.firm, i.pollutant),
        amount: i.amountKg,
        effective: i.on,
        why: { zh: `注销：${i.purpose}`, en: `Retired: ${i.purpose}` },
      },
    ],
  }),
}

const expireInput = form({ firm, pollutant, place })

/** Submitted by the clock when a permit's period ends: units past their day leave the holding. */
const expirePermits: Command<typeof expireInput> = {
  name: 'expirePermits',
  version: 1,
  title: { zh: '排污权到期', en: 'expire permits' },
  clause: 'M4',
  groups: ['clock'],
  input: expireInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: () => [],
  reads: [(i) => ({ accounts: [holding(i.firm, i.pollutant), expired(i.firm, i.pollutant)] })],
  decide: (state, i, c) => {
    const amount = expiredIn(state.book, holding(i.firm, i.pollutant), c.today)
    return {
      act: 'permits-expired',
      subjects: [firmSubject(i.firm)],
      postings:
        amount === 0n
          ? []
          : [
              {
                debit: holding(i.firm, i.pollutant),
                credit: expired(i.firm, i.pollutant),
                amount,
                why: { zh: '有效期届满', en: 'The period has ended' },
              },
            ],
      answer: { amount: amount.toString() },
    }
  },
}

export const marketCommands = [
  issuePermit,
  transferPermit,
  retirePermit,
  expirePermits,
] as unknown as readonly AnyCommand[]
