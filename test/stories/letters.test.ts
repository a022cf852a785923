// Letters and documents of a house on both databases: a template of the office's own Word file is registered, filled, replaced; a
// document is looked at before it is opened; a file that is gone or changed is found by a check of the house; documents move to a
// server and back.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Document, Packer, Paragraph, TextRun } from 'docx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { docxBlocks, writeCsv, writeZip } from '../../src/core/exchange-formats/index.ts'
import { photo } from '../../src/core/files/photo.fixture.ts'
import { checkRecord } from '../../src/core/record/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { sql } from '../../src/core/store/index.ts'
import { ProblemError, type Json, type Problem, type Uuid } from '../../src/kernel/index.ts'
import {
  BESIDE,
  FILE_COLUMNS,
  filePreview,
  moveDocuments,
  readSettings,
  recordedFiles,
  takeIn,
  writeLetter,
  type House,
} from '../../src/server/index.ts'
import { act, COUNTY, foundOffice, openOffice, STAFF, type Login, type Office } from '../office.fixture.ts'
import { storyFolder } from './folders.ts'

const home = storyFolder('letters')
const served: TestStore[] = []
afterAll(async () => {
  for (const s of served) await s.close()
})

const word = async (...lines: readonly string[]): Promise<Uint8Array> =>
  Uint8Array.from(
    await Packer.toBuffer(
      new Document({
        sections: [{ children: lines.map((text) => new Paragraph({ children: [new TextRun({ text })] })) }],
      }),
    ),
  )
const codes = async (work: Promise<unknown>): Promise<readonly string[]> =>
  work.then(
    () => [],
    (e: unknown) => {
      if (e instanceof ProblemError) return e.problems.map((p) => p.code)
      throw e
    },
  )

