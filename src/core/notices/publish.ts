// Posting a public notice, withdrawing it, and its end when its days are over. Clause of each notice is told by who posts it.
// Always holds: what is posted shows nobody's name, number or telephone unmasked; counting begins the day after it is posted; how
// long it runs stands in its deadline.

import {
  field,
  form,
  isNameColumn,
  looksMasked,
  pastedList,
  personalNumberIn,
  uuidFrom,
  type CivilDate,
  type PastedList,
  type Problem,
  type Uuid,
} from '../../kernel/index.ts'
import { addDays, beginDeadline, endDeadline, endingReads, type Calendar, type DeadlineRow } from '../calendar/index.ts'
import { FILE_TYPES, type FindFile, type StoredFile } from '../files/index.ts'
import { insert, put, type AnyCommand, type Command, type SeriesName } from '../record/index.ts'
import { sql, type Reader } from '../store/index.ts'
import { noticesProblem } from './problems.ts'
import { objectionTable, publicNoticeTable, type PublicNoticeRow } from './schema.ts'

const EXAMPLE_ID = '019e2f6a-7c00-7000-8000-000000000001'
export const noticeSubject = (id: string): string => `notice:${id}`
export const objectionSubject = (id: string): string => `objection:${id}`

export const publicNoticeId = field.id({
  title: { zh: '公示', en: 'public notice' },
  hint: { zh: '公示清单中显示的编号', en: 'the id shown in the list of public notices' },
  example: EXAMPLE_ID,
})

/** A village has some hundred households; longer lists are documents. */
const ROWS_MOST = 2000
const COLUMNS_MOST = 12
const CELL_MOST = 80
const cell = field.text({ title: { zh: '格', en: 'cell' }, grade: 'public', max: CELL_MOST, example: '王＊明' })

