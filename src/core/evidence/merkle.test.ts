// The tree against the standard's own words: the published vectors, a twin written as RFC 6962 writes it, all pairs of
// small sizes, random large ones, and every byte of a proof changed once.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, joinBytes, toHex } from './bytes.ts'
import { entriesTo, naivePath, naiveRoot, naiveSubproof } from './evidence.fixture.ts'
import {
  append,
  consistencyProof,
  decodeFrontier,
  EMPTY_FRONTIER,
  encodeFrontier,
  frontierAt,
  inclusionProof,
  leafHash,
  nodeHash,
  readerOverLeaves,
  root,
  rootAt,
  verifyConsistency,
  verifyInclusion,
  type Hash,
} from './merkle.ts'

const all = entriesTo(1100)
const leaves = all.map(leafHash)
const read = readerOverLeaves(leaves)
/** The reader hashes anew each time; this one remembers, so that thousands of proofs stay cheap. */
const kept = new Map<string, Hash>()
const reader = (level: number, index: number): Hash => {
  const key = `${level}/${index}`
  const known = kept.get(key) ?? (read(level, index) as Hash)
  kept.set(key, known)
  return known
}
const rootsTo = (size: number): Hash[] => {
  const roots = [root(EMPTY_FRONTIER)]
  let frontier = EMPTY_FRONTIER
  for (const leaf of leaves.slice(0, size)) {
    frontier = append(frontier, [leaf])
    roots.push(root(frontier))
  }
  return roots
}
const roots = rootsTo(1100)

/** Inputs and roots that certificate-transparency and transparency-dev/merkle test with. */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const [N00, N10, N20] = [ROOTS[1]!, ROOTS[2]!, ROOTS[4]!]
const N01 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'
const N02 = '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7'
const N04 = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'
const N05 = '4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658'
const N06 = 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f'
const N11 = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e'
const N12 = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a'
const N13 = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'
const N21 = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'

describe('the published vectors of RFC 6962', () => {
  const vectorLeaves = INPUTS.map((i) => leafHash(fromHex(i)!))
  const vectors = readerOverLeaves(vectorLeaves)

  it('gives the published roots of sizes 0 to 8, appended one by one or in one go', () => {
    let frontier = EMPTY_FRONTIER
    const grown = [root(frontier), ...vectorLeaves.map((leaf) => root((frontier = append(frontier, [leaf]))))]
    expect(grown.map(toHex)).toEqual(ROOTS)
    expect(ROOTS.map((_, n) => toHex(root(append(EMPTY_FRONTIER, vectorLeaves.slice(0, n)))))).toEqual(ROOTS)
  })

  it.each([
    [0, 1, []],
    [0, 8, [N01, N11, N21]],
    [5, 8, [N04, N13, N20]],
    [2, 3, [N10]],
    [1, 5, [N00, N11, N04]],
  ] as const)('gives and accepts the published path of leaf %i in a tree of %i', async (index, size, path) => {
    const made = await inclusionProof(vectors, index, size)
    expect(made.map(toHex)).toEqual(path)
    const at = { index, size, leaf: vectorLeaves[index]!, root: fromHex(ROOTS[size]!)! }
    expect(
      verifyInclusion(
        at,
        path.map((h) => fromHex(h)!),
      ),
    ).toBe(true)
  })

  it.each([
    [1, 1, []],
    [1, 8, [N01, N11, N21]],
    [6, 8, [N12, N13, N20]],
    [2, 5, [N11, N04]],
    [6, 7, [N12, N06, N20]],
    [3, 8, [N02, '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7', N10, N21]],
    [5, 6, [N04, N05, N20]],
  ] as const)('gives and accepts the published proof from size %i to size %i', async (older, newer, path) => {
    const made = await consistencyProof(vectors, older, newer)
    expect(made.map(toHex)).toEqual(path)
    const head = (size: number) => ({ size, root: fromHex(ROOTS[size]!)! })
    expect(verifyConsistency(head(older), head(newer), made)).toBe(true)
  })
})

