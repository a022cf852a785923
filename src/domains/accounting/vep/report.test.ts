// What every report of a unit says, in both languages, and that it is four to eight pages on paper.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RuleBook } from '../../../core/rules/index.ts'
import { printedCodes, renderDocx, renderHtml, type ReportDocument } from '../report/index.ts'
import { boundaryMap } from './boundary-map.ts'
import { shippedRules, valued } from './folder.fixture.ts'
import { spansOf } from './methods.ts'
import { NEVER_ADDED, SCHOOLS, USES, type VepResult } from './model.ts'
import { vepDocument } from './report.ts'

const LANGS = ['zh', 'en'] as const
let book: RuleBook
let result: VepResult
beforeAll(async () => {
  book = await shippedRules()
  result = await valued()
})
const documents = (lang: (typeof LANGS)[number]): readonly ReportDocument[] =>
  result.units.map((u) => vepDocument(result, u, { lang, book }))

describe.each(LANGS)('the report of a unit (%s)', (lang) => {
  it('names school, use and validity, says that VEP is never added to GEP, and that a sample is one', () => {
    documents(lang).forEach((doc, i) => {
      const { unit } = result.units[i]!
      const text = renderHtml(doc).replaceAll('&#39;', "'")
      for (const words of [
        SCHOOLS[unit.school!][lang],
        USES[unit.use][lang],
        unit.valid.to,
        unit.right.holder,
        unit.right.proof.number,
        NEVER_ADDED[lang],
      ])
        expect(text).toContain(words)
      expect(text).toContain(lang === 'zh' ? '示范数据' : 'Demonstration data')
      for (const e of unit.evidence) expect(text).toContain(e.sha256.slice(0, 12))
      expect(text).toMatch(lang === 'zh' ? /未确认/ : /unconfirmed/)
    })
  })

  it('prints only codes of its own figures, and lists each in the index', () => {
    documents(lang).forEach((doc, i) => {
      const own = new Set(result.figures.filter((f) => f.region === result.units[i]!.unit.id).map((f) => f.code))
      const printed = printedCodes(doc.blocks)
      expect(printed.length).toBeGreaterThan(10)
      for (const code of printed) expect(own).toContain(code)
      const index = doc.blocks.findLast((b) => b.kind === 'table')!
      const listed = index.rows.flatMap((r) => r.cells.map((c) => c.text))
      for (const code of printed) expect(listed).toContain(code)
    })
  })
})

describe('the picture of a boundary', () => {
  const map = {
    polygon: [
      [
        [110, 27],
        [110.1, 27],
        [110.1, 27.1],
        [110, 27],
      ],
    ],
    name: '<b>',
    lang: 'zh',
    sample: false,
  } as const
  it('says 内部资料 until a review number is given', () => {
    expect(boundaryMap(map)).toContain('内部资料')
    const reviewed = boundaryMap({ ...map, mapNumber: '湘S（2026）001号' })
    expect(reviewed).toContain('审图号：湘S（2026）001号')
    expect(reviewed).not.toContain('内部资料')
  })
})

describe('the years of a long term', () => {
  it('print one by one, then in blocks that leave none out', () => {
    for (const n of [1, 4, 5, 6, 11, 20, 30, 31, 70, 100]) {
      const spans = spansOf(n)
      expect(spans.flatMap((s) => s.years)).toEqual(Array.from({ length: n }, (_, i) => i + 1))
      expect(spans.length).toBeLessThanOrEqual(15)
    }
  })
})

const TOOLS = ['soffice', 'pdfinfo', 'pdftotext'] as const
const missing = TOOLS.filter((t) => spawnSync(t, [t === 'soffice' ? '--version' : '-v'], { stdio: 'ignore' }).error)

describe.runIf(missing.length === 0)('on paper', () => {
  it('a report has four to eight pages and none of them is empty', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vep-paper-'))
    try {
      const names: string[] = []
      for (const lang of LANGS)
        for (const [i, doc] of documents(lang).entries()) {
          names.push(`${result.units[i]!.unit.id}-${lang}`)
          writeFileSync(join(folder, `${names.at(-1)}.docx`), await renderDocx(doc))
        }
      const run = (tool: string, ...args: readonly string[]): string =>
        execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] })
      const files = names.map((n) => join(folder, `${n}.docx`))
      run(
        'soffice',
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        ...files,
      )
      for (const name of names) {
        const pages = run('pdftotext', join(folder, `${name}.pdf`), '-')
          .split('\f')
          .slice(0, -1)
        expect(pages.length, name).toBeGreaterThanOrEqual(4)
        expect(pages.length, name).toBeLessThanOrEqual(8)
        for (const page of pages) expect(page.replace(/\s/g, '').length, name).toBeGreaterThan(80)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }, 180_000)
})

describe('on paper', () => {
  it('can be looked at wherever CI runs', () => {
    expect(process.env['CI'] === undefined ? [] : missing, `needs ${missing.join(', ')}`).toEqual([])
  })
})
