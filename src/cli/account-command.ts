// `qingshan account init|new|accept|run|why|verify|diff|sheet`: the account from a folder to a package, and back to a cell.
// Always holds: problems are printed with what to do next, the exit code is 1 when something is red, nothing half done stays.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { parsePassportCode, placeText, ProblemError, text, type Lang } from '../kernel/index.ts'
import { loadRuleBook, parseRuleBook, type FileText, type RuleBook } from '../core/rules/index.ts'
import {
  acceptList,
  accountProblem,
  below,
  classificationOf,
  classTitles,
  diffAccounts,
  diffText,
  explainer,
  findArgument,
  findService,
  LIST_NAME,
  listSheet,
  lookAtPixel,
  mapViews,
  METHODS,
  newFrom,
  openPackage,
  parseListText,
  proposeList,
  readList,
  readOverrides,
  readPackageFile,
  reducedRows,
  reduceToCommonSet,
  requiredArguments,
  runAccount,
  textOf,
  USES,
  verifyPackage,
  writeList,
  writeOutputs,
  writeRasters,
  withApproved,
  withInputs,
  writeSafely,
  type Account,
  type Basis,
  type Fitness,
  type InputList,
  type MapView,
  type MergedBlocks,
  type OpenPackage,
  type ParameterOverride,
  type PassportNode,
} from '../domains/accounting/index.ts'
import { parseBlock, readBlocks, writeBlock } from './account-blocks.ts'
import { computeVep, readVepFolder } from '../domains/accounting/vep/index.ts'
import { accountTable } from './account-table.ts'
import { keptDigests } from './kept-digests.ts'
import { printProblems, progressBar } from './terminal.ts'

export interface AccountEnv {
  readonly rulesDir: string
  readonly engine: string
  readonly out: (s: string) => void
}

interface ListAt {
  readonly folder: string
  readonly path: string
  readonly list: InputList
}

export const LIST_FILE = 'account.yaml'
export const SHEET_FILE = '输入清单.xlsx'

/** A folder means its account.yaml, else its 输入清单.xlsx. */
export function listPath(target: string): string {
  const path = resolve(target)
  if (!existsSync(path) || !statSync(path).isDirectory()) return path
  const found = [LIST_FILE, SHEET_FILE].map((f) => join(path, f)).find((f) => existsSync(f))
  return found ?? join(path, LIST_FILE)
}

/** @throws ProblemError with everything wrong in the list */
export async function openList(target: string): Promise<ListAt> {
  const path = listPath(target)
  const read = await readList(path)
  if (!read.list) throw new ProblemError(read.problems)
  return { folder: dirname(path), path, list: read.list }
}

export async function openRules(
  dir: string,
): Promise<{ readonly book: RuleBook; readonly files: readonly FileText[] }> {
  const { book, problems, files } = await loadRuleBook(dir)
  const red = problems.filter((p) => p.severity === 'red')
  if (red.length > 0) throw new ProblemError(red)
  return { book, files }
}

export const openAccount = async (path: string): Promise<OpenPackage> => {
  if (!existsSync(path)) throw new ProblemError(accountProblem('package.missing', { file: path }, { file: path }))
  return openPackage(await readPackageFile(path), basename(path))
}

/** Last year's package, by the path in the list (relative to its folder) or given. */
async function previousOf(list: InputList, folder: string, given: string | undefined): Promise<Account | undefined> {
  const path = given ?? (list.previous === undefined ? undefined : resolve(folder, list.previous))
  return path === undefined ? undefined : (await openAccount(path)).account
}

export interface RunToFilesInput {
  readonly at: ListAt
  readonly env: AccountEnv
  readonly outDir: string
  readonly withInputs: boolean
  readonly packageOnly?: boolean
  readonly previous?: string
  /** Folder of VEP units. */
  readonly vep?: string
  /** Where stages over pixels go as GeoTIFFs. */
  readonly rasters?: string
  /** What the blocks of the maps added up to. */
  readonly blocks?: MergedBlocks
  /** Every map is hashed again. */
  readonly fresh?: boolean
}

/** A map is some 13 cm wide on paper: 150 dots an inch. */
const VIEW_PIXELS = 600_000

