// What rows share is what each would work out for itself, whatever facts and parameters the regions have of their own.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rules } from '../../../../../test/stories/folders.ts'
import { civilDate, quantity, regionTree, text, type Region } from '../../../../kernel/index.ts'
import type { Given } from '../../methods/method.ts'
import { findMethod } from '../../methods/index.ts'
import type { Fact } from '../../model.ts'
import { draft } from '../draft.ts'
import { factTable } from '../fact-table.ts'
import { lacks, refOf, type RowScope } from '../given.ts'
import { parameterLookup, ruleContext } from '../parameters.ts'
import { sameAnswers } from './same-answers.ts'

const region = (code: string, parent?: string): Region => ({
  code,
  kind: 'administrative',
  name: text(code, code),
  ...(parent === undefined ? {} : { parent }),
})
const CODES = ['100', '101', '102', '103', '1031', '1032', '104']
const tree = regionTree(CODES.map((c) => (c === '100' ? region(c) : region(c, c.length === 4 ? '103' : '100'))))
const date = civilDate('2020-12-31')

const EPSILON = 'gep.r8.casa.epsilon-max-zhu'
const ASKED: readonly Given[] = [
  { argument: 'weather-factor' },
  { argument: 'storm-rain', class: 'forest' },
  { argument: 'cooling-energy' },
  { each: 'storm-day-rain', fields: { 雨量: { argument: 'storm-day-rain' }, 因子: { argument: 'weather-factor' } } },
  { parameter: EPSILON, key: 'class' },
  { choice: 'R', of: { one: { argument: 'fetch' }, two: { argument: 'roughness-factor' }, three: { parameter: EPSILON, key: 'class' } } }, // prettier-ignore
]
const CLASSES = ['forest.broadleaf.evergreen', 'wetland.lake']

const facts = fc.array(
  fc.record({
    argument: fc.constantFrom('weather-factor', 'storm-rain', 'cooling-energy', 'storm-day-rain', 'fetch', 'roughness-factor'),
    region: fc.constantFrom(...CODES, '100', '100'),
    cls: fc.constantFrom(undefined, 'forest', ...CLASSES),
    item: fc.constantFrom(undefined, 'a', 'b'),
  }),
  { maxLength: 14 },
) // prettier-ignore

const factOf = ({ argument, region: code, cls, item }: (typeof facts extends fc.Arbitrary<infer T> ? T : never)[number]): Fact => ({
  id: [argument, code, cls ?? '-', item ?? '-', '2020'].join('|'),
  argument,
  region: code,
  ...(cls === undefined ? {} : { class: cls }),
  ...(item === undefined ? {} : { item }),
  year: 2020,
  quantity: quantity('1', '1'),
  typed: '1',
  origin: { file: 'x.csv', sha256: '' },
  mark: 'reported',
}) // prettier-ignore

/** What is asked for the row of a region and type, and who hears of its choices. */
function rowScope(
  [code, cls]: readonly [code: string, cls: string],
  table: ReturnType<typeof factTable>,
  parameter: ReturnType<typeof parameterLookup>,
  chose: RowScope['chose'] = () => undefined,
): RowScope {
  return {
    method: findMethod('R2.rusle.map')!,
    place: { region: code, class: cls },
    facts: table,
    tree,
    book: rules.book,
    draft: draft(rules.book, () => quantity('1', '1'), parameter),
    rules: ruleContext(tree, code, date),
    choices: {},
    stages: new Map(),
    chose,
  }
}

test('a row that shares what another worked out has what it would work out itself, and makes the same choices', () => {
  fc.assert(
    fc.property(facts, fc.subarray(CODES), (drawn, overridden) => {
      const all = [...new Map(drawn.map(factOf).map((f) => [f.id, f])).values()]
      const table = factTable(all, 2020, tree)
      const overrides = overridden.map((code) => ({ parameter: EPSILON, key: 'forest', region: code, value: '0.5', unit: 'g/MJ', reason: '实测', approver: '测试' })) // prettier-ignore
      const parameter = parameterLookup(rules.book, overrides, tree, date)
      const chosen: string[] = []
      const scopeOf = (code: string, cls: string): RowScope =>
        rowScope([code, cls], table, parameter, (choice, variant) => void chosen.push(`${choice} ${variant}`))
      const work = (scope: RowScope) => {
        const refs = ASKED.map((g) => refOf(g, scope)).filter((r) => !lacks(r))
        const values = refs.map((r) => {
          const p = 'parameter' in r ? scope.draft.context.parameter(r.parameter, r.key, scope.place.region) : undefined
          return p && 'quantity' in p ? [p.quantity.value.toFixed(), p.version, p.layer] : p?.code
        })
        return JSON.stringify([refs, values])
      }
      const told = (made: () => string): string => {
        chosen.length = 0
        return `${made()} ${chosen.join()}`
      }
      const alike = sameAnswers<string>(() => true)
      for (const cls of CLASSES)
        for (const code of CODES) {
          const shared = told(() => alike(cls, scopeOf(code, cls), work))
          expect(shared).toBe(told(() => work(scopeOf(code, cls))))
        }
    }),
    { numRuns: 60 },
  )
})

test('rows of regions that have nothing of their own are worked out once', () => {
  const table = factTable([factOf({ argument: 'weather-factor', region: '100', cls: undefined, item: undefined })], 2020, tree) // prettier-ignore
  const parameter = parameterLookup(rules.book, [], tree, date)
  let worked = 0
  const alike = sameAnswers<string>(() => true)
  for (const code of CODES.slice(1))
    alike('forest', rowScope([code, 'forest'], table, parameter), (scope) => {
      worked++
      return JSON.stringify(ASKED.map((g) => refOf(g, scope)))
    })
  // Each has its own around it for lists: those below 103, and the others.
  expect(worked).toBe(2)
})
