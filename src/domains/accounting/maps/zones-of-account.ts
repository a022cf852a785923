// The regions of an account as zones on the grid of its land cover: the innermost regions that have a boundary, brought into
// the grid's coordinate system. Always holds: a boundary without a known system is a question; GCJ-02 is converted and said.

import type { Polygon } from '../../../core/exchange-formats/index.ts'
import { ProblemError, regionTree, type Problem } from '../../../kernel/index.ts'
import {
  crsFromEpsg,
  crsFromWkt,
  gcj02ToWgs84,
  polygonProblems,
  projectPolygons,
  sameDatum,
  zoneIndex,
  type Crs,
  type Grid,
  type OnRun,
  type PlainRuns,
  type Window,
} from '../../../raster/index.ts'
import type { InputList } from '../input-list.ts'
import type { ReadFacts } from '../inputs/index.ts'
import type { BoundaryFeature } from '../model.ts'
import { placedAt } from './placed-at.ts'
import { once } from './once.ts'
import { problem } from './problems.ts'
import { digestOfPolygons, kept, nameOf, type WorkingCache } from './working-cache.ts'

export interface AccountZones {
  /** Of what they are made, for the working cache. */
  readonly name: () => string
  /** Region codes; the zone of a pixel is its place in this list. */
  readonly regions: readonly string[]
  readonly polygons: readonly (readonly Polygon[])[]
  /** @returns whether a pixel lies in a zone */
  read(window: Window, into: Int32Array): boolean
  /** The same pixels run by run. */
  eachRun(window: Window, take: OnRun): boolean
  /** For another thread; undefined where the whole map is one zone. */
  plainRuns(): PlainRuns | undefined
  readonly problems: readonly Problem[]
}

/** Every pixel in the one zone there is. */
export const wholeMap: Pick<AccountZones, 'read' | 'eachRun'> = {
  read: ({ width, height }, into) => {
    into.fill(0, 0, width * height)
    return true
  },
  eachRun: ({ width, height }, take) => {
    take(0, 0, width * height)
    return true
  },
}

/** With a working cache that knows them, zones are drawn when a pixel is asked for. */
export function accountZones(grid: Grid, list: InputList, read: ReadFacts, cache?: WorkingCache): AccountZones {
  const features = innermost(read)
  if (features.length === 0)
    return {
      name: () => nameOf('whole', grid),
      regions: [list.region.code],
      polygons: [],
      ...wholeMap,
      plainRuns: () => undefined,
      problems: [problem('maps.no-boundaries', { region: list.region.name.zh, regionEn: list.region.name.en })],
    }
  const file = list.boundaries!.file
  const from = crsOfBoundaries(read, file)
  const gcj = /gcj[-_ ]?02|火星/i.test(list.boundaries?.datum ?? '')
  if (gcj && from.kind !== 'geographic')
    throw new ProblemError(problem('maps.boundary-contradicts', { stated: from.name, declared: 'GCJ-02' }, { file }))
  const regions = features.map((f) => f.region)
  const drawn = once(() => draw(features, { gcj, from, grid, file }))
  const name = once((): string => {
    const shapes = features.map((f) => [f.region, digestOfPolygons(f.polygons)])
    return nameOf('zones', file, shapes, gcj, from, grid)
  })
  const found = kept(cache, name, (): Found => {
    const { problems, index } = drawn()
    return { problems: [...problems, ...index.problems], empty: index.empty }
  })
  const names = new Map(read.regions.map((r) => [r.code, r.name]))
  const named = (code: string) => ({ region: names.get(code)?.zh ?? code, regionEn: names.get(code)?.en ?? code })
  return {
    name,
    regions,
    get polygons() {
      return drawn().zones.map((z) => z.polygons)
    },
    read: (window, into) => drawn().index.read(window, into),
    eachRun: (window, take) => drawn().index.eachRun(window, take),
    plainRuns: () => drawn().index.plainRuns(),
    problems: [
      ...(gcj ? [problem('maps.gcj02', {}, { file })] : []),
      ...found.problems.map((p) => ({ ...p, at: { file, ...p.at } })),
      ...found.empty.map((code) => problem('maps.empty-region', named(code), { file })),
    ],
  }
}

