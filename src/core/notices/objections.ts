// Objections to a public notice: on paper, entered by the village accountant or a clerk with the signed scan; online, from the
// public form; answered, and closed. What waits for the notice waits until every one is closed.
// Always holds: who objects and what they say are sealed; an objection counts by the day it was received, also where it is
// entered later; nobody changes it, it is answered.

import { field, form, uuidFrom, type CivilDate, type Problem, type Uuid } from '../../kernel/index.ts'
import { deadlineTable } from '../calendar/index.ts'
import { documentTable, type FindFile, type StoredFile } from '../files/index.ts'
import {
  insert,
  noticeTable,
  put,
  type AnyCommand,
  type Command,
  type Context,
  type Effects,
  type SeriesName,
  type State,
} from '../record/index.ts'
import { sql, type Reader } from '../store/index.ts'
import { noticesProblem } from './problems.ts'
import {
  deadlineOf,
  noticeSubject,
  objectionSubject,
  publicNoticeId,
  standingNotice,
  type Standing,
} from './publish.ts'
import { objectionTable, OUTCOMES, publicNoticeTable, type ObjectionRow } from './schema.ts'

/** Whose 待办 new objections appear in. */
export const OBJECTION_ROLE = 'objection-officer'
/** Objections online that one notice takes: more than a village has people, and a flood comes to an end. */
export const ONLINE_MOST = 500

export const OBJECTOR_MOST = 40
export const PHONE_MOST = 30
export const TEXT_MOST = 2000

const said = {
  objector: field.text({
    title: { zh: '异议人姓名', en: 'who objects' },
    grade: 'personal',
    max: OBJECTOR_MOST,
    example: '王小明',
  }),
  phone: field.text({
    title: { zh: '联系电话', en: 'telephone' },
    grade: 'personal',
    max: PHONE_MOST,
    example: '0736-1234567',
  }),
  text: field.longText({
    title: { zh: '异议内容', en: 'objection' },
    grade: 'personal',
    max: TEXT_MOST,
    example: '我家的面积少算了两亩。',
  }),
}

const paperInput = form({
  publicNotice: publicNoticeId,
  place: field.region({
    title: { zh: '行政区', en: 'place' },
    hint: { zh: '异议人所在的村或乡镇', en: 'village or township of who objects' },
    example: '430725101201',
  }),
  organisation: field.optional(
    field.organisation({
      title: { zh: '村集体（单位）', en: 'village collective' },
      hint: { zh: '村会计登记时填写本村', en: 'the own one, where its accountant enters it' },
      example: '0190a5b4-0000-7000-8000-0000000000f1',
    }),
  ),
  receivedOn: field.civilDate({ title: { zh: '收到日期', en: 'received on' }, example: '2026-09-30' }),
  objector: said.objector,
  phone: field.optional(said.phone),
  text: said.text,
  scan: field.fileHash({
    title: { zh: '异议书扫描件', en: 'scan of the paper' },
    hint: { zh: '先上传，再填写显示的校验值', en: 'upload it first, then enter the hash that is shown' },
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  }),
})

const objectionNumbers = (place: string, on: string): SeriesName => ({
  kind: 'YY',
  place,
  year: Number(on.slice(0, 4)),
})

const readsForNew =
  (seriesOf: (i: never, c: Context, p: Standing) => SeriesName) =>
  (i: { readonly publicNotice: Uuid }, _: State, c: Context, p: Standing) => ({
    rows: [
      { table: publicNoticeTable, key: { id: i.publicNotice } },
      { table: objectionTable, key: { id: c.subject } },
      { table: deadlineTable, key: { id: deadlineOf(i.publicNotice) } },
    ],
    sets: [{ table: objectionTable, where: { public_notice: i.publicNotice } }],
    series: [seriesOf(i as never, c, p)],
  })

/** What every new objection does. */
function taken(row: ObjectionRow, c: Context, more: Pick<Effects, 'rows'> = {}): Effects {
  return {
    act: 'objection-received',
    subjects: [objectionSubject(row.id), noticeSubject(row.public_notice), row.about],
    rows: [insert(objectionTable, row), ...(more.rows ?? [])],
    notices: [
      {
        text: {
          zh: `收到公示异议 ${row.number}，请答复并办结。`,
          en: `Objection ${row.number} to a public notice was received; answer and close it.`,
        },
        toRole: OBJECTION_ROLE,
        place: row.place,
        about: objectionSubject(row.id),
      },
    ],
    answer: { objection: c.subject, number: row.number },
  }
}

interface OnPaper extends Standing {
  readonly file: StoredFile
}

