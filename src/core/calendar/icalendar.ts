// Deadlines as a calendar that any calendar program takes in (iCalendar, RFC 5545): one whole-day event a deadline.
// Always holds: lines end with CRLF and have at most 75 octets (3.1); text is escaped (3.3.11); the same deadlines give the same
// bytes.

import type { CivilDate, Instant } from '../../kernel/index.ts'
import { addDays } from './civil-days.ts'

export interface CalendarEntry {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly on: CivilDate
}

/** @param at of the answer: every event says when it was written (DTSTAMP) */
export function icalendar(name: string, entries: readonly CalendarEntry[], at: Instant): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Qingshan//deadlines//ZH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap((e) => [
      'BEGIN:VEVENT',
      `UID:${e.id}@qingshan`,
      `DTSTAMP:${at.replace(/[-:]|\.\d+/g, '')}`,
      `DTSTART;VALUE=DATE:${compact(e.on)}`,
      `DTEND;VALUE=DATE:${compact(addDays(e.on, 1))}`,
      `SUMMARY:${escaped(e.title)}`,
      `DESCRIPTION:${escaped(e.note)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const compact = (d: CivilDate): string => d.replaceAll('-', '')

const escaped = (s: string): string =>
  s
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replace(/[\u0000-\u001f\u007f]/g, '')

/** Octets of a line; the space that continues one counts. */
const LINE_OCTETS = 75

function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let room = LINE_OCTETS
  // By characters, so that none is cut in two.
  for (const c of line) {
    const size = encoder.encode(c).length
    if (size > room) {
      out += '\r\n '
      room = LINE_OCTETS - 1
    }
    out += c
    room -= size
  }
  return out
}
