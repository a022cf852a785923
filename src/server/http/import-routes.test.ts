// Bringing rows in over HTTP: looked at first, line by line of JSON, then one act; refused where the role may not, and then
// nothing is left.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../kernel/index.ts'
import { openServed, type Browser, type Served, type Told } from './server.fixture.ts'

const COUNTY = '430124'
const LIST = ['户主,户编号,人口数,村代码', `张示范,示-001,4,${COUNTY}`, `李示范,示-002,3,${COUNTY}`].join('\n')

let served: Served
let clerk: Browser
beforeAll(async () => {
  served = await openServed()
  const officer = await served.signedIn('aqy-001')
  const granted = await officer.act(
    'grant-role',
    { person: served.people.get('shifan-jbr'), role: 'county-clerk', place: COUNTY, from: '2026-01-01' },
    'security-officer',
  )
  expect(granted.text).toContain('role-granted')
  clerk = await served.signedIn('shifan-jbr')
})
afterAll(() => served.close())

const linesOf = (told: Told): readonly JsonObject[] =>
  told.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject)
const lastOf = (told: Told): JsonObject => linesOf(told).at(-1)!

async function uploaded(list: string): Promise<string> {
  const told = await clerk.call('PUT', '/api/v1/files', { raw: list, headers: { 'content-type': 'text/csv' } })
  return String(told.json['hash'])
}
const wish = (file: string) => ({ file, fileName: '名册.csv', place: COUNTY, options: { since: '2026-01-01' } })
const households = async (): Promise<number> => {
  const told = await clerk.get('/api/v1/queries/parties?kind=household&_limit=1', 'county-clerk')
  return Number(told.json['total'])
}

test('a file is looked at without anything being written, and comes in as one act', async () => {
  const file = await uploaded(LIST)
  const preview = await clerk.post('/api/v1/imports/households/preview', wish(file), 'county-clerk')
  expect(preview.type).toContain('x-ndjson')
  expect(lastOf(preview)).toMatchObject({ answer: { counts: { lines: 2, red: 0 }, mapping: { name: '户主' } } })
  expect(await households()).toBe(0)
  const body = { ...wish(file), id: served.house.newId(), reasons: [] }
  const accepted = await clerk.post('/api/v1/imports/households', body, 'county-clerk')
  expect(lastOf(accepted)).toMatchObject({ answer: { kind: 'households-imported', replayed: false } })
  expect(await households()).toBe(2)
  const again = await clerk.post('/api/v1/imports/households', { ...body, id: served.house.newId() }, 'county-clerk')
  expect(lastOf(again)).toMatchObject({ code: 'imports.done-already', status: 422 })
  expect(await households()).toBe(2)
})

test('what is wrong is named with its cell, and who may not is refused before the file is opened', async () => {
  const file = await uploaded(LIST.replace(',4,', ',many,'))
  const preview = await clerk.post('/api/v1/imports/households/preview', wish(file), 'county-clerk')
  expect(lastOf(preview)).toMatchObject({
    answer: { counts: { red: 1 }, findings: [{ severity: 'red', first: [{ at: { cell: 'C2' } }] }] },
  })
  const body = { ...wish(file), id: served.house.newId(), reasons: [] }
  const refused = lastOf(await clerk.post('/api/v1/imports/households', body, 'county-clerk'))
  expect(refused).toMatchObject({ status: 400 })
  const elsewhere = await clerk.post('/api/v1/imports/households/preview', { ...wish(file), place: '520381' }, 'county-clerk') // prettier-ignore
  expect(elsewhere.status).toBe(403)
  const reviewer = await served.signedIn('shifan-shy')
  expect((await reviewer.post('/api/v1/imports/households/preview', wish(file), 'reviewer')).status).toBe(403)
  expect((await clerk.post('/api/v1/imports/unknown/preview', wish(file), 'county-clerk')).status).toBe(404)
  expect((await clerk.post('/api/v1/imports/households/preview', { file }, 'county-clerk')).status).toBe(400)
})

test('each role is offered what it may bring in', async () => {
  const mine = await clerk.get('/api/v1/imports', 'county-clerk')
  expect(mine.json).toMatchObject({ imports: expect.arrayContaining([expect.objectContaining({ name: 'households' })]) as unknown }) // prettier-ignore
  const reviewer = await served.signedIn('shifan-shy')
  expect((await reviewer.get('/api/v1/imports', 'reviewer')).json).toEqual({ imports: [] })
})
