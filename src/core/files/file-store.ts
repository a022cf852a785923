// Documents by their content: a file stands as `aa/bb/<SHA-256 of its bytes>` and under no other name, the same content once.
// It is written elsewhere, synced, and only then gets its name. Which document belongs to what, and who may see it, is said
// by acts; here are bytes.
// Always holds: what stands under a hash is whole, or was damaged later and is found; whoever read all of it read that content.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import {
  folderDisk,
  type ArchiveFiles,
  type ArchiveFilesTarget,
  type JournalDisk,
  type JournalFile,
} from '../store/index.ts'
import { fileType, HEAD_BYTES, type FileType } from './file-type.ts'
import { filesProblem } from './problems.ts'
import { readThrough, wholeContent } from './whole-content.ts'

/** Largest document, in bytes, where nothing else is said: a scanned contract of some hundred pages stays below. */
export const FILE_LIMIT_BYTES = 100 * 1024 * 1024

export interface StoredFile {
  /** SHA-256 of the content, 64 hexadecimal digits. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
  readonly type: FileType
}

export interface FilesReport {
  readonly files: number
  readonly bytes: number
  readonly problems: readonly Problem[]
}

/** Looks at content that has come in whole and has no name yet. It may refuse it, by throwing a ProblemError; what it returns is
 *  stored instead of what was given. @param bytes reads all of it into memory */
export type Look = (file: StoredFile, bytes: () => Promise<Uint8Array>) => Promise<Uint8Array | undefined>

export interface FileStore {
  /** Stores content while it comes in. @param how.limit most bytes @param how.expect the hash it must have
   *  @param how.look may refuse it or put other content in its place
   *  @throws ProblemError `files.empty`, `files.too-large`, `files.write-failed`, `files.changed`; what the source throws is
   *  thrown on. Then nothing new stands under any hash */
  put(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    how?: { readonly limit?: number; readonly expect?: string; readonly look?: Look },
  ): Promise<StoredFile>
  has(hash: string): Promise<boolean>
  find(hash: string): Promise<StoredFile | undefined>
  /** The last piece comes only after the whole was found right. @throws ProblemError `files.missing`, `files.changed`, `files.unreadable` */
  read(hash: string): AsyncGenerator<Uint8Array>
  /** Content whose time is over is gone for good; whether it is over is said by acts. Nothing where it does not stand.
   *  @throws ProblemError `files.write-failed` */
  erase(hash: string): Promise<void>
  /** All hashes, in their order. */
  list(): AsyncGenerator<string>
  /** Reads everything. @param expected hashes that must be there */
  check(expected?: Iterable<string> | AsyncIterable<string>): Promise<FilesReport>
  /** Removes what interrupted uploads left. Only while nobody uploads: at start, under the lock of the folder. */
  sweep(): Promise<number>
  /** Content as a backup wants it: what has rotted is read as it is, for the backup says so and goes on. Writing does nothing
   *  where the document stands whole, and throws ProblemError `files.changed` where the bytes are others. */
  readonly archive: ArchiveFiles & ArchiveFilesTarget
}

const HASH = /^[0-9a-f]{64}$/
const PAIR = /^[0-9a-f]{2}$/
/** Where content waits for its hash. */
const PART = 'part'
const PIECE = 256 * 1024

const folderOf = (hash: string): string => `${hash.slice(0, 2)}/${hash.slice(2, 4)}`
const pathOf = (hash: string): string => `${folderOf(hash)}/${hash}`
const codeOf = (e: unknown): string | undefined =>
  e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : undefined
const isBug = (e: unknown): boolean => e instanceof ProblemError || codeOf(e) === undefined

/** @param diskAt the disk as seen from a folder */
export function openFileStore(folder: string, diskAt: (dir: string) => JournalDisk = folderDisk): FileStore {
  const root = diskAt(folder)
  const under = (path: string): JournalDisk => diskAt(join(folder, path))
  let parts = 0

  /** What the disk refuses while writing becomes a problem; what the source of the bytes throws is not the disk's. */
  const writing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (e) {
      if (isBug(e)) throw e
      throw new ProblemError(filesProblem('files.write-failed', { reason: codeOf(e)! }))
    }
  }

