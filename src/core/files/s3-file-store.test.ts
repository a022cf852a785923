// The store of documents on a real S3 server: the promises of the folder hold there too, and a server that is gone is told.

import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { openFileStore, type FileStore } from './file-store.ts'
import { photo } from './photo.fixture.ts'
import { s3Exchange, type S3Settings } from './s3-exchange.ts'
import { openS3FileStore } from './s3-file-store.ts'
import { takeIn } from './take-in.ts'

/** What is used of the server, which brings no types. It knows key ids; signatures of version 4 it does not compare. */
interface S3Server {
  run(): Promise<AddressInfo>
  close(): Promise<void>
}
const S3rver = createRequire(import.meta.url)('s3rver') as new (options: {
  readonly address: string
  readonly port: number
  readonly silent: boolean
  readonly directory: string
  readonly configureBuckets: readonly { readonly name: string; readonly configs: readonly string[] }[]
}) => S3Server

const KEYS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
const sha256 = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')
const codes = async (work: Promise<unknown>): Promise<readonly string[]> =>
  work.then(
    () => [],
    (e: unknown) => {
      if (e instanceof ProblemError) return e.problems.map((p) => p.code)
      throw e
    },
  )
async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = []
  for await (const p of pieces) found.push(p)
  return Buffer.concat(found)
}
const BIG = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7919) % 251)
const PDF = Uint8Array.from(Buffer.from('%PDF-1.7 核定书'))

