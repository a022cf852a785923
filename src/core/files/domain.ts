// Attaching a document to something, and asking what is attached. The bytes come first, into the file store; the act says
// what they are, what they belong to and who may see them.

import { field, form, GRADE_TITLES, GRADES, isSealed, sees, type Json } from '../../kernel/index.ts'
import { insert, put, query, type AnyCommand, type Command, type Domain } from '../record/index.ts'
import { list, sql } from '../store/index.ts'
import type { StoredFile } from './file-store.ts'
import { FILE_TYPES, type FileType } from './file-type.ts'
import { filesProblem } from './problems.ts'
import { documentTable } from './schema.ts'

const titled = (g: 'public' | 'internal' | 'restricted' | 'personal') => ({ value: g, title: GRADE_TITLES[g] }) as const
const gradeField = field.choice({
  title: { zh: '等级', en: 'grade' },
  hint: { zh: '谁可以看这份文件', en: 'who may see this document' },
  grade: 'public',
  choices: [titled('public'), titled('internal'), titled('restricted'), titled('personal')],
  example: 'internal',
})
const hash = field.fileHash({
  title: { zh: '文件校验值', en: 'hash of the file' },
  hint: { zh: '上传后显示', en: 'shown after the upload' },
  example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
})
const name = field.text({
  title: { zh: '文件名', en: 'name of the file' },
  hint: { zh: '文件名里不要写个人信息', en: 'no personal data in the name' },
  example: '核定书.pdf',
})
const note = field.optional(field.longText({ title: { zh: '说明', en: 'note' }, example: '盖章扫描件' }))
const about = field.code({
  title: { zh: '对象', en: 'what it belongs to' },
  pattern: /^[a-z][a-z-]{0,40}:\S{1,100}$/,
  expects: { zh: '类别和编号，例如 permit:019e…', en: 'kind and id such as permit:019e…' },
  example: 'permit:019e2f6a-7c00-7000-8000-000000000001',
})
const place = field.region({ title: { zh: '行政区', en: 'place' }, example: '430100' })
const organisation = field.optional(
  field.organisation({ title: { zh: '单位', en: 'organisation' }, example: '0190a5b4-0000-7000-8000-0000000000f1' }),
)

const attachInput = form({ hash, name, grade: gradeField, note, about, place, organisation })

export type FindFile = (hash: string) => Promise<StoredFile | undefined>

const attachDocument = (findFile: FindFile): Command<typeof attachInput, StoredFile> => ({
  name: 'attachDocument',
  version: 1,
  title: { zh: '登记附件', en: 'attach a document' },
  groups: ['documents'],
  input: attachInput,
  place: (i) => i.place,
  organisation: (i) => i.organisation,
  legalDate: (_, today) => today,
  subjects: () => [],
  prepare: async (_, i) => (await findFile(i.hash)) ?? [filesProblem('files.not-stored', { file: i.hash })],
  decide: (_, i, c, file) => ({
    act: 'document-attached',
    subjects: [i.about, `document:${c.subject}`],
    rows: [
      insert(documentTable, {
        id: c.subject,
        about: i.about,
        hash: i.hash,
        name: i.name,
        type: file.type,
        size: BigInt(file.size),
        grade: i.grade,
        note: i.note ?? null,
        place: i.place,
        organisation: i.organisation ?? null,
        status: 'attached',
        act: c.subject,
      }),
    ],
    answer: { document: c.subject },
  }),
  reverseReads: (_, original) => ({ rows: [{ table: documentTable, key: { id: original.id } }] }),
  reverse: (state, _, __, original) => {
    const row = state.row(documentTable, { id: original.id })!
    return { rows: [put(documentTable, { ...row, status: 'withdrawn' })] }
  },
})

const typeField = field.choice({
  title: { zh: '类型', en: 'type' },
  grade: 'public',
  choices: (Object.keys(FILE_TYPES) as FileType[]).map((value) => ({ value, title: FILE_TYPES[value].title })),
  example: 'pdf',
})
const status = field.choice({
  title: { zh: '状态', en: 'status' },
  grade: 'public',
  choices: [
    { value: 'attached', title: { zh: '有效', en: 'attached' } },
    { value: 'withdrawn', title: { zh: '已更正撤下', en: 'withdrawn by a correction' } },
  ],
  example: 'attached',
})
const id = field.id({
  title: { zh: '附件编号', en: 'id' },
  grade: 'public',
  example: '019e2f6a-7c00-7000-8000-000000000001',
})

/** Also the question to ask before content is handed out: no row, no content. */
const documents = query({
  name: 'documents',
  title: { zh: '附件', en: 'documents' },
  groups: ['documents'],
  input: form({ about: field.optional(about), hash: field.optional(hash) }),
  row: form({
    id,
    about,
    hash,
    name,
    type: typeField,
    size: field.amount({ title: { zh: '大小（字节）', en: 'size in bytes' }, grade: 'public', example: '120000' }),
    grade: gradeField,
    note,
    place,
    organisation,
    status,
  }),
  run: async (reader, i, scope) => {
    // A row above the reader's grade is left out as a whole: that there is such a document is itself worth knowing.
    const seen = GRADES.filter((g) => !isSealed(g) || g === 'personal').filter((g) => sees(scope.grade, g))
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select d.id::text as id, d.about, d.hash, d.name, d.type, d.size::text as size, d.grade, d.note, d.place,
            d.organisation::text as organisation, d.status
          from document d where d.grade = any(${list('text', seen)}) and ${scope.within(sql`d.place`, sql`d.organisation`)}
            and (${i.about ?? null}::text is null or d.about = ${i.about ?? null}::text)
            and (${i.hash ?? null}::text is null or d.hash = ${i.hash ?? null}::text)
          order by d.id limit 1000`,
    )
    return rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))
  },
})

/** @param findFile looks into the file store: what was not received cannot be attached */
export const filesDomain = (findFile: FindFile): Domain => ({
  name: 'files',
  title: { zh: '附件', en: 'documents' },
  commands: [attachDocument(findFile)] as unknown as readonly AnyCommand[],
  queries: [documents],
  tables: [documentTable],
})
