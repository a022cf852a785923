// The pieces that every part of the report is put together from.

import type { Block, Cell, Column, Run } from '../report/index.ts'

export const h = (text: string): Block => ({ kind: 'heading', level: 1, text })
export const p = (...runs: readonly Run[]): Block => ({ kind: 'paragraph', runs })
export const say = (text: string): Run => ({ text })

export const column = (title: string, width: number, align: Column['align'] = 'left', unit?: string): Column => ({
  title,
  width,
  align,
  ...(unit ? { unit } : {}),
})
export const cell = (text: string): Cell => ({ text })
