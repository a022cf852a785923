// The words of a reminder letter out of what the record holds. Official letters are Chinese whatever the language of the screen
// (GB/T 9704-2012: date in figures, attachments and contact below). Pure.

import { dayInFigures, type CivilDate } from '../../kernel/index.ts'

export interface Reminded {
  readonly name: string
  readonly year: string
  readonly items: readonly string[]
  readonly number: string | undefined
  /** The day of the letter, and the last day of what is owed. */
  readonly today: string
  readonly due: string
}

export const titleOf = ({ name, year }: Pick<Reminded, 'name' | 'year'>): string =>
  `关于催报${name}${year}年度生态产品总值核算的函`

/** `2026年3月2日`; what is no day stays blank. */
export const dayText = (day: string): string => (/^\d{4}-\d\d-\d\d$/.test(day) ? dayInFigures(day as CivilDate) : '')

export function paragraphsOf({ name, year, items, number, today, due }: Reminded): readonly string[] {
  const of = number === undefined ? '' : `（核算号 ${number}）`
  return [
    `截至${dayText(today)}，${name}${year}年度生态产品总值核算${of}在核算系统的记录中有以下${items.length}项尚未完成：`,
    ...items.map((item, i) => `${i + 1}．${item}${/[。；]$/.test(item) ? '' : i + 1 < items.length ? '；' : '。'}`),
    due === ''
      ? '请尽快办理，并将办理情况函复。'
      : `请于${dayText(due)}前办理完毕；不能按期办理的，请书面说明原因和预计完成时间。`,
    '特此函告。',
  ]
}
