// The law of watching: what is told of a region that is final is what the ended run says of it, digit for digit, however many
// threads share the pass, in blocks too; and a region is final as soon as its own tiles are done, not when all are.

import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../../test/stories/folders.ts'
import { openThreads, type Threads } from '../../../../raster/index.ts'
import { between, mapAccount, putMapAccount } from '../../maps/map-account.fixture.ts'
import { threadScript } from '../../maps/thread-script.fixture.ts'
import { runAccount, runBlock, type RunInput } from '../../run.ts'
import type { Account } from '../../model.ts'
import type { RegionsSoFar, RegionSum } from './region-watch.ts'

const home = storyFolder('region-watch')
const script = await threadScript('region-watch')
afterAll(() => rmSync(fileURLToPath(script)))

const [WIDTH, HEIGHT] = [70, 2600]
const band = (code: string, top: number, bottom: number) => ({
  code,
  rings: [[[0, top], [WIDTH, top + 20], [WIDTH, bottom + 20], [0, bottom], [0, top]] as const], // prettier-ignore
})
const given = mapAccount({
  width: WIDTH,
  height: HEIGHT,
  tile: 128,
  regions: [band('101', 5, 700), band('102', 700, 1650), band('103', 1650, 2570)],
  layers: [
    { argument: 'precipitation', unit: 'mm', at: between(900, 1600, 7), type: 'float32', packing: 'deflate' },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4), coarse: 3 },
  ],
  list: { methods: { R1: ['R1.water-balance.map'] } },
})
putMapAccount(home, given)
const input = { folder: home, list: given.list, book: rules.book, engine: 'test' }

interface Told {
  readonly done: readonly number[]
  readonly final: readonly string[]
  readonly sums: Readonly<Record<string, readonly RegionSum[]>>
}

/** All that a run tells, each time with the sums of every region. */
function watched(run: (onRegions: NonNullable<RunInput['onRegions']>) => void): readonly Told[] {
  const told: Told[] = []
  run(({ regions, sums }: RegionsSoFar) =>
    told.push({
      done: regions.map((r) => r.done),
      final: regions.filter((r) => r.isFinal).map((r) => r.region),
      sums: Object.fromEntries(regions.map((r) => [r.region, sums(r.region)])),
    }),
  )
  return told
}

/** What the ended run says of a region, as it would be told. */
const ended = (account: Account, region: string): readonly string[] =>
  account.figures.flatMap(({ recipe }) =>
    recipe.kind === 'pixels' && recipe.region === region ? [JSON.stringify([recipe.class, recipe.sum])] : [],
  )
const said = (sums: readonly RegionSum[]): readonly string[] => sums.map((s) => JSON.stringify([s.class, s.sum]))

function expectFinalIsFinal(told: readonly Told[], account: Account): void {
  for (const { final, sums } of told)
    for (const region of final) expect([...said(sums[region]!)].sort()).toEqual([...ended(account, region)].sort())
}

const whole = runAccount(input).account!

test.each([1, 2, 4])('with %i threads a final region has the digits of the ended run', (count) => {
  const threads: Threads | undefined = count > 1 ? openThreads(script, count, 0) : undefined
  let account: Account | undefined
  const told = watched((onRegions) => {
    account = runAccount({ ...input, onRegions, ...(threads ? { threads } : {}) }).account
  })
  threads?.close()
  expect(account).toEqual(whole)
  expect(ended(whole, '101').length).toBeGreaterThan(2)
  expectFinalIsFinal(told, whole)
  expect(told.at(-1)!.final).toEqual(['101', '102', '103'])
  // Regions from north to south: some are final before others, and partial sums are there before the end.
  const sizes = told.map((t) => t.final.length)
  expect(sizes).toEqual([...sizes].sort())
  expect(new Set(sizes).size).toBeGreaterThan(2)
  if (count === 1) {
    const amid = told.find((t) => t.final.length === 1)!
    expect(amid.final).toEqual(['101'])
    expect(said(amid.sums['102']!)).not.toEqual(ended(whole, '102'))
  }
})

/** Regions that lie in one block, by the number of blocks. */
const WHOLE = { 1: ['101', '102', '103'], 3: ['101'], 7: [] } as const

test.each([1, 3, 7] as const)(
  'of %i blocks, one that holds a region whole tells it final with the digits of the whole',
  (of) => {
    const final: string[] = []
    for (let block = 1; block <= of; block++) {
      const told = watched((onRegions) => void runBlock({ ...input, onRegions }, { block, of }))
      expectFinalIsFinal(told, whole)
      final.push(...told.at(-1)!.final)
    }
    expect(final).toEqual(WHOLE[of])
  },
)
