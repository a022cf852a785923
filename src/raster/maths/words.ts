// The bits of a double, as its upper and lower 32-bit words; the one place that knows the byte order of the machine.

/** One double seen as two words. Not shared between threads, never kept across a call. */
export const double = new Float64Array(1)
export const words = new Uint32Array(double.buffer)

export const UPPER = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0
export const LOWER = 1 - UPPER

/** 2^27 + 1: Dekker's factor that splits a double into two halves whose products are exact. */
export const SPLITTER = 134217729