const objectOnPaper = (findFile: FindFile): Command<typeof paperInput, OnPaper> => ({
  name: 'objectOnPaper',
  version: 1,
  title: { zh: '登记纸质异议', en: 'enter an objection on paper' },
  groups: ['objections-entry'],
  input: paperInput,
  prepare: async (reader, i) => {
    const standing = await standingNotice(reader, i.publicNotice)
    if (!('notice' in standing)) return standing
    const file = await findFile(i.scan)
    if (!file) return [noticesProblem('public-notice.file-not-received', { hash: i.scan })]
    const within = standing.notice.place
    if (!(await lies(reader, i.place, within)))
      return [noticesProblem('public-notice.objection-elsewhere', { place: i.place, within })]
    return { ...standing, file }
  },
  place: (i) => i.place,
  organisation: (i) => i.organisation,
  legalDate: (i) => i.receivedOn,
  subjects: (i, { notice }) => [noticeSubject(i.publicNotice), notice.about],
  reads: [
    readsForNew((i: { readonly place: string; readonly receivedOn: string }) =>
      objectionNumbers(i.place, i.receivedOn),
    ),
  ],
  decide: (state, i, c, { notice, file }) => {
    const wrong = timeProblems(state, i.publicNotice, i.receivedOn, c.today)
    if (wrong.length > 0) return wrong
    const row: ObjectionRow = {
      id: c.subject,
      number: state.number(objectionNumbers(i.place, i.receivedOn)),
      public_notice: i.publicNotice,
      about: notice.about,
      place: i.place,
      organisation: i.organisation ?? null,
      received_on: i.receivedOn,
      way: 'paper',
      objector: i.objector,
      phone: i.phone ?? null,
      text: i.text,
      scan: i.scan,
      ...NOT_ANSWERED,
      act: c.subject,
    }
    // The scan is a document like all others: seen by grade, kept, and missed where it is lost.
    const scan = insert(documentTable, {
      id: uuidFrom(c.subject, 'scan'),
      about: objectionSubject(c.subject),
      hash: i.scan,
      name: `异议书.${file.type}`,
      type: file.type,
      size: BigInt(file.size),
      grade: 'personal',
      note: null,
      place: i.place,
      organisation: i.organisation ?? null,
      status: 'attached',
      act: c.subject,
      version: 1,
      replaces: null,
      replaced_by: null,
      keep_until: null,
      taken_at: null,
      longitude: null,
      latitude: null,
      given_hash: null,
      disposal: null,
      disposal_clause: null,
      disposal_reason: null,
    })
    return taken(row, c, { rows: [scan] })
  },
})

const NOT_ANSWERED = {
  status: 'open',
  outcome: null,
  answer: null,
  answered_on: null,
  closing: null,
  closed_on: null,
} as const

/** What is received on the last day and entered on the next is in time. While the days stand still they do not end. */
function timeProblems(state: State, notice: Uuid, received: CivilDate, today: CivilDate): readonly Problem[] {
  const { status, from_on: from } = state.row(publicNoticeTable, { id: notice })!
  if (status === 'withdrawn') return [noticesProblem('public-notice.not-running')]
  if (received > today) return [noticesProblem('public-notice.objection-in-future', { received })]
  const deadline = state.row(deadlineTable, { id: deadlineOf(notice) })!
  const to = deadline.status === 'suspended' ? today : deadline.due_on
  return received < from || received > to
    ? [noticesProblem('public-notice.objection-not-in-time', { received, from, to })]
    : []
}

const lies = async (reader: Reader, place: string, within: string): Promise<boolean> =>
  place === within ||
  (
    await reader.query(
      sql`select 1 from region_closure where edition = (select edition from region_edition where in_force)
          and ancestor = ${within} and descendant = ${place}`,
    )
  ).length > 0

const onlineInput = form({ publicNotice: publicNoticeId, ...said })

/** Submitted by the server for whoever filled in the public form; nobody signs in for it. */
const objectOnline: Command<typeof onlineInput, Standing> = {
  name: 'objectOnline',
  version: 1,
  title: { zh: '网上异议', en: 'an objection online' },
  groups: ['from-the-public'],
  input: onlineInput,
  prepare: (reader, i) => standingNotice(reader, i.publicNotice),
  place: (_, { notice }) => notice.place,
  legalDate: (_, today) => today,
  subjects: (i, { notice }) => [noticeSubject(i.publicNotice), notice.about],
  reads: [readsForNew((_: unknown, c, { notice }) => objectionNumbers(notice.place, c.today))],
  decide: (state, i, c, { notice }) => {
    const wrong = timeProblems(state, i.publicNotice, c.today, c.today)
    if (wrong.length > 0) return wrong
    const online = state.rows(objectionTable, { public_notice: i.publicNotice }).filter((o) => o.way === 'online')
    if (online.length >= ONLINE_MOST) return [noticesProblem('public-notice.online-full', { limit: ONLINE_MOST })]
    return taken(
      {
        id: c.subject,
        number: state.number(objectionNumbers(notice.place, c.today)),
        public_notice: i.publicNotice,
        about: notice.about,
        place: notice.place,
        organisation: notice.organisation,
        received_on: c.today,
        way: 'online',
        objector: i.objector,
        phone: i.phone,
        text: i.text,
        scan: null,
        ...NOT_ANSWERED,
        act: c.subject,
      },
      c,
    )
  },
}

