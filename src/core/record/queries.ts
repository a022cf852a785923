// Questions every office asks of the record: what waits for me (待办), what was done (已办), the history of a thing, one act,
// one request with its steps. A correction stands beside what it corrects.

import { field, form, sees, type Decoded, type Field, type Json } from '../../kernel/index.ts'
import { sql, type Reader, type Sql } from '../store/index.ts'
import { query } from './ask.ts'
import type { AnyQuery, Scope } from './model.ts'
import { instantColumn } from './page-sql.ts'

const limit = field.optional(
  field.integer({ title: { zh: '最多行数', en: 'rows at most' }, min: 1, max: 1000, example: 50 }),
)
const text = (zh: string, en: string, example = '—'): Field<string, string, true> =>
  field.longText({ title: { zh, en }, example })
const maybe = (zh: string, en: string): Field<string, string, false> => field.optional(text(zh, en))

const LIMIT = 200

/** Leaves out what is null. */
const filled = (row: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null && v !== undefined)) as Json

const inbox = query({
  name: 'inbox',
  title: { zh: '我的待办', en: 'what waits for me' },
  groups: ['everybody'],
  input: form({ limit }),
  row: form({
    kind: text('类别', 'kind', 'approval'),
    id: text('编号', 'id'),
    zh: text('事项', 'matter in Chinese'),
    en: text('事项（英）', 'matter'),
    place: maybe('地区', 'place'),
    about: text('对象', 'about'),
    step: maybe('步骤', 'step'),
  }),
  run: async (reader, input, scope) => {
    const requests = await reader.query<Record<string, unknown>>(
      sql`select 'approval' as kind, r.id::text as id, r.title_zh as zh, r.title_en as en, r.place,
            'request:' || r.id::text as about, (r.step + 1)::text || '/' || jsonb_array_length(r.steps)::text as step
          from request r where r.status = 'waiting' and r.waits_for = ${scope.role} and r.person <> ${scope.person}::uuid
            and (r.place is null or ${scope.within(sql`r.place`)})
            and not exists (select 1 from request_step s where s.request = r.id and s.person = ${scope.person}::uuid
              and s.paper_signer is null)
          order by r.id limit ${input.limit ?? LIMIT}`,
    )
    const notices = await reader.query<Record<string, unknown>>(
      sql`select 'notice' as kind, n.id::text as id, n.zh, n.en, n.place, n.about, null as step from notice n
          where n.closed_by is null and (n.to_person = ${scope.person}::uuid
            or (n.to_role = ${scope.role} and (n.place = '' or ${scope.within(sql`n.place`)})))
          order by n.id limit ${input.limit ?? LIMIT}`,
    )
    return [...requests, ...notices].map(filled)
  },
})

const actRow = form({
  id: text('编号', 'id'),
  kind: text('行为', 'act', 'permit-issued'),
  command: text('业务', 'command', 'issuePermit'),
  legalDate: text('法定日期', 'legal date'),
  recorded: text('记录时间', 'recorded'),
  person: text('办理人', 'person'),
  role: text('角色', 'role'),
  place: maybe('地区', 'place'),
  clause: maybe('依据', 'clause'),
  request: maybe('申请', 'request'),
  corrects: maybe('更正', 'corrects'),
  correctedBy: maybe('被更正于', 'corrected by'),
  standInFor: maybe('代办', 'in place of'),
  leaf: text('日志序号', 'leaf'),
})

const ACT = sql`select a.id::text as id, a.kind, a.command, a.legal_date::text as "legalDate",
  ${instantColumn(sql`a.recorded_at`)} as recorded,
  a.person::text as person, a.role, a.place, a.clause, a.request::text as request, a.corrects::text as corrects,
  (select c.id::text from act c where c.corrects = a.id) as "correctedBy", a.stand_in_for::text as "standInFor",
  l.leaf_index::text as leaf, l.leaf_index as n from act a join log_leaf l on l.act = a.id`

/** Rows of a table of acts, in its order, as many as one answer holds. */
async function actRows(reader: Reader, table: Sql, order: Sql, limit: number | undefined): Promise<readonly Json[]> {
  const rows = await reader.query<Record<string, unknown>>(
    sql`select * from (${table}) t order by ${order} limit ${limit ?? LIMIT}`,
  )
  return rows.map(({ n: _, ...row }) => filled(row))
}

