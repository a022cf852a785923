// What parties are called on screens: their kinds in order, and a name as far as the reader may know it.

import { MASK, type Text } from '../../kernel/index.ts'
import { textOf, type Row } from '../table/rows.ts'

export const KINDS = {
  household: { zh: '农户', en: 'Household' },
  person: { zh: '自然人', en: 'Natural person' },
  village: { zh: '村集体', en: 'Village collective' },
  firm: { zh: '企业', en: 'Firm' },
  association: { zh: '社会组织', en: 'Social organisation' },
  government: { zh: '党政机关', en: 'Government' },
} as const satisfies Readonly<Record<string, Text>>
export type Kind = keyof typeof KINDS

export const isKind = (text: string | null | undefined): text is Kind =>
  text !== null && text !== undefined && Object.hasOwn(KINDS, text)
export const isOfPeople = (kind: string): boolean => kind === 'person' || kind === 'household'

export const STATUS: Readonly<Record<string, Text>> = {
  standing: { zh: '有效', en: 'standing' },
  ended: { zh: '已终止', en: 'ended' },
  merged: { zh: '已并入另一主体', en: 'merged into another' },
}

const NO_NAME: Text = { zh: '（姓名不对您显示）', en: '(name not shown to you)' }

/** Name, number of the household, or that the name is not for this reader. */
export function calledIn(row: Row): Text {
  const name = textOf(row, 'name') ?? textOf(row, 'personName')
  if (name !== undefined && name !== MASK) return { zh: name, en: name }
  const number = textOf(row, 'householdCode')
  return number === undefined ? NO_NAME : { zh: `户号 ${number}`, en: `household ${number}` }
}
