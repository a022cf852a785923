// The physical services of a place: polygons drawn on the maps of an account take the part of its regions, and the methods
// over maps run in them. Serves VEP of a place: quantities first. Always holds: quantities are physical; a value appears
// only where the list has prices. What holds for a region (rain by county) holds for the place inside it.

import { basename, dirname } from 'node:path'
import { ProblemError, regionTree, type Problem, type Region, type Text } from '../../../kernel/index.ts'
import {
  missingAttribute,
  polygonsOfLayer,
  readVector,
  vectorInFolder,
  type Polygon,
  type VectorCrs,
} from '../../../core/exchange-formats/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { TILE, tilesOf } from '../../../raster/index.ts'
import { chooseMethods } from '../engine/choose-methods.ts'
import { computeAccount } from '../engine/compute.ts'
import { factTable } from '../engine/fact-table.ts'
import type { StageBand } from '../engine/pixels/stage-band.ts'
import { extentKey, indexFigures, quantityKey, valueKey } from '../figure-key.ts'
import type { InputList } from '../input-list.ts'
import { readFacts, type ReadFacts } from '../inputs/index.ts'
import type { MapStack } from '../maps/map-stack.ts'
import type { MapView } from '../maps/map-views.ts'
import { openMaps } from '../maps/open-maps.ts'
import type { Account, Figure, Line } from '../model.ts'
import { classificationOf } from '../run.ts'
import { SERVICES, type ServiceId } from '../services.ts'
import { problem } from './place-problems.ts'
import { placeViews } from './place-views.ts'

export interface PlaceRequest {
  /** Folder and list of an account over maps. */
  readonly folder: string
  readonly list: InputList
  readonly book: RuleBook
  readonly engine: string
  /** GeoJSON, Shapefile or GeoPackage of polygons. */
  readonly polygons: string
  /** Attribute that names a polygon; left out, they are numbered. */
  readonly id?: string
  /** Datum where the file does not say it: `GCJ-02`, `EPSG:4490`. */
  readonly datum?: string
  readonly onProgress?: (done: number, of: number, what: Text) => void
}

export interface PlaceArea {
  readonly class: string
  readonly pixels: number
  readonly m2: number
  readonly figure?: Figure
}

/** One stage of a method over maps, over the whole place. */
export interface PlaceService {
  readonly service: ServiceId
  readonly item: string
  readonly title: Text
  readonly method: string
  readonly quantity: Figure
  /** The same over everything the account covers. */
  readonly whole?: Figure
  /** At constant prices; only where the list has a price. */
  readonly value?: Figure
  /** Pixels that went into it, and pixels of its types that have no number; left out where it follows from another stage. */
  readonly pixels?: number
  readonly missing?: number
}

export interface Place {
  readonly id: string
  /** Its code among the regions of the account. */
  readonly code: string
  /** The region of the account it lies in. */
  readonly region: Region
  /** Of the polygon as drawn, m². */
  readonly drawnM2: number
  /** Of its pixels that have a type, m². */
  readonly mappedM2: number
  /** The area of its pixels as a figure of the account. */
  readonly area?: Figure
  readonly areas: readonly PlaceArea[]
  readonly services: readonly PlaceService[]
  /** Stages that could not be computed on some type, with the reason. */
  readonly lacking: readonly Line[]
  readonly views: readonly MapView[]
}

export interface Places {
  readonly account: Account
  readonly places: readonly Place[]
  /** m² with a type over everything the account covers. */
  readonly wholeM2: number
  readonly file: string
  readonly problems: readonly Problem[]
}

interface Drawn {
  readonly id: string
  readonly code: string
  readonly polygons: readonly Polygon[]
}

/** @throws ProblemError where the account has no maps, or a polygon cannot be used */
export function computePlaces(request: PlaceRequest): Places {
  const { folder, list, book } = request
  const drawn = readDrawn(request)
  const read = readFacts(folder, list, { classification: classificationOf(book) })
  refuseRed(read.problems)
  const whole = open(request, list, read)
  try {
    const own = onPlaces(list, read, drawn, request.datum)
    const placed = open(request, own.list, own.read, drawn)
    try {
      return compute(request, drawn, whole, placed)
    } finally {
      placed.stack.close()
    }
  } finally {
    whole.stack.close()
  }
}