const done = query({
  name: 'doneByMe',
  title: { zh: '我的已办', en: 'what I did' },
  groups: ['everybody'],
  input: form({ limit }),
  row: actRow,
  run: (reader, input, scope) =>
    actRows(reader, sql`${ACT} where a.person = ${scope.person}::uuid`, sql`t.n desc`, input.limit),
})

const subjectInput = form({
  subject: field.text({
    title: { zh: '对象', en: 'subject' },
    example: 'permit:019e2f6a-7c00-7000-8000-000000000001',
  }),
  limit,
})

/** @param scope acts of no place are everybody's */
const inReach = (scope: Scope): Sql => sql`(a.place is null or ${scope.within(sql`a.place`, sql`a.organisation`)})`

/** So many and no more, where a number was asked for: in the query's own order. */
const atMost = (limit: number | undefined, order: Sql): Sql =>
  limit === undefined ? sql`` : sql`order by ${order} limit ${limit}`

const historyTable = (i: Decoded<typeof subjectInput>, scope: Scope): Sql =>
  sql`${ACT} join act_subject s on s.act = a.id where s.subject = ${i.subject} and ${inReach(scope)}
      ${atMost(i.limit, sql`l.leaf_index`)}`

const history = query({
  name: 'history',
  title: { zh: '办理历史', en: 'history of a thing' },
  groups: ['acts'],
  input: subjectInput,
  row: actRow,
  table: historyTable,
  order: ['n'],
  run: (reader, i, scope) => actRows(reader, historyTable(i, scope), sql`t.n`, i.limit),
})

const actsInput = form({
  kind: field.optional(field.text({ title: { zh: '行为', en: 'kind' }, example: 'permit-issued' })),
  from: field.optional(field.civilDate({ title: { zh: '起', en: 'from' }, example: '2026-01-01' })),
  to: field.optional(field.civilDate({ title: { zh: '止', en: 'to' }, example: '2026-12-31' })),
  before: field.optional(
    field.amount({
      title: { zh: '日志序号之前', en: 'before leaf' },
      hint: { zh: '翻页', en: 'for paging' },
      example: '1000',
    }),
  ),
  limit,
})

const actsTable = (i: Decoded<typeof actsInput>, scope: Scope): Sql =>
  sql`${ACT} where ${inReach(scope)}
      and (${i.kind ?? null}::text is null or a.kind = ${i.kind ?? null}::text)
      and (${i.from ?? null}::date is null or a.legal_date >= ${i.from ?? null}::date)
      and (${i.to ?? null}::date is null or a.legal_date <= ${i.to ?? null}::date)
      and (${i.before ?? null}::int8 is null or l.leaf_index < ${i.before ?? null}::int8)
      ${atMost(i.limit, sql`l.leaf_index desc`)}`

const acts = query({
  name: 'acts',
  title: { zh: '行为列表', en: 'acts' },
  groups: ['acts'],
  input: actsInput,
  row: actRow,
  table: actsTable,
  order: ['-n'],
  run: (reader, i, scope) => actRows(reader, actsTable(i, scope), sql`t.n desc`, i.limit),
})

const requests = query({
  name: 'requests',
  title: { zh: '申请', en: 'requests' },
  groups: ['everybody'],
  input: form({
    request: field.optional(
      field.actId({ title: { zh: '申请编号', en: 'request' }, example: '019e2f6a-7c00-7000-8000-000000000001' }),
    ),
    status: field.optional(
      field.choice({
        title: { zh: '状态', en: 'status' },
        choices: [
          { value: 'waiting', title: { zh: '审核中', en: 'waiting' } },
          { value: 'returned', title: { zh: '审核未通过', en: 'returned' } },
          { value: 'withdrawn', title: { zh: '已撤回', en: 'withdrawn' } },
          { value: 'accepted', title: { zh: '已通过', en: 'accepted' } },
        ],
        example: 'waiting',
      }),
    ),
    limit,
  }),
  row: form({
    id: text('编号', 'id'),
    zh: text('事项', 'matter in Chinese'),
    en: text('事项（英）', 'matter'),
    status: text('状态', 'status'),
    step: text('步骤', 'step'),
    waitsFor: maybe('等待角色', 'waits for'),
    place: maybe('地区', 'place'),
    person: text('申请人', 'requester'),
    legalDate: text('法定日期', 'legal date'),
    remarks: maybe('退回理由', 'reason of the return'),
    /** Each step taken: by whom; on paper: who signed, and who entered it. */
    steps: maybe('审批记录', 'steps taken'),
  }),
  run: async (reader, input, scope) =>
    (
      await reader.query<Record<string, unknown>>(
        sql`select r.id::text as id, r.title_zh as zh, r.title_en as en, r.status,
              r.step::text || '/' || jsonb_array_length(r.steps)::text as step, r.waits_for as "waitsFor", r.place,
              r.person::text as person, r.legal_date::text as "legalDate", r.remarks,
              (select string_agg(
                case when s.paper_signer is null then s.role || ' ' || s.person::text
                  || case when s.stand_in_for is null then '' else '（代 for ' || s.stand_in_for::text || '）' end
                else '纸质签批 on paper: ' || s.paper_signer || '，' || s.paper_date::text || '，录入 entered by ' || s.person::text
                  || case when s.paper_by_requester then '（申请人本人 the requester）' else '' end end,
                '；' order by s.step) from request_step s where s.request = r.id) as steps
            from request r where (r.person = ${scope.person}::uuid or r.place is null or ${scope.within(sql`r.place`, sql`r.organisation`)})
              and (${input.request ?? null}::uuid is null or r.id = ${input.request ?? null}::uuid)
              and (${input.status ?? null}::text is null or r.status = ${input.status ?? null}::text)
            order by r.id desc limit ${input.limit ?? LIMIT}`,
      )
    ).map(filled),
})

