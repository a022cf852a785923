// Looking up accounts: the list with who signed what, figures by service, region and name, one figure through all accounts, the
// reason of a figure down to its cell, comments with their answers, the weakest figures, what is published.

import { field, form, parsePassportCode, text, type Decoded, type Json } from '../../../kernel/index.ts'
import {
  instantColumn,
  query,
  REQUEST_STATUS,
  type AnyQuery,
  type RequestStatus,
  type Scope,
} from '../../../core/record/index.ts'
import { sql, type Reader, type Sql } from '../../../core/store/index.ts'
import type { PassportNode } from '../explain.ts'
import { STATUS_TEXT, type Status } from '../model.ts'
import { figureCode } from './comments.ts'
import { accountId, choicesOf, filled, pattern, place, said, saidMaybe, shown, shownMaybe, year } from './fields.ts'
import { reviewOpinionPage, type OpinionDecision } from './review-opinion.ts'
import type { Packages } from './stored-package.ts'
import { COMMENT_STATUS, PUBLICATION_STATUS } from './words.ts'

type Row = Readonly<Record<string, Json>>

/** A code typed carelessly, as it is kept; nothing is found under what is no code. */
const codeOf = (typed: string): string => parsePassportCode(typed) ?? ''

const status = field.choice({
  title: text('状态', 'status'),
  grade: 'public',
  choices: choicesOf(STATUS_TEXT),
  example: 'trial',
})
const id = (zh: string, en: string) =>
  field.id({ title: text(zh, en), grade: 'public', example: '019e2f6a-7c00-7000-8000-000000000001' })
const flag = (zh: string, en: string) => field.flag({ title: text(zh, en), grade: 'public', example: true })

const ACCOUNT_ROW = form({
  id: id('编号', 'id'),
  number: shown('核算号', 'number', 'HS-430725-2024-000001-E'),
  place,
  year,
  version: shown('版本', 'version', '1'),
  titleZh: shown('名称', 'title in Chinese'),
  titleEn: shown('英文名称', 'title'),
  status,
  sample: flag('示范数据', 'sample data'),
  set: shown('指标集', 'indicator set', 'gb46869-2025'),
  priceYear: shown('不变价年份', 'year of constant prices', '2020'),
  engine: shown('引擎', 'engine'),
  package: shown('核算包', 'package'),
  packageId: shown('包编号', 'id of the package'),
  gepConstant: shownMaybe('GEP（不变价，元）', 'GEP, constant prices, yuan'),
  gepCurrent: shownMaybe('GEP（现价，元）', 'GEP, current prices, yuan'),
  figures: shown('数的个数', 'figures', '797'),
  openComments: said('未办结批注', 'comments not resolved', '0'),
  waiting: saidMaybe('待批申请', 'request that waits'),
  registeredBy: said('登记人', 'registered by'),
  registered: shown('登记时间', 'registered'),
  preliminaryBy: saidMaybe('初步批准人', 'approved as preliminary by'),
  officialBy: saidMaybe('正式批准人', 'approved as official by'),
  supersededBy: shownMaybe('新版本', 'later version'),
  publication: shownMaybe('公布', 'publication'),
})

/** Who approved the step, by the last act of that kind. */
const signer = (kind: string): Sql =>
  sql`(select coalesce(p.login, a.person::text) from act a join act_subject s on s.act = a.id left join person p on p.id = a.person
       where s.subject = 'gep-account:' || g.id::text and a.kind = ${kind} limit 1)`
const total = (basis: string): Sql =>
  sql`(select f.value::text from gep_figure f where f.account = g.id and f.key = 'value|' || ${basis} || '|' || g.place || '|*|*|*')`

const accountsInput = form({
  account: field.optional(accountId),
  place: field.optional(place),
  year: field.optional(year),
  status: field.optional(status),
  all: field.optional(flag('含被替换的版本', 'with versions that were superseded')),
})

interface AccountsAsked {
  readonly account?: string | undefined
  readonly place?: string | undefined
  readonly year?: number | undefined
  readonly status?: string | undefined
  readonly all?: boolean | undefined
}

