import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { openZip, readZip, writeZip } from './zip.ts'

const codesOf = (work: () => unknown): readonly string[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((p) => p.code)
    throw error
  }
}
const patch = (bytes: Uint8Array, change: (view: DataView) => void): Uint8Array => {
  const copy = bytes.slice()
  change(new DataView(copy.buffer))
  return copy
}
const centralOf = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 6, true)

describe('an archive', () => {
  it('gives back what was put in, in the order of names', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z\u4e00-\u4eff]{1,8}\.txt$/), fc.uint8Array({ maxLength: 500 })),
        (files) => {
          const back = readZip(writeZip(new Map(Object.entries(files))))
          expect([...back.keys()].sort()).toEqual(Object.keys(files).sort())
          for (const [name, bytes] of back) expect(bytes).toEqual(files[name])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is the same bytes whatever the order of writing, dated 1980-01-01', () => {
    const a = writeZip(new Map([['b', strToU8('2')], ['数据/a', strToU8('1')]])) // prettier-ignore
    const b = writeZip(new Map([['数据/a', strToU8('1')], ['b', strToU8('2')]])) // prettier-ignore
    expect(a).toEqual(b)
    const view = new DataView(a.buffer, a.byteOffset)
    expect([view.getUint16(10, true), view.getUint16(12, true)]).toEqual([0, 33])
  })

  it.each(['../x', '/x', 'a/../../x', 'C:/x', 'a\\x', 'a/./x'])('that names %s is refused', (name) => {
    expect(codesOf(() => readZip(zipSync({ [name]: strToU8('x') })))).toEqual(['zip.path-escape'])
  })

  it('with two entries of one name is refused', () => {
    const two = zipSync({ aa: strToU8('1'), ab: strToU8('2') })
    const at = centralOf(two)
    expect(codesOf(() => readZip(patch(two, (v) => v.setUint8(at + 46 + 1 + 46 + 2, 0x61))))).toEqual(['zip.same-name'])
  })

  it('with an encrypted entry is refused', () => {
    const one = zipSync({ a: strToU8('1') })
    expect(codesOf(() => readZip(patch(one, (v) => v.setUint16(centralOf(one) + 8, 1, true))))).toEqual([
      'zip.encrypted',
    ])
  })

  it('that would unpack beyond the limit, or packs a thousand to one, is refused before it is unpacked', () => {
    const zeros = zipSync({ a: new Uint8Array(33 * 1024 * 1024) })
    expect(codesOf(() => openZip(zeros))).toEqual(['zip.too-large'])
    expect(codesOf(() => openZip(zipSync({ a: new Uint8Array(1001) }), { totalBytes: 1000, entries: 10 }))).toEqual([
      'zip.too-large',
    ])
    expect(
      codesOf(() => openZip(zipSync({ a: strToU8(''), b: strToU8('') }), { totalBytes: 1000, entries: 1 })),
    ).toEqual(['zip.too-large'])
  })

  it('whose entry is longer than it says is stopped while unpacking', () => {
    const one = zipSync({ a: new Uint8Array(100_000) })
    const lying = patch(one, (v) => v.setUint32(centralOf(one) + 24, 10, true))
    expect(codesOf(() => readZip(lying))).toEqual(['zip.damaged'])
  })

  it('whose entries share their packed bytes is refused', () => {
    const noise = Uint8Array.from({ length: 400 }, (_, i) => (i * 7919) % 251)
    const two = zipSync({ a: noise, b: noise }, { level: 0 })
    const second = centralOf(two) + 46 + 1
    expect(codesOf(() => readZip(patch(two, (v) => v.setUint32(second + 20, 4000, true))))).toEqual(['zip.damaged'])
  })

  it('with one wrong byte in its data is damaged', () => {
    const one = zipSync({ a: strToU8('the same text, the same text') })
    expect(codesOf(() => readZip(patch(one, (v) => v.setUint8(35, v.getUint8(35) ^ 1))))).toEqual(['zip.damaged'])
  })

  it('cut or changed anywhere gives its content or a problem, never another error', () => {
    const good = writeZip(new Map([['a.txt', strToU8('some text')], ['b.txt', new Uint8Array(3000)]])) // prettier-ignore
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bad = cut ? good.slice(0, at) : patch(good, (v) => v.setUint8(at, byte))
        codesOf(() => readZip(bad))
      }),
      { numRuns: 500 },
    )
  })

  it('reads sizes written in the zip64 way', () => {
    const sizes = new Uint8Array(16)
    for (const at of [0, 8]) new DataView(sizes.buffer).setBigUint64(at, 3n, true)
    const one = zipSync({ a: [strToU8('123'), { level: 0, extra: { 1: sizes } }] })
    const long = patch(one, (v) => [20, 24].forEach((o) => v.setUint32(centralOf(one) + o, 0xffffffff, true)))
    expect(readZip(long).get('a')).toEqual(strToU8('123'))
  })

  it('reads entry names in GBK as Chinese Windows writes them', () => {
    const gbk = [0xca, 0xfd, 0xbe, 0xdd]
    const one = zipSync({ abcd: strToU8('1') })
    const named = patch(one, (v) =>
      gbk.forEach((b, i) => (v.setUint8(30 + i, b), v.setUint8(centralOf(one) + 46 + i, b))),
    )
    expect([...readZip(named).keys()]).toEqual(['数据'])
  })
})
