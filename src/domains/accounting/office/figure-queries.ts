// Figures of accounts: by service, region and name, one figure through all accounts, its reason down to the cell, the weakest ones.

import { field, form, text, type Json } from '../../../kernel/index.ts'
import { query, type AnyQuery, type Scope } from '../../../core/record/index.ts'
import { sql, type Reader, type Sql } from '../../../core/store/index.ts'
import type { PassportNode } from '../explain.ts'
import { figureCode } from './comments.ts'
import {
  accountId,
  accountStatus,
  codeOf,
  filled,
  flag,
  idField,
  pattern,
  said,
  shown,
  shownMaybe,
  year,
  type Row,
} from './fields.ts'
import type { Packages } from './stored-package.ts'

export const FIGURE = {
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

export const accountFigures = query({
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

export const accountFigure = query({
  name: 'accountFigure',
  title: text('一个数的历年', 'one figure through the accounts'),
  groups: ['accounts'],
  input: form({ account: accountId, figure: figureCode }),
  row: form({
    account: idField('核算', 'account'),
    number: shown('核算号', 'number'),
    year,
    version: shown('版本', 'version', '1'),
    status: accountStatus,
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

export const whyFigure = (packages: Packages): AnyQuery =>
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

export const weakest = query({
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

export const weakRows = (reader: Reader, scope: Pick<Scope, 'within'>, account: string): Promise<readonly WeakRead[]> =>
  reader.query<WeakRead>(
    sql`select w.rank::text as rank, w.code, w.title_zh as "titleZh", w.title_en as "titleEn", w.value::text as value, w.unit,
            w.share::text as share, w.weakness::text as weakness, w.why_zh as "whyZh", w.why_en as "whyEn",
            (select count(*)::text from gep_comment k where k.account = w.account and k.key = w.key) as comments
          from gep_weak_figure w join gep_account g on g.id = w.account
          where w.account = ${account} and ${scope.within(sql`g.place`)} order by w.rank`,
  )