const accountsTable = (i: AccountsAsked, scope: Pick<Scope, 'within'>): Sql =>
  sql`select g.id::text as id, g.number, g.place, g.year, g.version::text as version, g.version as n, g.title_zh as "titleZh",
        g.title_en as "titleEn", g.status, g.sample, g.indicator_set as set, g.price_year::text as "priceYear", g.engine,
        g.package, g.package_id as "packageId", ${total('constant')} as "gepConstant", ${total('current')} as "gepCurrent",
        (select count(*)::text from gep_figure f where f.account = g.id) as figures,
        (select count(*)::text from gep_comment k where k.account = g.id and k.status <> 'resolved') as "openComments",
        (select r.id::text from request r where r.command = 'advanceAccount' and r.status = 'waiting'
          and r.input->>'account' = g.id::text order by r.id limit 1) as waiting,
        coalesce(w.login, g.registered_by::text) as "registeredBy", ${instantColumn(sql`a.recorded_at`)} as registered,
        ${signer('account-preliminary')} as "preliminaryBy", ${signer('account-official')} as "officialBy",
        g.superseded_by::text as "supersededBy",
        (select p.id::text from gep_publication p where p.account = g.id and p.status = 'published' limit 1) as publication
      from gep_account g join act a on a.id = g.act left join person w on w.id = g.registered_by
      where ${scope.within(sql`g.place`)}
        and (${i.account ?? null}::uuid is null or g.id = ${i.account ?? null}::uuid)
        and (${i.place ?? null}::text is null or g.place = ${i.place ?? null}::text)
        and (${i.year ?? null}::int4 is null or g.year = ${i.year ?? null}::int4)
        and (${i.status ?? null}::text is null or g.status = ${i.status ?? null}::text)
        and (${i.all === true || i.account !== undefined} or g.superseded_by is null)`

const accounts = query({
  name: 'accounts',
  title: text('核算清单', 'accounts'),
  groups: ['accounts'],
  input: accountsInput,
  row: ACCOUNT_ROW,
  table: accountsTable,
  order: ['-year', 'place', '-n'],
  run: (reader, i, scope) => accountRows(reader, scope, i),
})

async function accountRows(reader: Reader, scope: Pick<Scope, 'within'>, i: AccountsAsked): Promise<readonly Row[]> {
  const rows = await reader.query<Row>(
    sql`select * from (${accountsTable(i, scope)}) t order by t.year desc, t.place, t.n desc`,
  )
  return rows.map(({ n: _, ...row }) => filled(row) as Row)
}

const FIGURE = {
  code: shown('编码', 'code', 'TSRH-0QVG-9'),
  key: shown('键', 'key'),
  titleZh: shown('名称', 'title in Chinese'),
  titleEn: shown('英文名称', 'title'),
  value: shown('数值', 'value', '12.5'),
  unit: shown('单位', 'unit', '元'),
  measure: shown('类别', 'measure', 'value'),
  basis: shown('口径', 'basis', 'constant'),
  region: shown('地区', 'region', '430725'),
  class: shown('生态系统类型', 'class', 'forest'),
  service: shown('服务', 'service', 'R1'),
  item: shown('项目', 'item', '*'),
}
const FIGURE_COLUMNS = sql`f.code, f.key, f.title_zh as "titleZh", f.title_en as "titleEn", f.value::text as value, f.unit, f.measure,
  f.basis, f.region, f.class, f.service, f.item`

/** A county with its townships has some ten thousand. */
const MOST_FIGURES = 100_000

