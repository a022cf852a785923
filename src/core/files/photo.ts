// Photos: where and when they were taken is read into fields, and everything a camera writes beside the picture is taken out
// before the photo is stored: place, device, owner, thumbnails, what is appended. Colours and which side is up stay.
// Sources: JPEG, ITU-T T.81 annex B; Exif 2.32 (CIPA DC-008) for the tags; PNG, W3C third edition, section 5.

import { ProblemError } from '../../kernel/index.ts'
import { filesProblem } from './problems.ts'

export interface PhotoFacts {
  /** As the camera's clock said: `2026-03-02T09:30:00`, with its offset where the camera wrote one. */
  readonly takenAt?: string
  /** Degrees, WGS 84, six decimals: about 0.1 m. */
  readonly longitude?: string
  readonly latitude?: string
}

/** What the photo says of itself; nothing of what is damaged or missing. */
export async function photoFacts(bytes: Uint8Array): Promise<PhotoFacts> {
  const { default: exifr } = await import('exifr')
  const read = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch {
      // Foreign bytes: whatever the reader trips over, there is no such fact.
      return undefined
    }
  }
  const tags = await read(
    () =>
      exifr.parse(bytes, {
        pick: ['DateTimeOriginal', 'OffsetTimeOriginal', 'Orientation'],
        reviveValues: false,
        translateValues: false,
      }) as Promise<Readonly<Record<string, unknown>> | undefined>,
  )
  const place = await read(() => exifr.gps(bytes) as Promise<{ latitude?: unknown; longitude?: unknown } | undefined>)
  const takenAt = momentOf(tags?.['DateTimeOriginal'], tags?.['OffsetTimeOriginal'])
  return { ...(takenAt === undefined ? {} : { takenAt }), ...degreesOf(place) }
}

function momentOf(said: unknown, offset: unknown): string | undefined {
  const m = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(String(said ?? ''))
  if (!m || Number.isNaN(Date.parse(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}Z`))) return undefined
  const zone = /^[+-]\d\d:\d\d$/.exec(String(offset ?? '').trim())?.[0] ?? ''
  return `${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}${zone}`
}

function degreesOf(place: { latitude?: unknown; longitude?: unknown } | undefined): PhotoFacts {
  const { latitude, longitude } = place ?? {}
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return {}
  // Cameras without a fix write zero, or nothing that is a number.
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) || (latitude === 0 && longitude === 0)) return {}
  return { longitude: longitude.toFixed(6), latitude: latitude.toFixed(6) }
}

/** The photo without what is not the picture. @throws ProblemError `files.damaged-picture` */
export const strippedPhoto = (type: 'jpeg' | 'png', bytes: Uint8Array): Uint8Array =>
  type === 'jpeg' ? strippedJpeg(bytes) : strippedPng(bytes)

const damaged = (): ProblemError => new ProblemError(filesProblem('files.damaged-picture'))

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const COM = 0xfe

/** Of the application segments only JFIF, the colour profile and Adobe's colour transform belong to the picture. */
function keptSegment(marker: number, body: Uint8Array): boolean {
  const begins = (word: string): boolean => Buffer.from(body.subarray(0, word.length)).toString('latin1') === word
  if (marker === COM) return false
  if (marker < APP0 || marker > APP15) return true
  if (marker === APP0) return begins('JFIF\0')
  if (marker === APP2) return begins('ICC_PROFILE\0')
  return marker === APP14 && begins('Adobe')
}

function strippedJpeg(bytes: Uint8Array): Uint8Array {
  const u16 = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw damaged()
  const kept: Uint8Array[] = []
  let side = 1
  for (let at = 2; ;) {
    // Any number of fill bytes may stand before a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1
    if (bytes[at] !== 0xff || at + 1 >= bytes.length) throw damaged()
    const marker = bytes[at + 1]!
    // What stands behind the end is no part of the picture: films, thumbnails, notes of the maker.
    if (marker === EOI) {
      kept.push(Uint8Array.of(0xff, EOI))
      break
    }
    const length = u16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) throw damaged()
    const body = bytes.subarray(at + 4, end)
    if (marker === APP1) side = orientationOf(body) ?? side
    if (keptSegment(marker, body)) kept.push(bytes.subarray(at, end))
    at = end
    if (marker === SOS) {
      const next = endOfScan(bytes, at)
      kept.push(bytes.subarray(at, next))
      at = next
    }
  }
  return Buffer.concat([Uint8Array.of(0xff, SOI), ...(side === 1 ? [] : [sideSegment(side)]), ...kept])
}

/** Where coded data end: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw damaged()
}

const ORIENTATION = 0x0112

/** Which side is up, 1 to 8, out of the first directory of an Exif segment. */
function orientationOf(body: Uint8Array): number | undefined {
  const exif = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (exif.toString('latin1', 0, 6) !== 'Exif\0\0' || exif.length < 14) return undefined
  const little = exif.toString('latin1', 6, 8) === 'II'
  const u16 = (at: number): number =>
    at + 2 > exif.length ? 0 : little ? exif.readUInt16LE(at) : exif.readUInt16BE(at)
  const first = 6 + (little ? exif.readUInt32LE(10) : exif.readUInt32BE(10))
  for (let i = 0, at = first + 2; i < u16(first) && at + 12 <= exif.length; i++, at += 12)
    if (u16(at) === ORIENTATION) {
      const side = u16(at + 8)
      return side >= 1 && side <= 8 ? side : undefined
    }
  return undefined
}

/** An Exif segment that says which side is up and nothing else. */
const sideSegment = (side: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, APP1, 0x00, 0x22],
    ...Buffer.from('Exif\0\0MM', 'latin1'),
    ...[0x00, 0x2a, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01],
    // One entry: tag, type SHORT, one value, the value; then no further directory.
    ...[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, side, 0x00, 0x00],
    ...[0x00, 0x00, 0x00, 0x00],
  ])

const PNG_HEAD = 8
/** Chunks that say something beside the picture: Exif, texts, the time of the last change. */
const BESIDE = ['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']

function strippedPng(bytes: Uint8Array): Uint8Array {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [png.subarray(0, PNG_HEAD)]
  for (let at = PNG_HEAD; ;) {
    if (at + 12 > png.length) throw damaged()
    const end = at + 12 + png.readUInt32BE(at)
    if (end > png.length) throw damaged()
    const name = png.toString('latin1', at + 4, at + 8)
    if (!BESIDE.includes(name)) kept.push(png.subarray(at, end))
    at = end
    // What follows the end is no part of the picture.
    if (name === 'IEND') return Buffer.concat(kept)
  }
}
