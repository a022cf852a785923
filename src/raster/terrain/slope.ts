// Slope of a surface in per cent: Horn's 3 × 3 window, and at edges and beside pixels without height what the peer
// (pygeoprocessing 2.4.10, read off its output) does: a pair of neighbours that lacks one uses the pixel between them, and
// one that lacks this too uses the centre, its difference stretched by √2. Agrees with it to single precision everywhere.

import { VALID } from '../band.ts'
import { framed, surfaceLike, type Surface } from './surface.ts'

/** Slope in per cent (100 × rise / run) of each pixel that has a height. */
export function slopePercent(dem: Surface): Surface {
  const { width, height, cell, cellY = dem.cell } = dem
  const { rowWidth: W, first, size } = framed(dem)
  const z = new Float64Array(size)
  const has = new Uint8Array(size)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const i = row * width + col
      if (dem.states[i] !== VALID) continue
      z[first + row * W + col] = dem.values[i]!
      has[first + row * W + col] = 1
    }

  let sum = 0
  let weights = 0
  const pair = (low: number, middle: number, high: number, centre: number, weight: number) => {
    if (has[low]! + has[high]! === 0) return
    if (has[low] && has[high]) {
      sum += weight * (z[high]! - z[low]!)
      weights += 2 * weight
      return
    }
    const inner = has[middle] ? z[middle]! : z[centre]!
    const stretch = has[middle] ? weight : weight * Math.SQRT2
    sum += has[low] ? stretch * (inner - z[low]!) : stretch * (z[high]! - inner)
    weights += weight
  }
  const gradient = (at: number, along: number, across: number, step: number) => {
    sum = 0
    weights = 0
    pair(at - across - along, at - across, at - across + along, at, 1)
    pair(at - along, at, at + along, at, 2)
    pair(at + across - along, at + across, at + across + along, at, 1)
    return weights === 0 ? 0 : sum / (weights * step)
  }

  const values = new Float64Array(width * height)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const at = first + row * W + col
      if (!has[at]) continue
      const east = gradient(at, 1, W, cell)
      const south = gradient(at, W, 1, cellY)
      values[row * width + col] = 100 * Math.sqrt(east * east + south * south)
    }
  return surfaceLike(dem, values)
}