const accountFigures = query({
  name: 'accountFigures',
  title: text('核算的数', 'figures of an account'),
  groups: ['accounts'],
  input: form({
    account: accountId,
    find: field.optional(shown('名称或编码含', 'title or code contains', '水源涵养')),
    measure: field.optional(
      field.choice({
        title: text('类别', 'measure'),
        grade: 'public',
        choices: [
          { value: 'value', title: text('价值', 'value') },
          { value: 'quantity', title: text('实物量', 'quantity') },
          { value: 'extent', title: text('面积', 'extent') },
          { value: 'ratio', title: text('比率', 'ratio') },
        ],
        example: 'value',
      }),
    ),
    basis: field.optional(
      field.choice({
        title: text('口径', 'basis'),
        grade: 'public',
        choices: [
          { value: 'constant', title: text('不变价', 'constant prices') },
          { value: 'current', title: text('现价', 'current prices') },
        ],
        example: 'constant',
      }),
    ),
    region: field.optional(FIGURE.region),
    service: field.optional(FIGURE.service),
    class: field.optional(FIGURE.class),
    item: field.optional(FIGURE.item),
  }),
  row: form(FIGURE),
  run: (reader, i, scope) => {
    const like = pattern(i.find)
    const is = (column: Sql, value: string | undefined): Sql =>
      sql`(${value ?? null}::text is null or ${column} = ${value ?? null}::text)`
    return reader.query<Row>(
      sql`select ${FIGURE_COLUMNS} from gep_figure f join gep_account g on g.id = f.account
          where f.account = ${i.account} and ${scope.within(sql`g.place`)} and ${is(sql`f.measure`, i.measure)}
            and ${is(sql`f.basis`, i.basis)} and ${is(sql`f.region`, i.region)} and ${is(sql`f.service`, i.service)}
            and ${is(sql`f.class`, i.class)} and ${is(sql`f.item`, i.item)}
            and (${like}::text is null or f.title_zh ilike ${like}::text or f.title_en ilike ${like}::text or f.code ilike ${like}::text)
          order by f.region, f.service, f.class, f.item, f.key limit ${MOST_FIGURES}`,
    )
  },
})

const accountFigure = query({
  name: 'accountFigure',
  title: text('一个数的历年', 'one figure through the accounts'),
  groups: ['accounts'],
  input: form({ account: accountId, figure: figureCode }),
  row: form({
    account: id('核算', 'account'),
    number: shown('核算号', 'number'),
    year,
    version: shown('版本', 'version', '1'),
    status,
    supersededBy: shownMaybe('新版本', 'later version'),
    registered: shown('登记时间', 'registered'),
    ...FIGURE,
    comments: said('批注', 'comments', '0'),
    this: flag('所问的核算', 'the account asked for'),
  }),
  run: async (reader, i, scope) =>
    (
      await reader.query<Row>(
        sql`select g.id::text as account, g.number, g.year, g.version::text as version, g.status,
              g.superseded_by::text as "supersededBy", a.recorded_at as registered, ${FIGURE_COLUMNS},
              (select count(*)::text from gep_comment k where k.account = g.id and k.key = f.key) as comments,
              g.id = ${i.account} as this
            from gep_figure f join gep_account g on g.id = f.account join act a on a.id = g.act
            where f.key = (select key from gep_figure where account = ${i.account} and code = ${codeOf(i.figure)})
              and g.place = (select place from gep_account where id = ${i.account}) and ${scope.within(sql`g.place`)}
            order by g.year, g.version`,
      )
    ).map(filled),
})

const WHY_ROW = form({
  depth: shown('层', 'depth', '0'),
  kind: shown('类别', 'kind', 'figure'),
  zh: shown('名称', 'title in Chinese'),
  en: shown('英文名称', 'title'),
  value: shown('数值', 'value', '12.5'),
  unit: shown('单位', 'unit', '元'),
  code: shownMaybe('编码', 'code'),
  mark: shownMaybe('证据等级', 'evidence mark'),
  formula: shownMaybe('公式', 'formula'),
  filled: shownMaybe('代入', 'with the numbers'),
  rule: shownMaybe('规则', 'rule'),
  clause: shownMaybe('条款', 'clause'),
  source: shownMaybe('出处', 'source'),
  file: shownMaybe('文件', 'file'),
  at: shownMaybe('表与单元格', 'sheet and cell'),
  sha256: shownMaybe('文件校验值', 'hash of the file'),
  noteZh: shownMaybe('说明', 'note in Chinese'),
  noteEn: shownMaybe('英文说明', 'note'),
})

/** The package of an account the reader may see. */
async function packageSeen(reader: Reader, account: string, scope: Scope): Promise<string | undefined> {
  const [row] = await reader.query<{ package: string }>(
    sql`select g.package from gep_account g where g.id = ${account} and ${scope.within(sql`g.place`)}`,
  )
  return row?.package
}

const whyFigure = (packages: Packages): AnyQuery =>
  query({
    name: 'whyFigure',
    title: text('这个数的理由', 'why this figure'),
    groups: ['accounts'],
    input: form({ account: accountId, figure: figureCode }),
    row: WHY_ROW,
    run: async (reader, i, scope) => {
      const hash = await packageSeen(reader, i.account, scope)
      const pack = hash === undefined ? undefined : await packages(hash)
      if (!pack || !('account' in pack)) return []
      const passport = pack.explain().byCode(codeOf(i.figure))
      return passport ? whyRows(passport.root, 0) : []
    },
  })

