// `qingshan account init|new|accept|run|why|verify|diff|sheet`: the account from a folder to a package, and back to a cell.
// Always holds: problems are printed with what to do next, the exit code is 1 when something is red, nothing half done stays.

import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { ProblemError, text, type Lang } from '../kernel/index.ts'
import {
  acceptList,
  accountProblem,
  classificationOf,
  diffAccounts,
  diffText,
  listSheet,
  newFrom,
  reducedRows,
  reduceToCommonSet,
  verifyPackage,
  writeList,
  writeSafely,
  type Basis,
} from '../domains/accounting/index.ts'
import { readBlocks } from './account-blocks.ts'
import { LIST_FILE, openAccount, openList, openRules, SHEET_FILE, type AccountEnv } from './account-files.ts'
import { initList } from './account-init.ts'
import { openLive, runAndTell, runOneBlock, withApprovedOf, type RunOptions } from './account-run.ts'
import { tellWhy, type WhyOptions } from './account-why.ts'
import { printProblems, progressBar } from './terminal.ts'

export function addAccountCommand(program: Command, env: AccountEnv): void {
  const account = program.command('account').description('生态产品总值核算 / GEP accounts')
  const langOption = new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh')

  account
    .command('init <folder>')
    .description('打开文件夹里的每个文件，提出输入清单 / propose an input list')
    .option('--year <year>', '核算年份 / accounting year')
    .option('--set <id>', '指标集 / indicator set')
    .action(async (folder: string, o: { year?: string; set?: string }) => void (await initList(folder, env, o)))

  account
    .command('new <folder>')
    .description('沿用另一份清单（去年的或邻县的），只列出要改的地方 / take over another list')
    .requiredOption('--from <list>', '原清单 / the other list')
    .option('--year <year>', '核算年份 / accounting year')
    .action(async (folder: string, o: { from: string; year?: string }) => {
      const { book } = await openRules(env.rulesDir)
      const from = await openList(o.from)
      const made = newFrom(from.list, folder, {
        classification: classificationOf(book),
        ...(o.year ? { year: Number(o.year) } : {}),
      })
      const path = join(folder, LIST_FILE)
      if (existsSync(path))
        throw new ProblemError(accountProblem('list.exists', { file: LIST_FILE }, { file: LIST_FILE }))
      await writeList(path, made.list)
      env.out(
        `沿用 ${made.kept} 项；要改 ${made.changes.length} 处 / ${made.kept} taken over, ${made.changes.length} to change`,
      )
      for (const c of made.changes) env.out(`  · ${c.about}：${c.was} → ${c.now}　${c.why.zh} / ${c.why.en}`)
    })

  account
    .command('accept <folder>')
    .description('确认输入清单；有未答的问题不能确认 / accept an input list')
    .requiredOption('--by <name>', '确认人 / who accepts')
    .requiredOption('--on <date>', '日期 2026-01-31 / date')
    .action(async (folder: string, o: { by: string; on: string }) => {
      const at = await openList(folder)
      const list = acceptList(at.list, o.by, o.on)
      if (at.path.endsWith('.xlsx')) await writeSafely(at.path, await listSheet(list))
      else await writeList(at.path, list)
      env.out(`已确认 / accepted: ${at.path}`)
    })

  account
    .command('sheet <list>')
    .description('account.yaml 与 输入清单.xlsx 互换 / turn the list into its twin')
    .action(async (target: string) => {
      const at = await openList(target)
      const twin = join(at.folder, at.path.endsWith('.xlsx') ? LIST_FILE : SHEET_FILE)
      if (existsSync(twin))
        throw new ProblemError(accountProblem('list.exists', { file: basename(twin) }, { file: basename(twin) }))
      if (twin.endsWith('.xlsx')) await writeSafely(twin, await listSheet(at.list))
      else await writeList(twin, at.list)
      env.out(twin)
    })

  account
    .command('run <folder>')
    .description('核算并写出报告、核算表和核算包 / compute and write report, workbook and package')
    .requiredOption('--out <folder>', '输出文件夹 / output folder')
    .option('--previous <package>', '上年核算包，用于变化分析 / last year’s package')
    .option('--vep <folder>', '同一地区的 VEP 单元，写入 G11 表并各出一份报告 / VEP units of the area')
    .option('--rasters <folder>', '把每项逐像元结果（每公顷）写成 GeoTIFF / write each pixel stage as a GeoTIFF')
    .option('--overrides <file>', '导出的参数改动（qingshan overrides export） / exported changes of parameters')
    .option(
      '--house <folder>',
      '数据文件夹：采用其中已批准的参数改动 / data folder whose approved changes of parameters count',
    )
    .option('--database <url>', '该数据文件夹所用的 PostgreSQL 地址 / address of the PostgreSQL server of that folder')
    .option('--as <login>', '以谁的身份读取 / who reads them')
    .option('--role <role>', '以哪个角色 / in which role')
    .option(
      '--tables',
      '只写结果表（CSV，每个数带编码），不写报告和核算包 / only the result tables with their codes, no report and no package',
    )
    .option('--hashes-only', '包内只放资料的哈希，不放原件 / keep hashes instead of the input files')
    .option(
      '--fresh',
      '全部重新计算，不用早先记下的校验值和地图结果 / take nothing from earlier runs: neither digests nor sums over maps',
    )
    .option('--threads <n>', '几个线程分算地图，默认等于处理器数 / threads that share the maps; as many as processors')
    .option(
      '--live',
      '打开本机网页：边算边看各地区的数，可取消 / a page on this machine that fills as it goes, and can cancel',
    )
    .option(
      '--blocks <i/n>',
      '只算地图的第 i 块（共 n 块），写成一个分块文件 / only block i of n of the maps, as a file',
    )
    .action(async (folder: string, o: RunOptions) => {
      const at = await withApprovedOf(await openList(folder), o, env)
      if (o.live) openLive(at, env)
      if (o.blocks === undefined) await runAndTell(at, o, env)
      else await runOneBlock(at, o.blocks, resolve(o.out), o.fresh === true, env)
    })

  account
    .command('merge <folder> <blocks...>')
    .description('把全部分块文件合成核算结果，与整算逐位相同 / the account from all of its block files')
    .requiredOption('--out <folder>', '输出文件夹 / output folder')
    .option('--previous <package>', '上年核算包，用于变化分析 / last year’s package')
    .option('--overrides <file>', '导出的参数改动（qingshan overrides export） / exported changes of parameters')
    .option('--hashes-only', '包内只放资料的哈希，不放原件 / keep hashes instead of the input files')
    .option(
      '--fresh',
      '全部重新计算，不用早先记下的校验值和地图结果 / take nothing from earlier runs: neither digests nor sums over maps',
    )
    .action(async (folder: string, files: string[], o: RunOptions) => {
      await runAndTell(await withApprovedOf(await openList(folder), o, env), o, env, readBlocks(files))
    })

  account
    .command('why <package> [code]')
    .description(
      '打开一个数：公式、依据、每个输入到单元格；--at 打开一个像元 / open a figure down to its cells, or one pixel',
    )
    .option('--at <point>', '经度,纬度 或 地图坐标 x,y / lon,lat or x,y')
    .option('--inputs <folder>', '只含哈希的包需要原资料文件夹 / the input folder, for a package of hashes')
    .option('--json', '机器可读 / as JSON')
    .addOption(langOption)
    .action(async (file: string, typed: string | undefined, o: WhyOptions) => {
      await tellWhy(file, typed, o, env)
    })

  account
    .command('verify <package>')
    .description('重算核算包，逐位比较结果表 / re-run a package and compare every digit')
    .option('--inputs <folder>', '只含哈希的包需要原资料文件夹 / the input folder, for a package of hashes')
    .action(async (file: string, o: { inputs?: string }) => {
      const p = await openAccount(file)
      if (!p.manifest.withInputs && o.inputs === undefined)
        throw new ProblemError(accountProblem('package.needs-inputs', {}, { file: basename(file) }))
      const bar = progressBar(text('重算', 're-run'))
      const v = await verifyPackage(p, { ...(o.inputs ? { inputs: o.inputs } : {}), onProgress: bar.step }).finally(
        bar.end,
      )
      if (!v.same) {
        printProblems(v.problems, env.out)
        env.out('✗ 不一致 / differs')
        process.exitCode = 1
        return
      }
      env.out(`✓ 一致：重算 ${v.rows} 行，逐位相同。/ The same: ${v.rows} rows, every digit.`)
      env.out(
        `  包 / package ${p.id}\n  制作引擎 / made by ${p.manifest.engine}；本机引擎 / this engine ${env.engine}，Node ${process.versions.node}`,
      )
    })

  account
    .command('common <a> <b>')
    .description(
      '两份核算归到共同的服务再比较；指标集不同的总值不直接相比 / reduce two accounts to their common services',
    )
    .addOption(new Option('--basis <basis>', '口径 / basis').choices(['constant', 'current']).default('constant'))
    .addOption(langOption)
    .action(async (a: string, b: string, o: { basis: Basis; lang: Lang }) => {
      const [left, right] = [await openAccount(a), await openAccount(b)]
      const common = reduceToCommonSet(left.account, right.account)
      env.out(`共同的服务 / common services: ${common.services.join('、')}`)
      for (const [p, reduced] of [
        [left, common.a],
        [right, common.b],
      ] as const) {
        env.out(`\n${p.manifest.title[o.lang]}（${p.manifest.set}）`)
        for (const r of reducedRows(reduced, o.basis)) env.out(`  ${r.title[o.lang]}  ${r.yuan} 元`)
      }
    })

  account
    .command('diff <a> <b>')
    .description('比较两个核算包：每个变动的数、单元格及其对总值的影响 / compare two packages')
    .option('--json', '机器可读 / as JSON')
    .addOption(langOption)
    .action(async (a: string, b: string, o: { json?: boolean; lang: Lang }) => {
      const [left, right] = [await openAccount(a), await openAccount(b)]
      const diff = diffAccounts(left.account, right.account)
      if (o.json) return env.out(JSON.stringify(diff, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v), 2))
      diffText(diff, o.lang).forEach((l) => env.out(l))
    })
}
