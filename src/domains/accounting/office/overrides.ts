// Changing a parameter for a region (override): proposed with reason and source, approved by a second person, in force from the
// year it names. Withdrawn the same way. Clause A3 (Guizhou plan 三(二): local parameters).
// Always holds: at most one override of a value is in force for a region and a year; every earlier version stays.

import {
  field,
  findUnit,
  form,
  quantityText,
  sameDimensions,
  text,
  type Problem,
  type QuantityText,
  type Text,
  type Uuid,
} from '../../../kernel/index.ts'
import { documentTable, type DocumentRow, type StoredFile } from '../../../core/files/index.ts'
import { insert, put, type AnyCommand, type Command, type SeriesName } from '../../../core/record/index.ts'
import { MARK_TEXT, type Mark, type ParameterFile, type RuleBook } from '../../../core/rules/index.ts'
import { sql } from '../../../core/store/index.ts'
import type { ParameterOverride } from '../input-list.ts'
import { OVERRIDDEN } from '../override-proof.ts'
import { attached } from './attached.ts'
import { place, reason, reasonProblems } from './fields.ts'
import type { OfficeWorld } from './office-world.ts'
import { NO_ACCOUNT, overrideEffect, type OverrideEffect } from './override-effect.ts'
import { officeProblem } from './problems.ts'
import { overrideTable, type OverrideRow } from './schema.ts'
import type { Packages } from './stored-package.ts'

const APPROVAL = [{ role: 'reviewer', title: text('审核', 'review') }] as const
const MARKS = (['confirmed', 'back-solved', 'unconfirmed'] as const satisfies readonly Mark[]).map((value) => ({
  value,
  title: text(MARK_TEXT[value].zh, MARK_TEXT[value].en),
}))

const proposeInput = form({
  place,
  parameter: field.code({
    title: text('参数', 'parameter'),
    hint: text('参数表里的编号', 'its id in the list of parameters'),
    grade: 'public',
    pattern: /^[a-z][A-Za-z0-9./-]*$/,
    expects: text('例如 gep.r2.bulk-density', 'such as gep.r2.bulk-density'),
    example: 'gep.r2.bulk-density',
  }),
  key: field.optional(
    field.text({
      title: text('条目', 'entry'),
      hint: text('参数有多个条目时填写', 'where the parameter has several entries'),
      grade: 'public',
      example: 'forest',
    }),
  ),
  yearFrom: field.year({ title: text('起年', 'first accounting year'), grade: 'public', example: 2024 }),
  yearTo: field.optional(
    field.year({
      title: text('止年', 'last accounting year'),
      hint: text('不填为长期有效', 'left out: until further notice'),
      grade: 'public',
      example: 2026,
    }),
  ),
  value: field.group(
    {
      value: field.code({
        title: text('数值', 'value'),
        grade: 'public',
        pattern: /^-?[0-9]{1,24}(\.[0-9]{1,18})?$/,
        expects: text('十进制数', 'a decimal number'),
        example: '1.27',
      }),
      unit: field.text({ title: text('单位', 'unit'), grade: 'public', max: 40, example: 't/m3' }),
    },
    { title: text('数值与单位', 'value and unit') },
  ),
  mark: field.choice({
    title: text('证据等级', 'evidence mark'),
    hint: text('未证实的数使核算不能转为正式', 'an unconfirmed number keeps an account from being official'),
    grade: 'public',
    choices: MARKS,
    example: 'confirmed',
  }),
  reason,
  source: field.longText({
    title: text('出处', 'source'),
    hint: text('文件、报告或数据的名称，页码', 'document, report or data set, with the page'),
    grade: 'public',
    max: 500,
    example: '第三次土壤普查成果报告，第 41 页',
  }),
  document: field.optional(
    field.fileHash({
      title: text('依据文件', 'document'),
      hint: text(
        '上传后显示的校验值；没有文件的只写出处',
        'the hash shown after the upload; without a file the citation will do',
      ),
      grade: 'public',
      example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    }),
  ),
})

interface Proposal {
  readonly place: string
  readonly parameter: string
  readonly key?: string | undefined
  readonly yearFrom: number
  readonly yearTo?: number | undefined
  readonly value: QuantityText
  readonly mark: Mark
  readonly reason: string
  readonly source: string
}

