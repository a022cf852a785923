// Attaching a document to something, and asking what is attached. The bytes come first, into the file store; the act says
// what they are, what they belong to and who may see them.

import {
  field,
  form,
  GRADE_TITLES,
  GRADES,
  isSealed,
  sees,
  yearEnd,
  type CivilDate,
  type Json,
  type Problem,
} from '../../kernel/index.ts'
import { insert, put, query, type AnyCommand, type Command, type Domain } from '../record/index.ts'
import { list, sql } from '../store/index.ts'
import type { StoredFile } from './file-store.ts'
import { FILE_TYPES, type FileType } from './file-type.ts'
import { disposeDocument } from './disposal.ts'
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

const documentId = (zh: string, en: string) =>
  field.id({ title: { zh, en }, grade: 'public', example: '019e2f6a-7c00-7000-8000-000000000001' })
const replaces = field.optional(documentId('代替的附件', 'the document it replaces'))
/** How long papers of an office are kept: permanently, thirty or ten years (State Archives Administration, order 8 of 2006, article 3). */
const RETENTION_YEARS = { permanent: undefined, 'thirty-years': 30, 'ten-years': 10 } as const
const retention = field.optional(
  field.choice({
    title: { zh: '保管期限', en: 'how long it is kept' },
    hint: { zh: '不填为永久', en: 'left out: permanently' },
    grade: 'public',
    choices: [
      { value: 'permanent', title: { zh: '永久', en: 'permanently' } },
      { value: 'thirty-years', title: { zh: '30 年', en: 'thirty years' } },
      { value: 'ten-years', title: { zh: '10 年', en: 'ten years' } },
    ],
    example: 'thirty-years',
  }),
)
const degrees = (zh: string, en: string, example: string) =>
  field.optional(
    field.code({
      title: { zh, en },
      hint: { zh: '照片的位置，上传后显示', en: 'where a photo was taken, shown after the upload' },
      pattern: /^-?\d{1,3}(\.\d{1,6})?$/,
      expects: { zh: '十进制度，最多六位小数', en: 'decimal degrees, six decimals at most' },
      example,
    }),
  )
const longitude = degrees('经度', 'longitude', '111.488333')
const latitude = degrees('纬度', 'latitude', '28.902500')
const takenAt = field.optional(
  field.code({
    title: { zh: '拍摄时间', en: 'taken at' },
    hint: { zh: '相机的时间，上传后显示', en: "by the camera's clock, shown after the upload" },
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)?$/,
    expects: { zh: '例如 2026-03-02T09:30:00', en: 'such as 2026-03-02T09:30:00' },
    example: '2026-03-02T09:30:00',
  }),
)
const givenHash = field.optional(
  field.fileHash({
    title: { zh: '原照片校验值', en: 'hash of the photo as taken' },
    hint: {
      zh: '上传后显示；原照片由拍摄人保存',
      en: 'shown after the upload; the photo itself stays with who took it',
    },
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }),
)

const attachInput = form({
  hash,
  name,
  grade: gradeField,
  note,
  about,
  place,
  organisation,
  replaces,
  retention,
  takenAt,
  longitude,
  latitude,
  givenHash,
})

/** Last day of the last year; counted from the year after the one it belongs to. */
const keepUntil = (today: CivilDate, kept: keyof typeof RETENTION_YEARS = 'permanent'): CivilDate | null => {
  const years = RETENTION_YEARS[kept]
  return years === undefined ? null : yearEnd(Number(today.slice(0, 4)) + years)
}

/** Both degrees or neither, on the globe. */
const isPlace = ({ longitude, latitude }: { readonly longitude?: string; readonly latitude?: string }): boolean =>
  longitude === undefined || latitude === undefined
    ? longitude === latitude
    : Math.abs(Number(longitude)) <= 180 && Math.abs(Number(latitude)) <= 90

