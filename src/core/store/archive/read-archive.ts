// Reads a backup, and checks one: the seal first (one hash over the packed bytes), then every line. Where the seal
// does not hold, the file is unpacked as far as it goes to say which row is damaged.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import { basename } from 'node:path'
import { assert, type Problem, ProblemError } from '../../../kernel/index.ts'
import { type ArchiveOrder, archiveOrder, type ArchivePart } from './archive-order.ts'
import { type ArchiveHeader, type ArchiveSummary, readSeal, SEAL_SIZE, type Seal, whereValues } from './format.ts'
import { problem } from './problems.ts'

/** The parts of a backup in their order, one in memory at a time. Every line is checked; the seal is not (see
 *  `checkArchive`). @throws ProblemError `archive.…` */
export async function* readArchive(path: string): AsyncGenerator<ArchivePart> {
  const order = archiveOrder()
  const { size } = await sealOf(path)
  try {
    for await (const line of unpackedLines(path, size)) yield order.take(line)
  } catch (error) {
    throw asProblem(error, path, order)
  }
  if (!order.summary()) throw named(problem('archive.cut', whereValues(order.where())), path)
}

/** What a backup says of itself: cheap, for choosing. @throws ProblemError `archive.…` */
export async function readArchiveHeader(path: string): Promise<ArchiveHeader> {
  for await (const part of readArchive(path)) if (part.part === 'header') return part.header
  throw named(problem('archive.not-a-backup'), path)
}

/** Reads all of a backup and compares every count and hash. @throws ProblemError naming what is damaged, and where */
export async function checkArchive(path: string): Promise<ArchiveSummary> {
  const { seal, size } = await sealOf(path)
  if (!seal) throw await findDamage(path, size + SEAL_SIZE, false)
  if ((await hashOf(path, size)) !== seal.sha256) throw await findDamage(path, size, true)
  let summary: ArchiveSummary | undefined
  for await (const part of readArchive(path)) if (part.part === 'total') summary = part.summary
  assert(summary, 'a backup that was read to its end has its totals')
  return summary
}

/** The seal, if the file ends with one, and the bytes before where it should be. */
async function sealOf(path: string): Promise<{ readonly seal: Seal | undefined; readonly size: number }> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const { size } = await file.stat()
    const before = Math.max(0, size - SEAL_SIZE)
    const bytes = Buffer.alloc(Math.min(size, SEAL_SIZE))
    await file.read(bytes, 0, bytes.length, before)
    const seal = readSeal(bytes)
    return { seal: seal?.packed === before ? seal : undefined, size: before }
  } catch (error) {
    throw asProblem(error, path)
  } finally {
    await file?.close()
  }
}

async function hashOf(path: string, size: number): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const piece of packedBytes(path, size)) hash.update(piece as Buffer)
  } catch (error) {
    throw asProblem(error, path)
  }
  return hash.digest('hex')
}

/** The first `size` bytes of a file, or all of a shorter one. */
const packedBytes = (path: string, size: number) =>
  size === 0 ? [] : createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 })

/** A line never is longer: a cell holds 1 GB at most, and rows of ours stay far below. Bytes. */
const LINE_LIMIT = 256 * 1024 * 1024

async function* unpackedLines(path: string, size: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 128 * 1024 })
  const input = createReadStream(path, { start: 0, end: Math.max(0, size - 1) })
  input.on('error', (error) => gunzip.destroy(error))
  input.pipe(gunzip)
  const lines = lineCutter()
  try {
    for await (const piece of gunzip) yield* lines.cut(piece as Buffer)
  } finally {
    input.destroy()
    gunzip.destroy()
  }
}

/** Cuts pieces into lines. What follows the last line feed is dropped: a whole backup ends with one. */
function lineCutter(): { cut(piece: Buffer): Generator<Buffer> } {
  let rest: Buffer[] = []
  let length = 0
  return {
    *cut(piece) {
      let from = 0
      for (let end: number; (end = piece.indexOf(10, from)) >= 0; from = end + 1) {
        const last = piece.subarray(from, end)
        yield rest.length === 0 ? last : Buffer.concat([...rest, last])
        rest = []
        length = 0
      }
      if (from < piece.length) rest.push(piece.subarray(from))
      length += piece.length - from
      if (length > LINE_LIMIT) throw Object.assign(new Error('line too long'), { code: 'Z_DATA_ERROR' })
    },
  }
}

/** Unpacks a backup whose seal is missing or does not hold, in the smallest steps, so that each line before the damage is seen. */
async function findDamage(path: string, size: number, sealed: boolean): Promise<ProblemError> {
  const order = archiveOrder()
  const lines = lineCutter()
  const gunzip = createGunzip({ chunkSize: 64 })
  let found: unknown
  // Flowing, since what a stream had still kept back when it fails is lost.
  gunzip.on('data', (piece: Buffer) => {
    try {
      if (found === undefined && !order.summary()) for (const line of lines.cut(piece)) order.take(line)
    } catch (error) {
      found = error
    }
  })
  const ended = once(gunzip, 'end').then(
    () => '',
    (error: unknown) => reasonOf(error),
  )
  try {
    for await (const piece of packedBytes(path, size)) {
      if (gunzip.destroyed || found !== undefined) break
      if (!gunzip.write(piece)) await Promise.race([once(gunzip, 'drain').catch(() => undefined), ended])
    }
  } catch (error) {
    return asProblem(error, path)
  }
  gunzip.end()
  const broke = found === undefined ? await ended : ''
  gunzip.destroy()
  const damaged = named(problem('archive.damaged', whereValues(order.where())), path)
  if (order.summary() && !found)
    return sealed
      ? named(problem('archive.packing-damaged'), path)
      : named(problem('archive.damaged', whereValues({ part: 'seal' })), path)
  // With its seal in place the file is a backup and has its length.
  if (sealed) return damaged
  if (found !== undefined) return asProblem(found, path, order)
  if (broke !== 'Z_DATA_ERROR') return named(problem('archive.cut', whereValues(order.where())), path)
  return order.where().part === 'header' ? named(problem('archive.not-a-backup'), path) : damaged
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message

const named = (p: Problem, path: string): ProblemError => new ProblemError({ ...p, at: { file: basename(path) } })

function asProblem(error: unknown, path: string, order?: ArchiveOrder): ProblemError {
  if (error instanceof ProblemError) return named(error.problems[0]!, path)
  const reason = reasonOf(error)
  if (order && reason.startsWith('Z_')) {
    const cut = reason === 'Z_BUF_ERROR'
    return named(problem(cut ? 'archive.cut' : 'archive.damaged', whereValues(order.where())), path)
  }
  return named(problem('archive.unreadable', { reason }), path)
}
