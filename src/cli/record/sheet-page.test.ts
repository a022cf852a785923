// The paper sheet: carries code and hash, says what is signed, and lets no text become markup.

import { expect, test } from 'vitest'
import { sheetPage, type Sheet } from './sheet-page.ts'

const SHEET: Sheet = {
  id: '019e2f6a-7c00-7000-8000-000000000001',
  zh: '核发排污权',
  en: 'issue an emission permit',
  status: 'waiting',
  place: '430100',
  placeName: '长沙市',
  legalDate: '2026-03-01',
  recorded: '2026-03-01T16:30:00.000Z',
  role: 'department-contact',
  person: 'p',
  login: 'jbr',
  declared: [{ zh: '审核', en: 'review', role: 'reviewer' }],
  taken: [
    {
      step: '1/2',
      zh: '初审',
      role: 'reviewer',
      person: 'q',
      login: 'luru',
      recorded: '2026-03-01T17:00:00.000Z',
      paperSigner: '王某某（局长）',
      paperDate: '2026-03-02',
    },
  ],
  input: [{ path: 'basis', zh: '核定依据', en: 'basis', value: '<script>alert(1)</script>"&' }],
  outcome: ['转移 COD 1000 kg：长沙市 → <b>甲</b>'],
  digest: '0123456789abcdef',
  sheet: '0A1B2C3D',
  leaf: '29',
  leafHash: 'ab'.repeat(32),
}
const page = sheetPage(SHEET, {
  log: 'log.example/record',
  zone: '+08:00',
  who: (p) => `${p.role}（${p.login!}）`,
  role: (r) => r,
})

test('code, hash, steps and times stand on it, and a step on paper says who entered it', () => {
  for (const words of ['0A1B2C3D', 'ab'.repeat(32), '长沙市 430100', '2026-03-02 00:30:00', '审核（reviewer）'])
    expect(page).toContain(words)
  expect(page).toContain('纸质签批：王某某（局长），2026-03-02；录入：reviewer（luru）')
})

test('text stays text', () => {
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<b>甲</b>')
  expect(page).toContain('&lt;script&gt;alert(1)')
})
