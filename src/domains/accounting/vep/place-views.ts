// The maps of a place: the account's own maps cut to the surroundings of a polygon, so that a reader sees where it lies.
// Always holds: the shares in the legend are those of the place; pictures are of the whole account's pixels around it.

import type { Band, Grid, Window } from '../../../raster/index.ts'
import type { StageBand } from '../engine/pixels/stage-band.ts'
import type { MapRow, MapStack } from '../maps/map-stack.ts'
import { mapViews, type MapView } from '../maps/map-views.ts'
import type { Account } from '../model.ts'

const VIEW_PIXELS = 300_000
/** Surroundings on each side, as a share of the longer side of the place. */
const AROUND = 0.15

/** @param rows types of the place with their areas */
export function placeViews(
  account: Account,
  maps: MapStack,
  stages: readonly StageBand[],
  zone: MapStack['zones'][number],
  rows: readonly MapRow[],
): readonly MapView[] {
  const window = around(zone, maps.grid)
  const areas = new Map(rows.map((r) => [r.class, r.area]))
  const cut: MapStack = {
    ...maps,
    grid: gridOf(window, maps.grid),
    // Each type's area in the place stands at the first row of the type.
    rows: maps.rows.map((r, i) => ({
      ...r,
      area: maps.rows.findIndex((x) => x.class === r.class) === i ? (areas.get(r.class) ?? 0) : 0,
    })),
    keys: (w, into) => maps.keys(moved(w, window), into),
    areaOfRow: (row) => maps.areaOfRow(row + window.row),
    zones: [zone],
  }
  const own = stages.map((s) => ({ ...s, band: cutBand(s.band, window) }))
  return mapViews(account, cut, own, VIEW_PIXELS).map(onlySeen)
}

function around({ polygons }: MapStack['zones'][number], grid: Grid): Window {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of polygons.flat(2)) {
    west = Math.min(west, x!)
    east = Math.max(east, x!)
    south = Math.min(south, y!)
    north = Math.max(north, y!)
  }
  const margin = Math.max((east - west) / grid.dx, (north - south) / grid.dy) * AROUND + 2
  const clip = (n: number, most: number): number => Math.min(most, Math.max(0, n))
  const col = clip(Math.floor((west - grid.west) / grid.dx - margin), grid.width - 1)
  const row = clip(Math.floor((grid.north - north) / grid.dy - margin), grid.height - 1)
  return {
    col,
    row,
    width: clip(Math.ceil((east - grid.west) / grid.dx + margin), grid.width) - col,
    height: clip(Math.ceil((grid.north - south) / grid.dy + margin), grid.height) - row,
  }
}

const gridOf = ({ col, row, width, height }: Window, grid: Grid): Grid => ({
  ...grid,
  width,
  height,
  west: grid.west + col * grid.dx,
  north: grid.north - row * grid.dy,
})

const moved = (w: Window, by: Window): Window => ({ ...w, col: w.col + by.col, row: w.row + by.row })

const cutBand = (band: Band, window: Window): Band => ({
  ...band,
  grid: gridOf(window, band.grid),
  read: (w, into) => band.read(moved(w, window), into),
})

/** The legend names the types in the picture and no others. */
function onlySeen(view: MapView): MapView {
  if (!('classes' in view.kind)) return view
  const seen = new Set(view.values)
  return { ...view, kind: { classes: view.kind.classes.filter((c) => seen.has(c.value)) } }
}
