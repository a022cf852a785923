// The bands of a stack as layers of the grid engine: what a fused pass reads. Maps of codes stand as one layer for all the
// tables read through them. Always holds: a layer stands once, whoever reads it.

import type { Place } from '../../../kernel/index.ts'
import {
  codesOf,
  isEvenGrid,
  layerOf,
  stripOf,
  VALID,
  type Band,
  type Layer,
  type StoredBand,
  type Strip,
  type TreeSource,
  type Window,
} from '../../../raster/index.ts'
import { PIXEL_AREA, type MapBand, type MapStack } from './map-stack.ts'
import { placedAt } from './placed-at.ts'

export interface Layers {
  readonly layers: readonly Layer[]
  /** What stands for a map in a tree. */
  source(map: string): TreeSource
  sourceOfBand(of: MapBand): TreeSource & { readonly layer: number }
  /** Strips of one window by the place of the layer, each read when first asked for. */
  reader(): { open(window: Window): void; readonly strip: (layer: number) => Strip }
}

/** @param most pixels of a window, at most */
export function layersOf(maps: Pick<MapStack, 'grid' | 'areaOfRow' | 'bands'>, most: number): Layers {
  const layers: Layer[] = []
  const places = new Map<Band, number>()
  const place = (band: Band, at: Place = {}): number => {
    const known = places.get(band)
    if (known !== undefined) return known
    places.set(band, layers.length)
    return layers.push(layerOf(named(band, at))) - 1
  }
  const area = areaBand(maps)
  const sourceOfBand = ({ band, coded, use }: MapBand): TreeSource & { readonly layer: number } => {
    const at: Place = { file: use.origin.file, band: use.origin.band! }
    return coded && codesOf(layerOf(coded.raw))
      ? { layer: place(coded.raw, at), table: coded.values }
      : { layer: place(band, at) }
  }
  return {
    layers,
    sourceOfBand,
    source(map) {
      if (map !== PIXEL_AREA) return sourceOfBand(maps.bands.get(map)!)
      return isEvenGrid(maps.grid) ? { number: maps.areaOfRow(0) } : { layer: place(area) }
    },
    reader() {
      const strips = layers.map(() => stripOf(most))
      const fresh = new Set<number>()
      let at: Window
      return {
        open: (window) => {
          at = window
          fresh.clear()
        },
        strip: (layer) => {
          const strip = strips[layer]!
          if (!fresh.has(layer)) layers[layer]!.band.read(at, strip)
          fresh.add(layer)
          return strip
        },
      }
    },
  }
}

/** What goes wrong in a band is told with the map it came from. */
function named(band: Band, at: Place): Band {
  const { stored, sampled, slope } = band
  const toldSamples = (own: StoredBand): StoredBand => ({
    ...own,
    read: (window, into) => placedAt(at, () => own.read(window, into)),
  })
  const told = (own: Band): Band => ({
    grid: own.grid,
    name: own.name,
    read: (window, into) => placedAt(at, () => own.read(window, into)),
  })
  return {
    ...told(band),
    ...(stored ? { stored: toldSamples(stored) } : {}),
    ...(slope ? { slope: { ...slope, heights: toldSamples(slope.heights) } } : {}),
    ...(sampled ? { sampled: { ...sampled, source: told(sampled.source) } } : {}),
  }
}

function areaBand(maps: Pick<MapStack, 'grid' | 'areaOfRow'>): Band {
  return {
    grid: maps.grid,
    name: PIXEL_AREA,
    read(window, { values, states }) {
      for (let row = 0; row < window.height; row++)
        values.fill(maps.areaOfRow(window.row + row), row * window.width, (row + 1) * window.width)
      states.fill(VALID, 0, window.width * window.height)
    },
  }
}
