// One run of an account: read, gate, compute, check, judge. Pure over a folder of files; needs no database.
// Always holds: a red problem ends the run before anything is written, and running again gives the same digits.

import { createHash } from 'node:crypto'
import { convert, dec, decText, ProblemError, text, type Dec, type Problem, type Text } from '../../kernel/index.ts'
import type { KnownDigests } from '../../core/exchange-formats/index.ts'
import type { Threads } from '../../raster/index.ts'
import type { RuleBook } from '../../core/rules/index.ts'
import { applyExplanations } from './checks/explain.ts'
import { findAboutQuantities, runChecks, type QuantityFindings } from './checks/run.ts'
import { computeAccount, gepOf, type ComputeInput } from './engine/compute.ts'
import { groundName, keepGround, readGround, type KeptGround, type OpenedMaps } from './engine/ground.ts'
import { changed } from './figure-table.ts'
import { judgeAccount, statusGate, type Judge } from './fitness.ts'
import { checkAccepted, isMap, readFacts } from './inputs/index.ts'
import { sharedHashes } from './inputs/shared-hashes.ts'
import type { RegionWatch } from './engine/pixels/region-watch.ts'
import type { StageBand } from './engine/pixels/stage-band.ts'
import type { MapStack } from './maps/map-stack.ts'
import type { Block, BlockRow, BlockSums, BlockWork, MergedBlocks } from './maps/blocks.ts'
import { openMaps, type OpenMaps } from './maps/open-maps.ts'
import { problem as mapsProblem } from './maps/problems.ts'
import { surveyAlone } from './maps/survey-bands.ts'
import type { WorkingCache } from './maps/working-cache.ts'
import type { InputList } from './input-list.ts'
import { BASIS_TEXT, type Account, type Finding } from './model.ts'
import { accountProblem } from './problems.ts'
import { overrideProblems } from './override-proof.ts'
import { setProblems } from './sets.ts'

export interface RunInput {
  readonly folder: string
  readonly list: InputList
  readonly book: RuleBook
  readonly engine: string
  readonly onProgress?: (done: number, of: number, what: Text) => void
  /** Told which regions are done while the pass over the maps goes on. */
  readonly onRegions?: RegionWatch
  /** Called with the account while its maps are open: for views, for raster files, for looking at a pixel. */
  readonly useMaps?: (account: Account, maps: MapStack, stages: readonly StageBand[]) => void
  /** What the blocks of the maps added up to: their pixels are not read again. */
  readonly blocks?: MergedBlocks
  /** Digests of large maps that stand as they stood. */
  readonly digests?: KnownDigests
  /** Digests of maps are taken when somebody asks for them, and not at all where nobody does: for tables without a cache. */
  readonly digestsWhenAsked?: true
  /** What earlier runs worked out over maps. */
  readonly cache?: WorkingCache
  /** Who shares the pass over the maps; left out: this thread alone. */
  readonly threads?: Threads
}

export interface RunResult {
  /** Left out where red problems stand in the way. */
  readonly account?: Account
  readonly problems: readonly Problem[]
}

export function runAccount(input: RunInput): RunResult {
  return withMaps(input, input.blocks ? { kind: 'merged', blocks: input.blocks } : undefined, (ready) =>
    computeAndJudge(ready.input, ready.told, input.useMaps),
  )
}

/** What one block of the maps adds up to, for a run that is cut into blocks; the account itself comes from `runAccount` with
 *  all of them. */
export function runBlock(
  input: Omit<RunInput, 'useMaps' | 'blocks'>,
  block: Block,
): { readonly block?: BlockSums; readonly problems: readonly Problem[] } {
  // A row that two computations ask for (with and without an override) is one row.
  const rows = new Map<string, BlockRow>()
  return withMaps(
    input,
    { kind: 'one', block, note: (row) => void rows.set(row.row, row) },
    ({ input: ready, told, account }) => {
      if (!ready.maps) throw new ProblemError(accountProblem('account.no-maps', {}))
      withEffects(computeAccount(ready), ready)
      if (!ready.maps.survey.isDone) surveyAlone(ready.maps, ready.maps.survey)
      const { problems } = told.afterPass()
      if (hasRed(problems)) return { problems }
      const looks = { ...ready.maps.survey.seen() }
      return {
        block: { qingshan: 'account-block/1', account: account(), ...block, rows: [...rows.values()], looks },
        problems,
      }
    },
  )
}

interface Ready {
  readonly input: ComputeInput
  readonly told: Told
  /** Names what the account is made from. */
  readonly account: () => string
}

