// One pass over the tiles for everything that is wanted from the maps: each band is read once a tile, each program run once,
// and what comes out is added up by row. Always holds: a tile's sum is taken in the order of its pixels and tiles meet in an
// exact accumulator, so neither the layout of a file nor the order of tiles changes a digit.

import { decText, dec, type Text } from '../../../../kernel/index.ts'
import { keySums, stripOf, TILE, tilesOf, VALID, type Strip, type Window } from '../../../../raster/index.ts'
import { PIXEL_AREA, type MapStack } from '../../maps/map-stack.ts'
import type { PixelSum } from '../../model.ts'
import type { Program } from './program.ts'

/** A program with the rows that share it. */
export interface PixelGroup {
  readonly program: Program
  /** Keys of the stack, and for each the numbers of its row. */
  readonly rows: readonly { readonly key: number; readonly numbers: readonly number[] }[]
}

/** @returns for each group the sums of its rows, in the order of `rows` */
export function sumPixels(
  groups: readonly PixelGroup[],
  maps: MapStack,
  onTile?: (done: number, of: number) => void,
): readonly (readonly PixelSum[])[] {
  const runs = groups.map((g) => groupRun(g, maps))
  const all = [...tilesOf(maps.grid)]
  const keys = new Int32Array(TILE * TILE)
  const bands = tileBands(maps)
  for (const [i, window] of all.entries()) {
    onTile?.(i, all.length)
    const pixels = window.width * window.height
    maps.keys(window, keys)
    if (!someKey(keys, pixels)) continue
    bands.open(window)
    for (const run of runs) run.tile(keys, pixels, bands.strip)
  }
  onTile?.(all.length, all.length)
  return runs.map((r) => r.sums())
}

export const READING_MAPS: Text = { zh: '逐像元计算', en: 'computing pixel by pixel' }

function someKey(keys: Int32Array, pixels: number): boolean {
  for (let p = 0; p < pixels; p++) if (keys[p]! >= 0) return true
  return false
}

interface TileBands {
  open(window: Window): void
  readonly strip: (id: string) => Strip
}

/** Bands of the current tile, each read when first asked for. */
function tileBands(maps: MapStack): TileBands {
  const strips = new Map<string, Strip>()
  const fresh = new Set<string>()
  let at: Window
  const fillArea = (s: Strip): void => {
    for (let row = 0; row < at.height; row++)
      s.values.fill(maps.areaOfRow(at.row + row), row * at.width, (row + 1) * at.width)
    s.states.fill(VALID)
  }
  return {
    open: (window) => {
      at = window
      fresh.clear()
    },
    strip: (id) => {
      const strip = strips.get(id) ?? stripOf(TILE * TILE)
      strips.set(id, strip)
      if (!fresh.has(id)) {
        if (id === PIXEL_AREA) fillArea(strip)
        else maps.bands.get(id)!.band.read(at, strip)
        fresh.add(id)
      }
      return strip
    },
  }
}

/** Runs a group on a tile; undefined where no pixel is its own. */
function groupTile(group: PixelGroup, maps: MapStack) {
  const rowOf = new Int32Array(maps.rows.length).fill(-1)
  group.rows.forEach((r, i) => (rowOf[r.key] = i))
  const rows = new Int32Array(TILE * TILE)
  const runner = programRunner(group.program, numbersOf(group))
  return (keys: Int32Array, pixels: number, strip: (id: string) => Strip) => {
    let some = false
    for (let p = 0; p < pixels; p++) {
      const key = keys[p]!
      const row = key < 0 ? -1 : rowOf[key]!
      rows[p] = row
      some ||= row >= 0
    }
    return some ? { rows, out: runner(rows, pixels, strip) } : undefined
  }
}

/** A group on its own, for reading single windows. */
export function groupReader(group: PixelGroup, maps: MapStack) {
  const tile = groupTile(group, maps)
  const bands = tileBands(maps)
  return (window: Window, keys: Int32Array, pixels: number) => {
    bands.open(window)
    return tile(keys, pixels, bands.strip)
  }
}

function groupRun(group: PixelGroup, maps: MapStack) {
  const tile = groupTile(group, maps)
  const sums = keySums(group.rows.length)
  const negative = new Float64Array(group.rows.length)
  return {
    tile(keys: Int32Array, pixels: number, strip: (id: string) => Strip): void {
      const got = tile(keys, pixels, strip)
      if (!got) return
      const { rows, out } = got
      sums.add(rows, out, pixels)
      for (let p = 0; p < pixels; p++)
        if (rows[p]! >= 0 && out.states[p] === VALID && out.values[p]! < 0) negative[rows[p]!]!++
    },
    sums: (): readonly PixelSum[] =>
      group.rows.map((_, i) => {
        const s = sums.at(i)
        return {
          value: digits(s.sum),
          unit: group.program.kernel.unit.text,
          pixels: s.count,
          missing: { nodata: s.nodata, nan: s.nan, outside: s.outside, noValue: s.noValue },
          negative: negative[i]!,
          ...(s.min === undefined ? {} : { min: digits(s.min) }),
          ...(s.max === undefined ? {} : { max: digits(s.max) }),
        }
      }),
  }
}

/** The shortest digits that name the double. */
const digits = (x: number): string => decText(dec(String(x)))

/** The numbers of the rows by position; one number where all rows agree. */
function numbersOf(group: PixelGroup): readonly (number | Float64Array)[] {
  const width = group.rows[0]?.numbers.length ?? 0
  return Array.from({ length: width }, (_, k) => {
    const column = Float64Array.from(group.rows, (r) => r.numbers[k]!)
    return column.every((x) => x === column[0]) ? column[0]! : column
  })
}

type Runner = (rows: Int32Array, pixels: number, strip: (id: string) => Strip) => Strip

function programRunner(program: Program, numbers: readonly (number | Float64Array)[]): Runner {
  const out = stripOf(TILE * TILE)
  const inner = program.sources.map((s) => ('program' in s ? programRunner(s.program, numbers) : undefined))
  const gathered = program.sources.map((s) =>
    'number' in s && typeof numbers[s.number] !== 'number' ? new Float64Array(TILE * TILE) : undefined,
  )
  return (rows, pixels, strip) => {
    out.states.fill(VALID, 0, pixels)
    const inputs = program.sources.map((s, i): Float64Array | number => {
      if ('number' in s) {
        const own = numbers[s.number]!
        return typeof own === 'number' ? own : gather(own, rows, pixels, gathered[i]!)
      }
      const from = 'map' in s ? strip(s.map) : inner[i]!(rows, pixels, strip)
      takeStates(out.states, from.states, pixels)
      return from.values
    })
    program.kernel.run(inputs, pixels, out)
    return out
  }
}

/** A pixel that has no number yet keeps its reason; others take theirs from `from`. Four pixels at a time, since nearly all
 *  have a number. */
function takeStates(own: Uint8Array, from: Uint8Array, pixels: number): void {
  const words = new Uint32Array(from.buffer, from.byteOffset, pixels >> 2)
  for (let w = 0; w < words.length; w++)
    if (words[w] !== 0) for (let p = 4 * w; p < 4 * w + 4; p++) if (own[p] === VALID) own[p] = from[p]!
  for (let p = 4 * words.length; p < pixels; p++) if (own[p] === VALID) own[p] = from[p]!
}

function gather(own: Float64Array, rows: Int32Array, pixels: number, into: Float64Array): Float64Array {
  for (let p = 0; p < pixels; p++) into[p] = rows[p]! < 0 ? 0 : own[rows[p]!]!
  return into
}
