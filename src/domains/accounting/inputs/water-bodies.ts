// Water bodies as polygons (GeoPackage, shapefile, GeoJSON): an amount of each, its own area or an attribute, as facts of the
// regions it lies in. What lies across a border is cut there and shared by area; how large the whole is stands beside, since the
// storage law of a lake holds for the whole lake. Always holds: the parts of a body add up to what of it lies in the account, to a
// hundredth of a square metre; areas are those of the ellipsoid; the pixels of no map are asked.

import { createHash } from 'node:crypto'
import {
  dec,
  decText,
  ProblemError,
  quantity,
  unit,
  type Place,
  type Problem,
  type Region,
} from '../../../kernel/index.ts'
import {
  isVectorName,
  missingAttribute,
  polygonsOfLayer,
  readVector,
  type NamedBytes,
  type Polygon,
  type VectorLayer,
  type VectorSource,
} from '../../../core/exchange-formats/index.ts'
import {
  areaM2,
  areaShape,
  areaText,
  bringer,
  NOTHING_M2,
  polygonsOf,
  repairShape,
  sharedAreaM2,
  type Brought,
  type Polygons,
} from '../../../core/geometry/index.ts'
import { crsFromEpsg, crsFromWkt, sameCrs, sameDatum, type Crs } from '../../../raster/index.ts'
import { findArgument } from '../arguments.ts'
import type { Binding, InputList } from '../input-list.ts'
import { crsOfBoundaries, innermost } from '../maps/zones-of-account.ts'
import { once } from '../maps/once.ts'
import { digestOfPolygons, kept, nameOf, type WorkingCache } from '../maps/working-cache.ts'
import type { Fact } from '../model.ts'
import { problem } from './problems.ts'
import type { ReadBoundaries } from './read-regions.ts'
import type { Sources } from './sources.ts'

/** The column that is no attribute: the area of the polygon itself. */
const OWN_AREA = /^(图形面积|shape area)$/i
/** Arguments that have one number a body, and what says how large the whole is. */
const OF_BODIES: Readonly<Record<string, string | undefined>> = {
  'lake-area': 'lake-area.whole',
  'marsh-area': undefined,
  'reservoir-capacity': undefined,
  'reservoir-flood-capacity': undefined,
}
/** Two bodies that share more than this of the smaller are one drawn twice. */
const SHARED_AT_MOST = 0.01

export const isShapes = (b: Binding): boolean => isVectorName(b.file)

export interface WaterInput {
  readonly sources: Sources
  readonly list: InputList
  readonly regions: readonly Region[]
  readonly edges: ReadBoundaries
  /** Where bodies are kept as they were cut. */
  readonly cache?: WorkingCache | undefined
}

interface Read {
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
}

/** @param b a binding to a vector file */
export function waterFacts(b: Binding, given: WaterInput): Read {
  const at: Place = { file: b.file }
  const argument = findArgument(b.argument)
  const told = (...problems: Problem[]): Read => ({ facts: [], problems })
  if (!argument || !(b.argument in OF_BODIES))
    return told(problem('input.shapes-not-for', { argument: argument?.title.zh ?? b.argument }, at))
  if (b.region) return told(problem('input.shapes-region', { argument: argument.title.zh }, at))
  const content = given.sources.bytes(b.file)
  if (!('bytes' in content)) return told(...content)
  const source = given.sources.vector(b.file)
  if (!('bytes' in source)) return told(...source)
  try {
    const { bodies, problems } = kept(
      given.cache,
      () => nameOfCut(b, given),
      () => cutBodies(b, source, given, at),
    )
    return { facts: bodies.flatMap((body) => factsOf(body, content.sha256, b, given)), problems }
  } catch (e) {
    if (e instanceof ProblemError) return told(...e.problems)
    throw e
  }
}

/** A body with what of it lies where, as plain data. */
interface CutBody extends Pick<Body, 'name' | 'number' | 'value' | 'm2'> {
  readonly pieces: readonly { readonly region: string; readonly m2: number }[]
}
interface Cutting {
  readonly bodies: readonly CutBody[]
  readonly problems: readonly Problem[]
}