describe.each(ENGINES)('letters and documents on %s', (engine) => {
  let office: Office
  let house: House

  const as = (who: Login, command: string, input: Json) => act(house, office.people[who], STAFF[who], command, input)
  const refusal = async (who: Login, command: string, input: Json): Promise<readonly string[]> => {
    const person = office.people[who]
    const outcome = await house.recorder.submit({ id: house.newId(), command, input, person, role: STAFF[who] })
    return outcome.ok ? [] : outcome.problems.map((p) => p.code)
  }
  const templates = async (input: Json = {}) => {
    const asked = { query: 'letterTemplates', input, person: office.people['tby-001'], role: STAFF['tby-001'] }
    const answer = await house.ask(asked)
    if (!answer.ok) throw new ProblemError(answer.problems)
    return answer.rows
  }
  const register = async (bytes: Uint8Array, more: Readonly<Record<string, Json>> = {}): Promise<Uuid> => {
    const { hash } = await takeIn(house, bytes)
    const made = await as('tby-001', 'registerTemplate', { name: '补偿款通知', hash, place: COUNTY, ...more })
    return (made.answer as { template: Uuid }).template
  }

  beforeAll(async () => {
    const store = engine === 'pglite' ? undefined : await openTestStore(engine, [])
    if (store) served.push(store)
    mkdirSync(join(home, engine), { recursive: true })
    office = await foundOffice(join(home, engine, 'data'), store?.url)
    house = await openOffice(office)
  })
  afterAll(() => house.close())

  test('a template is registered with its fields, filled, and replaced by a later version', async () => {
    const first = await register(await word('{户主}：应得 {金额|大写}。'))
    const [row] = await templates({ template: first })
    expect(row).toMatchObject({ version: 1, status: 'in-force', fields: '户主，金额|大写' })
    const values = { 户主: '张三', 金额: '1680.32' }
    const docx = await writeLetter(house, row, { values, shape: 'docx' })
    expect(JSON.stringify(docxBlocks(docx.content))).toContain('张三：应得 壹仟陆佰捌拾元叁角贰分。')
    const page = await writeLetter(house, row, { values, shape: 'html' })
    expect(Buffer.from(page.content).toString('utf8')).toContain('张三：应得 壹仟陆佰捌拾元叁角贰分。')
    expect(await codes(writeLetter(house, row, { values: { 户主: '张三' }, shape: 'docx' }))).toEqual([
      'letter.missing',
    ])

    const second = await register(await word('{户主}：应得 {金额|千分位} 元。'), { replaces: first })
    const [old] = await templates({ template: first })
    expect(old).toMatchObject({ status: 'replaced', replacedBy: second })
    expect((await templates({ template: second }))[0]).toMatchObject({ version: 2, replaces: first })
    expect(await codes(writeLetter(house, old, { values, shape: 'docx' }))).toEqual(['letter.no-template'])
    const { hash } = await takeIn(house, await word('{x}'))
    const again = { name: '再换', hash, place: COUNTY, replaces: first }
    expect(await refusal('tby-001', 'registerTemplate', again)).toEqual(['letter.no-template'])
  })

  test('a template with code, or that was not received, is refused', async () => {
    const put = async (bytes: Uint8Array) => (await house.files.put(bytes)).hash
    const asked = async (hash: string) => refusal('tby-001', 'registerTemplate', { name: 'x', hash, place: COUNTY })
    expect(await asked(await put(await word('{a + b}', '{户主|罗马}')))).toEqual([
      'letter.not-a-field',
      'letter.unknown-form',
    ])
    expect(await asked(await put(new TextEncoder().encode('%PDF-1.7')))).toHaveLength(1)
    expect(await asked('0'.repeat(64))).toEqual(['letter.no-file'])
  })

  test('a zip bomb as .docx is refused before it stands anywhere', async () => {
    const parts = new Map([
      ['[Content_Types].xml', new TextEncoder().encode('<Types/>')],
      ['word/document.xml', new Uint8Array(34 * 1024 * 1024)],
    ])
    const before = await house.files.check()
    expect((await codes(takeIn(house, writeZip(parts))))[0]).toMatch(/^zip\./)
    expect((await house.files.check()).files).toBe(before.files)
  })

  test('a document is looked at: picture, workbook, table, letter, text, PDF; what it holds is text and never markup', async () => {
    const nasty = '<script>alert(1)</script>'
    const look = async (bytes: Uint8Array, name = `x ${nasty}`): Promise<string> => {
      const { hash } = await takeIn(house, bytes)
      return (await filePreview(house, { hash, name, href: `/f/${hash}` }))!
    }
    const pages = [
      [await look(photo(5000)), '<img src="/f/'],
      [
        await look(
          writeCsv([
            ['编号', '名称'],
            ['1', nasty],
          ]),
        ),
        '编号',
      ],
      [await look(await word(nasty, '第二段')), '第二段'],
      [await look(new TextEncoder().encode(`会议纪要 ${nasty}`)), '会议纪要'],
      [await look(new TextEncoder().encode('%PDF-1.7 << /Type /Page >>')), '共 1 页'],
      [await look(Uint8Array.of(1, 2, 3, 0, 255)), '没有预览'],
    ] as const
    for (const [page, words] of pages) {
      expect(page).toContain(words)
      expect(page).not.toContain('<script')
    }
    expect(await filePreview(house, { hash: '0'.repeat(64), name: 'x', href: '/f' })).toBeUndefined()
  })

  test('every column that holds the hash of a stored file is one that a check looks after', async () => {
    const rows = await house.store.query<{ t: string; c: string }>(
      sql`select c.relname as t, a.attname as c from pg_constraint k join pg_class c on c.oid = k.conrelid
            join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
          where k.contype = 'c' and pg_get_constraintdef(k.oid) like '%''^[0-9a-f]{64}$''%' and c.relkind = 'r'`,
    )
    const known = FILE_COLUMNS.map(([table, column]) => `${table}.${column}`)
    // The digest of rows is no file.
    const meant = rows.map((r) => `${r.t}.${r.c}`).filter((one) => one !== 'import_batch.digest')
    for (const one of meant) expect(known, one).toContain(one)
    expect(meant.length).toBeGreaterThan(2)
  })

  test('a file that is gone and one that was changed are found and named', async () => {
    const attached = async (text: string): Promise<string> => {
      const { hash } = await takeIn(house, new TextEncoder().encode(text))
      const document = { hash, name: 'x.txt', grade: 'internal', about: 'unit:1', place: COUNTY }
      await as('tby-001', 'attachDocument', document)
      return hash
    }
    const [gone, changed] = [await attached('会丢的'), await attached('会变的')]
    const pathOf = (hash: string): string => join(office.folder, 'files', hash.slice(0, 2), hash.slice(2, 4), hash)
    const whole = readFileSync(pathOf(changed))
    const lost = readFileSync(pathOf(gone))
    rmSync(pathOf(gone))
    writeFileSync(pathOf(changed), '变了')
    const { problems } = await house.files.check(await recordedFiles(house.store))
    expect(problems.map((p) => [p.code, p.values['file']]).sort()).toEqual([
      ['files.changed', changed],
      ['files.missing', gone],
    ])
    for (const bytes of [whole, lost]) await house.files.put(bytes)
    expect((await house.files.check(await recordedFiles(house.store))).problems).toEqual([])
  })

  test('the record of it checks', async () => {
    const found: string[] = []
    const tell = (p: Problem): void => void found.push(p.code)
    await checkRecord(house.store, house.registry, { tell, beside: BESIDE })
    expect(found).toEqual([])
  })
})