const publishInput = form({
  about: field.code({
    title: { zh: '公示对象', en: 'what it is about' },
    hint: { zh: '要等公示期满才能办理的事项', en: 'what waits for the notice' },
    grade: 'public',
    pattern: /^[a-z][a-z-]{0,40}:\S{1,100}$/,
    expects: { zh: '类别和编号，例如 unit:019e…', en: 'kind and id such as unit:019e…' },
    example: `unit:${EXAMPLE_ID}`,
  }),
  title: field.text({
    title: { zh: '标题', en: 'title' },
    grade: 'public',
    max: 60,
    example: '示范村公益林补偿面积公示',
  }),
  body: field.longText({
    title: { zh: '正文', en: 'text' },
    grade: 'public',
    max: 4000,
    example: '现将各户公益林面积公示如下。',
  }),
  clause: field.text({ title: { zh: '依据', en: 'clause' }, grade: 'public', example: '生态保护补偿条例第三十条' }),
  contact: field.text({
    title: { zh: '联系方式', en: 'whom to ask' },
    hint: {
      zh: '受理异议的单位、地点、电话；会公开',
      en: 'office, place and telephone for objections; it is published',
    },
    grade: 'public',
    example: '示范县林业局 0736-1234567',
  }),
  place: field.region({ title: { zh: '行政区', en: 'place' }, grade: 'public', example: '430725101201' }),
  organisation: field.optional(
    field.organisation({
      title: { zh: '村集体（单位）', en: 'village collective' },
      hint: { zh: '填写后它的村会计可以登记异议', en: 'its accountant may then enter objections' },
      grade: 'public',
      example: '0190a5b4-0000-7000-8000-0000000000f1',
    }),
  ),
  from: field.civilDate({
    title: { zh: '公示起始日（不计入期限）', en: 'posted on, not counted' },
    grade: 'public',
    example: '2026-09-28',
  }),
  days: field.integer({ title: { zh: '期限', en: 'days' }, grade: 'public', min: 1, max: 180, example: 7 }),
  kind: field.choice({
    title: { zh: '计日方法', en: 'kind of days' },
    grade: 'public',
    choices: [
      { value: 'working', title: { zh: '工作日', en: 'working days' } },
      { value: 'natural', title: { zh: '日（自然日）', en: 'natural days' } },
    ],
    example: 'working',
  }),
  list: field.optional(
    field.group(
      {
        columns: field.list(cell, {
          title: { zh: '表头', en: 'headings' },
          min: 1,
          max: COLUMNS_MOST,
          example: ['户主', '面积（亩）'],
        }),
        rows: field.list(
          field.list(cell, {
            title: { zh: '行', en: 'row' },
            min: 1,
            max: COLUMNS_MOST,
            example: ['王＊明', '12.5'],
          }),
          { title: { zh: '各行', en: 'rows' }, min: 1, max: ROWS_MOST, example: [['王＊明', '12.5']] },
        ),
      },
      { title: { zh: '名单（姓名须遮盖）', en: 'the list, names masked' } },
    ),
  ),
  listText: field.optional(
    field.longText({
      title: { zh: '名单（从表格粘贴，姓名须遮盖）', en: 'the list, pasted from a table, names masked' },
      hint: {
        zh: '第一行是表头；各格以制表符或逗号分开。名单长的请附文件',
        en: 'headings first; cells apart by tabs or commas. Attach a long one as a document',
      },
      grade: 'public',
      example: '户主\t面积（亩）\n王＊明\t12.5',
    }),
  ),
  listDocument: field.optional(
    field.fileHash({
      title: { zh: '名单文件（姓名须遮盖，会公开）', en: 'the list as a document, masked; it is published' },
      grade: 'public',
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
  ),
})

/** Days ahead a notice may be dated. */
const AHEAD_DAYS = 60
/** The office hears of the end one working day before. */
const ALARM_DAYS = 1
/** What anybody opens without a program of its own. */
const LIST_TYPES = ['pdf', 'xlsx', 'csv']

const noticeNumbers = (i: { readonly place: string; readonly from: string }): SeriesName => ({
  kind: 'GS',
  place: i.place,
  year: Number(i.from.slice(0, 4)),
})

export const deadlineOf = (notice: Uuid): Uuid => uuidFrom(notice, 'deadline')

const publishNotice = (
  calendar: Calendar,
  findFile: FindFile,
): Command<typeof publishInput, { readonly file?: StoredFile }> => ({
  name: 'publishNotice',
  version: 1,
  title: { zh: '发布公示', en: 'post a public notice' },
  groups: ['public-notices'],
  input: publishInput,
  prepare: async (_, i) => {
    if (i.listDocument === undefined) return {}
    const file = await findFile(i.listDocument)
    return file ? { file } : [noticesProblem('public-notice.file-not-received', { hash: i.listDocument })]
  },
  place: (i) => i.place,
  organisation: (i) => i.organisation,
  legalDate: (i) => i.from,
  subjects: (i) => [i.about],
  reads: [
    (i, _, c) => ({
      rows: [{ table: publicNoticeTable, key: { id: c.subject } }],
      series: [noticeNumbers(i)],
    }),
    (_, __, c) => endingReads(deadlineOf(c.subject)),
  ],
  decide: (state, i, c, { file }) => {
    const list = i.list ?? (i.listText === undefined ? undefined : pastedList(i.listText))
    const wrong = [...dayProblems(i.from, c.today), ...maskProblems(i, list), ...fileProblems(file)]
    if ([i.list, i.listText, i.listDocument].filter((x) => x !== undefined).length > 1)
      wrong.push(noticesProblem('public-notice.list-twice'))
    if (wrong.length > 0) return wrong
    const number = state.number(noticeNumbers(i))
    const deadline = beginDeadline(calendar, {
      id: deadlineOf(c.subject),
      subject: noticeSubject(c.subject),
      title: { zh: `公示 ${number}`, en: `public notice ${number}` },
      clause: i.clause,
      days: i.days,
      kind: i.kind,
      from: i.from,
      alarmDays: ALARM_DAYS,
      place: i.place,
      ...(i.organisation === undefined ? {} : { organisation: i.organisation }),
      toPerson: c.actor.person,
      onExpiry: { command: 'endPublicNotice', input: { publicNotice: c.subject } },
      act: c.subject,
    })
    const row: PublicNoticeRow = {
      id: c.subject,
      number,
      about: i.about,
      title: i.title,
      body: i.body,
      clause: i.clause,
      contact: i.contact,
      place: i.place,
      organisation: i.organisation ?? null,
      from_on: i.from,
      days: i.days,
      kind: i.kind,
      deadline: deadline.row.id,
      list: list ? { columns: [...list.columns], rows: list.rows.map((r) => [...r]) } : null,
      list_document: i.listDocument ?? null,
      status: 'running',
      reason: null,
      act: c.subject,
    }
    return {
      act: 'public-notice-posted',
      subjects: [noticeSubject(c.subject), i.about],
      rows: [insert(publicNoticeTable, row), ...deadline.rows],
      timers: deadline.timers,
      answer: {
        publicNotice: c.subject,
        number,
        dueOn: deadline.row.due_on,
        unconfirmed: deadline.row.unconfirmed,
        page: `/public/notices/${c.subject}`,
      },
    }
  },
})

function dayProblems(from: CivilDate, today: CivilDate): Problem[] {
  const latest = addDays(today, AHEAD_DAYS)
  return from < today || from > latest ? [noticesProblem('public-notice.from', { from, today, latest })] : []
}

const fileProblems = (file: StoredFile | undefined): readonly Problem[] =>
  file === undefined || LIST_TYPES.includes(file.type)
    ? []
    : [noticesProblem('public-notice.list-file', { type: FILE_TYPES[file.type].title.zh })]

/** Everything that shows a person: numbers anywhere in the text, names in the list. */
function maskProblems(
  i: { readonly title: string; readonly body: string },
  list: PastedList | undefined,
): readonly Problem[] {
  const found: Problem[] = []
  const look = (text: string, where: string, field: string): void => {
    const what = personalNumberIn(text)
    if (what) found.push(noticesProblem('public-notice.unmasked', { where, what: what.zh }, { field }))
  }
  look(i.title, '标题', 'title')
  look(i.body, '正文', 'body')
  const { columns = [], rows = [] } = list ?? {}
  rows.forEach((row, r) => {
    if (row.length !== columns.length)
      found.push(
        noticesProblem(
          'public-notice.ragged-list',
          { row: r + 1, cells: row.length, columns: columns.length },
          { field: `list.rows.${r}` },
        ),
      )
    row.forEach((value, k) => {
      const where = `名单第 ${r + 1} 行第 ${k + 1} 格`
      const field = `list.rows.${r}.${k}`
      look(value, where, field)
      if (isNameColumn(columns[k] ?? '') && !looksMasked(value))
        found.push(noticesProblem('public-notice.unmasked', { where, what: '姓名' }, { field }))
    })
  })
  return found.slice(0, MOST_PROBLEMS)
}
/** Nobody reads more at once. */
const MOST_PROBLEMS = 50

/** What commands on a standing notice know of it beforehand: its place, what it is about, and its last day. */
export interface Standing {
  readonly notice: PublicNoticeRow
  readonly deadline: DeadlineRow
}

export async function standingNotice(reader: Reader, id: Uuid): Promise<Standing | readonly Problem[]> {
  const [notice] = await reader.query<PublicNoticeRow>(sql`select * from public_notice where id = ${id}`)
  if (!notice) return [noticesProblem('public-notice.not-found', { id })]
  const [deadline] = await reader.query<DeadlineRow>(sql`select * from deadline where id = ${notice.deadline}`)
  return { notice, deadline: deadline! }
}

const onNotice = {
  version: 1,
  prepare: (reader: Reader, i: { readonly publicNotice: Uuid }) => standingNotice(reader, i.publicNotice),
  place: (_: unknown, { notice }: Standing) => notice.place,
  organisation: (_: unknown, { notice }: Standing) => (notice.organisation ?? undefined) as Uuid | undefined,
  subjects: (i: { readonly publicNotice: Uuid }, { notice }: Standing) => [noticeSubject(i.publicNotice), notice.about],
  reads: [
    (i: { readonly publicNotice: Uuid }) => ({
      rows: [{ table: publicNoticeTable, key: { id: i.publicNotice } }],
      sets: [{ table: objectionTable, where: { public_notice: i.publicNotice } }],
    }),
    (i: { readonly publicNotice: Uuid }) => endingReads(deadlineOf(i.publicNotice)),
  ],
} as const

const withdrawInput = form({
  publicNotice: publicNoticeId,
  reason: field.longText({
    title: { zh: '撤回理由', en: 'reason' },
    hint: { zh: '会显示在公示页上', en: 'shown on the page of the notice' },
    grade: 'public',
    max: 500,
    example: '面积有误，更正后重新公示',
  }),
})

const withdrawPublicNotice: Command<typeof withdrawInput, Standing> = {
  ...onNotice,
  name: 'withdrawPublicNotice',
  title: { zh: '撤回公示', en: 'withdraw a public notice' },
  groups: ['public-notices'],
  input: withdrawInput,
  legalDate: (_, today) => today,
  decide: (state, i, c) => {
    const row = state.row(publicNoticeTable, { id: i.publicNotice })!
    if (row.status === 'withdrawn') return [noticesProblem('public-notice.not-running')]
    const { rows, timers, closes } = endDeadline(state, deadlineOf(i.publicNotice), {
      status: 'stopped',
      act: c.subject,
    })
    return {
      act: 'public-notice-withdrawn',
      subjects: [noticeSubject(i.publicNotice), row.about],
      rows: [
        put(publicNoticeTable, { ...row, status: 'withdrawn', reason: i.reason, list: null, act: c.subject }),
        ...rows,
      ],
      timers,
      closes,
      answer: { publicNotice: i.publicNotice },
    }
  },
}

const endInput = form({ publicNotice: publicNoticeId })

/** Submitted by the clock when the last day is over. */
const endPublicNotice: Command<typeof endInput, Standing> = {
  ...onNotice,
  name: 'endPublicNotice',
  title: { zh: '公示期满', en: 'the days of a public notice are over' },
  groups: ['clock'],
  input: endInput,
  // However late the clock comes to it, it ended on its last day.
  legalDate: (_, __, { deadline }) => deadline.due_on as CivilDate,
  decide: (state, i, c) => {
    const row = state.row(publicNoticeTable, { id: i.publicNotice })!
    if (row.status !== 'running') return [noticesProblem('public-notice.not-running')]
    const ended = endDeadline(state, deadlineOf(i.publicNotice), { status: 'expired', act: c.subject })
    const deadline = ended.rows[0]!.row as unknown as DeadlineRow
    const all = state.rows(objectionTable, { public_notice: i.publicNotice })
    const open = all.filter((o) => o.status !== 'closed').length
    return {
      act: 'public-notice-ended',
      subjects: [noticeSubject(i.publicNotice), row.about],
      rows: [put(publicNoticeTable, { ...row, status: 'ended', act: c.subject }), ...ended.rows],
      timers: ended.timers,
      closes: ended.closes,
      notices: [
        {
          text: {
            zh: `公示 ${row.number} 已期满：异议 ${all.length} 件，未办结 ${open} 件。`,
            en: `Public notice ${row.number} has ended: ${all.length} objection(s), ${open} not closed.`,
          },
          ...(deadline.to_person === null ? {} : { toPerson: deadline.to_person as Uuid }),
          place: row.place,
          about: noticeSubject(i.publicNotice),
        },
      ],
      answer: { publicNotice: i.publicNotice, objections: all.length, open },
    }
  },
}

export const publishCommands = (calendar: Calendar, findFile: FindFile): readonly AnyCommand[] =>
  [publishNotice(calendar, findFile), withdrawPublicNotice, endPublicNotice] as unknown as readonly AnyCommand[]
