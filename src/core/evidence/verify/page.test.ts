// The verifier page as a person opens it: one file on disk, no network, in a real Chromium. A good proof is told good in
// words; with one byte changed the step that fails is named.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../test/browser/browser.ts'
import { signCheckpoint } from '../checkpoint.ts'
import { logKeys, logSigner, madeLog, ORIGIN, seededRandom, witnessKeys, witnessSigner } from '../evidence.fixture.ts'
import { inclusionProof } from '../merkle.ts'
import { writeProof } from '../proof.ts'
import { makeSm2Key, sm2Signer } from '../sm2.ts'
import { tileReader } from '../tile.ts'
import { buildVerifierPage } from './page-html.ts'

const browser = await openBrowser()
const folder = mkdtempSync(join(tmpdir(), 'qingshan-verifier-'))
const file = (name: string): string => join(folder, name)

const log = await madeLog(40)
const sm2 = await makeSm2Key(ORIGIN, seededRandom('sm2'))
const checkpoint = signCheckpoint(
  log.head,
  [logSigner, await sm2Signer(sm2.signerKey, seededRandom('nonce')), witnessSigner],
  1_700_000_000,
)
const proofOf = async (index: number): Promise<string> => {
  const { act, salt } = log.acts[index]!
  const path = await inclusionProof(tileReader(log.folder.read, 40), index, 40)
  return writeProof({ act, salt, index, size: 40, path, checkpoint, revealed: [] })
}

/** The bundle as set-up makes it: the kernel has no side effects, so what the page does not use of it stays out. */
async function bundled(): Promise<string> {
  const made = await build({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'kernel without side effects',
        setup(b) {
          b.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
            /[/\\]src[/\\]kernel[/\\]?/.test(join(resolveDir, path))
              ? { path: join(resolveDir, path), sideEffects: false }
              : undefined,
          )
        },
      },
    ],
  })
  return made.outputFiles[0]!.text
}

let html: string
beforeAll(async () => {
  const keys = { logs: [logKeys.verifierKey, sm2.verifierKey], witnesses: [witnessKeys.verifierKey], quorum: 1 }
  html = buildVerifierPage(await bundled(), keys)
  writeFileSync(file('verify.html'), html)
  const good = await proofOf(7)
  const files: Record<string, string> = {
    'good.json': good,
    'changed.json': good.replace('1007', '1008'),
    'resigned.json': good.replace('\\n40\\n', '\\n41\\n'),
    'hostile.json': '<img src=x onerror="document.title=1">',
    'audit/proofs/1.json': await proofOf(1),
    'audit/proofs/<b>2</b>.json': (await proofOf(2)).replace('1002', '1003'),
    'audit/acts.xlsx': 'no proof at all',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(file(name)), { recursive: true })
    writeFileSync(file(name), text)
  }
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the page from disk and lets a person choose; returns what stands there and whom the page asked. */
async function choose(
  input: string,
  paths: string | readonly string[],
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser!.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (r) => asked.push(r.url()))
  page.on('console', (m) => complaints.push(m.text()))
  page.on('pageerror', (e) => complaints.push(e.message))
  await page.goto(pathToFileURL(file('verify.html')).href)
  await page.setInputFiles(input, typeof paths === 'string' ? file(paths) : paths.map(file))
  await page.waitForFunction(`document.getElementById('summary').textContent !== ''`)
  await look(page)
  expect(asked).toEqual([pathToFileURL(file('verify.html')).href])
  expect(complaints).toEqual([])
  await page.close()
}
const outcomes = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('li[data-step]')].map((i) => i.dataset.step + ' ' + i.dataset.outcome)`,
  )

describe('the page', () => {
  it('is one file that may reach nobody, and carries its keys', () => {
    expect(html).toContain(`default-src 'none'`)
    expect(html).not.toMatch(/(?:src|href)="?https?:/)
    expect(html).toContain(logKeys.verifierKey.slice(ORIGIN.length))
    expect(html.length).toBeLessThan(300_000)
  })

  it('cannot be ended by a key or a script that holds markup', () => {
    const page = buildVerifierPage('1', { logs: ['</script><b>'], witnesses: [], quorum: 0 })
    expect(page).not.toContain('</script><b>')
    expect(() => buildVerifierPage('"</script>"', { logs: [], witnesses: [], quorum: 0 })).toThrow('script')
  })
})

describe.skipIf(!browser)('the page in a browser (skipped where no Chromium starts)', () => {
  it('says in words that a good proof holds, with Ed25519, SM2 and a witness', async () => {
    await choose('#files', ['good.json'], async (page) => {
      expect(await page.textContent('#summary')).toContain('✓ 成立 1 份，✗ 不成立 0 份')
      expect(await outcomes(page)).toEqual([
        'proof-file ok',
        'canonical-act ok',
        'checkpoint ok',
        'inclusion ok',
        'cosignatures ok',
      ])
      const words = await page.textContent('#results')
      expect(words).toContain('行为就是日志第 7 条，一字未改')
      expect(words).toContain('Ed25519、SM2')
      expect(words).toContain('witness.example.cn/w1')
    })
  })

  it('names the step that one changed byte breaks', async () => {
    await choose('#files', ['changed.json'], async (page) => {
      expect(await page.textContent('#summary')).toContain('✗ 不成立 1 份')
      expect(await outcomes(page)).toContain('inclusion failed')
      expect(await page.textContent('#results')).toContain('被改动')
    })
    await choose('#files', ['resigned.json'], async (page) => {
      expect(await outcomes(page)).toEqual([
        'proof-file ok',
        'canonical-act ok',
        'checkpoint failed',
        'inclusion not-checked',
        'cosignatures not-checked',
      ])
    })
  })

  it('judges a whole audit folder and writes foreign names and files as text only', async () => {
    await choose('#folder', 'audit', async (page) => {
      expect(await page.textContent('#summary')).toContain('共 2 份：✓ 成立 1 份，✗ 不成立 1 份')
      expect(await page.textContent('#results')).toContain('<b>2</b>.json')
      expect(await page.$('#results b')).toBeNull()
    })
    await choose('#files', ['hostile.json'], async (page) => {
      expect(await outcomes(page)).toContain('proof-file failed')
      expect(await page.title()).toContain('青山凭证核验')
    })
  })
})