/** The proposal as a run takes it, before anybody approved it. */
const asOverride = (i: Proposal): ParameterOverride => ({
  parameter: i.parameter,
  ...(i.key === undefined ? {} : { key: i.key }),
  region: i.place,
  value: i.value.value,
  unit: i.value.unit,
  reason: i.reason,
  approver: '—',
  source: i.source,
  mark: i.mark,
})

const subjectOf = (i: {
  readonly place: string
  readonly parameter: string
  readonly key?: string | undefined
}): string => `override:${i.place}:${i.parameter}:${i.key ?? ''}`

const numbers = (place: string, on: string): SeriesName => ({ kind: 'CS', place, year: Number(on.slice(0, 4)) })

/** Last year an override counts for. */
const FOREVER = 9999
const lastYear = (y: number | null | undefined): number => y ?? FOREVER
const yearsText = (r: OverrideRow): { from: string; to: string } => ({
  from: String(r.year_from),
  to: r.year_to === null ? '—' : String(r.year_to),
})

/** What becomes of an override in force when a later one takes some of its years; undefined: nothing. */
function displaced(r: OverrideRow, from: number, to: number): OverrideRow | 'inside' | undefined {
  const [a, b] = [r.year_from, lastYear(r.year_to)]
  if (b < from || to < a) return undefined
  if (to < b) return 'inside'
  return a < from ? { ...r, year_to: from - 1 } : { ...r, status: 'replaced' }
}

/** What speaks against the value itself. */
function valueProblems(book: RuleBook, i: Proposal): readonly Problem[] {
  const files = book.parameters.filter((p) => p.id === i.parameter)
  const [file] = files
  if (!file) return [officeProblem('override.no-parameter', { parameter: i.parameter })]
  const keys = [...new Set(files.flatMap((f) => f.values.map((v) => v.key)))]
  if (!keys.includes(i.key ?? '')) {
    const known = keys.map((k) => (k === '' ? '（不填）' : k)).slice(0, 20)
    return [officeProblem('override.no-key', { parameter: i.parameter, key: i.key ?? '', known: known.join('、') })]
  }
  const unit = findUnit(i.value.unit)
  if (!unit || !sameDimensions(unit, file.unit))
    return [officeProblem('override.unit', { parameter: i.parameter, unit: file.unit.text, given: i.value.unit })]
  return []
}

/** The title and the value in the book today. */
function standing(files: readonly ParameterFile[], i: Proposal): { readonly title: Text; readonly was?: QuantityText } {
  const values = files.flatMap((f) => f.values).filter((v) => v.key === (i.key ?? ''))
  const [only, more] = values
  const title = only?.title ?? files[0]!.title
  return only && !more ? { title, was: quantityText(only.quantity) } : { title }
}

interface ToPropose {
  readonly effect: OverrideEffect
  /** The paper that justifies it, where there is one. */
  readonly paper: StoredFile | undefined
}

