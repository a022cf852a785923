// Maps of pixels: legends one can trust, colours everybody tells apart, and a scale bar that is as long as it says.

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Crs, Grid } from '../../../raster/index.ts'
import { classOf } from './map-classes.ts'
import { classColours, classedColours, PIXEL_RAMPS, rgb, type RampName } from './map-colours.ts'
import { pixelLimits, rampTicks } from './pixel-classes.ts'
import { drawPixelMap, type PixelMap } from './pixel-map.ts'
import { svgToPng } from './png.ts'

vi.setConfig({ testTimeout: 60_000 })

const datum = { id: 'cgcs2000', name: 'CGCS2000', ellipsoid: { a: 6378137, inverseFlattening: 298.257222101 } } as const
const degrees: Crs = { kind: 'geographic', datum, name: 'CGCS2000' }
const metres: Crs = {
  ...{ kind: 'transverse-mercator', datum, name: 'Gauss', lon0: 108, lat0: 0, k0: 1 },
  ...{ falseEasting: 500_000, falseNorthing: 0 },
} as Crs
const both = (s: string) => ({ zh: s, en: s })

const grid = (width: number, height: number, crs: Crs): Grid =>
  crs.kind === 'geographic'
    ? { width, height, west: 109, north: 27, dx: 0.001, dy: 0.001, crs }
    : { width, height, west: 400_000, north: 2_900_000, dx: 100, dy: 100, crs }

const wish = (more: Partial<PixelMap> = {}, g: Grid = grid(60, 40, metres)): PixelMap => ({
  title: both('土壤保持量'),
  grid: g,
  values: Float64Array.from({ length: g.width * g.height }, (_, k) => k % 97),
  states: new Uint8Array(g.width * g.height),
  kind: { ramp: 'soil', unit: 't/hm²' },
  zones: [],
  lang: 'zh',
  ...more,
})

/** CIE L*a*b* of a colour as it is, or as seen without the middle-wave cones (Machado, Oliveira and Fernandes 2009). */
function lab(hex: string, sight: 'full' | 'deuteranopia'): readonly [number, number, number] {
  const c = rgb(hex).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
  const dot = (row: readonly number[], v: readonly number[]) => row.reduce((s, r, i) => s + r * v[i]!, 0)
  const blind = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ]
  const seen = sight === 'full' ? c : blind.map((r) => Math.max(0, Math.min(1, dot(r, c))))
  const xyz = [
    dot([0.4124, 0.3576, 0.1805], seen) / 0.9505,
    dot([0.2126, 0.7152, 0.0722], seen),
    dot([0.0193, 0.1192, 0.9505], seen) / 1.089,
  ].map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116))
  return [116 * xyz[1]! - 16, 500 * (xyz[0]! - xyz[1]!), 200 * (xyz[1]! - xyz[2]!)]
}
const apart = (a: string, b: string, sight: 'full' | 'deuteranopia'): number =>
  Math.hypot(...lab(a, sight).map((v, i) => v - lab(b, sight)[i]!))
const pairs = <T>(all: readonly T[]): (readonly [T, T])[] =>
  all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const))

describe('limits of a legend', () => {
  it('are at most five classes that rise and hold every value, with zero between both signs', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x))
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), (list) => {
        const values = Float64Array.from(list)
        const limits = pixelLimits(values)
        expect(limits.length).toBeGreaterThanOrEqual(2)
        expect(limits.length).toBeLessThanOrEqual(6)
        for (let k = 1; k < limits.length; k++) expect(limits[k]!).toBeGreaterThan(limits[k - 1]!)
        for (const v of values) {
          const k = classOf(v, limits)
          expect(v >= limits[k]! && v <= limits[k + 1]!).toBe(true)
        }
        if (Math.min(...values) < 0 && Math.max(...values) > 0) expect(limits).toContain(0)
      }),
    )
  })

  it('are round', () => {
    expect(pixelLimits(Float64Array.from({ length: 1000 }, (_, k) => k * 0.997))).toEqual([0, 200, 400, 600, 800, 1000])
    // Half of the pixels hold one number: the limit is a number one can say, not that one.
    const clustered = Float64Array.from({ length: 1000 }, (_, k) =>
      k < 250 ? 2020 + k : k < 750 ? 2777.045992 : 2780 + k / 10,
    )
    for (const limit of pixelLimits(clustered)) expect(String(limit).replace('.', '').length).toBeLessThanOrEqual(4)
    expect(rampTicks(270, 550)).toEqual([300, 350, 400, 450, 500, 550])
  })

  it('share the area about equally where values are skew', () => {
    const values = Float64Array.from({ length: 2000 }, (_, k) => (k / 100) ** 3)
    const limits = pixelLimits(values)
    for (let k = 0; k < limits.length - 1; k++)
      expect(values.filter((v) => classOf(v, limits) === k).length).toBeGreaterThan(200)
  })
})

