// What a document is, judged by its bytes: the kinds an office sends, written by real programs where we have one.

import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fileType, HEAD_BYTES } from './file-type.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const packed = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((n) => [n, bytes(`content of ${n}`)])))
/** Packed by programs that leave alone what is packed already. */
const stored = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(files, { level: 0 })
/** "编号,名称" in GB 18030, the encoding of Chinese spreadsheets. */
const GB18030 = Uint8Array.from([
  0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x31, 0x2c, 0xb1, 0xe0, 0x0a,
])

describe('the type of a document', () => {
  test.each([
    ['pdf', bytes('%PDF-1.7\n%…')],
    ['png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['jpeg', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])],
    ['tiff', Uint8Array.from([0x49, 0x49, 0x2a, 0, 8])],
    ['tiff', Uint8Array.from([0x4d, 0x4d, 0, 0x2b, 0])],
    ['xlsx', packed('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml')],
    ['docx', packed('[Content_Types].xml', '_rels/.rels', 'word/document.xml')],
    ['zip', packed('a.txt', 'xl/workbook.xml')],
    ['zip', packed('[Content_Types].xml', 'ppt/presentation.xml')],
    ['zip', stored({ '资料.xlsx': packed('[Content_Types].xml', 'xl/workbook.xml'), '说明.txt': bytes('x') })],
    ['xlsx', stored({ '[Content_Types].xml': bytes('PK\u0003\u0004'), 'xl/workbook.xml': bytes('x') })],
    ['zip', zipSync({})],
    ['csv', bytes('编号,名称\r\n1,"甲, 乙\n丙"\r\n2,丁\r\n')],
    ['csv', bytes('a\tb\n1\t2')],
    ['csv', GB18030],
    ['csv', Uint8Array.from([0xff, 0xfe, ...Buffer.from('a;b\n1;2\n', 'utf16le')])],
    ['text', bytes('会议纪要\n第一，讨论；第二，决定。')],
    ['text', bytes('a,b\nno second cell\n')],
    ['text', bytes('one line, with a comma')],
    ['svg', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['svg', bytes('\ufeff<?xml version="1.0"?>\n<!-- map -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<s:svg xmlns:s="x">')],
    ['text', bytes('<html><svg></svg></html>')],
    ['heic', bytes('\u0000\u0000\u0000\u0018ftypheic')],
    ['webp', bytes('RIFF\u0000\u0000\u0000\u0000WEBPVP8 ')],
    ['text', bytes('<html><script>alert(1)</script></html>')],
    ['other', Uint8Array.from([0x4d, 0x5a, 0x90, 0x00])],
    ['other', bytes('text with a \u0000 in it')],
    ['other', Uint8Array.from([0xff, 0xff, 0xff])],
  ] as const)('%s', (type, content) => {
    expect(fileType(content)).toBe(type)
  })

  test('a sign that the end of the head cuts in two makes no text binary', () => {
    expect(fileType(bytes('山'.repeat(HEAD_BYTES)).subarray(0, HEAD_BYTES))).toBe('text')
  })

  test('any bytes have a type, and the same bytes the same', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (b) => fileType(b) === fileType(Uint8Array.from(b))))
  })

  test('a table of plain cells is one, however many columns and rows', () => {
    const cell = fc.stringMatching(/^[a-z0-9"]{0,5}$/).map((s) => `"${s.replaceAll('"', '""')}"`)
    const rows = fc
      .integer({ min: 2, max: 6 })
      .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 2 }))
    fc.assert(fc.property(rows, (r) => fileType(bytes(r.map((c) => c.join(',')).join('\n'))) === 'csv'))
  })
})
