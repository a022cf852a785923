// The Ganzi example as a stranger's folder: what the proposal makes of it without its list.

import { beforeAll, describe, expect, it } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import { proposeList, type Proposal } from '../inputs/index.ts'
import { compareLists } from './compare-lists.fixture.ts'
import { GANZI_LIST } from './ganzi.ts'

const FOLDER = 'examples/ganzi-2010'
let proposal: Proposal
beforeAll(async () => {
  const { book } = await loadRuleBook('rules')
  proposal = proposeList(FOLDER, { classification: book.classifications[0]! })
}, 60_000)

describe('the proposal for the Ganzi folder', () => {
  it('places nine in ten right and none wrong without a question', () => {
    const { right, of, silentlyWrong } = compareLists(proposal.list, GANZI_LIST, FOLDER)
    expect(silentlyWrong).toEqual([])
    expect(right / of).toBeGreaterThanOrEqual(0.9)
  })
  it('reads the price sheet row by row: what it prices, its item or class, and the year of its row', () => {
    const prices = (list: typeof GANZI_LIST) =>
      list.arguments
        .filter((b) => b.argument.startsWith('price.'))
        .map((b) => JSON.stringify([b.argument, b.where?.is, b.item, b.class, b.year]))
        .sort()
    expect(prices(proposal.list)).toEqual(prices(GANZI_LIST))
  })
  it('invents no item for a value of the whole prefecture without asking', () => {
    const whole = proposal.list.arguments.find((b) => b.argument === 'recreation-value')!
    expect(whole.item).toEqual({ name: '全域' })
    expect(whole.question?.zh).toContain('全部的合计')
  })
})
