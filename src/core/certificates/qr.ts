// A QR code as one path: crisp at any size, on paper and on a page. Read by phones from 15 mm up at the lengths we write.

import { encode } from 'uqr'

/** Border in modules: ISO/IEC 18004 wants four. */
const BORDER = 4

/** @param words an address, or a code @returns SVG, square, one unit a module */
export function qrSvg(words: string): string {
  // M recovers 15 %: a stamp's edge or a fold.
  const { data, size } = encode(words, { ecc: 'M', boostEcc: false, border: BORDER })
  const path = data.flatMap((row, y) => runs(row).map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`))
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">` +
    `<rect width="${size}" height="${size}" fill="#ffffff"/><path fill="#000000" d="${path.join('')}"/></svg>`
  )
}

/** Dark modules that stand side by side. */
function runs(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  row.forEach((dark, x) => {
    if (!dark) return
    const last = found.at(-1)
    if (last && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  })
  return found
}
