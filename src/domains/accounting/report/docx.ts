// A report as a Word file in the manner of an official document: A4, 仿宋 body, 黑体 headings, 楷体 notes, page x of y.
// Always holds: the same document gives the same bytes (dates are the account's legal date, ZIP members are sorted and
// carry one time); wide tables stand on landscape pages; pictures are SVG with a PNG beside it for offices without SVG.

import type * as Docx from 'docx'
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import type { Block, Picture, ReportDocument } from './document.ts'
import {
  callout,
  face,
  formula,
  keyValues,
  layoutTable,
  runs,
  SIZE,
  stampBox,
  table,
  words,
  type Press,
} from './docx-blocks.ts'
import { escapeText } from './html-template.ts'
import { grouped, numbered, type Numbered } from './numbering.ts'
import { svgToPng } from './png.ts'

/** dxa: A4 is 11906 × 16838. */
const PAGE = { short: 11906, long: 16838, side: 1361, sideWide: 1134, top: 1417, bottom: 1304 } as const
const DXA_PER_PX = 15

type Child = Docx.Paragraph | Docx.Table

/** The bytes of a .docx. */
export async function renderDocx(doc: ReportDocument): Promise<Uint8Array> {
  const d = await import('docx')
  const blocks = numbered(doc.blocks, doc.lang)
  const mark = await watermark(doc)
  const sections: Docx.ISectionOptions[] = [coverSection(d, doc, mark)]
  for (const part of parts(blocks)) {
    const press: Press = {
      d,
      fonts: doc.fonts,
      lang: doc.lang,
      width: part.landscape ? PAGE.long - 2 * PAGE.sideWide : PAGE.short - 2 * PAGE.side,
    }
    const children: Child[] = []
    for (const page of part.pages)
      for (const [i, group] of grouped(page).entries())
        children.push(...(await groupChildren(press, group, children.length > 0 && i === 0)))
    sections.push({ ...frame(d, doc, part.landscape, mark), children })
  }
  const file = new d.Document({
    title: doc.title,
    creator: '',
    lastModifiedBy: '',
    description: doc.status,
    styles: styles(d, doc),
    sections,
  })
  return steady(await d.Packer.toBuffer(file), doc)
}

interface Part {
  readonly landscape: boolean
  readonly pages: Numbered[][]
}

/** Runs of one orientation; inside a run the pages break by the first paragraph of each. */
function parts(all: readonly Numbered[]): readonly Part[] {
  const out: Part[] = []
  let current: Numbered[] = []
  const open = (landscape: boolean): void => {
    current = []
    if (out.at(-1)?.landscape === landscape) out.at(-1)!.pages.push(current)
    else out.push({ landscape, pages: [current] })
  }
  for (const n of all) {
    if (n.block.kind === 'page-break') open(n.block.next === 'landscape')
    else {
      if (out.length === 0) open(false)
      current.push(n)
    }
  }
  return out.map((p) => ({ ...p, pages: p.pages.filter((b) => b.length > 0) })).filter((p) => p.pages.length > 0)
}

function coverSection(d: typeof Docx, doc: ReportDocument, mark: Uint8Array | undefined): Docx.ISectionOptions {
  const press: Press = { d, fonts: doc.fonts, lang: doc.lang, width: PAGE.short - 2 * PAGE.side }
  const centre = (text: string, size: number, font: string, before: number): Docx.Paragraph =>
    new d.Paragraph({
      alignment: d.AlignmentType.CENTER,
      spacing: { before, after: 200, line: 480 },
      children: [words(press, text, { size, font: face(press, font), bold: doc.lang === 'en' })],
    })
  const line = (text: string, font: string): Docx.Paragraph =>
    new d.Paragraph({
      spacing: { before: 90, after: 90 },
      children: [words(press, text, { size: 28, font: face(press, font) })],
    })
  const blank = new d.Paragraph({
    spacing: { before: 90, after: 90 },
    children: [words(press, '                              ', { size: 28, underline: {} })],
  })
  return {
    properties: sheet(d, false),
    headers: { default: new d.Header({ children: [markParagraph(d, mark, doc, false)] }) },
    children: [
      centre(doc.title, 44, doc.fonts.title, 2400),
      ...(doc.subtitle === undefined ? [] : [centre(doc.subtitle, 36, doc.fonts.quiet, 200)]),
      new d.Paragraph({ spacing: { before: 1400 } }),
      layoutTable(
        press,
        [1.2, 3, 6, 1],
        doc.coverLines.map((l) => [
          [new d.Paragraph({})],
          [line(l.label, doc.fonts.heading)],
          [l.value === undefined ? blank : line(l.value, doc.fonts.body)],
          [new d.Paragraph({})],
        ]),
      ),
      ...(doc.coverNotes ?? []).map(
        (s, i) =>
          new d.Paragraph({
            alignment: d.AlignmentType.CENTER,
            spacing: { before: i === 0 ? 1200 : 60, after: 60 },
            children: [words(press, s, { size: SIZE.small, font: face(press, doc.fonts.quiet) })],
          }),
      ),
    ],
  }
}

