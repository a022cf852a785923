// One byte changed anywhere is found and named: in an act, an entry, a tile of any level, the checkpoint. A whole
// history rewritten to look right is found too, by the head that was signed.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toUtf8 } from './bytes.ts'
import { actOf, madeLog, memoryFolder, trust } from './evidence.fixture.ts'
import { fsck, type KeptAct, type LogChecked } from './fsck.ts'
import { leafEntry } from './leaf.ts'
import { emptyRoot } from './merkle.ts'
import { parseTilePath } from './tile.ts'
import { writeTiles } from './write-tiles.ts'

/** Three levels would need 65 536 leaves; two and a partial tile on each show every kind of neighbour. */
const SIZE = 1000
const log = await madeLog(SIZE)

/** The log with some files replaced; undefined removes one. */
function check(
  changed: ReadonlyMap<string, Uint8Array | undefined>,
  acts: readonly KeptAct[] | undefined = log.acts,
): Promise<LogChecked> {
  const read = (path: string): Uint8Array | undefined =>
    changed.has(path) ? changed.get(path) : log.folder.files.get(path)
  return fsck({ read, checkpoint: log.checkpoint, trust, ...(acts ? { acts } : {}) })
}
const flip = (bytes: Uint8Array, at: number, by = 1): Uint8Array => bytes.map((b, i) => (i === at ? b ^ by : b))
const file = (path: string): Uint8Array => log.folder.files.get(path)!
/** Files of the published size; smaller partial ones are left from the step before. */
const current = [...log.folder.files.keys()].filter((p) => {
  const tile = parseTilePath(p)!
  return tile.width === 256 || tile.width === (tile.level === 1 ? 3 : 1000 % 256)
})
const codes = (checked: LogChecked): string[] => checked.problems.map((p) => p.code)

describe('a log that is whole', () => {
  it('gives no finding, with acts and without, empty and full', async () => {
    expect(await check(new Map())).toEqual({ size: SIZE, problems: [] })
    expect(await check(new Map(), undefined)).toEqual({ size: SIZE, problems: [] })
    for (const size of [0, 1, 255, 256, 257, 512]) {
      const other = await madeLog(size)
      expect(await fsck({ read: other.folder.read, checkpoint: other.checkpoint, trust, acts: other.acts })).toEqual({
        size,
        problems: [],
      })
    }
  })

  it('may have grown since the checkpoint: later acts are not its business', async () => {
    expect(codes(await check(new Map(), [...log.acts, actOf(SIZE), actOf(SIZE + 1)]))).toEqual([])
  })

  it('tells how far it is', async () => {
    const told: number[] = []
    await fsck({ read: log.folder.read, checkpoint: log.checkpoint, trust, progress: (n) => told.push(n) })
    expect(told).toEqual([256, 512, 768, 1000])
  })
})

