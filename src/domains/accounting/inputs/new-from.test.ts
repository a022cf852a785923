import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProblemError } from '../../../kernel/index.ts'
import type { Binding, InputList } from '../input-list.ts'
import { acceptList } from './accept-list.ts'
import { newFrom } from './new-from.ts'
import { proposeList } from './propose.ts'
import { ECOSYSTEM_TYPES, workbook, type Cell } from './workbook.fixture.ts'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'new-'))))
afterEach(() => rm(folder, { recursive: true }))
const put = async (name: string, rows: readonly (readonly Cell[])[]): Promise<void> =>
  writeFile(join(folder, name), await workbook({ 表: rows }))

const area: Binding = {
  argument: 'area',
  file: '面积2021年.xlsx',
  sheet: '表',
  column: '面积',
  class: { column: '类型' },
  unit: 'km2',
}
const people: Binding = {
  argument: 'population',
  file: '人口.xlsx',
  sheet: '表',
  column: '2021年',
  where: { column: '指标', is: '常住人口' },
  unit: '万人',
}
const last: InputList = {
  qingshan: 'account/1',
  title: { zh: '甲州', en: 'A' },
  year: 2021,
  priceYear: 2021,
  set: '481-2022',
  status: 'official',
  region: { code: '433100', name: { zh: '甲州', en: 'A' } },
  accepted: { by: '王', on: '2022-03-01' },
  choices: { 'R9.water.humidifierTerm': 'always' },
  explained: [{ finding: 'input.out-of-range', reason: '去年多雨', by: '王' }],
  arguments: [area, people],
}
const options = { classification: ECOSYSTEM_TYPES }

describe('a list taken over from another', () => {
  it('takes over silently what is found again, follows the year and shows only what changed', async () => {
    await put('面积2022年.xlsx', [
      ['类型', '面积（km²）'],
      ['森林', 100],
    ])
    await put('人口.xlsx', [
      ['指标', '2021年', '2022年'],
      ['常住人口', 210, 211],
    ])
    const { list, kept, changes } = newFrom(last, folder, options)
    expect(list.year).toBe(2022)
    expect(list.arguments).toEqual([
      { ...area, file: '面积2022年.xlsx' },
      { ...people, column: '2022年' },
    ])
    expect(kept).toBe(0)
    expect(changes.map((c) => c.about)).toEqual(['year', 'area', 'population', 'priceYear'])
    const again = newFrom(list, folder, { ...options, year: 2022 })
    expect([again.kept, again.changes]).toEqual([2, []])
  })

  it('is not accepted, and leaves behind what was answered for the old account', async () => {
    await put('面积2022年.xlsx', [
      ['类型', '面积（km²）'],
      ['森林', 100],
    ])
    const { list } = newFrom(last, folder, options)
    expect([list.accepted, list.explained, list.status, list.choices]).toEqual([
      undefined,
      undefined,
      'trial',
      last.choices,
    ])
  })

  it('asks where the unit changed', async () => {
    await put('面积2022年.xlsx', [
      ['类型', '面积（公顷）'],
      ['森林', 100],
    ])
    const { list, changes } = newFrom({ ...last, arguments: [area] }, folder, options)
    expect(list.arguments[0]).toMatchObject({ unit: '公顷' })
    expect(list.arguments[0]!.question!.en).toContain('km2')
    expect(changes.find((c) => c.about === 'area')!.why.zh).toContain('km2 → 公顷')
  })

  it('finds another place by its headings, and asks where there is none', async () => {
    await put('地类.xlsx', [
      ['类型', '生态系统面积（km²）'],
      ['森林', 100],
    ])
    const { list } = newFrom(last, folder, { ...options, year: 2022 })
    expect(list.arguments[0]).toMatchObject({ argument: 'area', file: '地类.xlsx' })
    expect(list.arguments[1]!.question!.zh).toContain('人口.xlsx')
    expect(() => acceptList(list, '王', '2023-03-01')).toThrow(ProblemError)
  })

  it('asks where only the old year’s file is there', async () => {
    await put('面积2021年.xlsx', [
      ['类型', '面积（km²）'],
      ['森林', 100],
    ])
    const { list } = newFrom({ ...last, arguments: [area] }, folder, { ...options, year: 2022 })
    expect(list.arguments[0]).toMatchObject({
      argument: 'area',
      question: { en: 'The file is still the one of 2021. Right?' },
    })
  })

  it('never takes the old year’s column for the new year', async () => {
    await put('人口.xlsx', [
      ['指标', '2021年'],
      ['常住人口', 210],
    ])
    const { list } = newFrom({ ...last, arguments: [people] }, folder, { ...options, year: 2022 })
    expect(list.arguments[0]!.question).toBeDefined()
  })
})

