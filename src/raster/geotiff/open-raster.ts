// A raster file opened for an account: grid with coordinate system, and its bands, until it is closed.
// Always holds: the coordinate system is the file's, else what its `.prj` or its owner says; where two of them speak they
// must agree, and none is ever guessed.

import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { ProblemError, type Place } from '../../kernel/index.ts'
import { openFileSource, withFileSource, type FolderFile } from '../../core/exchange-formats/index.ts'
import type { Band } from '../band.ts'
import { crsFromGeoKeys, crsFromWkt, crsText, sameCrs, type Crs } from '../crs/index.ts'
import type { Grid } from '../grid.ts'
import type { RasterHeader } from './header.ts'
import { openGeoTiff } from './open-geotiff.ts'
import { problem } from './problems.ts'

export interface Raster {
  /** Its name, for people. */
  readonly file: string
  readonly header: RasterHeader
  readonly grid: Grid
  /** How many. */
  readonly bands: number
  /** @param n 1 is the first band. @throws ProblemError `geotiff.no-band`, `geotiff.scale` */
  band(n: number): Band
  /** Bytes of decoded blocks kept. */
  readonly cachedBytes: number
  /** After this no band can be read. */
  close(): void
}

export interface OpenRasterOptions {
  /** What the owner of a file without a readable coordinate system says it is. */
  readonly crs?: Crs
  /** Limit of the decoded blocks kept; chosen from the file's layout where left out. */
  readonly cacheBytes?: number
}

/** A description of one coordinate system is some kilobytes. */
const MAX_PRJ_BYTES = 64 * 1024

/** @param file a listed file, or a path
 *  @throws ProblemError `folder.unreadable`, `geotiff.…`, `raster.no-place`, `raster.rotated`, `raster.no-crs`,
 *  `raster.unknown-crs`, `raster.crs-contradicts` */
export function openRaster(file: FolderFile | string, options: OpenRasterOptions = {}): Raster {
  const listed: FolderFile =
    typeof file === 'string' ? { name: basename(file), path: Buffer.from(file), size: 0 } : file
  const source = openFileSource(listed)
  try {
    const tiff = openGeoTiff(source, listed.name, options.cacheBytes)
    const { header } = tiff
    const crs = crsOf(listed, header, options.crs)
    return {
      file: listed.name,
      header,
      grid: { width: header.width, height: header.height, ...tiff.place, crs },
      bands: header.bands,
      band: (n) => tiff.band(n, crs),
      get cachedBytes() {
        return tiff.cachedBytes
      },
      close: () => source.close(),
    }
  } catch (error) {
    source.close()
    throw error
  }
}

function crsOf(file: FolderFile, header: RasterHeader, declared: Crs | undefined): Crs {
  const at: Place = { file: file.name }
  let stated: Crs
  try {
    stated = crsFromGeoKeys(header.geoKeys, at)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const beside = declared ?? prjBeside(file)
    if (!beside) throw error
    return beside
  }
  if (declared && !sameCrs(stated, declared)) {
    const [file, said] = [crsText(stated), crsText(declared)]
    const values = { statedZh: file.zh, statedEn: file.en, declaredZh: said.zh, declaredEn: said.en }
    throw new ProblemError(problem('raster.crs-contradicts', values, at))
  }
  return stated
}

/** `map.prj` beside `map.tif`. */
function prjBeside(file: FolderFile): Crs | undefined {
  const bytes = file.path.toString('latin1')
  for (const ending of ['.prj', '.PRJ']) {
    const path = Buffer.from(bytes.replace(/\.[^./\\]*$/, '') + ending, 'latin1')
    const name = file.name.replace(/\.[^./\\]*$/, '') + ending
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue
    const text = withFileSource({ name, path, size: 0 }, (s) => new TextDecoder().decode(s.read(0, MAX_PRJ_BYTES)))
    return crsFromWkt(text, { file: name })
  }
  return undefined
}