interface Opened {
  readonly list: InputList
  readonly read: ReadFacts
  readonly stack: MapStack
  readonly problems: readonly Problem[]
}

function open({ folder, book }: PlaceRequest, list: InputList, read: ReadFacts, on?: ReadDrawn): Opened {
  const { stack, problems, facts } = openMaps(folder, list, read, book)
  // Of places alone it is said which of them, and not of the account.
  if (on && problems.some((p) => p.code === 'maps.nothing-inside'))
    throw new ProblemError(on.drawn.map((d) => problem('place.outside', { place: d.id }, { file: on.file })))
  refuseRed(problems)
  if (!stack) throw new ProblemError(problem('place.no-maps', { title: list.title.zh }))
  return { list, read: { ...read, facts: [...read.facts, ...facts] }, stack, problems }
}

function refuseRed(problems: readonly Problem[]): void {
  if (problems.some((p) => p.severity === 'red')) throw new ProblemError(problems.filter((p) => p.severity === 'red'))
}

interface ReadDrawn {
  readonly file: string
  readonly drawn: readonly Drawn[]
  readonly crs: VectorCrs
  readonly problems: readonly Problem[]
}

function readDrawn({ polygons, id }: PlaceRequest): ReadDrawn {
  const file = basename(polygons)
  const at = { file }
  const layer = readVector(vectorInFolder(dirname(polygons), file))
  const missing = id === undefined ? undefined : missingAttribute(layer, id, at)
  if (missing) throw new ProblemError(missing)
  const { features, problems } = polygonsOfLayer(layer, at)
  const wrong: Problem[] = []
  const taken = new Set<string>()
  const drawn = features.map((f): Drawn => {
    const named = id === undefined ? String(f.number) : String(f.properties[id] ?? '').trim()
    if (named === '') wrong.push(problem('place.no-id', { number: f.number, field: id! }, at))
    else if (taken.has(named)) wrong.push(problem('place.same-id', { place: named }, at))
    taken.add(named)
    return { id: named, code: `place-${named}`, polygons: f.polygons }
  })
  refuseRed([...wrong, ...problems])
  return { file, drawn, crs: layer.crs, problems: [...layer.problems, ...problems] }
}

/** The account with the places as its regions that have boundaries. Areas come from the maps alone. */
function onPlaces(
  list: InputList,
  read: ReadFacts,
  { file, drawn, crs }: ReadDrawn,
  datum?: string,
): { readonly list: InputList; readonly read: ReadFacts } {
  const { boundaries: _, ...others } = list
  return {
    list: { ...others, boundaries: { file, code: 'id', ...(datum === undefined ? {} : { datum }) } },
    read: {
      ...read,
      facts: read.facts.filter((f) => f.argument !== 'area' && !f.argument.startsWith('area.')),
      mapBindings: read.mapBindings.filter((b) => b.argument !== 'area.opening'),
      regions: [...read.regions, ...drawn.map((d) => regionOf(d, list.region.code))],
      boundaries: drawn.map((d) => ({ region: d.code, polygons: plain(d.polygons) })),
      boundaryCrs: { ...crs, ...(datum === undefined ? {} : { datum }) },
    },
  }
}

const regionOf = (d: Drawn, parent: string): Region => ({
  code: d.code,
  kind: 'unit',
  name: { zh: d.id, en: d.id },
  parent,
})

const plain = (polygons: readonly Polygon[]) =>
  polygons.map((p) => p.map((r) => r.map((xy) => [xy[0]!, xy[1]!] as const)))

