// Blocks of the document model as paragraphs and tables of a Word file.
// Always holds: column widths are fixed in dxa (1/1440 inch) and fill the page exactly, head rows repeat, rows do not
// split over pages, and codes are set small and grey beside or below their figure.

import type * as Docx from 'docx'
import type { Cell, Column, Fonts, Row, Run, TableBlock, Callout, StampBox, KeyValues, Formula } from './document.ts'
import type { Lang } from '../../../kernel/index.ts'

export interface Press {
  readonly d: typeof Docx
  readonly fonts: Fonts
  readonly lang: Lang
  /** Width of the text area, dxa. */
  readonly width: number
}

/** Half points. */
export const SIZE = {
  body: 24,
  english: 22,
  lead: 26,
  small: 20,
  table: 18,
  wide: 16,
  code: 13,
  codeAlone: 16,
  h1: 32,
  h2: 28,
  h3: 24,
  caption: 20,
} as const
const GREY = '5C6670'
const GREEN = '1F5C3A'
const LINE = 'A8B3BC'

type Inline = Docx.TextRun

export const face = (press: Press, eastAsia: string): Docx.IFontAttributesProperties => ({
  ascii: press.fonts.latin,
  hAnsi: press.fonts.latin,
  cs: press.fonts.latin,
  eastAsia,
})

export const words = (press: Press, text: string, more: Docx.IRunOptions = {}): Inline =>
  new press.d.TextRun({ ...more, text })

const codeRun = (press: Press, code: string, more: Docx.IRunOptions = {}, size: number = SIZE.code): Inline =>
  new press.d.TextRun({
    ...more,
    text: code,
    size,
    color: GREY,
    bold: false,
    italics: false,
    font: { ascii: press.fonts.mono, hAnsi: press.fonts.mono, cs: press.fonts.mono, eastAsia: press.fonts.body },
  })

export const runs = (press: Press, all: readonly Run[], size?: number): readonly Inline[] =>
  all.flatMap((r) =>
    'code' in r
      ? [words(press, ' '), codeRun(press, r.code)]
      : [
          words(press, r.text, {
            ...(r.bold ? { bold: true } : {}),
            ...(r.quiet ? { color: GREY } : {}),
            ...(size ? { size } : {}),
          }),
        ],
  )

/** Widths that follow the shares and add up to the whole. */
export function columnWidths(columns: readonly Pick<Column, 'width'>[], whole: number): readonly number[] {
  const sum = columns.reduce((s, c) => s + c.width, 0)
  const widths = columns.map((c) => Math.floor((c.width / sum) * whole))
  widths[0]! += whole - widths.reduce((s, w) => s + w, 0)
  return widths
}

const STATUS_COLOUR: Readonly<Record<NonNullable<Cell['status']>, string>> = {
  missing: '8A1C1C',
  unpriced: '8A1C1C',
  'not-applicable': '4C5864',
  fallback: '7A4300',
  unconfirmed: '7A4300',
  warn: '7A4300',
  ok: '1D5B36',
}

