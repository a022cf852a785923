// What type each pixel is: codes of a map of classes put in relation to ecosystem types, and the pixels of every region and
// type counted. Always holds: a code nobody explained stops the run and is named with its pixels; none is left out silently.

import type { Place, Problem } from '../../../kernel/index.ts'
import {
  isEvenGrid,
  keySums,
  pixelAreas,
  stripOf,
  TILE,
  tilesOf,
  VALID,
  type Band,
  type Grid,
  type Window,
} from '../../../raster/index.ts'
import type { Binding } from '../input-list.ts'
import type { ClassNames } from '../inputs/names.ts'
import { bandNumber } from './band-number.ts'
import { byteCodes } from './byte-codes.ts'
import { codePlaces } from './code-places.ts'
import type { MapSource } from './map-files.ts'
import type { MapRow } from './map-stack.ts'
import { once } from './once.ts'
import { placedAt } from './placed-at.ts'
import { problem } from './problems.ts'
import { kept, nameOf, type WorkingCache } from './working-cache.ts'
import type { AccountZones } from './zones-of-account.ts'

export interface ClassMap {
  /** Of what its keys are made, for the working cache. */
  readonly name: () => string
  readonly rows: readonly MapRow[]
  /** Key (place in `rows`) of each pixel. @returns whether a pixel has one */
  keys(window: Window, into: Int32Array): boolean
  areaOfRow(row: number): number
  /** What turns zones and codes into keys, for another thread. */
  readonly coding: Coding
  /** The codes that mean a type. */
  codesOf(type: string): readonly number[]
  readonly problems: readonly Problem[]
}

/** Codes beyond this are no classes. */
const GREATEST_CODE = 1_000_000

/** Unknown codes told one by one. */
const CODES_TOLD = 20

type Pixel = readonly [column: number, row: number]
interface Seen {
  pixels: number
  readonly first: Pixel
}
export interface Counted {
  readonly pixels: ReadonlyMap<number, Seen>
  /** Values that are no codes. */
  readonly broken?: Seen & { readonly value: number }
  readonly byZone: {
    has(zone: number, code: number): boolean
    /** Pixels, where they were counted by zone. */
    readonly pixels?: (zone: number, code: number) => number
  }
}

export interface ClassMapInput {
  /** Of class codes on `grid`. */
  readonly band: Band
  /** The band's file. */
  readonly source: MapSource
  readonly grid: Grid
  readonly zones: AccountZones
  readonly binding: Binding
  readonly names: ClassNames
  readonly cache?: WorkingCache | undefined
}