function compute(request: PlaceRequest, { drawn, file, problems }: ReadDrawn, whole: Opened, placed: Opened): Places {
  const { book, engine, list } = request
  const homes = homesOf(drawn, whole, placed.stack)
  const lost = drawn.flatMap((d, i) => (homes[i] ? [] : [problem('place.outside', { place: d.id }, { file })]))
  if (lost.length > 0) throw new ProblemError(lost)
  const methods = methodsOverMaps(list, book, whole)
  if (Object.values(methods).flat().length === 0)
    throw new ProblemError(problem('place.no-methods', { title: list.title.zh }))
  const parents = new Map(drawn.map((d, i) => [d.code, homes[i]!.region]))
  const regions = placed.read.regions.map((r) => ({ ...r, ...parentOf(parents.get(r.code)) }))
  let stages: readonly StageBand[] = []
  const run = ({ list: l, read, stack }: Opened, onStages?: (s: readonly StageBand[]) => void): Account =>
    computeAccount({
      ...read,
      list: { ...l, methods },
      book,
      engine,
      findings: [],
      maps: stack,
      ...(onStages ? { onStages } : {}),
      ...(request.onProgress ? { onProgress: request.onProgress } : {}),
    })
  const all = run(whole, (s) => (stages = s))
  const account = run({ ...placed, read: { ...placed.read, regions } })
  const places = drawn.map((d, i): Place => {
    const rows = placed.stack.rows.filter((r) => r.region === d.code)
    const found = indexFigures(account)
    const area = found.find(extentKey(d.code, '*', 'closing'))
    const zone = placed.stack.zones.find((z) => z.region === d.code)!
    return {
      id: d.id,
      code: d.code,
      region: homes[i]!.region,
      drawnM2: drawnArea(zone.polygons, placed.stack),
      mappedM2: rows.reduce((n, r) => n + r.area, 0),
      ...(area ? { area } : {}),
      areas: rows.map((r): PlaceArea => {
        const figure = found.find(extentKey(d.code, r.class, 'closing'))
        return { class: r.class, pixels: r.pixels, m2: r.area, ...(figure ? { figure } : {}) }
      }),
      services: servicesOf(d.code, account, all),
      lacking: account.lines.filter((l) => l.region === d.code && l.state === 'missing' && isOver(l, methods)),
      views: placeViews(all, whole.stack, stages, zone, rows),
    }
  })
  return {
    account,
    places,
    wholeM2: whole.stack.rows.reduce((n, r) => n + r.area, 0),
    file,
    problems: [...problems, ...placed.problems, ...places.flatMap((p, i) => placeProblems(p, homes[i]!, file))],
  }
}

const parentOf = (region: Region | undefined): { readonly parent?: string } => (region ? { parent: region.code } : {})

/** Per service of the set, the methods over maps that the account uses; table methods are left out. */
function methodsOverMaps(list: InputList, book: RuleBook, { read, stack }: Opened): Readonly<Record<string, string[]>> {
  const set = book.sets.find((s) => s.id === list.set)
  const facts = factTable(read.facts, list.year, regionTree(read.regions))
  return Object.fromEntries(
    SERVICES.filter((s) => set?.services.includes(s.id) || list.methods?.[s.id]).map((s) => [
      s.id,
      chooseMethods(s.id, list.methods?.[s.id], facts, stack)
        .filter((m) => m.path === 'raster')
        .map((m) => m.id),
    ]),
  )
}

const isOver = (l: Line, methods: Readonly<Record<string, readonly string[]>>): boolean =>
  methods[l.service]?.includes(l.method) ?? false

interface Home {
  readonly region: Region
  /** Regions of the account the place has pixels in. */
  readonly regions: number
  /** Share of its pixels that lie in `region`. */
  readonly share: number
}

/** For each place the region of the account that has most of its pixels, the account's own where it leaves all of them;
 *  nothing for a place without pixels. */