function sheet(d: typeof Docx, landscape: boolean): Docx.ISectionPropertiesOptions {
  return {
    type: d.SectionType.NEXT_PAGE,
    page: {
      // The library turns the sheet itself: width and height are given as for portrait.
      size: {
        width: PAGE.short,
        height: PAGE.long,
        orientation: landscape ? d.PageOrientation.LANDSCAPE : d.PageOrientation.PORTRAIT,
      },
      margin: {
        top: PAGE.top,
        bottom: PAGE.bottom,
        left: landscape ? PAGE.sideWide : PAGE.side,
        right: landscape ? PAGE.sideWide : PAGE.side,
        header: 700,
        footer: 600,
      },
    },
  }
}

function frame(
  d: typeof Docx,
  doc: ReportDocument,
  landscape: boolean,
  mark: Uint8Array | undefined,
): Omit<Docx.ISectionOptions, 'children'> {
  const { CURRENT, TOTAL_PAGES } = d.PageNumber
  const size = 18
  const count =
    doc.lang === 'zh' ? ['第 ', CURRENT, ' 页 共 ', TOTAL_PAGES, ' 页'] : ['Page ', CURRENT, ' of ', TOTAL_PAGES]
  return {
    properties: sheet(d, landscape),
    headers: { default: new d.Header({ children: [markParagraph(d, mark, doc, true)] }) },
    footers: {
      default: new d.Footer({
        children: [
          new d.Paragraph({ alignment: d.AlignmentType.CENTER, children: [new d.TextRun({ size, children: count })] }),
        ],
      }),
    },
  }
}

/** The header line, with the pale mark behind the page hanging on it. */
function markParagraph(
  d: typeof Docx,
  mark: Uint8Array | undefined,
  doc: ReportDocument,
  titled: boolean,
): Docx.Paragraph {
  const picture =
    mark === undefined
      ? []
      : [
          new d.ImageRun({
            type: 'png',
            data: mark,
            transformation: { width: 560, height: 560 },
            altText: { name: 'mark', title: doc.marks.join(' · '), description: doc.marks.join(' · ') },
            floating: {
              behindDocument: true,
              horizontalPosition: {
                relative: d.HorizontalPositionRelativeFrom.PAGE,
                align: d.HorizontalPositionAlign.CENTER,
              },
              verticalPosition: {
                relative: d.VerticalPositionRelativeFrom.PAGE,
                align: d.VerticalPositionAlign.CENTER,
              },
              wrap: { type: d.TextWrappingType.NONE },
            },
          }),
        ]
  const title = [doc.title, doc.status, ...doc.marks.filter((m) => m !== doc.status)].join(' · ')
  return new d.Paragraph({
    alignment: d.AlignmentType.CENTER,
    ...(titled ? { border: { bottom: { style: d.BorderStyle.SINGLE, size: 4, color: 'A8B3BC', space: 4 } } } : {}),
    children: [...picture, ...(titled ? [new d.TextRun({ text: title, size: 18 })] : [])],
  })
}

