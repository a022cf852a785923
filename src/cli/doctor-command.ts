// `qingshan doctor`: how the house is, as lines or as one page to print. Where a server holds the folder it is asked.
// Always holds: the exit code is 1 where something is red.

import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import type { Diagnosis } from '../server/index.ts'
import { databaseUrl, dataFolder, realWorld } from './real-world.ts'
import { printProblems } from './terminal.ts'

interface Options {
  readonly data?: string
  readonly database?: string
  readonly html?: string
  readonly json?: true
}

export interface DoctorEnv {
  readonly engine: string
  readonly out: (s: string) => void
}

export function addDoctorCommand(program: Command, env: DoctorEnv): void {
  program
    .command('doctor')
    .description('系统体检；有红色时退出码为 1 / how the system is; exit code 1 where something is red')
    .option('--data <folder>', '数据文件夹 / data folder')
    .option('--database <url>', 'PostgreSQL 地址 / address of a PostgreSQL server')
    .option('--html <file>', '写成一页 A4，可打印 / write one A4 page to print')
    .option('--json', '机器可读 / as JSON')
    .action(async (o: Options) => {
      try {
        await doctor(o, env)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, env.out)
        process.exitCode = 1
      }
    })
}

async function doctor(o: Options, env: DoctorEnv): Promise<void> {
  const { doctorPage, LEVELS, readSettings } = await import('../server/index.ts')
  const folder = dataFolder(o.data)
  const { origin } = await readSettings(folder)
  const diagnosis = await diagnose(folder, o, env)
  if (diagnosis.level === 'red') process.exitCode = 1
  if (o.html !== undefined) {
    writeFileSync(o.html, doctorPage(diagnosis, origin))
    env.out(`✓ ${resolve(o.html)}`)
  }
  if (o.json) return env.out(JSON.stringify(diagnosis, null, 2))
  for (const c of diagnosis.checks) {
    const { mark, zh } = LEVELS[c.level]
    env.out(
      `${mark} ${zh} ${c.title.zh}：${c.said.zh}\n    ${c.title.en}: ${c.said.en}${c.hint ? `\n    → ${c.hint.zh} / ${c.hint.en}` : ''}`,
    )
  }
}

/** Opens the house; where a server holds it, the server looks at itself. */
async function diagnose(folder: string, o: Options, env: DoctorEnv): Promise<Diagnosis> {
  const { findServer, judge, lookAt, openHouse } = await import('../server/index.ts')
  try {
    const house = await openHouse(folder, realWorld(), databaseUrl(o.database))
    try {
      return judge(await lookAt(house, { engine: env.engine, ports: [] }))
    } finally {
      await house.close()
    }
  } catch (e) {
    const held = e instanceof ProblemError && e.problems.some((p) => p.code === 'store.folder-in-use')
    const address = held ? await findServer(folder) : undefined
    const answer = address === undefined ? undefined : await fetch(new URL('/doctor', address)).catch(() => undefined)
    if (!answer?.ok) throw e
    return (await answer.json()) as Diagnosis
  }
}
