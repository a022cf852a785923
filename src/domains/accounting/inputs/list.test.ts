import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ARGUMENTS, type Argument } from '../arguments.ts'
import type { Binding, DaySeries, InputList } from '../input-list.ts'
import { checkAccepted, CLASS_MAPS } from './check-list.ts'
import { listSheet, readListSheet } from './list-sheet.ts'
import { withoutEmpty } from './list-schema.ts'
import { parseListText, readList } from './read-list.ts'
import { listText, writeList } from './write-list.ts'

const word = fc
  .string({ unit: fc.constantFrom(...'面积单位列:：=\\#"\'- ,[]{}&*!|>%@0123.abCD_/é'), minLength: 1, maxLength: 12 })
  .map((s) => s.trim())
  .filter((s) => s !== '')
const both = fc.record({ zh: word, en: word })
const year = fc.integer({ min: 1900, max: 2200 })
const number = fc.constantFrom('0.05', '1.30', '-2', '1e5', '1200')
const some = { requiredKeys: [] as [] }
const mark = fc.constantFrom('confirmed', 'back-solved', 'unconfirmed')

const daysFit = (a: Argument): fc.Arbitrary<DaySeries> | undefined => {
  const more = { date: word, atLeast: number, above: number, missing: fc.integer({ min: 0, max: 366 }) }
  const years = fc.constantFrom('all', 'account')
  if (a.items && '01' in a.items)
    return fc.record(
      { ...more, take: fc.constantFrom('sum', 'mean', 'count'), per: fc.constant('month'), years },
      { requiredKeys: ['date', 'take', 'per'] },
    )
  if (a.by.includes('item') && !a.items)
    return fc.record({ ...more, take: fc.constant('each'), years }, { requiredKeys: ['date', 'take'] })
  return a.by.includes('item')
    ? undefined
    : fc.record(
        { ...more, take: fc.constantFrom('sum', 'mean', 'count', 'years'), per: fc.constant('year'), years },
        { requiredKeys: ['date', 'take'] },
      )
}
/** Year, mark and source of daily values are one for all. */
const oneForAll = (b: Binding): boolean =>
  !b.days || (typeof b.year !== 'object' && typeof b.mark !== 'object' && typeof b.source !== 'object')

const binding: fc.Arbitrary<Binding> = fc
  .constantFrom(...ARGUMENTS)
  .chain((a) =>
    fc.record(
      {
        argument: fc.constant(a.id),
        file: word,
        sheet: word,
        header: fc.integer({ min: 1, max: 40 }),
        column: word,
        where: fc.record({ column: word, is: word }),
        region: fc.oneof(fc.record({ column: word }), fc.record({ code: word })),
        class: fc.oneof(
          fc.record({ column: word, crosswalk: word }, { requiredKeys: ['column'] }),
          fc.record({ code: word }),
        ),
        item: fc.oneof(fc.record({ column: word }), fc.record({ name: word })),
        unit: fc.constant(a.unit),
        // Whether months and days fit the argument is another check; here a daily reading that fits it must come back.
        ...(daysFit(a) ? { days: daysFit(a)! } : {}),
        year: fc.oneof(year, fc.record({ column: word })),
        mark: fc.oneof(fc.record({ column: word }), mark, fc.constant('reported')),
        source: fc.oneof(fc.record({ column: word }), word),
        fallback: fc.record({
          kind: fc.constantFrom('neighbour-year', 'neighbour-region', 'provincial-mean', 'literature'),
          year,
          reason: word,
        }),
        ground: both,
        question: both,
      },
      {
        requiredKeys: a.by.includes('item')
          ? ['argument', 'file', 'column', 'unit', 'item']
          : ['argument', 'file', 'column', 'unit'],
      },
    ),
  )
  .filter((b) => oneForAll(b as Binding))
  .chain((b) => fc.constantFrom(b, mapOf(b as Binding))) as fc.Arbitrary<Binding>

/** The same over a map, where it may choose how it is resampled. */
const mapOf = (b: Binding): Binding =>
  b.days || CLASS_MAPS.includes(b.argument) ? b : { ...b, file: `${b.file}.tif`, resampling: 'nearest' }

