// From the code of a pixel to the place of that code in a list: a plain array for the small whole numbers that nearly all
// codes are, since looking up a double in a Map costs as much as the rest of a pixel. Always holds: what a Map of the codes
// would find is what is found.

/** Codes that stand in the array. */
const SMALL = 65536

/** @returns the place of a code among `codes`, −1 for one that is not among them */
export function codePlaces(codes: Iterable<number>): (code: number) => number {
  const small = new Int32Array(SMALL).fill(-1)
  const others = new Map<number, number>()
  let place = 0
  for (const code of codes) {
    if (Number.isInteger(code) && code >= 0 && code < SMALL) small[code] = place
    else others.set(code, place)
    place++
  }
  return (code) => {
    const i = code | 0
    if (i === code && i >= 0 && i < SMALL) return small[i]!
    return others.size === 0 ? -1 : (others.get(code) ?? -1)
  }
}
