// What a map of types gives beside factors: areas for the services that need areas alone (R6, R7), marsh by its pixels, and
// each lake of its own for the storage law (R5).

import { expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { convert } from '../../../kernel/index.ts'
import { runAccount, type Account } from '../index.ts'
import { mapAccount, putMapAccount, type MapAccountWish } from './map-account.fixture.ts'

const home = storyFolder('map-areas')
let made = 0

function account(wish: MapAccountWish): Account {
  const folder = `${home}/${made++}`
  const given = mapAccount(wish)
  putMapAccount(folder, given)
  const run = runAccount({ folder, list: given.list, book: rules.book, engine: 'test' })
  if (!run.account) throw new Error(run.problems.map((p) => `${p.code} ${p.zh}`).join('\n'))
  return run.account
}

const quantityOf = (a: Account, key: string): number =>
  a.figures.find((f) => f.key === `quantity|-|${key}`)!.quantity.value.toNumber()

const ONE = [{ code: '110', rings: [[[0, 0], [20, 0], [20, 10], [0, 10], [0, 0]]] }] as const // prettier-ignore

test('lakes of the map enter the storage law one by one, never dissolved', () => {
  // Two lakes of 4 × 4 and 2 × 2 pixels of 30 m, apart by a column of forest.
  const cover = (c: number, r: number): number => ((c < 4 && r < 4) || (c > 5 && c < 8 && r < 2) ? 7 : 1)
  const a = account({
    width: 20,
    height: 10,
    cover,
    codes: { '1': 'forest.mixed', '7': 'wetland.lake' },
    regions: ONE,
    list: {
      methods: { R5: ['R5.lake'] },
      choices: { 'R5.lake.lakeRegion': 'eastern-plain', 'R5.lake.exchanges': 'single-event' },
    },
  })
  const lakes = a.facts.filter((f) => f.argument === 'lake-area')
  expect(lakes.map((f) => [f.item, convert(f.quantity, 'm2').value.toNumber(), f.origin.pixels])).toEqual([
    ['湖 0,0', 14400, 16],
    ['湖 6,0', 3600, 4],
  ])
  const law = (km2: number): number => 1e4 * Math.exp(4.924) * km2 ** 1.128
  const line = (item: string): number => quantityOf(a, `110|wetland|R5|lake.${item}`)
  expect(line('湖 0,0') / law(0.0144)).toBeCloseTo(1, 9)
  expect(line('湖 6,0') / law(0.0036)).toBeCloseTo(1, 9)
})

test('a share above 1 is taken for a percentage and stops the run, as it does in a table', () => {
  const layers = [{ argument: 'practice-factor', unit: '1', at: (c: number): number => (c === 3 ? 80 : 0.8) }]
  expect(() => account({ width: 20, height: 10, cover: () => 1, regions: ONE, layers })).toThrow(
    'maps.percent-as-fraction',
  )
})

test('purification per area rests on the areas of the map, against what is emitted', () => {
  const a = account({
    width: 20,
    height: 10,
    cover: (c) => (c < 10 ? 2 : 6),
    regions: ONE,
    files: { 'emission.csv': '地区,项目,排放量\n110,SO2,1000\n' },
    arguments: [
      {
        argument: 'air-emission',
        file: 'emission.csv',
        column: '排放量',
        region: { column: '地区' },
        item: { column: '项目' },
        unit: 't',
      },
    ],
    list: { methods: { R6: ['R6.capped'] } },
  })
  // 100 pixels of 900 m² of needleleaf forest at 215.6 kg/hm².
  expect(quantityOf(a, '110|*|R6|SO2')).toBeCloseTo((9 * 215.6) / 1000, 9)
})

test('a factor that a table gives as well is told; the pixels take the map', () => {
  const a = account({
    width: 20,
    height: 10,
    cover: () => 1,
    regions: ONE,
    layers: [
      { argument: 'precipitation', unit: 'mm', at: () => 1500 },
      { argument: 'evapotranspiration', unit: 'mm', at: () => 600 },
    ],
    files: { 'rain.csv': '地区,年降水量\n110,1000\n' },
    arguments: [
      { argument: 'precipitation', file: 'rain.csv', column: '年降水量', region: { column: '地区' }, unit: 'mm' },
    ],
    list: { methods: { R1: ['R1.water-balance.map'] } },
  })
  expect(a.findings.map((f) => f.code)).toContain('maps.also-a-table')
  // 200 pixels of 900 m², mixed forest: α is 3.52 %.
  expect(quantityOf(a, '110|forest.mixed|R1|water')).toBeCloseTo((180000 * (1500 * (1 - 0.0352) - 600)) / 1000, 6)
})
