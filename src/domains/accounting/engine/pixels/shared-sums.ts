// The pass over the tiles shared among threads: rows of tiles are cut into pieces, each thread opens the same stack and takes
// the next piece, and what the pieces add up to is put together as they come. Always holds: the sums are those of one thread
// to the last digit (sums of tiles meet exactly), and so is what the survey tells.

import { type Unit } from '../../../../kernel/index.ts'
import { kernelOf, TILE, type GroupSums, type Kernel, type SumPart } from '../../../../raster/index.ts'
import { tilesOfBlock, type BlockLook } from '../../maps/blocks.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import { isPlanned, stackOf, type StackPlan } from '../../maps/stack-plan.ts'
import { bandSurvey } from '../../maps/survey-bands.ts'
import type { Program, Source } from './program.ts'
import { emptySums, tilePass, type PassWatch } from './tile-pass.ts'
import type { PixelGroup } from './trees.ts'

/** More pieces than threads: a thread that is held up holds up little. */
const PIECES_A_THREAD = 16

/** What another thread is told. */
export interface SumsJob {
  readonly plan: StackPlan
  readonly groups: readonly PlainGroup[]
  /** Bands to be looked through. */
  readonly looks: readonly string[]
  readonly pieces: number
}

interface PlainProgram {
  readonly program: Kernel['program']
  readonly unit: Unit
  readonly sources: readonly (Exclude<Source, { program: Program }> | { readonly program: PlainProgram })[]
}
type PlainGroup = Omit<PixelGroup, 'program'> & { readonly program: PlainProgram }

/** What a piece adds up to: for each group the parts of the keys that it met. */
interface PieceSums {
  readonly groups: readonly (readonly { readonly key: number; readonly negative: number; readonly part: SumPart }[])[]
  readonly looks: Readonly<Record<string, BlockLook>>
}

/** Undefined where the stack cannot be opened by another thread, or is not worth it. */
export function sumShared(
  groups: readonly PixelGroup[],
  maps: MapStack,
  watch?: PassWatch,
): readonly GroupSums[] | undefined {
  const { threads, blocks, grid } = maps
  const needs = new Set(groups.flatMap((g) => mapsBelow(g.program)))
  const isHeld = [...needs].some((id) => maps.bands.has(id) && !isPlanned(maps.bands.get(id)!))
  if (!threads || threads.count < 2 || blocks || isHeld || grid.width * grid.height < threads.leastPixels)
    return undefined
  const plan = maps.plan?.()
  if (!plan) return undefined
  const rowsOfTiles = Math.ceil(grid.height / TILE)
  const tiles = rowsOfTiles * Math.ceil(grid.width / TILE)
  const pieces = Math.min(rowsOfTiles, PIECES_A_THREAD * threads.count)
  const looks = maps.survey.isDone ? [] : maps.survey.open()
  const job: SumsJob = { plan, groups: groups.map((g) => ({ ...g, program: plain(g.program) })), looks, pieces }
  const sums = groups.map(() => emptySums(maps))
  const made = threads.share(job, pieces, pieceWork(maps, groups, looks, pieces), {
    // A piece that was done twice counts twice.
    step: (done) => watch?.onTile?.(Math.min(done, tiles), tiles),
    piece: (piece, { groups: parts }) => {
      parts.forEach((own, g) => {
        for (const { key, part, negative } of own) {
          sums[g]!.sums.addPart(key, part)
          sums[g]!.negative[key]! += negative
        }
      })
      watch?.onAdded?.(tilesOfBlock(grid, { block: piece + 1, of: pieces }), sums)
    },
  })
  for (const piece of made) for (const [id, look] of Object.entries(piece.looks)) maps.survey.take(id, look)
  maps.survey.finish()
  watch?.onTile?.(tiles, tiles)
  return sums
}

function pieceWork(maps: MapStack, groups: readonly PixelGroup[], looks: readonly string[], pieces: number) {
  const surveyed = new Set(looks)
  const survey = () => bandSurvey(maps, undefined, surveyed)
  const pass = tilePass(groups, maps, survey())
  return (piece: number, step: () => void): PieceSums => {
    const own = survey()
    const sums = pass(tilesOfBlock(maps.grid, { block: piece + 1, of: pieces }), own, step)
    return {
      groups: groups.map((g, i) =>
        g.rows.flatMap(({ key }) => {
          const part = sums[i]!.sums.part(key)
          return part.counts.every((n) => n === 0) ? [] : [{ key, negative: sums[i]!.negative[key]!, part }]
        }),
      ),
      looks: own.seen(),
    }
  }
}

/** In another thread. @throws ProblemError where a file cannot be opened */
export function openPieces(job: unknown): { readonly piece: ReturnType<typeof pieceWork>; close(): void } {
  const { plan, groups, looks, pieces } = job as SumsJob
  const maps = stackOf(plan)
  const own = groups.map((g): PixelGroup => ({ ...g, program: compiled(g.program) }))
  return { piece: pieceWork(maps, own, looks, pieces), close: () => maps.close() }
}

const plain = ({ kernel, sources }: Program): PlainProgram => ({
  program: kernel.program,
  unit: kernel.unit,
  sources: sources.map((s) => ('program' in s ? { program: plain(s.program) } : s)),
})

const compiled = ({ program, unit, sources }: PlainProgram): Program => ({
  kernel: kernelOf(program, unit),
  sources: sources.map((s) => ('program' in s ? { program: compiled(s.program) } : s)),
})

const mapsBelow = ({ sources }: Program): readonly string[] =>
  sources.flatMap((s) => ('program' in s ? mapsBelow(s.program) : 'map' in s ? [s.map] : []))
