// Two accounts of a place at the opening and the closing of a term of office (任期): every figure of the place with its change, what
// caused it, and what was done on the accounts between two days. Serves auditors (A6). Each is a query, so
// that each table is saved whole.
// Always holds: opening and closing are the digits of the record; a change in per cent stands only where the opening is not zero.

import {
  decText,
  fenText,
  field,
  form,
  text,
  type Decoded,
  type QuantityText,
  type Text,
} from '../../../kernel/index.ts'
import { instantColumn, query, type AnyQuery, type Scope } from '../../../core/record/index.ts'
import { list, sql, type Reader, type Sql } from '../../../core/store/index.ts'
import { changeBetween, diffAccounts, EFFECTS, type Effect } from '../compare/index.ts'
import { BASIS_TEXT, type Account } from '../model.ts'
import { accountId, choicesOf, filled, place, said, saidMaybe, shown, shownMaybe } from './fields.ts'
import type { Packages } from './stored-package.ts'

/** The accounts compared: the closing one, and the one it is held against. */
const pair = {
  account: accountId,
  against: field.id({
    title: text('期初核算', 'account at the opening'),
    grade: 'public',
    example: '019e2f6a-7c00-7000-8000-000000000002',
  }),
}
const termInput = form(pair)

/** Digits of a physical quantity that a table shows; the package has all of them. */
const DIGITS = 6

const side = (account: string, scope: Pick<Scope, 'within'>): Sql =>
  sql`(select f.* from gep_figure f join gep_account g on g.id = f.account
       where f.account = ${account} and f.region = g.place and ${scope.within(sql`g.place`)})`
const rounded = (value: Sql): Sql => sql`trim_scale(round(${value}, ${DIGITS}))::text`

const termTable = (i: Decoded<typeof termInput>, scope: Pick<Scope, 'within'>): Sql =>
  sql`select coalesce(b.title_zh, a.title_zh) as "titleZh", coalesce(b.title_en, a.title_en) as "titleEn",
        case coalesce(b.basis, a.basis) when 'constant' then 'constant' when 'current' then 'current' end as basis,
        coalesce(b.unit, a.unit) as unit, ${rounded(sql`a.value`)} as opening, ${rounded(sql`b.value`)} as closing,
        case when a.unit = b.unit then ${rounded(sql`b.value - a.value`)} end as change,
        case when a.unit = b.unit and a.value <> 0 then round((b.value - a.value) / abs(a.value) * 100, 2)::text end as percent,
        coalesce(b.code, a.code) as code, coalesce(b.key, a.key) as key,
        case when coalesce(b.measure, a.measure) = 'value' then 0 else 1 end as m,
        length(replace(coalesce(b.key, a.key), '*', '')) - length(coalesce(b.key, a.key)) as stars
      from ${side(i.against, scope)} a full join ${side(i.account, scope)} b on b.key = a.key`

export const termFigures = query({
  name: 'termFigures',
  title: text('期初期末的数', 'figures at opening and closing'),
  groups: ['accounts'],
  input: termInput,
  row: form({
    titleZh: shown('名称', 'title in Chinese'),
    titleEn: shown('英文名称', 'title'),
    basis: field.optional(
      field.choice({
        title: text('口径', 'basis'),
        grade: 'public',
        choices: choicesOf(BASIS_TEXT),
        example: 'constant',
      }),
    ),
    unit: shown('单位', 'unit', '元'),
    opening: shownMaybe('期初', 'opening', '100'),
    closing: shownMaybe('期末', 'closing', '120'),
    change: shownMaybe('增减', 'change', '20'),
    percent: shownMaybe('增减 %', 'change, %', '20.00'),
    code: shown('编码', 'code', 'TSRH-0QVG-9'),
    key: shown('键', 'key'),
  }),
  table: termTable,
  // Totals before what they are made of.
  order: ['m', 'stars', 'key'],
  run: async (reader, i, scope) =>
    (
      await reader.query<Readonly<Record<string, unknown>>>(
        sql`select * from (${termTable(i, scope)}) t order by t.m, t.stars, t.key`,
      )
    ).map(({ m: _, stars: __, ...row }) => filled(row)),
})

const CAUSES = {
  total: text('总值的变动', 'change of the total'),
  refused: text('不能直接比较', 'not comparable as it stands'),
  base: text('口径和基年', 'basis and price year'),
  method: text('方法', 'method'),
  override: text('参数改动', 'changed parameter'),
  parameter: text('参数', 'parameter'),
  price: text('价格', 'price'),
  input: text('资料', 'input'),
} as const

