// The approved changes of parameters that a run takes along: those in force for the region and year of its list, as far as whoever
// starts it may see them. Always holds: a run that takes none along says so by having none in its package.

import type { Uuid } from '../../kernel/index.ts'
import { approvedOverrides } from '../house/index.ts'
import type { Serving } from './serving.ts'

/** @param role as the request names it; without one nothing is asked for
 *  @param folder of the data; undefined for the sample county
 *  @returns the text of an export, undefined where nothing was approved */
export async function approvedFor(
  { house }: Serving,
  person: Uuid,
  role: string | readonly string[] | undefined,
  folder: string | undefined,
): Promise<string | undefined> {
  if (typeof role !== 'string') return undefined
  const { groundOf, overridesText } = await import('./account-folder.ts')
  const ground = await groundOf(folder)
  if (!ground) return undefined
  const seen = await house.ask({ query: 'overridesInForce', input: { ...ground }, person, role })
  if (!seen.ok || seen.rows.length === 0) return undefined
  return overridesText(await approvedOverrides(house, { person, role, ...ground }))
}
