// The connected patches of one class (eight neighbours): each lake by itself, for laws that hold per lake and not for
// the water of a region. Two rows are held at a time: runs of the class are joined to runs of the row above.
// Always holds: the list does not depend on the blocks of the file; patches stand in order of their first pixel.

import { stripOf, VALID, type Band } from '../band.ts'
import { TILE, tilesOf } from '../grid.ts'

export interface Patch {
  /** Column and row of its first pixel in row-major order. */
  readonly first: readonly [number, number]
  readonly pixels: number
  readonly areaM2: number
}

/** @param areaM2 area of a pixel by row, in m² */
export function patches(classes: Band, code: number, areaM2: (row: number) => number): readonly Patch[] {
  const forest = patchForest()
  let above: Run[] = []
  eachRow(classes, code, (row, isClass) => {
    const here = runsOf(isClass)
    let a = 0
    for (const run of here) {
      run.patch = forest.add(row, run, areaM2(row))
      // Runs above that end before this one begins, a diagonal step included, meet no later run either.
      while (a < above.length && above[a]!.end < run.start) a++
      for (let i = a; i < above.length && above[i]!.start <= run.end; i++) forest.join(above[i]!.patch, run.patch)
    }
    above = here
  })
  return forest.list()
}

interface Run {
  /** First column, and the column after the last. */
  readonly start: number
  readonly end: number
  patch: number
}

function runsOf(isClass: Uint8Array): Run[] {
  const runs: Run[] = []
  for (let start = isClass.indexOf(1); start >= 0;) {
    const stop = isClass.indexOf(0, start)
    const end = stop < 0 ? isClass.length : stop
    runs.push({ start, end, patch: -1 })
    start = isClass.indexOf(1, end)
  }
  return runs
}

/** Reads tile by tile and gives whole rows: a byte a pixel of one row of tiles is held. */
function eachRow(classes: Band, code: number, onRow: (row: number, isClass: Uint8Array) => void): void {
  const { width, height } = classes.grid
  const mask = new Uint8Array(width * Math.min(TILE, height))
  const strip = stripOf(TILE * TILE)
  for (const tile of tilesOf(classes.grid)) {
    classes.read(tile, strip)
    for (let r = 0, i = 0; r < tile.height; r++)
      for (let c = 0; c < tile.width; c++, i++)
        mask[r * width + tile.col + c] = strip.states[i] === VALID && strip.values[i] === code ? 1 : 0
    if (tile.col + tile.width < width) continue
    for (let r = 0; r < tile.height; r++) onRow(tile.row + r, mask.subarray(r * width, (r + 1) * width))
  }
}

interface PatchForest {
  add(row: number, run: Run, pixelArea: number): number
  join(a: number, b: number): void
  list(): readonly Patch[]
}

/** Union-find of runs. The root of a patch is the first of its runs. */
function patchForest(): PatchForest {
  const parent: number[] = []
  const first: (readonly [number, number])[] = []
  const pixels: number[] = []
  const area: number[] = []
  const rootOf = (patch: number): number => {
    let r = patch
    while (parent[r] !== r) r = parent[r] = parent[parent[r]!]!
    return r
  }
  return {
    add(row, run, pixelArea) {
      first.push([run.start, row])
      pixels.push(run.end - run.start)
      area.push((run.end - run.start) * pixelArea)
      return parent.push(parent.length) - 1
    },
    join(a, b) {
      const [x, y] = [rootOf(a), rootOf(b)]
      if (x === y) return
      const [root, leaf] = x < y ? [x, y] : [y, x]
      parent[leaf] = root
      pixels[root]! += pixels[leaf]!
      area[root]! += area[leaf]!
    },
    list: () => parent.flatMap((p, i) => (p === i ? [{ first: first[i]!, pixels: pixels[i]!, areaM2: area[i]! }] : [])),
  }
}
