// A founded house, closed and opened again: people can sign in, the log is published and grows, a second process is refused.

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { instantOfMs, ProblemError } from '../../kernel/index.ts'
import { openCheckpoint } from '../../core/evidence/index.ts'
import { initHouse, openHouse, type World } from './index.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'qs-house-')), 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const world: World = {
  checkout: '.',
  now: () => instantOfMs(Date.now()),
  random: (n) => randomBytes(n),
  pid: process.pid,
}
const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }

test('a founded house opens again with its people, its regions and its log', async () => {
  const house = await initHouse(
    folder,
    {
      origin: 'log.example/record',
      zone: '+08:00',
      place: '430000',
      cost: CHEAP,
      people: [
        { login: 'gly-001', role: 'administrator', name: '管理员', password: 'Founding-pass-1' },
        { login: 'aqy-001', role: 'security-officer', name: '安全员', password: 'Founding-pass-2' },
      ],
    },
    world,
  )
  await expect(openHouse(folder, world)).rejects.toThrow('store.folder-in-use')
  const first = openCheckpoint(Buffer.from(await house.publish()), await house.trust())
  expect(first.size).toBe(7)
  await house.close()

  const again = await openHouse(folder, world)
  const answer = await again.store.query<{ n: bigint }>({ pieces: ['select count(*) as n from region where counted'] })
  expect(Number(answer[0]?.n)).toBeGreaterThan(40_000)
  const second = openCheckpoint(Buffer.from(await again.publish()), await again.trust())
  expect(second.size).toBe(first.size)
  await again.close()
  expect(
    createHash('sha256')
      .update(readFileSync(join(folder, 'keys', 'log.key')))
      .digest('hex'),
  ).toHaveLength(64)
})

test('a folder that is none is refused', async () => {
  await expect(openHouse(tmpdir(), world)).rejects.toThrow(ProblemError)
})
