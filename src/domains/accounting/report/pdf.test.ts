// The Word report on paper: rendered by LibreOffice, no page empty, no glyph missing, no table clipped, heads repeated,
// page x of y. Without LibreOffice or poppler the test says so loudly; under CI their absence is a failure.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { accountDocument } from './content.ts'
import { renderDocx } from './docx.ts'
import type { ReportDocument } from './document.ts'
import { SAMPLE_CLASSES, sampleAccount, sampleFormula } from './sample-account.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const TOOLS = ['soffice', 'pdftotext', 'pdffonts', 'pdfimages'] as const
const missing = TOOLS.filter((t) => spawnSync(t, [t === 'soffice' ? '--version' : '-v'], { stdio: 'ignore' }).error)
const ADVICE = `The paper test needs ${missing.join(', ')}: apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk`

if (missing.length > 0) process.stderr.write(`\n*** ${ADVICE} ***\n`)

describe('the Word report on paper', () => {
  it('can be looked at wherever CI runs', () => {
    expect(process.env['CI'] === undefined ? [] : missing, ADVICE).toEqual([])
  })
})

const MARGIN_PT = 50
const A4_PT = [595, 842] as const

describe.runIf(missing.length === 0).each(['zh', 'en'] as const)('the Word report on paper (%s)', (lang) => {
  let folder = ''
  let pdf = ''
  let doc: ReportDocument
  /** Text of each page, in the order it was written, without white space. */
  let pages: readonly string[] = []
  const run = (tool: string, ...args: string[]): string =>
    execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })
  const bare = (s: string): string => s.replace(/[\s\u3000]+/g, '')

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-paper-'))
    doc = await accountDocument(sampleAccount(), {
      lang,
      classes: SAMPLE_CLASSES,
      formulaOf: sampleFormula,
      previous: sampleAccount({ year: 2023 }),
    })
    writeFileSync(join(folder, 'report.docx'), await renderDocx(doc))
    run(
      'soffice',
      '--headless',
      `-env:UserInstallation=file://${folder}/profile`,
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      join(folder, 'report.docx'),
    )
    pdf = join(folder, 'report.pdf')
    pages = run('pdftotext', '-raw', pdf, '-').split('\f').slice(0, -1).map(bare)
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has no empty page', () => {
    expect(pages.length).toBeGreaterThan(10)
    pages.forEach((text, i) => {
      const body = text
        .replace(bare([doc.title, doc.status, ...doc.marks.filter((m) => m !== doc.status)].join(' · ')), '')
        .replace(/第\d+页共\d+页|Page\d+of\d+/, '')
      expect(body.length, `page ${i + 1}`).toBeGreaterThan(20)
    })
  })

  it('counts every page but the cover: page x of y', () => {
    pages.slice(1).forEach((text, i) => {
      expect(text).toContain(lang === 'zh' ? `第${i + 2}页共${pages.length}页` : `Page${i + 2}of${pages.length}`)
    })
    expect(pages[0]).not.toMatch(/第\d+页|Page\d/)
  })

  it('misses no glyph: fonts are embedded and the text of every cell comes back', () => {
    const fonts = run('pdffonts', pdf).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(1)
    for (const line of fonts) expect(line).toMatch(/\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/)
    // The reader of the PDF may set a subscript after the rest of its line: letters are compared without them.
    const level = (s: string): string => bare(s).replace(/[₂²³]/g, '')
    const all = level(pages.join(''))
    expect(pages.join('')).toContain('₂')
    expect(all).not.toContain('\ufffd')
    for (const b of doc.blocks)
      if (b.kind === 'table')
        for (const row of b.rows)
          for (const c of row.cells) {
            expect(all, `${b.caption}: ${c.text}`).toContain(level(c.text))
            if (c.code !== undefined) expect(all).toContain(c.code)
          }
  })

  it('clips no table: every word stands inside the margins of its page', () => {
    const boxes = run('pdftotext', '-bbox', pdf, '-')
    for (const page of boxes.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([^]*?)<\/page>/g)) {
      const [w, h] = [Number(page[1]), Number(page[2])]
      expect([Math.round(Math.min(w, h)), Math.round(Math.max(w, h))]).toEqual(A4_PT.map((x) => x))
      for (const word of page[3]!.matchAll(
        /xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)/g,
      )) {
        const [x0, y0, x1, y1] = word.slice(1, 5).map(Number) as [number, number, number, number]
        expect(
          x0 >= MARGIN_PT && x1 <= w - MARGIN_PT + 3 && y0 >= 25 && y1 <= h - 20,
          `${word[5]} at ${x0},${y0},${x1},${y1}`,
        ).toBe(true)
      }
    }
  })

  it('repeats the head of a table that runs over pages', () => {
    const index = doc.blocks.findLast((b) => b.kind === 'table')!
    const head = bare(index.columns.map((c) => c.title).join(''))
    const from = pages.findIndex((p) => p.includes(bare(index.caption)))
    expect(pages.length - from).toBeGreaterThan(2)
    for (const p of pages.slice(from)) expect(p).toContain(head)
  })

  it('shows the leader’s page on one page, and its pictures', () => {
    const front = pages.findIndex(
      (p, i) => i > 0 && p.includes(bare(lang === 'zh' ? '结果一页' : 'Results on one page')),
    )
    expect(pages[front]).toContain(bare(lang === 'zh' ? '使用时请留意' : 'Beware'))
    expect(pages[front]).toContain(bare(lang === 'zh' ? '（VEP）相加' : 'single site (VEP)'))
    const pictures = run('pdfimages', '-list', '-f', String(front + 1), '-l', String(front + 1), pdf)
    expect(pictures.trim().split('\n').length).toBeGreaterThan(3)
  })

  it('comes out byte for byte the same', async () => {
    expect(Buffer.compare(await renderDocx(doc), readFileSync(join(folder, 'report.docx')))).toBe(0)
  })
})