/** One run with its progress bar. @throws ProblemError where red problems stand in the way */
export async function runToFiles({
  at,
  env,
  outDir,
  withInputs,
  packageOnly,
  previous,
  vep,
  rasters,
  blocks,
  fresh,
}: RunToFilesInput): Promise<{ readonly account: Account; readonly id: string; readonly files: readonly string[] }> {
  const { book, files } = await openRules(env.rulesDir)
  const before = await previousOf(at.list, at.folder, previous)
  const bar = progressBar(text('核算', 'account'))
  let views: readonly MapView[] = []
  let written: readonly string[] = []
  const run = ((): ReturnType<typeof runAccount> => {
    try {
      return runAccount({
        folder: at.folder,
        list: at.list,
        book,
        engine: env.engine,
        onProgress: bar.step,
        ...(fresh ? {} : { digests: keptDigests() }),
        ...(blocks ? { blocks } : {}),
        useMaps: (account, maps, stages) => {
          views = mapViews(account, maps, stages, VIEW_PIXELS)
          if (rasters === undefined) return
          const className = classTitles(book)
          const { year } = at.list
          written = writeRasters({ maps, stages, className, year, folder: rasters, onProgress: bar.step })
        },
      })
    } finally {
      bar.end()
    }
  })()
  printProblems(run.problems, env.out)
  if (rasters !== undefined && run.account)
    env.out(
      written.length > 0
        ? `栅格 / rasters → ${rasters}: ${written.join('、')}`
        : '没有地图，没有写出栅格。/ There are no maps; no raster was written.',
    )
  if (!run.account) {
    const count = run.problems.filter((p) => p.severity === 'red').length
    throw new ProblemError(accountProblem('run.red', { count }))
  }
  env.out(`\n${accountTable(run.account)}\n`)
  const writing = progressBar(text('写报告', 'report'))
  try {
    const made = await writeOutputs({
      account: run.account,
      list: at.list,
      folder: at.folder,
      book,
      rules: files,
      out: outDir,
      withInputs,
      ...(packageOnly ? { packageOnly } : {}),
      onProgress: writing.step,
      ...(before ? { previous: before } : {}),
      ...(views.length > 0 ? { mapViews: views } : {}),
      ...(vep ? { vep: computeVep(readVepFolder(vep), { book, engine: env.engine }) } : {}),
    })
    return { account: run.account, ...made }
  } finally {
    writing.end()
  }
}

/** Proposes a list for a folder and writes it; says what was placed, what not and what to answer. */
export async function initList(
  folder: string,
  env: AccountEnv,
  options: { readonly year?: string; readonly set?: string } = {},
): Promise<string> {
  const { book } = await openRules(env.rulesDir)
  const needs = METHODS.filter((m) => m.path !== 'raster').map((m) => ({
    service: m.service,
    method: m.id,
    arguments: requiredArguments(m),
  }))
  const proposal = proposeList(folder, {
    classification: classificationOf(book),
    needs,
    ...(options.year ? { year: Number(options.year) } : {}),
    ...(options.set ? { set: options.set } : {}),
  })
  const path = join(folder, LIST_FILE)
  if (existsSync(path)) throw new ProblemError(accountProblem('list.exists', { file: LIST_FILE }, { file: LIST_FILE }))
  await writeList(path, proposal.list)
  env.out(`放好 ${proposal.placed.length} 项 / placed ${proposal.placed.length}:`)
  for (const p of proposal.placed)
    env.out(
      `  ${p.sure ? '✓' : '?'} ${findArgument(p.argument)?.title.zh ?? p.argument} ← ${[p.file, p.sheet, p.column].filter(Boolean).join(' › ')} （${p.unit}）`,
    )
  if (proposal.questions.length > 0) env.out(`\n请回答 ${proposal.questions.length} 个问题 / questions:`)
  for (const q of proposal.questions) env.out(`  ? ${q.about}：${q.question.zh}\n      ${q.question.en}`)
  if (proposal.unplaced.length > 0) env.out(`\n没有放下的 / not placed:`)
  for (const u of proposal.unplaced)
    env.out(`  · ${[u.file, u.sheet, u.column].filter(Boolean).join(' › ')}：${u.why.zh} / ${u.why.en}`)
  for (const m of proposal.maps) env.out(`  ▦ ${m.file}`)
  if (proposal.emptyServices.length > 0) env.out(`\n还不能核算的服务 / services that stay empty:`)
  for (const e of proposal.emptyServices) {
    const names = e.missing.map((a) => findArgument(a)?.title.zh ?? a).join('、')
    env.out(`  · ${e.service} ${findService(e.service)?.title.zh ?? ''}：缺 ${names}`)
  }
  printProblems(proposal.problems, env.out)
  env.out(
    `\n清单写在 ${path}。核对、回答问题并补上方法与价格后，运行：\n  npx qingshan account accept ${folder} --by 姓名 --on 日期\nThe list is in ${path}. Check it, answer the questions, then accept it.`,
  )
  return path
}

