// What is said of a right that was looked up.

import { expect, test } from 'vitest'
import { listingChecks, stateOf, type LookedUp } from './right.ts'

const TODAY = '2026-03-05'
const right = {
  id: 'p',
  number: 'PW-1',
  holder: '示范造纸有限公司',
  pollutant: 'COD',
  amountKg: '1200',
  basis: '湘排核〔2026〕7号',
  validFrom: '2026-01-01',
  validTo: '2030-12-31',
  status: 'issued',
  covered: true,
  reserved: false,
  documents: '2',
}
const certificate = {
  number: 'ZS-1',
  code: 'DGKJ-8F0E-9',
  titleZh: '证书',
  issuer: '局',
  issuedOn: '2026-01-02',
  validFrom: '2026-01-02',
  status: 'valid',
}
const found: LookedUp = { place: '430100', certificate, right, history: [] }
const notPassed = (of: LookedUp): readonly string[] =>
  listingChecks(of, TODAY)
    .filter((c) => c.good === false)
    .map((c) => c.what.zh)

test.each([
  [{}, '有效'],
  [{ validFrom: '2026-03-06' }, '尚未生效'],
  [{ validTo: '2026-03-04' }, '已过期'],
  [{ validTo: TODAY }, '有效'],
  [{ status: 'revoked' }, '已撤销'],
  [{ status: 'superseded', validTo: '2026-03-04' }, '已被新证代替'],
])('a paper %j is %s', (more, said) => {
  expect(stateOf({ ...certificate, ...more }, TODAY).said.zh).toBe(said)
})

test('of a listing in order everything passes, but for what is not recorded here', () => {
  expect(notPassed(found)).toEqual([])
  const open = listingChecks(found, TODAY).filter((c) => c.good === undefined)
  expect(open.map((c) => c.what.zh)).toEqual(['质押、查封'])
})

test('each thing that is wrong is told at its own line', () => {
  const but = (more: Partial<typeof right>): LookedUp => ({ ...found, right: { ...right, ...more } })
  expect(notPassed(but({ covered: false }))).toEqual(['权利人现仍持有证载数量'])
  expect(notPassed(but({ reserved: true }))).toEqual(['没有占用'])
  expect(notPassed(but({ validTo: '2026-03-04' }))).toEqual(['权利在有效期内'])
  expect(notPassed(but({ basis: '' }))).toEqual(['界定清楚'])
  expect(notPassed(but({ documents: '0' }))).toEqual(['材料'])
  expect(notPassed({ ...found, certificate: { ...certificate, status: 'revoked' } })).toEqual(['证书有效'])
})

test('a certificate with no right behind it passes nothing but itself', () => {
  const { right: _, ...bare } = found
  expect(notPassed(bare)).toHaveLength(6)
  expect(listingChecks(bare, TODAY).find((c) => c.good)?.what.zh).toBe('证书有效')
})
