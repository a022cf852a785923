// Laws of the report's content: order, codes, agreement of printed numbers with figures, honest words, both languages.

import { describe, expect, it, vi } from 'vitest'
import { convert, dec, findUnit, roundTo } from '../../../kernel/index.ts'
import { valueKey } from '../figure-key.ts'
import type { Account, Figure } from '../model.ts'
import { accountDocument } from './content.ts'
import { openPage } from './content/page.ts'
import { printedCodes, type Block, type ReportDocument, type TableBlock } from './document.ts'
import { numbered } from './numbering.ts'
import { SAMPLE_CLASSES, sampleAccount, sampleFormula } from './sample-account.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const write = (lang: 'zh' | 'en', account: Account): Promise<ReportDocument> =>
  accountDocument(account, {
    lang,
    classes: SAMPLE_CLASSES,
    formulaOf: sampleFormula,
    previous: sampleAccount({ year: account.head.year - 1 }),
  })
const usual = { zh: write('zh', sampleAccount()), en: write('en', sampleAccount()) }
const report = (lang: 'zh' | 'en', account?: Account): Promise<ReportDocument> =>
  account ? write(lang, account) : usual[lang]

const tables = (doc: ReportDocument): readonly TableBlock[] => doc.blocks.filter((b) => b.kind === 'table')
const headings = (doc: ReportDocument, level: number): readonly string[] =>
  doc.blocks.flatMap((b) => (b.kind === 'heading' && b.level === level ? [b.text] : []))

/** All text a reader of the document sees. */
function allText(blocks: readonly Block[]): string {
  const runs = (all: readonly ({ text: string } | { code: string })[]): string =>
    all.map((r) => ('text' in r ? r.text : '')).join('')
  return blocks
    .map((b) => {
      switch (b.kind) {
        case 'heading':
          return b.text
        case 'paragraph':
          return runs(b.runs)
        case 'list':
          return b.items.map(runs).join('\n')
        case 'key-values':
          return b.pairs.map((p) => p.key + runs(p.value)).join('\n')
        case 'callout':
          return b.title + b.lines.map(runs).join('\n')
        case 'table':
          return [
            b.caption,
            b.note ?? '',
            ...b.columns.map((c) => `${c.title} ${c.unit ?? ''}`),
            ...b.rows.flatMap((r) => r.cells.map((c) => c.text)),
          ].join('\n')
        case 'formula':
          return b.text + b.legend.map((l) => l.symbol + l.text).join('\n')
        case 'chart':
        case 'map':
          return b.caption + b.alt
        case 'stamp-box':
          return b.boxes.map((x) => x.title).join('\n')
        case 'page-break':
          return ''
      }
    })
    .join('\n')
}

