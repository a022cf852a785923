// `qingshan account run|merge`: from a list to report, workbook and package, or to one block of a run that is cut.
// Always holds: problems are printed with what to do next, nothing half done stays; what was taken from an earlier run is said.

import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { ProblemError, text, type Text } from '../kernel/index.ts'
import {
  accountProblem,
  classTitles,
  mapViews,
  readOverrides,
  runAccount,
  USES,
  withApproved,
  refuseForeignFiles,
  writeOutputs,
  writeRasters,
  writeTables,
  type Account,
  type InputList,
  type MapView,
  type MergedBlocks,
  type ParameterOverride,
  type RegionWatch,
  type RunInput,
} from '../domains/accounting/index.ts'
import { computeVep, readVepFolder } from '../domains/accounting/vep/index.ts'
import { parseBlock, writeBlock } from './account-blocks.ts'
import { openAccount, openRules, type AccountEnv, type ListAt } from './account-files.ts'
import { accountTable } from './account-table.ts'
import { writingTo } from './cannot-write.ts'
import { compileLater } from './compile-pace.ts'
import { keptDigests } from './kept-digests.ts'
import { keptWork, toldOf } from './kept-work.ts'
import { paced } from './pace.ts'
import { parseThreads, pixelThreads } from './pixel-threads.ts'
import { printProblems, progressBar, type Progress } from './terminal.ts'

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
  /** The result tables as CSV and nothing else. */
  readonly tablesOnly?: boolean
  readonly previous?: string
  /** Folder of VEP units. */
  readonly vep?: string
  /** Where stages over pixels go as GeoTIFFs. */
  readonly rasters?: string
  /** What the blocks of the maps added up to. */
  readonly blocks?: MergedBlocks
  /** Nothing is taken from earlier runs. */
  readonly fresh?: boolean
  /** How many share the pass over the maps; left out: as many as there are processors. */
  readonly threads?: number
}

const barOf = (env: AccountEnv, title: Text): Progress => env.watch?.bar(title) ?? progressBar(title)

const regionsOf = ({ watch }: AccountEnv): { readonly onRegions?: RegionWatch } =>
  watch ? { onRegions: (soFar) => watch.regions(soFar) } : {}

/** The page that was asked for, where the run is one that can be watched. */
export function openLive({ list }: ListAt, env: AccountEnv): void {
  const { name } = list.region
  if (env.watch) env.watch.live(text(`${name.zh} ${list.year} 年核算`, `Account of ${name.en}, ${list.year}`))
  else env.out('与 --as 一起时没有 --live 的网页 / no page with --as: sign in first (qingshan sign-in)')
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
  tablesOnly,
  previous,
  vep,
  rasters,
  blocks,
  fresh,
  threads: count,
}: RunToFilesInput): Promise<{ readonly account: Account; readonly id?: string; readonly files: readonly string[] }> {
  compileLater()
  // Before the work and again before writing.
  refuseForeignFiles(outDir)
  const { book, files } = await openRules(env.rulesDir, fresh)
  const before = await previousOf(at.list, at.folder, previous)
  const bar = barOf(env, text('核算', 'account'))
  env.watch?.place({ folder: outDir })
  if (rasters !== undefined) env.watch?.place({ parts: rasters, ending: '.tif.part' })
  const cache = keptWork({ fresh: fresh === true })
  const threads = pixelThreads(count)
  let views: readonly MapView[] = []
  let written: readonly string[] = []
  const useMaps: RunInput['useMaps'] = (account, maps, stages) => {
    if (!tablesOnly) views = mapViews(account, maps, stages, VIEW_PIXELS)
    if (rasters === undefined) return
    const className = classTitles(book)
    const { year } = at.list
    written = writingTo(rasters, () =>
      writeRasters({ maps, stages, className, year, folder: rasters, onProgress: bar.step }),
    )
  }
  const run = ((): ReturnType<typeof runAccount> => {
    try {
      return runAccount({
        folder: at.folder,
        list: at.list,
        book,
        engine: env.engine,
        onProgress: paced(bar.step, Date.now),
        ...regionsOf(env),
        ...(fresh ? {} : { digests: keptDigests() }),
        ...(cache ? { cache } : {}),
        ...(threads ? { threads } : {}),
        ...(blocks ? { blocks } : {}),
        ...(tablesOnly ? { digestsWhenAsked: true } : {}),
        // Tables alone look at no map again.
        ...(tablesOnly && rasters === undefined ? {} : { useMaps }),
      })
    } finally {
      bar.end()
      threads?.close()
    }
  })()
  printProblems(run.problems, env.out)
  const taken = cache && toldOf(cache)
  if (taken !== undefined) env.out(taken)
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
  const { account } = run
  env.out(`\n${accountTable(account)}\n`)
  if (tablesOnly) return { account, files: await writingTo(outDir, () => writeTables(account, outDir)) }
  const writing = barOf(env, text('写报告', 'report'))
  try {
    const made = await writingTo(outDir, () =>
      writeOutputs({
        account,
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
      }),
    )
    return { account, ...made }
  } finally {
    writing.end()
  }
}

