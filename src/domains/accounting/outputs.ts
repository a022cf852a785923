// Everything a run leaves behind, written whole or not at all: report in Word and HTML (Chinese and English), workbook,
// passports, package, and a first page that leads to them. Files are first written into a folder beside the target, then the folder takes its place.

import { readFile } from 'node:fs/promises'
import { text, type Lang, type Text } from '../../kernel/index.ts'
import { readFileByName } from '../../core/exchange-formats/index.ts'
import { formulaText, legend, type FileText, type RuleBook } from '../../core/rules/index.ts'
import { classNames } from './engine/compute.ts'
import { ruleAt } from './engine/draft.ts'
import { explainer } from './explain.ts'
import { accountWorkbook } from './forms/index.ts'
import type { InputList } from './input-list.ts'
import type { MapView } from './maps/map-views.ts'
import { findMethod } from './methods/index.ts'
import type { Account } from './model.ts'
import { replaceFolder } from './output-folder/index.ts'
import { refuseForeignFiles } from './own-folder.ts'
import { writePackage } from './package/package.ts'
import { resultTables } from './package/serialise.ts'
import { passportHref, passportPages } from './passports-page.ts'
import {
  accountDocument,
  printedCodes,
  printPng,
  renderDocx,
  renderHtml,
  type FormulaText,
  type PageLink,
  type Picture,
  type ReportDocument,
  type ReportOptions,
} from './report/index.ts'
import { classificationOf } from './run.ts'
import { vepDocument, type VepResult } from './vep/index.ts'
import { seeaBlocks } from './seea-blocks.ts'
import { startPage, type StartFile } from './start-page.ts'

export interface OutputInput {
  readonly account: Account
  readonly list: InputList
  readonly folder: string
  readonly book: RuleBook
  readonly rules: readonly FileText[]
  readonly out: string
  readonly withInputs: boolean
  /** The package alone, without anything for people to read: for an earlier year that others compare with. */
  readonly packageOnly?: boolean
  readonly previous?: Account
  /** VEP units of the same area: form G11 and a report each. They are never added to GEP. */
  readonly vep?: VepResult
  /** Views of the maps the account was computed over. */
  readonly mapViews?: readonly MapView[]
  readonly onProgress?: (done: number, of: number, what: Text) => void
}

export interface Outputs {
  readonly id: string
  /** File names inside `out`; maps stand in its folder `maps`. */
  readonly files: readonly string[]
}

export const NAMES = {
  start: 'start.html',
  html: { zh: 'index.html', en: 'report.en.html' },
  docx: { zh: '核算报告.docx', en: 'report.en.docx' },
  xlsx: '核算表.xlsx',
  passports: { zh: 'passports.html', en: 'passports.en.html' },
  package: 'account.zip',
} as const

export async function writeOutputs(input: OutputInput): Promise<Outputs> {
  const tell = (done: number, what: Text): void => input.onProgress?.(done, STEPS, what)
  const { files, listed } = input.packageOnly ? NO_REPORT : await reportFiles(input, tell)
  tell(5, text('打核算包', 'packing'))
  const inputs = input.withInputs ? await inputFiles(input) : undefined
  const pack = writePackage({
    account: input.account,
    list: input.list,
    rules: input.rules,
    report: files,
    ...(inputs ? { inputs } : {}),
  })
  const all = new Map([...files, [NAMES.package, pack.bytes]])
  if (!input.packageOnly) {
    const start = startPage(input.account, listed((name) => all.get(name)!.length), NAMES.passports.zh) // prettier-ignore
    all.set(NAMES.start, utf8(start))
  }
  refuseForeignFiles(input.out)
  await replaceFolder(input.out, all)
  tell(STEPS, text('完成', 'done'))
  return { id: pack.id, files: [...all.keys()] }
}

/** The result tables alone, as the package holds them: every figure with its code. @returns the names of the files */
export async function writeTables(account: Account, out: string): Promise<readonly string[]> {
  const files = new Map([...resultTables(account)].map(([name, bytes]) => [name.replace('results/', ''), bytes]))
  refuseForeignFiles(out)
  await replaceFolder(out, files)
  return [...files.keys()]
}

const STEPS = 6
const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)

