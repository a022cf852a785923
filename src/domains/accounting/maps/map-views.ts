// Small views of the maps of an account, for pictures: the land cover, and every stage computed over pixels, per hectare.
// Made while the files are open; what a picture shows is never read back into a number.

import { text, type Text } from '../../../kernel/index.ts'
import {
  overview,
  sampledRows,
  toLonLat,
  VALID,
  type Band,
  type Grid,
  type Overview,
  type SampledRows,
} from '../../../raster/index.ts'
import type { StageBand } from '../engine/pixels/stage-band.ts'
import { findMethod } from '../methods/index.ts'
import type { Account } from '../model.ts'
import { getService } from '../services.ts'
import type { MapStack } from './map-stack.ts'
import { packed, unpacked } from './packed-view.ts'
import { kept, nameOf } from './working-cache.ts'

export interface MapView {
  /** `land-cover`, or method and stage: `R2.rusle.map.retained`. Fit for a file name. */
  readonly id: string
  readonly service?: string
  readonly title: Text
  readonly grid: Grid
  readonly values: Float64Array
  readonly states: Uint8Array
  readonly kind:
    | { readonly classes: readonly { readonly value: number; readonly code: string; readonly areaM2: number }[] }
    /** A stage, per hectare. */
    | { readonly ramp: 'water' | 'soil' | 'carbon' | 'generic'; readonly unit: string }
  readonly zones: readonly { readonly region: string; readonly polygons: MapStack['zones'][number]['polygons'] }[]
  readonly lonLat: (x: number, y: number) => readonly [number, number]
  /** Where the view was made from some rows of pixels. */
  readonly sampled?: SampledRows
  /** Files the view was made from: maps, and tables by pixel code. */
  readonly files: readonly string[]
}

const RAMPS: Readonly<Record<string, 'water' | 'soil' | 'carbon'>> = {
  R1: 'water',
  R5: 'water',
  R2: 'soil',
  R3: 'soil',
  R8: 'carbon',
}

export function mapViews(
  account: Account,
  maps: MapStack,
  stages: readonly StageBand[],
  maxPixels: number,
): readonly MapView[] {
  const { crs } = maps.grid
  const place = crs.kind === 'geographic' ? undefined : toLonLat(crs)
  const lonLat = (x: number, y: number): readonly [number, number] => {
    if (!place) return [x, y]
    const out: [number, number] = [0, 0]
    place(x, y, out)
    return out
  }
  const sampled = sampledRows(maps.grid, maxPixels)
  const common = { zones: maps.zones, lonLat, ...(sampled ? { sampled } : {}) }
  const view = (from: () => readonly unknown[], kind: 'classes' | 'measure', band: () => Band): Overview => {
    const make = (): Overview => overview(band(), { maxPixels, kind })
    if (!maps.cache) return make()
    const name = (): string => nameOf('view', kind, maxPixels, ...from())
    return unpacked(kept(maps.cache, name, () => packed(make())))
  }
  const [cover] = maps.uses
  const classes = classesOf(maps)
  const views: MapView[] = [
    {
      id: 'land-cover',
      title: text('生态系统类型', 'Ecosystem types'),
      ...view(
        () => [maps.name(), classes],
        'classes',
        () => classBand(maps, classes),
      ),
      kind: {
        classes: classes.map((code, value) => ({
          value,
          code,
          areaM2: maps.rows.filter((r) => r.class === code).reduce((n, r) => n + r.area, 0),
        })),
      },
      ...common,
      files: [cover!.origin.file],
    },
  ]
  const factFile = new Map(account.facts.map((f) => [f.id, f.origin.file]))
  const filesOf = (id: string): readonly string[] => {
    const { use } = maps.bands.get(id)!
    const tables = Object.values(use.codes ?? {}).flatMap((fact) => factFile.get(fact) ?? [])
    return [use.origin.file, ...tables]
  }
  for (const { method, stage, unit, band, maps: read, madeFrom } of stages) {
    const files = [...new Set([cover!.origin.file, ...read.flatMap(filesOf)])].sort()
    const m = findMethod(method)!
    const title = m.stages.find((s) => s.item === stage)!.title
    const service = getService(m.service)
    const named = title.zh.startsWith(service.title.zh)
      ? title
      : text(`${service.title.zh}·${title.zh}`, `${service.title.en}, ${title.en}`)
    views.push({
      id: `${method}.${stage}`,
      service: m.service,
      title: named,
      ...view(
        () => [madeFrom()],
        'measure',
        () => band,
      ),
      kind: { ramp: RAMPS[m.service] ?? 'generic', unit },
      ...common,
      files,
    })
  }
  return views
}

/** Types of the account, by code. */
export const classesOf = (maps: MapStack): readonly string[] => [...new Set(maps.rows.map((r) => r.class))].sort()

/** The place of each pixel's type among the types of the account. */
export function classBand(maps: MapStack, classes: readonly string[]): Band {
  const index = maps.rows.map((r) => classes.indexOf(r.class))
  let keys = new Int32Array(0)
  return {
    grid: maps.grid,
    name: 'land-cover',
    read(window, into) {
      const pixels = window.width * window.height
      if (keys.length < pixels) keys = new Int32Array(pixels)
      maps.keys(window, keys)
      for (let p = 0; p < pixels; p++) {
        const cls = keys[p]! < 0 ? undefined : index[keys[p]!]
        into.values[p] = cls ?? 0
        into.states[p] = cls === undefined ? 1 : VALID
      }
    },
  }
}
