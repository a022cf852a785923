// A small account over maps, made in memory: a map of ecosystem types, layers of any size, block layout and packing, tables
// by pixel code, three regions with boundaries, and the input list that names them. Shares no code with what reads it;
// the plain look-ups (`classAt`, `regionAt`, `valueAt`) are what a test adds up by itself.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crsFromEpsg, type Crs } from '../../../raster/index.ts'
import { makeTiff, type MadeField, type MadeType } from '../../../raster/geotiff/geotiff.fixture.ts'
import type { Binding, InputList } from '../input-list.ts'

/** Blocks and packing of a file; what is left out is plain. */
export interface FileLayout {
  /** Edge of a tile; strips where left out. */
  readonly tile?: number
  readonly rowsPerStrip?: number
  readonly packing?: 'none' | 'deflate' | 'lzw' | 'packbits'
  readonly predictor?: 1 | 2 | 3
  readonly apart?: boolean
  readonly big?: boolean
  readonly motorola?: boolean
}

export interface Layer extends FileLayout {
  readonly argument: string
  readonly item?: string
  readonly unit: string
  /** Layers of one file are its bands, in order. */
  readonly file?: string
  /** The number of a pixel of the layer's own grid; undefined is no-data. */
  readonly at: (column: number, row: number) => number | undefined
  /** Pixels of the land cover along one side of its own. */
  readonly coarse?: number
  readonly type?: MadeType
}

/** A table of values by the codes of a map. */
export interface CodeTable {
  readonly map: string
  readonly file: string
  /** Column → argument and unit. */
  readonly columns: Readonly<Record<string, { readonly argument: string; readonly unit: string }>>
  readonly rows: readonly { readonly code: number; readonly values: readonly (string | number)[] }[]
}

export type Ring = readonly (readonly [x: number, y: number])[]

export interface MapAccountWish extends FileLayout {
  readonly width?: number
  readonly height?: number
  readonly epsg?: number
  /** Outer corner and size of a pixel. */
  readonly west?: number
  readonly north?: number
  readonly pixel?: number
  /** Pixel code; undefined is no-data. */
  readonly cover?: (column: number, row: number) => number | undefined
  /** What it was a year before. */
  readonly before?: (column: number, row: number) => number | undefined
  readonly codes?: Readonly<Record<string, string>>
  readonly layers?: readonly Layer[]
  readonly tables?: readonly CodeTable[]
  /** Maps of codes that only tables use: file → codes. */
  readonly codeMaps?: readonly (Pick<Layer, 'at' | 'coarse'> & FileLayout & { readonly file: string })[]
  /** Rings in columns and rows of the land cover; an outer ring, then holes. */
  readonly regions?: readonly { readonly code: string; readonly rings: readonly Ring[] }[]
  readonly list?: Partial<InputList>
  readonly arguments?: readonly Binding[]
  /** Further files, as tables of facts. */
  readonly files?: Readonly<Record<string, string>>
}

export interface MapAccount {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly list: InputList
  readonly width: number
  readonly height: number
  /** Of a pixel of a projected land cover, m². */
  readonly pixelArea: number
  classAt(column: number, row: number): string | undefined
  classBefore(column: number, row: number): string | undefined
  /** The region a pixel's centre lies in, by walking the rings. */
  regionAt(column: number, row: number): string | undefined
  /** What a layer or a table by code says of a pixel of the land cover, as it is stored. */
  valueAt(name: string, column: number, row: number): number | undefined
  /** Names `valueAt` knows: `precipitation`, `monthly-ndvi|07`. */
  readonly names: ReadonlySet<string>
}

export const CODES: Readonly<Record<string, string>> = {
  '1': 'forest.mixed',
  '2': 'forest.needleleaf.evergreen',
  '3': 'shrub.broadleaf.deciduous',
  '4': 'grass.tussock.subtropical',
  '5': 'farm.garden',
  '6': 'wetland.reservoir',
  '9': '-',
}

/** Numbers between 0 and 1 that look random and are the same everywhere. */
export function noise(seed: number): (column: number, row: number) => number {
  return (column, row) => {
    let h = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(column + 7, 0x85ebca6b) ^ Math.imul(row + 13, 0xc2b2ae35)
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
    return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32
  }
}

export const between = (low: number, high: number, seed: number): ((c: number, r: number) => number) => {
  const n = noise(seed)
  return (c, r) => low + (high - low) * n(c, r)
}

export const oneOf = (codes: readonly number[], seed: number): ((c: number, r: number) => number) => {
  const n = noise(seed)
  return (c, r) => codes[Math.floor(n(c, r) * codes.length)]!
}

