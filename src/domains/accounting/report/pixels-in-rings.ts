// Which pixels of a picture have their middle in one of some rings, row by row. Each edge is looked at once for the rows it
// crosses, so the work grows with corners and rows and not with their product. Always holds: each ring counts by itself, so
// that where two zones share an edge an even number of cuts does not close both.

import type { Grid } from '../../../raster/index.ts'
import type { Ring } from './map-frame.ts'

/** @returns for a row of the grid: 1 for every column whose middle lies in a ring */
export function pixelsInRings(grid: Grid, rings: readonly Ring[]): (row: number) => Uint8Array {
  const middle = (row: number): number => grid.north - (row + 0.5) * grid.dy
  // By row: where a ring is cut, one list a ring.
  const cuts: (number[] | undefined)[][] = Array.from({ length: grid.height }, () => [])
  rings.forEach((ring, k) => {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length]!
      if (a[1] === b[1]) return
      const [top, bottom] = a[1] > b[1] ? [a[1], b[1]] : [b[1], a[1]]
      // One row more on either side, since the division rounds; the middle of the row decides.
      const first = Math.max(0, Math.floor((grid.north - top) / grid.dy - 0.5) - 1)
      const last = Math.min(grid.height - 1, Math.ceil((grid.north - bottom) / grid.dy - 0.5) + 1)
      for (let row = first; row <= last; row++) {
        const y = middle(row)
        if (a[1] <= y !== b[1] <= y) (cuts[row]![k] ??= []).push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
      }
    })
  })
  const inside = new Uint8Array(grid.width)
  return (row) => {
    inside.fill(0)
    cuts[row]!.forEach((own) => {
      own!.sort((a, b) => a - b)
      for (let i = 0; i < own!.length; i += 2) {
        const end = own![i + 1] ?? Infinity
        // The first column whose middle is not left of the cut.
        let col = Math.max(0, Math.floor((own![i]! - grid.west) / grid.dx - 0.5) - 1)
        while (col < grid.width && grid.west + (col + 0.5) * grid.dx < own![i]!) col++
        for (; col < grid.width && grid.west + (col + 0.5) * grid.dx < end; col++) inside[col] = 1
      }
    })
    return inside
  }
}