describe('the account report', () => {
  it('has its chapters in the order of a 核算报告', async () => {
    expect(headings(await report('zh'), 1)).toEqual([
      '责任页',
      '结果一页',
      '核算范围与指标集',
      '核算方法',
      '核算结果',
      '与上年相比',
      '检核与未决事项',
      '参数替代与未确认数值的影响',
      '适用范围',
      'GEP 不是什么',
      '附录一　参数与价格',
      '附录二　数据来源登记',
      '附录三　凭证码索引',
    ])
  })

  it('prints the same tables, with the same numbers and codes, in both languages', async () => {
    const [zh, en] = [tables(await report('zh')), tables(await report('en'))]
    expect(en.length).toBe(zh.length)
    zh.forEach((t, i) => {
      const shape = (x: TableBlock) =>
        x.rows.map((r) => r.cells.map((c) => [c.code, c.code === undefined ? '' : c.text.replace(/[^\d.,<-]/g, '')]))
      if (!/^附录|位置/.test(t.columns.map((c) => c.title).join())) expect(shape(en[i]!)).toEqual(shape(t))
    })
  })

  it('leaves no Chinese in English headings, captions, columns and notes', async () => {
    const doc = await report('en')
    const own = doc.blocks.flatMap((b) => {
      if (b.kind === 'heading') return [b.text]
      if (b.kind === 'table') return [b.caption, b.note ?? '', ...b.columns.flatMap((c) => [c.title, c.unit ?? ''])]
      if (b.kind === 'chart' || b.kind === 'map') return [b.caption, b.alt]
      if (b.kind === 'callout') return [b.title, ...b.lines.flat().map((r) => ('text' in r ? r.text : ''))]
      return []
    })
    for (const s of [...own, doc.title, doc.status, ...doc.marks]) expect(s).not.toMatch(/\p{Script=Han}/u)
  })

  it('prints beside every figure its code: a number without one is worked out on the page', async () => {
    for (const t of tables(await report('zh')))
      for (const row of t.rows)
        row.cells.forEach((c, i) => {
          if (t.columns[i]!.align !== 'right' || !/\d/.test(c.text)) return
          const told = c.code !== undefined || c.derived === true || row.cells[0]!.code !== undefined
          expect(told, `${t.caption}: ${c.text}`).toBe(true)
        })
  })

  it('prints under each code the value of its figure, rounded once to the table’s unit', async () => {
    const account = sampleAccount()
    const byCode = new Map(account.figures.map((f) => [f.code, f]))
    let seen = 0
    for (const t of tables(await report('zh', account)))
      for (const row of t.rows)
        row.cells.forEach((c, i) => {
          if (c.code === undefined || c.text === '' || !/\d$/.test(c.text)) return
          const figure: Figure = byCode.get(c.code)!
          const inRow = t.columns.findIndex((x) => x.title === '单位')
          const label =
            t.columns[i]!.unit ??
            (inRow >= 0 ? row.cells[inRow]!.text : /，([^，（）]+)）(?:（\d+\/\d+）)?$/.exec(t.caption)![1]!)
          const unit = findUnit(label === '比值' ? '1' : label)!
          expect(unit, `${t.caption} / ${label}`).toBeDefined()
          const value = convert(figure.quantity, unit).value
          if (c.text.startsWith('<')) expect(value.gt(0) && value.lt('0.01')).toBe(true)
          else {
            const decimals = c.text.split('.')[1]?.length ?? 0
            expect(c.text.replaceAll(',', '')).toBe(roundTo(value, dec(`1e-${decimals}`), 'half-up').toFixed(decimals))
          }
          seen++
        })
    expect(seen).toBeGreaterThan(300)
  })

  it('lists every printed code in the index with the exact value, and no other', async () => {
    const account = sampleAccount()
    const doc = await report('zh', account)
    const index = tables(doc).at(-1)!
    const listed = index.rows.map((r) => r.cells[0]!.code!)
    expect(new Set(listed)).toEqual(new Set(printedCodes(doc.blocks)))
    const gep = account.figures.find((f) => f.key === valueKey('constant', '990100'))!
    const row = index.rows.find((r) => r.cells[0]!.code === gep.code)!
    expect(row.cells[2]!.text.replaceAll(',', '')).toBe(gep.quantity.value.toFixed(2))
  })

  it('keeps the totals of every table equal to the figures they stand for', async () => {
    const account = sampleAccount()
    const page = openPage(account, { lang: 'zh', classes: SAMPLE_CLASSES })
    const gep = account.figures.find((f) => f.key === valueKey('constant', '990100'))!
    const services = page.services.map((id) => page.yuan(valueKey('constant', '990100', '*', id)) ?? dec(0))
    expect(services.reduce((s, v) => s.plus(v)).eq(gep.quantity.value)).toBe(true)
    const printed = tables(await report('zh', account)).flatMap((t) =>
      t.rows.flatMap((r) => r.cells.filter((c) => c.code === gep.code && c.text !== '')),
    )
    expect(printed.length).toBeGreaterThan(3)
    expect(new Set(printed.map((c) => c.text))).toEqual(new Set(['40.76']))
  })

  it('shows missing as missing, with what is lacking', async () => {
    const text = allText((await report('zh')).blocks)
    expect(text).toContain('缺该乡旅游人次（文化旅游部门）')
    expect(text).toContain('内陆县，没有海岸线')
    expect(text).toContain('没有取得本地市场证据，只列实物量')
    const page = openPage(sampleAccount(), { lang: 'zh', classes: SAMPLE_CLASSES })
    expect(page.regions.map((r) => r.code)).toEqual(['990101', '990102', '990103', '990104', '990105', '990106'])
  })

  it('speaks of 初级转化率 only with its sentence, and never of turning GEP into GDP', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const text = allText((await report(lang)).blocks)
      expect(text).not.toMatch(/GEP\s*(向|转化|转换|变现|到|→)[^，。]{0,6}GDP/)
      expect(text).not.toMatch(/conver\w*[^.]{0,20}GDP/i)
    }
    const zh = allText((await report('zh')).blocks)
    expect(zh).toContain('初级转化率')
    expect(zh).toContain('构成比例，不是已经收到的钱')
    expect(zh).toContain('不与特定地域单元生态产品价值（VEP）相加')
  })

  it('carries 试算 and 示范数据 until the account is official and real', async () => {
    expect((await report('zh')).marks).toEqual(['试算', '示范数据'])
    expect((await report('zh', sampleAccount({ status: 'official', sample: false }))).marks).toEqual([])
  })

  it('comes out the same each time', async () => {
    expect(JSON.stringify(await report('zh', sampleAccount()))).toBe(JSON.stringify(await report('zh')))
  })

  it('numbers chapters 一、（一） in Chinese and 1, 1.1 in English', async () => {
    const of = async (lang: 'zh' | 'en') =>
      numbered((await report(lang)).blocks, lang)
        .filter((n) => n.block.kind === 'heading' && n.number !== '')
        .map((n) => n.number)
    expect((await of('zh')).slice(0, 3)).toEqual(['一、', '（一）', '二、'])
    expect((await of('en')).slice(0, 3)).toEqual(['1', '1.1', '2'])
  })

  it('does without boundaries, previous year, parameters and regions', async () => {
    const account: Account = {
      ...sampleAccount(),
      boundaries: [],
      parameters: [],
      prices: [],
      findings: [],
      sources: [],
      fitness: [],
    }
    const doc = await accountDocument(account, { lang: 'zh' })
    expect(doc.blocks.some((b) => b.kind === 'map')).toBe(false)
    expect(allText(doc.blocks)).toContain('没有提供上年账户')
  })
})

