// What people send, and what becomes of it: a photo without its place, no PDF or drawing that runs by itself, no bomb, nothing half
// stored on a full disk.

import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { memoryDisk } from '../store/journal/memory-disk.fixture.ts'
import { openFileStore, type FileStore } from './file-store.ts'
import { pdfFacts } from './pdf-look.ts'
import { OWNER, photo } from './photo.fixture.ts'
import { photoFacts, strippedPhoto } from './photo.ts'
import { svgActive } from './svg-look.ts'
import { takeIn, type LookThrough } from './take-in.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
const sha256 = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')
const anything: LookThrough = () => undefined

interface Stored {
  readonly store: FileStore
  readonly content: () => Readonly<Record<string, string>>
  readonly bytesOf: (hash: string) => Uint8Array
}
function inMemory(failure?: Parameters<typeof memoryDisk>[0]): Stored {
  const disk = memoryDisk(failure)
  const at = (dir: string) => {
    const prefix = dir === 'f' ? '' : `${dir.slice(2)}/`
    return {
      ...disk,
      list: async () => [
        ...new Set(
          (await disk.list()).filter((n) => n.startsWith(prefix)).map((n) => n.slice(prefix.length).split('/')[0]!),
        ),
      ],
      open: (name: string, mode: Parameters<typeof disk.open>[1]) => disk.open(prefix + name, mode),
      rename: (from: string, to: string) => disk.rename(prefix + from, prefix + to),
      remove: (name: string) => disk.remove(prefix + name),
    }
  }
  return {
    store: openFileStore('f', at),
    content: () => disk.content(),
    bytesOf: (hash) => disk.bytes(`${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`),
  }
}
const refused = async (content: Uint8Array, lookThrough = anything, limit?: number): Promise<readonly string[]> => {
  const { store, content: stands } = inMemory()
  const codes = await takeIn(store, content, { lookThrough, ...(limit === undefined ? {} : { limit }) }).then(
    () => [],
    (e: unknown) => {
      if (!(e instanceof ProblemError)) throw e
      return e.problems.map((p) => p.code)
    },
  )
  if (codes.length > 0) expect(stands()).toEqual({})
  return codes
}

