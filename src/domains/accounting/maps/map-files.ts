// The map files of an account. With a working cache, a file that was opened before is known by its content: its grid and its
// bands stand at once, and it is opened only when a pixel of it is wanted.
// Always holds: what is known of a file is what opening it says.

import { ProblemError, type Problem } from '../../../kernel/index.ts'
import { findFile } from '../../../core/exchange-formats/index.ts'
import { crsFromGeoKeys, openRaster, type Band, type Grid, type Raster } from '../../../raster/index.ts'
import type { ReadFacts } from '../inputs/index.ts'
import type { Origin, SourceFile } from '../model.ts'
import { problem } from './problems.ts'
import { nameOf, type WorkingCache } from './working-cache.ts'

export type MapRaster = Pick<Raster, 'file' | 'grid' | 'bands' | 'band' | 'close'>

export interface OpenFile {
  readonly raster: MapRaster
  readonly source: MapSource
}
/** Of which file pixels are; its digest is taken when somebody asks for it. */
export type MapSource = Pick<SourceFile, 'file' | 'sha256'>

/** Where a number of a map came from: saying so asks for no digest. */
export const originIn = (source: Pick<MapSource, 'sha256'>, at: Omit<Origin, 'sha256'>): Origin => ({
  ...at,
  get sha256() {
    return source.sha256
  },
})
/** @throws ProblemError where the file cannot be read */
export type OpenRaster = (file: string) => OpenFile

export interface MapFiles {
  readonly open: OpenRaster
  close(): void
}

export function mapFiles(folder: string, read: ReadFacts, cache: WorkingCache | undefined): MapFiles {
  const all = new Map<string, OpenFile>()
  const sources = new Map(read.sources.map((s) => [s.file, s]))
  return {
    open: (name) => {
      const known = all.get(name)
      if (known) return known
      const file = findFile(folder, name)
      const source = sources.get(file.name)
      const open = (): Raster => openRaster(file)
      const raster = source && cache ? openedOnce(source, open, cache) : open()
      const opened = { raster, source: source ?? { file: file.name, sha256: '' } }
      all.set(name, opened)
      const wrong = notDegrees(raster)
      if (wrong) throw new ProblemError(wrong)
      return opened
    },
    close: () => {
      for (const { raster } of all.values()) raster.close()
    },
  }
}

/** Longitudes up to a turn beyond the date line are met in maps of the Pacific. */
function notDegrees({ grid, file }: MapRaster): Problem | undefined {
  if (grid.crs.kind !== 'geographic') return undefined
  const [west, north] = [grid.west, grid.north]
  const [east, south] = [west + grid.width * grid.dx, north - grid.height * grid.dy]
  const inside = west >= -360 - grid.dx && east <= 720 && north <= 90 + grid.dy && south >= -90 - grid.dy
  return inside ? undefined : problem('maps.not-degrees', { x: west, y: north }, { file })
}

interface Known {
  readonly place: Omit<Grid, 'crs'>
  readonly bands: number
  readonly keys: readonly (readonly [number, number | string | readonly number[]])[]
}

function openedOnce({ file, sha256 }: MapSource, open: () => Raster, cache: WorkingCache): MapRaster {
  const name = nameOf('raster', sha256)
  const known = cache.find(name) as Known | undefined
  if (known) return laterRaster(file, known, open)
  const raster = open()
  const { grid, bands, header } = raster
  const { crs: _, ...place } = grid
  const made: Known = { place, bands, keys: [...header.geoKeys] }
  // A coordinate system that stands beside the file, and not in it, is not known by the file's content.
  if (statesItsCrs(file, made, grid)) cache.keep(name, made)
  return raster
}

const gridOf = (file: string, { place, keys }: Known): Grid => ({
  ...place,
  crs: crsFromGeoKeys(new Map(keys), { file }),
})

function statesItsCrs(file: string, known: Known, grid: Grid): boolean {
  try {
    return JSON.stringify(gridOf(file, known)) === JSON.stringify(grid)
  } catch (e) {
    if (e instanceof ProblemError) return false
    throw e
  }
}

/** A file that stands still until a pixel is wanted. */
function laterRaster(file: string, known: Known, open: () => Raster): MapRaster {
  const grid = gridOf(file, known)
  let raster: Raster | undefined
  const bands = new Map<number, Band>()
  const bandOf = (n: number): Band => {
    const found = bands.get(n) ?? (raster ??= open()).band(n)
    bands.set(n, found)
    return found
  }
  return {
    file,
    grid,
    bands: known.bands,
    band: (n) => ({
      grid,
      name: known.bands === 1 ? file : `${file} › ${n}`,
      read: (window, into) => bandOf(n).read(window, into),
      get stored() {
        return bandOf(n).stored
      },
    }),
    close: () => raster?.close(),
  }
}