/** Also the question to ask before a scan is handed out: no row, no content. A scan shows all that its sheet does, which an
 *  approver's grade may see; below that grade there is no row. */
const paperScans = query({
  name: 'paperScans',
  title: { zh: '签批单扫描件', en: 'scans of signed sheets' },
  groups: ['documents'],
  input: form({
    request: field.optional(
      field.actId({ title: { zh: '申请编号', en: 'request' }, example: '019e2f6a-7c00-7000-8000-000000000001' }),
    ),
    scan: field.optional(
      field.fileHash({
        title: { zh: '扫描件校验值', en: 'hash of the scan' },
        example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      }),
    ),
    limit,
  }),
  row: form({
    scan: field.fileHash({
      title: { zh: '扫描件校验值', en: 'hash of the scan' },
      grade: 'restricted',
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
    request: text('申请', 'request'),
    zh: text('事项', 'matter in Chinese'),
    en: text('事项（英）', 'matter'),
    signer: text('签批人', 'signed by'),
    signedOn: text('签批日期', 'signed on', '2026-03-02'),
    person: text('录入人', 'entered by'),
  }),
  run: async (reader, input, scope) =>
    !sees(scope.grade, 'restricted')
      ? []
      : (
          await reader.query<Record<string, unknown>>(
            sql`select s.paper_scan as scan, r.id::text as request, r.title_zh as zh, r.title_en as en,
              s.paper_signer as signer, s.paper_date::text as "signedOn", s.person::text as person
            from request_step s join request r on r.id = s.request
            where s.paper_scan is not null
              and (r.person = ${scope.person}::uuid or r.place is null or ${scope.within(sql`r.place`, sql`r.organisation`)})
              and (${input.request ?? null}::uuid is null or r.id = ${input.request ?? null}::uuid)
              and (${input.scan ?? null}::text is null or s.paper_scan = ${input.scan ?? null}::text)
            order by s.act desc limit ${input.limit ?? LIMIT}`,
          )
        ).map(filled),
})

const actContent = query({
  name: 'actContent',
  title: { zh: '行为全文', en: 'an act as it stands in the log' },
  groups: ['acts'],
  input: form({
    act: field.actId({ title: { zh: '行为编号', en: 'act' }, example: '019e2f6a-7c00-7000-8000-000000000001' }),
  }),
  // The text holds every field of the act, so it has the grade of the highest of them that is not sealed.
  row: form({
    content: field.longText({
      title: { zh: '全文', en: 'content' },
      grade: 'restricted',
      max: 1_000_000,
      example: '{}',
    }),
    salt: field.text({ title: { zh: '盐', en: 'salt' }, grade: 'restricted', max: 64, example: '00' }),
    leaf: text('日志序号', 'leaf'),
  }),
  run: async (reader, input, scope) =>
    reader.query<{ content: string; salt: string; leaf: string }>(
      sql`select a.content, encode(a.salt, 'hex') as salt, l.leaf_index::text as leaf
          from act a join log_leaf l on l.act = a.id
          where a.id = ${input.act} and (a.place is null or ${scope.within(sql`a.place`, sql`a.organisation`)})`,
    ),
})

export const recordQueries: readonly AnyQuery[] = [inbox, done, history, acts, actContent, requests, paperScans]
