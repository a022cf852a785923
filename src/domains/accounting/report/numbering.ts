// Numbers of headings, tables and pictures, given once for every renderer.
// Chinese official style: 一、 then （一） then 1. ; English: 1, 1.1, 1.1.1. Tables and pictures count through the report.

import type { Lang } from '../../../kernel/index.ts'
import type { Block } from './document.ts'

const DIGITS = '零一二三四五六七八九'

/** 1 → 一, 12 → 十二, 25 → 二十五; up to 99, which no report passes. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10)
  const ones = n % 10
  if (tens === 0) return DIGITS[ones]!
  return `${tens === 1 ? '' : DIGITS[tens]!}十${ones === 0 ? '' : DIGITS[ones]!}`
}

export interface Numbered {
  readonly block: Block
  /** `一、`, `（二）`, `表 3`, `Figure 2`; empty where a block has no number. */
  readonly number: string
  /** Stable anchor inside a page. */
  readonly anchor: string
}

export function numbered(blocks: readonly Block[], lang: Lang): readonly Numbered[] {
  const at = [0, 0, 0]
  let tables = 0
  let pictures = 0
  let front = 0
  const headingNumber = (level: 1 | 2 | 3): string => {
    at[level - 1]!++
    at.fill(0, level)
    if (lang === 'en') return `${at.slice(0, level).join('.')}`
    return level === 1 ? `${chineseNumber(at[0]!)}、` : level === 2 ? `（${chineseNumber(at[1]!)}）` : `${at[2]!}.`
  }
  return blocks.map((block): Numbered => {
    switch (block.kind) {
      case 'heading':
        if (block.numbered === false) return { block, number: '', anchor: `front-${++front}` }
        return { block, number: headingNumber(block.level), anchor: `part-${at.slice(0, block.level).join('-')}` }
      case 'table':
        return { block, number: `${lang === 'zh' ? '表' : 'Table'} ${++tables}`, anchor: `table-${tables}` }
      case 'chart':
      case 'map':
        return { block, number: `${lang === 'zh' ? '图' : 'Figure'} ${++pictures}`, anchor: `figure-${pictures}` }
      default:
        return { block, number: '', anchor: '' }
    }
  })
}

/** Groups half-width pictures that follow each other, so that a renderer can set them side by side. */
export function grouped(all: readonly Numbered[]): readonly (readonly Numbered[])[] {
  const groups: Numbered[][] = []
  for (const n of all) {
    const last = groups.at(-1)
    if (isHalf(n) && last?.length === 1 && isHalf(last[0]!)) last.push(n)
    else groups.push([n])
  }
  return groups
}

const isHalf = (n: Numbered): boolean => (n.block.kind === 'chart' || n.block.kind === 'map') && n.block.half === true