const proposeOverride = (world: OfficeWorld, packages: Packages): Command<typeof proposeInput, ToPropose> => ({
  name: 'proposeOverride',
  version: 1,
  title: text('提出参数改动', 'propose to change a parameter'),
  clause: 'A3',
  groups: ['parameters'],
  input: proposeInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: (i) => [subjectOf(i)],
  approval: () => APPROVAL,
  prepare: async (reader, i) => {
    const paper = i.document === undefined ? undefined : await world.findFile(i.document)
    if (i.document !== undefined && !paper) return [officeProblem('override.no-source', { file: i.document })]
    const [latest] = await reader.query<{ package: string }>(
      sql`select package from gep_account where place = ${i.place} and superseded_by is null
            and year >= ${i.yearFrom} and year <= ${lastYear(i.yearTo)}
          order by year desc, version desc limit 1`,
    )
    if (!latest) return { effect: NO_ACCOUNT, paper }
    const pack = await packages(latest.package)
    return 'account' in pack ? { effect: overrideEffect(pack, asOverride(i)), paper } : pack
  },
  reads: [
    (i, _, c) => ({
      sets: [{ table: overrideTable, where: { place: i.place, parameter: i.parameter, key: i.key ?? '' } }],
      series: [numbers(i.place, c.legalDate)],
    }),
  ],
  decide: (state, i, c, { effect, paper }) => {
    const to = lastYear(i.yearTo)
    const wrong = [...reasonProblems(i.reason), ...valueProblems(c.rules, i)]
    if (to < i.yearFrom) wrong.push(officeProblem('override.years', { from: i.yearFrom, to }))
    if (wrong.length > 0) return wrong
    const all = state.rows(overrideTable, { place: i.place, parameter: i.parameter, key: i.key ?? '' })
    const inForce = all.filter((r) => r.status === 'in-force')
    const same = inForce.find(
      (r) =>
        r.year_from === i.yearFrom &&
        lastYear(r.year_to) === to &&
        r.value === i.value.value &&
        r.unit === i.value.unit &&
        r.mark === i.mark,
    )
    if (same) return [officeProblem('override.same', { number: same.number })]
    const moved = inForce.flatMap((r) => {
      const after = displaced(r, i.yearFrom, to)
      return after === undefined ? [] : [{ r, after }]
    })
    const inside = moved.find((m) => m.after === 'inside')
    if (inside) return [officeProblem('override.inside', { number: inside.r.number, ...yearsText(inside.r) })]
    const number = state.number(numbers(i.place, c.legalDate))
    const { title, was } = standing(
      c.rules.parameters.filter((p) => p.id === i.parameter),
      i,
    )
    return {
      act: OVERRIDDEN,
      subjects: [`override:${c.subject}`, subjectOf(i), ...moved.map((m) => `override:${m.r.id}`)],
      rows: [
        ...moved.flatMap((m) => (m.after === 'inside' ? [] : [put(overrideTable, m.after)])),
        insert(overrideTable, {
          id: c.subject,
          number,
          parameter: i.parameter,
          key: i.key ?? '',
          place: i.place,
          year_from: i.yearFrom,
          year_to: i.yearTo ?? null,
          value: i.value.value,
          unit: i.value.unit,
          mark: i.mark,
          reason: i.reason,
          source: i.source,
          document: i.document ?? null,
          version: all.length + 1,
          status: 'in-force',
          decided_on: c.legalDate,
          effect_zh: effect.text.zh,
          effect_en: effect.text.en,
          act: c.subject,
        }),
        ...(paper ? [insert(documentTable, paperOf(paper, c.subject, number, i))] : []),
      ],
      reasons: { override: { clause: 'A3', reason: i.reason, source: i.source } },
      answer: {
        override: c.subject,
        number,
        title: { zh: title.zh, en: title.en },
        was: was ? { ...was } : null,
        effect: {
          text: { ...effect.text },
          figures: effect.figures.map((f) => ({ ...f, title: { ...f.title } })),
        },
      },
    }
  },
})

/** As public as the reason it justifies. */
const paperOf = (file: StoredFile, id: Uuid, number: string, i: Pick<Proposal, 'place' | 'source'>): DocumentRow =>
  attached({
    id,
    about: `override:${id}`,
    file,
    name: `${number}.${file.type}`,
    grade: 'public',
    note: i.source,
    place: i.place,
  })

const withdrawInput = form({
  override: field.id({
    title: text('参数改动', 'change of a parameter'),
    grade: 'public',
    example: '019e2f6a-7c00-7000-8000-000000000001',
  }),
  reason,
})

const withdrawOverride: Command<typeof withdrawInput, OverrideRow> = {
  name: 'withdrawOverride',
  version: 1,
  title: text('撤销参数改动', 'withdraw a change of a parameter'),
  clause: 'A3',
  groups: ['parameters'],
  input: withdrawInput,
  prepare: async (reader, i) =>
    (await reader.query<OverrideRow>(sql`select * from parameter_override where id = ${i.override}`))[0] ?? [
      officeProblem('override.not-found', { id: i.override }),
    ],
  place: (_, row) => row.place,
  legalDate: (_, today) => today,
  subjects: (_, row) => [subjectOf(row)],
  approval: () => APPROVAL,
  reads: [(i) => ({ rows: [{ table: overrideTable, key: { id: i.override } }] })],
  decide: (state, i) => {
    const row = state.row(overrideTable, { id: i.override })!
    const wrong = reasonProblems(i.reason)
    if (row.status !== 'in-force') return [...wrong, officeProblem('override.not-in-force', { number: row.number })]
    if (wrong.length > 0) return wrong
    return {
      act: 'override-withdrawn',
      subjects: [`override:${row.id}`, subjectOf(row)],
      rows: [put(overrideTable, { ...row, status: 'withdrawn' })],
      reasons: { override: { clause: 'A3', reason: i.reason } },
      answer: { override: row.id, number: row.number },
    }
  },
}

export const overrideCommands = (world: OfficeWorld, packages: Packages): readonly AnyCommand[] =>
  [proposeOverride(world, packages), withdrawOverride] as unknown as readonly AnyCommand[]