function whyRows(n: PassportNode, depth: number): readonly Json[] {
  const { origin } = n
  const at = [
    origin?.sheet,
    origin?.cell,
    origin?.line === undefined ? undefined : `${origin.line}`,
    origin?.band && `band ${origin.band}`,
  ]
  return [
    filled({
      depth: String(depth),
      kind: n.kind,
      zh: n.title.zh,
      en: n.title.en,
      value: n.value.value,
      unit: n.value.unit,
      code: n.code,
      mark: n.mark,
      formula: n.formula?.zh,
      filled: n.filled && n.filled.length > 0 ? n.filled.join('\n') : undefined,
      rule: n.rule && `${n.rule.id}@${n.rule.version}`,
      clause: n.rule?.clause,
      source: n.source && n.source.length > 0 ? n.source.join('、') : undefined,
      file: origin?.file,
      at: origin ? at.filter((x) => x !== undefined && x !== '').join(' ') || undefined : undefined,
      sha256: origin?.sha256,
      noteZh: n.note?.zh,
      noteEn: n.note?.en,
    }),
    ...n.children.flatMap((c) => whyRows(c, depth + 1)),
  ]
}

const weakest = query({
  name: 'weakestFigures',
  title: text('最该看的二十个数', 'the twenty weakest figures'),
  groups: ['accounts'],
  input: form({ account: accountId }),
  row: form({
    rank: shown('次序', 'rank', '1'),
    code: FIGURE.code,
    titleZh: FIGURE.titleZh,
    titleEn: FIGURE.titleEn,
    value: FIGURE.value,
    unit: FIGURE.unit,
    share: shown('占总值', 'share of the total, 0 to 1', '0.12'),
    weakness: shown('证据弱度', 'weakness, 0 to 1', '0.4'),
    whyZh: shown('原因', 'why in Chinese'),
    whyEn: shown('英文原因', 'why'),
    comments: said('批注', 'comments', '0'),
  }),
  run: async (reader, i, scope) => (await weakRows(reader, scope, i.account)).map(filled),
})

type WeakRead = Readonly<
  Record<
    'rank' | 'code' | 'titleZh' | 'titleEn' | 'value' | 'unit' | 'share' | 'weakness' | 'whyZh' | 'whyEn' | 'comments',
    string
  >
>

const weakRows = (reader: Reader, scope: Pick<Scope, 'within'>, account: string): Promise<readonly WeakRead[]> =>
  reader.query<WeakRead>(
    sql`select w.rank::text as rank, w.code, w.title_zh as "titleZh", w.title_en as "titleEn", w.value::text as value, w.unit,
            w.share::text as share, w.weakness::text as weakness, w.why_zh as "whyZh", w.why_en as "whyEn",
            (select count(*)::text from gep_comment k where k.account = w.account and k.key = w.key) as comments
          from gep_weak_figure w join gep_account g on g.id = w.account
          where w.account = ${account} and ${scope.within(sql`g.place`)} order by w.rank`,
  )

const comments = query({
  name: 'comments',
  title: text('批注', 'comments'),
  groups: ['comments'],
  input: form({
    account: field.optional(accountId),
    figure: field.optional(figureCode),
    open: field.optional(flag('只看未办结的', 'only those not resolved')),
  }),
  row: form({
    id: id('编号', 'id'),
    account: id('核算', 'account'),
    number: shown('核算号', 'number'),
    place,
    year,
    code: FIGURE.code,
    titleZh: FIGURE.titleZh,
    titleEn: FIGURE.titleEn,
    text: said('批注', 'comment'),
    status: field.choice({
      title: text('状态', 'status'),
      choices: choicesOf(COMMENT_STATUS),
      example: 'open',
    }),
    by: said('写的人', 'by'),
    role: said('角色', 'role', 'reviewer'),
    recorded: said('时间', 'when'),
    answers: field.list(
      field.group(
        {
          id: id('编号', 'id'),
          text: said('答复', 'answer'),
          by: said('答复人', 'by'),
          role: said('角色', 'role', 'technician'),
          recorded: said('时间', 'when'),
        },
        { title: text('答复', 'answer') },
      ),
      { title: text('答复', 'answers') },
    ),
    resolvedBy: saidMaybe('办结人', 'resolved by'),
  }),
  run: async (reader, i, scope) => (await commentRows(reader, scope, i)).map(filled),
})

