// A list that chooses the nearest pixel for coarser maps gives what maps brought to the pixels of the account by hand give; the
// choice is told wherever the map is, and refused where there is none.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import { openThreads, stripOf } from '../../../raster/index.ts'
import { runAccount, type Binding, type InputList, type RunInput } from '../index.ts'
import { checkList } from '../inputs/check-list.ts'
import { lookAtPixel } from '../look-at-pixel.ts'
import {
  COVER_FACTS,
  between,
  mapAccount,
  noise,
  oneOf,
  putMapAccount,
  type Layer,
  type MapAccount,
} from './map-account.fixture.ts'
import { stackOf } from './stack-plan.ts'
import { threadScript } from './thread-script.fixture.ts'

const { book } = await loadRuleBook('rules')
const script = await threadScript('resampling')
const home = mkdtempSync(join(tmpdir(), 'resampling-'))
afterAll(() => {
  rmSync(home, { recursive: true })
  rmSync(fileURLToPath(script))
})
let made = 0
function run(given: MapAccount, list: InputList, more: Partial<RunInput> = {}) {
  const folder = join(home, String((made += 1)))
  putMapAccount(folder, given)
  return { folder, ...runAccount({ folder, list, book, engine: 'test', ...more }) }
}

const MONTHS = Array.from({ length: 12 }, (_, k) => String(k + 1).padStart(2, '0'))
const cloudy =
  (k: number): Layer['at'] =>
  (c, r) =>
    noise(k)(c, r) < 0.02 ? undefined : between(0.1, 0.8, k)(c, r)
/** Patches of types three pixels wide. */
const patches = oneOf([1, 2, 3, 4], 5)
const SIZE = { width: 70, height: 1400, tile: 64, cover: (c: number, r: number) => patches(Math.floor(c / 3), Math.floor(r / 3)) } // prettier-ignore
const FINE: readonly Layer[] = [
  { argument: 'soil-erodibility', unit: 't·hm2·h/(hm2·MJ·mm)', at: between(0.01, 0.05, 2) },
  { argument: 'slope-length-steepness', unit: '1', at: between(0.1, 20, 3) },
]
const COARSE: readonly Layer[] = [
  ...MONTHS.map((item, k): Layer => ({ argument: 'monthly-rain', item, unit: 'mm', file: 'rain.tif', coarse: 8, at: between(5, 320, 30 + k) })), // prettier-ignore
  ...MONTHS.map((item, k): Layer => ({ argument: 'monthly-ndvi', item, unit: '1', file: 'ndvi.tif', coarse: 5, at: cloudy(60 + k) })), // prettier-ignore
  { argument: 'precipitation', unit: 'mm', coarse: 8, at: between(900, 2000, 7) },
  { argument: 'evapotranspiration', unit: 'mm', coarse: 3, at: between(400, 800, 4) },
]
const LIST: Partial<InputList> = {
  methods: { R1: ['R1.water-balance.map'], R2: ['R2.rusle.map'] },
  choices: {
    'R2.rusle.R': 'fournier',
    'R2.rusle.C': 'monthly',
    'R2.rusle.monthlyCover': 'ndvi',
    'R2.rusle.P': 'given',
  },
}
const byHand = ({ at, coarse, ...layer }: Layer): Layer => ({ ...layer, at: (c, r) => at(Math.floor(c / coarse!), Math.floor(r / coarse!)) }) // prettier-ignore

const coarse = mapAccount({ ...SIZE, ...COVER_FACTS, layers: [...FINE, ...COARSE], list: LIST })
const fine = mapAccount({ ...SIZE, ...COVER_FACTS, layers: [...FINE, ...COARSE.map(byHand)], list: LIST })
const isCoarse = (b: Binding): boolean => COARSE.some((l) => l.argument === b.argument)
const changed = (change: (b: Binding) => Binding): InputList => ({
  ...coarse.list,
  arguments: coarse.list.arguments.map(change),
})
const nearest = changed((b) => (isCoarse(b) ? { ...b, resampling: 'nearest' } : b))

