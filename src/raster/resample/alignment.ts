// How a raster lies against a grid: in place, moved by whole pixels, resampled or warped; what part of the grid it
// does not reach. Always holds: whatever is not read in place is said, in both languages.

import type { Problem, Text } from '../../kernel/index.ts'
import type { Grid } from '../grid.ts'
import { problem } from './problems.ts'
import { LATTICE, latticePlaces, type ToSource } from './source-places.ts'

export type Resampling = 'nearest' | 'bilinear'

export interface Alignment {
  /** `offset`: the same pixels, counted from another corner. `warped`: from another coordinate system. */
  readonly way: 'in-place' | 'offset' | 'resampled' | 'warped'
  readonly how: Resampling
  readonly from: Grid
  readonly to: Grid
  /** Columns and rows from the raster's corner to the grid's, where both have pixels of one size. */
  readonly shift?: readonly [x: number, y: number]
  /** Share of the grid's pixels that the raster does not reach; of a lattice of pixels where it is warped. */
  readonly missing: number
  readonly problems: readonly Problem[]
}

/** Corners written with few digits: closer than this share of a pixel, all over the grid, is the same place. */
const SAME_PLACE = 1e-3

export const HOW: Readonly<Record<Resampling, Text>> = {
  nearest: { zh: '最近邻', en: 'nearest neighbour' },
  bilinear: { zh: '双线性', en: 'bilinear interpolation' },
}

/** @param toSource undefined where both have one coordinate system */
export function alignmentOf(
  from: Grid,
  to: Grid,
  how: Resampling,
  toSource: ToSource | undefined,
  name: string,
): Alignment {
  const shift = toSource ? undefined : shiftOf(from, to)
  const isWhole = shift?.every((s) => Math.abs(s - Math.round(s)) < SAME_PLACE) ?? false
  const isSame = isWhole && shift!.every((s) => Math.round(s) === 0) && sizeOf(from) === sizeOf(to)
  const missing = isSame ? 0 : toSource ? missingOfLattice(from, to, toSource) : missingOfBox(from, to)
  const part = (s: number): number => Math.round((s - Math.floor(s)) * 1000) / 1000
  const at = { file: name }
  return {
    way: toSource ? 'warped' : isSame ? 'in-place' : isWhole ? 'offset' : 'resampled',
    how,
    from,
    to,
    ...(shift ? { shift: isWhole ? [Math.round(shift[0]), Math.round(shift[1])] : shift } : {}),
    missing,
    problems: [
      ...(shift && !isWhole
        ? [
            problem(
              'raster.grid-shifted',
              { x: part(shift[0]), y: part(shift[1]), how: HOW[how].zh, howEn: HOW[how].en },
              at,
            ),
          ]
        : []),
      ...(missing > 0 ? [problem('raster.extent-short', { share: shareText(missing) }, at)] : []),
    ],
  }
}

/** What a report says of it. */
export function alignmentText(a: Alignment): Text {
  const [from, to] = [cellText(a.from), cellText(a.to)]
  const said: Readonly<Record<Alignment['way'], Text>> = {
    'in-place': { zh: '与核算网格一致，原样读取', en: 'On the grid itself, read as it is' },
    offset: { zh: '像元与核算网格对齐，按位置读取', en: 'Pixels match those of the grid, read by their place' },
    resampled: {
      zh: `像元由 ${from.zh} 按${HOW[a.how].zh}重采样为 ${to.zh}`,
      en: `Resampled from pixels of ${from.en} to ${to.en} by ${HOW[a.how].en}`,
    },
    warped: {
      zh: `由“${a.from.crs.name}”（${from.zh}）逐像元换算到“${a.to.crs.name}”（${to.zh}），按${HOW[a.how].zh}取值`,
      en: `Warped from "${a.from.crs.name}" (${from.en}) to "${a.to.crs.name}" (${to.en}) by ${HOW[a.how].en}`,
    },
  }
  const short = a.missing > 0
  return {
    zh: `${said[a.way].zh}${short ? `；网格的 ${shareText(a.missing)}% 不在该栅格范围内` : ''}。`,
    en: `${said[a.way].en}${short ? `; it does not reach ${shareText(a.missing)}% of the grid` : ''}.`,
  }
}

/** Size of a pixel with its unit. */
export function cellText(grid: Grid): Text {
  const number = (x: number): string => String(Number(x.toPrecision(6)))
  const size = grid.dx === grid.dy ? number(grid.dx) : `${number(grid.dx)} × ${number(grid.dy)}`
  return grid.crs.kind === 'geographic'
    ? { zh: `${size} 度`, en: `${size} degrees` }
    : { zh: `${size} 米`, en: `${size} m` }
}

/** Two digits that never say 0 for something nor 100 for not all. */
const shareText = (share: number): number => Math.min(99.99, Math.max(0.01, Math.round(share * 10_000) / 100))

const sizeOf = (g: Grid): string => `${g.width}×${g.height}`

/** Undefined where pixels differ in size so much that they drift apart within the grid. */
function shiftOf(from: Grid, to: Grid): readonly [number, number] | undefined {
  const drift = Math.max(
    (Math.abs(from.dx - to.dx) / from.dx) * Math.max(from.width, to.width),
    (Math.abs(from.dy - to.dy) / from.dy) * Math.max(from.height, to.height),
  )
  if (drift >= SAME_PLACE) return undefined
  return [(to.west - from.west) / from.dx, (from.north - to.north) / from.dy]
}

/** Pixels whose centre lies off the raster, counted by columns and rows. */
function missingOfBox(from: Grid, to: Grid): number {
  const reached = (first: number, step: number, count: number, size: number): number => {
    let n = 0
    for (let i = 0; i < count; i++) {
      const at = first + (i + 0.5) * step
      if (at >= 0 && at < size) n++
    }
    return n
  }
  const cols = reached((to.west - from.west) / from.dx, to.dx / from.dx, to.width, from.width)
  const rows = reached((from.north - to.north) / from.dy, to.dy / from.dy, to.height, from.height)
  return 1 - (cols * rows) / (to.width * to.height)
}

function missingOfLattice(from: Grid, to: Grid, toSource: ToSource): number {
  const places = latticePlaces(from, to, toSource, LATTICE)
  const reached = places.filter((p) => p.x >= 0 && p.x < from.width && p.y >= 0 && p.y < from.height)
  return 1 - reached.length / places.length
}
