// People, organisations, regions and what they may do: the pure rules and the records they stand on.

export { countedOn, levelOfCode, LEVELS, parentByCode, type RegionLevel, type RegionRow } from './regions/region-row.ts'
export { readRegions, REGIONS_LIMIT_BYTES, type RegionsHeading, type RegionsReading } from './regions/read-regions.ts'
export { coversOf, regionClosure, type ClosurePair, type Covers } from './regions/closure.ts'
export { GRADES, maySee, roleBook, type Grade, type Role, type RoleBook, type RoleScope } from './roles/role.ts'
export { loadRoles, parseRoles, type RoleFile, type RolesReading } from './roles/read-roles.ts'
export {
  effectiveGrants,
  grantProblems,
  mayRun,
  queryScope,
  roleMay,
  type Asked,
  type Grant,
  type Permission,
  type Request,
  type Scope,
  type World,
} from './permission.ts'