describe('the tree against its plain twin', () => {
  it('has the root of the recursive definition at every size to 300, from an edge, a reader and a stored edge', async () => {
    for (let size = 0; size <= 300; size++) {
      expect(roots[size]).toEqual(naiveRoot(all.slice(0, size)))
      expect(await rootAt(reader, size)).toEqual(roots[size])
      const frontier = await frontierAt(reader, size)
      expect(root(frontier)).toEqual(roots[size])
      expect(decodeFrontier(encodeFrontier(frontier))).toEqual(frontier)
    }
  })

  it('does not care how leaves are cut into batches, and tells every complete subtree once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 8 }), (batches) => {
        const told = new Map<string, Hash>()
        let frontier = EMPTY_FRONTIER
        for (const batch of batches)
          frontier = append(frontier, leaves.slice(frontier.size, frontier.size + batch), (level, index, hash) => {
            expect(told.has(`${level}/${index}`)).toBe(false)
            told.set(`${level}/${index}`, hash)
          })
        expect(root(frontier)).toEqual(roots[frontier.size])
        for (const [key, hash] of told)
          expect(hash).toEqual(reader(...(key.split('/').map(Number) as [number, number])))
        let complete = 0
        for (let n = frontier.size; n > 0; n = Math.floor(n / 2)) complete += n
        expect(told.size).toBe(complete)
      }),
      { numRuns: 25 },
    )
  })

  it('proves every leaf of every tree to 64, and no leaf in another place', async () => {
    for (let size = 1; size <= 64; size++) {
      for (let index = 0; index < size; index++) {
        const path = await inclusionProof(reader, index, size)
        if (size <= 33) expect(path).toEqual(naivePath(index, all.slice(0, size)))
        const at = { index, size, leaf: leaves[index]!, root: roots[size]! }
        expect(verifyInclusion(at, path)).toBe(true)
        const elsewhere = [
          { ...at, index: index + 1 },
          { ...at, index: index - 1 },
          { ...at, leaf: leaves[size]! },
          { ...at, root: roots[size - 1]! },
        ]
        expect(elsewhere.some((wrong) => verifyInclusion(wrong, path))).toBe(false)
        expect(verifyInclusion(at, [...path, leaves[0]!])).toBe(false)
        if (path.length > 0) expect(verifyInclusion(at, path.slice(1))).toBe(false)
      }
    }
  })

  it('proves every older tree to every newer one to 64, and no other pair of roots', async () => {
    for (let newer = 0; newer <= 64; newer++) {
      for (let older = 0; older <= newer; older++) {
        const path = await consistencyProof(reader, older, newer)
        if (newer <= 33 && older > 0) expect(path).toEqual(naiveSubproof(older, all.slice(0, newer)))
        const [a, b] = [
          { size: older, root: roots[older]! },
          { size: newer, root: roots[newer]! },
        ]
        expect(verifyConsistency(a, b, path)).toBe(true)
        expect(verifyConsistency(a, b, [...path, leaves[0]!])).toBe(false)
        if (path.length > 0) expect(verifyConsistency(a, b, path.slice(1))).toBe(false)
        if (older > 0) expect(verifyConsistency({ ...a, root: leaves[newer]! }, b, path)).toBe(false)
        if (older > 0 && newer > older) expect(verifyConsistency(a, { ...b, root: roots[older]! }, path)).toBe(false)
        if (older < newer) expect(verifyConsistency(b, a, path)).toBe(false)
        // A much larger tree has a longer way to its root.
        if (older > 0) expect(verifyConsistency(a, { ...b, size: 4 * newer }, path)).toBe(false)
      }
    }
  })

  it('proves random leaves and pairs of a larger tree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1100 }), fc.nat(), async (size, n) => {
        const index = n % size
        const at = { index, size, leaf: leaves[index]!, root: roots[size]! }
        expect(verifyInclusion(at, await inclusionProof(reader, index, size))).toBe(true)
        const [a, b] = [
          { size: index + 1, root: roots[index + 1]! },
          { size, root: roots[size]! },
        ]
        expect(verifyConsistency(a, b, await consistencyProof(reader, index + 1, size))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('tampering', () => {
  it('refuses a path in which any byte is changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 1100 }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (size, n, where, by) => {
          const index = n % (size - 1)
          const path = await inclusionProof(reader, index, size)
          const at = { index, size, leaf: leaves[index]!, root: roots[size]! }
          expect(verifyInclusion(at, changed(path, where, by))).toBe(false)
          const proof = await consistencyProof(reader, index + 1, size)
          const [a, b] = [
            { size: index + 1, root: roots[index + 1]! },
            { size, root: roots[size]! },
          ]
          expect(verifyConsistency(a, b, changed(proof, where, by))).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('answers false, not by throwing, to sizes and hashes that make no sense', () => {
    const odd = [-1, 0.5, Number.NaN, Infinity, 2 ** 53, 1e300]
    for (const size of odd) {
      expect(verifyInclusion({ index: size, size: 3, leaf: leaves[0]!, root: roots[3]! }, [])).toBe(false)
      expect(verifyInclusion({ index: 0, size, leaf: leaves[0]!, root: roots[3]! }, [])).toBe(false)
      expect(verifyConsistency({ size, root: roots[1]! }, { size: 3, root: roots[3]! }, [])).toBe(false)
      expect(verifyConsistency({ size: 1, root: roots[1]! }, { size, root: roots[3]! }, [])).toBe(false)
    }
    expect(verifyInclusion({ index: 0, size: 2, leaf: leaves[0]!, root: roots[2]! }, [new Uint8Array(5)])).toBe(false)
  })

  it('stands at sizes beyond 2^32, where bits no longer fit a number of the processor', async () => {
    const size = 2 ** 45 + 2 ** 33 + 5
    const levels = [leaves[0]!]
    const same = (level: number): Hash => (levels[level] ??= nodeHash(same(level - 1), same(level - 1)))
    const path = await inclusionProof(same, 2 ** 44 + 7, size)
    const at = { index: 2 ** 44 + 7, size, leaf: leaves[0]!, root: await rootAt(same, size) }
    expect(verifyInclusion(at, path)).toBe(true)
    expect(verifyInclusion({ ...at, index: size - 1 }, path)).toBe(false)
    const frontier = await frontierAt(same, size)
    expect(frontier.edge.length).toBe(4)
    expect(root(frontier)).toEqual(at.root)
  })

  it('refuses the bytes of a frontier that are cut, longer, or of an impossible size', () => {
    const bytes = encodeFrontier(append(EMPTY_FRONTIER, leaves.slice(0, 11)))
    for (const wrong of [
      bytes.slice(0, -1),
      joinBytes(bytes, Uint8Array.of(0)),
      bytes.slice(0, 7),
      new Uint8Array(0),
      bytes.map((b, i) => (i === 0 ? 255 : b)),
    ])
      expect(() => decodeFrontier(wrong)).toThrow('log.frontier-broken')
  })
})

function changed(path: readonly Hash[], where: number, by: number): Hash[] {
  const byte = where % (path.length * 32)
  return path.map((h, i) => h.map((b, j) => (i * 32 + j === byte ? b ^ by : b)))
}
