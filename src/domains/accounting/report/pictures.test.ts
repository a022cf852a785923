// Charts, maps and their PNG: classes a reader can say aloud, honest marks, and Chinese letters that are really drawn.

import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { barChart } from './charts.ts'
import { classOf, mapClasses } from './map-classes.ts'
import { choropleth, type Choropleth } from './maps.ts'
import { printPng, svgToPng } from './png.ts'
import { sampleAccount } from './sample-account.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const account = sampleAccount()
const towns = account.boundaries.map((b) => b.region)
const wish = (more: Partial<Choropleth> = {}): Choropleth => ({
  id: 'm',
  lang: 'zh',
  boundaries: account.boundaries,
  names: new Map(account.head.regions.map((r) => [r.code, r.name.zh])),
  values: new Map(towns.slice(1).map((r, i) => [r, 10 + i * 7.3])),
  unit: '万元/km²',
  title: '单位面积 GEP',
  sample: true,
  size: 'full',
  ...more,
})

describe('map classes', () => {
  it('are at most five, in order, and hold every value', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.double({ min: 0, max: 1e9, noNaN: true }).map((x) => (x < 1e-6 ? 0 : x)),
          { minLength: 1, maxLength: 40 },
        ),
        (values) => {
          const { bounds } = mapClasses(values)
          expect(bounds.length).toBeLessThanOrEqual(6)
          for (let k = 1; k < bounds.length; k++) expect(bounds[k]!).toBeGreaterThanOrEqual(bounds[k - 1]!)
          for (const v of values) {
            const k = classOf(v, bounds)
            expect(v).toBeGreaterThanOrEqual(bounds[k]!)
            expect(v).toBeLessThanOrEqual(bounds[k + 1]!)
          }
        },
      ),
    )
  })

  it('have round bounds', () => {
    expect(mapClasses([297.7, 313.6, 305.2, 348.4, 586.9]).bounds).toEqual([200, 300, 400, 500, 600])
    expect(mapClasses([0.4, 4.6]).bounds).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('maps', () => {
  it('hatch a region without a value and say so in the legend', () => {
    const svg = choropleth(wish())
    expect(svg).toContain('url(#hatch-m)')
    expect(svg).toContain('缺数据')
    expect(choropleth(wish({ values: new Map(towns.map((r, i) => [r, i])) }))).not.toContain('缺数据')
  })

  it('say 内部资料 unless a 审图号 is given, and then print it', () => {
    expect(choropleth(wish())).toContain('内部资料')
    const numbered = choropleth(wish({ mapNumber: '黔S(2026)001号' }))
    expect(numbered).toContain('审图号：黔S(2026)001号')
    expect(numbered).not.toContain('内部资料')
  })

  it('carry unit, scale bar, north arrow and the demonstration mark', () => {
    const svg = choropleth(wish())
    for (const s of ['万元/km²', ' km<', '>北<', '示范数据']) expect(svg).toContain(s)
  })

  it('take projected metres as well as degrees', () => {
    const metres = account.boundaries.map((b) => ({
      ...b,
      polygons: b.polygons.map((p) => p.map((r) => r.map(([x, y]) => [x * 98_000, y * 111_320] as const))),
    }))
    expect(choropleth(wish({ boundaries: metres }))).toContain('10 km')
  })

  it('keep a hostile name as text', () => {
    expect(choropleth(wish({ names: new Map(towns.map((t) => [t, '<b>x</b>'])), title: '<script>' }))).not.toMatch(
      /<b>|<script/,
    )
  })
})

describe('charts', () => {
  it('print each number at its bar, and are the same each time', async () => {
    const chart = {
      bars: [
        { name: '水源涵养', size: 28.8, label: '28.81' },
        { name: '<b>', size: 1, label: '1.00' },
      ],
      axis: '亿元',
      width: 700,
      height: 240,
      direction: 'across',
    } as const
    const svg = await barChart(chart)
    expect(svg).toContain('28.81')
    expect(svg).toContain('水源涵养')
    expect(svg).not.toContain('<b>')
    expect(svg).not.toContain('<style')
    expect(await barChart(chart)).toBe(svg)
  })
})

describe('PNG', () => {
  it('draws Chinese letters: different characters leave different pixels', async () => {
    const draw = (s: string) =>
      svgToPng(
        `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><text x="4" y="30" font-size="28">${s}</text></svg>`,
        80,
      )
    const [a, b, none] = [await draw('青岚'), await draw('山水'), await draw('')]
    expect([...a.subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47])
    expect(Buffer.compare(a, b)).not.toBe(0)
    expect(a.length).toBeGreaterThan(none.length)
    expect(Buffer.compare(a, await draw('青岚'))).toBe(0)
  })
})

describe('a picture for print', () => {
  it('is 16 cm wide at 300 dots an inch, and says so in a sound chunk', async () => {
    const png = Buffer.from(await printPng(choropleth(wish())))
    expect(png.readUInt32BE(16)).toBe(1890)
    const at = png.indexOf('pHYs')
    expect(at).toBe(37)
    expect([png.readUInt32BE(at + 4), png.readUInt32BE(at + 8), png[at + 12]]).toEqual([11811, 11811, 1])
    expect(png.readUInt32BE(at + 13)).toBe(crc32(png.subarray(at, at + 13)))
  })
})