async function watermark(doc: ReportDocument): Promise<Uint8Array | undefined> {
  if (doc.marks.length === 0) return undefined
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="560" height="560" viewBox="0 0 560 560"><text x="280" y="280" transform="rotate(-35 280 280)" text-anchor="middle" font-size="52" font-family="Noto Sans SC" fill="#000000" fill-opacity="0.07">${escapeText(doc.marks.join(' · '))}</text></svg>`
  return svgToPng(svg, 1120)
}

async function groupChildren(
  press: Press,
  group: readonly Numbered[],
  breakBefore: boolean,
): Promise<readonly Child[]> {
  if (group.length === 1) return block(press, group[0]!, breakBefore)
  const half: Press = { ...press, width: Math.floor(press.width / 2) - 220 }
  const cells = await Promise.all(group.map((n) => pictureParagraphs(half, n, false)))
  return [layoutTable(press, [1, 1], [cells]), gap(press)]
}

/** A thin paragraph that keeps two tables apart. */
const gap = (press: Press): Docx.Paragraph =>
  new press.d.Paragraph({ spacing: { before: 0, after: 0, line: 120, lineRule: press.d.LineRuleType.EXACT } })

async function block(press: Press, n: Numbered, breakBefore: boolean): Promise<readonly Child[]> {
  const { d } = press
  const b: Block = n.block
  const onNewPage = breakBefore ? { pageBreakBefore: true } : {}
  switch (b.kind) {
    case 'heading': {
      const level = [d.HeadingLevel.HEADING_1, d.HeadingLevel.HEADING_2, d.HeadingLevel.HEADING_3][b.level - 1]!
      const text = /^[0-9.]+$/.test(n.number) ? `${n.number} ${b.text}` : n.number + b.text
      return [new d.Paragraph({ heading: level, keepNext: true, ...onNewPage, children: [words(press, text)] })]
    }
    case 'paragraph': {
      const note = b.style === 'note'
      const indent = press.lang === 'zh' && !note ? { indent: { firstLine: 480 } } : {}
      const size = note ? SIZE.small : b.style === 'lead' && press.lang === 'zh' ? SIZE.lead : undefined
      return [
        new d.Paragraph({
          ...onNewPage,
          ...indent,
          spacing: { before: 60, after: 60, line: note ? 300 : press.lang === 'zh' ? 400 : 290 },
          children: [...runs(press, b.runs, size)],
        }),
      ]
    }
    case 'list':
      return b.items.map(
        (item, i) =>
          new d.Paragraph({
            spacing: { before: 60, after: 60, line: 400 },
            indent: { left: 480, hanging: 360 },
            children: [words(press, b.ordered ? `${i + 1}. ` : '· '), ...runs(press, item)],
          }),
      )
    case 'key-values':
      return [keyValues(press, b), gap(press)]
    case 'formula':
      return formula(press, b)
    case 'stamp-box':
      return [stampBox(press, b), gap(press)]
    case 'callout':
      return [callout(press, b), gap(press)]
    case 'table':
      return [
        new d.Paragraph({
          ...onNewPage,
          alignment: d.AlignmentType.CENTER,
          keepNext: true,
          keepLines: true,
          spacing: { before: 200, after: 80 },
          children: [
            words(press, `${n.number}　${b.caption}`, {
              size: SIZE.caption,
              font: face(press, press.fonts.heading),
              bold: press.lang === 'en',
            }),
          ],
        }),
        table(press, b),
        b.note === undefined
          ? gap(press)
          : new d.Paragraph({
              spacing: { before: 60, after: 160, line: 280 },
              children: [words(press, b.note, { size: SIZE.table, font: face(press, press.fonts.quiet) })],
            }),
      ]
    case 'chart':
    case 'map':
      return pictureParagraphs(press, n, breakBefore)
    case 'page-break':
      return []
    default:
      return b satisfies never
  }
}

/** Pictures fit the text width and these heights: 9.5 cm, or 6 cm for two side by side. */
const HIGHEST_PX = 360
const HIGHEST_HALF_PX = 225

async function pictureParagraphs(press: Press, n: Numbered, breakBefore: boolean): Promise<readonly Docx.Paragraph[]> {
  const { d } = press
  const p = n.block as Picture
  const scale = Math.min(press.width / DXA_PER_PX / p.width, (p.half ? HIGHEST_HALF_PX : HIGHEST_PX) / p.height, 1)
  return [
    new d.Paragraph({
      ...(breakBefore ? { pageBreakBefore: true } : {}),
      alignment: d.AlignmentType.CENTER,
      keepNext: true,
      spacing: { before: 120, after: 40, line: 240, lineRule: d.LineRuleType.AUTO },
      children: [
        new d.ImageRun({
          type: 'svg',
          data: strToU8(p.svg),
          fallback: { type: 'png', data: await svgToPng(p.svg, p.width * 2) },
          transformation: { width: Math.round(p.width * scale), height: Math.round(p.height * scale) },
          altText: { name: n.number, title: p.caption, description: p.alt },
        }),
      ],
    }),
    new d.Paragraph({
      alignment: d.AlignmentType.CENTER,
      keepLines: true,
      ...(p.note === undefined ? {} : { keepNext: true }),
      spacing: { before: 0, after: p.note === undefined ? 160 : 40 },
      children: [
        words(press, `${n.number}　${p.caption}`, { size: SIZE.caption, font: face(press, press.fonts.heading) }),
      ],
    }),
    ...(p.note === undefined
      ? []
      : [
          new d.Paragraph({
            keepLines: true,
            spacing: { before: 0, after: 160, line: 280 },
            children: [words(press, p.note, { size: SIZE.table, font: face(press, press.fonts.quiet) })],
          }),
        ]),
  ]
}

function styles(d: typeof Docx, doc: ReportDocument): Docx.IStylesOptions {
  const press: Press = { d, fonts: doc.fonts, lang: doc.lang, width: 0 }
  const heading = (size: number, font: string, before: number, bold: boolean) => ({
    run: { size, bold, color: '16202A', font: face(press, font) },
    paragraph: { spacing: { before, after: 140 } },
  })
  const english = doc.lang === 'en'
  return {
    default: {
      document: {
        run: {
          size: english ? SIZE.english : SIZE.body,
          font: face(press, doc.fonts.body),
          language: { value: 'en-US', eastAsia: 'zh-CN' },
        },
        paragraph: { spacing: { line: 300, lineRule: d.LineRuleType.AUTO } },
      },
      heading1: heading(SIZE.h1, doc.fonts.heading, 320, english),
      heading2: heading(SIZE.h2, doc.fonts.quiet, 240, true),
      heading3: heading(SIZE.h3, doc.fonts.body, 200, true),
    },
  }
}

/** Other names under which an office may have the faces. */
const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
  ['仿宋', 'FangSong,仿宋_GB2312,STFangsong', '86', 'roman'],
  ['黑体', 'SimHei,STHeiti', '86', 'swiss'],
  ['楷体', 'KaiTi,楷体_GB2312,STKaiti', '86', 'roman'],
  ['Times New Roman', 'Liberation Serif', '00', 'roman'],
  ['Courier New', 'Liberation Mono', '00', 'modern'],
]
  .map(
    ([name, alt, charset, family]) =>
      `<w:font w:name="${name}"><w:altName w:val="${alt}"/><w:charset w:val="${charset}"/><w:family w:val="${family}"/><w:pitch w:val="${family === 'modern' ? 'fixed' : 'variable'}"/></w:font>`,
  )
  .join('')}</w:fonts>`

/** Takes out what differs from run to run, and the full-height paragraph the library ends each section with. */
function steady(bytes: Uint8Array, doc: ReportDocument): Uint8Array {
  const files = unzipSync(bytes)
  const edit = (name: string, change: (xml: string) => string): void => {
    const file = files[name]
    if (file) files[name] = strToU8(change(strFromU8(file)))
  }
  const stamp = `${doc.date}T00:00:00Z`
  edit('docProps/core.xml', (xml) => xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${stamp}`))
  edit('word/document.xml', (xml) =>
    xml.replaceAll(
      '<w:pPr><w:sectPr',
      '<w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:sectPr',
    ),
  )
  // The library counts drawings through the process; here they count through the file.
  let drawings = 0
  for (const name of Object.keys(files).sort())
    if (/^word\/[^/]+\.xml$/.test(name))
      edit(name, (xml) => xml.replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++drawings}"`))
  if (files['word/fontTable.xml']) files['word/fontTable.xml'] = strToU8(FONT_TABLE)
  const mtime = new Date(1980, 0, 1)
  const order = Object.keys(files).sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  const out: Zippable = {}
  for (const name of order) out[name] = [files[name]!, { mtime, level: 6, os: 0 }]
  return zipSync(out)
}

const rank = (name: string): string => (name === '[Content_Types].xml' ? '' : name)