/** Three regions that share slanting edges; the third has a hole. No edge runs through a pixel's centre. */
const threeRegions = (w: number, h: number): NonNullable<MapAccountWish['regions']> => [
  { code: '110', rings: [[[0.31, 0.27], [w * 0.47 + 0.013, 0.29], [w * 0.41 + 0.017, h - 0.31], [0.33, h - 0.29]]] }, // prettier-ignore
  { code: '120', rings: [[[w * 0.47 + 0.013, 0.29], [w - 0.37, 0.23], [w - 0.29, h * 0.55 + 0.019], [w * 0.44 + 0.015, h * 0.5 + 0.011]]] }, // prettier-ignore
  {
    code: '130',
    rings: [
      [[w * 0.44 + 0.015, h * 0.5 + 0.011], [w - 0.29, h * 0.55 + 0.019], [w - 0.41, h - 0.33], [w * 0.41 + 0.017, h - 0.31]], // prettier-ignore
      [
        [w * 0.6 + 0.021, h * 0.7 + 0.007],
        [w * 0.7 + 0.023, h * 0.71 + 0.005],
        [w * 0.69 + 0.011, h * 0.8 + 0.003],
      ],
    ],
  },
]

export const NONE = -9999
const YEAR = 2023
const DEFAULTS = { width: 23, height: 17, epsg: 32650, west: 500_000, north: 3_300_000, pixel: 30 } as const

export function mapAccount(wish: MapAccountWish = {}): MapAccount {
  const { width, height, epsg, west, north, pixel } = { ...DEFAULTS, ...wish }
  const codes = wish.codes ?? CODES
  const cover = wish.cover ?? oneOf([1, 1, 2, 3, 4, 5, 6, 9], 11)
  const layers = wish.layers ?? []
  const regions = wish.regions ?? threeRegions(width, height)
  const crs = crsFromEpsg(epsg)!
  const files = new Map<string, Uint8Array>()
  const bindings: Binding[] = []
  const raster = (name: string, type: MadeType, own: FileLayout, coarse: number, bands: readonly Layer['at'][]): void =>
    void files.set(
      name,
      tiffOf(
        { crs, epsg, west, north, pixel: pixel * coarse },
        Math.ceil(width / coarse),
        Math.ceil(height / coarse),
        type,
        { ...layoutIn(wish), ...layoutIn(own) },
        bands,
      ),
    )
  const classMap = (argument: string, file: string, at: Layer['at']): void => {
    raster(file, 'int16', {}, 1, [at])
    bindings.push({ argument, file, column: 'band 1', unit: unitOf(argument), class: { column: 'band 1', codes } })
  }
  classMap('land-cover', 'landcover.tif', cover)
  if (wish.before) classMap('area.opening', 'landcover-before.tif', wish.before)
  for (const file of new Set(layers.map(fileOf))) {
    const own = layers.filter((l) => fileOf(l) === file)
    raster(file, own[0]!.type ?? 'float64', own[0]!, own[0]!.coarse ?? 1, own.map((l) => l.at)) // prettier-ignore
    own.forEach((l, i) =>
      bindings.push({
        argument: l.argument,
        file,
        column: `band ${i + 1}`,
        unit: l.unit,
        ...(l.item === undefined ? {} : { item: { name: l.item } }),
      }),
    )
  }
  for (const m of wish.codeMaps ?? []) raster(m.file, 'int16', m, m.coarse ?? 1, [m.at])
  for (const t of wish.tables ?? []) {
    const names = Object.keys(t.columns)
    files.set(t.file, csv([['代码', ...names], ...t.rows.map((r) => [r.code, ...r.values])]))
    for (const [column, { argument, unit }] of Object.entries(t.columns))
      bindings.push({ argument, file: t.file, column, unit, code: { column: '代码', map: t.map } })
  }
  for (const [name, text] of Object.entries(wish.files ?? {})) files.set(name, new TextEncoder().encode(text))
  files.set('regions.csv', csv([['代码', '名称'], ...regions.map((r) => [r.code, `第${r.code}区`])]))
  const placed = (ring: Ring): Ring => ring.map(([x, y]) => [west + x * pixel, north - y * pixel])
  files.set('boundaries.geojson', geoJson(regions.map((r) => ({ code: r.code, rings: r.rings.map(placed) })), epsg)) // prettier-ignore
  const list: InputList = {
    qingshan: 'account/1',
    title: { zh: '地图核算试例', en: 'An account over maps' },
    year: YEAR,
    priceYear: YEAR,
    set: '481-2022',
    status: 'trial',
    region: { code: '100', name: { zh: '试验县', en: 'Test county' } },
    regions: { file: 'regions.csv', code: '代码', name: '名称' },
    boundaries: { file: 'boundaries.geojson', code: 'code' },
    accepted: { by: '试例', on: '2026-11-22' },
    ...wish.list,
    arguments: [...bindings, ...(wish.arguments ?? []), ...(wish.list?.arguments ?? [])],
  }
  const byName = new Map(layers.map((l) => [l.item === undefined ? l.argument : `${l.argument}|${l.item}`, l]))
  const coded = new Map((wish.tables ?? []).flatMap((t) => codedColumns(t, wish, cover)))
  const named = (code: number | undefined): string | undefined => {
    const found = code === undefined ? undefined : codes[String(code)]
    return found === '-' ? undefined : found
  }
  return {
    files,
    list,
    width,
    height,
    pixelArea: pixel * pixel,
    classAt: (c, r) => named(cover(c, r)),
    classBefore: (c, r) => named(wish.before?.(c, r)),
    regionAt: (c, r) => regions.find(({ rings }) => isInside(rings, c + 0.5, r + 0.5))?.code,
    names: new Set([...byName.keys(), ...coded.keys()]),
    valueAt: (name, c, r) => {
      const table = coded.get(name)
      if (table) return table(c, r)
      const l = byName.get(name)!
      const k = l.coarse ?? 1
      const v = l.at(Math.floor(c / k), Math.floor(r / k))
      return v !== undefined && l.type === 'float32' ? Math.fround(v) : v
    },
  }
}

