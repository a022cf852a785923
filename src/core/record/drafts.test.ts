// Drafts: half a form is kept, nothing personal is; on each engine a draft is its owner's alone, survives like an act does, and
// leaves no trace in the log.

import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CLERK, issue, openTestHouse, PERMIT, REVIEWER, type TestHouse } from '../../../test/record-house.fixture.ts'
import {
  check,
  exampleOf,
  field,
  form,
  gradeOf,
  isSealed,
  type Instant,
  type JsonObject,
  type Uuid,
} from '../../kernel/index.ts'
import { everyKind } from '../../kernel/fields/forms.fixture.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { sql } from '../store/index.ts'
import { ask, type ScopeOf } from './ask.ts'
import { checkRecord } from './check/index.ts'
import { discardDraft, DRAFT_LIMIT_BYTES, findDraft, saveDraft, type DraftRow, type SavedDraft } from './drafts.ts'
import type { AnyCommand } from './model.ts'

const ID = '019e2f6a-7c00-7000-8000-000000000001' as Uuid
const AT = '2026-03-02T01:00:00.000Z' as Instant
const COMMAND = {
  name: 'tryThis',
  version: 1,
  title: { zh: '试', en: 'try' },
  input: everyKind,
} as unknown as AnyCommand
const example = exampleOf(everyKind)

const saved = (input: unknown, standing?: DraftRow): ReturnType<typeof saveDraft> =>
  saveDraft({ id: ID, person: CLERK, command: COMMAND, input, savedAt: AT }, standing)
const kept = (result: ReturnType<typeof saveDraft>): SavedDraft => {
  if ('change' in result) return result
  throw new Error(result.map((p) => p.code).join())
}
const codes = (result: object): readonly string[] =>
  Array.isArray(result) ? (result as readonly { code: string }[]).map((p) => p.code) : []

describe('what a draft keeps', () => {
  const names = Object.keys(everyKind.fields)
  /** Names of fields that are sealed, as a whole or in their rows. */
  const sealed = names.filter((n) => isSealed(gradeOf(everyKind, n)) || n === 'witnesses')

  test('any part of a right form, and of it everything but what is personal or secret', () => {
    fc.assert(
      fc.property(fc.subarray(names), (some) => {
        const given = Object.fromEntries(some.map((n) => [n, example[n]]))
        const { change, leftOut } = kept(saved(given))
        const input = change.row['input'] as JsonObject
        const open = some.filter((n) => !sealed.includes(n))
        expect(Object.keys(input).sort()).toEqual([...open].sort())
        expect(leftOut.map((t) => t.zh).sort()).toEqual(
          some
            .filter((n) => sealed.includes(n))
            .map((n) => everyKind.fields[n as 'phone'].title.zh)
            .sort(),
        )
        expect(JSON.stringify(input)).not.toMatch(/13800000000|99\.99|李四|6222000000000000/)
        const whole = check(everyKind, { ...example, ...input })
        expect(whole).toEqual({ ok: true, json: example })
      }),
      { numRuns: 40 },
    )
  })

  test('rows of a list that are half filled in', () => {
    const { change } = kept(saved({ lines: [{ lot: ' A ' }, {}] }))
    expect(change.row['input']).toEqual({ lines: [{ lot: 'A' }, {}] })
    expect(kept(saved({ lines: [] })).change.row['input']).toEqual({ lines: [] })
  })

  test.each<[string, unknown, string]>([
    ['a field nobody declared', { colour: 'red' }, 'field.unknown'],
    ['such a field in a row', { lines: [{ lot: 'A', colour: 'red' }] }, 'field.unknown'],
    ['a wrong value', { issued: '2026-02-30' }, 'field.wrong-form'],
    ['a wrong personal value', { phone: 13800000000 }, 'field.wrong-form'],
    ['no form at all', 'text', 'field.not-a-form'],
  ])('%s is refused', (_, input, code) => {
    expect(codes(saved(input))).toEqual([code])
  })

  test('what is larger than its limit by one byte is refused', () => {
    const page = (zh: string) => field.longText({ title: { zh, en: zh }, example: zh })
    const long = { ...COMMAND, input: form({ a: page('甲'), b: page('乙'), c: page('丙') }) } as AnyCommand
    const pages = (more: number): unknown => ({ a: '山'.repeat(10_000), b: '水'.repeat(10_000), c: 'x'.repeat(more) })
    const room = DRAFT_LIMIT_BYTES - new TextEncoder().encode(JSON.stringify(pages(0))).length
    const sized = (more: number) =>
      codes(saveDraft({ id: ID, person: CLERK, command: long, input: pages(more), savedAt: AT }, undefined))
    expect(sized(room)).toEqual([])
    expect(sized(room + 1)).toEqual(['draft.too-large'])
  })

  test('a draft of another command, of another person, or a discarded one is not saved over', () => {
    const row = kept(saved({ project: 'x' })).change.row as unknown as DraftRow
    expect(kept(saved({ project: 'y' }, row)).change).toMatchObject({ how: 'put', row: { input: { project: 'y' } } })
    expect(codes(saved({}, { ...row, command: 'other' }))).toEqual(['draft.other-command'])
    expect(codes(saved({}, { ...row, person: REVIEWER }))).toEqual(['draft.not-found'])
    expect(codes(saved({}, { ...row, discarded: true }))).toEqual(['draft.not-found'])
  })
})

