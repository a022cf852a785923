// The bands of a list: maps read as they are, maps of codes read through a table, terrain derived from the elevation; each
// brought onto the grid of the land cover and looked through once, so that what is odd is told before anything is computed.

import { text, unit, type Place, type Problem } from '../../../kernel/index.ts'
import {
  alignmentText,
  bandOnGrid,
  crsText,
  NODATA,
  VALID,
  type Band,
  type Grid,
  type Resampling,
} from '../../../raster/index.ts'
import { findArgument, type Argument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import { codeItem } from '../inputs/row-keys.ts'
import type { Fact, MapUse } from '../model.ts'
import { bandNumber } from './band-number.ts'
import { codePlaces } from './code-places.ts'
import { combinedBand, datedMonths, differentGrids } from './dated-bands.ts'
import { heldBand, type HeldBand } from './held-band.ts'
import { originIn, type MapRaster, type OpenRaster } from './map-files.ts'
import { bandId, type MapBand } from './map-stack.ts'
import { once } from './once.ts'
import { resamplingOf } from './resampling.ts'
import { placedAt } from './placed-at.ts'
import { problem } from './problems.ts'
import { terrainBands } from './terrain-bands.ts'
import { nameOf } from './working-cache.ts'

export interface AccountBands {
  readonly bands: ReadonlyMap<string, MapBand>
  readonly problems: readonly Problem[]
}

export function bandProblem(b: Binding, raster: MapRaster): Problem | undefined {
  const n = bandNumber(b.column)
  return n === undefined || n < 1 || n > raster.bands
    ? problem('maps.bad-band', { column: b.column, bands: raster.bands }, { file: b.file })
    : undefined
}

export function accountBands(
  grid: Grid,
  list: InputList,
  bindings: readonly Binding[],
  facts: readonly Fact[],
  open: OpenRaster,
): AccountBands {
  const bands = new Map<string, MapBand>()
  const problems: Problem[] = []
  const add = (
    id: string,
    use: Omit<MapUse, 'id' | 'alignment'>,
    raw: Band,
    codes?: ReadonlyMap<number, number>,
  ): void => {
    const at: Place = { file: use.origin.file, band: use.origin.band! }
    const names = { argument: use.title.zh, argumentEn: use.title.en }
    const twin = bands.get(id)
    if (twin) {
      const [first, second] = [twin.use.origin.file, use.origin.file]
      problems.push(problem('maps.listed-twice', { ...names, first, second }, at))
    }
    const placed = placedAt(at, () => bandOnGrid(raw, grid, resamplingOf(use)))
    if (placed.alignment.missing >= 1 && !use.derived) problems.push(problem('maps.elsewhere', names, at))
    else problems.push(...placed.alignment.problems.map((p) => ({ ...p, at })))
    bands.set(id, {
      name: once(() => {
        const { sha256, band: n } = use.origin
        const from = [sha256, n, use.unit, use.derived?.zh ?? '', use.derived ? use.argument : '']
        const dates = use.dates?.of.map((d) => [open(d.file).source.sha256, d.band])
        return nameOf(
          'band',
          ...from,
          placed.alignment.how,
          grid,
          codes ? [...codes] : '',
          dates ? [use.dates!.take, dates] : '',
        )
      }),
      use: { id, ...use, alignment: alignmentText(placed.alignment) },
      band: placed,
      unit: unit(use.unit),
    })
  }
  for (const b of bindings) {
    const argument = findArgument(b.argument)
    if (!argument || b.days) continue
    const { raster, source } = open(b.file)
    const wrong = bandProblem(b, raster)
    if (wrong) {
      problems.push(wrong)
      continue
    }
    const n = bandNumber(b.column)!
    const item = b.item && 'name' in b.item ? b.item.name : undefined
    const year = typeof b.year === 'number' ? b.year : list.year
    if (year !== list.year && !STANDING.has(argument.id))
      problems.push(otherYear(argument, year, list, { file: b.file, band: n }))
    const origin = originIn(source, { file: b.file, band: n })
    const use = { ...described(argument, item, raster), unit: b.unit, year, origin, ...chosen(b) }
    add(bandId(b.argument, item), use, raster.band(n))
  }
  const dated = datedMonths(bindings, list)
  problems.push(...dated.problems)
  for (const m of dated.months) {
    const argument = findArgument(m.argument)!
    const opened = m.of.map(({ date, binding }) => ({ date, binding, ...open(binding.file) }))
    const wrong = opened.flatMap(({ binding, raster }) => bandProblem(binding, raster) ?? [])
    const apart = differentGrids(m, opened.map(({ raster }) => raster.grid)) // prettier-ignore
    if (wrong.length > 0 || apart) {
      problems.push(...wrong, ...(apart ? [apart] : []))
      continue
    }
    const of = opened.map(({ date, binding: { file, column } }) => ({ date, file, band: bandNumber(column)! }))
    const { binding, raster, source } = opened[0]!
    const year = typeof binding.year === 'number' ? binding.year : list.year
    if (year !== list.year) problems.push(otherYear(argument, year, list, { file: of[0]!.file, band: of[0]!.band }))
    const use = {
      ...described(argument, m.month, raster),
      unit: binding.unit,
      year,
      origin: originIn(source, { file: of[0]!.file, band: of[0]!.band }),
      dates: { take: m.take, of },
      ...chosen(binding),
    }
    const raw = opened.map((o, i) => o.raster.band(of[i]!.band))
    add(bandId(m.argument, m.month), use, combinedBand(raw, m.take))
  }
  const codeMaps = new Map<string, HeldBand>()
  for (const [id, coded] of codedTables(list, facts)) {
    const { raster, source } = open(coded.map)
    const origin = originIn(source, { file: coded.map, band: coded.band })
    const codes = new Map([...coded.facts].map(([code, f]) => [code, f.quantity.value.toNumber()]))
    add(
      id,
      {
        ...described(coded.argument, coded.item, raster),
        unit: coded.unit,
        year: list.year,
        origin,
        codes: Object.fromEntries([...coded.facts].map(([code, f]) => [String(code), f.id])),
      },
      raster.band(coded.band),
      codes,
    )
    bands.set(id, codedBand(bands.get(id)!, codes, codeMaps))
  }
  const elevation = bands.get('elevation')
  if (elevation) {
    // Terrain is routed on the elevation's own pixels and only then brought onto the grid.
    const raw = open(elevation.use.origin.file).raster.band(elevation.use.origin.band!)
    for (const d of terrainBands(raw)) {
      if (bands.has(d.argument)) continue
      const argument = findArgument(d.argument)
      if (!argument) continue
      const { title, crs, size, origin, year, resampling } = { ...elevation.use, title: argument.title }
      add(
        d.argument,
        {
          argument: d.argument,
          title,
          unit: d.unit,
          year,
          origin,
          crs,
          size,
          derived: d.how,
          ...chosen({ resampling }),
        },
        lazy(raw, d.band),
      )
    }
  }
  return { bands, problems }
}

const chosen = ({ resampling }: { readonly resampling?: Resampling | undefined }): Pick<MapUse, 'resampling'> =>
  resampling === undefined ? {} : { resampling }

/** A map of codes read through a table. Maps of one file and band are held once. */
export function codedBand(placed: MapBand, values: ReadonlyMap<number, number>, held: Map<string, HeldBand>): MapBand {
  const map = JSON.stringify([placed.use.origin.file, placed.use.origin.band])
  const raw = held.get(map) ?? heldBand(placed.band)
  held.set(map, raw)
  return { ...placed, band: throughTable(raw, values), coded: { raw, values } }
}

/** What does not change from year to year. */
const STANDING = new Set([
  'elevation',
  'slope',
  'slope-length',
  'slope-length-steepness',
  'drainage-cells',
  'soil-sand',
  'soil-silt',
  'soil-clay',
  'soil-rock',
  'soil-organic-carbon',
  'soil-organic-matter',
  'soil-carbonate',
  'soil-erodibility',
  'soil-group',
  'soil-conductivity',
  'available-water-fraction',
  'restricting-depth',
  'topographic-index',
])

const otherYear = (a: Argument, year: number, list: InputList, at: Place): Problem =>
  problem('maps.other-year', { argument: a.title.zh, argumentEn: a.title.en, year, wanted: list.year }, at)

function described(
  argument: Argument,
  item: string | undefined,
  raster: MapRaster,
): Pick<MapUse, 'argument' | 'title' | 'crs' | 'size'> {
  const { grid } = raster
  const named = item === undefined ? undefined : (argument.items?.[item] ?? text(item, item))
  const step = grid.crs.kind === 'geographic' ? '°' : 'm'
  const size = `${grid.width} × ${grid.height}（${shortest(grid.dx)} × ${shortest(grid.dy)} ${step}）`
  return {
    argument: argument.id,
    title: named ? text(`${argument.title.zh}·${named.zh}`, `${argument.title.en} · ${named.en}`) : argument.title,
    crs: crsText(grid.crs),
    size: text(size, size.replace('（', ' (').replace('）', ')')),
  }
}

export const shortest = (x: number): string => String(Number(x.toPrecision(7)))

interface Coded {
  readonly argument: Argument
  readonly item?: string
  readonly map: string
  readonly band: number
  readonly unit: string
  readonly facts: ReadonlyMap<number, Fact>
}

/** Tables by pixel code, one for each argument. */
function codedTables(list: InputList, facts: readonly Fact[]): ReadonlyMap<string, Coded> {
  const out = new Map<string, Coded>()
  for (const b of list.arguments) {
    const argument = findArgument(b.argument)
    if (!b.code || !argument) continue
    const own = new Map<number, Fact>()
    for (const f of facts) {
      const code = f.argument === b.argument && f.item !== undefined ? codeOfItem(f.item) : undefined
      if (code !== undefined) own.set(code, f)
    }
    out.set(b.argument, { argument, map: b.code.map, band: b.code.band ?? 1, unit: b.unit, facts: own })
  }
  return out
}

const codeOfItem = (item: string): number | undefined => {
  const m = /^code\.(-?\d+)$/.exec(item)
  return m && codeItem(Number(m[1])) === item ? Number(m[1]) : undefined
}

/** Codes replaced by the values of a table; a code without a row has no value. */
function throughTable(band: HeldBand, table: ReadonlyMap<number, number>): Band {
  const placeOf = codePlaces(table.keys())
  const numbers = Float64Array.from(table.values())
  return {
    grid: band.grid,
    name: band.name,
    read(window, { values, states }) {
      const raw = band.pixels(window)
      // Codes come in patches: the next pixel mostly has the same.
      let [code, value, state]: [number, number, number] = [NaN, 0, NODATA]
      for (let p = 0; p < window.width * window.height; p++) {
        if (raw.states[p] !== VALID) {
          values[p] = 0
          states[p] = raw.states[p]!
          continue
        }
        if (raw.values[p] !== code) {
          code = raw.values[p]!
          const place = placeOf(code)
          value = place < 0 ? 0 : numbers[place]!
          state = place < 0 ? NODATA : VALID
        }
        values[p] = value
        states[p] = state
      }
    },
  }
}

const lazy = (like: Band, make: () => Band): Band => ({
  grid: like.grid,
  name: like.name,
  read: (window, into) => make().read(window, into),
  get slope() {
    return make().slope
  },
})
