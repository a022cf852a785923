// The approved changes of parameters of a region and a year as a run takes them, each with the proof of its act. A package that
// was computed with them carries all of it in its input list and needs the house no more.

import { ProblemError, type Uuid } from '../../kernel/index.ts'
import type { ParameterOverride } from '../../domains/accounting/index.ts'
import { actProof } from './act-proof.ts'
import type { House } from './open-house.ts'

/** Publishes the log first, so that every act has its proof.
 *  @param asked who asks, and for which region and accounting year @throws ProblemError where they may not ask */
export async function approvedOverrides(
  house: House,
  asked: { readonly person: Uuid; readonly role: string; readonly place: string; readonly year: number },
): Promise<readonly ParameterOverride[]> {
  const { person, role, place, year } = asked
  const answer = await house.ask({ query: 'overridesInForce', input: { place, year }, person, role })
  if (!answer.ok) throw new ProblemError(answer.problems)
  if (answer.rows.length === 0) return []
  await house.publish()
  const out: ParameterOverride[] = []
  for (const row of answer.rows as readonly Readonly<Record<string, string>>[]) {
    const { proof, leaf } = await actProof(house, row['act'] as Uuid)
    const title = house.roles.find(row['approvedRole']!)?.title.zh ?? row['approvedRole']!
    out.push({
      parameter: row['parameter']!,
      ...(row['key'] === undefined ? {} : { key: row['key'] }),
      region: row['place']!,
      value: row['value']!,
      unit: row['unit']!,
      reason: row['reason']!,
      approver: `${title} ${row['approvedBy']!}`,
      source: row['source']!,
      mark: row['mark'] as 'confirmed' | 'back-solved' | 'unconfirmed',
      // One line, so that it stands in a cell of the list's twin sheet as well.
      act: { id: row['act']!, leaf, proof: JSON.stringify(JSON.parse(proof)) },
    })
  }
  return out
}
