// What a PDF holds beside pages: script, programs to start, encryption. Looked for in the whole file and in the packed object
// streams (ISO 32000-1, 7.5.7), names also where they are written with #xx (7.3.5).
// Always holds: a PDF that cannot be looked through is not called clean.

import { constants, inflateSync } from 'node:zlib'

export interface PdfFacts {
  /** Pages found; at least one wherever a reader shows something. */
  readonly pages: number
  /** Names of what would run by itself. */
  readonly active: readonly string[]
  readonly locked: boolean
  /** A stream of objects could not be opened, or all of them together are too large. */
  readonly damaged: boolean
}

/** What runs by itself, or runs other programs: ISO 32000-1, 12.6.4.5, 12.6.4.16; XFA forms and rich media carry script of their own.
 *  Files inside do nothing until somebody saves them, and electronic invoices come with one: they are not here. */
const ACTIVE = ['JavaScript', 'Launch', 'XFA', 'RichMedia', 'ImportData']
/** Objects of a thousand pages fill a few megabytes. */
const OBJECTS_MOST = 64 * 1024 * 1024
/** The file is looked through in windows, each with the beginning of the next: longer than any name that counts. */
const WINDOW = 1024 * 1024
const OVERLAP = 256

/** Everything is looked through, packed pictures as well: what only seems to be inside a stream is no hiding place.
 *  @param bytes a whole file that begins like a PDF */
export function pdfFacts(bytes: Uint8Array): PdfFacts {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { parts, damaged } = objectStreams(file)
  const found = new Set<string>()
  let pages = 0
  for (const part of [file, ...parts])
    for (let at = 0; at < part.length; at += WINDOW) {
      const text = part.toString('latin1', at, at + WINDOW + OVERLAP)
      for (const name of namesOf(text)) found.add(name)
      for (const m of text.matchAll(/\/Type\s*\/Page(?![A-Za-z])/g)) if (m.index < WINDOW) pages += 1
    }
  return { pages, active: ACTIVE.filter((name) => found.has(name)), locked: found.has('Encrypt'), damaged }
}

const WANTED = new Set([...ACTIVE, 'Encrypt'])

/** `/J#61vaScript` is `/JavaScript`. */
function namesOf(text: string): readonly string[] {
  const found: string[] = []
  for (const [name] of text.matchAll(/\/[A-Za-z#][A-Za-z0-9#]{1,60}/g)) {
    const plain = name
      .slice(1)
      .replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    if (WANTED.has(plain)) found.push(plain)
  }
  return found
}

function objectStreams(file: Buffer): { readonly parts: readonly Buffer[]; readonly damaged: boolean } {
  const parts: Buffer[] = []
  let left = OBJECTS_MOST
  for (let at = file.indexOf('ObjStm'); at >= 0; at = file.indexOf('ObjStm', at + 6)) {
    const begin = file.lastIndexOf(' obj', at)
    const word = file.indexOf('stream', at)
    if (begin < 0 || word < 0 || word - begin > DICTIONARY) continue
    // The word is followed by a line end (7.3.8.1).
    const start = word + 6 + (file[word + 6] === 0x0d && file[word + 7] === 0x0a ? 2 : 1)
    const close = file.indexOf('endstream', start)
    const filters = [...file.toString('latin1', begin, word).matchAll(/\/(\w+Decode|Fl|AHx|A85|LZW|Crypt)\b/g)].map(
      (m) => m[1]!,
    )
    if (close < 0 || filters.some((f) => f !== 'FlateDecode' && f !== 'Fl') || filters.length > 1)
      return { parts, damaged: true }
    try {
      const content = file.subarray(start, close)
      // The line end before `endstream` is no part of it; whoever inflates stops by itself.
      const part =
        filters.length === 0
          ? content
          : inflateSync(content, { maxOutputLength: left, finishFlush: constants.Z_SYNC_FLUSH })
      left -= part.length
      parts.push(part)
    } catch {
      return { parts, damaged: true }
    }
    if (left <= 0) return { parts, damaged: true }
  }
  return { parts, damaged: false }
}

/** A dictionary of a stream of objects is short; what is longer is no such thing. */
const DICTIONARY = 4096
