// The first and the last sheet: what this workbook is and how to read a code, and where each code is printed.

import { text } from '../../../kernel/index.ts'
import { addressOf, type CellSpec } from '../../../core/exchange-formats/index.ts'
import { STATUS_TEXT } from '../model.ts'
import type { FormContext, FormSheet } from './layout.ts'

const cell = (value: string, style: NonNullable<CellSpec['style']> = 'text'): CellSpec => ({ value, style })

export function coverSheet(ctx: FormContext, sheets: readonly FormSheet[]): FormSheet {
  const { head } = ctx.account
  const { lang } = ctx
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  const facts: readonly (readonly [string, string])[] = [
    [say('名称', 'Title'), head.title[lang]],
    [say('地区', 'Region'), ctx.regionName(head.region)[lang]],
    [say('核算年', 'Year'), String(head.year)],
    [say('不变价基年', 'Base year'), String(head.priceYear)],
    [say('指标体系', 'Indicator set'), `${head.setTitle[lang]} (${head.set})`],
    [say('状态', 'Status'), STATUS_TEXT[head.status][lang]],
    [say('规则生效日', 'Rules in force on'), head.legalDate],
    [say('引擎', 'Engine'), head.engine],
    ...(head.sample
      ? [
          [
            say('数据', 'Data'),
            say('示范数据，由本项目生成，不代表真实地区', 'sample data made by this project; no real place'),
          ] as const,
        ]
      : []),
  ]
  const read: readonly string[] = [
    say(
      '每个数旁边的编码（如 K7M2-9T4X-3）可以在核算包里查到公式、参数、价格和原始单元格。',
      'The code beside each figure (such as K7M2-9T4X-3) opens its formula, parameters, prices and source cells in the account package.',
    ),
    say(
      '空格表示没有数，不是零；“未证实”的参数和价格见 G5、G6。',
      'An empty cell means no number, not zero; unconfirmed parameters and prices are in G5 and G6.',
    ),
    say(
      'GEP 是一年的统计数，不是资产，不能换算成 GDP，也不与 VEP 相加。',
      'GEP is a statistic of one year and no asset; it does not turn into GDP and is never added to VEP.',
    ),
  ]
  return {
    id: '-',
    title: text('说明', 'Read me'),
    sheet: {
      name: say('说明', 'Read me'),
      widths: [18, 70],
      rows: [
        [{ value: head.title[lang], style: 'title', span: { columns: 2 } }],
        ...facts.map(([k, v]) => [cell(k, 'heading'), cell(v)]),
        ...read.map((r) => [{ value: r, style: 'note' as const, span: { columns: 2 } }]),
        [cell(say('表', 'Sheet'), 'heading'), cell(say('内容', 'Content'), 'heading')],
        ...sheets.map((s) => [
          { value: s.sheet.name, style: 'text' as const, link: { sheet: s.sheet.name, cell: 'A1' } },
          cell(s.title[lang]),
        ]),
      ],
    },
  }
}

/** Every code printed in the workbook, once, with its figure and a link to the cell beside it. */
export function codeSheet(ctx: FormContext, sheets: readonly FormSheet[]): FormSheet {
  const { lang } = ctx
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  const byCode = new Map(ctx.account.figures.map((f) => [f.code, f]))
  const found = new Map<string, { readonly sheet: string; readonly cell: string }>()
  for (const { sheet } of sheets)
    sheet.rows.forEach((row, r) =>
      row.forEach((c, i) => {
        const code = c?.style === 'code' && typeof c.value === 'string' ? c.value : undefined
        if (code !== undefined && byCode.has(code) && !found.has(code))
          found.set(code, { sheet: sheet.name, cell: addressOf(r + 1, i + 1) })
      }),
    )
  const rows = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, at]): CellSpec[] => {
      const f = byCode.get(code)!
      return [
        cell(code, 'code'),
        cell(f.title[lang]),
        { value: f.quantity.value, style: 'number', format: '#,##0.####' },
        cell(f.quantity.unit.text),
        { value: `${at.sheet}!${at.cell}`, style: 'text', link: at },
        cell(f.key),
      ]
    })
  const heads = [
    say('编码', 'Code'),
    say('数字', 'Figure'),
    say('数值', 'Value'),
    say('单位', 'Unit'),
    say('所在', 'Where'),
    say('键', 'Key'),
  ]
  return {
    id: '-',
    title: text('编码索引', 'Index of codes'),
    sheet: {
      name: say('编码索引', 'Index of codes'),
      widths: [14, 40, 18, 12, 26, 44],
      frozenRows: 2,
      repeatedRows: [1, 2],
      landscape: true,
      rows: [
        [{ value: say('编码索引', 'Index of codes'), style: 'title', span: { columns: heads.length } }],
        heads.map((h) => cell(h, 'heading')),
        ...rows,
      ],
    },
  }
}
