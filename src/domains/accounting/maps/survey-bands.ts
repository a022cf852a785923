// Looking through the bands where the account has pixels: what is missing, no number or out of its usual range. A tile in
// which all is well is known by its smallest and largest number alone; only the others are looked at pixel by pixel.
// Always holds: what is told does not depend on which way a tile was looked at.

import { unit, type Place, type Problem } from '../../../kernel/index.ts'
import {
  fusedPass,
  NAN,
  stripOf,
  TILE,
  tilesOf,
  VALID,
  type FusedPass,
  type Strip,
  type Window,
} from '../../../raster/index.ts'
import { findArgument, type Argument } from '../arguments.ts'
import { shortest } from './bands-of-account.ts'
import { tilesOfBlock, type BlockLook } from './blocks.ts'
import { layersOf, type Layers } from './layers.ts'
import type { MapBand, MapStack } from './map-stack.ts'
import { placedAt } from './placed-at.ts'
import { problem } from './problems.ts'
import { nameOf, type WorkingCache } from './working-cache.ts'

export interface BandSurvey {
  /** Part of a pass over `layers`: what the pass has to look at, and what it saw in the tile last run. */
  watch(layers: Layers): SurveyWatch
  /** Looks through every band pixel by pixel: the twin of a watched pass. */
  plainly(): void
  /** All tiles were seen. */
  finish(): void
  /** Takes what the working cache knows of a look through all pixels; what it knows is not looked at again. */
  recall(): void
  /** Of a run that saw all pixels. */
  keep(): void
  /** Ids of the bands that are still to be looked at. */
  open(): readonly string[]
  readonly isDone: boolean
  /** What was seen so far, by band, and what was seen elsewhere, in the order of its pixels. */
  seen(): Readonly<Record<string, BlockLook>>
  take(band: string, seen: BlockLook): void
  problems(): readonly Problem[]
}

export interface SurveyWatch {
  readonly looks: readonly number[]
  readonly codes: readonly number[]
  take(fused: FusedPass, window: Window): void
}

type SurveyedMaps = Pick<MapStack, 'name' | 'grid' | 'bands' | 'keys' | 'rows' | 'areaOfRow' | 'blocks'>

/** @param only the bands of these ids */
export function bandSurvey(maps: SurveyedMaps, cache?: WorkingCache, only?: ReadonlySet<string>): BandSurvey {
  const all = maps.rows.reduce((n, r) => n + r.pixels, 0)
  const surveyed = [...maps.bands.values()].filter((b) => !b.use.derived && (only?.has(b.use.id) ?? true))
  const looks = surveyed.map((b) => ({ b, look: bandLook(b, all) }))
  const strip = stripOf(TILE * TILE)
  const lookAt = ({ b, look }: (typeof looks)[number], window: Window, keys: Int32Array): void => {
    placedAt(placeOf(b), () => b.band.read(window, strip))
    look.tile(window, keys, strip)
  }
  let isDone = false
  const nameOfLook = ({ b }: (typeof looks)[number]): string => nameOf('look', maps.name(), b.name(), b.use.argument)
  const recalled = new Set<(typeof looks)[number]>()
  return {
    recall() {
      for (const own of looks) {
        const found = cache?.find(nameOfLook(own)) as BlockLook | undefined
        if (!found) continue
        own.look.take(found)
        recalled.add(own)
      }
      if (recalled.size === looks.length) isDone = true
    },
    open: () => looks.filter((own) => !recalled.has(own)).map(({ b }) => b.use.id),
    keep() {
      for (const own of looks) if (!recalled.has(own)) cache?.keep(nameOfLook(own), own.look.seen())
    },
    get isDone() {
      return isDone
    },
    finish: () => void (isDone = true),
    watch(layers) {
      const open = looks.filter((own) => !recalled.has(own))
      const sources = open.map(({ b }) => layers.sourceOfBand(b))
      const byValue = [...new Set(sources.filter((s) => !('table' in s)).map((s) => s.layer))]
      const byCode = [...new Set(sources.filter((s) => 'table' in s).map((s) => s.layer))]
      return {
        looks: byValue,
        codes: byCode,
        take(fused, window) {
          const met = byCode.map((_, i) => fused.codesMet(i))
          open.forEach((own, i) => {
            const { layer } = sources[i]!
            const { coded } = own.b
            const seen =
              'table' in sources[i]!
                ? rangeOfCodes(met[byCode.indexOf(layer)]!, coded!)
                : fused.look(byValue.indexOf(layer))
            if (seen.lost || !own.look.isUsual(seen)) lookAt(own, window, fused.keys)
            else own.look.usual(seen)
          })
        },
      }
    },
    plainly() {
      const keys = new Int32Array(TILE * TILE)
      for (const window of tilesOf(maps.grid))
        if (maps.keys(window, keys)) for (const own of looks) lookAt(own, window, keys)
      isDone = true
    },
    seen: () => Object.fromEntries(looks.map(({ b, look }) => [b.use.id, look.seen()])),
    take: (band, seen) => looks.find(({ b }) => b.use.id === band)?.look.take(seen),
    problems: () => looks.flatMap(({ look }) => look.problems()),
  }
}

interface Range {
  readonly min: number
  readonly max: number
}

/** The values of the codes met; lost where a code has none. */
function rangeOfCodes(
  met: ReturnType<FusedPass['codesMet']>,
  { values }: NonNullable<MapBand['coded']>,
): Range & { readonly lost: boolean } {
  let [min, max, lost] = [Infinity, -Infinity, met.lost]
  for (const code of met.codes) {
    const v = values.get(code)
    if (v === undefined) lost = true
    else [min, max] = [Math.min(min, v), Math.max(max, v)]
  }
  return { min, max, lost }
}