/** Reads and opens what an account is made from, and closes it again. */
function withMaps<T extends { readonly problems: readonly Problem[] }>(
  { folder, list, book, engine, onProgress, onRegions, useMaps, digests, digestsWhenAsked, cache, threads }: RunInput,
  blocks: BlockWork | undefined,
  work: (ready: Ready) => T,
): T | { readonly problems: readonly Problem[] } {
  const set = book.sets.find((s) => s.id === list.set)
  const before = [
    ...checkAccepted(list, 'account.yaml'),
    ...overrideProblems(list.overrides ?? []),
    ...(set ? setProblems(set) : []),
  ]
  if (hasRed(before)) return { problems: before }
  onProgress?.(0, 1, text('读取资料', 'reading files'))
  const read = readFacts(folder, list, {
    classification: classificationOf(book),
    digests,
    ...(threads ? { hash: sharedHashes(threads) } : {}),
    cache,
  })
  const mapBytes = read.sources.reduce((n, s) => n + (isMap(s.file) ? s.bytes : 0), 0)
  const working = cache && mapBytes >= cache.leastBytes ? cache : undefined
  // A cache asks for all of them.
  const undigested = digestsWhenAsked && !working ? [] : digestProblems(read.sources)
  if (undigested.length > 0) return { problems: [...before, ...read.problems, ...undigested] }
  const name = working && !blocks && !useMaps ? groundName(list, read, book) : undefined
  const kept = name === undefined ? undefined : working!.find(name)
  const ground = kept === undefined ? undefined : readGround(kept as KeptGround)
  // They load while this one opens the maps.
  if (!ground && threads && mapBytes >= threads.leastPixels) threads.begin()
  const opened: OpenMaps = ground
    ? { ...ground.opened, problemsAfterPass: () => ground.opened.problemsAfterPass }
    : openMaps(folder, list, read, book, 'with-pass', working)
  // A file both need is missing for both.
  const told = new Set(read.problems.map(sameSaid))
  const untold = (ps: readonly Problem[]): readonly Problem[] => ps.filter((p) => !told.has(sameSaid(p)))
  const problems = [...before, ...read.problems, ...untold(opened.problems)]
  if (hasRed(problems)) {
    opened.stack?.close()
    return { problems }
  }
  const account = (): string => identityOf(engine, list, read.sources)
  // The sums of a block are a part, and those of merged blocks stand in their files: neither is kept.
  const given = { ...(threads ? { threads } : {}), ...(blocks ? { blocks } : working ? { cache: working } : {}) }
  const maps = opened.stack && Object.assign(opened.stack, given)
  try {
    if (maps && blocks?.kind === 'merged') takeLooks(maps, blocks.blocks, account())
    if (maps?.cache) maps.survey.recall()
    return work({
      input: {
        list,
        ...read,
        facts: [...read.facts, ...opened.facts],
        book,
        engine,
        // What the bands look like is known once the pass over them has been made.
        findings: [],
        ...(maps ? { maps } : {}),
        ...(ground ? { ground } : {}),
        ...(onProgress ? { onProgress } : {}),
        ...(onRegions ? { onRegions } : {}),
      },
      told: {
        before,
        afterPass: () => ({
          findings: [...read.problems, ...opened.problemsAfterPass()],
          problems: [...before, ...read.problems, ...untold(opened.problemsAfterPass())],
        }),
        ...(name === undefined
          ? {}
          : {
              opened: () => ({
                facts: opened.facts,
                problems: opened.problems,
                problemsAfterPass: opened.problemsAfterPass(),
              }),
              keep: (made) => working!.keep(name, made),
            }),
      },
      account,
    })
  } catch (e) {
    // Terrain is derived, and its pixels read, only when a rule wants them.
    if (e instanceof ProblemError) return { problems: [...problems, ...e.problems] }
    throw e
  } finally {
    opened.stack?.close()
  }
}

/** Takes the digests of all maps together, before they are read. */
function digestProblems(sources: ComputeInput['sources']): readonly Problem[] {
  return sources.flatMap((source) => {
    try {
      void source.sha256
      return []
    } catch (e) {
      if (e instanceof ProblemError) return e.problems
      throw e
    }
  })
}

/** The same list over the same files by the same program. */
function identityOf(engine: string, list: InputList, sources: ComputeInput['sources']): string {
  const files = sources.map((f) => [f.file, f.sha256])
  return createHash('sha256')
    .update(JSON.stringify([engine, list, files]))
    .digest('hex')
}

/** What the blocks saw of the bands is known before anything is computed. */
function takeLooks(maps: MapStack, blocks: MergedBlocks, account: string): void {
  if (blocks.account !== account) throw new ProblemError(mapsProblem('maps.blocks-differ', {}))
  for (const id of maps.bands.keys()) for (const look of blocks.looks(id)) maps.survey.take(id, look)
  maps.survey.finish()
}

