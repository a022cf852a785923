// What a document is, judged by its first bytes and never by its name: a name can say anything. What is shown to a browser
// depends on it, so whatever is not surely one of these is `other` and only offered for saving.

import type { Text } from '../../kernel/index.ts'

export const FILE_TYPES = {
  pdf: { title: { zh: 'PDF', en: 'PDF' }, media: 'application/pdf' },
  png: { title: { zh: 'PNG 图片', en: 'PNG image' }, media: 'image/png' },
  jpeg: { title: { zh: 'JPEG 图片', en: 'JPEG image' }, media: 'image/jpeg' },
  tiff: { title: { zh: 'TIFF 图片', en: 'TIFF image' }, media: 'image/tiff' },
  heic: { title: { zh: 'HEIC 图片', en: 'HEIC image' }, media: 'image/heic' },
  webp: { title: { zh: 'WebP 图片', en: 'WebP image' }, media: 'image/webp' },
  svg: { title: { zh: 'SVG 图形', en: 'SVG drawing' }, media: 'image/svg+xml' },
  xlsx: {
    title: { zh: 'Excel 工作簿', en: 'Excel workbook' },
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  docx: {
    title: { zh: 'Word 文档', en: 'Word document' },
    media: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  zip: { title: { zh: '压缩包', en: 'archive' }, media: 'application/zip' },
  csv: { title: { zh: 'CSV 表格', en: 'CSV table' }, media: 'text/csv' },
  text: { title: { zh: '文本', en: 'text' }, media: 'text/plain' },
  other: { title: { zh: '其他', en: 'other' }, media: 'application/octet-stream' },
} as const satisfies Record<string, { readonly title: Text; readonly media: string }>
export type FileType = keyof typeof FILE_TYPES

/** So many first bytes are enough to judge. Office programs put the names of their parts well within them. */
export const HEAD_BYTES = 64 * 1024

const MAGIC: readonly (readonly [FileType, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  // BigTIFF.
  ['tiff', [0x49, 0x49, 0x2b, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // An archive of nothing.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
]

/** @param head the first `HEAD_BYTES` of a document, or all of a shorter one */
export function fileType(head: Uint8Array): FileType {
  const found = MAGIC.find(([, magic]) => magic.every((b, i) => head[i] === b))?.[0]
  if (found === 'zip') return packedType(head)
  if (found) return found
  const media = mediaType(head)
  if (media) return media
  const text = textOf(head)
  if (text === undefined) return 'other'
  return SVG.test(text) ? 'svg' : isTable(text) ? 'csv' : 'text'
}

/** The root element, after declaration, document type and remarks; with any prefix. A head without it is no drawing. */
const SVG =
  /^\ufeff?(?:\s|<\?[^>]*\?>|<!--[^]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)*<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]/i

/** Pictures that tell what they are a few bytes in: ISO base media (`ftyp` and a brand of HEIF) and RIFF. */
const HEIF_BRANDS = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif']
function mediaType(head: Uint8Array): FileType | undefined {
  const at = (from: number, to: number): string => Buffer.from(head.subarray(from, to)).toString('latin1')
  if (at(4, 8) === 'ftyp' && HEIF_BRANDS.includes(at(8, 12))) return 'heic'
  return at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP' ? 'webp' : undefined
}

/** The local header of an entry (PKWARE APPNOTE 6.3.10, 4.3.7): 30 bytes; flags at byte 6, method at 8, packed size at 18, lengths
 *  of the name and of what is added to it at 26 and 28. */
const LOCAL_HEADER = 30
const SIZE_FOLLOWS = 8

function packedType(head: Uint8Array): FileType {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const names: string[] = []
  const next = (from: number): number => bytes.indexOf('PK\u0003\u0004', from)
  for (let at = next(0); at >= 0 && at + LOCAL_HEADER <= bytes.length;) {
    const nameEnd = at + LOCAL_HEADER + bytes.readUInt16LE(at + 26)
    names.push(bytes.toString('latin1', at + LOCAL_HEADER, nameEnd))
    // What stands there as it is may be a workbook with headers of its own.
    const isStored = bytes.readUInt16LE(at + 8) === 0 && (bytes.readUInt16LE(at + 6) & SIZE_FOLLOWS) === 0
    at = next(isStored ? nameEnd + bytes.readUInt16LE(at + 28) + bytes.readUInt32LE(at + 18) : at + 4)
  }
  if (!names.includes('[Content_Types].xml')) return 'zip'
  if (names.some((n) => n.startsWith('xl/'))) return 'xlsx'
  return names.some((n) => n.startsWith('word/')) ? 'docx' : 'zip'
}

/** The text the bytes are, in an encoding an office meets; undefined where they are none. A sign that is cut at the end of
 *  the head does not count against it. */
function textOf(head: Uint8Array): string | undefined {
  if (head.length === 0) return undefined
  const marked = (a: number, b: number): boolean => head[0] === a && head[1] === b
  const encodings = marked(0xff, 0xfe) ? ['utf-16le'] : marked(0xfe, 0xff) ? ['utf-16be'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
      if (!CONTROL.test(text)) return text
    } catch {
      // Not in this encoding.
    }
  }
  return undefined
}

const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/

const SEPARATORS = [',', ';', '\t']
const LINES = 20

/** Two lines or more with the same number of separators, of which there is one at least. */
function isTable(text: string): boolean {
  return SEPARATORS.some((separator) => {
    const counts = separatorsOf(text, separator)
    return counts.length >= 2 && counts[0]! > 0 && counts.every((n) => n === counts[0])
  })
}

/** How many separators each of the first whole lines has; what stands in quotes is one cell. */
function separatorsOf(text: string, separator: string): readonly number[] {
  const counts: number[] = []
  let quoted = false
  let count = 0
  let empty = true
  const end = (): void => {
    if (!empty) counts.push(count)
    count = 0
    empty = true
  }
  for (const sign of text) {
    if (counts.length === LINES) return counts
    if (sign === '"') quoted = !quoted
    else if (sign === '\n' && !quoted) {
      end()
      continue
    } else if (sign === separator && !quoted) count += 1
    if (sign !== '\r') empty = false
  }
  // The head may end within a line; a document that is shorter ends with a whole one.
  if (text.length < HEAD_BYTES / 4) end()
  return counts
}