function homesOf(drawn: readonly Drawn[], whole: Opened, places: MapStack): readonly (Home | undefined)[] {
  const counts = new Map(drawn.map((d) => [d.code, new Map<string, number>()]))
  const [mine, theirs] = [new Int32Array(TILE * TILE), new Int32Array(TILE * TILE)]
  for (const window of tilesOf(places.grid)) {
    places.keys(window, mine)
    whole.stack.keys(window, theirs)
    for (let p = 0; p < window.width * window.height; p++) {
      if (mine[p]! < 0 || theirs[p]! < 0) continue
      const own = counts.get(places.rows[mine[p]!]!.region)!
      const { region } = whole.stack.rows[theirs[p]!]!
      own.set(region, (own.get(region) ?? 0) + 1)
    }
  }
  const tree = regionTree(whole.read.regions)
  return drawn.map((d) => {
    const all = places.rows.filter((r) => r.region === d.code).reduce((n, r) => n + r.pixels, 0)
    if (all === 0) return undefined
    const own = [...counts.get(d.code)!].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    const [region, most] = own[0] ?? [whole.list.region.code, 0]
    return { region: tree.get(region)!, regions: own.length, share: most / all }
  })
}

/** Plane area in the coordinates of the grid, in pixels, times the ground area of a pixel in the middle of the place: m². */
function drawnArea(polygons: readonly Polygon[], { grid, areaOfRow }: MapStack): number {
  let [low, high] = [Infinity, -Infinity]
  const ring = (points: Polygon[number]): number => {
    let twice = 0
    points.forEach(([x, y], i) => {
      const [x1, y1] = points[(i + 1) % points.length]!
      twice += x! * y1! - x1! * y!
      low = Math.min(low, y!)
      high = Math.max(high, y!)
    })
    return Math.abs(twice) / 2
  }
  const plane = polygons.reduce((n, [outer, ...holes]) => n + ring(outer!) - holes.reduce((h, r) => h + ring(r), 0), 0)
  const row = Math.floor((grid.north - (low + high) / 2) / grid.dy)
  return (plane / (grid.dx * grid.dy)) * areaOfRow(Math.min(grid.height - 1, Math.max(0, row)))
}

/** Stages in the order of services; the sums over types carry the codes. */
function servicesOf(region: string, account: Account, whole: Account): readonly PlaceService[] {
  const [own, all] = [indexFigures(account), indexFigures(whole)]
  const lines = account.lines.filter((l) => l.region === region && l.quantity !== undefined)
  const items = [...new Map(lines.map((l) => [`${l.service}|${l.item}`, l])).values()]
  return items.flatMap((l): readonly PlaceService[] => {
    const quantity = own.find(quantityKey(region, '*', l.service, l.item))
    if (!quantity) return []
    const same = lines.filter((x) => x.service === l.service && x.item === l.item)
    const sums = same.flatMap((x) => {
      const recipe = own.find(x.quantity!)?.recipe
      return recipe?.kind === 'pixels' ? [recipe.sum] : []
    })
    const average = all.find(quantityKey(whole.head.region, '*', l.service, l.item))
    const value = own.find(valueKey('constant', region, '*', l.service, l.item))
    const count = (of: (s: (typeof sums)[number]) => number): number => sums.reduce((n, s) => n + of(s), 0)
    return [
      {
        service: l.service,
        item: l.item,
        title: l.itemTitle,
        method: l.method,
        quantity,
        ...(average ? { whole: average } : {}),
        ...(value ? { value } : {}),
        ...(sums.length > 0
          ? {
              pixels: count((s) => s.pixels),
              missing: count(({ missing: m }) => m.nodata + m.nan + m.outside + m.noValue),
            }
          : {}),
      },
    ]
  })
}

/** Pixels have edges: what a border of pixels may lose is no lack of maps. */
const WHOLLY = 0.98

function placeProblems(place: Place, home: Home, file: string): readonly Problem[] {
  const percent = (share: number): string => (Math.round(share * 1000) / 10).toFixed(1)
  const share = place.mappedM2 / place.drawnM2
  const names = { place: place.id, region: home.region.name.zh, count: home.regions }
  return [
    ...(share < WHOLLY ? [problem('place.partly', { ...names, share: percent(share) }, { file })] : []),
    ...(home.regions > 1 ? [problem('place.regions', { ...names, share: percent(home.share) }, { file })] : []),
  ]
}
