// `npm start`: the sample county (or `--data FOLDER`) from files to a served report; Ctrl-C ends it cleanly.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import { accountProblem, writeCounty } from '../domains/accounting/index.ts'
import { writeVepSample } from '../domains/accounting/vep/index.ts'
import { reportServer } from '../server/index.ts'
import { initList, listPath, openList, runToFiles, type AccountEnv } from './account-command.ts'
import { houseFolder } from './house.ts'

/** Years of the sample: last year's account is made first, so that the report has a change chapter. */
const SAMPLE = { seed: 2026, years: [2023, 2024] } as const

export function addStartCommand(program: Command, env: AccountEnv): void {
  program
    .command('start', { hidden: true })
    .option('--data <folder>', '自己的资料文件夹 / your own folder')
    .option('--out <folder>', '输出文件夹 / output folder')
    .option('--port <port>', '端口，0 为自动 / port, 0 picks one', '0')
    .option('--once', '写完报告即结束，不开网页 / end after the report, serve nothing')
    .action(async (o: { data?: string; out?: string; port: string; once?: boolean }) => {
      const given = o.out === undefined ? undefined : resolve(o.out)
      const out =
        o.data === undefined
          ? await runSample(given ?? join(houseFolder(), 'out', 'sample'), env)
          : await runOwn(resolve(o.data), given, env)
      if (out === undefined || o.once) return
      await serve(out, Number(o.port), env)
    })
}

async function runSample(home: string, env: AccountEnv): Promise<string> {
  let previous: string | undefined
  let out = ''
  const places = join(home, 'vep')
  await writeVepSample(places, SAMPLE.seed)
  for (const year of SAMPLE.years) {
    const folder = join(home, `data-${year}`)
    env.out(`\n示范县 ${year} 年（示范数据，种子 ${SAMPLE.seed}） / the sample county, ${year}`)
    await writeCounty(folder, SAMPLE.seed, year)
    // The earlier year is there to compare with: its package, without reports.
    const last = year === SAMPLE.years.at(-1)
    out = join(home, last ? `report-${year}` : `package-${year}`)
    await runToFiles({
      at: await openList(folder),
      env,
      outDir: out,
      withInputs: true,
      ...(last ? {} : { packageOnly: true as const }),
      // The last year's report carries the VEP units of the county.
      ...(previous ? { previous, vep: places } : {}),
    })
    previous = join(out, 'account.zip')
  }
  env.out(`报告文件在 / report files in ${out}`)
  return out
}

/** Runs the list of a folder; where there is none, writes one and says so. */
async function runOwn(folder: string, given: string | undefined, env: AccountEnv): Promise<string | undefined> {
  if (!existsSync(listPath(folder))) {
    await initList(folder, env)
    return undefined
  }
  const out = given ?? join(folder, 'qingshan-report')
  await runToFiles({ at: await openList(folder), env, outDir: out, withInputs: true })
  env.out(`报告文件在 / report files in ${out}`)
  return out
}

async function serve(folder: string, port: number, env: AccountEnv): Promise<void> {
  const app = await reportServer(folder)
  const address = await app.listen({ host: '127.0.0.1', port }).catch(() => {
    throw new ProblemError(accountProblem('start.port', { port }))
  })
  env.out(`\n  全部文件 / files     ${address}/`)
  env.out(`  报告 / report        ${address}/index.html`)
  env.out(`  English              ${address}/report.en.html`)
  env.out(`  数的凭证 / passports ${address}/passports.html`)
  env.out('\n按 Ctrl-C 结束。/ Ctrl-C ends it.')
  await new Promise<void>((done) => {
    const end = (): void => void app.close().then(done)
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })
  env.out('已结束。/ Ended.')
}
