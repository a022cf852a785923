// An order of doubles, smallest first, in linear time: the sixteen bits of the digits that count least first. Digits that are the same
// in all, as the last ones of heights from files of single precision, cost one look. Always holds: equal numbers stay in their order.

const DIGIT = 1 << 16

/** Places of the numbers, none of which is NaN, in their order. */
export function byHeight(heights: Float64Array): Uint32Array {
  const count = heights.length
  // 0 added, so that −0 is 0: both are equal and have different bits.
  const doubles = new Float64Array(count)
  for (let n = 0; n < count; n++) doubles[n] = heights[n]! + 0
  const bits = new Uint16Array(doubles.buffer)
  for (let n = 0, at = 0; n < count; n++, at += 4) {
    // As bits the negative ones run backwards and come after the others.
    const flip = bits[at + 3]! >= DIGIT / 2 ? DIGIT - 1 : 0
    for (let digit = 0; digit < 4; digit++) bits[at + digit]! ^= flip
    if (flip === 0) bits[at + 3]! |= DIGIT / 2
  }
  let order = new Uint32Array(count)
  for (let n = 0; n < count; n++) order[n] = n
  let other = new Uint32Array(count)
  const begin = new Uint32Array(DIGIT)
  for (let digit = 0; digit < 4; digit++) {
    begin.fill(0)
    for (let at = digit; at < bits.length; at += 4) begin[bits[at]!]!++
    if (count === 0 || begin[bits[digit]!] === count) continue
    for (let value = 0, sum = 0; value < DIGIT; value++) {
      const own = begin[value]!
      begin[value] = sum
      sum += own
    }
    for (let place = 0; place < count; place++) {
      const n = order[place]!
      other[begin[bits[4 * n + digit]!]!++] = n
    }
    ;[order, other] = [other, order]
  }
  return order
}