/** All that the pieces rest on; companions of a shapefile go with it. */
function nameOfCut(b: Binding, { sources, list, regions, edges }: WaterInput): string {
  const source = sources.vector(b.file)
  const parts = 'bytes' in source ? [source, ...companions(source)] : []
  const shapes = parts.map(({ name, bytes }) => [name, digestOfBytes(bytes)])
  const borders = edges.boundaries.map((f) => [f.region, digestOfPolygons(f.polygons)])
  const tree = regions.map((r) => [r.code, r.parent])
  return nameOf(
    'waters',
    shapes,
    b.sheet,
    b.column,
    b.item,
    borders,
    edges.boundaryCrs,
    list.boundaries,
    list.region.code,
    tree,
  )
}

const digestOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const companions = ({ name, beside }: VectorSource): readonly NamedBytes[] =>
  ['dbf', 'prj', 'cpg', 'shx'].flatMap(
    (end) => beside?.(name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, `.${end}`)) ?? [],
  )

function cutBodies(b: Binding, source: VectorSource, given: WaterInput, at: Place): Cutting {
  const layer = readVector(source, b.sheet === undefined ? {} : { layer: b.sheet })
  const naming = b.item && 'column' in b.item ? b.item.column : undefined
  const wanted = [...(OWN_AREA.test(b.column.trim()) ? [] : [b.column]), ...(naming === undefined ? [] : [naming])]
  const lacking = wanted.flatMap((field) => missingAttribute(layer, field, at) ?? [])
  if (lacking.length > 0) return { bodies: [], problems: lacking }
  const problems: Problem[] = [...layer.problems]
  const crs = crsOf(layer, at)
  const bodies = bodiesOf(b, layer, naming, bringer(onEllipsoid(crs, at)), problems, at)
  problems.push(...drawnTwice(bodies, at))
  const cut = cutter(crs, given)
  const made = bodies.map(({ name, number, value, m2, ...body }): CutBody => {
    const pieces = cut({ name, number, m2, ...body })
    return { name, number, ...(value === undefined ? {} : { value }), m2, pieces }
  })
  const outside = made.filter(isOutside)
  if (outside.length > 0) {
    const { title } = findArgument(b.argument)!
    problems.push(
      problem('input.shapes-outside', { argument: title.zh, count: outside.length, first: outside[0]!.name }, at),
    )
  }
  return { bodies: made, problems }
}

const isOutside = ({ m2, pieces }: CutBody): boolean =>
  pieces.reduce((s, p) => s + p.m2, 0) < m2 * (1 - 1e-6) - NOTHING_M2

function factsOf(body: CutBody, sha256: string, b: Binding, { list }: WaterInput): readonly Fact[] {
  const isPart = body.pieces.length > 1 || isOutside(body)
  const whole = OF_BODIES[b.argument]
  const value = body.value === undefined ? undefined : dec(body.value)
  const all = value ? quantity(value, unit(b.unit)) : quantity(areaText(body.m2), 'm2')
  return body.pieces.flatMap(({ region, m2 }) => {
    const share = dec(areaText(m2)).div(areaText(body.m2))
    const fact = (id: string, amount: Fact['quantity'], typed: string): Fact => ({
      id: [id, region, '-', body.name, String(list.year)].map((s) => s.replaceAll('|', '¦')).join('|'),
      argument: id,
      region,
      item: body.name,
      year: list.year,
      quantity: amount,
      typed,
      origin: { file: b.file, sha256, cell: `#${body.number}` },
      mark: typeof b.mark === 'string' ? b.mark : 'reported',
      ...(typeof b.source === 'string' ? { source: b.source } : {}),
    })
    const note = isPart ? `，${decText(share.times(100).toDecimalPlaces(2))} % 在此` : ''
    const own = value ? quantity(isPart ? value.times(share) : value, unit(b.unit)) : quantity(areaText(m2), 'm2')
    return [
      fact(b.argument, own, `${body.value ?? `${areaText(m2)} m²`}${note}`),
      ...(whole ? [fact(whole, all, body.value ?? `${areaText(body.m2)} m²`)] : []),
    ]
  })
}

interface Body {
  readonly name: string
  /** Of its first feature in the file, from 1. */
  readonly number: number
  /** The attribute as it stands; left out: the area itself is wanted. */
  readonly value?: string
  /** In the coordinates of the file. */
  readonly drawn: readonly Polygon[]
  /** In degrees, tidy. */
  readonly shape: Polygons
  readonly m2: number
}

