// Publishing an official account, and withdrawing it. The page itself is made when it is asked for, from the package and the proof
// (public-page.ts). Clause A6 (Guizhou plan 三(三)1: results are published).
// Always holds: only an official account is published; a page with a boundary map has a review number (审图号).

import { field, form, text, type Problem } from '../../../kernel/index.ts'
import { insert, put, type AnyCommand, type Command } from '../../../core/record/index.ts'
import { sql } from '../../../core/store/index.ts'
import { STATUS_TEXT, type Status } from '../model.ts'
import { accountSubject, findAccount } from './accounts.ts'
import { accountId, reason, reasonProblems } from './fields.ts'
import { officeProblem } from './problems.ts'
import { gepAccountTable, publicationTable, type GepAccountRow, type PublicationRow } from './schema.ts'
import type { Packages, StoredPackage } from './stored-package.ts'

export const publicationSubject = (id: string): string => `gep-publication:${id}`

const publishInput = form({
  account: accountId,
  titleZh: field.text({
    title: text('标题', 'title in Chinese'),
    grade: 'public',
    example: '桃源县 2024 年生态产品总值',
  }),
  titleEn: field.text({ title: text('英文标题', 'title'), grade: 'public', example: 'GEP of Taoyuan County, 2024' }),
  note: field.optional(
    field.longText({
      title: text('说明', 'note'),
      grade: 'public',
      max: 1000,
      example: '数据截止日期：2025 年 6 月 30 日',
    }),
  ),
  withMap: field.flag({
    title: text('带行政区界线的地图', 'with a map of boundaries'),
    grade: 'public',
    example: false,
  }),
  mapNumber: field.optional(
    field.code({
      title: text('审图号', 'map review number'),
      hint: text('带地图时必填', 'needed for a page with a map'),
      grade: 'public',
      pattern: /^\S{1,10}[（(][12]\d{3}[)）]\S{0,4}\d{1,6}号$/,
      expects: text('例如 湘S(2024)123号', 'such as 湘S(2024)123号'),
      example: '湘S(2024)123号',
    }),
  ),
})

interface ToPublish {
  readonly account: GepAccountRow
  readonly pack: StoredPackage
}

const publishAccount = (packages: Packages): Command<typeof publishInput, ToPublish> => ({
  name: 'publishAccount',
  version: 1,
  title: text('公布核算', 'publish an account'),
  clause: 'A6',
  groups: ['publishing'],
  input: publishInput,
  prepare: async (reader, i) => {
    const account = await findAccount(reader, i.account)
    if (!('id' in account)) return account
    const pack = await packages(account.package)
    return 'account' in pack ? { account, pack } : pack
  },
  place: (_, p) => p.account.place,
  legalDate: (_, today) => today,
  subjects: (i) => [accountSubject(i.account)],
  reads: [
    (i) => ({
      rows: [{ table: gepAccountTable, key: { id: i.account } }],
      sets: [{ table: publicationTable, where: { account: i.account } }],
    }),
  ],
  decide: (state, i, c, { pack }) => {
    const row = state.row(gepAccountTable, { id: i.account })!
    const { number } = row
    const wrong: Problem[] = []
    if (row.superseded_by !== null) wrong.push(officeProblem('gep.superseded', { number }))
    else if (row.status !== 'official') {
      const status = STATUS_TEXT[row.status as Status]
      wrong.push(
        officeProblem('publish.not-official', { number, status: status.zh, statusEn: status.en.toLowerCase() }),
      )
    }
    if (state.rows(publicationTable, { account: i.account }).some((p) => p.status === 'published'))
      wrong.push(officeProblem('publish.already', { number }))
    if (i.withMap && i.mapNumber === undefined) wrong.push(officeProblem('publish.map-number'))
    if (i.withMap && pack.account.boundaries.length === 0)
      wrong.push(officeProblem('publish.no-boundaries', { number }))
    if (wrong.length > 0) return wrong
    return {
      act: 'account-published',
      subjects: [publicationSubject(c.subject), accountSubject(row.id)],
      rows: [
        insert(publicationTable, {
          id: c.subject,
          account: row.id,
          place: row.place,
          year: row.year,
          title_zh: i.titleZh,
          title_en: i.titleEn,
          note: i.note ?? null,
          with_map: i.withMap,
          map_number: i.mapNumber ?? null,
          status: 'published',
          published_on: c.today,
          reason: null,
          act: c.subject,
        }),
      ],
      reasons: { publication: { package: row.package, packageId: row.package_id } },
      // In the act itself, so that its proof ties the page to the package.
      answer: { publication: c.subject, package: row.package, packageId: row.package_id, number },
    }
  },
})

const withdrawInput = form({
  publication: field.id({
    title: text('公布', 'publication'),
    grade: 'public',
    example: '019e2f6a-7c00-7000-8000-000000000001',
  }),
  reason,
})

const withdrawPublication: Command<typeof withdrawInput, PublicationRow> = {
  name: 'withdrawPublication',
  version: 1,
  title: text('撤回公布', 'withdraw a publication'),
  clause: 'A6',
  groups: ['publishing'],
  input: withdrawInput,
  prepare: async (reader, i) =>
    (await reader.query<PublicationRow>(sql`select * from gep_publication where id = ${i.publication}`))[0] ?? [
      officeProblem('publish.not-found', { id: i.publication }),
    ],
  place: (_, row) => row.place,
  legalDate: (_, today) => today,
  subjects: (_, row) => [accountSubject(row.account)],
  reads: [(i) => ({ rows: [{ table: publicationTable, key: { id: i.publication } }] })],
  decide: (state, i) => {
    const row = state.row(publicationTable, { id: i.publication })!
    if (row.status === 'withdrawn') return [officeProblem('publish.withdrawn')]
    const wrong = reasonProblems(i.reason)
    if (wrong.length > 0) return wrong
    return {
      act: 'publication-withdrawn',
      subjects: [publicationSubject(row.id), accountSubject(row.account)],
      rows: [put(publicationTable, { ...row, status: 'withdrawn', reason: i.reason })],
      answer: { publication: row.id },
    }
  },
}

export const publicationCommands = (packages: Packages): readonly AnyCommand[] =>
  [publishAccount(packages), withdrawPublication] as unknown as readonly AnyCommand[]
