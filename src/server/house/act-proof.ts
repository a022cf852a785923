// The proof of an act from the published log. Publishing comes first: what is not in the files that others see proves nothing.

import { ProblemError, type Uuid } from '../../kernel/index.ts'
import { makeProof, publishedCheckpoint, writeProof } from '../../core/evidence/index.ts'
import { sql } from '../../core/store/index.ts'
import { logFolder } from './data-folder.ts'
import type { House } from './open-house.ts'
import { houseProblem } from './problems.ts'

export interface ActProof {
  readonly act: Uuid
  /** Place in the log, from 0. */
  readonly leaf: number
  /** The checkpoint as published, with its signatures. */
  readonly checkpoint: string
  /** The proof file. */
  readonly proof: string
}

/** For acts without anything personal in sight: whoever calls this has asked whether it may be shown.
 *  @throws ProblemError `house.no-act`, `house.not-published` */
export async function actProof(house: House, act: Uuid): Promise<ActProof> {
  const [row] = await house.store.query<{ content: string; salt: Uint8Array; leaf: bigint }>(
    sql`select a.content, a.salt, l.leaf_index as leaf from act a join log_leaf l on l.act = a.id where a.id = ${act}`,
  )
  if (!row) throw new ProblemError(houseProblem('house.no-act', { act }))
  const folder = logFolder(house.folder)
  const published = await publishedCheckpoint(folder, { ...(await house.trust()), witnesses: [] })
  const leaf = Number(row.leaf)
  const bytes = await folder.read('checkpoint')
  if (!published || !bytes || leaf >= published.size)
    throw new ProblemError(houseProblem('house.not-published', { leaf, size: published?.size ?? 0 }))
  const checkpoint = Buffer.from(bytes).toString('utf8')
  const made = await makeProof({
    act: row.content,
    salt: row.salt,
    index: leaf,
    revealed: [],
    read: folder.read,
    checkpoint,
  })
  return { act, leaf, checkpoint, proof: writeProof(made) }
}
