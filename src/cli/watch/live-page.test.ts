// The page of a run is for this machine and for whoever was given its address, and it tells what it was told.

import { request } from 'node:http'
import { expect, test } from 'vitest'
import { openLivePage } from './live-page.ts'

const title = { zh: '示范县 <b>', en: 'Sample <b>' }

interface Answered {
  readonly status: number
  readonly headers: NodeJS.Dict<string | readonly string[]>
  readonly body: string
}

const ask = (address: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answered> =>
  new Promise((done, fail) => {
    const sent = request(address, { method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (s: string) => (body += s))
      response.on('end', () => done({ status: response.statusCode!, headers: response.headers, body }))
    })
    sent.on('error', fail).end()
  })

test('only its own address, under its own name, shows the page and cancels the run', async () => {
  let cancelled = 0
  const page = await openLivePage(title, () => cancelled++)
  const { origin } = new URL(page.address)
  const shown = await ask(page.address)
  expect(shown.status).toBe(200)
  expect(shown.headers['content-security-policy']).toContain("default-src 'none'")
  for (const name of ['page.js', 'page.css']) expect((await ask(page.address + name)).status).toBe(200)
  for (const [address, method, host] of [
    [`${origin}/cancel`, 'POST', undefined],
    [`${origin}/${'0'.repeat(32)}/cancel`, 'POST', undefined],
    [`${page.address}cancel`, 'GET', undefined],
    [`${page.address}cancel`, 'POST', 'evil.example:80'],
    [`${origin}/`, 'GET', undefined],
  ] as const)
    expect((await ask(address, method, host === undefined ? {} : { host })).status).toBe(404)
  expect(cancelled).toBe(0)
  expect((await ask(`${page.address}cancel`, 'POST')).status).toBe(202)
  expect(cancelled).toBe(1)
  await page.end('cancelled')
  await expect(ask(page.address)).rejects.toThrow()
})

test('events tell title, share and table as they are, and at the end how it ended', async () => {
  const page = await openLivePage(title, () => undefined)
  const heard = ask(`${page.address}events`)
  // The listener is there when its first event is.
  await ask(page.address)
  page.take({ kind: 'step', title, done: 3, of: 12, what: { zh: '读取资料', en: 'reading files' } })
  const county = { code: '430101', name: title, tiles: 2, done: 1, isFinal: false, values: ['0.1'] }
  const columns = [{ service: 'R1', title, unit: 'm3' }]
  page.take({ kind: 'counties', table: { columns, counties: [county] } })
  await page.end('done')
  const events = (await heard).body.split('\n\n').filter((e) => e !== '')
  expect(events.every((e) => e.startsWith('data: ') && !e.includes('\n'))).toBe(true)
  expect(JSON.parse(events[0]!.slice(6))).toEqual({ title })
  expect(JSON.parse(events.at(-1)!.slice(6))).toMatchObject({
    title,
    share: 0.25,
    table: { columns, counties: [county] },
    ended: 'done',
  })
})