/** A name is a name: no folder and no drive. Signs that cannot be seen are refused by the field. */
const isName = (said: string): boolean => !/[/\\:]/.test(said) && !/^\.+$/.test(said)

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
  reads: [(i) => ({ rows: i.replaces === undefined ? [] : [{ table: documentTable, key: { id: i.replaces } }] })],
  decide: (state, i, c, file) => {
    const old = i.replaces === undefined ? undefined : state.row(documentTable, { id: i.replaces })
    const wrong: Problem[] = []
    if (!isName(i.name)) wrong.push(filesProblem('files.name', { name: i.name }))
    if (i.replaces !== undefined && (old?.status !== 'attached' || old.about !== i.about))
      wrong.push(filesProblem('files.not-in-force', { id: i.replaces }))
    if (!isPlace(i)) wrong.push(filesProblem('files.one-place'))
    if (wrong.length > 0) return wrong
    const row = insert(documentTable, {
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
      version: (old?.version ?? (old ? 1 : 0)) + 1,
      replaces: i.replaces ?? null,
      replaced_by: null,
      keep_until: keepUntil(c.today, i.retention),
      taken_at: i.takenAt ?? null,
      longitude: i.longitude ?? null,
      latitude: i.latitude ?? null,
      given_hash: i.givenHash ?? null,
      disposal: null,
      disposal_clause: null,
      disposal_reason: null,
    })
    return {
      act: 'document-attached',
      subjects: [i.about, `document:${c.subject}`, ...(old ? [`document:${old.id}`] : [])],
      rows: [row, ...(old ? [put(documentTable, { ...old, status: 'replaced', replaced_by: c.subject })] : [])],
      answer: { document: c.subject },
    }
  },
  reverseReads: (i, original) => ({
    rows: [original.id, ...(i.replaces === undefined ? [] : [i.replaces])].map((id) => ({
      table: documentTable,
      key: { id },
    })),
  }),
  reverse: (state, i, __, original) => {
    const row = state.row(documentTable, { id: original.id })!
    if (row.status === 'disposed') return [filesProblem('files.disposed', { id: row.id })]
    if (row.status === 'replaced') return [filesProblem('files.followed', { id: row.id })]
    const old = i.replaces === undefined ? undefined : state.row(documentTable, { id: i.replaces })
    return {
      rows: [
        put(documentTable, { ...row, status: 'withdrawn' }),
        ...(old ? [put(documentTable, { ...old, status: 'attached', replaced_by: null })] : []),
      ],
    }
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
    { value: 'replaced', title: { zh: '已有新版本', en: 'replaced by a later version' } },
    { value: 'withdrawn', title: { zh: '已更正撤下', en: 'withdrawn by a correction' } },
    { value: 'disposed', title: { zh: '到期已销毁', en: 'disposed of' } },
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
  input: form({
    about: field.optional(about),
    hash: field.optional(hash),
    /** Past their time on that day: somebody decides what becomes of them. */
    pastTimeOn: field.optional(
      field.civilDate({
        title: { zh: '保管期限已过（截至）', en: 'past their time on' },
        grade: 'public',
        example: '2037-01-01',
      }),
    ),
  }),
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
    version: field.integer({ title: { zh: '版本', en: 'version' }, grade: 'public', min: 1, example: 1 }),
    replaces,
    replacedBy: field.optional(documentId('新版本', 'the later version')),
    keepUntil: field.optional(
      field.civilDate({ title: { zh: '保管到', en: 'kept until' }, grade: 'public', example: '2056-12-31' }),
    ),
    takenAt,
    longitude,
    latitude,
    givenHash,
    disposal: field.optional(documentId('销毁申请', 'request of the disposal')),
    disposalClause: field.optional(
      field.text({
        title: { zh: '销毁依据', en: 'disposed of under' },
        grade: 'public',
        example: '机关文件材料归档范围和文书档案保管期限规定 第八条',
      }),
    ),
    disposalReason: field.optional(
      field.longText({ title: { zh: '鉴定意见', en: 'why it was not kept' }, example: '保管期限已满' }),
    ),
  }),
  run: async (reader, i, scope) => {
    // A row above the reader's grade is left out as a whole: that there is such a document is itself worth knowing.
    const seen = GRADES.filter((g) => !isSealed(g) || g === 'personal').filter((g) => sees(scope.grade, g))
    const rows = await reader.query<Readonly<Record<string, Json>>>(
      sql`select d.id::text as id, d.about, d.hash, d.name, d.type, d.size::text as size, d.grade, d.note, d.place,
            d.organisation::text as organisation, d.status, coalesce(d.version, 1) as version, d.replaces::text as replaces,
            d.replaced_by::text as "replacedBy", d.keep_until::text as "keepUntil", d.taken_at as "takenAt",
            d.longitude::text as longitude, d.latitude::text as latitude, d.given_hash as "givenHash",
            d.disposal::text as disposal, d.disposal_clause as "disposalClause", d.disposal_reason as "disposalReason"
          from document d where d.grade = any(${list('text', seen)}) and ${scope.within(sql`d.place`, sql`d.organisation`)}
            and (${i.about ?? null}::text is null or d.about = ${i.about ?? null}::text)
            and (${i.hash ?? null}::text is null or d.hash = ${i.hash ?? null}::text)
            and (${i.pastTimeOn ?? null}::date is null or (d.keep_until < ${i.pastTimeOn ?? null}::date and d.status <> 'disposed'))
          order by d.id limit 1000`,
    )
    return rows.map((r) => Object.fromEntries(Object.entries(r).filter(([, v]) => v !== null)))
  },
})

/** @param findFile looks into the file store: what was not received cannot be attached */
export const filesDomain = (findFile: FindFile): Domain => ({
  name: 'files',
  title: { zh: '附件', en: 'documents' },
  commands: [attachDocument(findFile), disposeDocument] as unknown as readonly AnyCommand[],
  queries: [documents],
  tables: [documentTable],
})
