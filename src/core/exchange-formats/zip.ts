// ZIP archives, written so that equal content gives equal bytes, and read so that no archive from outside can fill the
// memory or name a path outside its folder. Format: PKWARE APPNOTE 6.3.10. Every entry is checked against its CRC-32.

import { Inflate, zipSync } from 'fflate'
import { crc32 } from 'node:zlib'
import { atOnce, ProblemError, type Place, type Steps } from '../../kernel/index.ts'
import { problem } from './problems.ts'

export interface ZipLimits {
  /** All entries together, unpacked, in bytes. */
  readonly totalBytes: number
  readonly entries: number
}

/** 512 MB is ten times the largest workbook met; 10 000 entries is far above what Excel or a package holds. */
export const ZIP_LIMITS: ZipLimits = { totalBytes: 512 * 1024 * 1024, entries: 10_000 }
/** Sheets of empty styled rows pack up to about 100 : 1; bombs sit near deflate's own bound of 1032 : 1. */
export const MAX_RATIO = 400
/** Below this size even a perfect bomb is harmless, and small repetitive parts may pack very tight. */
const RATIO_FLOOR = 32 * 1024 * 1024
/** Input is inflated in steps this large, so that one step yields at most about 16 MB. */
const STEP = 16 * 1024
/** Stored data is passed on in pieces too, so that its reader never holds it twice. */
const STORED_STEP = 1024 * 1024
const END = 0x06054b50
const END64 = 0x06064b50
const END64_LOCATOR = 0x07064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50

export interface ZipEntry {
  readonly name: string
  /** Unpacked size in bytes; the content is refused unless it keeps to it. */
  readonly size: number
  /** Unpacks piece by piece. @throws ProblemError `zip.damaged` */
  stream(onChunk: (chunk: Uint8Array) => void): void
  /** The same, with a stop after every step of what is packed, so that its taker may work on what came and stop early. */
  pieces(onChunk: (chunk: Uint8Array) => void): Steps<void>
  /** Unpacks as a whole. @throws ProblemError `zip.damaged` */
  bytes(): Uint8Array
  /** As a whole, with a stop after every step of what is packed. */
  steps(): Steps<Uint8Array>
}

/** Kinds of files that are packed already: packing them again takes long and gains nothing. */
const PACKED = /\.(docx|xlsx|zip|png|jpe?g)$/i

/** Packs entries in the order of their names (UTF-16 code units), dated 1980-01-01, always at deflate level 6; what is packed
 *  already is stored. */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...entries.keys()].sort()
  // The ZIP date has no zone, and fflate takes it from the local fields: a local date gives the same bytes everywhere.
  const mtime = new Date(1980, 0, 1)
  return zipSync(
    Object.fromEntries(names.map((n) => [n, [entries.get(n)!, { mtime, level: PACKED.test(n) ? 0 : 6, os: 0 }]])),
  )
}

/** Unpacks an archive from outside, whole or only the entries that are wanted; names are checked of all.
 *  @throws ProblemError `zip.damaged`, `zip.too-large`, `zip.path-escape`, `zip.same-name`, `zip.encrypted` */
export const readZip = (...of: Parameters<typeof zipSteps>): Map<string, Uint8Array> => atOnce(zipSteps(...of))

/** The same in steps of an entry, a long entry in steps of some megabytes. */
export function* zipSteps(
  bytes: Uint8Array,
  limits: ZipLimits = ZIP_LIMITS,
  at?: Place,
  wanted: (name: string) => boolean = () => true,
): Steps<Map<string, Uint8Array>> {
  const out = new Map<string, Uint8Array>()
  for (const entry of openZip(bytes, limits, at)) {
    if (leaves(entry.name)) throw new ProblemError(problem('zip.path-escape', { name: entry.name }, at))
    if (entry.name.endsWith('/') || !wanted(entry.name)) continue
    out.set(entry.name, yield* entry.steps())
    yield
  }
  return out
}

function leaves(name: string): boolean {
  return (
    /^[/\\]|^[A-Za-z]:|\\|\0/.test(name) || name === '' || name.split('/').some((part) => part === '..' || part === '.')
  )
}

/** Lists the entries without unpacking them; names are as they stand and must not be used as paths.
 *  @throws ProblemError `zip.damaged`, `zip.too-large`, `zip.same-name`, `zip.encrypted` */
