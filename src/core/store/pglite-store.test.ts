// The embedded database in its thread: what is asked for goes one after the other, a refusal leaves the connection as it was, and
// a thread that dies is told like a server that is gone, with nothing half done.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { pgliteStore } from './pglite-store.ts'
import { startDatabaseThread, type DatabaseThread } from './pglite-thread.ts'
import { StoreError, type Store } from './port.ts'
import { sql, trusted } from './sql.ts'

let folder: string
let thread: DatabaseThread
let store: Store
async function open(): Promise<void> {
  thread = await startDatabaseThread({ folder, image: undefined })
  store = await pgliteStore(thread)
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-thread-'))
  await open()
  await store.query(trusted('create table word (id int primary key, text text)'))
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})
const put = (id: number, text: string) => sql`insert into word values (${id}, ${text})`
const words = () => store.query(sql`select id, text from word order by id`)
const problemOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof ProblemError ? e.problems[0]!.code : e),
  )

test('a thread that dies is a database that is gone, and what was not committed never was', async () => {
  await store.query(put(1, '青'))
  const half = store.transaction(async (tx) => {
    await tx.query(put(2, '山'))
    const asked = tx.query(sql`select pg_sleep(${10})`)
    await Promise.all([thread.kill(), asked])
  })
  expect(await problemOf(half)).toBe('store.unreachable')
  expect(await problemOf(words())).toBe('store.unreachable')
  await store.close()
  await open()
  expect(await words()).toEqual([{ id: 1, text: '青' }])
})

test('transactions and statements go one after the other, in their order', async () => {
  const seen: string[] = []
  const slow = store.transaction(async (tx) => {
    await tx.query(put(1, 'one'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await tx.query(put(2, 'two'))
    seen.push('transaction')
  })
  const after = words().then((found) => {
    seen.push('statement')
    return found
  })
  await slow
  expect(await after).toHaveLength(2)
  expect(seen).toEqual(['transaction', 'statement'])
})

test('a statement that was refused may be asked again, prepared or not', async () => {
  const twice = (): Promise<void> =>
    store.transaction(async (tx) => {
      await tx.query(put(1, 'one'))
      await tx.query(put(1, 'one'))
    })
  for (let n = 0; n < 3; n++)
    await expect(twice()).rejects.toMatchObject({ sqlState: '23505', constraint: 'word_pkey' })
  const unknown = store.transaction((tx) => tx.query(sql`select * from later where id = ${1}`))
  await expect(unknown).rejects.toBeInstanceOf(StoreError)
  await store.query(trusted('create table later (id int)'))
  await store.transaction((tx) => tx.query(sql`select * from later where id = ${1}`))
  await store.transaction((tx) => tx.query(put(1, 'one')))
  expect(await words()).toEqual([{ id: 1, text: 'one' }])
})

test('a transaction whose statement was refused cannot be committed by keeping silent about it', async () => {
  const silent = store.transaction(async (tx) => {
    await tx.query(put(1, 'one'))
    await tx.query(put(1, 'one')).catch(() => undefined)
  })
  await expect(silent).rejects.toMatchObject({ sqlState: '25P02' })
  expect(await words()).toEqual([])
})

test('what is thrown within a transaction comes out as it is, also where it looks like a database that is gone', async () => {
  const lost = Object.assign(new Error('no such file'), { code: 'ENOENT' })
  await expect(
    store.transaction(async (tx) => {
      await tx.query(put(1, 'one'))
      throw lost
    }),
  ).rejects.toBe(lost)
  expect(await words()).toEqual([])
})

test('a long answer and a long value come through whole', async () => {
  const long = '山'.repeat(700_000)
  await store.query(put(1, long))
  expect(await words()).toEqual([{ id: 1, text: long }])
})
