// What a request will do, in words that a signer understands.

import { expect, test } from 'vitest'
import { outcomeWords } from './outcome-words.ts'

const FIRM = '0190a5b4-0000-7000-8000-0000000000f1'
const OUTCOME = {
  act: 'permit-issued',
  rows: [['permit', 'insert', { id: FIRM, firm: FIRM, number: '＃', phone: `~${'0f'.repeat(32)}`, gone: null }]],
  assets: [{ code: 'permit.COD', unit: 'kg', scale: 0, title: { zh: 'COD 排污权', en: 'COD permit' } }],
  postings: [
    {
      debit: { asset: 'permit.COD', owner: '430100', purpose: 'issued' },
      credit: { asset: 'permit.COD', owner: FIRM, purpose: 'holding' },
      amount: '1000',
      why: { zh: '核发 ＃', en: 'issued' },
    },
  ],
  cards: [],
  indicators: [],
  answer: null,
}

test('postings say amount and both sides by name, rows their columns without personal values', () => {
  const named = outcomeWords(OUTCOME, [], {
    owner: (o) => (o === FIRM ? '造纸厂' : '长沙市'),
    amount: (_, amount, made) => `${made!.zh} ${amount} ${made!.unit}`,
  })
  expect(named.lines).toEqual([
    '转移 COD 排污权 1000 kg：长沙市（核发） → 造纸厂（持有），核发 （待编号）',
    '登记 permit：firm＝造纸厂，number＝（待编号），phone＝＊＊＊',
  ])
})

test('a table with words is said in them: its title, its columns in their order, values that are words of ours, places by name', () => {
  const cells = { place: '430100', extra: 'x', status: 'issued', number: '＃', firm: FIRM }
  const words = {
    table: 'permit',
    title: { zh: '排污权证', en: 'permit' },
    columns: {
      firm: { zh: '单位', en: 'firm' },
      number: { zh: '证号', en: 'number' },
      status: { zh: '状态', en: 'status' },
    },
    values: { status: { issued: { zh: '有效', en: 'issued' } } },
  }
  const owner = (o: string): string => (o === FIRM ? '造纸厂' : o === '430100' ? '长沙市' : o)
  const { lines, owners } = outcomeWords({ ...OUTCOME, postings: [], rows: [['permit', 'put', cells]] }, [words], {
    owner,
    amount: () => '',
  })
  expect(lines).toEqual(['改写排污权证：单位＝造纸厂，证号＝（待编号），状态＝有效（issued），place＝长沙市，extra＝x'])
  expect(owners).toEqual([FIRM, '430100'])
})

test('rows that follow from others are counted, and of many indicators the first are told', () => {
  const rows = [...OUTCOME.rows, ['figure', 'insert', { key: 'a' }], ['figure', 'insert', { key: 'b' }]]
  const counted = { table: 'figure', title: { zh: '数', en: 'figures' }, columns: {}, counted: true as const }
  const indicators = Array.from({ length: 15 }, (_, k) => ({
    indicator: `i${k}`,
    place: '430100',
    period: '2024',
    value: k,
  }))
  const { lines } = outcomeWords({ ...OUTCOME, postings: [], rows, indicators }, [counted])
  expect(lines[1]).toBe('登记数 2 条')
  expect(lines.slice(-2)).toEqual(['指标 i11（430100，2024）＝11', '另有指标 3 个'])
  expect(lines).toHaveLength(15)
})

test('in English no word of ours is Chinese', () => {
  const words = {
    table: 'permit',
    title: { zh: '排污权证', en: 'permit' },
    columns: { firm: { zh: '单位', en: 'firm' }, status: { zh: '状态', en: 'status' } },
    values: { status: { issued: { zh: '有效', en: 'in force' } } },
  }
  const counted = { table: 'figure', title: { zh: '数', en: 'figures' }, columns: {}, counted: true as const }
  const rows = [
    ['permit', 'insert', { firm: FIRM, status: 'issued', number: '＃' }],
    ['permit', 'put', { status: 'issued' }],
    ['figure', 'insert', { key: 'a' }],
  ]
  const indicators = Array.from({ length: 13 }, () => ({ indicator: 'i', place: '430100', period: '2024', value: 1 }))
  const pending = { ...OUTCOME.postings[0], kind: 'post', pending: 'p1' }
  const { lines } = outcomeWords(
    { ...OUTCOME, postings: [...OUTCOME.postings, pending], rows, indicators },
    [words, counted],
    { owner: (o) => (o === FIRM ? 'Paper Mill' : 'Changsha'), amount: (_, amount, made) => `${made!.en} ${amount} kg` },
    'en',
  )
  expect(lines.join()).not.toMatch(/[\p{Script=Han}（）＝，：]/u)
  expect(lines[0]).toBe('Transfer of COD permit 1000 kg: Changsha (issued) → Paper Mill (holding), issued')
  expect(lines[2]).toBe('Written: permit · firm = Paper Mill, status = in force (issued), number = (number to come)')
})

test('it names the ids and assets that want a name', () => {
  const { owners, assets } = outcomeWords(OUTCOME)
  expect(owners).toEqual(['430100', FIRM])
  expect(assets).toEqual(['permit.COD'])
})
