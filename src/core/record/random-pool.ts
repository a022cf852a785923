// Random bytes drawn many at a time: a call to the system for the 32 bytes of each salt costs more than hashing the act.
// Always holds: no byte is given twice, and none is kept once given.

/** Bytes drawn at once. */
const DRAWN = 4096

export function randomPool(random: (count: number) => Uint8Array): (count: number) => Uint8Array {
  let pool = new Uint8Array(0)
  let at = 0
  return (count) => {
    if (count > DRAWN) return random(count)
    if (at + count > pool.length) {
      pool = Uint8Array.from(random(DRAWN))
      at = 0
    }
    const given = pool.slice(at, at + count)
    pool.fill(0, at, at + count)
    at += count
    return given
  }
}
