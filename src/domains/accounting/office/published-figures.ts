// The figures of a published account that the public page prints and its downloads hold: one list for page, CSV and workbook, so
// that they cannot differ. Values, physical totals and ratios of the whole region, its ecosystem types, the totals of its parts.

import { dec, decText, type Text } from '../../../kernel/index.ts'
import { writeCsv, writeWorkbook } from '../../../core/exchange-formats/index.ts'
import { BASIS_TEXT, STATUS_TEXT, type Account, type Figure } from '../model.ts'
import { SERVICES } from '../services.ts'
import { isWhole } from './spine.ts'

const KNOWN = new Set<string>(SERVICES.map((s) => s.id))

export function publishedFigures(account: Account): readonly Figure[] {
  const root = account.head.region
  return account.figures.filter((f) => {
    const here = f.region === root
    if (f.measure === 'ratio') return here
    if (f.measure === 'quantity') return here && f.class === '*' && KNOWN.has(f.service) && isWhole(f.item)
    if (f.measure === 'extent') return here && f.service === 'closing' && f.item === '*' && !f.class.includes('.')
    if (f.item !== '*') return false
    return here
      ? f.class === '*' || (f.service === '*' && !f.class.includes('.'))
      : f.class === '*' && f.service === '*'
  })
}

export interface DownloadHead {
  readonly title: Text
  readonly number: string
  readonly packageId: string
  /** Address of the page. */
  readonly page: string
}

const HEADINGS = [
  '编码 code',
  '名称',
  'title',
  '数值 value',
  '单位 unit',
  '年份 year',
  '口径 basis',
  '状态 status',
  '地区 region',
  '来源 source',
] as const

function rowsOf(account: Account, head: DownloadHead): readonly (readonly string[])[] {
  const status = STATUS_TEXT[account.head.status]
  return publishedFigures(account).map((f) => {
    const basis = f.basis === '-' ? undefined : BASIS_TEXT[f.basis]
    return [
      f.code,
      f.title.zh,
      f.title.en,
      decText(f.quantity.value),
      f.quantity.unit.text,
      String(account.head.year),
      basis ? `${basis.zh} ${basis.en}` : '—',
      `${status.zh} ${status.en}`,
      f.region,
      `${head.number} ${head.packageId}`,
    ]
  })
}

/** UTF-8 with a byte order mark; no cell becomes a formula. */
export const publishedCsv = (account: Account, head: DownloadHead): Uint8Array =>
  writeCsv([HEADINGS, ...rowsOf(account, head)])

export const publishedWorkbook = (account: Account, head: DownloadHead): Promise<Uint8Array> =>
  writeWorkbook({
    title: head.title.zh,
    sheets: [
      {
        name: '公布的数',
        rows: [
          [{ value: head.title.zh, style: 'title' }],
          [{ value: head.title.en, style: 'note' }],
          [{ value: `${head.number}　${head.page}`, style: 'note' }],
          HEADINGS.map((value) => ({ value, style: 'heading' as const })),
          ...rowsOf(account, head).map((row) =>
            row.map((value, k) =>
              // The digits stand in the CSV; a workbook is for adding up.
              k === 3
                ? { value: dec(value), style: 'number' as const, format: '#,##0.####' }
                : { value, style: 'text' as const, format: '@' },
            ),
          ),
        ],
        widths: [14, 36, 40, 26, 12, 8, 30, 14, 12, 40],
        frozenRows: 4,
      },
    ],
  })
