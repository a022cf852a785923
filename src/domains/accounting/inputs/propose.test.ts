import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sameUnit, unit } from '../../../kernel/index.ts'
import type { Binding } from '../input-list.ts'
import { findColumn } from './columns.ts'
import { proposeList, type Proposal } from './propose.ts'
import { readFacts } from './read-facts.ts'
import { openSources, type Sources } from './sources.ts'
import { makeTestFolders, type TestFolder, type Truth } from './test-folders.fixture.ts'
import { ECOSYSTEM_TYPES, workbook } from './workbook.fixture.ts'

let root = ''
let folders: readonly TestFolder[] = []
const proposals = new Map<string, Proposal>()
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'propose-'))
  folders = await makeTestFolders(root)
  for (const f of folders) proposals.set(f.name, proposeList(f.folder, { classification: ECOSYSTEM_TYPES }))
})
afterAll(() => rm(root, { recursive: true }))

async function propose(name: string, sheets: Parameters<typeof workbook>[0]): Promise<Proposal> {
  const folder = await mkdtemp(join(root, `${name}-`))
  await writeFile(join(folder, 'a.xlsx'), await workbook(sheets))
  return proposeList(folder, { classification: ECOSYSTEM_TYPES })
}

/** Column letter of a binding, looked up in its own table. */
function letterOf(b: Binding, sources: Sources): string {
  const sheet = sources.sheet(b.file, b.sheet)
  if ('code' in sheet) return '?'
  const found = findColumn(sources.table(sheet, b.header), b.column)
  return 'severity' in found ? '?' : found.column
}

const dim = (of: Binding['region'] | Binding['class'] | Binding['item']): string | undefined =>
  of === undefined ? undefined : 'column' in of ? '*' : 'code' in of ? of.code : of.name

function agrees(b: Binding, t: Truth, sources: Sources): boolean {
  return (
    b.argument === t.argument &&
    b.file === t.file &&
    b.sheet === t.sheet &&
    letterOf(b, sources) === t.column &&
    b.where?.is === t.where &&
    sameUnit(unit(b.unit), unit(t.unit)) &&
    dim(b.class) === t.class &&
    dim(b.item) === t.item &&
    dim(b.region) === t.region
  )
}

function score(f: TestFolder): {
  right: number
  of: number
  silentlyWrong: readonly string[]
  missed: readonly string[]
} {
  const sources = openSources(f.folder)
  const { list } = proposals.get(f.name)!
  const missed = f.truth.filter((t) => !list.arguments.some((b) => agrees(b, t, sources)))
  const wrong = list.arguments.filter((b) => !b.question && !f.truth.some((t) => agrees(b, t, sources)))
  return {
    right: f.truth.length - missed.length,
    of: f.truth.length,
    silentlyWrong: wrong.map((b) => JSON.stringify(b)),
    missed: missed.map((t) => JSON.stringify(t)),
  }
}

