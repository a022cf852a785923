// Which stored numbers of a band mean "no value". The text of the tag is compared as the sample type stores it:
// −3.4028235e+38 is the lowest 32-bit float, 256 never occurs in a byte.
// Always holds: a no-data value that the sample type cannot hold matches nothing.

import type { SampleType } from './header.ts'

/** Values from `low` to `high` are no-data; NaN too where `nan`. An empty range has low above high. */
export interface NodataRange {
  readonly low: number
  readonly high: number
  readonly nan: boolean
}

const NONE: NodataRange = { low: Infinity, high: -Infinity, nan: false }

const INTEGER_LIMITS: Readonly<Partial<Record<SampleType, readonly [number, number]>>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
  uint32: [0, 4294967295],
  int32: [-2147483648, 2147483647],
}

/** The ends of 32-bit floats are written with 6 to 9 digits by different programs; no measure comes near them. */
const END_OF_FLOATS = 3.4e38
const END_DIGITS = 1e-5

export function nodataRange(text: string | undefined, type: SampleType): NodataRange {
  const said = (text ?? '').trim().toLowerCase()
  if (said === '') return NONE
  const limits = INTEGER_LIMITS[type]
  if (/^[+-]?nan$/.test(said)) return limits ? NONE : { ...NONE, nan: true }
  const infinite = /^([+-]?)inf(inity)?$/.exec(said)
  const v = infinite ? (infinite[1] === '-' ? -Infinity : Infinity) : Number(said)
  if (Number.isNaN(v)) return NONE
  if (limits) return Number.isInteger(v) && v >= limits[0] && v <= limits[1] ? { low: v, high: v, nan: false } : NONE
  if (type !== 'float32' || infinite) return { low: v, high: v, nan: false }
  const stored = Math.fround(v)
  if (Math.abs(v) > END_OF_FLOATS && Math.abs(v) < END_OF_FLOATS * 1.01) {
    const near = Math.abs(v) * END_DIGITS
    return { low: v - near, high: v + near, nan: false }
  }
  return Number.isFinite(stored) ? { low: stored, high: stored, nan: false } : NONE
}
