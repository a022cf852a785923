// Figures on the record: registered under an identity card, written in versions, official only after a review; an act that
// leans on a figure for a use it is not fit for is refused, already when it is requested.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { field, form } from '../../src/kernel/index.ts'
import { indicatorDomain, type AnyCommand, type Command, type Domain } from '../../src/core/record/index.ts'
import { sql } from '../../src/core/store/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { CLERK, codes, done, openTestHouse, REVIEWER, type TestHouse } from '../record-house.fixture.ts'

const CARD = {
  indicator: 'water.quality',
  place: '430000',
  titleZh: '断面水质类别',
  titleEn: 'water quality class',
  definitionZh: '年均类别',
  definitionEn: 'yearly class',
  unit: '1',
  boundaryZh: '国控断面',
  boundaryEn: 'national sections',
  clause: 'R5',
  overlaps: [],
  custodian: '生态环境局',
  grade: 'public',
}
const values = (value: string, status: 'trial' | 'official', more: object = {}) => ({
  place: '430725',
  legalDate: '2025-12-31',
  status,
  source: '年报第 12 页',
  values: [
    {
      indicator: 'water.quality',
      at: '断面-03',
      period: '2025',
      dims: [],
      value,
      unit: '1',
      fit: ['research'],
      unfit: [{ use: 'compensation', whyZh: '未经双方确认', whyEn: 'not confirmed by both sides' }],
      ...more,
    },
  ],
})

const leaning = form({ use: field.text({ title: { zh: '用途', en: 'use' }, example: 'research' }) })
const lean = (name: string, approved: boolean): Command<typeof leaning> => ({
  name,
  version: 1,
  title: { zh: '引用', en: 'lean on a figure' },
  input: leaning,
  place: () => '430725',
  legalDate: (_, today) => today,
  subjects: () => [],
  ...(approved ? { approval: () => [{ role: 'reviewer', title: { zh: '审核', en: 'review' } }] } : {}),
  decide: (_, { use }) => ({
    act: 'leaned',
    cites: [
      {
        of: { indicator: 'water.quality', place: '430725/断面-03', period: '2025', dims: '', basis: '' },
        use: use as 'research',
      },
    ],
  }),
})
const leaningDomain: Domain = {
  name: 'leaning',
  title: { zh: '引用', en: 'leaning' },
  commands: [lean('leanOn', false), lean('leanOnApproved', true)] as unknown as readonly AnyCommand[],
}

describe.each(ENGINES)('indicators on %s', (engine) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [indicatorDomain, leaningDomain] })
  })
  afterAll(() => house.close())
  const act = (command: string, input: unknown, role = 'technician', person = CLERK) =>
    house.recorder.submit({ id: house.id(), command, input, person, role })

  test('a value needs its card and the card’s unit', async () => {
    expect(codes(await act('recordIndicatorValues', values('2', 'trial')))).toEqual(['indicator.unknown'])
    done(await act('registerIndicator', CARD))
    expect(codes(await act('registerIndicator', { ...CARD, unit: 'm' }))).toEqual(['indicator.card-differs'])
    expect(codes(await act('recordIndicatorValues', values('2', 'trial', { unit: 'm' })))).toEqual(['indicator.unit'])
    done(await act('recordIndicatorValues', values('2', 'trial')))
  })

  test('a later value is a new version; an official one is reviewed by a second person', async () => {
    const asked = done(await act('recordIndicatorValues', values('3', 'official')))
    expect(asked.kind).toBe('approval-requested')
    done(await act('approve', { request: asked.act }, 'reviewer', REVIEWER))
    const rows = await house.store.query<{ version: number; value: string; status: string }>(
      sql`select version, value, status from indicator_value order by version`,
    )
    expect(rows).toEqual([
      { version: 1, value: '2', status: 'trial' },
      { version: 2, value: '3', status: 'official' },
    ])
  })

  test('an act that cites a figure for a use it is not fit for is refused, also as a request', async () => {
    done(await act('leanOn', { use: 'research' }))
    expect(codes(await act('leanOn', { use: 'compensation' }))).toEqual(['indicator.not-fit'])
    expect(codes(await act('leanOn', { use: 'credit' }))).toEqual(['indicator.not-fit'])
    expect(codes(await act('leanOnApproved', { use: 'compensation' }))).toEqual(['indicator.not-fit'])
    expect(done(await act('leanOnApproved', { use: 'research' })).kind).toBe('approval-requested')
  })

  test('a request is withdrawn and not corrected', async () => {
    const asked = done(await act('leanOnApproved', { use: 'research' }))
    expect(codes(await act('correctAct', { act: asked.act, reason: '不需要了' }))).toEqual(['correct.is-request'])
    expect(codes(await act('withdrawRequest', { request: asked.act }, 'reviewer', REVIEWER))).toEqual([
      'approval.not-requester',
    ])
    expect(done(await act('withdrawRequest', { request: asked.act })).kind).toBe('request-withdrawn')
    expect(codes(await act('approve', { request: asked.act }, 'reviewer', REVIEWER))).toEqual(['approval.not-waiting'])
  })
})