interface Cause {
  readonly kind: keyof typeof CAUSES
  readonly title: Text
  readonly opening?: string | undefined
  readonly closing?: string | undefined
  readonly effect?: string | undefined
  readonly note?: Text | undefined
}

export const termCauses = (packages: Packages): AnyQuery =>
  query({
    name: 'termCauses',
    title: text('期初期末变动的原因', 'causes of the change'),
    groups: ['accounts'],
    input: termInput,
    row: form({
      kind: field.choice({
        title: text('类别', 'kind'),
        grade: 'public',
        choices: choicesOf(CAUSES),
        example: 'input',
      }),
      titleZh: shown('项目', 'item in Chinese'),
      titleEn: shown('项目（英）', 'item'),
      opening: shownMaybe('期初', 'opening', '100 t'),
      closing: shownMaybe('期末', 'closing', '120 t'),
      effect: shownMaybe('对总值的影响（元）', 'effect on the total, yuan', '20'),
      noteZh: shownMaybe('说明', 'note in Chinese'),
      noteEn: shownMaybe('说明（英）', 'note'),
    }),
    run: async (reader, i, scope) => {
      const both = [await accountOf(reader, i.against), await accountOf(reader, i.account)] as const
      const [a, b] = both
      return a === undefined || b === undefined
        ? []
        : causesOf(a, b).map(({ title, note, ...c }) =>
            filled({ ...c, titleZh: title.zh, titleEn: title.en, noteZh: note?.zh, noteEn: note?.en }),
          )

      async function accountOf(from: Reader, id: string): Promise<Account | undefined> {
        const [row] = await from.query<{ package: string }>(
          sql`select g.package from gep_account g where g.id = ${id} and ${scope.within(sql`g.place`)}`,
        )
        const pack = row && (await packages(row.package))
        return pack && 'account' in pack ? pack.account : undefined
      }
    },
  })

const worded = (q: QuantityText | undefined): string | undefined => q && `${q.value} ${q.unit}`.trim()

/** What moved the total from one account to the other, the largest kinds first. Pure. */
export function causesOf(a: Account, b: Account): readonly Cause[] {
  const diff = diffAccounts(a, b)
  const change = changeBetween(a, b)
  const overrides = new Map(
    [...a.parameters, ...b.parameters].filter((p) => p.override).map((p) => [`${p.id}|${p.key}`, p]),
  )
  return [
    ...change.bases.flatMap((c): readonly Cause[] => [
      ...c.refused.map((p): Cause => ({ kind: 'refused', title: BASIS_TEXT[c.basis], note: text(p.zh, p.en) })),
      {
        kind: 'total',
        title: text(`GEP ${BASIS_TEXT[c.basis].zh}`, `GEP, ${BASIS_TEXT[c.basis].en}`),
        opening: fenText(c.before),
        closing: fenText(c.after),
        effect: fenText(c.after - c.before),
        ...(c.growth
          ? {
              note: text(
                `增长 ${decText(c.growth.times(100).toDecimalPlaces(2))} %`,
                `growth ${decText(c.growth.times(100).toDecimalPlaces(2))} %`,
              ),
            }
          : {}),
      },
      ...(Object.entries(c.effects) as [Effect, bigint][])
        .filter(([, fen]) => fen !== 0n)
        .map(([effect, fen]): Cause => ({
          kind: 'total',
          title: text(
            `其中：${EFFECTS[effect].zh}（${BASIS_TEXT[c.basis].zh}）`,
            `of it ${EFFECTS[effect].en} (${BASIS_TEXT[c.basis].en})`,
          ),
          effect: fenText(fen),
        })),
    ]),
    ...diff.head.map((h): Cause => ({ kind: 'base', title: h.title, opening: h.old, closing: h.new })),
    ...diff.methods.map((m): Cause => ({ kind: 'method', title: m.title, opening: m.old, closing: m.new })),
    ...diff.parameters
      .map((p): Cause => {
        const changed = overrides.get(`${p.id}|${p.key}`)
        const o = changed?.override
        return {
          kind: o ? 'override' : 'parameter',
          title: p.key === '' ? p.title : text(`${p.title.zh}〔${p.key}〕`, `${p.title.en} [${p.key}]`),
          opening: worded(p.old),
          closing: worded(p.new),
          ...(o
            ? { effect: o.effect, note: text(`${o.reason.zh}；${o.approver}`, `${o.reason.en}; ${o.approver}`) }
            : {}),
        }
      })
      .sort((x, y) => (x.kind === y.kind ? 0 : x.kind === 'override' ? -1 : 1)),
    ...diff.prices.map((p): Cause => ({
      kind: 'price',
      title: text(`${p.title.zh}（${BASIS_TEXT[p.basis].zh}）`, `${p.title.en} (${BASIS_TEXT[p.basis].en})`),
      opening: worded(p.old),
      closing: worded(p.new),
    })),
    ...diff.facts.map((f): Cause => {
      const where = f.id
        .split('|')
        .slice(1, 4)
        .filter((x) => x !== '')
        .join(' ')
      const cells = [f.oldCell, f.newCell].map((c) => c ?? '—').join(' → ')
      return {
        kind: 'input',
        title: text(`${f.title.zh} ${where}`.trim(), `${f.title.en} ${where}`.trim()),
        opening: worded(f.old),
        closing: worded(f.new),
        note: text(cells, cells),
      }
    }),
  ]
}

