// `qingshan oidc`: the identity provider of the office, through which people may sign in beside their passwords.
// Always holds: the secret is asked for or read from a file, never typed on the line; the server takes changes at its next start.

import { readFile, rm } from 'node:fs/promises'
import type { Command } from 'commander'
import { defineProblems, ProblemError } from '../kernel/index.ts'
import type { SignInProvider } from '../server/index.ts'
import { dataFolder } from './real-world.ts'
import { printProblems } from './terminal.ts'

const problem = defineProblems({
  'oidc.settings': {
    severity: 'red',
    zh: '“{option}”不对。',
    en: '"{option}" will not do.',
    hint: {
      zh: '--address 写工作台对外的地址，例如 https://qingshan.example.gov.cn；--issuer 照平台的说明写。',
      en: '--address is where people open the workbench, such as https://qingshan.example.gov.cn; --issuer as the provider tells it.',
    },
  },
  'oidc.none': {
    severity: 'red',
    zh: '没有设置单位统一身份登录。',
    en: 'No identity provider is set.',
    hint: { zh: '先用 qingshan oidc set。', en: 'Set one with qingshan oidc set.' },
  },
  'oidc.no-file': {
    severity: 'red',
    zh: '读不到密钥文件“{file}”，或是空的。',
    en: 'The secret cannot be read from "{file}", or it is empty.',
    hint: { zh: '请核对路径。', en: 'Check the path.' },
  },
})

interface Options {
  readonly data?: string
}
interface SetOptions extends Options {
  readonly issuer: string
  readonly clientId: string
  readonly address: string
  readonly secretFile?: string
  readonly publicClient?: true
  readonly titleZh?: string
  readonly titleEn?: string
}
export interface OidcEnv {
  readonly out: (s: string) => void
}

export function addOidcCommand(program: Command, { out }: OidcEnv): void {
  const oidc = program
    .command('oidc')
    .description('单位统一身份登录（OpenID Connect） / sign-in through an office identity')
  const withData = (command: Command): Command => command.option('--data <folder>', '数据文件夹 / data folder')
  const telling =
    <O>(work: (o: O) => Promise<void>) =>
    async (o: O): Promise<void> => {
      try {
        await work(o)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, out)
        process.exitCode = 1
      }
    }

  withData(oidc.command('set'))
    .description('设置；密钥由程序提问 / set it; the secret is asked for')
    .requiredOption('--issuer <url>', '统一身份平台的签发者地址 / address of the issuer')
    .requiredOption('--client-id <id>', '平台给本系统的编号 / id the provider gave this house')
    .requiredOption('--address <url>', '工作台对外的地址 / where people open the workbench')
    .option('--secret-file <file>', '从文件读密钥 / read the secret from a file')
    .option('--public-client', '平台没有给密钥 / the provider gave no secret')
    .option('--title-zh <text>', '登录页按钮上的字 / words of the button')
    .option('--title-en <text>', '同上，英文 / the same in English')
    .action(telling((o: SetOptions) => set(o, out)))

  withData(oidc.command('show'))
    .description('显示设置，并试着联系 / show the settings and whether the provider answers')
    .action(telling((o: Options) => show(o, out)))

  withData(oidc.command('off'))
    .description('停用 / no longer use it')
    .action(
      telling(async (o: Options) => {
        const { placesOf, readSettings, writeSettings } = await import('../server/index.ts')
        const folder = dataFolder(o.data)
        const { signInProvider: _, ...rest } = await readSettings(folder)
        await writeSettings(folder, rest)
        await rm(placesOf(folder).providerSecret, { force: true })
        out('✓ 已停用，服务重新启动后生效 / off, from the next start of the server on')
      }),
    )
}

async function set(o: SetOptions, out: (s: string) => void): Promise<void> {
  const { PROVIDER_TITLE, placesOf, readSettings, redirectUriOf, signInProvider, writeProviderSecret, writeSettings } =
    await import('../server/index.ts')
  const folder = dataFolder(o.data)
  const settings = await readSettings(folder)
  const read = signInProvider.safeParse({
    issuer: o.issuer,
    clientId: o.clientId,
    address: o.address,
    title: { zh: o.titleZh ?? PROVIDER_TITLE.zh, en: o.titleEn ?? o.titleZh ?? PROVIDER_TITLE.en },
  })
  if (!read.success)
    throw new ProblemError(read.error.issues.map((i) => problem('oidc.settings', { option: i.path.join('.') })))
  const secret = await secretOf(o)
  if (secret === undefined) await rm(placesOf(folder).providerSecret, { force: true })
  else await writeProviderSecret(folder, secret)
  await writeSettings(folder, { ...settings, signInProvider: read.data })
  out(`✓ 请在统一身份平台登记回调地址 / register this address at the provider:\n  ${redirectUriOf(read.data)}`)
  await tell(read.data, out)
  out('服务重新启动后生效 / the server takes it at its next start')
}

/** What was read from the file, or typed where nobody looks; undefined for a public client. */
async function secretOf({ secretFile, publicClient }: SetOptions): Promise<string | undefined> {
  if (publicClient) return undefined
  if (secretFile === undefined) {
    const { hiddenLine } = await import('./who.ts')
    const typed = (await hiddenLine('密钥 / secret: ')).trim()
    return typed === '' ? undefined : typed
  }
  const read = (await readFile(secretFile, 'utf8').catch(() => '')).trim()
  if (read === '') throw new ProblemError(problem('oidc.no-file', { file: secretFile }))
  return read
}

async function show(o: Options, out: (s: string) => void): Promise<void> {
  const { readProviderSecret, readSettings, redirectUriOf } = await import('../server/index.ts')
  const folder = dataFolder(o.data)
  const { signInProvider } = await readSettings(folder)
  if (!signInProvider) throw new ProblemError(problem('oidc.none', {}))
  const secret = process.env['QINGSHAN_OIDC_SECRET'] ?? (await readProviderSecret(folder))
  out(`签发者 / issuer: ${signInProvider.issuer}`)
  out(`编号 / client id: ${signInProvider.clientId}`)
  out(`密钥 / secret: ${secret === undefined ? '没有 / none' : '有 / kept'}`)
  out(`回调地址 / redirect address: ${redirectUriOf(signInProvider)}`)
  out(`按钮 / button: ${signInProvider.title.zh} / ${signInProvider.title.en}`)
  await tell(signInProvider, out)
}

/** Whether it answers; the exit code is 1 where not. */
async function tell(provider: SignInProvider, out: (s: string) => void): Promise<void> {
  const { connectOidc } = await import('../core/identity/index.ts')
  const { oidcSettingsOf } = await import('../server/index.ts')
  const found = await connectOidc(oidcSettingsOf(provider, undefined))
  if ('code' in found) {
    printProblems([found], out)
    process.exitCode = 1
  } else out('✓ 平台有回答 / the provider answers')
}