describe('documents on an S3 server', () => {
  const home = mkdtempSync(join(tmpdir(), 'qs-s3-'))
  const spool = join(home, 'spool')
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(home, 'server'),
    configureBuckets: [{ name: 'papers', configs: [] }],
  })
  let settings: S3Settings
  let store: FileStore

  beforeAll(async () => {
    const at: AddressInfo = await server.run()
    settings = {
      endpoint: `http://127.0.0.1:${at.port}`,
      bucket: 'papers',
      region: 'us-east-1',
      prefix: 'qingshan/',
    }
    store = openS3FileStore(settings, KEYS, spool)
  })
  afterAll(async () => {
    await server.close().catch(() => undefined)
    rmSync(home, { recursive: true, force: true })
  })
  /** Puts bytes under a key behind our back. */
  const tamper = async (key: string, bytes: Uint8Array): Promise<void> => {
    const other = openFileStore(join(home, 'other'))
    const { hash, size } = await other.put(bytes)
    const path = join(home, 'other', hash.slice(0, 2), hash.slice(2, 4), hash)
    const answer = await s3Exchange(settings, KEYS)({ method: 'PUT', key, file: { path, hash, size } })
    answer.resume()
  }
  const keyOf = (hash: string): string => `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`

  test('content stands once under its hash, is read back as it was, and leaves nothing on the way', async () => {
    const stored = await store.put(BIG)
    expect(stored).toEqual({ hash: sha256(BIG), size: BIG.length, type: 'other' })
    expect(await store.put(BIG)).toEqual(stored)
    expect(Buffer.compare(await all(store.read(stored.hash)), BIG)).toBe(0)
    expect(await store.find(stored.hash)).toEqual(stored)
    expect(await store.has(stored.hash)).toBe(true)
    const small = await store.put(PDF)
    expect(await store.find(small.hash)).toEqual({ hash: small.hash, size: PDF.length, type: 'pdf' })
    expect(await all(toArray(store.list()))).toHaveLength(2)
    expect(await store.sweep()).toBe(0)
    expect(existsSync(join(spool, 'part')) ? readdirSync(join(spool, 'part')) : []).toEqual([])
  })

  test('content that is erased is gone, whether it stood there or not, and may come again', async () => {
    const bytes = new TextEncoder().encode('%PDF-1.7 到期')
    const { hash } = await store.put(bytes)
    await store.erase(hash)
    await store.erase(hash)
    await store.erase('../x')
    expect(await store.has(hash)).toBe(false)
    expect((await store.put(bytes)).hash).toBe(hash)
    expect(await store.has(hash)).toBe(true)
    await store.erase(hash)
  })

  test('what is not there, or is no hash at all, is not there', async () => {
    for (const hash of ['0'.repeat(64), '../../etc/passwd', '', 'A'.repeat(64)]) {
      expect(await store.has(hash)).toBe(false)
      expect(await store.find(hash)).toBeUndefined()
      expect(await codes(all(store.read(hash)))).toEqual(['files.missing'])
    }
  })

  test('what is refused stands nowhere', async () => {
    expect(await codes(store.put(new Uint8Array()))).toEqual(['files.empty'])
    expect(await codes(store.put(BIG.subarray(1), { limit: 1000 }))).toEqual(['files.too-large'])
    expect(await codes(store.put(PDF, { expect: sha256(BIG) }))).toEqual(['files.changed'])
    const script = Uint8Array.from(Buffer.from('%PDF-1.7 << /S /JavaScript >>'))
    expect(await codes(takeIn(store, script, { lookThrough: () => undefined }))).toEqual(['files.pdf-script'])
    expect(await store.has(sha256(script))).toBe(false)
    expect(await store.has(sha256(BIG.subarray(1)))).toBe(false)
  })

  test('a photo is stripped on its way there', async () => {
    const taken = await takeIn(store, photo(4000), { lookThrough: () => undefined })
    expect(taken.photo?.longitude).toBe('111.488333')
    expect(sha256(await all(store.read(taken.hash)))).toBe(taken.hash)
  })

  test('a changed, a missing and a foreign file are named; a changed one is never handed out whole and is mended by giving it again', async () => {
    const { hash } = await store.put(BIG)
    const bad = Uint8Array.from(BIG)
    bad[3] = (bad[3]! + 1) % 256
    await tamper(keyOf(hash), bad)
    await tamper('stray.txt', PDF)
    let received = 0
    const reading = (async () => {
      for await (const piece of store.read(hash)) received += piece.length
    })()
    expect(await codes(reading)).toEqual(['files.changed'])
    expect(received).toBeLessThan(BIG.length)
    const { problems } = await store.check([hash, '0'.repeat(64)])
    expect(problems.map((p) => [p.code, p.values['file'] ?? p.values['name']]).sort()).toEqual([
      ['files.changed', hash],
      ['files.missing', '0'.repeat(64)],
      ['files.stray', 'stray.txt'],
    ])
    await store.put(BIG)
    expect((await store.check([hash])).problems.map((p) => p.code)).toEqual(['files.stray'])
  })

  test('a backup reads what is there, and writing back does so only once and only the right bytes', async () => {
    const copy = openFileStore(join(home, 'copy'))
    for await (const hash of store.archive.list()) await copy.archive.write(hash, store.archive.read(hash))
    const there = openS3FileStore({ ...settings, prefix: 'again/' }, KEYS, join(home, 'spool-2'))
    for await (const hash of copy.list()) await there.archive.write(hash, copy.read(hash))
    const names = async (s: FileStore): Promise<readonly string[]> => {
      const found: string[] = []
      for await (const h of s.list()) found.push(h)
      return found.sort()
    }
    expect(await names(there)).toEqual(await names(copy))
    expect(await codes(there.archive.write('0'.repeat(64), toArray([PDF])))).toEqual(['files.changed'])
  })

  test('a wrong key or a server that is gone is told, and nothing is said to be stored', async () => {
    const stranger = openS3FileStore(settings, { ...KEYS, accessKeyId: 'STRANGER' }, join(home, 'spool-3'))
    expect(await codes(stranger.put(PDF))).toEqual(['files.write-failed'])
    const nowhere = openS3FileStore({ ...settings, endpoint: 'http://127.0.0.1:1' }, KEYS, join(home, 'spool-4'))
    expect(await codes(nowhere.put(PDF))).toEqual(['files.write-failed'])
    expect(await codes(nowhere.find(sha256(PDF)))).toEqual(['files.unreadable'])
    expect(await codes(all(nowhere.read(sha256(PDF))))).toEqual(['files.unreadable'])
    expect(readdirSync(join(home, 'spool-4', 'part'))).toEqual([])
  })
})

async function* toArray(of: AsyncIterable<string> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const one of of as AsyncIterable<string | Uint8Array>)
    yield typeof one === 'string' ? Uint8Array.of(1) : one
}
