// Land cover of the sample county, year by year: each township's land split over fourteen types in 2010, then moved a little
// every year along five paths. Always holds: the types of a township add up to its land, and a year opens as the last closed.

import { diceOf, part } from './county-dice.ts'
import { TOWNSHIPS, townshipAreas, type Relief } from './county-place.ts'

/** The types, with the words of the land tables. */
export const COVER = {
  'forest.broadleaf.evergreen': '常绿阔叶林',
  'forest.needleleaf.evergreen': '常绿针叶林',
  'forest.mixed': '针阔混交林',
  'shrub.broadleaf.evergreen': '常绿阔叶灌丛',
  'grass.tussock.subtropical': '热性草丛',
  'farm.cropland.paddy': '水田',
  'farm.cropland.dry': '旱地',
  'farm.garden': '园地',
  'wetland.river': '河流',
  'wetland.reservoir': '水库坑塘',
  'wetland.lake': '湖泊',
  'wetland.marsh': '沼泽',
  'other.bare': '裸地',
  urban: '城镇',
} as const
export type CoverType = keyof typeof COVER
export const COVER_TYPES = Object.keys(COVER) as readonly CoverType[]

/** Types of which a township may have none; they stand in a table of their own. */
export const SPARSE: readonly CoverType[] = ['wetland.lake', 'wetland.marsh', 'other.bare']
export const WIDESPREAD = COVER_TYPES.filter((c) => !SPARSE.includes(c))

/** Parts per thousand of the land; evergreen needleleaf forest takes what is left. */
const SHARES: Readonly<Record<Relief, Readonly<Partial<Record<CoverType, number>>>>> = {
  mountain: {
    'forest.broadleaf.evergreen': 272,
    'forest.mixed': 215,
    'shrub.broadleaf.evergreen': 42,
    'grass.tussock.subtropical': 22,
    'farm.cropland.paddy': 38,
    'farm.cropland.dry': 22,
    'farm.garden': 30,
    'wetland.river': 6,
    'wetland.reservoir': 5,
    urban: 12,
  },
  hill: {
    'forest.broadleaf.evergreen': 205,
    'forest.mixed': 150,
    'shrub.broadleaf.evergreen': 40,
    'grass.tussock.subtropical': 18,
    'farm.cropland.paddy': 118,
    'farm.cropland.dry': 45,
    'farm.garden': 72,
    'wetland.river': 9,
    'wetland.reservoir': 11,
    urban: 34,
  },
  plain: {
    'forest.broadleaf.evergreen': 135,
    'forest.mixed': 100,
    'shrub.broadleaf.evergreen': 22,
    'grass.tussock.subtropical': 10,
    'farm.cropland.paddy': 275,
    'farm.cropland.dry': 65,
    'farm.garden': 78,
    'wetland.river': 21,
    'wetland.reservoir': 18,
    urban: 72,
  },
}

/** Hundredths of a hectare: bodies and patches that only some townships have. */
const PATCHES: Readonly<Record<string, Readonly<Partial<Record<CoverType, number>>>>> = {
  望岭乡: { 'other.bare': 11_840 },
  杉木垭乡: { 'other.bare': 8_620 },
  柳塘镇: { 'wetland.lake': 11_930 },
  双溪口镇: { 'wetland.marsh': 8_450 },
  白鹭湖镇: { 'wetland.lake': 36_480, 'wetland.marsh': 19_260 },
}

/** What turns into what, each year, in hundred-thousandths of what there is. */
export const PATHS: readonly {
  readonly from: CoverType
  readonly to: CoverType
  readonly low: number
  readonly high: number
}[] = [
  { from: 'farm.cropland.paddy', to: 'urban', low: 60, high: 170 },
  { from: 'farm.cropland.dry', to: 'forest.needleleaf.evergreen', low: 120, high: 320 },
  { from: 'farm.cropland.dry', to: 'farm.garden', low: 80, high: 260 },
  { from: 'shrub.broadleaf.evergreen', to: 'forest.broadleaf.evergreen', low: 100, high: 280 },
  { from: 'forest.mixed', to: 'urban', low: 4, high: 15 },
]
export const pathName = (p: { readonly from: CoverType; readonly to: CoverType }): string =>
  `${COVER[p.from]}转${COVER[p.to]}`

/** Hundredths of a hectare. */
export type Areas = Readonly<Record<CoverType, number>>
export interface YearOfLand {
  readonly opening: Areas
  readonly closing: Areas
  /** By `pathName`. */
  readonly moved: Readonly<Record<string, number>>
}

/** The first year whose opening is known; the county's books begin the year before. */
export const FIRST_YEAR = 2011

/** Land cover of a year by township code. */
export function landOf(seed: number, year: number): ReadonlyMap<string, YearOfLand> {
  const dice = diceOf(seed)
  const whole = townshipAreas(seed)
  return new Map(
    TOWNSHIPS.map((t) => {
      let closing = firstAreas(whole.get(t.code)!, t.name, t.relief, (label) => dice.draw(label, -60, 60))
      let opening = closing
      let moved: Readonly<Record<string, number>> = {}
      for (let y = FIRST_YEAR; y <= year; y++) {
        opening = closing
        moved = Object.fromEntries(
          PATHS.map((p) => {
            const rate = dice.draw(`path ${t.code} ${pathName(p)} ${y}`, p.low, p.high)
            return [pathName(p), part(opening[p.from], rate, 100_000)]
          }),
        )
        const next: Record<CoverType, number> = { ...opening }
        for (const p of PATHS) {
          next[p.from] -= moved[pathName(p)]!
          next[p.to] += moved[pathName(p)]!
        }
        closing = next
      }
      return [t.code, { opening, closing, moved }]
    }),
  )
}

function firstAreas(whole: number, name: string, relief: Relief, wobble: (label: string) => number): Areas {
  const out = Object.fromEntries(COVER_TYPES.map((c) => [c, PATCHES[name]?.[c] ?? 0])) as Record<CoverType, number>
  for (const [c, share] of Object.entries(SHARES[relief]) as [CoverType, number][])
    out[c] = part(whole, share * (1000 + wobble(`share ${name} ${c}`)), 1_000_000)
  const rest = COVER_TYPES.reduce((n, c) => n - out[c], whole)
  out['forest.needleleaf.evergreen'] += rest
  return out
}

/** Area of the listed types over the county, hundredths of a hectare. */
export function areaOf(land: ReadonlyMap<string, YearOfLand>, types: readonly CoverType[]): number {
  return [...land.values()].reduce((n, y) => n + types.reduce((m, c) => m + y.closing[c], 0), 0)
}
