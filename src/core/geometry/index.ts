// Shapes and their areas: pure geometry on the ellipsoid of CGCS2000, on a grid where equal is equal.

export {
  areaShape,
  boxesMeet,
  boxOf,
  polygonsOf,
  snapShape,
  STEPS_PER_DEGREE,
  type Box,
  type Polygons,
  type Position,
  type Shape,
} from './shape.ts'
export { areaM2, areaText, haOfM2, lengthM, metresPerDegree, muOfM2, perimeterM } from './area.ts'
export { isSound, NOTHING_M2, repairShape, type Repair } from './repair.ts'
export { differenceOf, intersectionOf, sharedAreaM2, unionOf } from './overlay.ts'
export { prepareArea, type PreparedArea } from './apart.ts'
export {
  containment,
  gapsOf,
  overlapOf,
  overlapOfPrepared,
  SLIVER_WIDTH_M,
  type Containment,
  type Patch,
} from './neighbours.ts'
export { mergeAreas, splitArea, type Merged } from './split.ts'
export { bringer, type Brought } from './bring.ts'
