// The file store promises: whole content under its hash or nothing there, whatever fails and whenever the power goes; what
// was damaged later is named and never handed out as whole.

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { memoryDisk, type DiskFailure, type MemoryDisk } from '../store/journal/memory-disk.fixture.ts'
import type { JournalDisk } from '../store/index.ts'
import { openFileStore, type FileStore } from './file-store.ts'

const sha256 = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')
const words = (text: string): Uint8Array => new TextEncoder().encode(text)
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
async function* inPieces(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield await Promise.resolve(content.subarray(at, at + size))
}
const hashes = async (store: FileStore): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const h of store.list()) found.push(h)
  return found
}

/** Folders within one disk in memory. */
const within =
  (disk: MemoryDisk) =>
  (dir: string): JournalDisk => {
    const prefix = dir === 'f' ? '' : `${dir.slice(2)}/`
    return {
      ...disk,
      list: async () => [
        ...new Set(
          (await disk.list()).filter((n) => n.startsWith(prefix)).map((n) => n.slice(prefix.length).split('/')[0]!),
        ),
      ],
      open: (name, mode) => disk.open(prefix + name, mode),
      rename: (from, to) => disk.rename(prefix + from, prefix + to),
      remove: (name) => disk.remove(prefix + name),
    }
  }
const storeOn = (disk: MemoryDisk): FileStore => openFileStore('f', within(disk))
const ONE = words('第一份文件')
const BIG = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7919) % 251)

describe('on a real folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qs-files-'))
  const store = openFileStore(join(folder, 'files'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('content stands once under its hash and is read back as it was', async () => {
    const stored = await store.put(inPieces(BIG, 9_999))
    expect(stored).toEqual({ hash: sha256(BIG), size: BIG.length, type: 'other' })
    expect(await store.put(BIG)).toEqual(stored)
    expect(Buffer.compare(await all(store.read(stored.hash)), BIG)).toBe(0)
    expect(await store.find(stored.hash)).toEqual(stored)
    expect(await store.has(stored.hash)).toBe(true)
    expect(readdirSync(join(folder, 'files', stored.hash.slice(0, 2), stored.hash.slice(2, 4)))).toEqual([stored.hash])
    expect(readdirSync(join(folder, 'files', 'part'))).toEqual([])
  })

  test('what is not there, or is no hash at all, is not there', async () => {
    for (const hash of [sha256(ONE), '../../etc/passwd', '', 'A'.repeat(64)]) {
      expect(await store.has(hash)).toBe(false)
      expect(await store.find(hash)).toBeUndefined()
      expect(await codes(all(store.read(hash)))).toEqual(['files.missing'])
    }
  })

  test('empty and too large content is refused and leaves nothing', async () => {
    expect(await codes(store.put(new Uint8Array()))).toEqual(['files.empty'])
    expect(await codes(store.put(inPieces(BIG, 1000), { limit: BIG.length - 1 }))).toEqual(['files.too-large'])
    expect((await store.put(BIG, { limit: BIG.length })).size).toBe(BIG.length)
    expect(readdirSync(join(folder, 'files', 'part'))).toEqual([])
  })

  test('when the sender breaks off, its error is heard and nothing stands', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(ONE)
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' })
    }
    await expect(store.put(broken())).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await store.has(sha256(ONE))).toBe(false)
    expect(readdirSync(join(folder, 'files', 'part'))).toEqual([])
  })

  test('content that is not what it should be is refused', async () => {
    expect(await codes(store.put(ONE, { expect: sha256(BIG) }))).toEqual(['files.changed'])
    expect(await store.has(sha256(ONE))).toBe(false)
  })

  test('one changed byte is found, named, never handed out whole, and mended by giving the file again', async () => {
    const { hash } = await store.put(BIG)
    const path = join(folder, 'files', hash.slice(0, 2), hash.slice(2, 4), hash)
    const bad = Uint8Array.from(BIG)
    bad[3] = (bad[3]! + 1) % 256
    writeFileSync(path, bad)
    let received = 0
    const reading = (async () => {
      for await (const piece of store.read(hash)) received += piece.length
    })()
    expect(await codes(reading)).toEqual(['files.changed'])
    expect(received).toBeLessThan(BIG.length)
    writeFileSync(join(folder, 'files', 'stray.txt'), 'x')
    const { problems } = await store.check([hash, sha256(ONE)])
    expect(problems.map((p) => [p.code, p.values['file'] ?? p.values['name']])).toEqual([
      ['files.changed', hash],
      ['files.stray', 'stray.txt'],
      ['files.missing', sha256(ONE)],
    ])
    rmSync(join(folder, 'files', 'stray.txt'))
    await store.put(BIG)
    expect(await store.check([hash])).toEqual({ files: 1, bytes: BIG.length, problems: [] })
  })

  test('a backup reads even what has rotted, and writing back does so only once and only the right bytes', async () => {
    const copy = openFileStore(join(folder, 'copy'))
    for await (const hash of store.archive.list()) await copy.archive.write(hash, store.archive.read(hash))
    expect(await hashes(copy)).toEqual(await hashes(store))
    const [hash] = await hashes(copy)
    let asked = false
    async function* never(): AsyncGenerator<Uint8Array> {
      asked = true
      yield await Promise.resolve(ONE)
    }
    await copy.archive.write(hash!, never())
    expect(asked).toBe(false)
    expect(await codes(copy.archive.write('0'.repeat(64), never()))).toEqual(['files.changed'])
    writeFileSync(join(folder, 'copy', hash!.slice(0, 2), hash!.slice(2, 4), hash!), ONE)
    expect(await all(copy.archive.read(hash!))).toEqual(Buffer.from(ONE))
  })

  test('the same content at the same time stands once', async () => {
    const both = openFileStore(join(folder, 'both'))
    const puts = await Promise.all([1, 2, 3].map((n) => both.put(inPieces(BIG, n * 10_000))))
    expect(new Set(puts.map((p) => p.hash)).size).toBe(1)
    expect((await both.check([sha256(BIG)])).problems).toEqual([])
    expect(await both.sweep()).toBe(0)
  })
})

