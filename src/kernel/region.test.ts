// The region tree: lineage, leaves, and codes that changed.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDate, regionTree, type Region } from './index.ts'

const region = (code: string, parent?: string, more: Partial<Region> = {}): Region => ({
  code,
  kind: 'administrative',
  name: { zh: code, en: code },
  ...(parent === undefined ? {} : { parent }),
  ...more,
})

/** A forest: every region's parent is an earlier one or none. */
const forests = fc
  .array(fc.option(fc.nat(), { nil: undefined, freq: 6 }), { minLength: 1, maxLength: 25 })
  .map((parents) =>
    parents.map((p, i) => region(String(100 + i), p === undefined || i === 0 ? undefined : String(100 + (p % i)))),
  )

describe('region tree', () => {
  test('a lineage begins with the region, steps by parents, and ends at a root', () => {
    fc.assert(
      fc.property(forests, (all) => {
        const tree = regionTree(all)
        for (const r of all) {
          const line = tree.lineage(r.code)
          expect(line[0]).toBe(r)
          line.forEach((x, i) => expect(x.parent).toBe(line[i + 1]?.code))
        }
      }),
    )
  })

  test('the leaves of the roots are all regions without children, each once', () => {
    fc.assert(
      fc.property(forests, (all) => {
        const tree = regionTree(all)
        const leaves = tree.roots().flatMap((r) => tree.leaves(r.code))
        const childless = tree.all.filter((r) => tree.children(r.code).length === 0)
        expect(new Set(leaves)).toEqual(new Set(childless))
        expect(leaves.length).toBe(childless.length)
      }),
    )
  })

  test('the order in which regions are given does not matter', () => {
    fc.assert(
      fc.property(forests, (all) => {
        const codes = (t: readonly Region[]): string[] => t.map((r) => r.code)
        expect(codes(regionTree([...all].reverse()).all)).toEqual(codes(regionTree(all).all))
      }),
    )
  })

  test('a parent that is not in the list makes a root', () => {
    const tree = regionTree([region('430100', '430000')])
    expect(tree.roots().map((r) => r.code)).toEqual(['430100'])
    expect(tree.lineage('430100').map((r) => r.code)).toEqual(['430100'])
    expect(tree.leaves('999')).toEqual([])
  })

  test('a code out of force leads to its successor', () => {
    const [from, to] = [civilDate('2000-01-01'), civilDate('2010-12-31')]
    const tree = regionTree([
      region('430122', undefined, { valid: { from, to }, successor: '430112' }),
      region('430112', undefined, { valid: { from: civilDate('2011-01-01') } }),
    ])
    expect(tree.inForce('430122', civilDate('2005-06-30'))?.code).toBe('430122')
    expect(tree.inForce('430122', civilDate('2020-06-30'))?.code).toBe('430112')
    expect(tree.inForce('430112', civilDate('2005-06-30'))).toBeUndefined()
    expect(tree.inForce('1', civilDate('2005-06-30'))).toBeUndefined()
  })

  test('successors in a circle end, and parents in a circle are a bug', () => {
    const valid = { from: civilDate('1990-01-01'), to: civilDate('1990-01-02') }
    const circle = regionTree([
      region('a', 'b', { valid, successor: 'b' }),
      region('b', 'a', { valid, successor: 'a' }),
    ])
    expect(circle.inForce('a', civilDate('2020-01-01'))).toBeUndefined()
    expect(() => circle.lineage('a')).toThrow(/cycle/)
  })
})
