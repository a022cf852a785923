// The papers a request names, for whoever has to decide it: they read the paper before they sign. Serves the page of the request
// and the store of documents, which hands a file to whoever something names it to.
// Always holds: told of are files of a request that waits, to the role whose step it is and that has not signed yet, and to its
// requester in the role they asked in, who also still sees them when it came back; a file above the reader's grade is not told of.

import { field, form, sees, walk, type Form, type Grade, type JsonObject } from '../../../kernel/index.ts'
import { sql } from '../../store/index.ts'
import { query } from '../ask.ts'
import type { AnyCommand, AnyQuery } from '../model.ts'
import type { RequestRow } from '../schema.ts'
import { said } from './fields.ts'
import { formOf } from './said-input.ts'

/** Requests looked through at once; a role with more of them waiting names the one it looks at. */
const MOST_REQUESTS = 500

const requestField = field.actId({
  title: { zh: '申请编号', en: 'request' },
  example: '019e2f6a-7c00-7000-8000-000000000001',
})
const hashField = field.fileHash({ title: { zh: '文件校验值', en: 'hash of the file' }, example: 'ab'.repeat(32) })

export const requestFiles = (find: (name: string) => AnyCommand | undefined): AnyQuery =>
  query({
    name: 'requestFiles',
    title: { zh: '申请所附的文件', en: 'files of a request' },
    groups: ['everybody'],
    input: form({ request: field.optional(requestField), hash: field.optional(hashField) }),
    row: form({
      request: requestField,
      path: said('字段', 'field'),
      name: said('名称', 'name'),
      hash: hashField,
    }),
    run: async (reader, { request, hash }, scope) => {
      const rows = await reader.query<RequestRow>(
        sql`select r.* from request r
            where (${request ?? null}::uuid is null or r.id = ${request ?? null}::uuid)
              and (${hash ?? null}::text is null or position(${hash ?? null}::text in r.input::text) > 0)
              and ((r.status = 'waiting' and r.waits_for = ${scope.role} and r.person <> ${scope.person}::uuid
                  and (r.place is null or ${scope.within(sql`r.place`)})
                  and not exists (select 1 from request_step s where s.request = r.id and s.person = ${scope.person}::uuid
                    and s.paper_signer is null))
                or (r.status in ('waiting', 'returned') and r.person = ${scope.person}::uuid and r.role = ${scope.role}))
            order by r.id limit ${MOST_REQUESTS}::int4`,
      )
      return rows.flatMap((r) => {
        const command = find(r.command)
        const inputForm = command && formOf(command, r.version)
        if (!inputForm) return []
        return filesIn(inputForm, r.input as JsonObject, scope.grade)
          .filter((f) => hash === undefined || f.hash === hash)
          .map(({ path, title, hash: of }) => ({ request: r.id, path, name: `${r.title_zh}-${title}`, hash: of }))
      })
    },
  })

interface NamedFile {
  readonly path: string
  readonly title: string
  readonly hash: string
}

/** Every file an input names, as far as the reader may see the field it stands in. */
function filesIn(inputForm: Form, input: JsonObject, may: Grade): readonly NamedFile[] {
  const found: NamedFile[] = []
  walk(inputForm, input, (value, { field: of, path, grade }) => {
    if (of.kind === 'file-hash' && typeof value === 'string' && sees(may, grade))
      found.push({ path, title: of.title.zh, hash: value })
    return undefined
  })
  return found
}
