// `qingshan clock`: does what is due and what follows from acts, once or until it is stopped.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import { databaseUrl, dataFolder, realWorld } from './real-world.ts'
import { printProblems } from './terminal.ts'

interface Options {
  readonly once?: true
  readonly data?: string
  readonly database?: string
}

export function addClockCommand(program: Command, env: { readonly out: (s: string) => void }): void {
  program
    .command('clock')
    .description('到期事项与后续办理 / what is due, and what follows from acts')
    .option('--once', '只办一遍 / once, then end')
    .option('--data <folder>', '数据文件夹 / data folder')
    .option('--database <url>', 'PostgreSQL 地址 / address of a PostgreSQL server')
    .action(async (o: Options) => {
      try {
        await run(o, env.out)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, env.out)
        process.exitCode = 1
      }
    })
}

async function run(o: Options, out: (s: string) => void): Promise<void> {
  const { openHouse } = await import('../server/index.ts')
  const { fireDueTimers, runJobs, startClock } = await import('../core/timer/index.ts')
  const world = realWorld()
  const house = await openHouse(dataFolder(o.data), world, databaseUrl(o.database))
  const at = { recorder: house.recorder, now: world.now }
  if (o.once) {
    try {
      const timers = await fireDueTimers(at)
      const jobs = await runJobs(at)
      out(
        `✓ 到期 ${timers.fired} 件、未成 ${timers.failed} 件；后续 ${jobs.done} 件、未成 ${jobs.failed} 件 / due: ${timers.fired} done, ${timers.failed} failed; following: ${jobs.done} done, ${jobs.failed} failed`,
      )
    } finally {
      await house.close()
    }
    return
  }
  const clock = startClock({
    ...at,
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    onTrouble: (e) => (e ? printProblems(e.problems, out) : out('✓ 恢复正常 / all is well again')),
  })
  out('时钟在走，Ctrl+C 停止 / the clock runs, Ctrl+C stops it')
  const stop = (): void =>
    void clock
      .stop()
      .then(() => house.close())
      .then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
