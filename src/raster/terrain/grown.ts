// Room for what nobody can count beforehand: paths, flats, edges of a graph. Always holds: what was written stays.

/** An array twice as long with the same beginning. */
export function grown<A extends Uint32Array | Float64Array>(full: A): A {
  const larger = new (full.constructor as new (length: number) => A)(2 * full.length)
  larger.set(full)
  return larger
}