describe.each(ENGINES)('drafts on %s', (engine) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(engine)
  })
  beforeEach(() => house.fresh())
  afterAll(() => house.close())

  const save = async (person: Uuid, input: unknown, id = house.id()): Promise<Uuid | readonly string[]> => {
    const command = house.recorder.registry.getCommand('issuePermit')
    const result = saveDraft({ id, person, command, input, savedAt: house.now }, await findDraft(house.store, id))
    if (!('change' in result)) return codes(result)
    await house.recorder.writeLoose([result.change])
    return id
  }
  const discard = async (person: Uuid, id: Uuid): Promise<readonly string[]> => {
    const change = discardDraft({ id, person }, await findDraft(house.store, id))
    if (!('row' in change)) return codes(change)
    await house.recorder.writeLoose([change])
    return []
  }
  const scopeOf: ScopeOf = (_, { person, role }) =>
    Promise.resolve({ person, role, grade: 'internal', within: () => sql`true` })
  const listed = async (person: Uuid, input: JsonObject = {}): Promise<readonly JsonObject[]> => {
    const answer = await ask(
      { registry: house.recorder.registry, scopeOf, today: '2026-03-02' as never },
      house.store,
      { query: 'drafts', input, person, role: 'reviewer' },
    )
    if (!answer.ok) throw new Error(answer.problems.map((p) => p.code).join())
    return answer.rows
  }

  test('a draft is listed for its owner, in words and as it goes into the form again, and for nobody else', async () => {
    const id = await save(CLERK, { place: '430100', amountKg: '1,000' })
    expect(await listed(CLERK)).toEqual([
      {
        draft: id,
        command: 'issuePermit',
        zh: '核发排污权',
        en: 'issue an emission permit',
        saved: house.now,
        filled: [
          { path: 'amountKg', zh: expect.any(String) as string, value: '1000' },
          { path: 'place', zh: expect.any(String) as string, value: '430100' },
        ],
        input: '{"amountKg":"1000","place":"430100"}',
      },
    ])
    expect(await listed(REVIEWER)).toEqual([])
    expect(await listed(REVIEWER, { draft: id as Uuid })).toEqual([])
  })

  test('only its owner saves over it and discards it; then nothing of it is left', async () => {
    const id = (await save(CLERK, { place: '430100' })) as Uuid
    expect(await save(REVIEWER, { place: '430200' }, id)).toEqual(['draft.not-found'])
    expect(await discard(REVIEWER, id)).toEqual(['draft.not-found'])
    expect(await save(CLERK, { place: '430300' }, id)).toBe(id)
    expect((await listed(CLERK)).map((r) => r['input'])).toEqual(['{"place":"430300"}'])
    expect(await discard(CLERK, id)).toEqual([])
    expect(await listed(CLERK)).toEqual([])
    expect(await discard(CLERK, id)).toEqual(['draft.not-found'])
    expect((await findDraft(house.store, id))?.input).toEqual({})
  })

  test('a draft outlasts the program, and the database where there is a journal; the log knows nothing of it', async () => {
    await issue(house)
    const size = await house.store.query(sql`select size from log_head`)
    const id = await save(CLERK, { ...PERMIT })
    expect(await house.store.query(sql`select size from log_head`)).toEqual(size)
    if (house.journalDir !== undefined) await house.store.empty()
    await house.reopen()
    expect((await listed(CLERK)).map((r) => r['draft'])).toEqual([id])
    const told: string[] = []
    await checkRecord(house.store, house.recorder.registry, { tell: (p) => told.push(p.code) })
    expect(told).toEqual([])
  })
})
