// `qingshan serve`: the house over HTTP until it is told to stop. What is due is done meanwhile, so no `qingshan clock` is needed.
// Always holds: a signal ends it in order: requests under way are finished, new ones refused, the house closed.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { defineProblems, ProblemError } from '../kernel/index.ts'
import type { ServerOptions } from '../server/index.ts'
import { houseFolder } from './house.ts'
import { verifierScript } from './log-command.ts'
import { databaseUrl, dataFolder, realWorld } from './real-world.ts'
import { printProblems } from './terminal.ts'

const problem = defineProblems({
  'serve.port': {
    severity: 'red',
    zh: '端口“{port}”不对。',
    en: '"{port}" is no port.',
    hint: { zh: '请给 0 到 65535 之间的数。', en: 'Give a number from 0 to 65535.' },
  },
  'serve.taken': {
    severity: 'red',
    zh: '{host} 的端口 {port} 不能使用（{reason}）。',
    en: 'Port {port} of {host} cannot be used ({reason}).',
    hint: { zh: '换一个端口，或结束占用它的程序。', en: 'Choose another, or end the program that holds it.' },
  },
})

interface Options {
  readonly data?: string
  readonly database?: string
  readonly port: string
  readonly host: string
  readonly proxy?: readonly string[]
  readonly log?: true
}

export interface ServeEnv {
  readonly engine: string
  readonly out: (s: string) => void
}

export function addServeCommand(program: Command, env: ServeEnv): void {
  program
    .command('serve')
    .description('工作台与接口（HTTP） / the workbench and its interface')
    .option('--data <folder>', '数据文件夹 / data folder')
    .option('--database <url>', 'PostgreSQL 地址 / address of a PostgreSQL server')
    .option('--port <port>', '端口，0 为自动 / port, 0 picks one', '8080')
    .option('--host <host>', '监听地址 / address to listen at', '127.0.0.1')
    .option('--proxy <address...>', '前面的反向代理的地址 / addresses of reverse proxies in front')
    .option('--log', '每个请求写一行日志 / write one line a request')
    .action(async (o: Options) => {
      try {
        await serve(o, env)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, env.out)
        process.exitCode = 1
      }
    })
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost']
export const isLoopback = (host: string): boolean => LOOPBACK.includes(host)

/** What a server on this machine is opened with. */
export function serverOptions(o: Pick<Options, 'host' | 'proxy' | 'log'>, env: ServeEnv): ServerOptions {
  const workbench = join(houseFolder(), 'dist', 'workbench')
  const providerSecret = process.env['QINGSHAN_OIDC_SECRET']
  return {
    engine: env.engine,
    // Behind a proxy people come over TLS, whatever the server itself listens at.
    secure: !isLoopback(o.host) || o.proxy !== undefined,
    clock: true,
    verifierScript: verifierScript(),
    entry: join(houseFolder(), 'dist', 'main.mjs'),
    ...(providerSecret ? { providerSecret } : {}),
    ...(o.proxy ? { proxies: o.proxy } : {}),
    ...(o.log ? { logLine: (line: string) => void process.stdout.write(`${line}\n`) } : {}),
    ...(existsSync(join(workbench, 'index.html')) ? { workbench } : {}),
  }
}

async function serve(o: Options, env: ServeEnv): Promise<void> {
  const port = Number(o.port)
  if (!/^\d{1,5}$/.test(o.port) || port > 65_535) throw new ProblemError(problem('serve.port', { port: o.port }))
  const { noteServer, openHouse, openServer } = await import('../server/index.ts')
  const house = await openHouse(dataFolder(o.data), realWorld(), databaseUrl(o.database))
  try {
    const server = await openServer(house, serverOptions(o, env))
    let stopping = false
    const stop = (): void => {
      if (stopping) return
      stopping = true
      env.out('正在停止 / stopping')
      void server
        .close()
        .then(() => noteServer(house.folder, undefined))
        .then(() => house.close())
        .then(() => process.exit(0))
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    try {
      const address = await server.listen({ host: o.host, port })
      await noteServer(house.folder, address)
      env.out(`青山 ${address}/  Ctrl+C 停止 / stops`)
      if (!isLoopback(o.host) && !o.proxy)
        env.out(
          '! 登录只在 HTTPS 下有效：请在前面放一个反向代理，并用 --proxy 写明。 / Signing in works over HTTPS only: put a reverse proxy in front and name it with --proxy.',
        )
    } catch (e) {
      await server.close()
      const { code } = e as { code?: unknown }
      if (typeof code !== 'string') throw e
      throw new ProblemError(problem('serve.taken', { port, host: o.host, reason: code }))
    }
  } catch (e) {
    await house.close()
    throw e
  }
}
