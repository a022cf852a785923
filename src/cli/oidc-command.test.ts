// `qingshan oidc` over a data folder: what it writes where, and what it says of a provider that answers or does not.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestProvider, TEST_CLIENT, type TestProvider } from '../core/identity/oidc-provider.fixture.ts'
import { placesOf, readProviderSecret, readSettings, writeSettings } from '../server/index.ts'
import { addOidcCommand } from './oidc-command.ts'

const ADDRESS = 'https://qingshan.example.gov.cn'
let provider: TestProvider
let folder: string
let secretFile: string
beforeAll(async () => {
  provider = await openTestProvider('x', `${ADDRESS}/api/v1/oidc/finish`)
})
afterAll(() => provider.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qs-oidc-'))
  secretFile = join(folder, 'typed.txt')
  writeFileSync(secretFile, `${TEST_CLIENT.clientSecret}\n`)
  await writeSettings(folder, { origin: 'log.example/record', zone: '+08:00', verifierKey: 'k', witnesses: [] })
})
afterEach(() => {
  process.exitCode = 0
  rmSync(folder, { recursive: true, force: true })
})

/** What is printed, and the exit code. */
async function run(...words: readonly string[]): Promise<{ readonly said: string; readonly code: number }> {
  const lines: string[] = []
  const program = new Command().exitOverride()
  addOidcCommand(program, { out: (s) => void lines.push(s) })
  process.exitCode = 0
  await program.parseAsync(['oidc', ...words, '--data', folder], { from: 'user' })
  return { said: lines.join('\n'), code: Number(process.exitCode) }
}
const set = (issuer: string, ...more: readonly string[]) =>
  run('set', '--issuer', issuer, '--client-id', 'qingshan', '--address', ADDRESS, '--secret-file', secretFile, ...more)

test('the settings keep everything but the secret, which only its owner can read; the redirect address is told', async () => {
  const { said, code } = await set(provider.issuer)
  expect([code, said]).toEqual([0, expect.stringContaining(`${ADDRESS}/api/v1/oidc/finish`)])
  expect((await readSettings(folder)).signInProvider).toMatchObject({ issuer: provider.issuer, clientId: 'qingshan' })
  expect(readFileSync(placesOf(folder).settings, 'utf8')).not.toContain(TEST_CLIENT.clientSecret)
  expect(await readProviderSecret(folder)).toBe(TEST_CLIENT.clientSecret)
  expect(statSync(placesOf(folder).providerSecret).mode & 0o077).toBe(0)
  const shown = await run('show')
  expect(shown.code).toBe(0)
  expect(shown.said).not.toContain(TEST_CLIENT.clientSecret)
})

test('a provider that does not answer is kept and said, with exit code 1', async () => {
  const { said, code } = await set('http://127.0.0.1:9')
  expect([code, said]).toEqual([1, expect.stringContaining('连不上')])
  expect((await readSettings(folder)).signInProvider?.issuer).toBe('http://127.0.0.1:9')
  expect((await run('show')).code).toBe(1)
})

test('off takes settings and secret away; what is not set cannot be shown', async () => {
  await set(provider.issuer)
  await run('off')
  expect((await readSettings(folder)).signInProvider).toBeUndefined()
  expect(await readProviderSecret(folder)).toBeUndefined()
  expect(await run('show')).toMatchObject({ code: 1, said: expect.stringContaining('没有设置') as string })
})

test('an address that is none, and an empty file, are refused and change nothing', async () => {
  for (const address of ['qingshan', 'javascript:alert(1)', 'file:///etc/passwd'])
    expect((await set(provider.issuer, '--address', address)).code).toBe(1)
  writeFileSync(secretFile, '\n')
  expect((await set(provider.issuer)).said).toContain('密钥文件')
  expect((await readSettings(folder)).signInProvider).toBeUndefined()
})

test('settings of a provider that somebody broke stop the start and name the file', async () => {
  const file = placesOf(folder).settings
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object
  for (const broken of [
    { issuer: 'x' },
    'x',
    { issuer: 'https://id.example', clientId: '', address: ADDRESS, title: {} },
  ]) {
    writeFileSync(file, JSON.stringify({ ...settings, signInProvider: broken }))
    await expect(readSettings(folder)).rejects.toMatchObject({ problems: [{ code: 'house.settings' }] })
  }
})
