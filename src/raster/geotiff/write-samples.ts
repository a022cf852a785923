// Pixels put into the blocks of a file, each as the sample type holds it. Serves the writer of GeoTIFF.
// Always holds: a number that the type cannot hold is a problem with its pixel, never another number.

import { ProblemError } from '../../kernel/index.ts'
import { VALID, type Strip } from '../band.ts'
import type { Window } from '../grid.ts'
import type { Samples } from '../stored-band.ts'
import { problem } from './problems.ts'

export type WrittenType = 'float32' | 'float64' | 'int16' | 'uint16' | 'uint8' | 'int32'

const RANGE: Readonly<Record<WrittenType, readonly [number, number]>> = {
  uint8: [0, 255],
  uint16: [0, 65535],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
}

export interface SampleForm {
  readonly type: WrittenType
  /** Stored where a pixel has no value. */
  readonly nodata?: number
  /** Edge of a block in pixels. */
  readonly block: number
}

/** What the file stores where a pixel has no value. */
export const storedNodata = ({ type, nodata }: Pick<SampleForm, 'type' | 'nodata'>): number | undefined =>
  nodata !== undefined && type === 'float32' ? Math.fround(nodata) : nodata

export interface Storer {
  /** Puts the pixels of a window into the upper left of a block.
   *  @throws ProblemError `raster.does-not-fit`, `raster.is-nodata`, `raster.needs-nodata` */
  strip(strip: Strip, window: Window, band: number, into: Samples): void
  /** The same from numbers alone, NaN where there is none.
   *  @returns false where one of them is to be refused: `strip` says which and why */
  numbers(numbers: Float64Array, window: Window, into: Samples): boolean
}

export function storerFor(form: SampleForm): Storer {
  const { type, block } = form
  const [low, high] = RANGE[type]
  const [whole, single] = [!type.startsWith('float'), type === 'float32']
  const none = storedNodata(form)
  return {
    strip({ values, states }, window, band, into) {
      const refuse = (code: Parameters<typeof problem>[0], i: number): ProblemError => {
        const pixel = [window.col + (i % window.width), window.row + Math.floor(i / window.width)] as const
        return new ProblemError(problem(code, { value: values[i]!, type }, { band, pixel }))
      }
      for (let y = 0; y < window.height; y++)
        for (let x = 0; x < window.width; x++) {
          const i = y * window.width + x
          const value = values[i]!
          const stored = single ? Math.fround(value) : value
          if (states[i] !== VALID) {
            if (none === undefined) throw refuse('raster.needs-nodata', i)
            into[y * block + x] = none
            continue
          }
          if (!(stored >= low && stored <= high) || (whole && !Number.isInteger(stored)))
            throw refuse('raster.does-not-fit', i)
          if (stored === none) throw refuse('raster.is-nodata', i)
          into[y * block + x] = stored
        }
    },
    numbers(numbers, { width, height }, into) {
      for (let y = 0, i = 0; y < height; y++)
        for (let to = y * block, end = to + width; to < end; to++, i++) {
          const value = numbers[i]!
          const stored = single ? Math.fround(value) : value
          if (stored >= low && stored <= high && stored !== none && !(whole && stored !== Math.floor(stored)))
            into[to] = stored
          else if (none !== undefined && Number.isNaN(value)) into[to] = none
          else return false
        }
      return true
    },
  }
}
