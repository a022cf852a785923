// A report as data: what is said, in which order, with which tables and pictures; how it looks is the renderers' matter.
// Serves the GEP report and the VEP report. Always holds: a printed figure carries its passport code in `code`,
// every text is already in the document's language, and no block holds markup. Numbers of headings, tables and
// figures are given by `numbered` (numbering.ts), so that Word and HTML print the same ones.

import type { Lang } from '../../../kernel/index.ts'

/** A stretch of text, or the passport code of the figure just named. */
export type Run = { readonly text: string; readonly bold?: true; readonly quiet?: true } | { readonly code: string }

export interface Heading {
  readonly kind: 'heading'
  readonly level: 1 | 2 | 3
  readonly text: string
  /** Front pages (responsibility, leader's page) stand before chapter one and carry no number. */
  readonly numbered?: false
}

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly runs: readonly Run[]
  /** `note` is set smaller under what it explains. */
  readonly style?: 'body' | 'note' | 'lead'
}

export interface List {
  readonly kind: 'list'
  readonly items: readonly (readonly Run[])[]
  readonly ordered?: true
}

export interface KeyValues {
  readonly kind: 'key-values'
  readonly pairs: readonly { readonly key: string; readonly value: readonly Run[] }[]
}

export type Align = 'left' | 'center' | 'right'
/** What a cell is, told in words too: colour alone never says it. */
export type CellStatus = 'missing' | 'not-applicable' | 'unpriced' | 'fallback' | 'unconfirmed' | 'warn' | 'ok'

export interface Column {
  readonly title: string
  readonly unit?: string
  readonly align: Align
  /** Share of the table's width, relative to the other columns. */
  readonly width: number
}

export interface HeadCell {
  readonly text: string
  readonly span: number
}

export interface Cell {
  readonly text: string
  /** Passport code of the figure printed here. */
  readonly code?: string
  /** A number worked out on this page from coded figures (a share, a difference). */
  readonly derived?: true
  readonly emphasis?: 'strong' | 'quiet' | 'mono'
  readonly status?: CellStatus
}

export interface Row {
  readonly cells: readonly Cell[]
  /** `total`: ruled above and bold; `group`: a heading inside the table. */
  readonly kind?: 'total' | 'group'
  /** Indent of the first cell: depth in the region or class tree. */
  readonly depth?: number
}

export interface TableBlock {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly Column[]
  /** Head rows that stand above the columns' titles; the spans of each add up to the columns. */
  readonly headRows?: readonly (readonly HeadCell[])[]
  readonly rows: readonly Row[]
  readonly note?: string
  /** Where codes stand; `below` keeps the columns of a wide matrix narrow. */
  readonly codes?: 'beside' | 'below'
  /** Number of leading columns that name the row. */
  readonly rowHeads?: number
}

export interface Formula {
  readonly kind: 'formula'
  readonly text: string
  readonly legend: readonly { readonly symbol: string; readonly text: string; readonly unit?: string }[]
}

export interface Picture {
  readonly kind: 'chart' | 'map'
  /** Self-contained SVG with a viewBox; no script, no outside reference. */
  readonly svg: string
  /** Size of the drawing in its own px; renderers fit it to the page. */
  readonly width: number
  readonly height: number
  readonly alt: string
  readonly caption: string
  /** What the picture shows and what it was made from; set small under the caption. */
  readonly note?: string
  /** Name, without ending, under which the picture stands in the folder `maps` as well. */
  readonly file?: string
  /** Two halves that follow each other stand side by side. */
  readonly half?: true
}

/** Room for a name, a date by hand and a stamp. */
export interface StampBox {
  readonly kind: 'stamp-box'
  readonly boxes: readonly {
    readonly title: string
    readonly lines: readonly { readonly label: string; readonly value?: string }[]
    readonly stamp?: string
  }[]
}

export interface PageBreak {
  readonly kind: 'page-break'
  /** Orientation from here on. */
  readonly next: 'portrait' | 'landscape'
}

export interface Callout {
  readonly kind: 'callout'
  readonly tone: 'note' | 'warn'
  readonly title: string
  readonly lines: readonly (readonly Run[])[]
}

export type Block =
  Heading | Paragraph | List | KeyValues | TableBlock | Formula | Picture | StampBox | PageBreak | Callout

export interface Fonts {
  readonly body: string
  readonly heading: string
  readonly title: string
  readonly quiet: string
  readonly latin: string
  readonly mono: string
}

/** The faces of an official document by name; the office puts its own in place of those it lacks. */
export const FONTS: Readonly<Record<Lang, Fonts>> = {
  zh: {
    body: '仿宋',
    heading: '黑体',
    title: '黑体',
    quiet: '楷体',
    latin: 'Times New Roman',
    mono: 'Courier New',
  },
  en: {
    body: '仿宋',
    heading: '黑体',
    title: '黑体',
    quiet: '楷体',
    latin: 'Times New Roman',
    mono: 'Courier New',
  },
}

export interface CoverLine {
  readonly label: string
  /** Left out: a rule to write on by hand. */
  readonly value?: string
}

export interface ReportDocument {
  readonly lang: Lang
  readonly title: string
  readonly subtitle?: string
  /** Stands in the page header beside the title. */
  readonly status: string
  readonly coverLines: readonly CoverLine[]
  /** Sentences at the foot of the cover. */
  readonly coverNotes?: readonly string[]
  /** Laid large and pale across every page: 试算, 示范数据. */
  readonly marks: readonly string[]
  readonly fonts: Fonts
  readonly blocks: readonly Block[]
  /** Legal date of the account; the file's own dates are this one, so that it comes out the same each time. */
  readonly date: string
}

/** A link to a page or file beside this one. */
export interface PageLink {
  readonly href: string
  readonly text: string
  /** Language of what is linked to, where it is not the page's own. */
  readonly lang?: string
}

export interface HtmlOptions {
  /** Address of a code's passport page. */
  readonly codeHref?: (code: string) => string
  /** Files beside the report, linked at its head; not printed. */
  readonly links?: readonly PageLink[]
}

/** The passport codes a document prints, in order, each once. */
export function printedCodes(blocks: readonly Block[]): readonly string[] {
  const codes = new Set<string>()
  const runs = (all: readonly Run[]): void => all.forEach((r) => 'code' in r && codes.add(r.code))
  for (const b of blocks) {
    if (b.kind === 'paragraph') runs(b.runs)
    else if (b.kind === 'list') b.items.forEach(runs)
    else if (b.kind === 'key-values') b.pairs.forEach((p) => runs(p.value))
    else if (b.kind === 'callout') b.lines.forEach(runs)
    else if (b.kind === 'table') for (const r of b.rows) for (const c of r.cells) if (c.code) codes.add(c.code)
  }
  return [...codes]
}