export function classMap({ band, source, grid, zones, binding, names, cache }: ClassMapInput): ClassMap {
  const area = pixelAreas(grid)
  const n = bandNumber(binding.column)
  const at = (pixel?: Pixel): Place => ({
    file: binding.file,
    ...(n === undefined ? {} : { band: n }),
    ...(pixel ? { pixel } : {}),
  })
  const bytes = once(() => byteCodes(band, zones))
  const from = once(() => nameOf('counted', source.sha256, n, band.grid, grid, zones.name()))
  const counted = fromPlain(
    kept(cache, from, () =>
      plainCounts(
        placedAt(at(), () => bytes()?.count(grid) ?? countCodes(band, grid, zones)),
        zones.regions.length,
      ),
    ),
  )
  const problems: Problem[] = []
  if (counted.broken) {
    const { value, pixels, first } = counted.broken
    problems.push(problem('maps.broken-code', { value, pixels }, at(first)))
  }
  const unmapped: Seen[] = []
  const classOf = new Map<number, string | undefined>()
  const hectares = (pixels: number): string =>
    String(Math.round((pixels * area(Math.floor(grid.height / 2))) / 1e3) / 10)
  for (const [code, seen] of [...counted.pixels].sort(([a], [b]) => a - b)) {
    const found = findClass(code, binding, names)
    const { pixels, first } = seen
    if (typeof found === 'object') problems.push({ ...found, at: at(first) })
    else if (found === undefined && unmapped.push(seen) <= CODES_TOLD)
      problems.push(problem('maps.unmapped-code', { code, pixels, hectares: hectares(pixels) }, at(first)))
    classOf.set(code, typeof found === 'string' && found !== '-' ? found : undefined)
  }
  const rest = unmapped.slice(CODES_TOLD)
  if (rest.length > 0) {
    const pixels = rest.reduce((s, u) => s + u.pixels, 0)
    problems.push(problem('maps.unmapped-codes', { codes: rest.length, pixels }, at(rest[0]!.first)))
  }
  const codes = [...counted.pixels.keys()].sort((a, b) => a - b)
  const classes = [...new Set([...classOf.values()].filter((c) => c !== undefined))].sort()
  const classIndex = new Map(codes.map((c) => [c, classes.indexOf(classOf.get(c) ?? '')]))
  const pairs = new Int32Array(zones.regions.length * Math.max(1, classes.length)).fill(-1)
  const order = zones.regions.map((code, zone) => ({ code, zone })).sort((a, b) => (a.code < b.code ? -1 : 1))
  const found: { zone: number; cls: number }[] = []
  for (const { zone } of order)
    classes.forEach((_, cls) => {
      const some = codes.some((c) => classIndex.get(c) === cls && counted.byZone.has(zone, c))
      if (some) {
        pairs[zone * classes.length + cls] = found.length
        found.push({ zone, cls })
      }
    })
  const coding: Coding = { classIndex, pairs, classes: classes.length }
  const reader = once(() => keysBy(coding, band, zones, bytes()))
  const keys: ClassMap['keys'] = (window, into) => reader()(window, into)
  const regions = found.map(({ zone }) => zones.regions[zone]!)
  const name = once(() => nameOf('keys', from(), regions, classes, [...classIndex]))
  const counts = counted.byZone.pixels
  // Where every pixel has one area whose multiples are doubles, counting is measuring.
  const isCounted = counts !== undefined && isEvenGrid(grid) && Math.fround(area(0)) === area(0)
  const rows = isCounted
    ? found.map(({ zone, cls }) => {
        const pixels = codes.reduce((n, c) => (classIndex.get(c) === cls ? n + counts(zone, c) : n), 0)
        return { pixels, area: pixels * area(0) }
      })
    : kept(
        cache,
        () => nameOf('areas', name()),
        () => measured(keys, grid, area, found),
      )
  return {
    name,
    rows: rows.map((m, i) => ({
      region: regions[i]!,
      class: classes[found[i]!.cls]!,
      ...m,
    })),
    keys,
    areaOfRow: area,
    coding,
    codesOf: (type) => codes.filter((c) => classOf.get(c) === type),
    problems,
  }
}

/** Counts as plain data. */
interface PlainCounts {
  readonly pixels: readonly (readonly [code: number, seen: Seen])[]
  readonly broken?: Counted['broken']
  /** Pixels of a code in a zone; null where they were met and not counted. */
  readonly byZone: readonly (readonly [zone: number, code: number, pixels: number | null])[]
}

function plainCounts({ pixels, broken, byZone }: Counted, zones: number): PlainCounts {
  const codes = [...pixels.keys()]
  const each = Array.from({ length: zones }, (_, zone) =>
    codes.filter((c) => byZone.has(zone, c)).map((c) => [zone, c]),
  )
  return {
    pixels: [...pixels],
    ...(broken ? { broken } : {}),
    byZone: each.flat().map(([zone, code]) => [zone!, code!, byZone.pixels?.(zone!, code!) ?? null]),
  }
}

function fromPlain({ pixels, broken, byZone }: PlainCounts): Counted {
  const met = new Map(byZone.map(([zone, code, n]) => [`${zone} ${code}`, n]))
  const isCounted = byZone.every(([, , n]) => n !== null)
  return {
    pixels: new Map(pixels),
    ...(broken ? { broken } : {}),
    byZone: {
      has: (zone, code) => met.has(`${zone} ${code}`),
      ...(isCounted ? { pixels: (zone, code) => met.get(`${zone} ${code}`) ?? 0 } : {}),
    },
  }
}

/** The class of a pixel code; `-` for what is outside the account; a problem where the list names no class. */
export function findClass(code: number, { class: c }: Binding, names: ClassNames): string | Problem | undefined {
  if (!c) return undefined
  if ('code' in c) return c.code
  const written = c.codes?.[String(code)]
  if (written === '-') return '-'
  if (c.codes && written === undefined) return undefined
  const found = names.find(written ?? String(code), c.crosswalk)
  if (found && 'code' in found) return found.code
  return written === undefined ? undefined : problem('maps.unknown-class', { code, name: written })
}

