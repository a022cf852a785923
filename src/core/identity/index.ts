// People, organisations, regions and what they may do: the pure rules and the records they stand on.

export { countedOn, levelOfCode, LEVELS, parentByCode, type RegionLevel, type RegionRow } from './regions/region-row.ts'
export { readRegions, REGIONS_LIMIT_BYTES, type RegionsHeading, type RegionsReading } from './regions/read-regions.ts'
export { coversOf, regionClosure, type ClosurePair, type Covers } from './regions/closure.ts'
