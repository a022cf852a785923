// What is published, and what was.

import { field, form, text, type Decoded } from '../../../kernel/index.ts'
import { query, type Scope } from '../../../core/record/index.ts'
import { sql, type Sql } from '../../../core/store/index.ts'
import { choicesOf, filled, flag, idField, place, shown, shownMaybe, year, type Row } from './fields.ts'
import { PUBLICATION_STATUS } from './words.ts'

const publicationsInput = form({ place: field.optional(place), year: field.optional(year) })

const publicationsTable = (i: Decoded<typeof publicationsInput>, scope: Scope): Sql =>
  sql`select p.id::text as id, p.account::text as account, p.place, p.year, p.title_zh as "titleZh", p.title_en as "titleEn",
        p.with_map as "withMap", p.map_number as "mapNumber", p.status, p.published_on::text as "publishedOn", p.reason
      from gep_publication p
      where ${scope.within(sql`p.place`)} and (${i.place ?? null}::text is null or p.place = ${i.place ?? null}::text)
        and (${i.year ?? null}::int4 is null or p.year = ${i.year ?? null}::int4)`

export const publications = query({
  name: 'publications',
  title: text('已公布的核算', 'published accounts'),
  groups: ['public'],
  input: publicationsInput,
  row: form({
    id: idField('编号', 'id'),
    account: idField('核算', 'account'),
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