/** What drawing the zones tells. */
interface Found {
  readonly problems: readonly Problem[]
  /** Regions without a pixel. */
  readonly empty: readonly string[]
}

interface Drawing {
  readonly gcj: boolean
  readonly from: Crs
  readonly grid: Grid
  readonly file: string
}

function draw(features: readonly BoundaryFeature[], { gcj, from, grid, file }: Drawing) {
  const problems: Problem[] = []
  const zones = features.map((f) => {
    const polygons = gcj ? f.polygons.map((p) => p.map((r) => r.map(([x, y]) => gcj02ToWgs84(x, y)))) : f.polygons
    problems.push(...polygonProblems(f.region, polygons, { file }))
    return { id: f.region, polygons: placedAt({ file }, () => projectPolygons(polygons, from, grid)) }
  })
  return { problems, zones, index: zoneIndex(zones, grid) }
}

/** Regions with a boundary that hold no other with one; parts of one region together. */
export function innermost(read: Pick<ReadFacts, 'regions' | 'boundaries'>): readonly BoundaryFeature[] {
  const tree = regionTree(read.regions)
  const bounded = new Set(read.boundaries.map((b) => b.region))
  const holdsOthers = (code: string): boolean =>
    tree.children(code).some((c) => bounded.has(c.code) || holdsOthers(c.code))
  const inner = read.boundaries.filter((b) => !holdsOthers(b.region))
  const merged = new Map<string, BoundaryFeature>()
  for (const b of inner) {
    const known = merged.get(b.region)
    merged.set(b.region, known ? { region: b.region, polygons: [...known.polygons, ...b.polygons] } : b)
  }
  return [...merged.values()]
}

/** Names under which a list declares what a boundary file does not say. */
const DECLARED: readonly (readonly [pattern: RegExp, epsg: number])[] = [
  [/cgcs\s*2000|2000\s*国家/i, 4490],
  [/wgs\s*-?84|crs84/i, 4326],
  [/gcj[-_ ]?02|火星/i, 4326],
  [/(北京|beijing)[\s_]*(19)?54/i, 4214],
  [/(西安|xian)[\s_]*(19)?80/i, 4610],
]

/** What the file states, else what the list declares, else (GeoJSON alone) longitude and latitude of WGS 84; what is both
 *  stated and declared must stand on one datum. @throws ProblemError with the question where none is known */
export function crsOfBoundaries(read: Pick<ReadFacts, 'boundaryCrs'>, file: string): Crs {
  const { epsg, wkt, datum, stated } = read.boundaryCrs ?? { stated: false }
  const at = { file }
  const unknown = (crs: string): ProblemError => new ProblemError(problem('maps.boundary-crs', { crs }, at))
  const byCode = (code: number): Crs => {
    const found = crsFromEpsg(code)
    if (!found) throw unknown(`EPSG:${code}`)
    return found
  }
  const declared = datum === undefined ? undefined : declaredCrs(datum)
  if (datum !== undefined && declared === undefined && !stated) throw unknown(datum)
  const own = !stated ? undefined : epsg !== undefined ? byCode(epsg) : crsFromWkt(wkt ?? '', at)
  if (own && declared && !sameDatum(own, declared)) {
    const values = { stated: own.datum.name, declared: declared.datum.name }
    throw new ProblemError(problem('maps.boundary-contradicts', values, at))
  }
  const found = own ?? declared ?? (epsg === undefined ? undefined : byCode(epsg))
  if (!found) throw new ProblemError(problem('maps.boundary-no-crs', {}, at))
  return found
}

function declaredCrs(datum: string): Crs | undefined {
  const written = /^EPSG:(\d{4,5})$/i.exec(datum.trim())?.[1]
  const code = written === undefined ? DECLARED.find(([p]) => p.test(datum))?.[1] : Number(written)
  return code === undefined ? undefined : crsFromEpsg(code)
}
