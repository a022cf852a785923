// The five figures of a brief: the total at both prices, what it comes to by area and by person, the largest services — the first five
// that the account has. Each with a sentence on what it is, and what it is not. Pure.

import type { Text } from '../../kernel/index.ts'
import type { Cell, Head, Regions, Statement } from '../../server/told/index.ts'

export interface Told {
  readonly cell: Cell
  readonly name: Text
  readonly sentence: Text
}

export const FIVE = 5

const PER: Readonly<Record<string, Text>> = {
  'per-area': { zh: '平均每单位面积上的价值。', en: 'The value on one unit of area, on average.' },
  'per-person': {
    zh: '按常住人口平均；它不是居民的收入。',
    en: 'Divided by residents; it is nobody’s income.',
  },
  'gep-to-gdp': {
    zh: '与地区生产总值相比；两个数不能相加。',
    en: 'Held against GDP; the two cannot be added.',
  },
}
/** Other ratios say less to a reader who has ten minutes. */
const RATIOS = Object.keys(PER)

export function fiveFigures(head: Head, statement: Statement, regions: Regions): readonly Told[] {
  const totals = head.totals.map(({ cell, basis, year }): Told => ({
    cell,
    name: { zh: `生态产品总值 · ${basis.zh}`, en: `GEP, ${basis.en}` },
    sentence:
      year === head.year
        ? {
            zh: `按 ${year} 年当年价格计算。它是估算的价值，不是收入，也不是报价。`,
            en: `At prices of ${year}. It is an estimate of value, neither income nor an offer.`,
          }
        : {
            zh: `按 ${year} 年不变价格计算，用来和别的年份比。`,
            en: `At constant prices of ${year}, to be compared with other years.`,
          },
  }))
  const root = regions.rows.find((r) => r.code === head.region)
  const ratios = RATIOS.flatMap((id): readonly Told[] => {
    const cell = root?.ratios[id]
    const named = regions.ratios.find((r) => r.id === id)
    return cell && named ? [{ cell, name: named.title, sentence: PER[id]! }] : []
  })
  const services = statement.rows
    .filter((r) => r.kind === 'service' && !r.memo)
    .flatMap((r) => {
      const cell = r.constant ?? r.current
      return cell ? [{ row: r, cell }] : []
    })
    .sort((a, b) => Number(b.cell.exact.replace(/[^\d.-]/g, '')) - Number(a.cell.exact.replace(/[^\d.-]/g, '')))
    .map(({ row, cell }): Told => ({
      cell,
      name: row.title,
      sentence:
        row.share === undefined
          ? { zh: '价值较大的一项服务。', en: 'One of the larger services.' }
          : { zh: `占总值的 ${row.share} %。`, en: `${row.share} % of the total.` },
    }))
  return [...totals, ...ratios.slice(0, 1), ...services.slice(0, FIVE), ...ratios.slice(1)].slice(0, FIVE)
}

/** What a figure did since the year before. */
export interface Since {
  readonly year: string
  readonly change: string | undefined
  readonly percent: string | undefined
}

/** `比 2023 年增加 3.40 %`; that it cannot be compared is said, and not left out. */
export function sinceText(since: Since | undefined): Text {
  if (!since) return { zh: '没有上一年的核算，不比。', en: 'There is no account of an earlier year to compare with.' }
  const { year, change, percent } = since
  if (change === undefined) return { zh: `${year} 年没有这个数，不比。`, en: `Not there in ${year}; not compared.` }
  if (change === '0') return { zh: `与 ${year} 年相同。`, en: `The same as in ${year}.` }
  const less = change.startsWith('-')
  const size = percent === undefined ? '' : ` ${percent.replace('-', '')} %`
  return {
    zh: `比 ${year} 年${less ? '减少' : '增加'}${size}。`,
    en: `${less ? 'Less' : 'More'} than in ${year}${size === '' ? '' : ` by${size}`}.`,
  }
}