export function table(press: Press, t: TableBlock): Docx.Table {
  const { d } = press
  const widths = columnWidths(t.columns, press.width)
  const size = t.columns.length > 7 ? SIZE.wide : SIZE.table
  const align = { left: d.AlignmentType.LEFT, center: d.AlignmentType.CENTER, right: d.AlignmentType.RIGHT }
  const cellOf = (
    children: readonly Inline[],
    width: number,
    more: { align: Column['align']; fill?: string; span?: number; indent?: number; top?: boolean; middle?: boolean },
  ): Docx.TableCell =>
    new d.TableCell({
      width: { size: width, type: d.WidthType.DXA },
      verticalAlign: more.middle ? d.VerticalAlignTable.CENTER : d.VerticalAlignTable.TOP,
      ...(more.span ? { columnSpan: more.span } : {}),
      ...(more.fill ? { shading: { type: d.ShadingType.CLEAR, fill: more.fill, color: 'auto' } } : {}),
      ...(more.top ? { borders: { top: { style: d.BorderStyle.SINGLE, size: 10, color: GREEN } } } : {}),
      children: [
        new d.Paragraph({
          alignment: align[more.align],
          // Exact lines of 1.4 times the letter: faces that stand in for 仿宋 differ much in their own spacing.
          spacing: { before: 20, after: 20, line: size * 14, lineRule: d.LineRuleType.EXACT },
          ...(more.indent ? { indent: { left: more.indent } } : {}),
          children: [...children],
        }),
      ],
    })
  const headFont = { size, font: face(press, press.fonts.heading), bold: press.lang === 'en' }
  let at = 0
  const headRows = (t.headRows ?? []).map((row) => {
    at = 0
    return new d.TableRow({
      tableHeader: true,
      cantSplit: true,
      children: row.map((h) => {
        const width = widths.slice(at, at + h.span).reduce((s, w) => s + w, 0)
        at += h.span
        return cellOf([words(press, h.text, headFont)], width, {
          align: 'center',
          fill: 'E7EFE9',
          span: h.span,
          middle: true,
        })
      }),
    })
  })
  const titles = new d.TableRow({
    tableHeader: true,
    cantSplit: true,
    children: t.columns.map((c, i) =>
      cellOf(
        [
          words(press, c.title, headFont),
          ...(c.unit === undefined
            ? []
            : [words(press, c.unit, { break: 1, size: size - 2, font: face(press, press.fonts.quiet) })]),
        ],
        widths[i]!,
        { align: 'center', fill: 'E7EFE9', middle: true },
      ),
    ),
  })
  const content = (c: Cell, row: Row): readonly Inline[] => {
    const bold = row.kind === 'total' || c.emphasis === 'strong'
    const mono = c.emphasis === 'mono'
    const text = words(press, c.text, {
      size: mono ? SIZE.code + 1 : size,
      ...(bold ? { bold: true } : {}),
      ...(c.status ? { color: STATUS_COLOUR[c.status] } : c.emphasis === 'quiet' ? { color: GREY } : {}),
      ...(c.status === 'missing' || c.status === 'unpriced' ? { italics: true } : {}),
      ...(mono
        ? {
            font: {
              ascii: press.fonts.mono,
              hAnsi: press.fonts.mono,
              cs: press.fonts.mono,
              eastAsia: press.fonts.body,
            },
          }
        : {}),
    })
    if (c.code === undefined) return [text]
    if (c.text === '') return [codeRun(press, c.code, {}, SIZE.codeAlone)]
    return t.codes === 'below'
      ? [text, codeRun(press, c.code, { break: 1 })]
      : [text, words(press, ' ', { size }), codeRun(press, c.code)]
  }
  const rows = t.rows.map((r) =>
    r.kind === 'group'
      ? new d.TableRow({
          cantSplit: true,
          children: [
            cellOf([words(press, r.cells[0]?.text ?? '', headFont)], press.width, {
              align: 'left',
              fill: 'F0F3F5',
              span: t.columns.length,
            }),
          ],
        })
      : new d.TableRow({
          cantSplit: true,
          children: r.cells.map((c, i) =>
            cellOf(content(c, r), widths[i]!, {
              align: t.columns[i]!.align,
              ...(r.kind === 'total' ? { fill: 'F5F8F6', top: true } : {}),
              ...(i === 0 && r.depth ? { indent: r.depth * 160 } : {}),
            }),
          ),
        }),
  )
  return new d.Table({
    width: { size: press.width, type: d.WidthType.DXA },
    columnWidths: [...widths],
    layout: d.TableLayoutType.FIXED,
    margins: { left: 60, right: 60 },
    borders: allBorders(press, LINE),
    rows: [...headRows, titles, ...rows],
  })
}

function allBorders(press: Press, color: string): Docx.ITableBordersOptions {
  const b = { style: press.d.BorderStyle.SINGLE, size: 4, color }
  return { top: b, bottom: b, left: b, right: b, insideHorizontal: b, insideVertical: b }
}

function noBorders(press: Press): Docx.ITableBordersOptions {
  const b = { style: press.d.BorderStyle.NONE, size: 0, color: 'auto' }
  return { top: b, bottom: b, left: b, right: b, insideHorizontal: b, insideVertical: b }
}

/** A table that only lays out: no rules, rows of cells given as paragraphs. */
export function layoutTable(
  press: Press,
  shares: readonly number[],
  rows: readonly (readonly (readonly Docx.Paragraph[])[])[],
  borders: Docx.ITableBordersOptions = noBorders(press),
): Docx.Table {
  const { d } = press
  const widths = columnWidths(
    shares.map((width) => ({ width })),
    press.width,
  )
  return new d.Table({
    width: { size: press.width, type: d.WidthType.DXA },
    columnWidths: [...widths],
    layout: d.TableLayoutType.FIXED,
    borders,
    margins: { left: 100, right: 100 },
    rows: rows.map(
      (cells) =>
        new d.TableRow({
          cantSplit: true,
          children: cells.map(
            (children, i) =>
              new d.TableCell({ width: { size: widths[i]!, type: d.WidthType.DXA }, children: [...children] }),
          ),
        }),
    ),
  })
}