/** The survey by itself, where no account is computed. */
export function surveyAlone(maps: SurveyedMaps, survey: BandSurvey): void {
  const layers = layersOf(maps, TILE * TILE)
  const watch = survey.watch(layers)
  const { looks, codes } = watch
  const fused = fusedPass({ layers: layers.layers, groups: [], keys: maps.rows.length, looks, codes })
  const tiles = maps.blocks?.kind === 'one' ? tilesOfBlock(maps.grid, maps.blocks.block) : tilesOf(maps.grid)
  for (const window of tiles) {
    if (!maps.keys(window, fused.keys)) continue
    fused.run(window, [])
    watch.take(fused, window)
  }
  survey.finish()
}

const pixelOf = (window: Window, p: number): readonly [number, number] => [
  window.col + (p % window.width),
  window.row + Math.floor(p / window.width),
]

const placeOf = ({ use }: MapBand): Place => ({ file: use.origin.file, band: use.origin.band! })

function bandLook({ use, unit: u, coded }: MapBand, all: number) {
  const argument = findArgument(use.argument)!
  const factor = ratio(u, unit(argument.unit))
  const [low, high] = argument.range.map((x) => Number(x) / factor) as [number, number]
  let [empty, nan, odd, min, max] = [0, 0, 0, Infinity, -Infinity]
  let firstOdd: readonly [number, number] | undefined
  let firstNan: readonly [number, number] | undefined
  let firstEmpty: readonly [number, number] | undefined
  const lacking = new Map<number, { pixels: number; readonly first: readonly [number, number] }>()
  return {
    isUsual: (range: Range): boolean => !(range.min < low || range.max > high),
    /** A tile whose pixels all have numbers in the usual range. */
    usual(range: Range): void {
      min = Math.min(min, range.min)
      max = Math.max(max, range.max)
    },
    tile(window: Window, keys: Int32Array, strip: Strip): void {
      const raw = coded?.raw.pixels(window)
      // Counted in variables of the loop: those of the closure are several times slower.
      let [ownEmpty, least, most] = [0, min, max]
      for (let p = 0; p < window.width * window.height; p++) {
        if (keys[p]! < 0) continue
        if (strip.states[p] === VALID) {
          const v = strip.values[p]!
          if (v < least) least = v
          if (v > most) most = v
          if (v < low || v > high) {
            odd++
            firstOdd ??= pixelOf(window, p)
          }
        } else if (raw?.states[p] === VALID) {
          const seen = lacking.get(raw.values[p]!)
          if (seen) seen.pixels++
          else lacking.set(raw.values[p]!, { pixels: 1, first: pixelOf(window, p) })
        } else if (strip.states[p] === NAN) {
          nan++
          firstNan ??= pixelOf(window, p)
        } else {
          ownEmpty++
          firstEmpty ??= pixelOf(window, p)
        }
      }
      empty += ownEmpty
      min = least
      max = most
    },
    seen: (): BlockLook => ({
      empty,
      nan,
      odd,
      ...(min <= max ? { min, max } : {}),
      ...(firstEmpty ? { firstEmpty: [...firstEmpty] } : {}),
      ...(firstNan ? { firstNan: [...firstNan] } : {}),
      ...(firstOdd ? { firstOdd: [...firstOdd] } : {}),
      lacking: [...lacking].map(([code, { pixels, first }]) => [code, { pixels, first: [...first] }]),
    }),
    take(seen: BlockLook): void {
      empty += seen.empty
      nan += seen.nan
      odd += seen.odd
      min = Math.min(min, seen.min ?? Infinity)
      max = Math.max(max, seen.max ?? -Infinity)
      firstEmpty ??= seen.firstEmpty
      firstNan ??= seen.firstNan
      firstOdd ??= seen.firstOdd
      for (const [code, { pixels, first }] of seen.lacking) {
        const known = lacking.get(code)
        if (known) known.pixels += pixels
        else lacking.set(code, { pixels, first })
      }
    },
    problems(): readonly Problem[] {
      const names = { argument: use.title.zh, argumentEn: use.title.en }
      const at = (pixel: readonly [number, number] | undefined) => ({
        file: use.origin.file,
        band: use.origin.band!,
        ...(pixel ? { pixel } : {}),
      })
      const share = String(Math.round((empty / Math.max(1, all)) * 1e4) / 100)
      const bounds = { low: argument.range[0], high: argument.range[1], unit: argument.unit }
      return [
        ...[...lacking]
          .sort(([a], [b]) => a - b)
          .map(([code, { pixels, first }]) => problem('maps.uncoded', { ...names, code, pixels }, at(first))),
        ...(nan > 0 ? [problem('maps.nan', { ...names, pixels: nan }, at(firstNan))] : []),
        ...(empty > 0 ? [problem('maps.missing-pixels', { ...names, pixels: empty, share }, at(firstEmpty))] : []),
        ...(!coded && isShare(argument) && max * factor > 1
          ? [problem('maps.percent-as-fraction', { ...names, max: shortest(max * factor) }, at(firstOdd))]
          : []),
        ...(odd > 0
          ? [
              problem(
                'maps.out-of-range',
                { ...names, ...bounds, pixels: odd, min: shortest(min * factor), max: shortest(max * factor) },
                at(firstOdd),
              ),
            ]
          : []),
      ]
    },
  }
}

/** A factor that cannot be more than 1. */
const isShare = (a: Argument): boolean => a.unit === '1' && a.range[1] === '1'

const ratio = (from: ReturnType<typeof unit>, to: ReturnType<typeof unit>): number =>
  (Number(from.num) / Number(from.den)) * (Number(to.den) / Number(to.num))