export function putMapAccount(folder: string, { files }: MapAccount): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
}

/** Each column of a table as a look-up by the pixel's code. */
function codedColumns(
  table: CodeTable,
  wish: MapAccountWish,
  cover: Layer['at'],
): readonly (readonly [string, Layer['at']])[] {
  const own = (wish.codeMaps ?? []).find((m) => m.file === table.map)
  const k = own?.coarse ?? 1
  const at = own?.at ?? cover
  return Object.values(table.columns).map(({ argument }, i) => [
    argument,
    (c, r) => {
      const code = at(Math.floor(c / k), Math.floor(r / k))
      const value = table.rows.find((row) => row.code === code)?.values[i]
      return value === undefined ? undefined : Number(value)
    },
  ])
}

const fileOf = (l: Layer): string => l.file ?? `${l.argument}${l.item === undefined ? '' : `-${l.item}`}.tif`
const unitOf = (argument: string): string => (argument === 'area.opening' ? 'm2' : '1')

const layoutIn = ({ tile, rowsPerStrip, packing, predictor, apart, big, motorola }: FileLayout): FileLayout => ({
  ...(tile === undefined ? {} : { tile }),
  ...(rowsPerStrip === undefined ? {} : { rowsPerStrip }),
  ...(packing === undefined ? {} : { packing }),
  ...(predictor === undefined ? {} : { predictor }),
  ...(apart === undefined ? {} : { apart }),
  ...(big === undefined ? {} : { big }),
  ...(motorola === undefined ? {} : { motorola }),
})

interface Spot {
  readonly crs: Crs
  readonly epsg: number
  readonly west: number
  readonly north: number
  readonly pixel: number
}

/** Fields that place a raster on earth by the code of its coordinate system; none where the code is 0. */
export function placeFields({ epsg, west, north, pixel }: Omit<Spot, 'crs'>): Readonly<Record<number, MadeField>> {
  const geographic = crsFromEpsg(epsg)?.kind === 'geographic'
  const keys = [1, 1, 0, 3, 1024, 0, 1, geographic ? 2 : 1, 1025, 0, 1, 1, geographic ? 2048 : 3072, 0, 1, epsg]
  return {
    33550: { double: [pixel, pixel, 0] },
    33922: { double: [0, 0, 0, west, north, 0] },
    ...(epsg === 0 ? {} : { 34735: { short: keys } }),
  }
}

function tiffOf(
  spot: Spot,
  width: number,
  height: number,
  type: MadeType,
  layout: FileLayout,
  bands: readonly Layer['at'][],
): Uint8Array {
  const values: number[] = []
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) for (const at of bands) values.push(at(col, row) ?? NONE)
  const { predictor, ...others } = layout
  return makeTiff({
    width,
    height,
    bands: bands.length,
    values,
    type,
    ...others,
    // Whole numbers have no floating-point predictor and doubles are told apart by it.
    ...(predictor === undefined ? {} : { predictor: type.startsWith('float') ? predictor : 2 }),
    fields: { ...placeFields(spot), 42113: { text: String(NONE) } },
  })
}

const csv = (rows: readonly (readonly (string | number)[])[]): Uint8Array =>
  new TextEncoder().encode(rows.map((r) => `${r.join(',')}\n`).join(''))

export function geoJson(
  features: readonly { readonly code: string; readonly rings: readonly Ring[] }[],
  epsg: number | undefined,
): Uint8Array {
  const closed = (ring: Ring): Ring => [...ring, ring[0]!]
  return new TextEncoder().encode(
    JSON.stringify({
      type: 'FeatureCollection',
      ...(epsg === undefined ? {} : { crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } } }),
      features: features.map(({ code, rings }) => ({
        type: 'Feature',
        properties: { code },
        geometry: { type: 'Polygon', coordinates: rings.map(closed) },
      })),
    }),
  )
}

/** Even-odd over all rings: how often a ray to the east is crossed. */
function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let crossed = 0
  for (const ring of rings)
    ring.forEach(([x0, y0], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length]!
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)) crossed++
    })
  return crossed % 2 === 1
}

/** What a cover factor of every month asks beside its maps. */
export const COVER_FACTS = {
  files: { '因子.csv': '裸土,植被,P\n0.05,0.75,0.8\n' },
  arguments: [
    { argument: 'bare-soil-ndvi', file: '因子.csv', column: '裸土', unit: '1' },
    { argument: 'full-cover-ndvi', file: '因子.csv', column: '植被', unit: '1' },
    { argument: 'practice-factor', file: '因子.csv', column: 'P', unit: '1' },
  ],
} as const