function zoneCounts() {
  const seen = new Map<number, Set<number>>()
  return {
    add: (zone: number, code: number): void => {
      const own = seen.get(zone)
      if (own) own.add(code)
      else seen.set(zone, new Set([code]))
    },
    has: (zone: number, code: number): boolean => seen.get(zone)?.has(code) === true,
  }
}

/** Codes of any kind, pixel by pixel: the twin of `byteCodes`. */
export function countCodes(band: Band, grid: Grid, zones: Pick<AccountZones, 'read'>): Counted {
  const pixels = new Map<number, Seen>()
  const byZone = zoneCounts()
  let broken: (Seen & { readonly value: number }) | undefined
  const strip = stripOf(TILE * TILE)
  const zone = new Int32Array(TILE * TILE)
  for (const window of tilesOf(grid)) {
    if (!zones.read(window, zone)) continue
    band.read(window, strip)
    let [lastCode, lastZone] = [NaN, -1]
    let seen: Seen | undefined
    for (let p = 0; p < window.width * window.height; p++) {
      const z = zone[p]!
      if (z < 0 || strip.states[p] !== VALID) continue
      const code = strip.values[p]!
      if (code !== lastCode || z !== lastZone) {
        const first: Pixel = [window.col + (p % window.width), window.row + Math.floor(p / window.width)]
        if (!Number.isInteger(code) || Math.abs(code) > GREATEST_CODE) {
          broken ??= { value: code, pixels: 0, first }
          broken.pixels++
          continue
        }
        seen = pixels.get(code)
        if (!seen) pixels.set(code, (seen = { pixels: 0, first }))
        byZone.add(z, code)
        lastCode = code
        lastZone = z
      }
      seen!.pixels++
    }
  }
  return { pixels, byZone, ...(broken ? { broken } : {}) }
}

/** From the zone and the code of a pixel to its key. */
export interface Coding {
  /** Place of the class of each code, −1 for none. */
  readonly classIndex: ReadonlyMap<number, number>
  readonly classes: number
  /** By zone × classes + class. */
  readonly pairs: Int32Array
}

type ZonePixels = Pick<AccountZones, 'regions' | 'read' | 'eachRun'>

/** Reads keys; of plain bytes by tables. */
export function keysBy(
  coding: Coding,
  band: Band,
  zones: ZonePixels,
  bytes: ReturnType<typeof byteCodes> = byteCodes(band, zones),
): ClassMap['keys'] {
  const { classIndex, pairs, classes } = coding
  const keyOf = (zone: number, code: number): number => {
    const cls = classIndex.get(code) ?? -1
    return cls < 0 ? -1 : pairs[zone * classes + cls]!
  }
  return bytes?.keys(keyOf) ?? keyReader(band, zones, coding)
}

function keyReader(
  band: Band,
  zones: ZonePixels,
  { classIndex, pairs, classes }: Coding,
): (window: Window, into: Int32Array) => boolean {
  const strip = stripOf(TILE * TILE)
  const placeOf = codePlaces(classIndex.keys())
  const classOf = Int32Array.from(classIndex.values())
  return (window, into) => {
    if (!zones.read(window, into)) return false
    band.read(window, strip)
    let some = false
    for (let p = 0; p < window.width * window.height; p++) {
      const zone = into[p]!
      if (zone < 0) continue
      const place = strip.states[p] === VALID ? placeOf(strip.values[p]!) : -1
      const cls = place < 0 ? -1 : classOf[place]!
      into[p] = cls < 0 ? -1 : pairs[zone * classes + cls]!
      some ||= into[p]! >= 0
    }
    return some
  }
}

/** Pixels and area (m²) of every key; areas meet exactly, whatever the order of tiles. */
function measured(
  keys: (window: Window, into: Int32Array) => boolean,
  grid: Grid,
  areaOfRow: (row: number) => number,
  rows: readonly unknown[],
): readonly { readonly pixels: number; readonly area: number }[] {
  const sums = keySums(rows.length)
  const key = new Int32Array(TILE * TILE)
  const strip = stripOf(TILE * TILE)
  for (const window of tilesOf(grid)) {
    if (!keys(window, key)) continue
    for (let r = 0; r < window.height; r++)
      strip.values.fill(areaOfRow(window.row + r), r * window.width, (r + 1) * window.width)
    sums.add(key, strip, window.width * window.height)
  }
  return rows.map((_, i) => ({ pixels: sums.at(i).count, area: sums.at(i).sum }))
}