export const keyValues = (press: Press, b: KeyValues): Docx.Table =>
  layoutTable(
    press,
    [2.4, 7],
    b.pairs.map((p) => [
      [
        new press.d.Paragraph({
          spacing: { before: 30, after: 30 },
          children: [words(press, p.key, { size: 22, font: face(press, press.fonts.heading) })],
        }),
      ],
      [new press.d.Paragraph({ spacing: { before: 30, after: 30 }, children: [...runs(press, p.value, 22)] })],
    ]),
  )

const HAND = '                              '

export function stampBox(press: Press, b: StampBox): Docx.Table {
  const { d } = press
  const box = (i: number): readonly Docx.Paragraph[] => {
    const one = b.boxes[i]
    if (!one) return [new d.Paragraph({})]
    return [
      new d.Paragraph({
        spacing: { before: 120, after: 120 },
        children: [words(press, one.title, { font: face(press, press.fonts.heading) })],
      }),
      ...one.lines.map(
        (l) =>
          new d.Paragraph({
            spacing: { before: 160, after: 160 },
            children: [
              words(press, `${l.label}${press.lang === 'zh' ? '：' : ': '}`),
              l.value === undefined ? words(press, HAND, { underline: {} }) : words(press, l.value),
            ],
          }),
      ),
      new d.Paragraph({
        alignment: d.AlignmentType.RIGHT,
        spacing: { before: 900, after: 200 },
        children: [words(press, one.stamp ?? '', { color: GREY })],
      }),
    ]
  }
  const rows = Array.from({ length: Math.ceil(b.boxes.length / 2) }, (_, k) => [box(2 * k), box(2 * k + 1)])
  return layoutTable(press, [1, 1], rows, allBorders(press, '16202A'))
}

export function callout(press: Press, b: Callout): Docx.Table {
  const { d } = press
  const thin = { style: d.BorderStyle.SINGLE, size: 4, color: LINE }
  const thick = { style: d.BorderStyle.SINGLE, size: 36, color: b.tone === 'warn' ? 'B35900' : '0B5394' }
  return layoutTable(
    press,
    [1],
    [
      [
        [
          new d.Paragraph({
            spacing: { before: 60, after: 40 },
            children: [words(press, b.title, { size: 21, bold: true, font: face(press, press.fonts.heading) })],
          }),
          ...b.lines.map(
            (l) =>
              new d.Paragraph({
                spacing: { before: 20, after: 20, line: 280 },
                indent: { left: 200, hanging: 200 },
                children: [words(press, '· ', { size: 20 }), ...runs(press, l, 20)],
              }),
          ),
        ],
      ],
    ],
    { top: thin, bottom: thin, right: thin, left: thick, insideHorizontal: thin, insideVertical: thin },
  )
}

export function formula(press: Press, b: Formula): readonly Docx.Paragraph[] {
  const { d } = press
  const bar = { left: { style: d.BorderStyle.SINGLE, size: 18, color: GREEN, space: 8 } }
  const shading = { type: d.ShadingType.CLEAR, fill: 'F5F8F6', color: 'auto' }
  const indent = { left: 300 }
  return [
    ...b.text.split('\n').map(
      (line) =>
        new d.Paragraph({
          keepLines: true,
          keepNext: b.legend.length > 0,
          border: bar,
          shading,
          indent,
          spacing: { before: 40, after: 40 },
          children: [words(press, line, { size: 22, font: face(press, press.fonts.body) })],
        }),
    ),
    ...b.legend.map(
      (l, i) =>
        new d.Paragraph({
          keepNext: i < b.legend.length - 1,
          border: bar,
          shading,
          indent: { left: 300 },
          spacing: { before: 0, after: 0, line: 280 },
          children: [
            words(press, l.symbol, { size: 20, italics: /^[\x20-\x7e]+$/.test(l.symbol) }),
            words(
              press,
              ` — ${l.text}${l.unit === undefined ? '' : press.lang === 'zh' ? `（${l.unit}）` : ` (${l.unit})`}`,
              { size: 20 },
            ),
          ],
        }),
    ),
  ]
}
