// Drafts: what somebody has begun to fill in of a command. A draft is no act: it stands beside the log, is seen by its owner
// only, and nothing follows from it. Its row goes into the journal like everything loose, and what is in the journal is not
// erased one value at a time: so personal and secret fields are left out, and the person is told which.
// Always holds: a draft fits the form as far as it goes; only its owner changes or discards it; a discarded one keeps nothing.

import {
  canonicalJson,
  check,
  describeForm,
  field,
  form,
  isSealed,
  titleOf,
  uuidVersion,
  type Field,
  type Fields,
  type Form,
  type Instant,
  type Json,
  type JsonObject,
  type Problem,
  type Text,
  type Uuid,
} from '../../kernel/index.ts'
import { sql, type Reader, type RowOf } from '../store/index.ts'
import { query } from './ask.ts'
import { limit, LIMIT, maybe, said } from './explain/fields.ts'
import { saidInput, type Directory } from './explain/index.ts'
import { insert, put, type AnyCommand, type AnyQuery, type RowChange } from './model.ts'
import { recordProblem } from './problems.ts'
import { draftTable } from './schema.ts'

export type DraftRow = RowOf<typeof draftTable>

/** Most of one draft, in bytes of its canonical JSON: twenty pages of text. What is larger belongs in a file. */
export const DRAFT_LIMIT_BYTES = 64 * 1024

export interface DraftToSave {
  /** A new one, or that of the own draft to be saved over. Submitting under the same id does it once only. */
  readonly id: Uuid
  readonly person: Uuid
  readonly command: AnyCommand
  readonly input: unknown
  readonly savedAt: Instant
}

export interface SavedDraft {
  readonly change: RowChange
  /** Titles of the fields that were given and are not kept. */
  readonly leftOut: readonly Text[]
}

/** The draft as a row. Fields may be missing; what is given must be right, and unknown fields are refused.
 *  @param standing the row under that id, if there is one
 *  @returns problems `field.…`, `record.bad-id`, `draft.…` where it cannot be saved */
export function saveDraft(draft: DraftToSave, standing: DraftRow | undefined): SavedDraft | readonly Problem[] {
  const { id, person, command, savedAt } = draft
  if (uuidVersion(id) !== 7) return [recordProblem('record.bad-id', { id: String(id).slice(0, 60) })]
  if (standing && !isOpen(standing, person)) return [recordProblem('draft.not-found', { id })]
  if (standing && standing.command !== command.name) return [recordProblem('draft.other-command', { id })]
  const checked = check(partial(command.input), draft.input)
  if (!checked.ok) return checked.problems
  const { kept, leftOut } = withoutSealed(command.input, checked.json)
  const bytes = new TextEncoder().encode(canonicalJson(kept as Json)).length
  if (bytes > DRAFT_LIMIT_BYTES) return [recordProblem('draft.too-large', { limitKb: DRAFT_LIMIT_BYTES / 1024 })]
  const row: DraftRow = {
    id,
    person,
    command: command.name,
    input: kept as Json,
    saved_at: savedAt,
    discarded: false,
  }
  return {
    change: standing ? put(draftTable, row) : insert(draftTable, row),
    leftOut: leftOut.map((path) => titleOf(command.input, path)),
  }
}

/** The row of a draft that is done with. @param standing the row under that id, if there is one */
export function discardDraft(
  { id, person }: { readonly id: Uuid; readonly person: Uuid },
  standing: DraftRow | undefined,
): RowChange | readonly Problem[] {
  if (!standing || !isOpen(standing, person)) return [recordProblem('draft.not-found', { id })]
  return put(draftTable, { ...standing, input: {}, discarded: true })
}

/** The row under an id, whoever's it is: only for `saveDraft` and `discardDraft`, which judge it. */
export const findDraft = async (reader: Reader, id: Uuid): Promise<DraftRow | undefined> =>
  (await reader.query<DraftRow>(sql`select * from draft where id = ${id}`))[0]

/** Somebody else's draft is told from none at all to nobody. */
const isOpen = (row: DraftRow, person: Uuid): boolean => row.person === person && !row.discarded

