// Spatial units of any kind with the shapes they have and had. They come from files or are drawn, are repaired or returned,
// split, merged and confirmed.

import type { Domain } from '../record/index.ts'
import { unitCommands } from './commands.ts'
import { confirmCommands } from './confirm.ts'
import { partCommands } from './part-commands.ts'
import { placesQueries } from './queries.ts'
import { placesTables } from './schema.ts'

export {
  shapeOfText,
  shapeText,
  UNIT_KINDS,
  UNIT_STATUSES,
  unitSubject,
  type UnitKind,
  type UnitStatus,
} from './model.ts'
export { overlapsWith, unitsById, unitsInBox, type FoundUnit, type Overlap } from './read-units.ts'
export {
  placesMigrations,
  placesWords,
  unitShapeTable,
  unitStaged,
  unitTable,
  type UnitRow,
  type UnitShapeRow,
} from './schema.ts'
export { findUnit, unitBatches, unitReads, type Unit } from './unit-state.ts'
export { MOST_IN_TILE, MOST_ZOOM, tileBox, unitTile, type TileName } from './tiles.ts'
export { secondOpinion } from './second-opinion.ts'
export { pointsImport } from './points-import.ts'
export { unitsImport } from './units-import.ts'

export const placesDomain: Domain = {
  name: 'places',
  title: { zh: '空间单元', en: 'spatial units' },
  commands: [...unitCommands, ...partCommands, ...confirmCommands],
  queries: placesQueries,
  tables: placesTables,
}