/** Features of one name are parts of one body. */
function bodiesOf(
  b: Binding,
  layer: VectorLayer,
  naming: string | undefined,
  bring: Brought,
  problems: Problem[],
  at: Place,
): readonly Body[] {
  const { features, problems: skipped } = polygonsOfLayer(layer, at)
  problems.push(...skipped)
  const named = new Map<string, { number: number; values: string[]; drawn: Polygon[] }>()
  for (const f of features) {
    const name = b.item && 'name' in b.item ? b.item.name : textOf(naming === undefined ? '' : f.properties[naming]) || `#${f.number}` // prettier-ignore
    const own = named.get(name) ?? { number: f.number, values: [], drawn: [] }
    own.drawn.push(...f.polygons)
    if (!OWN_AREA.test(b.column.trim())) own.values.push(textOf(f.properties[b.column]))
    named.set(name, own)
  }
  return [...named].flatMap(([name, { number, values, drawn }]): readonly Body[] => {
    const repaired = repairShape(bring(areaShape(drawn)), at)
    const wrong = repaired.refused[0] ?? repaired.faults[0]
    if (wrong) {
      const refused = repaired.refused.length > 0 || !repaired.shape
      problems.push(problem(refused ? 'input.shape-tangled' : 'input.shape-mended', { name, why: wrong.zh, whyEn: wrong.en }, at)) // prettier-ignore
      if (refused) return []
    }
    // Parts of one body carry the number of the whole, each the same, or each its own.
    const value = new Set(values).size > 1 ? undefined : values[0]
    if (values.length > 0 && (value === undefined || !/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value))) {
      problems.push(problem('input.shape-value', { name, column: b.column, text: values.join('、') || '—' }, at))
      return []
    }
    const shape = polygonsOf(repaired.shape!)
    return [{ name, number, ...(value === undefined ? {} : { value }), drawn, shape, m2: areaM2(repaired.shape!) }]
  })
}

const textOf = (v: unknown): string =>
  typeof v === 'number' ? String(v) : typeof v === 'string' ? v.normalize('NFKC').trim() : ''

function drawnTwice(bodies: readonly Body[], at: Place): readonly Problem[] {
  const boxed = bodies.map((body) => ({ body, box: boxOf(body.shape) })).sort((a, b) => a.box[0] - b.box[0])
  const out: Problem[] = []
  boxed.forEach(({ body, box }, i) => {
    for (let j = i + 1; j < boxed.length && boxed[j]!.box[0] <= box[2]; j++) {
      const other = boxed[j]!
      if (!meet(box, other.box)) continue
      const shared = sharedAreaM2(body.shape, other.body.shape)
      if (shared > SHARED_AT_MOST * Math.min(body.m2, other.body.m2))
        out.push(problem('input.shapes-overlap', { first: body.name, second: other.body.name, area: String(Math.round(shared)) }, at)) // prettier-ignore
    }
  })
  return out
}

type Cut = (body: Body) => readonly { readonly region: string; readonly m2: number }[]

/** Regions a body lies in, with the area there. Without boundaries all lies in the region of the account. */
function cutter(crs: Crs, { list, regions, edges }: WaterInput): Cut {
  const features = innermost({ regions, boundaries: edges.boundaries })
  if (features.length === 0) return (body) => [{ region: list.region.code, m2: body.m2 }]
  const { file, datum } = list.boundaries!
  const from = crsOfBoundaries(edges, file)
  const gcj = /gcj[-_ ]?02|火星/i.test(datum ?? '')
  const bring = once(() => bringer(onEllipsoid(from, { file }), gcj))
  // On the same coordinates most bodies are seen to lie inside one region without a border being moved.
  const alike = !gcj && sameCrs(crs, from)
  const counties = features.map(({ region, polygons }) => {
    const brought = (drawn: Drawn): Polygons => {
      const { shape, refused } = repairShape(bring()(areaShape(drawn)), { file })
      if (!shape) throw new ProblemError(refused)
      return polygonsOf(shape)
    }
    const rough = once(() => (alike ? polygons : brought(polygons)))
    const near = (box: Box): Polygons => (alike ? brought(cropped(polygons, box)) : rough())
    return { region, near, rough, box: once(() => boxOf(rough())) }
  })
  return (body) => {
    const own = alike ? body.drawn : body.shape
    const box = boxOf(own)
    return counties.flatMap(({ region, near, rough, box: around }) => {
      if (!meet(box, around())) return []
      const how = lies(own, box, rough())
      const m2 = how === 'inside' ? body.m2 : how === 'outside' ? 0 : sharedAreaM2(body.shape, near(box))
      return m2 > NOTHING_M2 ? [{ region, m2 }] : []
    })
  }
}