describe('on a disk that fails', () => {
  const used = async (): Promise<number> => {
    const disk = memoryDisk()
    await storeOn(disk).put(inPieces(ONE, 5))
    return disk.calls()
  }
  /** Under a final name stands only what has that name's hash. */
  const whole = (disk: MemoryDisk): void => {
    for (const name of Object.keys(disk.content()))
      if (!name.startsWith('part/')) expect(sha256(disk.bytes(name))).toBe(name.split('/')[2])
  }

  test('whichever call fails, and however, nothing half stands under its name; trying again succeeds', async () => {
    const calls = await used()
    expect(calls).toBeGreaterThan(8)
    for (let at = 1; at <= calls; at++)
      for (const write of [0, 2, 'short'] as const)
        for (const forGood of [false, true]) {
          const failure: DiskFailure = { at, code: 'ENOSPC', write, forGood }
          const disk = memoryDisk(failure)
          const found = await codes(storeOn(disk).put(inPieces(ONE, 5)))
          // Closing what was synced, and asking whether it stands there already, may fail without harm.
          if (found.length > 0) expect(found).toEqual(['files.write-failed'])
          else expect(await all(storeOn(disk.afterKill()).read(sha256(ONE)))).toEqual(Buffer.from(ONE))
          whole(disk)
          const later = disk.afterKill()
          const store = storeOn(later)
          await store.put(ONE)
          await store.sweep()
          expect(Object.keys(later.content())).toEqual([expect.stringContaining(sha256(ONE))])
          expect((await store.check([sha256(ONE)])).problems).toEqual([])
        }
  })

  test('after a power cut at any call, what was acknowledged is whole, and what stands under a name is whole', async () => {
    const calls = await used()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: calls + 1 }), fc.infiniteStream(fc.nat()), async (at, luck) => {
        const disk = memoryDisk({ at, code: 'EIO', forGood: true })
        const found = await codes(storeOn(disk).put(inPieces(ONE, 5)))
        const later = disk.afterPowerCut((most) => luck.next().value % (most + 1))
        whole(later)
        if (found.length === 0) expect(await all(storeOn(later).read(sha256(ONE)))).toEqual(Buffer.from(ONE))
      }),
    )
  })

  test('a file that cannot be read is named, the others are checked', async () => {
    const disk = memoryDisk()
    await storeOn(disk).put(ONE)
    const two = await storeOn(disk).put(words('第二份'))
    let failed = 0
    for (let at = 1; at < 40; at++) {
      const sick = memoryDisk({ at, code: 'EIO' }, new Map(Object.keys(disk.content()).map((n) => [n, disk.bytes(n)])))
      const report = await storeOn(sick)
        .check([sha256(ONE), two.hash])
        .catch((e: unknown) => (e instanceof ProblemError ? e : Promise.reject(e as Error)))
      if (report.problems.length > 0) {
        expect(report.problems.map((p) => p.code)).toEqual(['files.unreadable'])
        failed += 1
      }
    }
    expect(failed).toBeGreaterThan(4)
  })
})