export interface CommentRead {
  readonly id: string
  readonly number: string
  readonly code: string
  readonly titleZh: string
  readonly titleEn: string
  readonly text: string
  readonly status: keyof typeof COMMENT_STATUS
  readonly by: string
  readonly role: string
  readonly recorded: string
  readonly answers: readonly {
    readonly text: string
    readonly by: string
    readonly role: string
    readonly recorded: string
  }[]
}

/** Comments with their answers, oldest first. */
export async function commentRows(
  reader: Reader,
  scope: Pick<Scope, 'within'>,
  i: {
    readonly account?: string | undefined
    readonly figure?: string | undefined
    readonly open?: boolean | undefined
  },
): Promise<readonly (CommentRead & Row)[]> {
  const rows = await reader.query<CommentRead & Row>(
    sql`select k.id::text as id, k.account::text as account, g.number, k.place, k.year, k.code, k.title_zh as "titleZh",
          k.title_en as "titleEn", k.text, k.status, coalesce(p.login, k.person::text) as by, k.role, a.recorded_at as recorded,
          coalesce(r.login, k.resolved_by::text) as "resolvedBy"
        from gep_comment k join gep_account g on g.id = k.account join act a on a.id = k.act
          left join person p on p.id = k.person left join person r on r.id = k.resolved_by
        where ${scope.within(sql`k.place`)} and (${i.account ?? null}::uuid is null or k.account = ${i.account ?? null}::uuid)
          and (${i.figure ?? null}::text is null or k.code = ${i.figure === undefined ? null : codeOf(i.figure)}::text)
          and (not ${i.open === true} or k.status <> 'resolved')
        order by k.id limit 5000`,
  )
  const answers = await reader.query<{ comment: string } & CommentRead['answers'][number]>(
    sql`select n.id::text as id, n.comment::text as comment, n.text, coalesce(p.login, n.person::text) as by, n.role,
          a.recorded_at as recorded
        from gep_answer n join gep_comment k on k.id = n.comment join act a on a.id = n.act left join person p on p.id = n.person
        where ${scope.within(sql`k.place`)} and (${i.account ?? null}::uuid is null or k.account = ${i.account ?? null}::uuid)
        order by n.id limit 20000`,
  )
  return rows.map((r) => ({
    ...r,
    answers: answers.filter((n) => n.comment === r.id).map(({ comment: _, ...n }) => n),
  }))
}

