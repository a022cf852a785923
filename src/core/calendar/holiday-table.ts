// The holiday tables and statutory clocks as data: what one file of `calendar/` says.
// Always holds: a table of a year names its instrument and its mark; nobody counts into a year without a table.

import type { CivilDate, Text } from '../../kernel/index.ts'

export type CalendarMark = 'confirmed' | 'unconfirmed'

export const CALENDAR_MARKS = {
  confirmed: { zh: '已与原文核对', en: 'compared with the instrument' },
  unconfirmed: { zh: '未与原文核对', en: 'not compared with the instrument' },
} as const satisfies Record<CalendarMark, Text>

export interface Holiday {
  readonly title: Text
  /** Both days are off. */
  readonly from: CivilDate
  readonly to: CivilDate
  /** Weekend days that are worked for it. */
  readonly work: readonly CivilDate[]
}

export interface HolidayTable {
  readonly year: number
  /** Number of the instrument: 国办发明电〔2025〕7号. */
  readonly instrument: string
  readonly mark: CalendarMark
  readonly note?: Text
  readonly holidays: readonly Holiday[]
}

export type ClockKind = 'natural' | 'working' | 'month'

export const CLOCK_KINDS = {
  natural: { zh: '日', en: 'days' },
  working: { zh: '个工作日', en: 'working days' },
  month: { zh: '个月', en: 'months' },
} as const satisfies Record<ClockKind, Text>

/** A clock that a law sets. */
export interface StatutoryClock {
  readonly id: string
  readonly title: Text
  readonly clause: string
  /** How many of its kind. */
  readonly days: number
  readonly kind: ClockKind
  /** The most it may be extended by, in its own kind. */
  readonly extension?: { readonly days: number; readonly clause: string }
  readonly mark: CalendarMark
  readonly note?: Text
}

export interface Calendar {
  readonly tables: ReadonlyMap<number, HolidayTable>
  /** By year, all its working days in order. */
  readonly workingDays: ReadonlyMap<number, readonly CivilDate[]>
  readonly clocks: readonly StatutoryClock[]
}