interface ReportFiles {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What the first page leads to, given the bytes of a file. */
  readonly listed: (bytes: (name: string) => number) => readonly StartFile[]
}
const NO_REPORT: ReportFiles = { files: new Map(), listed: () => [] }

/** Report in both languages with maps, passports, workbook and VEP reports. */
async function reportFiles(input: OutputInput, tell: (done: number, what: Text) => void): Promise<ReportFiles> {
  const files = new Map<string, Uint8Array>()
  const maps: MapPicture[] = []
  const explained = explainer(input.account, input.book, input.list.overrides ?? [])
  for (const [k, lang] of (['zh', 'en'] as const).entries()) {
    tell(k * 2, text('生成报告页', 'writing the report page'))
    const document = await accountDocument(input.account, reportOptions(input, lang))
    const codes = printedCodes(document.blocks)
    const codeHref = passportHref(input.account, lang)
    files.set(NAMES.html[lang], utf8(renderHtml(document, { codeHref, links: reportLinks(lang) })))
    const links = { report: NAMES.html[lang], other: inOther(lang, NAMES.passports) }
    for (const [name, page] of passportPages(input.account, explained, codes, lang, links)) files.set(name, utf8(page))
    tell(k * 2 + 1, text('生成 Word 报告', 'writing the Word report'))
    files.set(NAMES.docx[lang], await renderDocx(document))
    for (const map of mapsOf(document)) {
      files.set(mapFile(map, lang, 'svg'), utf8(map.svg))
      if (lang !== 'zh') continue
      files.set(mapFile(map, lang, 'png'), await printPng(map.svg))
      maps.push(map)
    }
  }
  tell(4, text('生成核算表', 'writing the workbook'))
  files.set(
    NAMES.xlsx,
    await accountWorkbook(input.account, {
      classTitle: classNames(input.book),
      ...(input.previous ? { previous: input.previous } : {}),
      ...(input.vep ? { vep: [input.vep] } : {}),
    }),
  )
  for (const [name, bytes] of await vepFiles(input)) files.set(name, bytes)
  const listed: ReportFiles['listed'] = (bytes) => [
    ...startFiles(bytes),
    ...mapsListed(maps, files),
    ...vepListed(input, files),
  ]
  return { files, listed }
}

/** The page of the same kind in the other language. */
const inOther = (lang: Lang, names: Readonly<Record<Lang, string>>): PageLink =>
  lang === 'zh' ? { href: names.en, text: 'English', lang: 'en' } : { href: names.zh, text: '中文', lang: 'zh-CN' }

/** What the report page leads to; all of it stands in the package beside the page as well. */
const reportLinks = (lang: Lang): readonly PageLink[] => {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en)
  return [
    inOther(lang, NAMES.html),
    { href: NAMES.passports[lang], text: say('数的凭证', 'Number passports') },
    { href: NAMES.docx[lang], text: say('Word 报告', 'Word report') },
    { href: NAMES.xlsx, text: say('核算表（Excel）', 'Workbook (Excel)') },
  ]
}

/** The files of the folder in the order a person wants them. */
function startFiles(bytes: (name: string) => number): readonly StartFile[] {
  const file = (name: string, title: Text, use: Text): StartFile => ({ name, bytes: bytes(name), title, use })
  return [
    file(
      NAMES.html.zh,
      text('核算报告（网页）', 'Report, web page, Chinese'),
      text('在浏览器里看，可打印成 A4；点编码看来历', 'read in a browser, print on A4; a code opens its figure'),
    ),
    file(
      NAMES.docx.zh,
      text('核算报告（Word）', 'Report, Word, Chinese'),
      text('送审、盖章、修改文字', 'for review, stamps and edits'),
    ),
    file(
      NAMES.xlsx,
      text('核算表（Excel）', 'Workbook'),
      text('全部账户表、检查与清单，合计是公式', 'all tables, checks and lists; sums are formulas'),
    ),
    file(
      NAMES.passports.zh,
      text('数的凭证', 'Number passports, Chinese'),
      text('每个数的公式、依据、输入，直到单元格', 'formula, clause and inputs of every figure, down to the cell'),
    ),
    file(
      NAMES.package,
      text('核算包', 'Account package'),
      text(
        '交审计复算：qingshan account verify account.zip',
        'an auditor re-runs it: qingshan account verify account.zip',
      ),
    ),
    file(
      NAMES.html.en,
      text('英文报告（网页）', 'Report, web page, English'),
      text('同一份核算的英文页', 'the same account in English'),
    ),
    file(NAMES.docx.en, text('英文报告（Word）', 'Report, Word, English'), text('同上，Word', 'the same, in Word')),
    file(
      NAMES.passports.en,
      text('英文凭证', 'Number passports, English'),
      text('英文页上编码的来历', 'behind the codes of the English page'),
    ),
  ]
}