function printNode(n: PassportNode, lang: Lang, out: (s: string) => void, depth = 0): void {
  const pad = '  '.repeat(depth)
  const bits = [
    n.code ? `[${n.code}]` : '',
    n.pixelCode === undefined ? '' : `${n.pixelCode} →`,
    n.value.value === ''
      ? n.title[lang]
      : `${n.title[lang]} = ${n.value.value}${n.value.unit && n.value.unit !== '1' ? ` ${n.value.unit}` : ''}`,
    n.mark ? `〈${n.mark}〉` : '',
    n.origin ? `← ${placeText(n.origin)}` : '',
    n.kind === 'map' && n.origin ? `SHA-256 ${n.origin.sha256}` : '',
    n.source && n.source.length > 0 ? `〔${n.source.join('、')}〕` : '',
  ]
  out(pad + bits.filter(Boolean).join(' '))
  if (n.method) out(`${pad}  ${lang === 'zh' ? '方法' : 'method'}: ${n.method[lang]}`)
  for (const f of n.formula?.[lang].split('\n') ?? []) out(`${pad}  ${f}`)
  for (const f of n.filled ?? []) out(`${pad}  ${f}`)
  if (n.rule) out(`${pad}  ${n.rule.id}@${n.rule.version}${n.rule.clause ? ` · ${n.rule.clause}` : ''}`)
  if (n.note) out(`${pad}  ${n.note[lang]}`)
  for (const c of n.children) printNode(c, lang, out, depth + 1)
}

interface RunOptions {
  readonly out: string
  readonly blocks?: string
  readonly previous?: string
  readonly hashesOnly?: boolean
  readonly fresh?: boolean
  readonly vep?: string
  readonly rasters?: string
  readonly overrides?: string
  readonly house?: string
  readonly database?: string
  readonly as?: string
  readonly role?: string
}

/** The list with the changes of parameters that were approved in a house, or exported from one. */
async function withApprovedOf(at: ListAt, o: RunOptions, env: AccountEnv): Promise<ListAt> {
  const approved: ParameterOverride[] = []
  if (o.overrides !== undefined) {
    const text = existsSync(o.overrides) ? readFileSync(o.overrides, 'utf8') : ''
    approved.push(...readOverrides(text, basename(o.overrides)))
  }
  if (o.house !== undefined) {
    const { approvedAt } = await import('./overrides-command.ts')
    const desk = {
      data: o.house,
      ...(o.database === undefined ? {} : { database: o.database }),
      ...(o.as === undefined ? {} : { as: o.as }),
      ...(o.role === undefined ? {} : { role: o.role }),
    }
    approved.push(...(await approvedAt(desk, at.list.region.code, at.list.year)))
  }
  if (o.overrides === undefined && o.house === undefined) return at
  env.out(`采用 ${approved.length} 项已批准的参数改动 / ${approved.length} approved changes of parameters`)
  return { ...at, list: withApproved(at.list, approved) }
}

interface WhyOptions {
  readonly json?: boolean
  readonly lang: Lang
  readonly at?: string
  readonly inputs?: string
}

