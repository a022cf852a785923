// WebAssembly instructions as plain text of bytes, named as the standard names them: what the kernels of this room are
// written in. Always holds: a piece of code is a list of bytes, or of pieces, that can be put into any function; nothing is looked
// up later. A piece is put into another as it stands and its bytes are written once, at the end: copied into each that holds it,
// a formula of some thousand operations took longer to write than to run.

/** Bytes of instructions, and pieces of them. */
export type Code = readonly (number | Code)[]

/** All bytes of a piece in order. */
export function binaryOf(code: Code): Uint8Array {
  let bytes = new Uint8Array(1024)
  let count = 0
  const write = (piece: Code): void => {
    for (const part of piece) {
      if (typeof part !== 'number') {
        write(part)
        continue
      }
      if (count === bytes.length) {
        const larger = new Uint8Array(2 * count)
        larger.set(bytes)
        bytes = larger
      }
      bytes[count++] = part
    }
  }
  write(code)
  return bytes.subarray(0, count)
}

export type ValueType = 'i32' | 'f64' | 'v128'
export const TYPE_BYTE: Readonly<Record<ValueType, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b }

/** LEB128, unsigned. */
export function unsigned(value: number): readonly number[] {
  const out: number[] = []
  let rest = value
  do {
    const low = rest % 128
    rest = Math.floor(rest / 128)
    out.push(rest > 0 ? low + 128 : low)
  } while (rest > 0)
  return out
}

/** LEB128, signed, for 32-bit numbers. */
export function signed(value: number): Code {
  const out: number[] = []
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)
    out.push(done ? low : low | 0x80)
    if (done) return out
  }
}

const bytesOf = (x: number): readonly number[] => [...new Uint8Array(Float64Array.of(x).buffer)]

const plain =
  (opcode: number) =>
  (...operands: readonly Code[]): Code => [...operands, opcode]
const simd = (opcode: number) => {
  const own = [0xfd, ...unsigned(opcode)]
  return (...operands: readonly Code[]): Code => [...operands, own]
}
/** Alignment is a hint and left at one byte. */
const memory =
  (...opcode: Code) =>
  (address: Code, offset = 0, ...after: Code): Code => [address, opcode, 0, unsigned(offset), after]
const store =
  (...opcode: Code) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, 0, unsigned(offset)]
const lane = (opcode: number) => {
  const own = [0xfd, ...unsigned(opcode)]
  return (of: Code, index: number): Code => [of, own, index]
}

export const i32 = {
  const: (x: number): Code => [0x41, ...signed(x)],
  load: memory(0x28),
  load8u: memory(0x2d),
  load16s: memory(0x2e),
  load16u: memory(0x2f),
  store: store(0x36),
  store8: store(0x3a),
  eqz: plain(0x45),
  eq: plain(0x46),
  ne: plain(0x47),
  lt: plain(0x48),
  ltUnsigned: plain(0x49),
  ge: plain(0x4e),
  add: plain(0x6a),
  sub: plain(0x6b),
  mul: plain(0x6c),
  and: plain(0x71),
  or: plain(0x72),
  xor: plain(0x73),
  shl: plain(0x74),
  shrUnsigned: plain(0x76),
  /** The first where the third is not 0, else the second. */
  select: plain(0x1b),
  /** How many bits are 1. */
  ones: plain(0x69),
} as const

export const f64 = {
  load: memory(0x2b),
  store: store(0x39),
  lt: plain(0x63),
  max: plain(0xa5),
} as const

/** Two doubles; comparisons give all bits of a lane or none. */
export const f64x2 = {
  const: (x: number): Code => [0xfd, 12, ...bytesOf(x), ...bytesOf(x)],
  splat: simd(20),
  extract: lane(33),
  replace: (of: Code, index: number, by: Code): Code => [of, by, 0xfd, 34, index],
  eq: simd(71),
  ne: simd(72),
  lt: simd(73),
  gt: simd(74),
  le: simd(75),
  ge: simd(76),
  floor: simd(117),
  trunc: simd(122),
  promote: simd(95),
  /** As 32-bit floats in the lower half. */
  demote: simd(94),
  abs: simd(236),
  neg: simd(237),
  sqrt: simd(239),
  add: simd(240),
  sub: simd(241),
  mul: simd(242),
  div: simd(243),
  min: simd(244),
  max: simd(245),
  /** The second operand where it is smaller, else (NaN too) the first. */
  pmin: simd(246),
  pmax: simd(247),
  fromSigned: simd(254),
  fromUnsigned: simd(255),
} as const

export const v128 = {
  /** Of four 32-bit words, the lowest first. */
  const: (words: readonly [number, number, number, number]): Code => [
    0xfd,
    12,
    ...new Uint8Array(Int32Array.from(words).buffer),
  ],
  load: memory(0xfd, 0),
  loadSplat16: memory(0xfd, 8),
  loadSplat64: memory(0xfd, 10),
  loadZero32: memory(0xfd, 92),
  loadZero64: memory(0xfd, 93),
  /** Puts 8 bytes of memory into the upper half. */
  loadUpper64: (address: Code, of: Code, offset = 0): Code => [address, of, 0xfd, 87, 0, unsigned(offset), 1],
  store: store(0xfd, 11),
  storeLower64: (address: Code, value: Code, offset = 0): Code => [address, value, 0xfd, 91, 0, unsigned(offset), 0], // prettier-ignore
  storeUpper64: (address: Code, value: Code, offset = 0): Code => [address, value, 0xfd, 91, 0, unsigned(offset), 1], // prettier-ignore
  not: simd(77),
  and: simd(78),
  andNot: simd(79),
  or: simd(80),
  xor: simd(81),
  /** Bits of the first where the mask has ones, else of the second. */
  pick: simd(82),
  anyTrue: simd(83),
} as const

export const i64x2 = {
  const: (low: number, high: number): Code => {
    const bytes = [...new Uint8Array(Int32Array.of(low, high).buffer)]
    return [0xfd, 12, ...bytes, ...bytes]
  },
  allTrue: simd(195),
  shl: simd(203),
  shrUnsigned: simd(205),
  add: simd(206),
  sub: simd(209),
  fromLow32: simd(199),
} as const

export const i32x4 = {
  splat: simd(17),
  extract: lane(27),
  eq: simd(55),
  allTrue: simd(163),
  ge: simd(63),
  shrSigned: simd(172),
  add: simd(174),
  fromLow16: simd(167),
  fromLow16Unsigned: simd(169),
} as const

export const i8x16 = {
  eq: simd(35),
  /** The highest bit of every byte. */
  signs: simd(100),
  shl: simd(107),
  add: simd(110),
  sub: simd(113),
  /** Bytes by their places in both: 0 … 15 are those of the first. */
  shuffle: (a: Code, b: Code, places: readonly number[]): Code => [a, b, 0xfd, 13, places],
} as const

export const i16x8 = { fromLow8: simd(135), fromLow8Unsigned: simd(137) } as const

const HALVES = { low: [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23], high: [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31] } // prettier-ignore
/** The lower (upper) doubles of two vectors side by side. */
export const lowerHalves = (a: Code, b: Code): Code => [a, b, 0xfd, 13, HALVES.low]
export const upperHalves = (a: Code, b: Code): Code => [a, b, 0xfd, 13, HALVES.high]

export const call = (index: number, ...operands: readonly Code[]): Code => [...operands, 0x10, unsigned(index)]
