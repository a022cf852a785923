// All methods, in the order in which they are tried where the input list names none.

import { CARBON_CLIMATE } from './carbon-climate.ts'
import { CULTURAL } from './cultural.ts'
import { DELIVERY } from './delivery.ts'
import { FLOOD_AIR_WATER } from './flood-air-water.ts'
import type { Method } from './method.ts'
import { PROVISIONING } from './provisioning.ts'
import { overMaps } from './raster.ts'
import { SAND } from './sand.ts'
import { SOIL } from './soil.ts'
import { WATER } from './water.ts'

const OVER_AREAS: readonly Method[] = [
  ...PROVISIONING,
  ...WATER,
  ...SOIL,
  ...SAND,
  ...FLOOD_AIR_WATER,
  ...CARBON_CLIMATE,
  ...CULTURAL,
]

export const METHODS: readonly Method[] = [...OVER_AREAS, ...overMaps(OVER_AREAS), ...DELIVERY]

const byId = new Map(METHODS.map((m) => [m.id, m]))
export const findMethod = (id: string): Method | undefined => byId.get(id)

export {
  requiredArguments,
  possibleArguments,
  pricesOf,
  type Method,
  type Stage,
  type Given,
  type Choice,
} from './method.ts'
