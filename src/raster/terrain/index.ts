// Terrain: slope, depressions, where water runs, what drains through a pixel, and the two models that follow the water.

export { flowWidth, accumulate, distanceToChannel, drainage, streams, upslopeLength } from './drainage.ts'
export type { Drainage, UpslopeLengthOptions } from './drainage.ts'
export { d8, type Directions } from './d8.ts'
export { fillDepressions } from './fill.ts'
export * from './nutrients.ts'
export * from './sediment.ts'
export { slopePercent } from './slope.ts'
export { surfaceOf } from './surface-of.ts'
export type { Surface } from './surface.ts'
export { polygonise, snapOutlet, watershed, type PolygonRings, type Ring } from './watershed.ts'
export { basinAbove, type Basin } from './basin.ts'
export { outletMissing } from './problems.ts'
