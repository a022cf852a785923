// A real Chromium for the journeys: Debian's where it is installed, else the one inside the npm package, with the
// libraries it brings. Always holds: a fresh profile each time, no word to any host but the pages' own, and where no
// Chromium starts it is said loudly which command installs one — a failure on CI, a skip elsewhere.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Playwright gives every launch a new empty profile by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const INSTALL = 'apt-get install chromium fonts-noto-cjk'

/** A browser, or undefined after saying why not. @throws Error on CI, where a skipped journey would look like a passed one */
export async function openBrowser(): Promise<Browser | undefined> {
  const reasons: string[] = []
  const path = SYSTEM.find((p) => existsSync(p))
  for (const start of [...(path ? [() => openSystem(path)] : []), openPackaged]) {
    try {
      return await start()
    } catch (e) {
      reasons.push(String(e).split('\n')[0]!)
    }
  }
  const say = `没有可用的 Chromium，浏览器测试无法进行。请运行：${INSTALL}\nNo Chromium starts here, so the journeys cannot be made. Run: ${INSTALL}\n  ${reasons.join('\n  ')}`
  if (process.env.CI) throw new Error(say)
  console.error(`\n${'!'.repeat(78)}\n${say}\n${'!'.repeat(78)}\n`)
  return undefined
}

const openSystem = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, headless: true, args: FLAGS })

/** The package unpacks into the folder for temporary files under fixed names; a folder of our own keeps strangers' files out. */
export async function openPackaged(): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), 'qingshan-chromium-'))
  const clean = (): void => rmSync(home, { recursive: true, force: true })
  try {
    const executablePath = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `console.log(await (await import('@sparticuz/chromium')).default.executablePath())`,
      ],
      {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        encoding: 'utf8',
        // The name of a machine of the kind the package was made for: only then it unpacks its libraries too.
        env: { ...process.env, TMPDIR: home, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      },
    ).trim()
    const browser = await chromium.launch({
      executablePath,
      headless: true,
      args: FLAGS,
      env: {
        ...definedEnv(),
        LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
        ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }),
      },
    })
    browser.on('disconnected', clean)
    return browser
  } catch (e) {
    clean()
    throw e
  }
}

const definedEnv = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined))