export function openZip(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS, at?: Place): readonly ZipEntry[] {
  const damaged = (reason: string): ProblemError => new ProblemError(problem('zip.damaged', { reason }, at))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const u16 = (o: number): number => {
    if (o < 0 || o + 2 > bytes.length) throw damaged('truncated')
    return view.getUint16(o, true)
  }
  const u32 = (o: number): number => {
    if (o < 0 || o + 4 > bytes.length) throw damaged('truncated')
    return view.getUint32(o, true)
  }
  const u64 = (o: number): number => u32(o) + u32(o + 4) * 2 ** 32

  const end = findEnd(bytes, view)
  if (end === undefined) throw damaged('no end record')
  let count = u16(end + 10)
  let offset = u32(end + 16)
  if ((count === 0xffff || offset === 0xffffffff) && end >= 20 && u32(end - 20) === END64_LOCATOR) {
    const end64 = u64(end - 12)
    if (u32(end64) !== END64) throw damaged('zip64 end record')
    count = u64(end64 + 32)
    offset = u64(end64 + 48)
  }
  if (count > limits.entries) throw new ProblemError(problem('zip.too-large', { what: `${count} entries` }, at))

  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let total = 0
  let packedTotal = 0
  for (let i = 0, o = offset; i < count; i++) {
    if (u32(o) !== CENTRAL) throw damaged('central directory')
    const flags = u16(o + 8)
    const method = u16(o + 10)
    const crc = u32(o + 16)
    let packed = u32(o + 20)
    let size = u32(o + 24)
    let start = u32(o + 42)
    const nameEnd = o + 46 + u16(o + 28)
    const extraEnd = nameEnd + u16(o + 30)
    if (extraEnd > bytes.length) throw damaged('truncated')
    const name = entryName(bytes.subarray(o + 46, nameEnd), (flags & 0x800) !== 0)
    for (let x = nameEnd; x + 4 <= extraEnd; x += 4 + u16(x + 2))
      if (u16(x) === 1) {
        // Only the fields that overflow stand here, in this order.
        let p = x + 4
        const long = (short: number): number => (short === 0xffffffff ? u64((p += 8) - 8) : short)
        size = long(size)
        packed = long(packed)
        start = long(start)
      }
    if ((flags & 1) !== 0) throw new ProblemError(problem('zip.encrypted', { name }, at))
    if (names.has(name)) throw new ProblemError(problem('zip.same-name', { name }, at))
    names.add(name)
    total += size
    packedTotal += packed
    if (total > limits.totalBytes)
      throw new ProblemError(problem('zip.too-large', { what: `> ${limits.totalBytes} B` }, at))
    if (size > RATIO_FLOOR && size > packed * MAX_RATIO)
      throw new ProblemError(
        problem('zip.too-large', { what: `${name} ${Math.round(size / Math.max(packed, 1))} : 1` }, at),
      )
    // Entries that share their packed bytes are the other kind of bomb.
    if (packedTotal > bytes.length) throw damaged('entries overlap')
    if (method !== 0 && method !== 8) throw damaged(`compression method ${method}`)

    const pieces = function* (onChunk: (chunk: Uint8Array) => void): Steps<void> {
      if (u32(start) !== LOCAL) throw damaged(`local header of ${name}`)
      const from = start + 30 + u16(start + 26) + u16(start + 28)
      if (from + packed > bytes.length) throw damaged('truncated')
      let got = 0
      let sum = 0
      const take = (chunk: Uint8Array): void => {
        got += chunk.length
        if (got > size) throw damaged(`${name} is longer than it says`)
        sum = crc32(chunk, sum)
        if (chunk.length > 0) onChunk(chunk)
      }
      const body = bytes.subarray(from, from + packed)
      if (method === 0)
        for (let o = 0; o < body.length; o += STORED_STEP) {
          take(body.subarray(o, o + STORED_STEP))
          yield
        }
      else yield* inflate(body, take, () => damaged(`packed data of ${name}`))
      if (got !== size || sum !== crc) throw damaged(`checksum of ${name}`)
    }
    const whole = function* (): Steps<Uint8Array> {
      const out = new Uint8Array(size)
      let n = 0
      yield* pieces((chunk) => {
        out.set(chunk, n)
        n += chunk.length
      })
      return out
    }
    entries.push({
      name,
      size,
      stream: (onChunk) => atOnce(pieces(onChunk)),
      pieces,
      bytes: () => atOnce(whole()),
      steps: whole,
    })
    o = extraEnd + u16(o + 32)
  }
  return entries
}

function* inflate(body: Uint8Array, take: (chunk: Uint8Array) => void, damaged: () => ProblemError): Steps<void> {
  // What the taker throws must come out as it is; only the inflater's own complaint means damage.
  let thrown: Error | undefined
  const inflater = new Inflate((chunk) => {
    try {
      take(chunk)
    } catch (error) {
      thrown = error as Error
      throw error
    }
  })
  try {
    for (let o = 0; o < body.length || o === 0; o += STEP) {
      inflater.push(body.subarray(o, o + STEP), o + STEP >= body.length)
      yield
    }
  } catch {
    throw thrown ?? damaged()
  }
}

/** The end record stands in the last 22 to 65557 bytes, before a comment of its stated length. */
function findEnd(bytes: Uint8Array, view: DataView): number | undefined {
  for (let o = bytes.length - 22; o >= 0 && o >= bytes.length - 65557; o--)
    if (view.getUint32(o, true) === END && o + 22 + view.getUint16(o + 20, true) <= bytes.length) return o
  return undefined
}

/** Names without the UTF-8 mark are UTF-8 or, from Chinese Windows, GBK. */
function entryName(raw: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !utf8, ignoreBOM: true }).decode(raw)
  } catch {
    return new TextDecoder('gb18030').decode(raw)
  }
}
