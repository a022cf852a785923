// Parts of an explanation that acts and requests share: which steps of approval were taken,
// by whom, and on paper or not.

import type { Text } from '../../../kernel/index.ts'
import { sql, type Reader } from '../../store/index.ts'
import { stepsOf } from '../approval/steps.ts'
import type { RequestRow, RequestStepRow } from '../schema.ts'
import type { Directory } from './directory.ts'

export interface SaidStep {
  readonly step: string
  readonly zh: string
  readonly en: string
  readonly role: string
  readonly person: string
  readonly login?: string
  readonly name?: string
  readonly standInFor?: string
  readonly recorded: string
  /** Signed by hand: by whom and on what day; `person` entered it. */
  readonly paperSigner?: string
  readonly paperDate?: string
  readonly paperScan?: string
  readonly enteredByRequester?: string
}

/** The steps of a request that were taken. */
export async function stepsTaken(
  reader: Reader,
  request: Pick<RequestRow, 'id' | 'steps'>,
  directory: Directory,
): Promise<readonly SaidStep[]> {
  const rows = await reader.query<RequestStepRow & { readonly recorded: string }>(
    sql`select s.*, a.recorded_at as recorded from request_step s join act a on a.id = s.act
        where s.request = ${request.id} order by s.step`,
  )
  const people = await directory.people(reader, [...new Set(rows.map((r) => r.person))])
  const declared = stepsOf(request)
  return rows.map((r) => {
    const title: Text = declared[r.step]?.title ?? { zh: r.role, en: r.role }
    return {
      step: `${r.step + 1}/${declared.length}`,
      ...title,
      role: r.role,
      person: r.person,
      ...people.get(r.person),
      recorded: r.recorded,
      ...(r.stand_in_for === null ? {} : { standInFor: r.stand_in_for }),
      ...(r.paper_signer === null ? {} : { paperSigner: r.paper_signer }),
      ...(r.paper_date === null ? {} : { paperDate: r.paper_date }),
      ...(r.paper_scan === null ? {} : { paperScan: r.paper_scan }),
      ...(r.paper_signer === null ? {} : { enteredByRequester: r.paper_by_requester ? '是 yes' : '否 no' }),
    }
  })
}
