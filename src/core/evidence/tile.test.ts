// Static files: paths are read as strictly as they are written, growth in any steps ends in the same files, and what was
// changed on disk is met before anything is built on it.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toUtf8 } from './bytes.ts'
import { entriesTo, memoryFolder } from './evidence.fixture.ts'
import { append, EMPTY_FRONTIER, emptyRoot, inclusionProof, leafHash, root, verifyInclusion } from './merkle.ts'
import { parseBundle, parseTilePath, tilePath, tileReader, tilesOf, writeBundle, type Tile } from './tile.ts'
import { writeTiles } from './write-tiles.ts'

const all = entriesTo(900)
const start = { size: 0, root: emptyRoot() }

describe('tile paths', () => {
  it('are spelled in one way, and read back', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
        fc.maxSafeNat(),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          const tile: Tile = { level, index, width }
          expect(parseTilePath(tilePath(tile))).toEqual(tile)
        },
      ),
    )
  })

  it('are refused in any other spelling', () => {
    for (const path of [
      'tile/0/0',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/01',
      'tile/data/000',
      '/tile/0/000',
      'tile/0/../000',
    ])
      expect(parseTilePath(path)).toBeUndefined()
  })
})

describe('writing tiles', () => {
  it('ends in the same files whatever the steps, and gives the root of the tree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 4 }), async (cuts) => {
        const steps = [...cuts].sort((a, b) => a - b)
        const [grown, once] = [memoryFolder(), memoryFolder()]
        let frontier = EMPTY_FRONTIER
        for (const to of steps)
          frontier = await writeTiles(grown, {
            from: { size: frontier.size, root: root(frontier) },
            to,
            entries: all.slice(frontier.size),
          })
        await writeTiles(once, { from: start, to: steps.at(-1)!, entries: all })
        expect(root(frontier)).toEqual(root(append(EMPTY_FRONTIER, all.slice(0, frontier.size).map(leafHash))))
        const paths = [...tilesOf(frontier.size)].map(tilePath)
        expect([...once.files.keys()].sort()).toEqual([...paths].sort())
        for (const path of paths) expect(grown.files.get(path)).toEqual(once.files.get(path))
      }),
      { numRuns: 10 },
    )
  })

  it('writes nothing when the files on disk do not lead to the published root', async () => {
    const folder = memoryFolder()
    const frontier = await writeTiles(folder, { from: start, to: 300, entries: all })
    for (const path of ['tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']) {
      const kept = folder.files.get(path)!
      folder.files.set(
        path,
        kept.map((b, i) => (i === 40 || (i === 5 && kept.length < 40) ? b ^ 1 : b)),
      )
      const before = new Map(folder.files)
      const work = { from: { size: 300, root: root(frontier) }, to: 310, entries: all.slice(300) }
      await expect(writeTiles(folder, work)).rejects.toThrow('log.tiles-not-of-checkpoint')
      expect(folder.files).toEqual(before)
      folder.files.delete(path)
      await expect(writeTiles(folder, work)).rejects.toThrow('log.tile-missing')
      folder.files.set(path, kept)
    }
  })

  it('refuses an entry longer than two bytes of length can say, and a source that ends early', async () => {
    await expect(writeTiles(memoryFolder(), { from: start, to: 1, entries: [new Uint8Array(65_536)] })).rejects.toThrow(
      'log.entry-long',
    )
    await expect(writeTiles(memoryFolder(), { from: start, to: 3, entries: all.slice(0, 2) })).rejects.toThrow(
      'log.entries-short',
    )
  })
})

describe('reading tiles', () => {
  it('proves leaves of older and newer trees, also when only the full tile is left of a partial one', async () => {
    const folder = memoryFolder()
    await writeTiles(folder, { from: start, to: 200, entries: all })
    await writeTiles(folder, {
      from: { size: 200, root: root(append(EMPTY_FRONTIER, all.slice(0, 200).map(leafHash))) },
      to: 900,
      entries: all.slice(200),
    })
    folder.files.delete('tile/0/000.p/200')
    for (const [index, size] of [
      [3, 200],
      [199, 200],
      [899, 900],
      [0, 900],
      [511, 512],
    ] as const) {
      const path = await inclusionProof(tileReader(folder.read, size === 200 ? 200 : 900), index, size)
      const top = root(append(EMPTY_FRONTIER, all.slice(0, size).map(leafHash)))
      expect(verifyInclusion({ index, size, leaf: leafHash(all[index]!), root: top }, path)).toBe(true)
    }
  })

  it('reads entry bundles of any entries back and refuses bytes that do not end where they should', () => {
    const entry = fc.uint8Array({ maxLength: 300 })
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 256 }), fc.nat(), (entries, cut) => {
        const bundle: Tile = { level: 'entries', index: 0, width: entries.length }
        const bytes = writeBundle(entries)
        expect(parseBundle(bundle, bytes)).toEqual(entries)
        expect(() => parseBundle(bundle, bytes.slice(0, cut % bytes.length))).toThrow('log.bundle-broken')
        expect(() => parseBundle({ ...bundle, width: entries.length + 1 }, bytes)).toThrow('log.bundle-broken')
      }),
      { numRuns: 30 },
    )
  })

  it('says which tile is missing or of the wrong size', async () => {
    const wrong = (bytes: Uint8Array | undefined) => tileReader(() => bytes, 10)(0, 3)
    await expect(wrong(undefined)).rejects.toThrow('log.tile-missing')
    await expect(wrong(toUtf8('short'))).rejects.toThrow('log.tile-size')
  })
})
