// What a fused pass reads: layers of one grid, each as its file stores it or, where it is made on the way (sampled, derived),
// as doubles; and how two neighbouring samples become numbers. Always holds: a pixel without a number is NaN.

import type { Band } from '../band.ts'
import type { SampledBand } from '../sampled-band.ts'
import type { SlopeSource } from '../slope-source.ts'
import { stateOf, valueOf, type Settling, type StoredType } from '../stored-band.ts'
import { f64x2, i16x8, i32, i32x4, v128, type Code } from '../wasm/code.ts'
import type { Writer } from '../wasm/function.ts'

export interface Layer {
  readonly band: Band
  /** Samples are read as they are stored; left out: doubles, NaN where there is no number. */
  readonly stored?: { readonly type: StoredType; readonly settling: Settling }
  /** Sampled row by row. */
  readonly sampled?: SampledBand
  /** Worked out row by row. */
  readonly slope?: SlopeSource
}

/** Whether a row of it is at hand, and not the tile. */
export const isByRow = ({ sampled, slope }: Layer): boolean => sampled !== undefined || slope !== undefined

export function layerOf(band: Band): Layer {
  const { stored, sampled, slope } = band
  return { band, ...(stored ? { stored } : sampled ? { sampled } : slope ? { slope } : {}) }
}

const SIZE: Readonly<Record<StoredType, number>> = { uint8: 1, int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, float32: 4, float64: 8 } // prettier-ignore
export const sampleBytes = ({ stored }: Pick<Layer, 'stored'>): number => (stored ? SIZE[stored.type] : 8)

/** Where something lies: an address and what is added to it. */
export interface Spot {
  readonly address: Code
  readonly offset: number
}

const LOAD: Readonly<Record<StoredType, (address: Code, offset: number) => Code>> = {
  uint8: (a, o) => f64x2.fromSigned(i32x4.fromLow16Unsigned(i16x8.fromLow8Unsigned(v128.loadSplat16(a, o)))),
  int8: (a, o) => f64x2.fromSigned(i32x4.fromLow16(i16x8.fromLow8(v128.loadSplat16(a, o)))),
  uint16: (a, o) => f64x2.fromSigned(i32x4.fromLow16Unsigned(v128.loadZero32(a, o))),
  int16: (a, o) => f64x2.fromSigned(i32x4.fromLow16(v128.loadZero32(a, o))),
  uint32: (a, o) => f64x2.fromUnsigned(v128.loadZero64(a, o)),
  int32: (a, o) => f64x2.fromSigned(v128.loadZero64(a, o)),
  float32: (a, o) => f64x2.promote(v128.loadZero64(a, o)),
  float64: (a, o) => v128.load(a, o),
}

/** The numbers of two neighbouring pixels, the first at the spot. */
export function loadPair(w: Writer, { stored }: Pick<Layer, 'stored'>, { address, offset: at }: Spot): Code {
  if (!stored) return w.keep(v128.load(address, at))
  const { scale, offset, low, high } = stored.settling
  const num = f64x2.const
  const sample = w.keep(LOAD[stored.type](address, at))
  const value = scale === 1 && offset === 0 ? sample : w.keep(f64x2.add(f64x2.mul(sample, num(scale)), num(offset)))
  // v + (v − v) is v where v is finite, with −0 made 0, and NaN elsewhere.
  const finite = stored.type.startsWith('float') || value !== sample ? f64x2.add(value, f64x2.sub(value, value)) : value
  if (low > high) return w.keep(finite)
  const isNodata =
    low === high ? f64x2.eq(sample, num(low)) : v128.and(f64x2.ge(sample, num(low)), f64x2.le(sample, num(high)))
  return w.keep(v128.or(finite, isNodata))
}

/** Codes a table by code is made for: all that an 8- or 16-bit sample can be. */
export function codesOf({ stored }: Layer): { readonly least: number; readonly count: number } | undefined {
  switch (stored?.type) {
    case 'uint8':
      return { least: 0, count: 256 }
    case 'uint16':
    case 'int16':
      return { least: stored.type === 'int16' ? -32768 : 0, count: 65536 }
    default:
      return undefined
  }
}

/** The place of a sample among `codesOf`. */
export function loadCode({ stored }: Layer, { address, offset }: Spot): Code {
  if (stored?.type === 'uint8') return i32.load8u(address, offset)
  if (stored?.type === 'uint16') return i32.load16u(address, offset)
  return i32.add(i32.load16s(address, offset), i32.const(32768))
}

/** A table by code, as numbers by place; NaN where the sample has no number or the table no row. */
export function tableByCode(layer: Layer, table: ReadonlyMap<number, number>): Float64Array {
  const { least, count } = codesOf(layer)!
  const { settling } = layer.stored!
  return Float64Array.from({ length: count }, (_, i) => {
    const sample = least + i
    return stateOf(sample, settling) === 0 ? (table.get(valueOf(sample, settling)) ?? NaN) : NaN
  })
}
