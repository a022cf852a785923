// On which side of a line a point lies, and whether two edges cross: exactly, since borders meet in the same numbers.
// Serves the check of rings. Always holds: the answer is that of unbounded arithmetic on the coordinates as they are written.
// Method: the float sign where it is certain (Shewchuk 1997, orient2d), whole numbers elsewhere.

export type Point = readonly [x: number, y: number]

export const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1]

/** Whether the edges a–b and c–d cross at a point inside both. */
export const crossesAt = (a: Point, b: Point, c: Point, d: Point): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0

/** Above this share of the two products the float sign is certain (Shewchuk 1997, bound of orient2d). */
const SURE = 3.3306690738754716e-16

/** The side of c seen from a to b: positive is left, 0 exactly on the line. */
export function turn(a: Point, b: Point, c: Point): number {
  const left = (b[0] - a[0]) * (c[1] - a[1])
  const right = (b[1] - a[1]) * (c[0] - a[0])
  const det = left - right
  const bound = SURE * (Math.abs(left) + Math.abs(right))
  if (bound > 1e-290 && Math.abs(det) > bound) return det > 0 ? 1 : -1
  // Edges of a ring meet in their corners: no need to work that out.
  if (same(a, c) || same(b, c) || same(a, b)) return 0
  return exactTurn(a, b, c)
}

function exactTurn(a: Point, b: Point, c: Point): number {
  const parts = [...a, ...b, ...c].map(binary)
  const least = Math.min(...parts.map((p) => p.exponent))
  const [ax, ay, bx, by, cx, cy] = parts.map((p) => p.digits << BigInt(p.exponent - least)) as [bigint, bigint, bigint, bigint, bigint, bigint] // prettier-ignore
  const det = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  return det > 0n ? 1 : det < 0n ? -1 : 0
}

const word = new DataView(new ArrayBuffer(8))

/** A float as digits × 2^exponent. */
function binary(value: number): { readonly digits: bigint; readonly exponent: number } {
  word.setFloat64(0, value)
  const bits = word.getBigUint64(0)
  const power = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const digits = power === 0 ? fraction : fraction | 0x10000000000000n
  // Zero takes part with any exponent; the largest keeps the common one from falling.
  if (digits === 0n) return { digits, exponent: 1023 }
  return { digits: bits >> 63n ? -digits : digits, exponent: (power === 0 ? 1 : power) - 1075 }
}