describe('a proposal', () => {
  it('places at least nine of ten arguments right over the six folders, and none wrong without a question', () => {
    const scores = folders.map((f) => ({ name: f.name, ...score(f) }))
    const told = scores
      .map(
        (s) =>
          `${s.name}: ${s.right}/${s.of}\n  ${[...s.silentlyWrong.map((w) => `WRONG ${w}`), ...s.missed].join('\n  ')}`,
      )
      .join('\n')
    expect(
      scores.flatMap((s) => s.silentlyWrong),
      told,
    ).toEqual([])
    const [right, of] = [scores.reduce((n, s) => n + s.right, 0), scores.reduce((n, s) => n + s.of, 0)]
    expect(right / of, told).toBeGreaterThanOrEqual(0.9)
    for (const s of scores) expect(s.right / s.of, told).toBeGreaterThanOrEqual(0.8)
  })

  it('asks little where headings are tidy: nine of ten placements are sure in the Chinese and English workbooks', () => {
    for (const name of ['a 规整中文', 'b English']) {
      // An amount without items always asks whether it is the whole.
      const all = proposals.get(name)!.list.arguments.filter((b) => dim(b.item) !== '全域')
      const asked = all.filter((b) => b.question).map((b) => `${b.argument}: ${b.question!.zh}`)
      expect(1 - asked.length / all.length, `${name}\n${asked.join('\n')}`).toBeGreaterThanOrEqual(0.9)
    }
  })

  it('names an amount without items 全域 and asks; a factor without items holds for all and gets none', async () => {
    const p = await propose('whole', {
      S: [
        ['指标', '数值', '单位'],
        ['旅游人次', 512, '万人次'],
        ['自然贡献率', 62, '%'],
      ],
    })
    expect(p.list.arguments.map((b) => [b.argument, b.item, b.question === undefined])).toEqual([
      ['visits', { name: '全域' }, false],
      ['nature-share', undefined, true],
    ])
  })

  it('reads headings such as 水田转城镇 as land that changed: to the class, from the item', async () => {
    const p = await propose('moved', {
      S: [
        ['2022年地类转移面积'],
        ['县', '农田转城镇（亩）', '草地→森林（亩）'],
        ['吉首市', 120, 30],
        ['泸溪县', 80, 16],
      ],
    })
    expect(p.list.arguments.map((b) => [b.argument, b.column, b.unit, b.class, b.item, b.question])).toEqual([
      ['area.transition', '农田转城镇', '亩', { code: 'urban' }, { name: 'farm' }, undefined],
      ['area.transition', '草地→森林', '亩', { code: 'forest' }, { name: 'grass' }, undefined],
    ])
  })

  it('reads a price sheet row by row, products by their own price, and takes 基准 for no item', async () => {
    const p = await propose('prices', {
      S: [
        ['价格项目', '单价', '单位', '基准', '年份'],
        ['碳价', 58.2, '元/tCO2', '市场价', 2020],
        ['碳价', 63.1, '元/tCO2', '市场价', 2022],
        ['草地病虫害防治成本', 112.5, '元/hm²', '治理成本', 2022],
        ['工业水价', 3.6, '元/m³', '市场价', 2022],
        ['稻谷', 2680, '元/t', '市场价', 2022],
        ['电价', 0.588, '元/kWh', '市场价', 2022],
      ],
    })
    expect(p.list.arguments.map((b) => [b.argument, b.where?.is, b.class, b.item, b.question])).toEqual([
      ['price.carbon', '碳价', undefined, undefined, undefined],
      ['price.pest', '草地病虫害防治成本', { code: 'grass' }, undefined, undefined],
      ['price.water-use', '工业水价', undefined, { name: 'industrial' }, undefined],
      ['product-price', '稻谷', undefined, { name: '稻谷' }, undefined],
      ['price.electricity', '电价', undefined, undefined, undefined],
    ])
    expect(p.list.arguments.every((b) => typeof b.year === 'object' && b.year.column === '年份')).toBe(true)
  })

  it('gives a ground in both languages for every guess', () => {
    for (const p of proposals.values())
      for (const b of p.list.arguments) expect([b.ground?.zh, b.ground?.en].every((t) => t && t.length > 3)).toBe(true)
  })

  it('is the same each time', () => {
    for (const f of folders)
      expect(proposeList(f.folder, { classification: ECOSYSTEM_TYPES })).toEqual(proposals.get(f.name))
  })

  it('takes the latest year that headings and names speak of', () => {
    for (const f of folders) expect([f.name, proposals.get(f.name)!.list.year]).toEqual([f.name, f.year])
    const c = proposals.get('c 无意义的名称')!
    expect(c.questions.map((q) => q.about)).toContain('year')
  })

  it('finds the region list, the boundaries and their code', () => {
    const f = proposals.get('f 两种坐标系的图与宽表')!
    expect(f.list.region.code).toBe('433100')
    expect(f.list.regions).toEqual({ file: '行政区划.xlsx', sheet: '地区', code: '代码', name: '名称', parent: '上级' })
    expect(f.list.boundaries).toEqual({ file: '县界.geojson', code: 'PAC' })
    expect(proposals.get('c 无意义的名称')!.list.regions).toMatchObject({
      file: 'f.xlsx',
      code: '列1',
      name: '列2',
      parent: '列3',
    })
  })

  it('tells coordinate system, grid, classes and range of each map, and what it may hold', () => {
    const f = folders.find((x) => x.maps.length > 0)!
    const { maps, list } = proposals.get(f.name)!
    expect(maps.map((m) => [m.file, m.crs.zh.split(' ')[0], m.binding?.argument])).toEqual(
      f.maps.map((m) => [m.file, m.crs, m.argument]),
    )
    expect(maps[1]).toMatchObject({
      crosswalk: 'cas',
      classes: [11, 12, 21, 22, 31, 42, 51],
      grid: { width: 40, height: 30 },
    })
    expect(maps.every((m) => m.binding?.question)).toBe(true)
    const listed = list.arguments.filter((b) => b.file.endsWith('.tif'))
    expect(listed).toEqual(maps.map((m) => m.binding))
    expect(listed.find((b) => b.argument === 'land-cover')!.class).toEqual({ column: 'band 1', crosswalk: 'cas' })
  })

  it('leaves out what no argument asks for, and says why', () => {
    const e = proposals.get('e 单位陷阱')!
    const why = e.unplaced.filter((u) => /气温/.test(u.column ?? ''))
    expect(why).toHaveLength(3)
    expect(e.list.arguments.some((b) => b.argument === 'cooling-days')).toBe(false)
    const a = proposals.get('a 规整中文')!
    expect(a.unplaced.map((u) => u.column)).toEqual(
      expect.arrayContaining(['C4 粮食播种面积', 'C16 居民人均可支配收入']),
    )
  })

  it('names the services that stay empty, and for want of what', () => {
    const needs = [
      { service: 'R1', method: 'R1.water-balance', arguments: ['area', 'precipitation', 'evapotranspiration'] },
      { service: 'R3', method: 'R3.reported', arguments: ['sand-fixed'] },
      { service: 'R3', method: 'R3.rweq', arguments: ['area', 'sand-fixed', 'npp'] },
    ]
    const p = proposeList(folders[0]!.folder, { classification: ECOSYSTEM_TYPES, needs })
    expect(p.emptyServices).toEqual([{ service: 'R3', method: 'R3.reported', missing: ['sand-fixed'] }])
  })

  it('reads back into facts without red problems once accepted, in the tidy folders', () => {
    for (const name of ['a 规整中文', 'b English', 'd GBK', 'f 两种坐标系的图与宽表']) {
      const f = folders.find((x) => x.name === name)!
      const read = readFacts(f.folder, proposals.get(name)!.list, { classification: ECOSYSTEM_TYPES })
      expect(read.problems.filter((p) => p.severity === 'red').map((p) => [p.code, p.at, p.zh])).toEqual([])
      expect(read.facts.length).toBeGreaterThan(20)
    }
  })

  it('asks where two places hold the same thing', async () => {
    const folder = await mkdtemp(join(root, 'two-'))
    const sheet = {
      S: [
        ['类型', '面积（km²）'],
        ['森林', 100],
        ['草地', 200],
      ],
    }
    await writeFile(join(folder, 'a.xlsx'), await workbook(sheet))
    await writeFile(join(folder, 'b.xlsx'), await workbook(sheet))
    const p = proposeList(folder, { classification: ECOSYSTEM_TYPES })
    expect(p.list.arguments.map((b) => [b.argument, b.file])).toEqual([['area', 'a.xlsx']])
    expect(p.list.arguments[0]!.question!.zh).toContain('b.xlsx')
    expect(p.unplaced.map((u) => u.file)).toEqual(['b.xlsx'])
  })
})