describe('labels that only look like an argument', () => {
  it.each([
    ['人均生产总值', '元', 40_000],
    ['户籍人口', '万人', 250],
    ['城镇常住人口', '万人', 100],
    ['粮食播种面积', '万亩', 300],
    ['造林面积', '万亩', 30],
    ['二氧化碳排放量', '万吨', 500],
    ['人均用水量', 'm3', 400],
    ['旅游人次增长', '%', 12],
    ['降水量距平', '%', 12],
    ['人口密度', '人/km2', 130],
    ['上年常住人口', '万人', 250],
    ['工业固体废物排放量', '万吨', 50],
  ])('%s is not placed without a question', async (label, unit, value) => {
    await put('统计2022年.xlsx', [
      ['指标', '单位', '数值'],
      ['常住人口', '万人', 260],
      ['地区生产总值', '亿元', 700],
      ['水力发电量', '亿kWh', 7],
      [label, unit, value],
    ])
    const { list } = proposeList(folder, options)
    const silent = list.arguments.filter((b) => !b.question).map((b) => b.where?.is)
    expect(silent).toEqual(['常住人口', '地区生产总值', '水力发电量'])
  })

  it('a factor given once holds for all sites, an amount given once is the whole', async () => {
    await put('旅游2022年.xlsx', [
      ['指标', '单位', '数值'],
      ['旅游人次', '万人次', 260],
      ['人均旅行花费', '元/人次', 700],
      ['自然景观比例', '%', 60],
    ])
    const { list } = proposeList(folder, options)
    expect(list.arguments.map((b) => [b.argument, b.item])).toEqual([
      ['visits', { name: '全域' }],
      ['travel-expense', undefined],
      ['nature-share', undefined],
    ])
  })

  it('one sheet per county gives each sheet its region, a column of totals none', async () => {
    await writeFile(
      join(folder, '县.xlsx'),
      await workbook({
        地区表: [
          ['代码', '名称'],
          ['433101', '吉首市'],
          ['433122', '泸溪县'],
        ],
        吉首市: [
          ['类型', '面积（km²）', '年降水量（mm）', '合计'],
          ['森林', 10, 1400, 1410],
          ['草地', 20, 1300, 1320],
        ],
        泸溪县: [
          ['类型', '面积（km²）', '年降水量（mm）', '合计'],
          ['森林', 30, 1400, 1430],
          ['草地', 40, 1300, 1340],
        ],
      }),
    )
    const { list } = proposeList(folder, options)
    expect(list.arguments.map((b) => [b.argument, b.sheet, b.region, b.question])).toEqual([
      ['area', '吉首市', { code: '433101' }, undefined],
      ['precipitation', '吉首市', { code: '433101' }, undefined],
      ['area', '泸溪县', { code: '433122' }, undefined],
      ['precipitation', '泸溪县', { code: '433122' }, undefined],
    ])
  })

  it('pollutants nobody asks for stay out, the others are taken row by row', async () => {
    await put('大气污染物.xlsx', [
      ['污染物', '排放量（t）'],
      ['二氧化硫', 900],
      ['氮氧化物', 800],
      ['挥发性有机物', 700],
    ])
    const p = proposeList(folder, options)
    expect(p.list.arguments.map((b) => [b.argument, b.where?.is, b.item])).toEqual([
      ['air-emission', '二氧化硫', { name: 'SO2' }],
      ['air-emission', '氮氧化物', { name: 'NOx' }],
    ])
    expect(p.unplaced.map((u) => u.column)).toEqual(['B4 挥发性有机物'])
  })
})