type MapPicture = Picture & { readonly file: string }

/** The maps of a report that stand as files of their own as well. */
const mapsOf = (document: ReportDocument): readonly MapPicture[] =>
  document.blocks.flatMap((b) => (b.kind === 'map' && b.file !== undefined ? [{ ...b, file: b.file }] : []))

const mapFile = (map: MapPicture, lang: Lang, ending: 'svg' | 'png'): string =>
  `maps/${map.file}${lang === 'zh' ? '' : '.en'}.${ending}`

const mapsListed = (maps: readonly MapPicture[], files: ReadonlyMap<string, Uint8Array>): readonly StartFile[] =>
  maps.map((map) => {
    const name = mapFile(map, 'zh', 'png')
    return {
      name,
      bytes: files.get(name)!.length,
      title: text(`地图：${map.caption}`, 'Map'),
      use: text(
        '16 厘米宽、300 dpi；同名 .svg 可任意放大，.en 为英文',
        '16 cm at 300 dpi; .svg scales, .en is English',
      ),
    }
  })

/** The VEP reports beside the account's. */
const vepListed = ({ vep }: OutputInput, files: ReadonlyMap<string, Uint8Array>): readonly StartFile[] =>
  (vep?.units ?? []).flatMap(({ unit }) =>
    ['html', 'docx'].flatMap((kind) => {
      const name = `VEP-${unit.id}.${kind}`
      const bytes = files.get(name)?.length
      const title = text(`VEP：${unit.name.zh}`, `VEP: ${unit.name.en}`)
      const use = text('特定地域单元价值，不与 GEP 相加', 'value of a place; never added to GEP')
      return bytes === undefined ? [] : [{ name, bytes, title, use }]
    }),
  )

async function inputFiles(input: OutputInput): Promise<ReadonlyMap<string, Uint8Array>> {
  const out = new Map<string, Uint8Array>()
  for (const s of input.account.sources) out.set(s.file, readFileByName(input.folder, s.file).bytes)
  return out
}

/** A report in Word and as a page for every valued unit. */
async function vepFiles({ vep, book }: OutputInput): Promise<ReadonlyMap<string, Uint8Array>> {
  const out = new Map<string, Uint8Array>()
  for (const unit of vep?.units.filter((u) => u.status === 'computed') ?? []) {
    const document = vepDocument(vep!, unit, { lang: 'zh', book })
    out.set(`VEP-${unit.unit.id}.html`, new TextEncoder().encode(renderHtml(document)))
    out.set(`VEP-${unit.unit.id}.docx`, await renderDocx(document))
  }
  return out
}

function reportOptions(input: OutputInput, lang: Lang): ReportOptions {
  const { account, book } = input
  const set = book.sets.find((s) => s.id === account.head.set)
  return {
    lang,
    classes: classificationOf(book).classes,
    formulaOf: (rule) => formulaOf(book, rule),
    methodTitle: (m) => findMethod(m)?.title,
    ...(set ? { accepts: set.accepts, services: set.services } : {}),
    ...(input.previous ? { previous: input.previous } : {}),
    ...(input.mapViews ? { mapViews: input.mapViews } : {}),
    extraTables: seeaBlocks(account, lang, classNames(book)),
    sourceTitle: (key) => book.sources.get(key)?.title,
  }
}

function formulaOf(book: RuleBook, idAtVersion: string): FormulaText | undefined {
  const rule = ruleAt(book, idAtVersion)
  return {
    title: rule.title,
    text: formulaText(rule),
    legend: legend(rule).map((l) => ({
      symbol: l.symbol ?? l.name,
      title: l.title,
      ...(l.unit ? { unit: l.unit.text } : {}),
    })),
    source: rule.source,
    ...(rule.clause ? { clause: rule.clause } : {}),
  }
}

export const readPackageFile = (path: string): Promise<Uint8Array> => readFile(path)
