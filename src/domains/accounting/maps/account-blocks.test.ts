// The law of blocks: however a run is cut, its parts come together to the digits of the whole, through files of JSON.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../test/stories/folders.ts'
import { runAccount, runBlock } from '../run.ts'
import { blockSchema, mergeBlocks, type BlockSums } from './blocks.ts'
import { between, mapAccount, putMapAccount } from './map-account.fixture.ts'

const home = storyFolder('account-blocks')
const rain = (c: number, r: number) => (c * 31 + r * 17) % 11 === 0 ? undefined : between(900, 30_000, 7)(c, r) + 0.1 // prettier-ignore
const given = mapAccount({
  width: 40,
  height: 900,
  layers: [
    { argument: 'precipitation', unit: 'mm', at: rain, type: 'float32' },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4), coarse: 3 },
  ],
  list: {
    methods: { R1: ['R1.water-balance.map'] },
    overrides: [{ parameter: 'gep.r1.runoff-coefficient', key: 'forest.mixed', value: '0.09', unit: '1', reason: '实测', approver: '测试' }], // prettier-ignore
  },
})
putMapAccount(home, given)
const input = { folder: home, list: given.list, book: rules.book, engine: 'test' }
const whole = runAccount(input)
const blocksOf = (of: number): BlockSums[] =>
  Array.from({ length: of }, (_, i) => {
    const { block, problems } = runBlock(input, { block: i + 1, of })
    expect(problems.filter((p) => p.severity === 'red')).toEqual([])
    return blockSchema.parse(JSON.parse(JSON.stringify(block)))
  })
const codes = (blocks: readonly BlockSums[]): readonly string[] => {
  try {
    return runAccount({ ...input, blocks: mergeBlocks(blocks) }).problems.map((p) => p.code)
  } catch (e) {
    return (e as { problems: { code: string }[] }).problems.map((p) => p.code)
  }
}

test('the parts of any number of blocks, in any order, are the account of the whole, findings and all', () => {
  expect(whole.account!.figures.filter((f) => f.recipe.kind === 'pixels').length).toBeGreaterThan(0)
  expect(whole.problems.map((p) => p.code)).toContain('maps.out-of-range')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 4 }), (of, turn) => {
      const blocks = blocksOf(of)
      const turned = [...blocks.slice(turn % of), ...blocks.slice(0, turn % of)]
      const merged = runAccount({ ...input, blocks: mergeBlocks(turned) })
      expect(merged.account).toEqual(whole.account)
      expect(merged.problems).toEqual(whole.problems)
    }),
    { numRuns: 3 },
  )
})

test('blocks that are not all there, given twice, or of another list are refused', () => {
  const [a, b, c] = blocksOf(3) as [BlockSums, BlockSums, BlockSums]
  expect(codes([a, c])).toEqual(['maps.blocks-missing'])
  expect(codes([a, b, c, c])).toEqual(['maps.blocks-missing'])
  expect(codes([a, { ...b, account: 'other' }, c])).toEqual(['maps.blocks-differ'])
  expect(codes([a, b, c].map((x) => ({ ...x, account: 'other' })))).toContain('maps.blocks-differ')
})

test('a part that lacks a count, or has a limb that no sum has, is no part of a block', () => {
  const [whole] = blocksOf(1) as [BlockSums]
  const row = whole.rows.find((r) => r.part.limbs.length > 0)!
  const isBlock = (part: object): boolean =>
    blockSchema.safeParse({ ...whole, rows: [{ ...row, part: { ...row.part, ...part } }] }).success
  expect(isBlock({})).toBe(true)
  expect(isBlock({ counts: row.part.counts.slice(1) })).toBe(false)
  expect(isBlock({ limbs: [[68, 1]] })).toBe(false)
})
