// An account over maps run again with its working cache: what a changed price, a changed number and nothing changed cost, beside
// the first run that fills the cache. Each is a process of its own; reading the rule book is left out, as everywhere here.

import { join } from 'node:path'
import { keptDigests } from '../src/cli/kept-digests.ts'
import { keptWork } from '../src/cli/kept-work.ts'
import { loadRuleBook } from '../src/core/rules/index.ts'
import { gepOf, runAccount, type InputList } from '../src/domains/accounting/index.ts'
import { openThreads } from '../src/raster/index.ts'
import { peak, timed, type Measured } from './measure.ts'
import { LIST } from './raster-account.ts'

const CHANGED = {
  first: {},
  price: { prices: [{ price: 'price.reservoir-storage', book: 'price.reservoir-storage', key: 'weihe-2010' }] },
  number: { choices: { ...LIST.choices, 'R1.annual-yield.Z': 'invest-old-default' } },
} satisfies Record<string, Partial<InputList>>

export type Again = keyof typeof CHANGED

/** @param folder of a made region; the pictures of the report are left out */
export async function rasterAgain(folder: string, what: Again): Promise<Measured> {
  const { book } = await loadRuleBook('rules')
  const home = join(folder, '..', `cache-${folder.split('-').at(-1)!}`)
  const cache = keptWork({ folder: home, program: 'bench', fresh: what === 'first' })!
  const { cpu, wall, result } = await timed(() =>
    runAccount({
      folder,
      list: { ...LIST, ...CHANGED[what] },
      book,
      engine: 'bench',
      cache,
      digests: keptDigests(home),
    }),
  )
  if (!result.account) throw new Error(result.problems.map((p) => `${p.code} ${p.en}`).join('\n'))
  const { found, made } = cache.told()
  return { cpu, wall, found, made, priced: gepOf(result.account) ? 1 : 0, peak: peak() }
}

/** The first run of all, shared among so many threads: by the clock. */
export async function rasterThreads(folder: string, count: number): Promise<Measured> {
  const { book } = await loadRuleBook('rules')
  const threads = openThreads(new URL('pixel-worker.mjs', import.meta.url), count)
  const digests = keptDigests(join(folder, '..', `cache-${folder.split('-').at(-1)!}`))
  const { cpu, wall, result } = await timed(() =>
    runAccount({ folder, list: LIST, book, engine: 'bench', digests, threads }),
  )
  threads.close()
  if (!result.account) throw new Error(result.problems.map((p) => `${p.code} ${p.en}`).join('\n'))
  return { cpu, wall, peak: peak() }
}
