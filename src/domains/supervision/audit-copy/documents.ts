// Documents of the acts of a copy, each once, under its hash: attached ones up to the auditor's grade, and the scans of
// approvals on paper. One that is missing from the file store is named on its act's page and not copied.

import { ProblemError, sees, type Grade } from '../../../kernel/index.ts'
import { fileType, HEAD_BYTES } from '../../../core/files/index.ts'
import type { GatheredAct } from './gather.ts'
import type { AuditAsk, AuditHouse } from './model.ts'
import { paths } from './paths.ts'
import type { WholeFolder } from './whole-folder.ts'

export interface DocumentCopier {
  /** @param page the act has a page of its own, which names what is attached to what it is about */
  take(act: GatheredAct, page: boolean): Promise<void>
  /** Where a document lies; undefined where it was not copied. */
  at(hash: string): string | undefined
  count(): number
}

export function documentCopier(
  files: AuditHouse['files'],
  out: WholeFolder,
  { grade }: Pick<AuditAsk, 'grade'>,
): DocumentCopier {
  const places = new Map<string, string | undefined>()
  async function copy(hash: string): Promise<void> {
    if (places.has(hash) || !files) return
    places.set(hash, undefined)
    const pieces: Uint8Array[] = []
    try {
      for await (const piece of files.read(hash)) pieces.push(piece)
    } catch (e) {
      if (e instanceof ProblemError) return
      throw e
    }
    const content = Buffer.concat(pieces)
    const path = paths.document(hash, fileType(content.subarray(0, HEAD_BYTES)))
    await out.write(path, content)
    places.set(hash, path)
  }
  return {
    take: async (act, page) => {
      for (const d of page ? [...act.documents, ...act.related] : act.documents)
        if (sees(grade, d.grade as Grade)) await copy(d.hash)
      if (!sees(grade, 'internal')) return
      for (const s of act.request?.steps ?? []) if (s.paper_scan !== null) await copy(s.paper_scan)
    },
    at: (hash) => places.get(hash),
    count: () => [...places.values()].filter((p) => p !== undefined).length,
  }
}
