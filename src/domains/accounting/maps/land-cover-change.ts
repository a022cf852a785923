// What land turned into what between two maps of classes: the opening area of each type and every transition, by region,
// counted pixel by pixel on the grid of the later map.

import { quantity, type Problem } from '../../../kernel/index.ts'
import { keySums, pixelAreas, stripOf, TILE, tilesOf, VALID, type Band, type Grid } from '../../../raster/index.ts'
import type { Binding, InputList } from '../input-list.ts'
import type { ClassNames } from '../inputs/names.ts'
import type { Fact } from '../model.ts'
import { classMap, type ClassMap } from './land-cover.ts'
import { originIn, type OpenRaster } from './map-files.ts'
import { kept, nameOf, type WorkingCache } from './working-cache.ts'
import type { AccountZones } from './zones-of-account.ts'

export interface ChangeInput {
  /** The earlier map on the grid of the later one. */
  readonly before: Band
  readonly binding: Binding
  readonly zones: AccountZones
  readonly classes: ClassMap
  readonly grid: Grid
  readonly names: ClassNames
  readonly list: InputList
  readonly files: { readonly open: OpenRaster }
  readonly cache?: WorkingCache | undefined
}

export function changeFacts(given: ChangeInput): {
  readonly facts: readonly Fact[]
  readonly problems: readonly Problem[]
} {
  const { before, binding, zones, classes, grid, names, list, files, cache } = given
  const { source } = files.open(binding.file)
  const earlier = classMap({ band: before, source, grid, zones, binding, names, cache })
  if (earlier.problems.length > 0) return { facts: [], problems: earlier.problems }
  const fact = (
    argument: string,
    region: string,
    cls: string,
    item: string | undefined,
    area: number,
    pixels: number,
  ): Fact => ({
    id: [argument, region, cls, item ?? '-', String(list.year)].join('|'),
    argument,
    region,
    class: cls,
    ...(item === undefined ? {} : { item }),
    year: list.year,
    quantity: quantity(String(area), 'm2'),
    typed: `${pixels} 像元`,
    origin: originIn(source, { file: binding.file, band: 1, pixels }),
    mark: 'reported',
  })
  const opening = earlier.rows.map((r) => fact('area.opening', r.region, r.class, undefined, r.area, r.pixels))
  const name = (): string => nameOf('transitions', earlier.name(), classes.name())
  const moved = kept(cache, name, () => transitions(earlier, classes, grid)).flatMap(({ from, to, pixels, area }) => {
    const [a, b] = [earlier.rows[from]!, classes.rows[to]!]
    return a.class === b.class ? [] : [fact('area.transition', b.region, b.class, a.class, area, pixels)]
  })
  return { facts: [...opening, ...moved], problems: [] }
}

interface Transition {
  /** Keys in the rows of the two maps; both are of one region. */
  readonly from: number
  readonly to: number
  readonly pixels: number
  readonly area: number
}

function transitions(earlier: ClassMap, later: ClassMap, grid: Grid): readonly Transition[] {
  const area = pixelAreas(grid)
  const sums = keySums(earlier.rows.length * later.rows.length)
  const [a, b, pair] = [new Int32Array(TILE * TILE), new Int32Array(TILE * TILE), new Int32Array(TILE * TILE)]
  const strip = stripOf(TILE * TILE)
  strip.states.fill(VALID)
  for (const window of tilesOf(grid)) {
    earlier.keys(window, a)
    later.keys(window, b)
    const pixels = window.width * window.height
    for (let p = 0; p < pixels; p++) {
      pair[p] = a[p]! < 0 || b[p]! < 0 ? -1 : a[p]! * later.rows.length + b[p]!
      strip.values[p] = area(window.row + Math.floor(p / window.width))
    }
    sums.add(pair, strip, pixels)
  }
  return earlier.rows.flatMap((_, from) =>
    later.rows.flatMap((__, to) => {
      const { count, sum } = sums.at(from * later.rows.length + to)
      return count === 0 ? [] : [{ from, to, pixels: count, area: sum }]
    }),
  )
}