const objectionId = field.id({
  title: { zh: '异议', en: 'objection' },
  hint: { zh: '异议清单中显示的编号', en: 'the id shown in the list of objections' },
  example: '019e2f6a-7c00-7000-8000-000000000001',
})

const onObjection = {
  version: 1,
  groups: ['objections'],
  prepare: async (reader: Reader, i: { readonly objection: Uuid }): Promise<ObjectionRow | readonly Problem[]> =>
    (await reader.query<ObjectionRow>(sql`select * from public_notice_objection where id = ${i.objection}`))[0] ?? [
      noticesProblem('public-notice.no-objection', { id: i.objection }),
    ],
  place: (_: unknown, row: ObjectionRow) => row.place,
  organisation: (_: unknown, row: ObjectionRow) => (row.organisation ?? undefined) as Uuid | undefined,
  subjects: (i: { readonly objection: Uuid }, row: ObjectionRow) => [
    objectionSubject(i.objection),
    noticeSubject(row.public_notice),
    row.about,
  ],
  reads: [
    (i: { readonly objection: Uuid }) => ({
      rows: [{ table: objectionTable, key: { id: i.objection } }],
      sets: [{ table: noticeTable, where: { about: objectionSubject(i.objection) } }],
    }),
  ],
} as const

/** A day on which something was done about it: from the day it was received to today. */
const dayOutside = (on: CivilDate, earliest: string, today: CivilDate): readonly Problem[] =>
  on > today
    ? [noticesProblem('public-notice.objection-in-future', { received: on })]
    : on < earliest
      ? [noticesProblem('public-notice.day-before', { day: on, earliest })]
      : []

const answerInput = form({
  objection: objectionId,
  outcome: field.choice({
    title: { zh: '结论', en: 'outcome' },
    choices: (Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]).map((value) => ({ value, title: OUTCOMES[value] })),
    example: 'upheld',
  }),
  answer: field.longText({
    title: { zh: '答复', en: 'answer' },
    hint: { zh: '不要写个人信息', en: 'no personal data' },
    grade: 'restricted',
    max: 4000,
    example: '经复测，面积更正为 14.5 亩。',
  }),
  answeredOn: field.civilDate({ title: { zh: '答复日期', en: 'answered on' }, example: '2026-10-12' }),
})

const answerObjection: Command<typeof answerInput, ObjectionRow> = {
  ...onObjection,
  name: 'answerObjection',
  title: { zh: '答复异议', en: 'answer an objection' },
  input: answerInput,
  legalDate: (i) => i.answeredOn,
  decide: (state, i, c) => {
    const row = state.row(objectionTable, { id: i.objection })!
    if (row.status === 'closed') return [noticesProblem('public-notice.not-open')]
    const wrong = dayOutside(i.answeredOn, row.received_on, c.today)
    if (wrong.length > 0) return wrong
    const { outcome, answer, answeredOn } = i
    return after('objection-answered', c, {
      ...row,
      ...{ status: 'answered', outcome, answer, answered_on: answeredOn },
    })
  },
}

const closeInput = form({
  objection: objectionId,
  closing: field.longText({
    title: { zh: '办结说明', en: 'how it was closed' },
    grade: 'restricted',
    max: 1000,
    example: '答复已送达，本人无意见。',
  }),
  closedOn: field.civilDate({ title: { zh: '办结日期', en: 'closed on' }, example: '2026-10-13' }),
})

const closeObjection: Command<typeof closeInput, ObjectionRow> = {
  ...onObjection,
  name: 'closeObjection',
  title: { zh: '办结异议', en: 'close an objection' },
  input: closeInput,
  legalDate: (i) => i.closedOn,
  decide: (state, i, c) => {
    const row = state.row(objectionTable, { id: i.objection })!
    if (row.status === 'closed') return [noticesProblem('public-notice.not-open')]
    if (row.status !== 'answered') return [noticesProblem('public-notice.not-answered')]
    const wrong = dayOutside(i.closedOn, row.answered_on!, c.today)
    if (wrong.length > 0) return wrong
    const closed = { ...row, status: 'closed', closing: i.closing, closed_on: i.closedOn }
    return {
      ...after('objection-closed', c, closed),
      closes: state
        .rows(noticeTable, { about: objectionSubject(row.id) })
        .filter((n) => n.closed_by === null)
        .map((n) => n.id as Uuid),
    }
  },
}

const after = (act: string, c: Context, row: ObjectionRow): Effects => ({
  act,
  subjects: [objectionSubject(row.id), noticeSubject(row.public_notice), row.about],
  rows: [put(objectionTable, { ...row, act: c.subject })],
  answer: { objection: row.id, number: row.number, status: row.status },
})

export const objectionCommands = (findFile: FindFile): readonly AnyCommand[] =>
  [objectOnPaper(findFile), objectOnline, answerObjection, closeObjection] as unknown as readonly AnyCommand[]
