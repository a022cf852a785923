// The results of an account as raster files: the ecosystem types, and every stage over pixels per hectare, on the account's
// grid. Always holds: the files of a run are there all together or not at all; −9999 is where a stage has no number.

import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { text, type Text } from '../../../kernel/index.ts'
import { NODATA, TILE, VALID, writeGeoTiff, type Band, type Strip, type Window } from '../../../raster/index.ts'
import type { StageBand } from '../engine/pixels/stage-band.ts'
import { findMethod } from '../methods/index.ts'
import type { MapStack } from './map-stack.ts'
import { classesOf } from './map-views.ts'

export interface RastersToWrite {
  readonly maps: MapStack
  readonly stages: readonly StageBand[]
  readonly className: (code: string) => Text
  readonly year: number
  readonly folder: string
  readonly onProgress?: (done: number, of: number, what: Text) => void
}

const NO_NUMBER = -9999
/** Of the type map; types count from 1. */
const NO_TYPE = 0

/** @returns the names of the files. @throws ProblemError `raster.unwritable` and what reading the maps throws */
export function writeRasters({ maps, stages, className, year, folder, onProgress }: RastersToWrite): readonly string[] {
  const target = resolve(folder)
  mkdirSync(dirname(target), { recursive: true })
  const fresh = mkdtempSync(join(dirname(target), '.rasters-'))
  const classes = classesOf(maps)
  const files = stages.length + 1
  const written: string[] = []
  const told = (band: Band, what: Text): Band => {
    const { numbers } = band
    let rows = 0
    const tell = (window: Window): void => {
      rows = Math.max(rows, window.row + window.height)
      onProgress?.(written.length + Math.min(1, rows / band.grid.height), files, what)
    }
    return {
      ...band,
      read(window, into) {
        band.read(window, into)
        tell(window)
      },
      ...(numbers && {
        numbers(window) {
          const all = numbers(window)
          tell(window)
          return all
        },
      }),
    }
  }
  try {
    writeGeoTiff(
      {
        grid: maps.grid,
        read: told(typeBand(maps, classes), text('写类型图', 'writing the types')),
        description: `ecosystem types ${year}: see land-cover.csv`,
        type: 'uint16',
        nodata: NO_TYPE,
        compression: 'quick-deflate',
        overviews: 'nearest',
      },
      join(fresh, 'land-cover.tif'),
    )
    const rows = classes.map((code, i) => `${i + 1},${code},${className(code).zh},${className(code).en}\r\n`)
    writeFileSync(join(fresh, 'land-cover.csv'), `\ufeffvalue,class,zh,en\r\n${rows.join('')}`)
    written.push('land-cover.tif')
    for (const { method, stage, unit, band } of stages) {
      const name = `${method}.${stage}.tif`
      const title = findMethod(method)!.stages.find((s) => s.item === stage)!.title
      writeGeoTiff(
        {
          grid: maps.grid,
          read: told(band, title),
          description: `${title.en} ${year}, ${unit} (${method})`,
          type: 'float32',
          nodata: NO_NUMBER,
          compression: 'quick-deflate',
          overviews: 'mean',
        },
        join(fresh, name),
      )
      written.push(name)
    }
    mkdirSync(target, { recursive: true })
    const all = [...written, 'land-cover.csv']
    for (const name of all) renameSync(join(fresh, name), join(target, name))
    return all
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Types from 1, since 0 is no type in the file. */
function typeBand(maps: MapStack, classes: readonly string[]): Band {
  const types = maps.rows.map((r) => classes.indexOf(r.class) + 1)
  const keys = new Int32Array(TILE * TILE)
  const own = new Float64Array(TILE * TILE)
  const numbers = (window: Window): Float64Array => {
    const pixels = window.width * window.height
    maps.keys(window, keys)
    for (let p = 0; p < pixels; p++) own[p] = keys[p]! < 0 ? NaN : types[keys[p]!]!
    return own
  }
  return {
    grid: maps.grid,
    name: 'land-cover',
    numbers,
    read: (window, into) => intoStrip(numbers(window), window, into),
  }
}

function intoStrip(numbers: Float64Array, { width, height }: Window, { values, states }: Strip): void {
  for (let p = 0; p < width * height; p++) {
    states[p] = Number.isNaN(numbers[p]) ? NODATA : VALID
    values[p] = numbers[p]! || 0
  }
}
