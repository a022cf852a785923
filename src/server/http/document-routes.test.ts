// Documents and letters over HTTP: what is refused says why, a photo is answered with what it said, a look at a document runs
// nothing, a letter comes back filled.

import { Document, Packer, Paragraph, TextRun } from 'docx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { photo } from '../../core/files/photo.fixture.ts'
import { openServed, type Browser, type Served, type Told } from './server.fixture.ts'

const codesOf = ({ json }: Told): readonly string[] =>
  ((json['problems'] ?? []) as readonly { readonly code: string }[]).map((p) => p.code)
const ROLE = 'department-contact'

describe('documents and letters', () => {
  let served: Served
  let clerk: Browser
  beforeAll(async () => {
    served = await openServed()
    clerk = await served.signedIn('shifan-jbr')
  })
  afterAll(() => served.close())

  const put = (raw: Buffer | Uint8Array | string, name = 'x') =>
    clerk.call('PUT', '/api/v1/files', {
      raw: Buffer.from(raw),
      headers: { 'content-type': 'application/octet-stream', 'x-name': encodeURIComponent(name) },
    })
  const attach = (hash: unknown, name: string) =>
    clerk.act('attach-document', { hash, name, grade: 'internal', about: 'permit:x', place: '430100' }, ROLE)

  test('a photo is stored without its place, which is answered; its look is a page without script', async () => {
    const told = await put(photo(20_000), '../照片.jpg')
    expect(told.json).toMatchObject({
      kind: 'jpeg',
      name: '照片.jpg',
      photo: { longitude: '111.488333', latitude: '28.902500', takenAt: '2026-03-02T09:30:15+08:00' },
      given: { size: 20_000 },
    })
    const hash = String(told.json['hash'])
    expect((await clerk.get(`/api/v1/files/${hash}/preview`, ROLE)).status).toBe(404)
    expect((await attach(hash, '照片.jpg')).status).toBe(200)
    const page = await clerk.get(`/api/v1/files/${hash}/preview`, ROLE)
    expect([page.status, page.text.includes(`<img src="/api/v1/files/${hash}?_role=${ROLE}"`)]).toEqual([200, true])
    expect(String(page.headers['content-security-policy'])).toMatch(/^default-src 'none'/)
    expect((await served.browser().get(`/api/v1/files/${hash}/preview`)).status).toBe(401)
  })

  test('what runs by itself is refused with its reason', async () => {
    expect(codesOf(await put('%PDF-1.7 << /S /JavaScript >>'))).toEqual(['files.pdf-script'])
    expect(codesOf(await put('<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'))).toEqual(['files.svg-active'])
    const named = await attach((await put('%PDF-1.7 ok')).json['hash'], '../x')
    expect(codesOf(named)).toEqual(['files.name'])
  })

  test('a letter is filled from a registered template, as Word and as a page; what is missing is named', async () => {
    const lines = ['{户主}：{金额|大写}'].map((text) => new Paragraph({ children: [new TextRun({ text })] }))
    const docx = await Packer.toBuffer(new Document({ sections: [{ children: lines }] }))
    const { hash } = (await put(docx, '通知.docx')).json
    const made = await clerk.act('register-template', { name: '通知', hash, place: '430100' }, ROLE)
    const template = String((made.json['answer'] as { readonly template?: string }).template)
    const ask = (values: unknown, as: string) => clerk.post(`/api/v1/letters/${template}`, { values, as }, ROLE)
    const word = await ask({ 户主: '张三', 金额: '12.30' }, 'docx')
    expect([word.status, String(word.headers['content-disposition'])]).toEqual([
      200,
      `attachment; filename*=UTF-8''${encodeURIComponent('通知')}.docx`,
    ])
    const page = await ask({ 户主: '张三', 金额: '12.30' }, 'html')
    expect(page.text).toContain('张三：壹拾贰元叁角')
    expect(codesOf(await ask({ 户主: '张三' }, 'docx'))).toEqual(['letter.missing'])
    expect(codesOf(await ask({}, 'pdf'))).toEqual(['http.body'])
    expect((await clerk.get(`/api/v1/files/${String(hash)}`, ROLE)).status).toBe(200)
  })
})