/** The same form with nothing required, at any depth. */
const partial = (of: Form): Form => form(partialFields(of.fields))
const partialFields = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, field.optional(partialField(f))]))

function partialField(f: Field): Field<unknown, unknown, true> {
  const about = { title: f.title, grade: f.grade }
  if (f.fields) return field.group(partialFields(f.fields), about)
  if (f.item) return field.list(partialField(f.item), { ...about, max: Number(f.most) })
  return { ...f, required: true }
}

/** Without what would be sealed, and without the groups that have nothing else. */
function withoutSealed(of: Form, json: JsonObject): { readonly kept: JsonObject; readonly leftOut: readonly string[] } {
  const sealed = new Set(
    describeForm(of)
      .filter((row) => isSealed(row.grade))
      .map((row) => row.path),
  )
  const leftOut = new Set<string>()
  const parts = (fields: Fields, given: JsonObject, before: string): JsonObject =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, f]) => {
        const value = given[name]
        const other = value === undefined ? undefined : part(f, value, before + name)
        return other === undefined ? [] : [[name, other]]
      }),
    )
  const part = (f: Field, value: Json, path: string): Json | undefined => {
    if (sealed.has(path) || (f.item && sealed.has(`${path}.*`))) {
      leftOut.add(path)
      return undefined
    }
    if (f.item)
      return (value as readonly Json[]).map((row) => part(f.item!, row, `${path}.*`) ?? (f.item!.item ? [] : {}))
    if (!f.fields) return value
    const left = parts(f.fields, value as JsonObject, `${path}.`)
    return Object.keys(left).length === 0 ? undefined : left
  }
  return { kept: parts(of.fields, json, ''), leftOut: [...leftOut] }
}

const draftId = field.id({ title: { zh: '草稿编号', en: 'draft' }, example: '019e2f6a-7c00-7000-8000-000000000001' })

/** The asker's own open drafts, the one saved last first. Values are those the asker typed: no grade hides them. */
export const draftQuery = (find: (name: string) => AnyCommand | undefined, directory: Directory): AnyQuery =>
  query({
    name: 'drafts',
    title: { zh: '我的草稿', en: 'my drafts' },
    groups: ['everybody'],
    input: form({ draft: field.optional(draftId), limit }),
    row: form({
      draft: draftId,
      command: said('业务', 'command'),
      zh: said('名称', 'title in Chinese'),
      en: said('名称（英）', 'title'),
      saved: field.instant({ title: { zh: '保存时间', en: 'saved' }, example: '2026-01-31T08:00:00.000Z' }),
      filled: field.list(
        field.group(
          { path: said('字段', 'field'), zh: said('名称', 'title in Chinese'), value: said('内容', 'value') },
          { title: { zh: '一项', en: 'one field' } },
        ),
        { title: { zh: '已填', en: 'filled in' } },
      ),
      input: field.longText({ title: { zh: '内容（JSON）', en: 'input as JSON' }, example: '{}' }),
      gone: maybe('说明', 'note'),
    }),
    run: async (reader, input, scope) => {
      const rows = await reader.query<DraftRow>(
        sql`select * from draft where person = ${scope.person}::uuid and not discarded
            and (${input.draft ?? null}::uuid is null or id = ${input.draft ?? null}::uuid)
            order by saved_at desc, id desc limit ${input.limit ?? LIMIT}`,
      )
      const answers: Json[] = []
      for (const r of rows) {
        const command = find(r.command)
        const json = r.input as JsonObject
        // A form that has changed since no longer fits all of it; then only the text of it is shown.
        const fits = command !== undefined && check(partial(command.input), json).ok
        const filled = fits ? await saidInput(reader, command.input, json, 'restricted', directory) : []
        answers.push({
          draft: r.id,
          command: r.command,
          zh: command?.title.zh ?? r.command,
          en: command?.title.en ?? r.command,
          saved: r.saved_at,
          filled: filled.map(({ path, zh, value }) => ({ path, zh, value })),
          input: canonicalJson(r.input),
          ...(fits ? {} : { gone: '表单已改变，请重新填写 / the form has changed' }),
        })
      }
      return answers
    },
  })
