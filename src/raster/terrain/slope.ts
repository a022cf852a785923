// Slope of a surface in per cent: Horn's 3 × 3 window, and at edges and beside pixels without height what the peer
// (pygeoprocessing 2.4.10, read off its output) does: a pair of neighbours that lacks one uses the pixel between them, and
// one that lacks this too uses the centre, its difference stretched by √2. Agrees with it to single precision everywhere.

import { surfaceLike, threeRows, type HeightMap, type Surface } from './surface.ts'

export interface SlopeRows {
  /** Slope in per cent (100 × rise / run) of a row into `into`, 0 without height. Rows are asked for in order. */
  read(row: number, into: Float64Array): void
}

/** Slope of each pixel that has a height, for those who need it a row at a time. */
export function slopeRows(dem: HeightMap): SlopeRows {
  const { width, cell, cellY = dem.cell } = dem
  const rows = threeRows(dem)
  const [stepX, stepY] = [8 * cell, 8 * cellY]
  return {
    read(row, into) {
      const [north, own, south] = rows.at(row)
      for (let col = 0, c = 1; col < width; col++, c++) {
        const nw = north[c - 1]!
        const n = north[c]!
        const ne = north[c + 1]!
        const w = own[c - 1]!
        const e = own[c + 1]!
        const sw = south[c - 1]!
        const s = south[c]!
        const se = south[c + 1]!
        let east = (ne - nw + 2 * (e - w) + (se - sw)) / stepX
        let down = (sw - nw + 2 * (s - n) + (se - ne)) / stepY
        const sum = east + down
        if (Number.isNaN(sum)) {
          const z = own[c]!
          if (Number.isNaN(z)) {
            into[col] = 0
            continue
          }
          east = gradient(nw, n, ne, w, z, e, sw, s, se, cell)
          down = gradient(nw, w, sw, n, z, s, ne, e, se, cellY)
        }
        into[col] = 100 * Math.sqrt(east * east + down * down)
      }
    },
  }
}

/** Across three lines of low, middle and high, the middle one of double weight; NaN where there is no height. */
function gradient(
  low1: number,
  middle1: number,
  high1: number,
  low2: number,
  centre: number,
  high2: number,
  low3: number,
  middle3: number,
  high3: number,
  step: number,
): number {
  let sum = 0
  let weights = 0
  const pair = (low: number, middle: number, high: number, weight: number) => {
    const [hasLow, hasMiddle, hasHigh] = [!Number.isNaN(low), !Number.isNaN(middle), !Number.isNaN(high)]
    if (!hasLow && !hasHigh) return
    if (hasLow && hasHigh) {
      sum += weight * (high - low)
      weights += 2 * weight
      return
    }
    const inner = hasMiddle ? middle : centre
    const stretch = hasMiddle ? weight : weight * Math.SQRT2
    sum += hasLow ? stretch * (inner - low) : stretch * (high - inner)
    weights += weight
  }
  pair(low1, middle1, high1, 1)
  pair(low2, centre, high2, 2)
  pair(low3, middle3, high3, 1)
  return weights === 0 ? 0 : sum / (weights * step)
}

export function slopePercent(dem: HeightMap): Surface<Float64Array> {
  const values = new Float64Array(dem.width * dem.height)
  const rows = slopeRows(dem)
  for (let row = 0; row < dem.height; row++) rows.read(row, values.subarray(row * dem.width, (row + 1) * dem.width))
  return surfaceLike(dem, values)
}