describe('a photo', () => {
  test('of 12 MB is stored without place, time, device, owner and film; what it said is told, with both hashes', async () => {
    const given = photo(12 * 1024 * 1024)
    const { store, bytesOf } = inMemory()
    const taken = await takeIn(store, given, { lookThrough: anything })
    expect(taken).toMatchObject({
      type: 'jpeg',
      photo: { takenAt: '2026-03-02T09:30:15+08:00', longitude: '111.488333', latitude: '28.902500' },
      given: { hash: sha256(given), size: given.length },
    })
    const stored = bytesOf(taken.hash)
    expect(sha256(stored)).toBe(taken.hash)
    const text = Buffer.from(stored).toString('latin1')
    for (const gone of [OWNER, 'Photoshop', 'xmpmeta', 'ftypmp42', '2026:03:02']) expect(text).not.toContain(gone)
    for (const kept of ['JFIF', 'ICC_PROFILE']) expect(text).toContain(kept)
    expect(await photoFacts(stored)).toEqual({})
    // Which side is up, and the picture itself, are as they were.
    expect(sha256(stored)).toBe(sha256(strippedPhoto('jpeg', stored)))
    const scan = (b: Uint8Array): Uint8Array => {
      const at = Buffer.from(b).indexOf(Buffer.from([0xff, 0xda]))
      return b.subarray(at, Buffer.from(b).lastIndexOf(Buffer.from([0xff, 0xd9])) + 2)
    }
    expect(sha256(scan(stored))).toBe(sha256(scan(given)))
  })

  test('given once more, already clean, is the same document', async () => {
    const { store, content } = inMemory()
    const first = await takeIn(store, photo(9_000), { lookThrough: anything })
    const again = await takeIn(store, strippedPhoto('jpeg', photo(9_000)), { lookThrough: anything })
    expect(again.hash).toBe(first.hash)
    expect(Object.keys(content())).toHaveLength(1)
  })

  test('keeps which side is up only where it is not the usual one', () => {
    const exif = (b: Uint8Array): boolean => Buffer.from(b).includes('Exif')
    expect([1, 3, 6, 8].map((side) => exif(strippedPhoto('jpeg', photo(500, side))))).toEqual([false, true, true, true])
  })

  test('as PNG loses its remarks and what is appended', () => {
    const chunk = (name: string, body: string): Buffer => {
      const out = Buffer.alloc(12 + body.length)
      out.writeUInt32BE(body.length)
      out.write(name + body, 4, 'latin1')
      return out
    }
    const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const parts = [chunk('IHDR', '0123456789012'), chunk('IDAT', 'xx'), chunk('IEND', '')]
    const full = Buffer.concat([
      head,
      parts[0]!,
      chunk('eXIf', OWNER),
      chunk('tEXt', OWNER),
      chunk('iTXt', OWNER),
      parts[1]!,
      parts[2]!,
      Buffer.from(OWNER),
    ])
    expect(Buffer.from(strippedPhoto('png', full))).toEqual(Buffer.concat([head, ...parts]))
  })

  test('that is cut or changed anywhere is refused or loses what it must, and never crashes', async () => {
    const whole = photo(600)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (at, value, cut) => {
          const bad = cut ? whole.slice(0, at) : Uint8Array.from(whole)
          if (!cut) bad[at] = value
          try {
            const out = strippedPhoto('jpeg', bad)
            expect(out.length).toBeLessThanOrEqual(bad.length + 36)
            await photoFacts(bad)
          } catch (e) {
            expect(e).toMatchObject({ problems: [{ code: 'files.damaged-picture' }] })
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('as HEIC or WebP is refused with what to do instead', async () => {
    expect(await refused(bytes('\0\0\0\x18ftypheic\0\0'))).toEqual(['files.photo-kind'])
    expect(await refused(bytes('RIFF\0\0\0\0WEBPVP8 '))).toEqual(['files.photo-kind'])
  })
})

describe('a PDF', () => {
  const pdf = (objects: string): Uint8Array =>
    bytes(`%PDF-1.7\n1 0 obj\n${objects}\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`)
  const packed = (objects: string, filter = '/FlateDecode'): Uint8Array =>
    Uint8Array.from(
      Buffer.concat([
        Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter ${filter} /Length 9 >>\nstream\r\n`),
        deflateSync(Buffer.from(objects, 'latin1')),
        Buffer.from('\nendstream\nendobj\n%%EOF'),
      ]),
    )

  test('with pages and nothing else is taken; its pages are counted, also packed ones', async () => {
    expect(await refused(pdf('<< /Type /Pages /Kids [] >> << /Type /Page >> << /Type/Page/Parent 1 0 R >>'))).toEqual(
      [],
    )
    expect(pdfFacts(pdf('<< /Type /Pages >> << /Type /Page >> << /Type/Page/Parent 1 0 R >>')).pages).toBe(2)
    expect(pdfFacts(packed('<< /Type /Page >>'))).toMatchObject({ pages: 1, active: [], damaged: false })
    // A file inside runs nothing: electronic invoices have one.
    expect(await refused(pdf('<< /Type /EmbeddedFile >>'))).toEqual([])
  })

  test.each([
    ['an action', pdf('<< /S /JavaScript /JS (app.alert(1)) >>')],
    ['an escaped name', pdf('<< /S /J#61vaScript /JS (x) >>')],
    ['a packed action', packed('<< /S /JavaScript >>')],
    ['a program', pdf('<< /S /Launch /F (cmd.exe) >>')],
    ['a form with script', pdf('<< /XFA 3 0 R >>')],
    ['what only seems to stand in a stream', pdf('<< /A (>>\nstream\n) /S /JavaScript >> (endstream)')],
    ['an action at the edge of a window', pdf(`${' '.repeat(1024 * 1024 - 40)}<< /S /JavaScript >>`)],
  ])('with %s is refused', async (_, content) => {
    expect(await refused(content)).toEqual(['files.pdf-script'])
  })

  test('that cannot be looked through is refused', async () => {
    expect(await refused(pdf('<< >>\nendobj\ntrailer << /Encrypt 3 0 R >>'))).toEqual(['files.pdf-locked'])
    expect(await refused(packed('<< >>', '/LZWDecode'))).toEqual(['files.pdf-damaged'])
    expect(await refused(packed('<< >>', '[/FlateDecode /FlateDecode]'))).toEqual(['files.pdf-damaged'])
    const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024))
    const content = Buffer.concat([
      Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n'),
      bomb,
      Buffer.from('\nendstream endobj'),
    ])
    expect(await refused(Uint8Array.from(content))).toEqual(['files.pdf-damaged'])
  })
})

describe('an SVG', () => {
  const svg = (inner: string, root = ''): Uint8Array =>
    Uint8Array.from(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="x" ${root}>${inner}</svg>`))

  test('that only draws is taken', async () => {
    const drawing = svg('<defs><g id="a"/></defs><use xlink:href="#a"/><path fill="url(#g)" d="M0 0"/><text>山</text>')
    expect(await refused(drawing)).toEqual([])
    expect(svgActive(svg('<image href="data:image/png;base64,AAAA"/>'))).toBeUndefined()
  })

  test.each([
    ['script', svg('<script>alert(1)</script>')],
    ['script under a prefix', svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>')],
    ['a handler', svg('', 'onload="alert(1)"')],
    ['a link to script', svg('<a href="javascript:alert(1)"><text>x</text></a>')],
    ['a picture from elsewhere', svg('<image href="https://example.org/x.png"/>')],
    ['style from elsewhere', svg('<style>@import "https://example.org/x.css";</style>')],
    ['a fill from elsewhere', svg('<path style="fill:url(https://example.org/#a)"/>')],
    ['HTML inside', svg('<foreignObject><b xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>')],
    ['a drawing inside as data', svg('<image href="data:image/svg+xml,%3Csvg%3E"/>')],
    ['entities', bytes('<!DOCTYPE svg [<!ENTITY a "&#60;script>">]><svg>&a;</svg>')],
    ['no end', bytes('<svg><g>')],
  ])('with %s is refused', async (_, content) => {
    expect(await refused(content)).toEqual(['files.svg-active'])
  })
})

test('each kind has its limit, and says which', async () => {
  const large = new Uint8Array(6 * 1024 * 1024).fill(0x20)
  large.set(bytes('<svg>'))
  expect(await refused(large)).toEqual(['files.kind-too-large'])
  expect(await refused(new Uint8Array(2000).fill(7), anything, 1000)).toEqual(['files.too-large'])
})

test('a workbook or a letter is looked through before it stands anywhere', async () => {
  const docx = bytes(
    'PK\x03\x04' + '\0'.repeat(22) + '\x13\0\0\0[Content_Types].xmlPK\x03\x04' + '\0'.repeat(22) + '\x05\0\0\0word/',
  )
  let looked = 0
  expect(await refused(docx, () => void (looked += 1))).toEqual([])
  expect(looked).toBe(1)
})

test('whichever call the disk refuses, a photo is stored whole or not at all, and the answer says which', async () => {
  const given = photo(3000)
  for (let at = 1; at < 40; at++)
    for (const write of [0, 'short'] as const) {
      const { store, content, bytesOf } = inMemory({ at, code: 'ENOSPC', write, forGood: true })
      const outcome = await takeIn(store, given, { lookThrough: anything }).catch((e: unknown) => e as ProblemError)
      const names = Object.keys(content()).filter((n) => !n.startsWith('part/'))
      if ('hash' in outcome) expect(sha256(bytesOf(outcome.hash))).toBe(outcome.hash)
      else expect(outcome.problems.map((p) => p.code)).toEqual(['files.write-failed'])
      for (const name of names) expect(name.split('/')[2]).toBe(sha256(strippedPhoto('jpeg', given)))
    }
})
