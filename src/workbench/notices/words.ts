// Words of notices that several pages say, and where their things stand.

import type { Text } from '../../kernel/index.ts'
import { textOf, type Row } from '../table/rows.ts'

export const STATUS: Readonly<Record<string, Text>> = {
  running: { zh: '公示中', en: 'running' },
  ended: { zh: '已期满', en: 'ended' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

export const DAYS: Readonly<Record<string, Text>> = {
  working: { zh: '个工作日', en: 'working days' },
  natural: { zh: '日', en: 'days' },
}

export const numberOf = (row: Row, name: string): number | undefined => {
  const value = row[name]
  return typeof value === 'number' ? value : undefined
}

/** “7 个工作日”. */
export const term = (days: number | string, kind: string | undefined): Text => ({
  zh: `${days} ${DAYS[kind ?? '']?.zh ?? ''}`,
  en: `${days} ${DAYS[kind ?? '']?.en ?? ''}`,
})

/** How far it is, in one sentence. */
export function stateOf(row: Row): Text {
  const due = textOf(row, 'dueOn') ?? ''
  const left = numberOf(row, 'daysLeft')
  const status = textOf(row, 'status')
  if (status === 'running' && row['suspended'] === true)
    return {
      zh: `公示期中止计算，恢复后还有 ${term(left ?? 0, textOf(row, 'kind')).zh}。`,
      en: `The days stand still; ${term(left ?? 0, textOf(row, 'kind')).en} will be left.`,
    }
  if (status === 'running')
    return {
      zh: `公示中，最后一日 ${due}，还有 ${term(left ?? 0, textOf(row, 'kind')).zh}。`,
      en: `Running; the last day is ${due}, ${term(left ?? 0, textOf(row, 'kind')).en} left.`,
    }
  if (status === 'ended') return { zh: `${due} 已期满。`, en: `The days were over on ${due}.` }
  return { zh: `已撤回：${textOf(row, 'reason') ?? ''}`, en: `Withdrawn: ${textOf(row, 'reason') ?? ''}` }
}

/** The page of what a notice is about; undefined where it has none. */
export function pageOf(about: string | undefined): string | undefined {
  const [kind, id = ''] = (about ?? '').split(':')
  return kind === 'unit' ? `/w/units/${id}` : kind === 'party' ? `/w/parties/${id}` : undefined
}