  async function newPart(): Promise<{ readonly path: string; readonly file: JournalFile }> {
    await under(PART).makeFolder()
    for (;;) {
      const path = `${PART}/${(parts += 1)}`
      try {
        return { path, file: await root.open(path, 'create') }
      } catch (e) {
        if (codeOf(e) !== 'EEXIST') throw e
      }
    }
  }

  const put: FileStore['put'] = async (content, { limit = FILE_LIMIT_BYTES, expect, look } = {}) => {
    const { path, file } = await writing(newPart)
    let open = true
    let stands = false
    try {
      const found = await pour(content, file, limit)
      await writing(() => file.sync())
      open = false
      await writing(() => file.close())
      if (expect !== undefined && expect !== found.hash)
        throw new ProblemError(filesProblem('files.changed', { file: expect }))
      const instead = await look?.(found, () => wholePart(path, found.size))
      if (instead) return await put(instead, { limit })
      // What stands there whole stays; what has rotted is replaced by what was given now.
      if (!(await isWhole(found.hash))) {
        await writing(async () => {
          await under(folderOf(found.hash)).makeFolder()
          await root.rename(path, pathOf(found.hash))
          stands = true
          await under(folderOf(found.hash)).syncFolder()
        })
      }
      return found
    } finally {
      // Whatever happened, the caller hears of that and not of a clean-up that did not succeed: `sweep` does it again.
      if (open) await file.close().catch(() => undefined)
      if (!stands) await root.remove(path).catch(() => undefined)
    }
  }

  /** What has come in, read back. */
  async function wholePart(path: string, size: number): Promise<Uint8Array> {
    const file = await writing(() => root.open(path, 'read'))
    try {
      const bytes = new Uint8Array(size)
      for (let at = 0; at < size;) {
        const got = await writing(() => file.read(bytes.subarray(at, Math.min(size, at + PIECE)), at))
        if (got === 0) throw new ProblemError(filesProblem('files.write-failed', { reason: 'EIO' }))
        at += got
      }
      return bytes
    } finally {
      await file.close().catch(() => undefined)
    }
  }

  async function pour(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    file: JournalFile,
    limit: number,
  ): Promise<StoredFile> {
    const hash = createHash('sha256')
    const head = new Uint8Array(HEAD_BYTES)
    let size = 0
    const add = async (piece: Uint8Array): Promise<void> => {
      if (size + piece.length > limit)
        throw new ProblemError(filesProblem('files.too-large', { limitMb: Math.floor(limit / 1024 / 1024) }))
      if (size < HEAD_BYTES) head.set(piece.subarray(0, HEAD_BYTES - size), size)
      hash.update(piece)
      const written = await writing(() => file.write(piece, size))
      // A disk takes fewer bytes than offered when it is full.
      if (written < piece.length) throw new ProblemError(filesProblem('files.write-failed', { reason: 'ENOSPC' }))
      size += piece.length
    }
    if (content instanceof Uint8Array) await add(content)
    else for await (const piece of content) await add(piece)
    if (size === 0) throw new ProblemError(filesProblem('files.empty'))
    return { hash: hash.digest('hex'), size, type: fileType(head.subarray(0, Math.min(size, HEAD_BYTES))) }
  }

  /** Works on an open file; undefined where there is none. */
  async function onFile<T>(hash: string, work: (file: JournalFile) => Promise<T>): Promise<T | undefined> {
    if (!HASH.test(hash)) return undefined
    try {
      const file = await root.open(pathOf(hash), 'read')
      try {
        return await work(file)
      } finally {
        await file.close().catch(() => undefined)
      }
    } catch (e) {
      if (codeOf(e) === 'ENOENT') return undefined
      if (isBug(e)) throw e
      throw new ProblemError(filesProblem('files.unreadable', { file: hash, reason: codeOf(e)! }))
    }
  }