const reviewOpinion = query({
  name: 'reviewOpinion',
  title: text('评审意见（打印）', 'opinion of the review, for print'),
  groups: ['comments'],
  input: form({ account: accountId }),
  row: form({
    html: said('网页', 'page'),
    decisions: field.list(
      field.group(
        {
          titleZh: said('事项', 'matter in Chinese'),
          titleEn: said('事项（英）', 'matter'),
          statusZh: said('状态', 'status in Chinese'),
          statusEn: said('状态（英）', 'status'),
          asked: said('提出', 'asked'),
          decided: saidMaybe('决定', 'decided'),
          by: saidMaybe('办理人', 'by'),
          remarks: saidMaybe('意见', 'remarks'),
        },
        { title: text('审定经过', 'decision') },
      ),
      { title: text('审定经过', 'decisions') },
    ),
  }),
  run: async (reader, i, scope) => {
    const [a] = await accountRows(reader, scope, { account: i.account })
    if (!a) return []
    const weak = await weakRows(reader, scope, i.account)
    const decided = await reader.query<Readonly<Record<string, string | null>>>(
      sql`select r.input->>'to' as target, r.status, q.recorded_at as asked, d.recorded_at as decided,
            coalesce(p.login, d.person::text) as by, r.remarks
          from request r join act q on q.id = r.id
            left join act d on d.id = coalesce(r.accepted_by, (select x.id from act x join act_subject s on s.act = x.id
              where s.subject = 'request:' || r.id::text and x.kind = 'request-returned' limit 1))
            left join person p on p.id = d.person
          where r.command = 'advanceAccount' and r.input->>'account' = ${i.account}::text order by r.id`,
    )
    const decisions = decided.map((d): OpinionDecision => {
      const to = STATUS_TEXT[d['target'] as Status]
      return {
        title: text(`转为${to.zh}`, `to ${to.en.toLowerCase()}`),
        status: REQUEST_STATUS[d['status'] as RequestStatus],
        asked: d['asked']!,
        ...(d['decided'] === null ? {} : { decided: d['decided']! }),
        ...(d['by'] === null ? {} : { by: d['by']! }),
        ...(d['remarks'] === null ? {} : { remarks: d['remarks']! }),
      }
    })
    const given = (k: string): string | undefined => (a[k] === undefined ? undefined : String(a[k]))
    const said = (k: string): string => given(k) ?? ''
    const page = reviewOpinionPage({
      account: {
        number: said('number'),
        version: said('version'),
        title: text(said('titleZh'), said('titleEn')),
        place: said('place'),
        year: Number(a['year']),
        status: a['status'] as Status,
        packageId: said('packageId'),
        engine: said('engine'),
        ...(given('gepConstant') === undefined ? {} : { gepConstant: said('gepConstant') }),
        ...(given('gepCurrent') === undefined ? {} : { gepCurrent: said('gepCurrent') }),
        registeredBy: said('registeredBy'),
        registered: said('registered'),
      },
      weakest: weak.map((w) => ({ ...w, title: text(w.titleZh, w.titleEn), why: text(w.whyZh, w.whyEn) })),
      comments: (await commentRows(reader, scope, { account: i.account })).map((c) => ({
        ...c,
        title: text(c.titleZh, c.titleEn),
        status: COMMENT_STATUS[c.status],
      })),
      decisions,
    })
    return [
      {
        html: page,
        decisions: decisions.map(({ title, status: given, ...d }) =>
          filled({ titleZh: title.zh, titleEn: title.en, statusZh: given.zh, statusEn: given.en, ...d }),
        ),
      },
    ]
  },
})

const publicationsInput = form({ place: field.optional(place), year: field.optional(year) })

const publicationsTable = (i: Decoded<typeof publicationsInput>, scope: Scope): Sql =>
  sql`select p.id::text as id, p.account::text as account, p.place, p.year, p.title_zh as "titleZh", p.title_en as "titleEn",
        p.with_map as "withMap", p.map_number as "mapNumber", p.status, p.published_on::text as "publishedOn", p.reason
      from gep_publication p
      where ${scope.within(sql`p.place`)} and (${i.place ?? null}::text is null or p.place = ${i.place ?? null}::text)
        and (${i.year ?? null}::int4 is null or p.year = ${i.year ?? null}::int4)`

const publications = query({
  name: 'publications',
  title: text('已公布的核算', 'published accounts'),
  groups: ['public'],
  input: publicationsInput,
  row: form({
    id: id('编号', 'id'),
    account: id('核算', 'account'),
    place,
    year,
    titleZh: shown('标题', 'title in Chinese'),
    titleEn: shown('英文标题', 'title'),
    withMap: flag('带地图', 'with a map'),
    mapNumber: shownMaybe('审图号', 'map review number'),
    status: field.choice({
      title: text('状态', 'status'),
      grade: 'public',
      choices: choicesOf(PUBLICATION_STATUS),
      example: 'published',
    }),
    publishedOn: field.civilDate({ title: text('公布日期', 'published on'), grade: 'public', example: '2026-03-02' }),
    reason: shownMaybe('撤回理由', 'why it was withdrawn'),
  }),
  mayLag: true,
  table: publicationsTable,
  order: ['-year', 'place', '-publishedOn', '-id'],
  run: async (reader, i, scope) =>
    (
      await reader.query<Row>(
        sql`select * from (${publicationsTable(i, scope)}) t
            order by t.year desc, t.place, t."publishedOn" desc, t.id desc`,
      )
    ).map(filled),
})

export const accountQueries = (packages: Packages): readonly AnyQuery[] => [
  accounts,
  accountFigures,
  accountFigure,
  whyFigure(packages),
  weakest,
  comments,
  reviewOpinion,
  publications,
]
