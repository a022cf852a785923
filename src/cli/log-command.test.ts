// The log on the command line: published with an SM2 counter-signature and a witness, verified offline with keys alone, every
// changed byte found.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyVerifierOf, makeKey, signerOf, startWitness, type RunningWitness } from '../core/evidence/index.ts'
import { addSamplePeople, initHouse } from '../server/index.ts'
import { main } from './main.ts'
import { realWorld } from './real-world.ts'

const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }
const dir = mkdtempSync(join(tmpdir(), 'qs-log-'))
const data = join(dir, 'data')
const proof = join(dir, 'proof.json')
let witness: RunningWitness
let act: string

/** Runs a command; its lines, and whether it ended well. */
async function run(...words: string[]): Promise<{ readonly text: string; readonly code: number }> {
  const lines: string[] = []
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = ((s: string) => lines.push(s) > 0) as typeof process.stdout.write
  process.exitCode = 0
  try {
    await main(words)
  } finally {
    process.stdout.write = write
  }
  const code = Number(process.exitCode ?? 0)
  process.exitCode = 0
  return { text: lines.join(''), code }
}

beforeAll(async () => {
  const world = realWorld()
  const house = await initHouse(
    data,
    {
      origin: 'log.example/record',
      zone: '+08:00',
      place: '430000',
      cost: CHEAP,
      regions: 'test/fixtures/regions-small.csv',
      people: [
        { login: 'gly-001', role: 'administrator', name: '管理员', password: 'Founding-pass-1' },
        { login: 'aqy-001', role: 'security-officer', name: '安全员', password: 'Founding-pass-2' },
      ],
    },
    world,
  )
  const id = async (login: string) =>
    (
      await house.store.query<{ id: string }>({ pieces: ['select id from person where login = ', { param: login }] })
    )[0]!.id as never
  const { people, firms } = await addSamplePeople(
    house,
    { administrator: await id('gly-001'), officer: await id('aqy-001') },
    () => 'Sample-pass-1',
  )
  const input = {
    firm: firms.get('paper')!,
    pollutant: 'COD',
    amountKg: '1000',
    place: '430100',
    decidedOn: '2026-03-01',
    validFrom: '2026-01-01',
    validTo: '2030-12-31',
    basis: '示范〔2026〕1 号',
  }
  const clerk = people.get('shifan-jbr')!
  const asked = await house.recorder.submit({
    id: house.newId(),
    command: 'issuePermit',
    input,
    person: clerk,
    role: 'department-contact',
  })
  if (!asked.ok) throw new Error(asked.problems.map((p) => p.en).join())
  act = asked.receipt.act
  await house.store.query({ pieces: [`update credential set must_change = false`] })
  const key = makeKey('witness.example', 'cosignature', world.random)
  witness = await startWitness({
    signer: signerOf(key.signerKey),
    logs: new Map([['log.example/record', [await anyVerifierOf(house.settings.verifierKey)]]]),
    stateFile: join(dir, 'witness.json'),
    port: 0,
    host: '127.0.0.1',
    nowSeconds: () => 1_780_000_000,
  })
  await house.close()
  expect((await run('log', 'add-sm2', '--data', data)).code).toBe(0)
  expect((await run('log', 'add-witness', witness.address, key.verifierKey, '--data', data)).code).toBe(0)
})
afterAll(async () => {
  await witness.close()
  rmSync(dir, { recursive: true, force: true })
})

test('an act is published, proved and verified with nothing but keys and files', async () => {
  process.env['QINGSHAN_PASSWORD'] = 'Sample-pass-1'
  const who = ['--as', 'shifan-shy', '--role', 'reviewer']
  expect((await run('log', 'proof', act, proof, '--data', data, ...who)).text).toContain('log-command.not-published')
  const published = await run('log', 'publish', '--data', data)
  expect(published.text).toContain('✓ 日志已发布')
  expect(await run('log', 'proof', act, proof, '--data', data, ...who)).toMatchObject({ code: 0 })
  const keys = (await run('log', 'key', '--data', data)).text.trim().split('\n')
  expect(keys).toHaveLength(2)
  const verified = await run('log', 'verify', proof, '--key', keys[0]!, '--key', keys[1]!)
  expect(verified.text).toContain('✓ 凭证成立')
  const witnessed = await run('log', 'verify', proof, '--data', data, '--quorum', '1')
  expect(witnessed).toMatchObject({ code: 0 })
  const stranger = await run(
    'log',
    'verify',
    proof,
    '--key',
    makeKey('log.example/record', 'ed25519', realWorld().random).verifierKey,
  )
  expect(stranger).toMatchObject({ code: 1 })
})

test('one byte changed in the proof or in a file of the log is found', async () => {
  const text = readFileSync(proof, 'utf8')
  writeFileSync(join(dir, 'forged.json'), text.replace('1000', '9000'))
  expect((await run('log', 'verify', join(dir, 'forged.json'), '--data', data)).text).toContain('✗ 凭证不成立')
  expect((await run('log', 'fsck', '--data', data, '--acts')).text).toContain('✓ 日志完好')
  const tile = join(data, 'log', 'tile', 'entries', '000.p', String((JSON.parse(text) as { size: number }).size))
  const bytes = readFileSync(tile)
  bytes[40] = bytes[40]! ^ 1
  writeFileSync(tile, bytes)
  const found = await run('log', 'fsck', '--data', data)
  expect(found.code).toBe(1)
  expect(found.text).toContain('tile/entries/000.p/')
})

test('the verifier page is one file with the keys of the log', async () => {
  const page = join(dir, 'verify.html')
  expect((await run('log', 'page', page, '--data', data)).code).toBe(0)
  expect(readFileSync(page, 'utf8')).toContain('log.example/record+')
})