/** What was found before computing, and what the reading and the maps have told when it is done. */
interface Told {
  readonly before: readonly Problem[]
  afterPass(): { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] }
  /** What opening the maps told, and where a later run finds what it may stand on. */
  readonly opened?: () => OpenedMaps
  readonly keep?: (ground: KeptGround) => void
}

function computeAndJudge(
  input: ComputeInput,
  { before, afterPass, opened, keep }: Told,
  use?: RunInput['useMaps'],
): RunResult {
  const { list } = input
  let stages: readonly StageBand[] = []
  let made: Parameters<NonNullable<ComputeInput['onQuantities']>>[0] | undefined
  const own = computeAccount({
    ...input,
    onStages: (s) => (stages = s),
    ...(keep ? { onQuantities: (q) => (made = q) } : {}),
  })
  const told = afterPass()
  if (input.maps?.cache) input.maps.survey.keep()
  if (hasRed(told.problems)) return { problems: told.problems }
  const computed = changed(own, { findings: [...told.findings, ...own.findings] })
  // Where quantities stand, so does what was found about them.
  const stand = input.ground && !made ? input.ground.findings : undefined
  const { account, found, rests } = judge(withEffects(computed, input), input, stand)
  if (made && keep && opened) {
    const rest = { opened: opened(), uses: account.maps ?? [], findings: found }
    const { below } = made.beside
    const beside = { ...made.beside, rests: (key: string) => (below(key) ? rests(key) : undefined) }
    keep(keepGround(account.figures, { ...made, beside }, rest))
  }
  const red = account.findings.filter((f) => f.severity === 'red')
  const gate = statusGate(account, list)
  const all = [...before, ...account.findings, ...gate]
  if (red.length > 0 || hasRed(gate)) return { problems: all }
  if (input.maps) use?.(account, input.maps, stages)
  return { account, problems: all }
}

export const sameSaid = (p: Problem): string => JSON.stringify([p.code, p.at?.file, p.zh])

const hasRed = (ps: readonly Problem[]): boolean => ps.some((p) => p.severity === 'red')

export const classificationOf = (book: RuleBook): RuleBook['classifications'][number] => {
  const found = book.classifications.find((c) => c.id === 'ecosystem-types')
  if (!found) throw new Error('the rule book holds the ecosystem types')
  return found
}

interface Judged {
  readonly account: Account
  readonly found: QuantityFindings
  readonly rests: Judge['rests']
}

function judge(account: Account, { list, book }: ComputeInput, known: QuantityFindings | undefined): Judged {
  const extras = { sets: book.sets, ...(list.published ? { published: list.published } : {}) }
  const found = known ?? findAboutQuantities(account, extras)
  const all: readonly Finding[] = [...account.findings, ...priceFindings(account), ...runChecks(account, extras, found)]
  const explained = list.explained ?? []
  const codes = explained.length > 0 ? new Map(account.figures.map((f) => [f.code, f.key])) : undefined
  const { findings, problems } = applyExplanations(all, explained, codes)
  const judged = changed(account, { findings: [...findings, ...problems] })
  const { account: fitness, rests } = judgeAccount(judged)
  return { account: changed(judged, { fitness }), found, rests }
}

function priceFindings(account: Account): readonly Finding[] {
  return account.prices
    .filter((p) => p.note)
    .map((p) => {
      const basis = BASIS_TEXT[p.basis]
      return accountProblem('account.price-other-year', {
        price: p.title.zh,
        priceEn: p.title.en,
        basis: basis.zh,
        basisEn: basis.en,
        note: p.note!.zh,
        noteEn: p.note!.en,
      })
    })
}

/** What each override changed: GEP with it minus GEP without it, on constant prices. */
function withEffects(account: Account, input: ComputeInput): Account {
  const overrides = input.list.overrides ?? []
  if (overrides.length === 0) return account
  const total = (a: Account): Dec => {
    const gep = gepOf(a)
    return gep ? convert(gep, '元').value : dec(0)
  }
  const withAll = total(account)
  const effects = new Map(
    overrides.map((o) => {
      const others = overrides.filter((x) => x.parameter !== o.parameter || (x.key ?? '') !== (o.key ?? ''))
      const { onProgress: _, onRegions: __, ...quiet } = input
      const without = computeAccount({ ...quiet, list: { ...input.list, overrides: others } })
      return [`${o.parameter}|${o.key ?? ''}`, decText(withAll.minus(total(without)))] as const
    }),
  )
  return {
    ...account,
    parameters: account.parameters.map((p) =>
      p.override ? { ...p, override: { ...p.override, effect: effects.get(`${p.id}|${p.key}`) ?? '0' } } : p,
    ),
  }
}
