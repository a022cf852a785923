// The served folder: files in folders of their own are there by their address, and nothing beside the folder is.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { reportServer } from './index.ts'

const home = mkdtempSync(join(tmpdir(), 'qingshan-server-'))
afterAll(() => rmSync(home, { recursive: true }))

test('maps are served from their folder with their type, what lies outside is not', async () => {
  mkdirSync(join(home, 'out', 'maps'), { recursive: true })
  writeFileSync(join(home, 'out', 'start.html'), 'first')
  writeFileSync(join(home, 'out', 'maps', 'land-cover.png'), 'picture')
  writeFileSync(join(home, 'secret.txt'), 'secret')
  const app = await reportServer(join(home, 'out'))
  const png = await app.inject('/maps/land-cover.png')
  expect([png.statusCode, png.headers['content-type'], png.body]).toEqual([200, 'image/png', 'picture'])
  for (const url of [
    '/maps',
    '/maps/',
    '/../secret.txt',
    '/maps/..%2f..%2fsecret.txt',
    '/maps/%2e%2e/%2e%2e/secret.txt',
  ])
    expect((await app.inject(url)).statusCode, url).toBe(404)
  await app.close()
})