describe('change since last year', () => {
  const chapter = async (now: Account, before: Account, lang: 'zh' | 'en' = 'zh') => {
    const doc = await accountDocument(now, { lang, classes: SAMPLE_CLASSES, previous: before })
    const at = (title: string) => doc.blocks.findIndex((b) => b.kind === 'heading' && b.level === 1 && b.text === title)
    const [from, to] =
      lang === 'zh' ? ['与上年相比', '检核与未决事项'] : ['Change since last year', 'Checks and open items']
    return { doc, blocks: doc.blocks.slice(at(from!), at(to!)) }
  }
  const column = (t: TableBlock, title: string) => t.columns.findIndex((c) => c.title === title)

  it('prints effects that add up to the change, and growth at constant prices', async () => {
    const { doc, blocks } = await chapter(sampleAccount(), sampleAccount({ year: 2023 }))
    const [effects, constant] = tables({ ...doc, blocks })
    const total = effects!.rows.at(-1)!.cells.map((c) => Number(c.text.replaceAll(',', '')))
    expect(effects!.columns.map((c) => c.title)).toEqual(['服务', '上年', '本年', '变化', '数量', '价格', '共同'])
    expect(total[4]! + total[5]! + total[6]!).toBeCloseTo(total[3]!, 1)
    const sum = constant!.rows.at(-1)!.cells
    const [before, now] = [1, 2].map((i) => Number(sum[i]!.text.replaceAll(',', '')))
    expect(Number(sum[column(constant!, '增速')]!.text)).toBeCloseTo((now! / before! - 1) * 100, 0)
    expect(allText(blocks)).toMatch(/按 2020 年不变价，GEP 比上年变化 \+\d/)
    expect(allText(blocks)).not.toContain('为什么不列增长率')
  })

  it('says why growth is refused, and calls a change across methods neither quantity nor price', async () => {
    const before = sampleAccount({ year: 2023, waterMethod: 'R1.budyko' })
    const { doc, blocks } = await chapter(sampleAccount(), before)
    const text = allText(blocks)
    expect(text).toContain('为什么不列增长率')
    expect(text).toContain('两年的方法不同，不能计算增长')
    expect(text).toContain('请用同一方法和参数重算上一年')
    expect(text).not.toContain('增速')
    const [effects] = tables({ ...doc, blocks })
    const water = effects!.rows.find((r) => r.cells[0]!.text === '水源涵养')!.cells
    expect(water[column(effects!, '方法或参数')]!.text).toBe(water[column(effects!, '变化')]!.text)
    expect(water[column(effects!, '数量')]!.text).toBe('0.00')
    expect(allText((await chapter(sampleAccount(), before, 'en')).blocks)).toContain('Why no growth is stated')
  })

  it('compares nothing with an account of another region', async () => {
    const was = sampleAccount({ year: 2023 })
    const other = { ...was, head: { ...was.head, region: '990101' } }
    const { doc, blocks } = await chapter(sampleAccount(), other)
    expect(tables({ ...doc, blocks })).toEqual([])
    expect(allText(blocks)).toContain('两份核算的地区不同')
  })
})
