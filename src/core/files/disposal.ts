// Disposing of documents whose time is over (鉴定销毁): asked for by one person, agreed to by another; afterwards the entry stands with
// its hash, ground and reason, and the content is erased.
// Always holds: nothing is disposed of before the last day it must be kept; content that something else in the record still names is
// not erased; what is disposed of does not come back.

import { field, form, text, type Problem, type Uuid } from '../../kernel/index.ts'
import { put, type Command } from '../record/index.ts'
import { sql, type Reader } from '../store/index.ts'
import type { FileStore } from './file-store.ts'
import { filesProblem } from './problems.ts'
import { documentTable } from './schema.ts'

const disposeInput = form({
  document: field.id({
    title: text('附件', 'document'),
    grade: 'public',
    example: '019e2f6a-7c00-7000-8000-000000000001',
  }),
  clause: field.text({
    title: text('销毁依据', 'under which clause'),
    grade: 'public',
    max: 200,
    example: '机关文件材料归档范围和文书档案保管期限规定 第八条',
  }),
  reason: field.longText({
    title: text('鉴定意见', 'why it need not be kept'),
    grade: 'internal',
    example: '保管期限已满，没有继续保存的价值',
  }),
})

const APPROVAL = [{ role: 'reviewer', title: text('复核销毁', 'agree to the disposal') }] as const

interface Home {
  readonly place: string
  readonly organisation: Uuid | undefined
}

export const disposeDocument: Command<typeof disposeInput, Home> = {
  name: 'disposeDocument',
  version: 1,
  title: text('销毁到期附件', 'dispose of a document'),
  clause: '机关文件材料归档范围和文书档案保管期限规定（国家档案局令第8号）',
  groups: ['documents-disposal'],
  input: disposeInput,
  place: (_, { place }) => place,
  organisation: (_, { organisation }) => organisation,
  legalDate: (_, today) => today,
  prepare: async (reader, { document }): Promise<Home | readonly Problem[]> => {
    const [row] = await reader.query<{ place: string; organisation: Uuid | null }>(
      sql`select place, organisation::text as organisation from document where id = ${document}::uuid`,
    )
    return row
      ? { place: row.place, organisation: row.organisation ?? undefined }
      : [filesProblem('files.no-document', { id: document })]
  },
  subjects: ({ document }) => [`document:${document}`],
  approval: () => APPROVAL,
  reads: [({ document }) => ({ rows: [{ table: documentTable, key: { id: document } }] })],
  decide: (state, { document, clause, reason }, c) => {
    const row = state.row(documentTable, { id: document })
    if (!row) return [filesProblem('files.no-document', { id: document })]
    if (row.status === 'disposed') return [filesProblem('files.disposed', { id: document })]
    if (row.keep_until === null) return [filesProblem('files.kept-for-ever', { id: document })]
    if (row.keep_until >= c.today) return [filesProblem('files.kept-until', { id: document, until: row.keep_until })]
    return {
      act: 'document-disposed',
      subjects: [`document:${document}`, row.about],
      rows: [
        put(documentTable, {
          ...row,
          status: 'disposed',
          disposal: c.subject,
          disposal_clause: clause,
          disposal_reason: reason,
        }),
      ],
    }
  },
}

/** Content that still stands though its document was disposed of. @param named hashes that the record still wants kept */
export async function findDisposed(
  reader: Reader,
  files: Pick<FileStore, 'has'>,
  named: readonly string[],
): Promise<readonly string[]> {
  const kept = new Set(named)
  const rows = await reader.query<{ hash: string }>(
    sql`select distinct hash from document where status = 'disposed' order by hash`,
  )
  const standing: string[] = []
  for (const { hash } of rows) if (!kept.has(hash) && (await files.has(hash))) standing.push(hash)
  return standing
}

/** Erases it. @throws ProblemError `files.…` */
export async function eraseDisposed(
  reader: Reader,
  files: Pick<FileStore, 'has' | 'erase'>,
  named: readonly string[],
): Promise<void> {
  for (const hash of await findDisposed(reader, files, named)) await files.erase(hash)
}