interface S3Server {
  run(): Promise<AddressInfo>
  close(): Promise<void>
}

test('documents move to a server and back; until all have arrived the settings stay as they are', async () => {
  const S3rver = createRequire(import.meta.url)('s3rver') as new (options: object) => S3Server
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(home, 'server'),
    configureBuckets: [{ name: 'papers', configs: [] }],
  })
  mkdirSync(join(home, 'moving'), { recursive: true })
  const office = await foundOffice(join(home, 'moving', 'data'), undefined)
  const { folder } = office
  const { port } = await server.run()
  const endpoint = `http://127.0.0.1:${port}`
  const bucket = { endpoint, bucket: 'papers', region: 'us-east-1', prefix: 'house/' }
  try {
    let house = await openOffice(office)
    const { hash } = await takeIn(house, new TextEncoder().encode('第一份'))
    expect(await codes(moveDocuments(folder, house.settings, bucket))).toEqual(['house.documents-key'])
    process.env['QINGSHAN_S3_KEY_ID'] = 'S3RVER'
    process.env['QINGSHAN_S3_SECRET'] = 'S3RVER'
    const nowhere = { ...bucket, endpoint: 'http://127.0.0.1:1' }
    expect(await codes(moveDocuments(folder, house.settings, nowhere))).toHaveLength(1)
    expect((await readSettings(folder)).documents).toBeUndefined()
    expect(await moveDocuments(folder, house.settings, bucket)).toBe(1)
    await house.close()
    // From now on the key kept in the data folder is enough.
    delete process.env['QINGSHAN_S3_KEY_ID']
    delete process.env['QINGSHAN_S3_SECRET']
    house = await openOffice(office)
    expect(house.settings.documents).toEqual(bucket)
    expect(await house.files.has(hash)).toBe(true)
    const second = await takeIn(house, new TextEncoder().encode('第二份'))
    expect(readdirSync(join(folder, 'files'))).not.toContain(second.hash.slice(0, 2))
    expect((await house.files.check([hash, second.hash])).problems).toEqual([])
    expect(await moveDocuments(folder, house.settings, undefined)).toBe(2)
    await house.close()
    house = await openOffice(office)
    expect((await house.files.check([hash, second.hash])).problems).toEqual([])
    await house.close()
  } finally {
    delete process.env['QINGSHAN_S3_KEY_ID']
    delete process.env['QINGSHAN_S3_SECRET']
    await server.close()
  }
})
