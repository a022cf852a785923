// A deadline through random suspensions and extensions: whatever happens to it, the days that count are as many as it was given.

import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { civilDate, type CivilDate, type Uuid } from '../../kernel/index.ts'
import { addDays, dayEnd } from './civil-days.ts'
import { beginDeadline, extendDeadline, resumeDeadline, suspendDeadline, type DeadlineEffects } from './deadline.ts'
import type { Calendar } from './holiday-table.ts'
import { loadCalendar } from './read-calendar.ts'
import type { DeadlineRow } from './schema.ts'
import { isWorkingDay } from './working-days.ts'

let calendar: Calendar
beforeAll(async () => {
  calendar = (await loadCalendar('calendar')).calendar
})
const ACT = '019e2f6a-7c00-7000-8000-000000000001' as Uuid
const rowOf = (e: DeadlineEffects): DeadlineRow => e.rows[0]!.row as unknown as DeadlineRow

interface Event {
  /** Days after the one before. */
  readonly wait: number
  readonly does: 'suspend' | 'extend'
  /** Days it rests, or is extended by. */
  readonly by: number
}
const event: fc.Arbitrary<Event> = fc.record({
  wait: fc.integer({ min: 0, max: 12 }),
  does: fc.constantFrom('suspend', 'extend'),
  by: fc.integer({ min: 1, max: 25 }),
})
const begin = (days: number, kind: 'working' | 'natural', from: CivilDate): DeadlineRow =>
  rowOf(
    beginDeadline(calendar, {
      id: ACT,
      subject: 'request:1',
      title: { zh: '期限', en: 'deadline' },
      clause: '示范第一条',
      days,
      kind,
      from,
      place: '430725',
      act: ACT,
    }),
  )

test.each(['working', 'natural'] as const)(
  'of %s days, those that are not suspended are as many as were given and added',
  (kind) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.nat(200),
        fc.array(event, { maxLength: 4 }),
        (days, start, events) => {
          const from = addDays(civilDate('2024-12-01'), start)
          let row = begin(days, kind, from)
          let today = from
          let added = 0
          const rests = new Set<string>()
          for (const { wait, does, by } of events) {
            const on = addDays(today, wait)
            if (on > row.nominal_on) break
            if (does === 'extend') {
              row = rowOf(extendDeadline(calendar, row, by, ACT))
              added += by
              today = on
            } else {
              const until = addDays(on, by)
              row = rowOf(resumeDeadline(calendar, rowOf(suspendDeadline(calendar, row, on, ACT)), until, ACT))
              for (let d = addDays(on, 1); d <= until; d = addDays(d, 1)) rests.add(d)
              today = until
            }
          }
          let counted = 0
          for (let d = addDays(from, 1); d <= row.nominal_on; d = addDays(d, 1))
            if (!rests.has(d) && (kind === 'natural' || isWorkingDay(calendar, d))) counted++
          expect(counted).toBe(days + added)
          expect(row.extended).toBe(added)
          expect(isWorkingDay(calendar, row.due_on as CivilDate)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  },
)

test('a deadline has a clock for its end and one for its alarm; without room for an alarm it has none; suspended it has none at all', () => {
  const start = {
    id: ACT,
    subject: 'x:1',
    title: { zh: '期限', en: 'd' },
    clause: '示范',
    from: civilDate('2026-03-02'),
  }
  const more = { place: '430725', act: ACT, kind: 'working' } as const
  const { row, timers } = beginDeadline(calendar, { ...start, ...more, days: 5, alarmDays: 2 })
  expect(timers.map((t) => ('due' in t ? [t.clock, t.due] : [t.clock]))).toEqual([
    ['expiry', dayEnd(civilDate('2026-03-09'))],
    ['alarm', dayEnd(civilDate('2026-03-04'))],
  ])
  const short = beginDeadline(calendar, { ...start, ...more, days: 2, alarmDays: 2 })
  expect(short.timers.filter((t) => 'due' in t).map((t) => t.clock)).toEqual(['expiry'])
  expect(suspendDeadline(calendar, row, civilDate('2026-03-04'), ACT).timers.some((t) => 'due' in t)).toBe(false)
})

test('what its owner has done at the end is submitted in the place of the usual expiry, also after it was moved', () => {
  const onExpiry = { command: 'endPublicNotice', input: { publicNotice: ACT } }
  const begun = beginDeadline(calendar, {
    ...{ id: ACT, subject: 'x:1', title: { zh: '期限', en: 'd' }, clause: '示范', from: civilDate('2026-03-02') },
    ...{ place: '430725', act: ACT, kind: 'natural', days: 7, onExpiry },
  })
  const moved = extendDeadline(calendar, begun.row, 3, ACT)
  for (const { timers } of [begun, moved])
    expect(timers.find((t) => t.clock === 'expiry')).toMatchObject({
      command: 'endPublicNotice',
      input: onExpiry.input,
    })
})
