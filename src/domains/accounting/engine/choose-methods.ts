// Which methods serve a service: those the input list names, else of each part the first whose facts are there.
// The choice is stored with the result; nothing is chosen silently.

import { METHODS } from '../methods/index.ts'
import { possibleArguments, requiredArguments, type Method } from '../methods/method.ts'
import type { ServiceId } from '../services.ts'
import type { FactTable } from './fact-table.ts'
import type { MapStack } from '../maps/map-stack.ts'
import { rowsOfMap } from './pixels/pixel-stages.ts'
import { rowsOf } from './rows.ts'

/** Methods of a service; those over maps come first where there are maps and not at all where there are none. */
export const methodsOf = (service: ServiceId, maps?: MapStack): readonly Method[] => {
  const own = METHODS.filter((m) => m.service === service)
  const overAreas = own.filter((m) => m.path !== 'raster')
  return maps ? [...own.filter((m) => m.path === 'raster'), ...overAreas] : overAreas
}

const served = (m: Method, facts: FactTable, maps: MapStack | undefined): boolean =>
  m.path === 'raster'
    ? servedByMaps(m, facts, maps!)
    : rowsOf(m, facts).length > 0 && requiredArguments(m).every((a) => facts.of(a).length > 0)

/** At least one factor comes from a band; a method whose factors are all numbers of a row gains nothing from pixels. */
function servedByMaps(m: Method, facts: FactTable, maps: MapStack): boolean {
  const mapped = (a: string): boolean => [...maps.bands.keys()].some((id) => id === a || id.startsWith(`${a}|`))
  return (
    rowsOfMap(m, maps).length > 0 &&
    possibleArguments(m).some(mapped) &&
    requiredArguments(m).every((a) => a === 'area' || mapped(a) || facts.of(a).length > 0)
  )
}

export function chooseMethods(
  service: ServiceId,
  named: readonly string[] | undefined,
  facts: FactTable,
  maps?: MapStack,
): readonly Method[] {
  const all = methodsOf(service, maps)
  if (named) return all.filter((m) => named.includes(m.id))
  const parts = new Map<string, Method>()
  for (const m of all) {
    const part = m.part ?? 'whole'
    if (!parts.has(part) && served(m, facts, maps)) parts.set(part, m)
  }
  const whole = parts.get('whole')
  const others = [...parts].filter(([p]) => p !== 'whole').map(([, m]) => m)
  return others.length > 0 ? others : whole ? [whole] : []
}