export interface RunOptions {
  readonly out: string
  readonly blocks?: string
  readonly previous?: string
  readonly hashesOnly?: boolean
  readonly tables?: boolean
  readonly fresh?: boolean
  readonly threads?: string
  readonly vep?: string
  readonly rasters?: string
  readonly overrides?: string
  readonly house?: string
  readonly database?: string
  readonly as?: string
  readonly role?: string
  readonly live?: boolean
}

/** The list with the changes of parameters that were approved in a house, or exported from one. */
export async function withApprovedOf(at: ListAt, o: RunOptions, env: AccountEnv): Promise<ListAt> {
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

/** One block of a run, for a batch system. */
export async function runOneBlock(
  at: ListAt,
  typed: string,
  outDir: string,
  fresh: boolean,
  env: AccountEnv,
): Promise<void> {
  const block = parseBlock(typed)
  const { book } = await openRules(env.rulesDir, fresh)
  const bar = barOf(env, text('核算', 'account'))
  env.watch?.place({ parts: outDir, ending: '.json.part' })
  const cache = keptWork({ fresh })
  const input = {
    folder: at.folder,
    list: at.list,
    book,
    engine: env.engine,
    onProgress: paced(bar.step, Date.now),
    ...regionsOf(env),
    ...(fresh ? {} : { digests: keptDigests() }),
    ...(cache ? { cache } : {}),
  }
  const made = ((): ReturnType<typeof writeBlock> => {
    try {
      return writingTo(outDir, () => writeBlock(input, block, outDir))
    } finally {
      bar.end()
    }
  })()
  printProblems(made.problems, env.out)
  if (made.file === undefined) throw new ProblemError(made.problems.filter((p) => p.severity === 'red'))
  env.out(`分块 / block ${join(outDir, made.file)}`)
}

/** A whole run, or one put together from its blocks. */
export async function runAndTell(at: ListAt, o: RunOptions, env: AccountEnv, blocks?: MergedBlocks): Promise<void> {
  const made = await runToFiles({
    at,
    env,
    outDir: resolve(o.out),
    withInputs: !o.hashesOnly,
    ...(o.tables ? { tablesOnly: true } : {}),
    ...(o.previous ? { previous: o.previous } : {}),
    ...(o.vep ? { vep: o.vep } : {}),
    ...(o.rasters ? { rasters: resolve(o.rasters) } : {}),
    ...(blocks ? { blocks } : {}),
    ...(o.fresh ? { fresh: true } : {}),
    ...(o.threads === undefined ? {} : { threads: parseThreads(o.threads) }),
  })
  if (made.id !== undefined) env.out(`\n核算包 / package ${made.id}`)
  for (const f of made.files) env.out(`  ${join(o.out, f)}`)
  const unfit = made.account.fitness
    .filter((f) => !f.fit)
    .map((f) => `${USES[f.use].zh}（${f.why.map((w) => w.zh).join('；')}）`)
  if (unfit.length > 0) env.out(`\n不宜用于 / not fit for: ${unfit.join('；')}`)
}