describe('one byte', () => {
  it('of any file of the log is found, and the file, the place and the entry are named', async () => {
    expect(current.length).toBe(9)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...current),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (path, where, by, withActs) => {
          const byte = where % file(path).length
          const { problems } = await check(
            new Map([[path, flip(file(path), byte, by)]]),
            withActs ? log.acts : undefined,
          )
          expect(problems.length).toBe(1)
          const [found] = problems
          expect(found!.values.path).toBe(path)
          const tile = parseTilePath(path)!
          if (tile.level !== 'entries') {
            expect(found).toMatchObject({ code: 'log.tile-changed', values: { byte } })
          } else if (found!.code === 'log.entry-changed') {
            // Every entry takes 34 bytes: two of length, 32 of digest.
            expect(found!.values.index).toBe(tile.index * 256 + Math.floor(byte / 34))
            if (withActs) expect(found!.values.byte).toBe(byte)
          } else {
            expect(found!.code).toBe('log.bundle-broken')
            expect(byte % 34).toBeLessThan(2)
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('of an act or its salt is found, and the act is named', async () => {
    for (const [index, change] of [
      [0, { act: log.acts[0]!.act.replace('1000', '1001') }],
      [511, { salt: flip(log.acts[511]!.salt, 31) }],
      [999, { act: `${log.acts[999]!.act} ` }],
    ] as const) {
      const acts = log.acts.map((a) => (a.index === index ? { ...a, ...change } : a))
      expect((await check(new Map(), acts)).problems).toMatchObject([{ code: 'log.act-changed', values: { index } }])
    }
  })

  it('of the checkpoint is found before anything is read', async () => {
    const bytes = toUtf8(log.checkpoint)
    const text = bytes.length - log.checkpoint.split('\n\n')[1]!.length - 2
    for (let at = 0; at < text; at += 7) {
      const checked = await fsck({ read: () => expect.unreachable(), checkpoint: flip(bytes, at), trust })
      expect(checked.problems.length).toBe(1)
    }
  })
})

describe('more than a byte', () => {
  it('a missing, a cut and a longer file are named', async () => {
    for (const path of current) {
      const bytes = file(path)
      expect((await check(new Map([[path, undefined]]))).problems).toMatchObject([
        { code: 'log.tile-missing', values: { path } },
      ])
      for (const wrong of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0)])
        expect((await check(new Map([[path, wrong]]))).problems.map((p) => p.values.path)).toEqual([path])
    }
  })

  it('missing and exchanged acts are named', async () => {
    expect(
      (
        await check(
          new Map(),
          log.acts.filter((a) => a.index !== 77),
        )
      ).problems,
    ).toMatchObject([{ code: 'log.act-missing', values: { index: 77 } }])
    expect((await check(new Map(), log.acts.slice(0, 900))).problems).toMatchObject([
      { code: 'log.act-missing', values: { index: 900 } },
    ])
    const exchanged = log.acts.map((a) => (a.index === 3 ? { ...log.acts[4]!, index: 3 } : a))
    expect((await check(new Map(), exchanged)).problems).toMatchObject([
      { code: 'log.act-changed', values: { index: 3 } },
    ])
  })

  it('an act changed together with its entry and its leaf is betrayed by the level above', async () => {
    const acts = log.acts.map((a) => (a.index === 300 ? { ...a, act: a.act.replace('1300', '9300') } : a))
    const forged = await rebuilt(acts)
    const lower = new Map([...forged].filter(([path]) => !path.startsWith('tile/1/')))
    expect((await check(lower, acts)).problems).toMatchObject([
      { code: 'log.tile-changed', values: { path: 'tile/0/001', from: 256, to: 511 } },
    ])
  })

  it('a history rewritten throughout is betrayed by the signed head', async () => {
    const acts = log.acts.map((a) => (a.index === 300 ? { ...a, act: a.act.replace('1300', '9300') } : a))
    expect(codes(await check(await rebuilt(acts), acts))).toEqual(['log.history-rewritten'])
    // Whoever still has the true acts learns which one it was.
    expect((await check(await rebuilt(acts), log.acts)).problems).toMatchObject([
      { code: 'log.entry-changed', values: { index: 300, path: 'tile/entries/001' } },
    ])
  })

  it('two faults in two places are both told', async () => {
    const changed = new Map([
      ['tile/entries/000', flip(file('tile/entries/000'), 40)],
      ['tile/0/002', flip(file('tile/0/002'), 100)],
    ])
    const { problems } = await check(changed)
    expect(problems.map((p) => p.values.path ?? p.values.upper).sort()).toEqual(['tile/0/002', 'tile/entries/000'])
  })
})

/** The files of the log as they would be had these acts been the true ones. */
async function rebuilt(acts: readonly KeptAct[]): Promise<Map<string, Uint8Array>> {
  const folder = memoryFolder()
  const entries = acts.map((a) => leafEntry(a.salt, a.act))
  await writeTiles(folder, { from: { size: 0, root: emptyRoot() }, to: acts.length, entries })
  return folder.files
}