describe('colours', () => {
  const level1 = ['forest', 'shrub', 'grass', 'wetland', 'farm', 'urban', 'desert', 'other']
  const county = [
    ...['forest.broadleaf', 'forest.needleleaf', 'shrub', 'grass', 'wetland.river', 'wetland.reservoir'],
    ...['farm.cropland.paddy', 'farm.cropland.dry', 'farm.garden', 'urban.residential', 'urban.industry', 'other.bare'],
  ]

  it('of the eight ecosystem types differ for every eye, and in grey print', () => {
    for (const [a, b] of pairs(classColours(level1))) {
      expect(apart(a, b, 'full'), `${a} ${b}`).toBeGreaterThan(12)
      expect(apart(a, b, 'deuteranopia'), `${a} ${b}`).toBeGreaterThan(10)
      expect(Math.abs(lab(a, 'full')[0] - lab(b, 'full')[0]), `${a} ${b}`).toBeGreaterThan(3.5)
    }
  })

  it('of a county with twelve classes differ without the middle-wave cones', () => {
    const colours = classColours(county)
    expect(new Set(colours).size).toBe(county.length)
    for (const [a, b] of pairs(colours)) expect(apart(a, b, 'deuteranopia'), `${a} ${b}`).toBeGreaterThan(7)
  })

  it('of amounts run one way in lightness', () => {
    for (const name of Object.keys(PIXEL_RAMPS) as RampName[]) {
      const light = classedColours(name, [0, 1, 2, 3, 4, 5]).map((c) => lab(c, 'deuteranopia')[0])
      const steps = light.slice(1).map((l, k) => (l - light[k]!) * (name === 'terrain' ? 1 : -1))
      for (const s of steps) expect(s, name).toBeGreaterThan(7)
    }
  })
})

describe('a pixel map', () => {
  it.each([
    ['projected', metres, 100],
    ['geographic', degrees, 99.3],
  ] as const)('has a scale bar within one per cent of its length on a %s grid', (_, crs, pixelMetres) => {
    const { svg } = drawPixelMap(wish({}, grid(200, 150, crs)))
    // Middle of the geographic grid: 26.925° north; a thousandth of a degree of longitude is 99.3 m there.
    const image = Number(/<image [^>]*? width="([\d.]+)"/.exec(svg)![1])
    const [, bar, number, unit] =
      /<rect [^>]*? width="([\d.]+)" height="5" fill="#ffffff"[^>]*>.*?>([\d.]+) (k?m)</.exec(svg)!
    const printed = Number(number) * (unit === 'km' ? 1000 : 1)
    expect(((Number(bar) / image) * 200 * pixelMetres) / printed).toBeCloseTo(1, 2)
  })

  it('says 内部资料 unless a 审图号 is given, and marks a sample', () => {
    expect(drawPixelMap(wish()).svg).toContain('内部资料')
    const numbered = drawPixelMap(wish({ mapNumber: '黔S(2026)001号', sample: true })).svg
    expect(numbered).toContain('审图号：黔S(2026)001号')
    expect(numbered).toContain('示范数据')
    expect(numbered).not.toContain('内部资料')
  })

  it('keeps a hostile name as text, is well formed, and gives the same bytes', async () => {
    const zone = {
      name: both('<script>'),
      polygons: [
        [
          [
            [400_000, 2_896_000],
            [406_000, 2_896_000],
            [406_000, 2_900_000],
            [400_000, 2_900_000],
          ] as const,
        ],
      ],
    }
    const draw = () => drawPixelMap(wish({ zones: [zone], title: both('"&<b>') }))
    expect(draw().svg).not.toMatch(/<script|<b>/)
    expect(draw().svg).toContain('&lt;script&gt;')
    expect(draw()).toEqual(draw())
    const bytes = await svgToPng(draw().svg, 400)
    expect([...bytes.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
  })

  it('shows its pixels after the way through SVG to PNG', async () => {
    const plain = (value: number) =>
      svgToPng(
        drawPixelMap(
          wish({ values: new Float64Array(2400).fill(value), kind: { ramp: 'water', unit: 'm', breaks: [0, 1, 2] } }),
        ).svg,
        300,
      )
    expect(Buffer.compare(await plain(0.5), await plain(1.5))).not.toBe(0)
  })

  it('names missing pixels in the legend, and draws a map without any number', () => {
    const states = new Uint8Array(2400).fill(1)
    expect(drawPixelMap(wish({ states })).svg).toContain('没有有效数据')
    expect(drawPixelMap(wish()).svg).not.toContain('无数据')
    states.fill(0, 1)
    expect(drawPixelMap(wish({ states })).svg).toContain('无数据')
  })

  it('lists every class with its share, and a code that has none', () => {
    const classes = [{ value: 0, title: both('森林'), classCode: 'forest', share: '12.3%' }]
    const { svg } = drawPixelMap(wish({ kind: { classes } }))
    expect(svg).toContain('森林 12.3%')
    expect(svg).toContain('未列入图例')
  })

  it('names fifteen regions, and stays low enough for a page', () => {
    const zones = Array.from({ length: 15 }, (_, k) => {
      const [x, y] = [400_000 + (k % 5) * 1200, 2_900_000 - Math.floor(k / 5) * 1300]
      return {
        name: both(`第${k + 1}镇`),
        polygons: [
          [
            [
              [x, y],
              [x + 1200, y],
              [x + 1200, y - 1300],
              [x, y - 1300],
            ] as const,
          ],
        ],
      }
    })
    const { svg, height } = drawPixelMap(wish({ zones }))
    for (const z of zones) expect(svg).toContain(`>${z.name.zh}<`)
    expect(height).toBeLessThanOrEqual(500)
  })

  it('has no letters below nine points at sixteen centimetres', () => {
    const { svg, width } = drawPixelMap(wish())
    for (const [, size] of svg.matchAll(/<text [^>]*?font-size="([\d.]+)"/g))
      expect((Number(size) / width) * 16 * (72 / 2.54)).toBeGreaterThanOrEqual(9)
  })
})