  async function* raw(hash: string): AsyncGenerator<Uint8Array> {
    const missing = (): ProblemError => new ProblemError(filesProblem('files.missing', { file: hash }))
    if (!HASH.test(hash)) throw missing()
    let file: JournalFile | undefined
    try {
      file = await root.open(pathOf(hash), 'read')
      for (let at = 0; ;) {
        const piece = new Uint8Array(PIECE)
        const length = await file.read(piece, at)
        if (length === 0) return
        at += length
        yield piece.subarray(0, length)
      }
    } catch (e) {
      if (codeOf(e) === 'ENOENT') throw missing()
      if (isBug(e)) throw e
      throw new ProblemError(filesProblem('files.unreadable', { file: hash, reason: codeOf(e)! }))
    } finally {
      await file?.close().catch(() => undefined)
    }
  }

  const read: FileStore['read'] = (hash) => wholeContent(hash, raw(hash))

  const isWhole = async (hash: string): Promise<boolean> => typeof (await readThrough(read(hash))) === 'number'

  async function names(path: string): Promise<readonly string[]> {
    try {
      return [...(await under(path).list())].sort()
    } catch (e) {
      if (codeOf(e) === 'ENOENT') return []
      if (isBug(e)) throw e
      throw new ProblemError(filesProblem('files.unreadable', { file: path, reason: codeOf(e)! }))
    }
  }

  /** Every name there is, ours or not. */
  async function* walk(): AsyncGenerator<{ readonly folder: string; readonly name: string; readonly ours: boolean }> {
    for (const a of await names('.')) {
      if (a === PART) continue
      if (!PAIR.test(a)) {
        yield { folder: '.', name: a, ours: false }
        continue
      }
      for (const b of await names(a)) {
        if (!PAIR.test(b)) {
          yield { folder: a, name: b, ours: false }
          continue
        }
        for (const name of await names(`${a}/${b}`))
          yield { folder: `${a}/${b}`, name, ours: HASH.test(name) && folderOf(name) === `${a}/${b}` }
      }
    }
  }

  async function* list(): AsyncGenerator<string> {
    for await (const { name, ours } of walk()) if (ours) yield name
  }

  return {
    put,
    read,
    list,
    has: async (hash) => (await onFile(hash, () => Promise.resolve(true))) === true,
    find: (hash) =>
      onFile(hash, async (file) => {
        const head = new Uint8Array(HEAD_BYTES)
        let length = 0
        for (let got = -1; got !== 0 && length < HEAD_BYTES; length += got)
          got = await file.read(head.subarray(length), length)
        return { hash, size: await file.size(), type: fileType(head.subarray(0, length)) }
      }),
    check: async (expected = []) => {
      const problems: Problem[] = []
      const seen = new Set<string>()
      let bytes = 0
      for await (const { folder: at, name, ours } of walk()) {
        if (!ours) {
          problems.push(filesProblem('files.stray', { folder: at, name }))
          continue
        }
        seen.add(name)
        const result = await readThrough(read(name))
        if (typeof result === 'number') bytes += result
        else problems.push(...result)
      }
      const missing = new Set<string>()
      for await (const hash of expected) if (!seen.has(hash)) missing.add(hash)
      problems.push(...[...missing].map((file) => filesProblem('files.missing', { file })))
      return { files: seen.size, bytes, problems }
    },
    erase: async (hash) => {
      if (!HASH.test(hash)) return
      try {
        await root.remove(pathOf(hash))
        await under(folderOf(hash)).syncFolder()
      } catch (e) {
        if (codeOf(e) === 'ENOENT') return
        if (isBug(e)) throw e
        throw new ProblemError(filesProblem('files.write-failed', { reason: codeOf(e)! }))
      }
    },
    sweep: async () => {
      const left = await names(PART)
      for (const name of left) await writing(() => root.remove(`${PART}/${name}`))
      return left.length
    },
    archive: {
      list,
      read: raw,
      write: async (hash, bytes) => {
        if (await isWhole(hash)) return
        await put(bytes, { limit: Number.MAX_SAFE_INTEGER, expect: hash })
      },
    },
  }
}
