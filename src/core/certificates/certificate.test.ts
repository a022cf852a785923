// What a certificate promises by itself: one code for one id, a mask that tells one sign, a paper whose bytes repeat, and no
// boxes in the place of signs.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, parsePassportCode, type Uuid } from '../../kernel/index.ts'
import {
  certificatePdf,
  certificatesPdf,
  firstSignOnly,
  stateOn,
  unprintable,
  type PrintedCertificate,
} from './index.ts'
import { codesOf } from './model.ts'
import { qrSvg } from './qr.ts'

const ID = '019e2f6a-7c00-7000-8000-000000000001' as Uuid
const PAPER: PrintedCertificate = {
  number: 'ZS-430725-2026-000001-7',
  code: codesOf(ID)[0]!,
  title: { zh: '林权流转证书', en: 'Certificate of forest lease' },
  holder: '张青山',
  placeName: '湖南省常德市桃源县',
  issuer: '桃源县林业局',
  lines: [{ label: '面积', value: '12.5 亩' }],
  personalLines: [],
  issuedOn: '2026-03-02',
  validFrom: '2026-03-02',
  state: 'valid',
  checkAt: 'https://qingshan.example.gov.cn/check/K7M2-9T4X-3',
}

describe('a code', () => {
  test('follows from the id, differs from id to id, and there are others should it be taken', () => {
    expect(codesOf(ID)).toEqual(codesOf(ID))
    const many = Array.from({ length: 2000 }, (_, i) =>
      codesOf(`${ID.slice(0, -4)}${String(i).padStart(4, '0')}` as Uuid),
    )
    expect(new Set(many.flat()).size).toBe(many.flat().length)
    for (const code of many[0]!) expect(parsePassportCode(code)).toBe(code)
  })
})

test('a masked name tells its first sign and not how long it is', () => {
  expect([firstSignOnly('张三'), firstSignOnly('欧阳青山'), firstSignOnly('𠮷田')]).toEqual([
    '张＊＊',
    '欧＊＊',
    '𠮷＊＊',
  ])
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
      (name) => [...firstSignOnly(name)].length <= 3,
    ),
  )
})

test('the state on a day: its end counts before its period, and the last day still counts', () => {
  const c = { status: 'valid', valid_from: '2026-03-02', valid_to: '2026-03-31' }
  expect(['2026-03-01', '2026-03-02', '2026-03-31', '2026-04-01'].map((d) => stateOn(civilDate(d), c))).toEqual([
    'not-yet',
    'valid',
    'valid',
    'expired',
  ])
  expect(stateOn('2099-01-01', { ...c, valid_to: null })).toBe('valid')
  expect(stateOn('2026-03-05', { ...c, status: 'revoked' })).toBe('revoked')
})

describe('the paper', () => {
  test('has the same bytes each time, with the face and the text in it', async () => {
    const [a, b] = [await certificatePdf(PAPER), await certificatePdf(PAPER)]
    expect(createHash('sha256').update(a).digest('hex')).toBe(createHash('sha256').update(b).digest('hex'))
    const text = Buffer.from(a).toString('latin1')
    expect(text).toMatch(/\/FontFile2/)
    expect(text).toMatch(/NotoSansSC/)
    expect(text).not.toMatch(/\/FlateDecode|\/JavaScript|\/Launch/)
    expect(a.length).toBeLessThan(300_000)
  })

  test('one that is not in force says so across the page, one without an address has the code alone', async () => {
    const valid = await certificatePdf(PAPER)
    const revoked = await certificatePdf({ ...PAPER, state: 'revoked' })
    expect(revoked.length).toBeGreaterThan(valid.length)
    expect(await certificatePdf({ ...PAPER, checkAt: undefined })).not.toEqual(valid)
  })

  test('several are printed in one file: each begins on a page of its own, with its own foot, and only the ended one says so', async () => {
    const pages = (pdf: Uint8Array): number =>
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)!.length
    const ended = { ...PAPER, number: 'ZS-430725-2026-000002-5', code: 'AAAA-BBBB-C', state: 'superseded' as const }
    const long = { ...PAPER, lines: Array.from({ length: 40 }, (_, i) => ({ label: `第${i}项`, value: '12.5 亩' })) }
    const several = await certificatesPdf([PAPER, ended, long])
    expect(pages(several)).toBe(1 + 1 + pages(await certificatePdf(long)))
    expect(several).toEqual(await certificatesPdf([PAPER, ended, long]))
    const marks = (pdf: Uint8Array): number =>
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/ca 0\.25/g)?.length ?? 0
    expect([marks(await certificatesPdf([PAPER])), marks(several) > 0]).toEqual([0, true])
    await expect(certificatesPdf([])).rejects.toMatchObject({ problems: [{ code: 'certificate.print-count' }] })
  })

  test('a sign the face lacks is named and nothing is printed', async () => {
    const rare = { ...PAPER, holder: '张\u{2A6D6}\u{30000}' }
    const missing = unprintable(rare)
    expect(missing.map((p) => p.code)).toEqual(['certificate.no-glyph'])
    await expect(certificatePdf(rare)).rejects.toMatchObject({ problems: missing })
    expect(unprintable({ ...PAPER, holder: '张\t三 ABC 〔2026〕 12.5 ㎡ ＊' })).toEqual([])
  })
})

test('a QR code is square, has its quiet border, and differs from text to text', () => {
  const svg = qrSvg('https://qingshan.example.gov.cn/check/K7M2-9T4X-3')
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)![1])
  expect((size - 8 - 17) % 4).toBe(0)
  expect(svg).not.toMatch(/d="[^"]*M[0-3] /)
  expect(qrSvg('K7M2-9T4X-3')).not.toBe(svg)
})
