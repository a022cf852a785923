// Documents on both databases: what was received can be attached, to be seen by whom its grade allows; a wrong one is
// withdrawn by a correction; and the record knows which content must be there.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  eraseDisposed,
  filesDomain,
  filesMigrations,
  findDisposed,
  openFileStore,
  recordedHashes,
} from '../../src/core/files/index.ts'
import { ask, type ScopeOf } from '../../src/core/record/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { sql } from '../../src/core/store/index.ts'
import { instant, type CivilDate, type Grade } from '../../src/kernel/index.ts'
import { CLERK, codes, done, openTestHouse, PERMIT, REVIEWER, type TestHouse } from '../record-house.fixture.ts'

const ABOUT = 'permit:019e2f6a-7c00-7000-8000-000000000001'
const PDF = new TextEncoder().encode('%PDF-1.7 核定书')

describe.each(ENGINES)('documents on %s', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'qs-documents-'))
  const files = openFileStore(folder)
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(engine, {
      domains: [filesDomain(files.find)],
      migrations: filesMigrations,
      hasFile: files.has,
    })
  })
  beforeEach(() => house.fresh())
  afterAll(async () => {
    await house.close()
    rmSync(folder, { recursive: true })
  })

  const attach = (hash: string, more: Readonly<Record<string, unknown>> = {}) =>
    house.recorder.submit({
      id: house.id(),
      command: 'attachDocument',
      input: { hash, name: '核定书.pdf', grade: 'internal', about: ABOUT, place: '430100', ...more },
      person: CLERK,
      role: 'department-contact',
    })
  const seen = async (grade: Grade, place = '430100', input: Readonly<Record<string, unknown>> = { about: ABOUT }) => {
    const scopeOf: ScopeOf = (_, { person, role }) =>
      Promise.resolve({ person, role, grade, within: (column) => sql`${column} = ${place}` })
    const answer = await ask(
      { registry: house.recorder.registry, scopeOf, today: '2026-03-02' as CivilDate },
      house.store,
      { query: 'documents', input, person: CLERK, role: 'department-contact' },
    )
    return answer.ok ? answer.rows : answer.problems.map((p) => p.code)
  }

  test('what was received is attached with its size and type; what was not is refused', async () => {
    const { hash } = await files.put(PDF)
    const { act } = done(await attach(hash, { note: '盖章扫描件' }))
    expect(codes(await attach('0'.repeat(64)))).toEqual(['files.not-stored'])
    const row = {
      ...{ id: act, about: ABOUT, hash, name: '核定书.pdf', type: 'pdf', size: String(PDF.length), grade: 'internal' },
      ...{ note: '盖章扫描件', place: '430100', status: 'attached', version: 1 },
    }
    expect(await seen('internal')).toEqual([row])
    expect(await seen('internal', '430100', { hash })).toEqual([row])
    expect(await seen('internal', '430100', { hash: '0'.repeat(64) })).toEqual([])
    expect(await seen('internal', '430200')).toEqual([])
  })

  test('a reader gets no row above the own grade, not even masked', async () => {
    const { hash } = await files.put(PDF)
    for (const grade of ['public', 'internal', 'restricted', 'personal']) done(await attach(hash, { grade }))
    const counts = [await seen('public'), await seen('internal'), await seen('restricted'), await seen('personal')]
    expect(counts.map((r) => r.length)).toEqual([1, 2, 3, 4])
    expect(counts[0]).toMatchObject([{ grade: 'public', name: '＊＊＊' }])
    expect(codes(await attach(hash, { grade: 'secret' }))).toHaveLength(1)
  })

  test('an approval on paper is entered only after its scan was received, and the scan must stay there', async () => {
    const asked = done(
      await house.recorder.submit({
        id: house.id(),
        command: 'issuePermit',
        input: PERMIT,
        person: CLERK,
        role: 'department-contact',
      }),
    )
    const { request, sheet } = asked.answer as { readonly request: string; readonly sheet: string }
    const enter = (scan: string) =>
      house.recorder.submit({
        id: house.id(),
        command: 'approveOnPaper',
        input: { request, sheet, signer: '王某某（局长）', signedOn: '2026-03-02', scan },
        person: CLERK,
        role: 'department-contact',
      })
    expect(codes(await enter('0'.repeat(64)))).toEqual(['approval.no-scan'])
    const { hash } = await files.put(PDF)
    expect(done(await enter(hash)).kind).toBe('permit-issued')
    expect(await recordedHashes(house.store)).toEqual([hash])
  })

  test('two documents with one content stand for themselves: one name each, the content once', async () => {
    const first = await files.put(PDF)
    expect(await files.put(Uint8Array.from(PDF))).toEqual(first)
    const one = done(await attach(first.hash, { name: '核定书.pdf' }))
    done(await attach(first.hash, { name: '副本.pdf', about: 'permit:other', place: '430200' }))
    expect(await seen('internal', '430200', { hash: first.hash })).toMatchObject([{ name: '副本.pdf', version: 1 }])
    const next = await files.put(new TextEncoder().encode('%PDF-1.7 第二版'))
    done(await attach(next.hash, { replaces: one.act }))
    // The content that was replaced here is in force there.
    expect(await seen('internal', '430200', { hash: first.hash })).toMatchObject([{ status: 'attached' }])
    expect((await files.check(await recordedHashes(house.store))).problems).toEqual([])
  })

  test('a later version takes the place of an earlier one; taking it back puts the earlier in force again', async () => {
    const { hash } = await files.put(PDF)
    const first = done(await attach(hash))
    const second = done(await attach(hash, { replaces: first.act, name: '核定书（修订）.pdf' }))
    expect(await seen('internal')).toMatchObject([
      { id: first.act, status: 'replaced', replacedBy: second.act, version: 1 },
      { id: second.act, status: 'attached', replaces: first.act, version: 2 },
    ])
    expect(codes(await attach(hash, { replaces: first.act }))).toEqual(['files.not-in-force'])
    expect(codes(await attach(hash, { replaces: second.act, about: 'permit:other' }))).toEqual(['files.not-in-force'])
    const correct = (act: string) =>
      house.recorder.submit({
        id: house.id(),
        command: 'correctAct',
        input: { act, reason: '登记错了版本' },
        person: CLERK,
        role: 'department-contact',
      })
    expect(codes(await correct(first.act))).toEqual(['files.followed'])
    done(await correct(second.act))
    expect(await seen('internal')).toMatchObject([{ status: 'attached' }, { status: 'withdrawn' }])
  })

  test('a document is kept for ever, or until the end of its last year, and who asks is told what is past its time', async () => {
    const { hash } = await files.put(PDF)
    done(await attach(hash))
    done(await attach(hash, { retention: 'ten-years' }))
    const rows = (await seen('internal')) as readonly Readonly<Record<string, unknown>>[]
    expect(rows.map((r) => r['keepUntil'])).toEqual([undefined, '2036-12-31'])
    expect(await seen('internal', '430100', { pastTimeOn: '2036-12-31' })).toEqual([])
    expect(await seen('internal', '430100', { pastTimeOn: '2037-01-01' })).toHaveLength(1)
  })

  describe('disposing of a document', () => {
    const ask = (document: string) =>
      house.recorder.submit({
        id: house.id(),
        command: 'disposeDocument',
        input: { document, clause: '机关文件材料归档范围和文书档案保管期限规定 第八条', reason: '期限已满，无须续存' },
        person: CLERK,
        role: 'county-clerk',
      })
    const agree = (request: string, person = REVIEWER) =>
      house.recorder.submit({ id: house.id(), command: 'approve', input: { request }, person, role: 'reviewer' })
    const begun = instant('2026-03-02T01:00:00.000Z')
    afterEach(() => {
      house.now = begun
    })
    const stands = async () => findDisposed(house.store, files, await recordedHashes(house.store))

    test('is refused before its last day and for what is kept permanently', async () => {
      const { hash } = await files.put(PDF)
      const kept = done(await attach(hash, { retention: 'ten-years' }))
      expect(codes(await ask(kept.act))).toEqual(['files.kept-until'])
      expect(codes(await ask(done(await attach(hash)).act))).toEqual(['files.kept-for-ever'])
      expect(codes(await ask(house.id()))).toEqual(['files.no-document'])
      house.now = instant('2036-12-31T01:00:00.000Z')
      expect(codes(await ask(kept.act))).toEqual(['files.kept-until'])
    })

    test('wants a second person; then the entry keeps hash, clause and reason, the content is erased and nothing is missing', async () => {
      const { hash } = await files.put(new TextEncoder().encode('%PDF-1.7 到期合同'))
      const { act } = done(await attach(hash, { retention: 'ten-years' }))
      house.now = instant('2037-01-04T01:00:00.000Z')
      const { request } = done(await ask(act)).answer as { readonly request: string }
      expect(codes(await agree(request, CLERK))).toHaveLength(1)
      expect(await stands()).toEqual([])
      expect(done(await agree(request)).kind).toBe('document-disposed')
      expect(await stands()).toEqual([hash])
      await eraseDisposed(house.store, files, await recordedHashes(house.store))
      expect([await files.has(hash), await stands()]).toEqual([false, []])
      expect((await files.check(await recordedHashes(house.store))).problems).toEqual([])
      expect(await seen('internal')).toMatchObject([
        { hash, status: 'disposed', disposal: request, disposalReason: '期限已满，无须续存' },
      ])
      expect(await seen('internal', '430100', { pastTimeOn: '2037-01-04' })).toEqual([])
      expect(codes(await ask(act))).toEqual(['files.disposed'])
    })

    test('leaves content alone that another document still names', async () => {
      const { hash } = await files.put(PDF)
      const { act } = done(await attach(hash, { retention: 'ten-years' }))
      done(await attach(hash, { name: '永久的一份.pdf' }))
      house.now = instant('2037-01-04T01:00:00.000Z')
      const { request } = done(await ask(act)).answer as { readonly request: string }
      done(await agree(request))
      await eraseDisposed(house.store, files, await recordedHashes(house.store))
      expect(await files.has(hash)).toBe(true)
    })
  })

  test('a photo brings its place and time along; half a place, a place beside the globe or a path for a name is refused', async () => {
    const { hash } = await files.put(PDF)
    const photo = {
      takenAt: '2026-03-02T09:30:15+08:00',
      longitude: '111.488333',
      latitude: '28.9025',
      givenHash: hash,
    }
    done(await attach(hash, photo))
    expect(await seen('internal')).toMatchObject([photo])
    expect(codes(await attach(hash, { longitude: '111.5' }))).toEqual(['files.one-place'])
    expect(codes(await attach(hash, { longitude: '111.5', latitude: '91' }))).toEqual(['files.one-place'])
    for (const name of ['../x', 'a/b.pdf', 'C:\\x.pdf', '..'])
      expect(codes(await attach(hash, { name })), name).toEqual(['files.name'])
  })

  test('a wrong document is withdrawn by a correction and its content is still known', async () => {
    const { hash } = await files.put(PDF)
    const { act } = done(await attach(hash))
    const asked = await house.recorder.submit({
      id: house.id(),
      command: 'correctAct',
      input: { act, reason: '登记到了错误的许可证' },
      person: CLERK,
      role: 'department-contact',
    })
    const { receipt } = asked as Extract<typeof asked, { ok: true }>
    if (receipt.kind === 'approval-requested')
      done(
        await house.recorder.submit({
          id: house.id(),
          command: 'approve',
          input: { request: receipt.act },
          person: REVIEWER,
          role: 'reviewer',
        }),
      )
    expect(await seen('internal')).toMatchObject([{ status: 'withdrawn' }])
    expect(await recordedHashes(house.store)).toEqual([hash])
    expect((await files.check(await recordedHashes(house.store))).problems).toEqual([])
  })
})
