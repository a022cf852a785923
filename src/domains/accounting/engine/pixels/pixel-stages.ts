// The stages of methods over maps, computed for all methods in one pass: resolve the inputs of every row, group rows of one
// shape, run, and hand out each row's recipe. What a row lacks is a reason and never a zero.

import type { ParameterValue } from '../../../../core/rules/index.ts'
import type { GroupSums } from '../../../../raster/index.ts'
import type { Method, Stage } from '../../methods/method.ts'
import { PIXEL_AREA, type MapRow, type MapStack } from '../../maps/map-stack.ts'
import type { PixelGiven, PixelRule, PixelSum, Recipe } from '../../model.ts'
import { attempt } from '../draft.ts'
import { lacks, type Lacking, type RowScope } from '../given.ts'
import { problemsText } from '../reasons.ts'
import { groupName, keptSums } from './kept-sums.ts'
import { knownSums } from './known-sums.ts'
import { argumentsIn, isPixelRule, pixelRule } from './node.ts'
import { compile, rowProgram } from './program.ts'
import { toldByRegion, type RegionTelling, type ToldRow } from './region-watch.ts'
import { sameAnswers } from './same-answers.ts'
import { stageBand, type StageBand } from './stage-band.ts'
import { mergedSums, noteRows } from './blocks-of-stages.ts'
import { pixelSum, sumPixels } from './sum-pixels.ts'
import type { PassWatch } from './tile-pass.ts'
import type { PixelGroup } from './trees.ts'

export interface PixelStage {
  readonly recipe: Extract<Recipe, { kind: 'pixels' }>
  readonly parameters: readonly ParameterValue[]
}

export interface PixelStages {
  /** The stage's recipe for a row; undefined where the stage needs no map. */
  find(method: string, stage: string, row: MapRow): PixelStage | Lacking | undefined
  /** Each stage on its pixels, per hectare. */
  readonly bands: readonly StageBand[]
}

export const rowsOfMap = (m: Method, maps: Pick<MapStack, 'rows'>): readonly MapRow[] =>
  maps.rows.filter(
    (r) => m.classes === undefined || m.classes.some((c) => r.class === c || r.class.startsWith(`${c}.`)),
  )

const nameOfRow = (method: string, stage: string, row: MapRow): string =>
  [method, stage, row.region, row.class].join('|')
const nameOfStage = (method: string, stage: string, cls: string): string => [method, stage, cls].join('|')

const stageOf = (p: Planned): string => p.at.split('|').slice(0, 2).join('|')

const placeOf = ({ at, row }: Planned): Omit<ToldRow, 'sum'> => {
  const [method, stage] = at.split('|') as [string, string]
  return { method, stage, region: row.region, class: row.class }
}

interface RowPlan {
  readonly of: PixelRule
  readonly shape: string
  readonly numbers: readonly number[]
  readonly parameters: readonly ParameterValue[]
}

interface Planned extends RowPlan {
  readonly key: number
  readonly at: string
  readonly row: MapRow
}

