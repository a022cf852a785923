// Who may have a file: whoever is told of it by something they may see: an attachment, the scan of a signed sheet, an account's package,
// the document behind a changed parameter, a paper that a waiting request names.
// Always holds: nothing is judged here; each question is answered within the reader's role, region and grade, and a file that no
// answer names does not exist for them.

import { civilDateIn, type JsonObject, type Problem } from '../../kernel/index.ts'
import { rolesOf } from '../../core/identity/index.ts'
import type { Acting } from './caller.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

/** A question whose rows tell of files, and what the file is then called. */
interface Teller {
  readonly query: string
  readonly inputs: (hash: string, places: readonly string[]) => readonly JsonObject[]
  /** The column that holds the hash. */
  readonly column: string
  readonly called: (row: JsonObject) => string
}

const word = (row: JsonObject, column: string): string => String(row[column] ?? '')

const TELLERS: readonly Teller[] = [
  {
    query: 'letterTemplates',
    inputs: (hash) => [{ hash }],
    column: 'hash',
    called: (row) => `${word(row, 'name')}.docx`,
  },
  {
    query: 'documents',
    inputs: (hash) => [{ hash }],
    column: 'hash',
    called: (row) => word(row, 'name'),
  },
  {
    query: 'paperScans',
    inputs: (scan) => [{ scan }],
    column: 'scan',
    called: (row) => `签批单扫描件-${word(row, 'request')}`,
  },
  {
    query: 'accounts',
    inputs: () => [{ all: true }],
    column: 'package',
    called: (row) => `${word(row, 'number')}.zip`,
  },
  {
    query: 'overridesInForce',
    // What was changed in a region above counts here, and is told where one's own region is asked for.
    inputs: (_, places) => [{ ended: true }, ...places.map((place) => ({ place, ended: true }))],
    column: 'document',
    called: (row) => `${word(row, 'number')}-依据`,
  },
  {
    query: 'requestFiles',
    inputs: (hash) => [{ hash }],
    column: 'hash',
    called: (row) => word(row, 'name'),
  },
]

/** The name under which the reader knows the file; undefined where nothing tells them of it.
 *  @throws ProblemError the first refusal, where the role may ask none of the questions */
export async function nameForReader(serving: Serving, acting: Acting, hash: string): Promise<string | undefined> {
  const { house, answers } = serving
  const today = civilDateIn(house.world.now(), house.settings.zone)
  const held = (await rolesOf(house.store, house.roles, acting.person, today)).find((h) => h.role.id === acting.role)
  const places = [...new Set(held?.places.map((p) => p.place) ?? [])]
  const refusals: Problem[][] = []
  for (const { query, inputs, column, called } of TELLERS)
    for (const input of inputs(hash, places)) {
      const answer = await answers.ask({ query, input, ...acting })
      if (!answer.ok) {
        refusals.push([...answer.problems])
        break
      }
      const row = answer.rows.find((r) => r[column] === hash)
      if (row) return called(row)
    }
  if (refusals.length === TELLERS.length) return refuse(...refusals[0]!)
  return undefined
}