/** One pixel: every figure it is part of, each factor with its band or cell. */
async function whyAt(p: OpenPackage, typed: string | undefined, o: WhyOptions, env: AccountEnv): Promise<void> {
  const at = o.at!.split(/[,，\s]+/).map(Number)
  const bad = new ProblemError(accountProblem('account.no-pixel', { x: o.at!, y: '' }))
  if (at.length !== 2 || !at.every(Number.isFinite)) throw bad
  const code = typed === undefined ? undefined : parsePassportCode(typed)
  if (typed !== undefined && code === undefined)
    throw new ProblemError(accountProblem('account.no-such-code', { code: typed }))
  const { book } = parseRuleBook([...below(p, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  const { list } = parseListText(textOf(p.files.get(LIST_NAME)!), LIST_FILE)
  const found = await withInputs(p, o.inputs, (folder) =>
    lookAtPixel({
      folder,
      list: list!,
      book,
      account: p.account,
      at: [at[0]!, at[1]!],
      ...(code === undefined ? {} : { code }),
    }),
  )
  if (o.json) return env.out(JSON.stringify(found, null, 2))
  const [lon, lat] = found.place.lonLat.map((v) => v.toFixed(6))
  const name = p.account.head.regions.find((r) => r.code === found.region)?.name[o.lang] ?? found.region
  env.out(
    o.lang === 'zh'
      ? `像元 列 ${found.place.pixel[0]} 行 ${found.place.pixel[1]}（${lon}，${lat}；x ${found.place.x}，y ${found.place.y}）`
      : `pixel column ${found.place.pixel[0]} row ${found.place.pixel[1]} (${lon}, ${lat}; x ${found.place.x}, y ${found.place.y})`,
  )
  env.out(`${name} · ${found.class} · ${found.areaM2} m2\n`)
  for (const f of found.figures) {
    if (f.node) printNode(f.node, o.lang, env.out)
    else env.out(`[${f.figure.code}] ${f.figure.title[o.lang]}：${f.missing![o.lang]}`)
    env.out('')
  }
}

function printFitness(fitness: readonly Fitness[], lang: Lang, out: (s: string) => void): void {
  if (fitness.length === 0) return
  out(lang === 'zh' ? '\n可用于：' : '\nFit for:')
  for (const f of fitness) out(`  ${f.fit ? '✓' : '✗'} ${USES[f.use][lang]}：${f.why.map((w) => w[lang]).join('；')}`)
}

/** One block of a run, for a batch system. */
async function runOneBlock(at: ListAt, typed: string, outDir: string, fresh: boolean, env: AccountEnv): Promise<void> {
  const block = parseBlock(typed)
  const { book } = await openRules(env.rulesDir)
  const bar = progressBar(text('核算', 'account'))
  const input = {
    folder: at.folder,
    list: at.list,
    book,
    engine: env.engine,
    onProgress: bar.step,
    ...(fresh ? {} : { digests: keptDigests() }),
  }
  const made = ((): ReturnType<typeof writeBlock> => {
    try {
      return writeBlock(input, block, outDir)
    } finally {
      bar.end()
    }
  })()
  printProblems(made.problems, env.out)
  if (made.file === undefined) throw new ProblemError(made.problems.filter((p) => p.severity === 'red'))
  env.out(`分块 / block ${join(outDir, made.file)}`)
}

/** A whole run, or one put together from its blocks. */
async function runAndTell(at: ListAt, o: RunOptions, env: AccountEnv, blocks?: MergedBlocks): Promise<void> {
  const made = await runToFiles({
    at,
    env,
    outDir: resolve(o.out),
    withInputs: !o.hashesOnly,
    ...(o.previous ? { previous: o.previous } : {}),
    ...(o.vep ? { vep: o.vep } : {}),
    ...(o.rasters ? { rasters: resolve(o.rasters) } : {}),
    ...(blocks ? { blocks } : {}),
    ...(o.fresh ? { fresh: true } : {}),
  })
  env.out(`\n核算包 / package ${made.id}`)
  for (const f of made.files) env.out(`  ${join(o.out, f)}`)
  const unfit = made.account.fitness
    .filter((f) => !f.fit)
    .map((f) => `${USES[f.use].zh}（${f.why.map((w) => w.zh).join('；')}）`)
  if (unfit.length > 0) env.out(`\n不宜用于 / not fit for: ${unfit.join('；')}`)
}

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
    .option('--hashes-only', '包内只放资料的哈希，不放原件 / keep hashes instead of the input files')
    .option('--fresh', '大地图的校验值也重新计算，不用上次记下的 / hash large maps again as well')
    .option(
      '--blocks <i/n>',
      '只算地图的第 i 块（共 n 块），写成一个分块文件 / only block i of n of the maps, as a file',
    )
    .action(async (folder: string, o: RunOptions) => {
      const at = await withApprovedOf(await openList(folder), o, env)
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
    .option('--fresh', '大地图的校验值也重新计算，不用上次记下的 / hash large maps again as well')
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
      const p = await openAccount(file)
      if (o.at !== undefined) return whyAt(p, typed, o, env)
      if (typed === undefined) throw new ProblemError(accountProblem('account.no-such-code', { code: '' }))
      const code = parsePassportCode(typed)
      const { book } = parseRuleBook([...below(p, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
      const list = parseListText(textOf(p.files.get(LIST_NAME)!), LIST_FILE).list
      const passport = code === undefined ? undefined : explainer(p.account, book, list?.overrides ?? []).byCode(code)
      if (!passport) throw new ProblemError(accountProblem('account.no-such-code', { code: typed }))
      if (o.json) return env.out(JSON.stringify(passport, null, 2))
      printNode(passport.root, o.lang, env.out)
      if (passport.lines.length > 0) {
        env.out(`\n其下 ${passport.lines.length} 行 / lines below:`)
        for (const l of passport.lines) env.out(`  [${l.code}] ${l.title[o.lang]} = ${l.value.value} ${l.value.unit}`)
      }
      printFitness(passport.fitness, o.lang, env.out)
      env.out(
        passport.recomputed
          ? '\n✓ 按上式重算，数字一致。/ Recomputed: the same digits.'
          : '\n✗ 重算结果与所存数字不一致！/ The recomputed value differs!',
      )
      if (!passport.recomputed) process.exitCode = 1
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