const figures = (a: ReturnType<typeof run>) =>
  a.account!.figures.flatMap(
    (f) =>
    f.recipe.kind === 'pixels' ? [[f.key, f.recipe.sum.value, f.recipe.sum.min, f.recipe.sum.max, f.recipe.sum.missing]] : [], // prettier-ignore
  )

test('the nearest pixel gives what maps brought to the pixels by hand give, to the last digit, and interpolation does not', () => {
  const own = figures(run(coarse, nearest))
  expect(own.length).toBeGreaterThan(8)
  expect(own).toEqual(figures(run(fine, fine.list)))
  const between = figures(run(coarse, coarse.list))
  expect(between).not.toEqual(own)
  expect(
    figures(
      run(
        coarse,
        changed((b) => (isCoarse(b) ? { ...b, resampling: 'bilinear' } : b)),
      ),
    ),
  ).toEqual(between)
})

test('two threads give the same, and the stack opened from its plan reads the same pixels', () => {
  const threads = openThreads(script, 2, 0)
  const alone = run(coarse, nearest)
  expect(figures(run(coarse, nearest, { threads }))).toEqual(figures(alone))
  threads.close()
  run(coarse, nearest, {
    useMaps: (_, maps) => {
      const other = stackOf(maps.plan!())
      const window = { col: 3, row: 500, width: 64, height: 16 }
      for (const [id, { band }] of maps.bands) {
        const [a, b] = [stripOf(64 * 16), stripOf(64 * 16)]
        band.read(window, a)
        other.bands.get(id)!.band.read(window, b)
        expect(b, id).toEqual(a)
      }
      other.close()
    },
  })
})

/** A pixel of the account. */
const inside = { column: 20, row: 700 }
test('what a map was taken by stands in the account, in the reason of a pixel, and in the name of its results', () => {
  const names: string[] = []
  const told = [nearest, coarse.list].map((list) => {
    let at: [number, number] = [NaN, NaN]
    const useMaps: RunInput['useMaps'] = (_, { grid, bands }) => {
      names.push(bands.get('precipitation')!.name())
      at = [grid.west + (inside.column + 0.5) * grid.dx, grid.north - (inside.row + 0.5) * grid.dy]
    }
    const { folder, account } = run(coarse, list, { useMaps })
    const { figures } = lookAtPixel({ folder, list, book, account: account!, at })
    expect(figures.length).toBeGreaterThan(1)
    return [
      account!.maps!.find((m) => m.id === 'precipitation')!.alignment,
      JSON.stringify(figures.map(({ node }) => node)),
    ] as const
  })
  expect(told[0]![0].zh).toContain('最近邻')
  expect(told[0]![0].en).toContain('nearest neighbour')
  expect(told[1]![0].zh).toContain('双线性')
  expect(told.map(([, pixel]) => pixel.includes('最近邻'))).toEqual([true, false])
  expect(names[0]).not.toBe(names[1])
})

test('it is refused for tables, codes and classes, and where dates of one month differ in it', () => {
  const codes = (wrong: (b: Binding) => boolean) => checkList(changed((b) => (wrong(b) ? { ...b, resampling: 'nearest' } : b))).map((p) => p.code) // prettier-ignore
  expect(codes(isCoarse)).toEqual([])
  expect(codes((b) => b.argument === 'land-cover')).toEqual(['list.resampling-shape'])
  expect(codes((b) => b.argument === 'practice-factor')).toEqual(['list.resampling-shape'])
  const byCode: Binding = { argument: 'soil-sand', file: 'a.csv', column: 'b', unit: '%', code: { column: 'c', map: 'd.tif' }, resampling: 'bilinear' } // prettier-ignore
  expect(checkList({ ...coarse.list, arguments: [byCode] }).map((p) => p.code)).toEqual(['list.resampling-shape'])
  const dated = changed((b) => {
    const { item, ...rest } = b
    if (b.argument !== 'monthly-ndvi') return b
    const month = (item as { readonly name: string }).name
    const date = `${coarse.list.year}-${month === '02' ? '01' : month}-${month === '02' ? '20' : '05'}`
    return { ...rest, days: { date, take: 'max', per: 'month' }, ...(month === '02' ? { resampling: 'nearest' } : {}) }
  })
  expect(run(coarse, dated).problems.map((p) => p.code)).toContain('maps.dates-differ')
})