export function pixelStages(
  methods: readonly Method[],
  maps: MapStack,
  scopeOf: (m: Method, row: MapRow) => RowScope,
  {
    onTile,
    regions: telling,
  }: {
    readonly onTile?: PassWatch['onTile']
    readonly regions?: RegionTelling
  } = {},
): PixelStages {
  const found = new Map<string, PixelStage | Lacking>()
  const shapes = new Map<string, Planned[]>()
  const keyOf = new Map(maps.rows.map((r, i) => [r, i]))
  const alike = sameAnswers<RowPlan | Lacking>((made) => !lacks(made))
  for (const m of methods) {
    const stages = m.stages.filter(touchesPixels)
    for (const row of rowsOfMap(m, maps)) {
      const scope = scopeOf(m, row)
      for (const stage of stages) {
        const planned = alike(nameOfStage(m.id, stage.item, row.class), scope, (own) => plan(stage, own, maps))
        const name = nameOfRow(m.id, stage.item, row)
        if (lacks(planned)) found.set(name, planned)
        else {
          const one = { ...planned, key: keyOf.get(row)!, at: name, row }
          const same = shapes.get(planned.shape)
          if (same) same.push(one)
          else shapes.set(planned.shape, [one])
        }
      }
    }
  }
  // A key stands once in a group: a rule that serves a row twice (two methods) is a group of its own.
  const groups = [...shapes.values()].flatMap(apart)
  const first = (ps: readonly Planned[]): Planned => ps[0]!
  const context = methods[0] && maps.rows[0] ? scopeOf(methods[0], maps.rows[0]).draft.context : undefined
  const made: readonly PixelGroup[] = groups.map((ps) => ({
    program: compile(first(ps).of, maps, context!, first(ps).row.region),
    rows: ps.map((p) => ({ key: p.key, numbers: p.numbers })),
  }))
  const known = knownSums(maps)
  const fresh = groups.flatMap((ps, g) => (ps.every((p) => known.get(p)) ? [] : [g]))
  if (fresh.length > 0) {
    const rowsOf = new Map(fresh.map((g) => [made[g]!, groups[g]!]))
    const add = (wanted: readonly PixelGroup[]): readonly (readonly PixelSum[])[] => {
      const rows = wanted.map((w) => rowsOf.get(w)!)
      const sumOf = (sums: readonly GroupSums[], w: number, p: Planned): PixelSum =>
        pixelSum(sums[w]!, p.key, wanted[w]!.program.kernel.unit.text)
      const told = (): readonly ToldRow[] => {
        const inHand = new Map(rows.flatMap((own, w) => own.map((p): [Planned, number] => [p, w])))
        return groups.flat().map((p) => {
          const w = inHand.get(p)
          return {
            ...placeOf(p),
            sum: (sums) => (w === undefined ? known.get(p) : sumOf(sums, w, p)),
          }
        })
      }
      const watch: PassWatch = {
        ...(onTile ? { onTile } : {}),
        ...(telling ? { onAdded: toldByRegion(telling, maps, told()) } : {}),
      }
      const sums =
        maps.blocks?.kind === 'merged' ? mergedSums(rows, maps, maps.blocks.blocks) : sumPixels(wanted, maps, watch)
      if (maps.blocks?.kind === 'one') noteRows(rows, sums, maps, maps.blocks)
      return wanted.map((_, w) => rows[w]!.map((p) => sumOf(sums, w, p)))
    }
    keptSums([...rowsOf.keys()], maps, add, (group, sums) =>
      rowsOf.get(group)!.forEach((p, r) => known.put(p, sums[r]!)),
    )
  }
  for (const p of groups.flat())
    found.set(p.at, {
      recipe: {
        kind: 'pixels',
        of: p.of,
        region: p.row.region,
        class: p.row.class,
        sum: known.get(p)!,
      },
      parameters: p.parameters,
    })
  const stages = new Map<string, PixelGroup[]>()
  const reads = new Map<string, Set<string>>()
  groups.forEach((ps, g) => {
    for (const id of new Set(ps.map(stageOf))) {
      reads.set(id, new Set([...(reads.get(id) ?? []), ...mapIds(first(ps).of)]))
      const rows = ps.filter((p) => stageOf(p) === id).map((p) => ({ key: p.key, numbers: p.numbers }))
      stages.set(id, [...(stages.get(id) ?? []), { program: made[g]!.program, rows }])
    }
  })
  return {
    find: (method, stage, row) => found.get(nameOfRow(method, stage, row)),
    bands: [...stages].map(([id, own]) => {
      const [method, stage] = id.split('|') as [string, string]
      const madeFrom = (): string => own.map((g) => groupName(g, maps)).join(' ')
      const unit = `${own[0]!.program.kernel.unit.text}/hm2`
      return {
        method,
        stage,
        unit,
        maps: [...reads.get(id)!],
        madeFrom,
        band: stageBand(id, own, maps),
      }
    }),
  }
}

function plan(stage: Stage, scope: RowScope, maps: MapStack): RowPlan | Lacking {
  const of = pixelRule(stage.rule!, stage.output!, stage.given ?? {}, stage.keys, scope, maps)
  if (lacks(of)) return of
  const program = attempt(() => rowProgram(of, scope.place.region, scope.draft.context))
  return 'problems' in program ? { lacking: [problemsText(program.problems)] } : { of, ...program.ok }
}

/** A stage that reads the area of its row, itself or in a factor, is one over pixels; what follows from another stage is not. */
const touchesPixels = (stage: Stage): boolean =>
  stage.rule !== undefined && Object.values(stage.given ?? {}).some((g) => argumentsIn(g).includes('area'))

function apart(planned: readonly Planned[]): readonly (readonly Planned[])[] {
  const groups: { readonly keys: Set<number>; readonly of: Planned[] }[] = []
  for (const p of planned) {
    const free = groups.find((g) => !g.keys.has(p.key))
    if (free) {
      free.keys.add(p.key)
      free.of.push(p)
    } else groups.push({ keys: new Set([p.key]), of: [p] })
  }
  return groups.map((g) => g.of)
}

/** Ids of the maps below a rule, the pixel's own area left out. */
export function mapIds(of: PixelRule): readonly string[] {
  const ids = new Set<string>()
  const walk = (g: PixelGiven): void => {
    if ('map' in g) ids.add(g.map)
    else if ('table' in g) for (const row of g.table) for (const name in row) walk(row[name]!)
    else if (isPixelRule(g)) for (const name in g.given) walk(g.given[name]!)
  }
  for (const name in of.given) walk(of.given[name]!)
  ids.delete(PIXEL_AREA)
  return [...ids]
}