const dictionary = <T>(v: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(
    word.filter((s) => s !== '__proto__'),
    v,
    { maxKeys: 3, noNullPrototype: true },
  )

const anyList: fc.Arbitrary<InputList> = fc.record(
  {
    qingshan: fc.constant('account/1'),
    title: both,
    year,
    priceYear: year,
    set: word,
    status: fc.constantFrom('trial', 'preliminary', 'official'),
    region: fc.record({ code: word, name: both }),
    regions: fc.record(
      { file: word, sheet: word, header: fc.integer({ min: 1, max: 9 }), code: word, name: word, parent: word },
      { requiredKeys: ['file', 'code', 'name'] },
    ),
    boundaries: fc.record({ file: word, code: word, mapNumber: word, datum: word }, { requiredKeys: ['file', 'code'] }),
    accepted: fc.record({ by: word, on: fc.constant('2026-03-01') }),
    prepared: fc.record({ organisation: word, filledBy: word, computedBy: word, reviewedBy: word }, some),
    methods: dictionary(fc.array(word, { minLength: 1, maxLength: 3 })),
    choices: dictionary(word),
    notApplicable: dictionary(word),
    arguments: fc.array(binding, { maxLength: 4 }),
    prices: fc.array(
      fc.record(
        { price: word, item: word, class: word, book: word, key: word },
        { requiredKeys: ['price', 'book', 'key'] },
      ),
      { maxLength: 2 },
    ),
    overrides: fc.array(
      fc.record(
        { parameter: word, key: word, value: number, unit: word, reason: word, approver: word, source: word, mark },
        { requiredKeys: ['parameter', 'value', 'unit', 'reason', 'approver'] },
      ),
      { maxLength: 2 },
    ),
    accepts: fc.array(fc.record({ what: word, reason: word, by: word }), { maxLength: 2 }),
    explained: fc.array(
      fc.record({ finding: word, about: word, reason: word, by: word }, { requiredKeys: ['finding', 'reason', 'by'] }),
      { maxLength: 2 },
    ),
    sample: fc.boolean(),
    published: fc.array(fc.record({ what: word, value: number, unit: word, source: word }), { maxLength: 2 }),
    previous: word,
  },
  { requiredKeys: ['qingshan', 'title', 'year', 'priceYear', 'set', 'status', 'region', 'arguments'] },
) as fc.Arbitrary<InputList>

export const SMALL = `qingshan: account/1
title: { zh: 甲县, en: A county }
year: 2022
priceYear: 2020
set: 481-2022
status: trial
region: { code: 433100, name: { zh: 甲县, en: A } }
arguments:
- argument: area
  file: 面积.xlsx
  column: C
  class: { column: 地类 }
  unit: km2
`

describe('the input list', () => {
  it('survives account.yaml and back without a loss', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const back = parseListText(listText(list), 'account.yaml')
        expect(back.problems).toEqual([])
        expect(back.list).toEqual(withoutEmpty(list))
      }),
      { numRuns: 80 },
    )
  })

  it('survives its twin workbook and back without a loss', async () => {
    await fc.assert(
      fc.asyncProperty(anyList, async (list) => {
        const back = readListSheet(await listSheet(list), '清单.xlsx')
        expect(back.problems).toEqual([])
        expect(back.list).toEqual(withoutEmpty(list))
      }),
      { numRuns: 12 },
    )
  })

  it('gives the same text for the same list, with a guide in both languages at the head', () => {
    const list = parseListText(SMALL, 'account.yaml').list!
    expect(listText(list)).toBe(listText(parseListText(listText(list), 'account.yaml').list!))
    expect(listText(list)).toMatch(/^# 青山核算输入清单 \/ Qingshan input list/)
  })

  it('keeps the digits of a number that stands where a text belongs', () => {
    const list = parseListText(
      `${SMALL}overrides:\n- { parameter: a, value: 1.30, unit: t, reason: 实测, approver: 王 }\n`,
      'account.yaml',
    ).list!
    expect(list.region.code).toBe('433100')
    expect(list.overrides![0]!.value).toBe('1.30')
  })

  it.each([
    ['an unknown key', SMALL.replace('unit: km2', 'units: km2'), 'list.unknown-key', 13],
    ['a missing key', SMALL.replace('set: 481-2022\n', ''), 'list.missing-key', 1],
    ['a wrong value', SMALL.replace('year: 2022', 'year: 二〇二二'), 'list.wrong-value', 3],
    ['an unknown argument', SMALL.replace('argument: area', 'argument: aera'), 'list.unknown-argument', 9],
    ['a unit of another kind', SMALL.replace('unit: km2', 'unit: t'), 'list.unit-mismatch', 13],
    ['a unit nobody knows', SMALL.replace('unit: km2', 'unit: 斛'), 'list.unknown-unit', 13],
    ['broken YAML', SMALL.replace('{ column: 地类 }', '{ column: 地类'), 'list.not-yaml', 13],
    [
      'an alias',
      SMALL.replace('title: {', 'title: &t {').replace('name: { zh: 甲县, en: A }', 'name: *t'),
      'list.alias',
      7,
    ],
  ])('names the line of %s', (_, source, code, line) => {
    const { list, problems } = parseListText(source, 'account.yaml')
    expect(list).toBeUndefined()
    expect(problems.map((p) => [p.code, p.at])).toContainEqual([code, { file: 'account.yaml', line }])
  })

  it('tells which keys are allowed where an unknown one stands', () => {
    const { problems } = parseListText(SMALL.replace('{ column: 地类 }', '{ colum: 地类 }'), 'account.yaml')
    const unknown = problems.find((p) => p.code === 'list.unknown-key')!
    expect(unknown.values['key']).toBe('colum')
    expect(unknown.hint.zh).toContain('column crosswalk')
  })

  it('names the cell of a mistake in the twin workbook', async () => {
    const list = parseListText(SMALL, 'account.yaml').list!
    const wrong = { ...list, arguments: [{ ...list.arguments[0]!, argument: 'aera' }] }
    expect(readListSheet(await listSheet(wrong), '清单.xlsx').problems.map((p) => [p.code, p.at])).toEqual([
      ['list.unknown-argument', { file: '清单.xlsx', sheet: '输入清单', cell: 'A2' }],
    ])
  })

  it('does not run before it is accepted, and not with an open question', () => {
    const list = parseListText(SMALL, 'account.yaml').list!
    const refused = checkAccepted(list, 'account.yaml')
    expect(refused.map((p) => p.code)).toEqual(['list.not-accepted'])
    expect(refused[0]!.hint.en).toContain('qingshan account accept')
    const accepted = { ...list, accepted: { by: '王', on: '2026-03-01' } }
    expect(checkAccepted(accepted, 'account.yaml')).toEqual([])
    const asking = { ...list.arguments[0]!, question: { zh: '是公顷吗？', en: 'hectares?' } }
    expect(checkAccepted({ ...accepted, arguments: [asking] }, 'account.yaml').map((p) => p.code)).toEqual([
      'list.open-question',
    ])
  })
})

describe('writing a list', () => {
  let folder = ''
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'list-'))))
  afterAll(() => rm(folder, { recursive: true }))

  it('leaves the whole file and nothing beside it', async () => {
    const list = parseListText(SMALL, 'account.yaml').list!
    await writeList(join(folder, 'account.yaml'), list)
    expect((await readList(join(folder, 'account.yaml'))).list).toEqual(list)
    expect(await readdir(folder)).toEqual(['account.yaml'])
  })

  it('keeps what stood there when it cannot finish', async () => {
    const path = join(folder, 'kept.yaml')
    await writeFile(path, 'before')
    const broken = { toString: () => Promise.reject(new Error()) } as unknown as InputList
    await expect(Promise.resolve().then(() => writeList(path, broken))).rejects.toThrow()
    expect(await readFile(path, 'utf8')).toBe('before')
    expect((await readdir(folder)).filter((f) => f.includes('part'))).toEqual([])
  })

  it('says that there is no list, and which command makes one', async () => {
    await expect(readList(join(folder, 'none.yaml'))).rejects.toThrow('list.missing')
  })
})
