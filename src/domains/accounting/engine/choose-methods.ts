// Which methods serve a service: those the input list names, else of each part the first whose facts are there.
// The choice is stored with the result; nothing is chosen silently.

import { METHODS } from '../methods/index.ts'
import { requiredArguments, type Method } from '../methods/method.ts'
import type { ServiceId } from '../services.ts'
import type { FactTable } from './fact-table.ts'
import { rowsOf } from './rows.ts'

/** Methods that can be computed today; those over maps wait for the raster engine. */
export const methodsOf = (service: ServiceId): readonly Method[] =>
  METHODS.filter((m) => m.service === service && m.path !== 'raster')

const served = (m: Method, facts: FactTable): boolean =>
  rowsOf(m, facts).length > 0 && requiredArguments(m).every((a) => facts.of(a).length > 0)

export function chooseMethods(
  service: ServiceId,
  named: readonly string[] | undefined,
  facts: FactTable,
): readonly Method[] {
  const all = methodsOf(service)
  if (named) return all.filter((m) => named.includes(m.id))
  const parts = new Map<string, Method>()
  for (const m of all) {
    const part = m.part ?? 'whole'
    if (!parts.has(part) && served(m, facts)) parts.set(part, m)
  }
  const whole = parts.get('whole')
  const others = [...parts].filter(([p]) => p !== 'whole').map(([, m]) => m)
  return others.length > 0 ? others : whole ? [whole] : []
}
