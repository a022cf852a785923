// The grid engine: rasters read tile by tile, coordinate systems, zones, terrain, and rules run as kernels over pixels.
// Always holds: only + − × ÷ √ and the functions of `maths` touch a pixel, so every machine gives the same digits.

export * from './band.ts'
export * from './grid.ts'
export type * from './crs/model.ts'
export * from './geotiff/header.ts'
export * from './geotiff/survey.ts'
export * from './memory-band.ts'
export * from './sums/exact-sum.ts'
export * from './sums/key-sums.ts'
export * from './picture/overview.ts'
export * from './picture/palette-png.ts'
export { compileRule } from './kernel/compile.ts'
export type { Kernel, KernelSpec } from './kernel/model.ts'
