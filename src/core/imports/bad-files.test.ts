// Files as people bring them: formulas, merged cells, headings that stand twice, wrong types, long texts, lost digits, totals, notes.
// Each has its answer with its cell, and nothing is left out in silence. A long file is read a row at a time.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { counted } from '../../../test/record-house.fixture.ts'
import { dec } from '../../kernel/index.ts'
import {
  readSheets,
  streamSheets,
  writeCsv,
  writeWorkbook,
  writeZip,
  type CellSpec,
} from '../exchange-formats/index.ts'
import { identityMigrations } from '../identity/index.ts'
import { indicatorMigrations } from '../indicators/index.ts'
import { ledgerMigrations } from '../ledger/index.ts'
import { recordMigrations } from '../record/index.ts'
import { openTestStore, type TestStore } from '../store/fresh-store.fixture.ts'
import { sql } from '../store/index.ts'
import {
  exportRows,
  importsMigrations,
  previewImport,
  stageImport,
  type ImportWorld,
  type Preview,
  type Wish,
} from './index.ts'
import { csv, HEAD, ROWS, villagerMigrations, villagersImport, workbook } from './imports.fixture.ts'

describe('files as they come', () => {
  let store: TestStore
  let world: ImportWorld
  const files = new Map<string, Uint8Array>()

  beforeAll(async () => {
    store = await openTestStore('pglite', [
      ...ledgerMigrations,
      ...indicatorMigrations,
      ...recordMigrations,
      ...identityMigrations,
      ...importsMigrations,
      ...villagerMigrations,
    ])
    await store.empty()
    world = { store, readFile: (h) => Promise.resolve(files.get(h)), key: counted('key')(32) }
  })
  afterAll(() => store.close())

  const wish = (bytes: Uint8Array, fileName: string, more: Partial<Wish> = {}): Wish => {
    const file = createHash('sha256').update(bytes).digest('hex')
    files.set(file, bytes)
    return { file, fileName, place: '430725', ...more }
  }
  const look = (bytes: Uint8Array, fileName = '农户.xlsx', more: Partial<Wish> = {}): Promise<Preview> =>
    previewImport(world, villagersImport, wish(bytes, fileName, more))
  const book = (rows: readonly (readonly (CellSpec | string | undefined)[])[], head?: readonly string[]) =>
    workbook(rows, head)
  /** Code of a finding and the cell of its first. */
  const cells = (p: Preview): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(p.findings.map((f) => [f.code, f.first[0]!.at?.cell]))
  const n = (value: number): CellSpec => ({ value })

  test('a result of a formula is taken and told; one without a result is refused at its cell', async () => {
    const p = await look(await book([['000001', '甲户', { value: 4, formula: 'C9+1' }]]))
    expect(cells(p)).toEqual({ 'workbook.formulas-taken': 'C2' })
    expect(p.counts).toMatchObject({ lines: 1, red: 0 })
  })

  test('a cell merged downwards counts for each of its rows and is told; one merged across is refused', async () => {
    const down = await look(
      await book([
        ['000001', { value: '甲户', span: { rows: 2 } }, n(4)],
        ['000002', undefined, n(3)],
      ]),
    )
    expect(cells(down)['imports.merged-cells']).toBeUndefined()
    expect(down.findings.map((f) => f.code)).toEqual(['imports.merged-cells'])
    expect(down.counts).toMatchObject({ lines: 2, red: 0 })
    const across = await look(
      await book([['000001', '乙户', n(4)], [{ value: '第二组', span: { columns: 3 } }], ['000002', '甲户', n(3)]]),
    )
    expect(cells(across)).toMatchObject({ 'imports.merged-across': 'A3' })
  })

  test('a heading that stands twice is never chosen by a guess; naming the column by its letter settles it', async () => {
    const head = ['户号', '户主姓名', '户主姓名', '人数']
    const bytes = csv([['000001', '甲户', '乙户', '4']], head)
    const p = await look(bytes, 'a.csv')
    expect(p.findings.map((f) => f.code)).toContain('imports.heading-twice')
    expect(p.input).toBeUndefined()
    const said = await look(bytes, 'a.csv', { mapping: { name: '#C' } })
    expect(said.counts.red).toBe(0)
    expect(said.mapping['name']).toBe('#C')
  })

  test('a column that is wanted and missing, one mapped twice, one that is none: each is named', async () => {
    const p = await look(csv([['000001', '甲户']], ['户号', '户主姓名']), 'a.csv')
    expect(p.findings.map((f) => f.code)).toEqual(['imports.column-missing'])
    const bytes = csv(ROWS)
    const codesOf = async (mapping: Readonly<Record<string, string>>): Promise<readonly string[]> =>
      (await look(bytes, 'a.csv', { mapping })).findings.map((f) => f.code)
    expect(await codesOf({ people: '户号' })).toContain('imports.mapped-twice')
    expect(await codesOf({ people: '没有' })).toContain('imports.heading-unknown')
    expect(await codesOf({ nobody: '户号' })).toContain('imports.no-such-column')
    expect(await codesOf({ name: '-' })).toContain('imports.column-missing')
  })

  test('wrong types, long texts, dates that are none, words of no choice and lost digits are told at their cells', async () => {
    const p = await look(
      await book([
        ['000001', '长'.repeat(21), n(4)],
        ['000002', '甲户', '四口'],
        ['000003', '甲户', n(4), '二月三十'],
        ['000004', '甲户', n(4), '2020-01-31', '牧户'],
        [{ value: dec('430725199001010000') }, '甲户', n(4)],
        ['000006', '甲户', n(4.5)],
        ['000007', undefined, n(4)],
        ['000001', '甲户', n(4)],
      ]),
    )
    expect(cells(p)).toMatchObject({
      'field.too-long': 'B2',
      'field.wrong-form': 'C3',
      'imports.not-a-date': 'D4',
      'field.not-a-choice': 'E5',
      'imports.digits-lost': 'A6',
      'field.missing': 'B8',
    })
    expect(JSON.stringify(p.findings)).not.toContain('长长长')
  })

  test('numbers typed as codes keep the zeros they are shown with, dates of every writing are one date', async () => {
    const rows = [
      [{ value: 7, format: '000000' }, '甲户', n(1), { value: { date: '2020-02-03' } }],
      ['000008', '甲户', n(1), '2020年2月3日'],
      ['000009', '甲户', n(1), '20200203'],
      ['000010', '甲户', n(1), '2020/2/3'],
    ]
    const s = await stageImport(world, villagersImport, wish(await book(rows), '农户.xlsx'))
    expect(s.findings).toEqual([])
    const stored = await store.query(
      sql`select code, joined::text from test_villager_staged where batch = ${s.batch}::uuid order by line`,
    )
    expect(stored).toEqual(['000007', '000008', '000009', '000010'].map((code) => ({ code, joined: '2020-02-03' })))
  })

  test('titles, a row of units, repeated headings, totals and notes are no data, and what is left out is counted', async () => {
    const bytes = writeCsv([
      ['示范村农户登记表'],
      ['填表日期：2026-01-01'],
      ['户号', '户主姓名', '人数', '面积（亩）'],
      ['000001', '甲户', '4', '1.5'],
      ['户号', '户主姓名', '人数', '面积（亩）'],
      ['000002', '乙户', '3', '2'],
      ['合计', '', '7', '3.5'],
      ['注：面积按确权面积填写'],
    ])
    const s = await stageImport(world, villagersImport, wish(bytes, 'a.csv'))
    expect(s.counts).toEqual({ lines: 2, red: 0, yellow: 2, leftOut: 2 })
    expect(s.findings.map((f) => f.code)).toEqual(['imports.totals-left-out', 'imports.notes-left-out'])
    const areas = await store.query(
      sql`select area::text as area from test_villager_staged where batch = ${s.batch}::uuid order by line`,
    )
    expect(areas).toEqual([{ area: '1.5' }, { area: '2' }])
  })

  test('a row that only looks like numbers of columns is data', async () => {
    const p = await look(
      csv([
        ['100001', '甲', '4'],
        ['100002', '乙', '3'],
      ]),
      'a.csv',
    )
    expect(p.counts.lines).toBe(2)
  })

  test('which of several sheets is asked; hidden ones do not count', async () => {
    const two = await writeWorkbook({
      title: 'x',
      sheets: ['甲村', '乙村'].map((name) => ({
        name,
        rows: [HEAD, ...ROWS].map((r) => r.map((value) => ({ value }))),
      })),
    })
    await expect(look(two)).rejects.toThrow('imports.which-sheet')
    await expect(look(two, '农户.xlsx', { sheet: '丙村' })).rejects.toThrow('imports.no-sheet')
    expect((await look(two, '农户.xlsx', { sheet: '乙村' })).counts.lines).toBe(3)
  })

  test('files that are none, macros, old workbooks and empty tables are refused by what they are', async () => {
    const { bytes: none } = { bytes: new Uint8Array([0, 1, 2, 3]) }
    await expect(look(none, 'a.csv')).rejects.toThrow('delimited.not-text')
    await expect(look(none, 'a.xlsx')).rejects.toThrow('workbook.not-a-workbook')
    await expect(look(writeZip(new Map([['xl/vbaProject.bin', none]])), 'a.xlsx')).rejects.toThrow('workbook.macros')
    await expect(look(new TextEncoder().encode('<html><table>'), 'a.xls')).rejects.toThrow('workbook.disguised')
    expect((await look(csv([]), 'a.csv')).findings.map((f) => f.code)).toContain('imports.no-rows')
    await expect(look(new Uint8Array(0), 'a.csv')).rejects.toThrow('delimited')
    await expect(
      previewImport(
        { ...world, readFile: () => Promise.resolve(undefined) },
        villagersImport,
        wish(csv(ROWS), 'a.csv'),
      ),
    ).rejects.toThrow('imports.file-missing')
  })

  test('a file with one wrong row brings none of its rows', async () => {
    const s = await stageImport(world, villagersImport, wish(csv([...ROWS, ['x', '', '', '', '']]), 'a.csv'))
    expect(s.input).toBeUndefined()
    const left = await store.query(
      sql`select 1 from test_villager_staged where batch = ${s.batch}::uuid
          union all select 1 from personal_value where act = ${s.batch}::uuid`,
    )
    expect(left).toEqual([])
  })

  test('rows read one by one are those of the sheet read whole, with the merged ranges of all', async () => {
    const bytes = await book([
      ['000001', { value: '甲户', span: { rows: 3 } }, n(4)],
      ['000002', undefined, n(3)],
      ['000003', undefined, { value: 5, formula: 'C2+1' }],
      ...Array.from({ length: 300 }, (_, i) => [`9${i}`.padStart(6, '0'), '乙户', n(i)]),
    ])
    const whole = readSheets(bytes, 'a.xlsx').sheets[0]!
    const [stream] = streamSheets(bytes, 'a.xlsx')
    const told: never[] = []
    expect([...stream!.rows(told)]).toEqual([...whole.filledRows()])
    const head = stream!.head()
    expect(head.sheet.merges).toEqual(whole.merges)
    expect(head.about).toBe(304)
    expect(told).toHaveLength(1)
  })

  test('the first rows come before the rest is unpacked', async () => {
    const cell = (v: string): string => `<c t="inlineStr"><is><t>${v}</t></is></c>`
    const row = (i: number): string =>
      `<row>${[String(100_000 + i), `户${(i * 7919) % 10_007}`, '1'].map(cell).join('')}</row>`
    const body = Array.from({ length: 20_000 }, (_, i) => row(i)).join('')
    const rels = (target: string, type: string): string =>
      `<Relationships><Relationship Id="r1" Type="http://x/${type}" Target="${target}"/></Relationships>`
    const parts = {
      '_rels/.rels': rels('xl/workbook.xml', 'officeDocument'),
      'xl/workbook.xml': '<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': rels('worksheets/sheet1.xml', 'worksheet'),
      // It ends in the middle of a tag.
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row>${['户号', '户主姓名', '人数'].map(cell).join('')}</row>${body}<row`,
    }
    const bytes = writeZip(new Map(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)])))
    const rows = streamSheets(bytes, 'a.xlsx')[0]!.rows([])
    for (let i = 1; i <= 1_000; i++) expect((rows.next().value as { readonly row: number }).row).toBe(i)
    expect(() => [...rows]).toThrow('workbook.damaged')
    expect(readSheets(bytes, 'a.xlsx').sheets).toEqual([])
  })

  test('whatever bytes come, they are read or refused by a problem', async () => {
    const right = await book(ROWS)
    const base = csv(ROWS)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(255), fc.boolean(), async (at, byte, xlsx) => {
        const bytes = Uint8Array.from(xlsx ? right : base)
        bytes[at % bytes.length] = byte
        try {
          const p = await look(bytes, xlsx ? 'a.xlsx' : 'a.csv')
          expect(p.counts.lines).toBeGreaterThanOrEqual(0)
        } catch (e) {
          expect((e as Error).name).toBe('ProblemError')
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a long file is filled in by and by, progress is told, and what is wrong in all of it is one finding', async () => {
    const LINES = 6_000
    const rows = Array.from({ length: LINES }, (_, i) => [
      String(100_000 + i),
      `示范户${i % 97}`,
      String(i % 9),
      '',
      '',
    ])
    const bytes = csv(rows)
    const told: number[] = []
    let most = 0
    const s = await stageImport(world, villagersImport, wish(bytes, 'a.csv'), (done, about) => {
      told.push(done / about)
      most = Math.max(most, done)
    })
    expect(s.counts).toEqual({ lines: LINES, red: 0, yellow: 0, leftOut: 0 })
    expect(told.length).toBeGreaterThan(LINES / 1000)
    expect([...told]).toEqual([...told].sort((a, b) => a - b))
    expect([most, told.at(-1)]).toEqual([LINES, 1])
    const [stored] = await store.query<{ n: number }>(
      sql`select count(*)::int4 as n from test_villager_staged where batch = ${s.batch}::uuid`,
    )
    expect(stored!.n).toBe(LINES)
    const wrong = await look(csv(rows.map(([code, name]) => [code!, name!, 'x', '', ''])), 'a.csv')
    expect(wrong.findings.map((f) => [f.code, f.count, f.first.length])).toEqual([['field.wrong-form', LINES, 20]])
  })

  test('one way out: the same rows as workbook, text and JSON, and no text becomes a formula', async () => {
    const columns = [
      { name: 'code', title: { zh: '户号', en: 'Code' }, kind: 'text' as const },
      { name: 'people', title: { zh: '人数', en: 'People' }, kind: 'integer' as const, unit: '人' },
    ]
    const rows = [{ code: '=HYPERLINK("x")', people: 4, hidden: 'x' }, { code: '000002' }]
    const given = { name: '农户', columns, rows, lang: 'zh' as const }
    const [xlsx, text, json] = await Promise.all((['xlsx', 'csv', 'json'] as const).map((f) => exportRows(given, f)))
    expect(JSON.parse(new TextDecoder().decode(json!.bytes))).toEqual([
      { code: '=HYPERLINK("x")', people: 4 },
      { code: '000002' },
    ])
    const back = readSheets(xlsx!.bytes, 'a.xlsx').sheets[0]!
    expect(back.cell(1, 2)!.text).toBe('人数 (人)')
    expect(back.cell(2, 1)!.formula).toBeUndefined()
    expect(readSheets(text!.bytes, 'a.csv').sheets[0]!.cell(3, 1)!.text).toBe('000002')
    expect(new TextDecoder().decode(json!.bytes)).not.toContain('hidden')
  })
})
