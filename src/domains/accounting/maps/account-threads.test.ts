// The law of threads: an account is the same to the last digit however many share its pass, whoever of them dies, and whatever
// goes wrong is told as one thread alone tells it.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { openThreads, type Threads } from '../../../raster/index.ts'
import { runAccount, runBlock, type RunResult } from '../run.ts'
import { blockSchema, mergeBlocks } from './blocks.ts'
import { between, mapAccount, putMapAccount } from './map-account.fixture.ts'
import { threadScript } from './thread-script.fixture.ts'

const home = storyFolder('account-threads')
const script = await threadScript('account-threads')
afterAll(() => rmSync(fileURLToPath(script)))

const rain = (c: number, r: number) => (c * 31 + r * 17) % 11 === 0 ? undefined : between(900, 30_000, 7)(c, r) + 0.1 // prettier-ignore
const given = mapAccount({
  width: 70,
  height: 2100,
  tile: 64,
  layers: [
    { argument: 'precipitation', unit: 'mm', at: rain, type: 'float32', packing: 'deflate' },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4), coarse: 3 },
  ],
  tables: [{ map: 'landcover.tif', file: 'factors.csv', columns: { rain: { argument: 'cover-factor', unit: '1' } }, rows: [1, 2, 3, 4, 5, 6].map((code) => ({ code, values: [code / 10] })) }], // prettier-ignore
  list: {
    methods: { R1: ['R1.water-balance.map'] },
    overrides: [{ parameter: 'gep.r1.runoff-coefficient', key: 'forest.mixed', value: '0.09', unit: '1', reason: '实测', approver: '测试' }], // prettier-ignore
  },
})
putMapAccount(home, given)
const input = { folder: home, list: given.list, book: rules.book, engine: 'test' }
const run = (threads?: Threads): RunResult => runAccount({ ...input, ...(threads ? { threads } : {}) })
const open = (count: number, from = script): Threads => openThreads(from, count, 0)
const alone = run()

test('one, two and four threads give the same account, findings and all', () => {
  expect(alone.account!.figures.filter((f) => f.recipe.kind === 'pixels').length).toBeGreaterThan(0)
  expect(alone.problems.map((p) => p.code)).toContain('maps.out-of-range')
  for (const count of [1, 2, 4]) {
    const threads = open(count)
    expect(run(threads)).toEqual(alone)
    threads.close()
  }
})

test('slopes of an elevation are worked out by every thread for itself, and are those of one alone', () => {
  const steep = mapAccount({
    width: 70,
    height: 1400,
    layers: [
      { argument: 'rainfall-erosivity', unit: 'MJ·mm/(hm2·h·a)', at: between(2000, 9000, 5) },
      { argument: 'soil-erodibility', unit: 't·hm2·h/(hm2·MJ·mm)', at: between(0.01, 0.05, 6), type: 'float32' },
      { argument: 'slope-length', unit: 'm', at: between(20, 200, 8) },
      { argument: 'elevation', unit: 'm', at: between(300, 420, 9) },
    ],
    tables: [{ map: 'landcover.tif', file: 'factors.csv', columns: { c: { argument: 'cover-factor', unit: '1' }, p: { argument: 'practice-factor', unit: '1' } }, rows: [1, 2, 3, 4, 5, 6].map((code) => ({ code, values: [code / 10, code / 20] })) }], // prettier-ignore
    list: {
      methods: { R2: ['R2.rusle.map'] },
      choices: { 'R2.rusle.R': 'given', 'R2.rusle.K': 'given', 'R2.rusle.LS': 'step-wischmeier1978', 'R2.rusle.C': 'given', 'R2.rusle.P': 'given' }, // prettier-ignore
    },
  })
  const folder = storyFolder('slopes-in-threads')
  putMapAccount(folder, steep)
  const own = { ...input, folder, list: steep.list }
  const plain = runAccount(own)
  expect(plain.account!.figures.filter((f) => f.recipe.kind === 'pixels').length).toBeGreaterThan(0)
  const threads = open(2)
  let shared = 0
  const counted: Threads = { ...threads, share: (...job) => (shared++, threads.share(...job)) }
  expect(runAccount({ ...own, threads: counted })).toEqual(plain)
  expect(shared).toBe(1)
  threads.close()
})

test.each([1, 3, 7])('%i blocks put together are the account that two threads give', (of) => {
  const blocks = Array.from({ length: of }, (_, i) => {
    const { block } = runBlock(input, { block: i + 1, of })
    return blockSchema.parse(JSON.parse(JSON.stringify(block)))
  })
  const threads = open(2)
  expect(runAccount({ ...input, threads, blocks: mergeBlocks(blocks) })).toEqual(alone)
  threads.close()
})

/** This thread held up, so that others have begun when it is done with its first piece. */
function heldUp(threads: Threads): { readonly threads: Threads; own(): number; pieces(): number } {
  let [own, all] = [0, 0]
  return {
    threads: {
      ...threads,
      share: (job, pieces, work, on) => {
        all += pieces
        const slow: typeof work = (piece, step) => {
          own++
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400)
          return work(piece, step)
        }
        return threads.share(job, pieces, slow, on)
      },
    },
    own: () => own,
    pieces: () => all,
  }
}

test('the other threads do take part', () => {
  const held = heldUp(open(2))
  expect(run(held.threads)).toEqual(alone)
  expect(held.own()).toBeLessThan(held.pieces())
  held.threads.close()
})

test('a thread that never starts, dies at once, or is killed over a piece costs nothing but time', () => {
  const missing = new URL('missing.mjs', script)
  const dying = new URL('data:text/javascript,process.exit(3)')
  // Takes the next piece and is gone.
  const killed = `import { parentPort } from 'node:worker_threads'
    parentPort.on('message', ({ control }) => { Atomics.add(new Int32Array(control), 0, 1); process.exit(3) })`
  for (const from of [missing, dying, new URL(`data:text/javascript,${encodeURIComponent(killed)}`)]) {
    const held = heldUp(open(2, from))
    expect(run(held.threads)).toEqual(alone)
    expect(held.own()).toBe(held.pieces())
    held.threads.close()
  }
})

test('a tile that cannot be read is told with its file by threads as by one', () => {
  const file = join(home, 'precipitation.tif')
  const whole = readFileSync(file)
  try {
    // Two tiles are spoilt: the first in order is told.
    const spoilt = Uint8Array.from(whole)
    for (const part of [0.35, 0.75]) spoilt.fill(0xff, whole.length * part, whole.length * part + 600)
    writeFileSync(file, spoilt)
    const told = run().problems
    expect(told.some((p) => p.severity === 'red' && p.at?.file === 'precipitation.tif')).toBe(true)
    const threads = open(2)
    expect(run(threads).problems).toEqual(told)
    threads.close()
  } finally {
    writeFileSync(file, whole)
  }
})