type Box = readonly [west: number, south: number, east: number, north: number]
type Drawn = readonly (readonly (readonly (readonly number[])[])[])[]

function boxOf(polygons: Drawn): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of polygons.flat())
    for (const p of ring) {
      west = Math.min(west, p[0]!)
      east = Math.max(east, p[0]!)
      south = Math.min(south, p[1]!)
      north = Math.max(north, p[1]!)
    }
  return [west, south, east, north]
}

/** What of an area lies in a box somewhat wider than the one given: rings cut by its four sides one after the other. Where a ring
 *  leaves and comes back it runs along the side, to and fro, and encloses nothing there. */
function cropped(area: Drawn, [west, south, east, north]: Box): Drawn {
  const more = Math.max(east - west, north - south) / 8
  const sides: readonly (readonly [axis: 0 | 1, limit: number, sign: 1 | -1])[] = [
    [0, west - more, 1],
    [0, east + more, -1],
    [1, south - more, 1],
    [1, north + more, -1],
  ]
  const cut = (ring: Drawn[number][number]): Drawn[number][number] =>
    sides.reduce((points, [axis, limit, sign]) => {
      const out: (readonly number[])[] = []
      const isIn = (p: readonly number[]): boolean => (p[axis]! - limit) * sign >= 0
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1]!, points[i]!]
        if (isIn(a) !== isIn(b)) {
          const t = (limit - a[axis]!) / (b[axis]! - a[axis]!)
          const other = a[1 - axis]! + t * (b[1 - axis]! - a[1 - axis]!)
          out.push(axis === 0 ? [limit, other] : [other, limit])
        }
        if (isIn(b)) out.push(b)
      }
      return out.length > 0 ? [...out, out[0]!] : out
    }, ring)
  return area.flatMap((rings) => {
    const [outer, ...holes] = rings.map(cut)
    return outer && outer.length > 3 ? [[outer, ...holes.filter((h) => h.length > 3)]] : []
  })
}

const meet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

/** Where no edge of the area comes near, the body is inside or outside as a whole, as its first corner is. */
function lies(body: Drawn, [west, south, east, north]: Box, area: Drawn): 'inside' | 'outside' | 'look' {
  const y = body[0]![0]![0]![1]!
  let inside = false
  for (const rings of area)
    for (const ring of rings) {
      // Each corner of every border is met for each body about it: nothing is taken apart by patterns here.
      let ax = ring[0]?.[0] ?? 0
      let ay = ring[0]?.[1] ?? 0
      for (let i = 1; i < ring.length; i++) {
        const bx = ring[i]![0]!
        const by = ring[i]![1]!
        const apart =
          (ax < west && bx < west) ||
          (ax > east && bx > east) ||
          (ay < south && by < south) ||
          (ay > north && by > north)
        if (!apart) return 'look'
        // An edge that reaches the body's height and does not come near lies to the west of it or to the east.
        if (ay > y !== by > y && ax > east && bx > east) inside = !inside
        ax = bx
        ay = by
      }
    }
  return inside ? 'inside' : 'outside'
}

function crsOf({ crs: { epsg, wkt } }: VectorLayer, at: Place): Crs {
  const found = epsg !== undefined ? crsFromEpsg(epsg) : wkt === undefined ? undefined : crsFromWkt(wkt, at)
  if (!found) throw new ProblemError(problem('input.shapes-no-crs', { crs: epsg === undefined ? '—' : `EPSG:${epsg}` }, at)) // prettier-ignore
  return found
}

/** @throws ProblemError where degrees cannot be had without parameters nobody confirmed */
function onEllipsoid(crs: Crs, at: Place): Crs {
  if (!sameDatum(crs, crsFromEpsg(4490)!)) throw new ProblemError(problem('input.shapes-datum', { datum: crs.datum.name }, at)) // prettier-ignore
  return crs
}
