// Documents in an S3-compatible store, by setting: the same port as the folder, the same names (`aa/bb/<SHA-256>`), so that a
// folder can be copied into a bucket as it is. What comes in stands in a folder first, whole and looked at, and goes out from there.
// Always holds: the server is told the hash of what it receives; what is read back is checked like what is read from a disk.

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError, type Problem } from '../../kernel/index.ts'
import { openFileStore, type FileStore, type StoredFile } from './file-store.ts'
import { fileType, HEAD_BYTES } from './file-type.ts'
import { filesProblem } from './problems.ts'
import { s3Exchange, S3Refusal, type S3Keys, type S3Settings } from './s3-exchange.ts'
import { readThrough, wholeContent } from './whole-content.ts'

const HASH = /^[0-9a-f]{64}$/
const keyOf = (hash: string): string => `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`

/** @param spool a folder of this machine's, for what is on its way */
export function openS3FileStore(settings: S3Settings, keys: S3Keys, spool: string): FileStore {
  const exchange = s3Exchange(settings, keys)
  const waiting = openFileStore(spool)

  const failing =
    (problem: (reason: string) => Problem) =>
    (e: unknown): never => {
      if (e instanceof S3Refusal) throw new ProblemError(problem(e.message))
      throw e
    }
  const unreadable = (file: string) => failing((reason) => filesProblem('files.unreadable', { file, reason }))
  const isNone = (e: unknown): boolean => e instanceof S3Refusal && e.status === 404

  const put: FileStore['put'] = async (content, how) => {
    const stored = await waiting.put(content, how)
    const path = join(spool, keyOf(stored.hash))
    try {
      const { hash, size } = stored
      // Also where it stands already: what has rotted there is replaced by what was given now.
      const answer = await exchange({ method: 'PUT', key: keyOf(hash), file: { path, hash, size } }).catch(
        failing((reason) => filesProblem('files.write-failed', { reason })),
      )
      answer.resume()
      return stored
    } finally {
      await rm(path, { force: true })
    }
  }

  async function* raw(hash: string): AsyncGenerator<Uint8Array> {
    const missing = new ProblemError(filesProblem('files.missing', { file: hash }))
    if (!HASH.test(hash)) throw missing
    try {
      const answer = await exchange({ method: 'GET', key: keyOf(hash) })
      for await (const piece of answer) yield piece as Uint8Array
    } catch (e) {
      if (isNone(e)) throw missing
      if (e instanceof ProblemError) throw e
      const { code } = e as { readonly code?: string }
      // A line that breaks off in the middle is told by the stream itself.
      throw e instanceof S3Refusal || code !== undefined
        ? new ProblemError(filesProblem('files.unreadable', { file: hash, reason: code ?? (e as Error).message }))
        : e
    }
  }
  const read: FileStore['read'] = (hash) => wholeContent(hash, raw(hash))

  const find = async (hash: string): Promise<StoredFile | undefined> => {
    if (!HASH.test(hash)) return undefined
    try {
      const answer = await exchange({ method: 'GET', key: keyOf(hash), range: { from: 0, to: HEAD_BYTES - 1 } })
      const pieces: Uint8Array[] = []
      for await (const piece of answer) pieces.push(piece as Uint8Array)
      const head = Buffer.concat(pieces)
      // `bytes 0-65535/123456`; a server that sends all of a short one says only its length.
      const size = Number(/\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1] ?? head.length)
      return { hash, size, type: fileType(head.subarray(0, HEAD_BYTES)) }
    } catch (e) {
      if (isNone(e)) return undefined
      return unreadable(hash)(e)
    }
  }

  /** Keys below the prefix, a page of at most a thousand after the other. */
  async function* walk(): AsyncGenerator<string> {
    const { prefix = '' } = settings
    for (let token: string | undefined; ;) {
      const query = {
        'list-type': '2',
        prefix,
        ...(token === undefined ? {} : { 'continuation-token': token }),
      }
      const answer = await exchange({ method: 'GET', key: '', query }).catch(unreadable(settings.bucket))
      const pieces: Uint8Array[] = []
      for await (const piece of answer) pieces.push(piece as Uint8Array)
      const page = Buffer.concat(pieces).toString('utf8')
      for (const [, key] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) yield key!.slice(prefix.length)
      if (!/<IsTruncated>true<\/IsTruncated>/.test(page)) return
      token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(page)?.[1]
      if (token === undefined) return
    }
  }
  const isOurs = (key: string): boolean => HASH.test(key.slice(6)) && keyOf(key.slice(6)) === key

  async function* list(): AsyncGenerator<string> {
    for await (const key of walk()) if (isOurs(key)) yield key.slice(6)
  }

  return {
    put,
    read,
    find,
    list,
    has: async (hash) => {
      if (!HASH.test(hash)) return false
      try {
        const answer = await exchange({ method: 'HEAD', key: keyOf(hash) })
        answer.resume()
        return true
      } catch (e) {
        return isNone(e) ? false : unreadable(hash)(e)
      }
    },
    erase: async (hash) => {
      if (!HASH.test(hash)) return
      try {
        const answer = await exchange({ method: 'DELETE', key: keyOf(hash) })
        answer.resume()
      } catch (e) {
        if (!isNone(e)) failing((reason) => filesProblem('files.write-failed', { reason }))(e)
      }
    },
    check: async (expected = []) => {
      const problems: Problem[] = []
      const seen = new Set<string>()
      let bytes = 0
      for await (const key of walk()) {
        if (!isOurs(key)) {
          problems.push(filesProblem('files.stray', { folder: settings.bucket, name: key }))
          continue
        }
        const hash = key.slice(6)
        seen.add(hash)
        const result = await readThrough(read(hash))
        if (typeof result === 'number') bytes += result
        else problems.push(...result)
      }
      const missing = new Set<string>()
      for await (const hash of expected) if (!seen.has(hash)) missing.add(hash)
      problems.push(...[...missing].map((file) => filesProblem('files.missing', { file })))
      return { files: seen.size, bytes, problems }
    },
    sweep: async () => {
      let left = await waiting.sweep()
      for await (const hash of waiting.list()) {
        await rm(join(spool, keyOf(hash)), { force: true })
        left += 1
      }
      return left
    },
    archive: {
      list,
      read: raw,
      write: async (hash, bytes) => {
        if (typeof (await readThrough(read(hash))) === 'number') return
        await put(bytes, { limit: Number.MAX_SAFE_INTEGER, expect: hash })
      },
    },
  }
}
