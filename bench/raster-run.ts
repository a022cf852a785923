// A run of an account over a made region as a process of its own: what `qingshan account run --tables` does, its tables
// written. CPU is that of the whole process, the start of Node and the rule book included; the steps are told beside.

import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compileLater } from '../src/cli/compile-pace.ts'
import { keptDigests } from '../src/cli/kept-digests.ts'
import { keptWork } from '../src/cli/kept-work.ts'
import type { KnownDigests } from '../src/core/exchange-formats/index.ts'
import { loadRuleBook } from '../src/core/rules/index.ts'
import {
  gepOf,
  READING_MAPS,
  runAccount,
  writeTables,
  type InputList,
  type RunInput,
} from '../src/domains/accounting/index.ts'
import { openThreads, writeGeoTiff } from '../src/raster/index.ts'
import { peak, type Measured } from './measure.ts'
import { NONE } from './region-land.ts'
import { allServices, FIRST_LIGHT } from './raster-services.ts'

interface Wish {
  readonly list: InputList
  /** Folder of the working cache and the known digests, in the region's own; left out: nothing is known or kept. */
  readonly kept?: string
  /** What was kept there is forgotten before. */
  readonly anew?: true
  readonly threads?: number
  /** A stage to be written as a cloud-optimised file, as `method stage`, packed or not. */
  readonly written?: readonly [stage: string, compression: 'none' | 'quick-deflate']
}

const PRICE = { prices: [{ price: 'price.reservoir-storage', book: 'price.reservoir-storage', key: 'weihe-2010' }] }
const NUMBER = { 'R8.nep.epsilonMax': 'biome-bgc' }

const full = allServices('full')
const packed = allServices('packed')
const nearest = allServices('full', 'nearest')
const packedNearest = allServices('packed', 'nearest')

const WISHES: Readonly<Record<string, Wish>> = {
  'first-light': { list: FIRST_LIGHT },
  'first-light-2': { list: FIRST_LIGHT, threads: 2 },
  'first-light-cog': { list: FIRST_LIGHT, written: ['R1.annual-yield.map water', 'none'] },
  'first-light-packed-cog': { list: FIRST_LIGHT, written: ['R1.annual-yield.map water', 'quick-deflate'] },
  'all-services': { list: full, kept: 'kept-full', anew: true },
  'all-services-2': { list: full, threads: 2 },
  'all-services-again': { list: full, kept: 'kept-full' },
  'all-services-price': { list: { ...full, ...PRICE }, kept: 'kept-full' },
  'all-services-number': { list: { ...full, choices: { ...full.choices, ...NUMBER } }, kept: 'kept-full' },
  'all-services-packed': { list: packed, kept: 'kept-packed', anew: true },
  'all-services-packed-again': { list: packed, kept: 'kept-packed' },
  'all-services-nearest': { list: nearest, kept: 'kept-nearest', anew: true },
  'all-services-nearest-2': { list: nearest, threads: 2 },
  'all-services-packed-nearest': { list: packedNearest, kept: 'kept-packed-nearest', anew: true },
}

export const RUNS = Object.keys(WISHES)

const cpuSoFar = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** @param folder of a made region */
export async function rasterRun(folder: string, what: string): Promise<Measured> {
  compileLater()
  const { list, kept, anew, threads: count, written } = WISHES[what]!
  const begun = cpuSoFar()
  const home = kept === undefined ? undefined : join('out', 'bench', 'kept', `${kept}-${folder.split('-').at(-1)!}`)
  if (home !== undefined && anew) rmSync(home, { recursive: true, force: true })
  const cache = home === undefined ? undefined : keptWork({ folder: home, program: 'bench', fresh: anew === true })
  // As after any earlier command of the machine's; a book that changed is parsed and checked anew.
  const books = keptWork({ folder: join('out', 'bench', 'kept', 'rule-book'), program: 'bench' })
  const { book } = await loadRuleBook('rules', books)
  const loaded = cpuSoFar()
  const digests: KnownDigests | undefined = home === undefined ? undefined : keptDigests(home)
  const threads = count === undefined ? undefined : openThreads(new URL('pixel-worker.mjs', import.meta.url), count)
  const steps = stepsOf()
  const write: Partial<RunInput> = written
    ? {
        useMaps: (_, maps, stages) => {
          const band = stages.find((s) => `${s.method} ${s.stage}` === written[0])!.band
          const out = join('out', 'bench', 'written')
          mkdirSync(out, { recursive: true })
          const file = join(out, `${what}.tif`)
          writeGeoTiff(
            { grid: maps.grid, read: band, type: 'float32', nodata: NONE, compression: written[1], overviews: 'mean' },
            file,
          )
          rmSync(file)
        },
      }
    : {}
  const result = runAccount({
    folder,
    list,
    book,
    engine: 'bench',
    onProgress: steps.heard,
    // What `account run --tables` writes holds no digest of a map.
    digestsWhenAsked: true,
    ...(cache ? { cache } : {}),
    ...(digests ? { digests } : {}),
    ...(threads ? { threads } : {}),
    ...write,
  })
  threads?.close()
  if (!result.account) throw new Error(result.problems.map((p) => `${p.code} ${p.en}`).join('\n'))
  if (!result.account.maps?.length) throw new Error('no figure is over pixels')
  const tables = join('out', 'bench', 'tables')
  await writeTables(result.account, tables)
  const { opened, passed } = steps.told()
  const end = cpuSoFar()
  return {
    start: begun,
    rules: loaded - begun,
    opening: opened - loaded,
    pass: passed - opened,
    rest: end - passed,
    cpu: end,
    wall: performance.now() / 1000,
    figures: readFileSync(join(tables, 'figures.csv'), 'utf8').split('\r\n').length - 2,
    made: cache?.told().made ?? 0,
    found: cache?.told().found ?? 0,
    priced: gepOf(result.account) ? 1 : 0,
    peak: peak(),
  }
}

/** When the pass over the maps began and ended, in CPU seconds of the process. */
function stepsOf() {
  let [opened, passed] = [NaN, NaN]
  return {
    heard: ((_done, _of, what) => {
      if (what.en === 'reading files') return
      if (Number.isNaN(opened)) opened = cpuSoFar()
      if (what === READING_MAPS) passed = cpuSoFar()
    }) satisfies RunInput['onProgress'],
    told: () => ({ opened, passed: Number.isNaN(passed) ? opened : passed }),
  }
}
