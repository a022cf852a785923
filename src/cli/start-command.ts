// `npm start`: the sample county (or `--data FOLDER`) from files to a served report; with the sample also the workbench over a
// house in which its account is registered, signed off and published. Ctrl-C ends it cleanly.

import { existsSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import { accountProblem, SAMPLE_COUNTY, writeCounty } from '../domains/accounting/index.ts'
import { writeVepSample } from '../domains/accounting/vep/index.ts'
import { reportServer, type House, type Server } from '../server/index.ts'
import { listPath, openList, type AccountEnv } from './account-files.ts'
import { initList } from './account-init.ts'
import { runToFiles } from './account-run.ts'
import { houseFolder } from './house.ts'
import { realWorld } from './real-world.ts'
import { serverOptions } from './serve-command.ts'
import { textTable } from './terminal.ts'

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
      if (o.data !== undefined) {
        const out = await runOwn(resolve(o.data), given, env)
        if (out !== undefined && !o.once) await serve(out, Number(o.port), env)
        return
      }
      const home = given ?? join(houseFolder(), 'out', 'sample')
      const out = await runSample(home, env)
      await makeSampleHouse(join(home, 'house'), join(out, 'account.zip'), env)
      if (!o.once) await serve(out, Number(o.port), env, join(home, 'house'))
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

/** The house of the sample, made once; whoever starts again finds it as it was left. */
async function makeSampleHouse(folder: string, pack: string, env: AccountEnv): Promise<void> {
  if (existsSync(folder)) {
    env.out(`\n示范库已有，密码在建立时显示过；要重新建立，请删除 ${folder}`)
    env.out('The sample house is there, its passwords were shown when it was made; delete that folder to make it anew.')
    return
  }
  env.out('\n建立示范库：登记核算、两人审定、公布 / the sample house: account registered, signed off by two, published')
  const { addSampleAccount, foundSampleHouse } = await import('../server/index.ts')
  // Made beside and moved at the end: half a house is none.
  const making = `${folder}.making`
  await rm(making, { recursive: true, force: true })
  const sample = await foundSampleHouse(making, realWorld())
  try {
    await addSampleAccount(sample, await readFile(pack), { place: SAMPLE_COUNTY, year: SAMPLE.years.at(-1)! })
  } finally {
    await sample.house.close()
  }
  await rename(making, folder)
  const title = (role: string): string => sample.house.roles.find(role)?.title.zh ?? role
  env.out('示范人员（示范数据，勿用于正式环境），密码只显示这一次 / sample people; their passwords are shown this once')
  env.out(
    textTable(
      ['登录名', '角色', '姓名', '密码'],
      sample.people.map((p) => [p.login, title(p.role), p.name, p.password]),
      ['left', 'left', 'left', 'left'],
    ),
  )
}

/** Opens the workbench over a house. @returns its address, and what closes both */
async function openWorkbench(
  folder: string,
  env: AccountEnv,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const { openHouse, openServer } = await import('../server/index.ts')
  const house: House = await openHouse(folder, realWorld())
  const server: Server = await openServer(house, serverOptions({ host: LOOPBACK }, env))
  return {
    address: await server.listen({ host: LOOPBACK, port: 0 }),
    close: async () => {
      await server.close()
      await house.close()
    },
  }
}

const LOOPBACK = '127.0.0.1'

/** @param house folder of the house to open the workbench over */
async function serve(folder: string, port: number, env: AccountEnv, house?: string): Promise<void> {
  const app = await reportServer(folder)
  const address = await app.listen({ host: LOOPBACK, port }).catch(() => {
    throw new ProblemError(accountProblem('start.port', { port }))
  })
  env.out(`\n  全部文件 / files     ${address}/`)
  env.out(`  报告 / report        ${address}/index.html`)
  env.out(`  English              ${address}/report.en.html`)
  env.out(`  数的凭证 / passports ${address}/passports.html`)
  const bench = house === undefined ? undefined : await openWorkbench(house, env)
  if (bench) {
    env.out(`  工作台 / workbench   ${bench.address}/`)
    env.out(`  公布页 / public page ${bench.address}/public`)
  }
  env.out('\n按 Ctrl-C 结束。/ Ctrl-C ends it.')
  await new Promise<void>((done) => {
    const end = (): void => void Promise.all([app.close(), bench?.close()]).then(() => done())
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })
  env.out('已结束。/ Ended.')
}
