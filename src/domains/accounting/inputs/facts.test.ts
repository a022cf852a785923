import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zipSync, strToU8, unzipSync } from 'fflate'
import { decText } from '../../../kernel/index.ts'
import type { Binding, InputList } from '../input-list.ts'
import { readFacts, type ReadFacts } from './read-facts.ts'
import { ECOSYSTEM_TYPES, workbook, type Cell } from './workbook.fixture.ts'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'facts-'))))
afterEach(() => rm(folder, { recursive: true }))

const list = (args: readonly Binding[], more: Partial<InputList> = {}): InputList => ({
  qingshan: 'account/1',
  title: { zh: '甲县', en: 'A' },
  year: 2022,
  priceYear: 2022,
  set: '481-2022',
  status: 'trial',
  region: { code: '433100', name: { zh: '甲州', en: 'A' } },
  arguments: args,
  ...more,
})
const AREA: Binding = { argument: 'area', file: 'a.xlsx', column: '面积', class: { column: '类型' }, unit: 'km2' }
const REGIONS = { file: 'r.xlsx', code: '代码', name: '名称', parent: '上级' }

async function put(name: string, sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<void> {
  await writeFile(join(folder, name), await workbook(sheets))
}
const read = (l: InputList): ReadFacts => readFacts(folder, l, { classification: ECOSYSTEM_TYPES })
const codes = (r: ReadFacts): readonly string[] => r.problems.map((p) => p.code)
const values = (r: ReadFacts): readonly string[] =>
  r.facts.map((f) => `${f.id} ${decText(f.quantity.value)} ${f.quantity.unit.text}`)
const areas = (...rows: (readonly Cell[])[]): Readonly<Record<string, readonly (readonly Cell[])[]>> => ({
  面积: [['类型', '面积'], ...rows],
})
const found = (r: ReadFacts, code: string): unknown => {
  const p = r.problems.find((x) => x.code === code)
  return p && [p.severity, p.at]
}
const at = (cell: string, sheet = '面积', file = 'a.xlsx'): unknown => ({ file, sheet, cell })

describe('reading facts', () => {
  it('keeps digits, unit and cell of every number, sorted by id', async () => {
    await put('a.xlsx', areas(['森林', 12.3], ['草地', 0.1], ['合计', 12.4]))
    const r = read(list([AREA]))
    expect(values(r)).toEqual(['area|433100|forest|-|2022 12.3 km2', 'area|433100|grass|-|2022 0.1 km2'])
    expect(r.problems).toEqual([])
    expect(r.facts[0]!.origin).toMatchObject({ file: 'a.xlsx', sheet: '面积', cell: 'B2' })
    expect(r.facts[0]!.origin.sha256).toBe(r.sources[0]!.sha256)
    expect([r.facts[0]!.typed, r.facts[0]!.mark]).toEqual(['12.3', 'reported'])
  })

  it('reads sheets of the form 指标 | 单位 | 数值 by their rows', async () => {
    await put('a.xlsx', {
      指标: [
        ['指标', '单位', '数值'],
        ['常住人口', '万人', 120.5],
        ['地区生产总值', '亿元', 800],
      ],
    })
    const by = (argument: string, is: string, unit: string): Binding => ({
      argument,
      file: 'a.xlsx',
      column: '数值',
      where: { column: '指标', is },
      unit,
    })
    const r = read(list([by('population', '常住人口', '万人'), by('gdp', '地区生产总值', '亿元')]))
    expect(values(r)).toEqual(['gdp|433100|-|-|2022 800 亿元', 'population|433100|-|-|2022 120.5 万人'])
    expect(found(read(list([by('gdp', '地区生产总值', '万元')])), 'input.unit-mismatch')).toEqual([
      'red',
      at('B3', '指标'),
    ])
  })

  it('takes region, item, year, mark and source from columns', async () => {
    await put('r.xlsx', {
      S: [
        ['代码', '名称', '上级'],
        ['433101', '吉首市', '433100'],
        ['433122', '泸溪县', '433100'],
      ],
    })
    await put('a.xlsx', {
      排放: [
        ['县', '污染物', '年份', '排放量(t)', '标记', '来源'],
        ['吉首', '二氧化硫', '2022年', 10.5, '已确认', '公报'],
        ['433122', 'COD', 2022, 3, 'B', ''],
        ['泸溪县', '二氧化硫', 2021, 9, '', ''],
      ],
    })
    const b: Binding = {
      argument: 'air-emission',
      file: 'a.xlsx',
      column: '排放量',
      region: { column: '县' },
      item: { column: '污染物' },
      year: { column: '年份' },
      mark: { column: '标记' },
      source: { column: '来源' },
      unit: 't',
    }
    const r = read(list([b], { regions: REGIONS }))
    expect(r.regions.map((x) => x.code)).toEqual(['433100', '433101', '433122'])
    expect(r.facts.map((f) => [f.id, f.mark, f.source])).toEqual([
      ['air-emission|433101|-|SO2|2022', 'confirmed', '公报'],
    ])
    expect(found(r, 'input.unknown-item')).toEqual(['red', at('B3', '排放')])
  })

  it('finds a column under merged headings and by its letter', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', { value: '面积（km²）', span: { columns: 2 } }],
        [undefined, '2021年', '2022年'],
        ['森林', 1, 2],
        ['草地', 3, 4],
      ],
    })
    expect(values(read(list([{ ...AREA, column: '2022年' }])))).toEqual([
      'area|433100|forest|-|2022 2 km2',
      'area|433100|grass|-|2022 4 km2',
    ])
    expect(values(read(list([{ ...AREA, column: 'B' }])))[0]).toBe('area|433100|forest|-|2022 1 km2')
    expect(codes(read(list([{ ...AREA, column: 'B', unit: 'hm2' }])))).toEqual(['input.unit-mismatch'])
  })

  it('reads a fall-back as the account year’s value and tells its age', async () => {
    await put('a.xlsx', areas(['森林', 5]))
    const r = read(list([{ ...AREA, fallback: { kind: 'neighbour-year', year: 2019, reason: '当年未调查' } }]))
    expect(r.facts[0]).toMatchObject({ year: 2022, fallback: { year: 2019 } })
    expect(r.problems.map((p) => [p.code, p.severity, p.values['age']])).toEqual([['input.fallback', 'yellow', 3]])
  })

  it('leaves out what is missing and says where, never as nought', async () => {
    await put('a.xlsx', areas(['森林', 5], ['草地', '—'], ['湿地', undefined]))
    const r = read(list([AREA]))
    expect(r.facts).toHaveLength(1)
    expect(r.problems.map((p) => [p.code, p.at?.cell])).toEqual([
      ['input.missing-value', 'B3'],
      ['input.missing-value', 'B4'],
    ])
  })
})