/** What an office does with accounts; corrections of these, and what was decided on their requests, are told with them. */
const COMMANDS = [
  'registerAccount',
  'advanceAccount',
  'proposeOverride',
  'withdrawOverride',
  'commentFigure',
  'answerComment',
  'resolveComment',
  'publishAccount',
  'withdrawPublication',
]

const day = (zh: string, en: string, example: string) =>
  field.optional(field.civilDate({ title: text(zh, en), grade: 'public', example }))
const changesInput = form({ place, from: day('起', 'from', '2026-01-01'), to: day('止', 'to', '2026-12-31') })

const changesTable = (i: Decoded<typeof changesInput>, scope: Scope): Sql =>
  sql`select a.id::text as id, ${instantColumn(sql`a.recorded_at`)} as recorded, a.legal_date::text as "legalDate", a.command,
        (select string_agg(distinct coalesce(g.number, o.number || ' ' || o.parameter, k.title_zh, u.title_zh), '；')
          from act_subject s left join gep_account g on s.subject = 'gep-account:' || g.id::text
            left join parameter_override o on s.subject = 'override:' || o.id::text
            left join gep_comment k on s.subject = 'gep-comment:' || k.id::text
            left join gep_publication u on s.subject = 'gep-publication:' || u.id::text
          where s.act = a.id) as what,
        a.person::text as person, a.role, a.place, a.request::text as request, a.corrects::text as corrects,
        (select c.id::text from act c where c.corrects = a.id) as "correctedBy", l.leaf_index as n
      from act a join log_leaf l on l.act = a.id left join act x on x.id = a.corrects
      where ${scope.within(sql`a.place`, sql`a.organisation`)}
        and (coalesce(x.command, a.command) = any(${list('text', COMMANDS)})
          or exists (select 1 from act_subject s join request r on s.subject = 'request:' || r.id::text
            where s.act = a.id and r.command = any(${list('text', COMMANDS)})))
        and (exists (select 1 from region_closure r where r.ancestor = ${i.place} and r.descendant = a.place)
          or a.place = ${i.place}
          or exists (select 1 from region_closure r where r.ancestor = a.place and r.descendant = ${i.place}
            and coalesce(x.command, a.command) in ('proposeOverride', 'withdrawOverride')))
        and (${i.from ?? null}::date is null or a.legal_date >= ${i.from ?? null}::date)
        and (${i.to ?? null}::date is null or a.legal_date <= ${i.to ?? null}::date)`

export const termChanges = query({
  name: 'termChanges',
  title: text('核算的改动记录', 'changes on the accounts of a place'),
  groups: ['acts'],
  input: changesInput,
  row: form({
    recorded: said('记录时间', 'recorded'),
    legalDate: said('法定日期', 'legal date'),
    command: said('业务', 'command', 'registerAccount'),
    what: saidMaybe('对象', 'what'),
    person: said('办理人', 'person'),
    role: said('角色', 'role', 'technician'),
    place: said('地区', 'place', '430725'),
    request: saidMaybe('申请', 'request'),
    corrects: saidMaybe('更正', 'corrects'),
    correctedBy: saidMaybe('被更正于', 'corrected by'),
    id: said('编号', 'id'),
  }),
  table: changesTable,
  order: ['n'],
  run: async (reader, i, scope) =>
    (
      await reader.query<Readonly<Record<string, unknown>>>(
        sql`select * from (${changesTable(i, scope)}) t order by t.n limit 5000`,
      )
    ).map(({ n: _, ...row }) => filled(row)),
})