describe('bad input', () => {
  it('names a missing file, sheet or column, and what is there instead', async () => {
    await put('a.xlsx', areas(['森林', 5]))
    expect(codes(read(list([{ ...AREA, file: 'b.xlsx' }])))).toEqual(['folder.file-missing'])
    expect(codes(read(list([{ ...AREA, sheet: '表2' }])))).toEqual(['input.missing-sheet'])
    const r = read(list([{ ...AREA, column: '产量' }]))
    expect(codes(r)).toEqual(['input.missing-column'])
    expect(r.problems[0]!.hint.zh).toContain('B 面积')
  })

  it('names the cell of a class that maps to nothing', async () => {
    await put('a.xlsx', areas(['森林', 5], ['云海', 1]))
    expect(found(read(list([AREA])), 'input.unmapped-class')).toEqual(['red', at('A3')])
  })

  it('maps what land was before like what it became: by name, code or crosswalk, in a column or in the list', async () => {
    const moved: Binding = {
      argument: 'area.transition',
      file: 'a.xlsx',
      column: '面积',
      class: { column: '现类型' },
      item: { column: '原类型' },
      unit: 'km2',
    }
    const sheet = (...rows: (readonly Cell[])[]) => put('a.xlsx', { 转移: [['原类型', '现类型', '面积'], ...rows] })
    await sheet(['农田', '城镇', 3], ['草地', '森林', 2])
    const ids = (b: Binding) => read(list([b])).facts.map((f) => f.id)
    expect(ids(moved)).toEqual(['area.transition|433100|forest|grass|2022', 'area.transition|433100|urban|farm|2022'])
    const named = { ...moved, where: { column: '原类型', is: '农田' }, item: { name: '农田' } }
    expect(ids(named)).toEqual(['area.transition|433100|urban|farm|2022'])
    await sheet(['云海', '城镇', 3], ['', '森林', 2])
    const bad = read(list([moved]))
    expect(bad.problems.map((p) => [p.code, p.severity, p.at])).toEqual([
      ['input.unmapped-class', 'red', at('A2', '转移')],
      ['input.empty-key', 'red', at('A3', '转移')],
    ])
    await sheet(['0403', '0301', 3])
    const survey = { ...moved, class: { column: '现类型', crosswalk: 'gbt-21010' } }
    expect(read(list([survey])).facts.map((f) => [f.class, f.item])).toEqual([['forest', 'grass']])
  })

  it('maps land survey codes only through the crosswalk that is named', async () => {
    await put('a.xlsx', areas(['0301', 5], ['0403', 1]))
    expect(codes(read(list([AREA])))).toEqual(['input.unmapped-class', 'input.unmapped-class'])
    const named: Binding = { ...AREA, class: { column: '类型', crosswalk: 'gbt-21010' } }
    expect(values(read(list([named])))[1]).toBe('area|433100|grass|-|2022 1 km2')
    const unknown: Binding = { ...AREA, class: { column: '类型', crosswalk: 'x' } }
    expect(codes(read(list([unknown])))).toContain('input.unknown-crosswalk')
  })

  const cover: Binding = {
    argument: 'vegetation-cover',
    file: 'a.xlsx',
    column: '覆盖度',
    class: { column: '类型' },
    unit: '%',
  }
  it('refuses fractions in a column of percentages, and percentages in a column of fractions', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', '覆盖度'],
        ['森林', 0.75],
        ['草地', 0.4],
      ],
    })
    expect(found(read(list([cover])), 'input.fraction-as-percent')).toEqual(['red', at('B2')])
    expect(codes(read(list([{ ...cover, unit: '1' }])))).toEqual([])
    await put('a.xlsx', {
      面积: [
        ['类型', '覆盖度'],
        ['森林', 75],
        ['草地', 40],
      ],
    })
    expect(found(read(list([{ ...cover, unit: '1' }])), 'input.percent-as-fraction')).toEqual(['red', at('B2')])
    expect(codes(read(list([cover])))).toEqual([])
  })

  it('reads a percent format as the reader sees it', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', '覆盖度'],
        ['森林', { value: 0.75, format: '0%' }],
        ['草地', { value: 0.4, format: '0%' }],
      ],
    })
    expect(values(read(list([cover])))[0]).toMatch(/ 75 %$/)
    expect(values(read(list([{ ...cover, unit: '1' }])))[0]).toMatch(/ 0.75 1$/)
    await put('a.xlsx', areas(['森林', { value: 0.75, format: '0%' }]))
    expect(found(read(list([AREA])), 'input.percent-format')).toEqual(['red', at('B2')])
  })

  it('asks where percentages that may be small are all below one', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', '有机碳'],
        ['森林', 0.8],
      ],
    })
    const b: Binding = {
      argument: 'soil-organic-carbon',
      file: 'a.xlsx',
      column: '有机碳',
      class: { column: '类型' },
      unit: '%',
    }
    expect(found(read(list([b])), 'input.maybe-fraction')).toEqual(['yellow', at('B2')])
  })

  it('names the cell of text where a number belongs', async () => {
    await put('a.xlsx', areas(['森林', '约5'], ['草地', 1]))
    expect(found(read(list([AREA])), 'table.text-in-number-cell')).toEqual(['red', at('B2')])
  })

  it('refuses a heading merged over two columns of numbers', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', { value: '面积', span: { columns: 2 } }],
        ['森林', 1, 2],
        ['草地', 1, 2],
      ],
    })
    expect(codes(read(list([AREA])))).toContain('input.ambiguous-column')
    const letter = read(list([{ ...AREA, column: 'B' }]))
    expect(letter.problems.map((p) => [p.code, p.severity])).toContainEqual(['table.merged-heading', 'red'])
  })

  it('refuses a unit that differs from the printed one, in the heading or above the table', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', '面积（公顷）'],
        ['森林', 5],
      ],
    })
    expect(found(read(list([AREA])), 'input.unit-mismatch')).toEqual(['red', at('B1')])
    await put('a.xlsx', {
      面积: [
        ['各类面积', '单位：万亩'],
        ['类型', '面积'],
        ['森林', 5],
      ],
    })
    expect(found(read(list([AREA])), 'input.unit-mismatch')).toEqual(['red', at('B1')])
  })

  it('follows the list where the heading is wrong about its own numbers, and asks for a reason', async () => {
    const b: Binding = {
      argument: 'precipitation',
      file: 'a.xlsx',
      column: 'B',
      class: { column: '类型' },
      unit: '0.1mm',
    }
    await put('a.xlsx', {
      面积: [
        ['类型', '降水量（mm）'],
        ['森林', 14000],
        ['草地', 13000],
      ],
    })
    expect(found(read(list([b])), 'input.unit-overruled')).toEqual(['yellow', at('B1')])
    await put('a.xlsx', {
      面积: [
        ['类型', '降水量（mm）'],
        ['森林', 1400],
        ['草地', 1300],
      ],
    })
    expect(found(read(list([b])), 'input.unit-mismatch')).toEqual(['red', at('B1')])
  })

  it('names both cells of a county, or a class, given twice, and takes neither', async () => {
    await put('a.xlsx', areas(['森林', 5], ['林地', 6], ['草地', 1]))
    const r = read(list([AREA]))
    const p = r.problems.find((x) => x.code === 'input.duplicate')!
    expect([p.values['first'], p.values['second']]).toEqual(['a.xlsx › 面积 › B2', 'a.xlsx › 面积 › B3'])
    expect(r.facts.map((f) => f.class)).toEqual(['grass'])
    await put('r.xlsx', {
      S: [
        ['代码', '名称', '上级'],
        ['433101', '甲县', ''],
        ['433101', '乙县', ''],
      ],
    })
    expect(found(read(list([], { regions: REGIONS })), 'region.duplicate')).toEqual(['red', at('A3', 'S', 'r.xlsx')])
  })

  it('finds unknown parents, circles and unknown names in the region list', async () => {
    await put('r.xlsx', {
      S: [
        ['代码', '名称', '上级'],
        ['433101', '甲县', '433100'],
        ['433102', '乙县', '999'],
        ['433103', '丙县', '433104'],
        ['433104', '丁县', '433103'],
      ],
    })
    const r = read(list([], { regions: REGIONS }))
    expect(found(r, 'region.unknown-parent')).toEqual(['red', at('A3', 'S', 'r.xlsx')])
    expect(found(r, 'region.cycle')).toEqual(['red', at('A4', 'S', 'r.xlsx')])
    await put('a.xlsx', {
      面积: [
        ['县', '面积'],
        ['戊县', 1],
      ],
    })
    const unknown = read(
      list([{ argument: 'area', file: 'a.xlsx', column: '面积', region: { column: '县' }, unit: 'km2' }], {
        regions: REGIONS,
      }),
    )
    expect(found(unknown, 'input.unknown-region')).toEqual(['red', at('A2')])
  })

  it('keeps the parts where the whole is given too and agrees, and refuses both where it does not', async () => {
    await put('r.xlsx', {
      S: [
        ['代码', '名称', '上级'],
        ['433101', '甲县', '433100'],
        ['433102', '乙县', '433100'],
      ],
    })
    const b: Binding = {
      argument: 'population',
      file: 'a.xlsx',
      column: '人口',
      region: { column: '县' },
      unit: '万人',
    }
    await put('a.xlsx', {
      面积: [
        ['县', '人口'],
        ['甲州', 3],
        ['甲县', 1.2],
        ['乙县', 1.8],
      ],
    })
    const equal = read(list([b], { regions: REGIONS }))
    expect(equal.facts.map((f) => f.region)).toEqual(['433101', '433102'])
    expect(found(equal, 'input.parent-set-aside')).toEqual(['yellow', at('B2')])
    await put('a.xlsx', {
      面积: [
        ['县', '人口'],
        ['甲州', 5],
        ['甲县', 1.2],
        ['乙县', 1.8],
      ],
    })
    expect(found(read(list([b], { regions: REGIONS })), 'input.parent-and-children')).toEqual(['red', at('B2')])
  })

  it('asks about a value outside the usual range, with its cell', async () => {
    await put('a.xlsx', {
      面积: [
        ['类型', '降水量'],
        ['森林', 14000],
      ],
    })
    const b: Binding = {
      argument: 'precipitation',
      file: 'a.xlsx',
      column: '降水量',
      class: { column: '类型' },
      unit: 'mm',
    }
    expect(found(read(list([b])), 'input.out-of-range')).toEqual(['yellow', at('B2')])
  })

  it('asks where the total line is not the sum of the rows', async () => {
    await put('a.xlsx', areas(['森林', 12.3], ['草地', 0.1], ['合计', 15]))
    expect(found(read(list([AREA])), 'input.total-differs')).toEqual(['yellow', at('B4')])
  })

  it('refuses a formula without a stored result and tells of formulas taken as values', async () => {
    await put('a.xlsx', areas(['森林', { formula: 'SUM(D1:D2)', value: 7 }], ['草地', 1]))
    expect(codes(read(list([AREA])))).toContain('workbook.formulas-taken')
    const parts = unzipSync(await workbook(areas(['森林', { formula: 'SUM(D1:D2)', value: 7 }], ['草地', 1])))
    const part = Object.keys(parts).find((k) => k.endsWith('sheet1.xml'))!
    parts[part] = strToU8(new TextDecoder().decode(parts[part]).replace('<v>7</v>', ''))
    await writeFile(join(folder, 'a.xlsx'), zipSync(parts))
    expect(found(read(list([AREA])), 'workbook.formula-without-value')).toEqual(['red', at('B2')])
  })

  it('gives a workbook with macros or a password its own problem', async () => {
    const parts = unzipSync(await workbook(areas(['森林', 5])))
    await writeFile(join(folder, 'a.xlsx'), zipSync({ ...parts, 'xl/vbaProject.bin': strToU8('x') }))
    expect(codes(read(list([AREA])))).toContain('workbook.macros')
    const locked = new Uint8Array(4096)
    locked.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    locked.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024)
    await writeFile(join(folder, 'a.xlsx'), locked)
    expect(codes(read(list([AREA])))).toEqual(['workbook.password'])
  })
})

describe('boundaries', () => {
  const square = [
    [
      [110, 28],
      [111, 28],
      [111, 29],
      [110, 28],
    ],
  ]
  const layer = (...codes: (string | undefined)[]): string =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: codes.map((c) => ({
        type: 'Feature',
        properties: { code: c },
        geometry: { type: 'Polygon', coordinates: square },
      })),
    })

  it('are read by the code each feature carries', async () => {
    await writeFile(join(folder, 'b.geojson'), layer('433100', '999', undefined))
    const r = read(list([], { boundaries: { file: 'b.geojson', code: 'code' } }))
    expect(r.boundaries).toEqual([{ region: '433100', polygons: [square] }])
    expect(codes(r)).toEqual(['boundary.unknown-region', 'boundary.no-code'])
  })
})
