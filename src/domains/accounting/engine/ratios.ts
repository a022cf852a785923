// Head-line ratios of every region: per area, per person, GEP beside GDP as a ratio of two statistics, and 初级转化率.
// They are figures like any other, with a rule behind each; GEP is never offered as convertible into GDP.

import { type CivilDate, type RegionTree } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { extentKey, figureKey, valueKey } from '../figure-key.ts'
import type { Ref } from '../model.ts'
import { attempt, type Draft } from './draft.ts'
import type { FactTable } from './fact-table.ts'
import { ruleContext } from './parameters.ts'

export function addRatios(facts: FactTable, tree: RegionTree, draft: Draft, book: RuleBook, date: CivilDate): void {
  for (const region of tree.all.map((r) => r.code))
    for (const basis of ['constant', 'current'] as const) {
      const gep = figure(draft, valueKey(basis, region))
      if (!gep) continue
      const add = (name: string, output: string, given: Readonly<Record<string, Ref | undefined>>): void => {
        const rule = book.findRule(`gep.ratio.${name}`, ruleContext(tree, region, date))
        if ('severity' in rule || Object.values(given).some((g) => g === undefined)) return
        const parts = { measure: 'ratio', basis, region, class: '*', service: name, item: '*' } as const
        const refs = given as Readonly<Record<string, Ref>>
        attempt(() =>
          draft.add(parts, rule.gives[output]?.title ?? rule.title, {
            kind: 'rule',
            rule: `${rule.id}@${rule.version}`,
            output,
            given: refs,
            keys: {},
            region,
          }),
        )
      }
      add('per-area', '单位面积总值', { 生态产品总值: gep, 面积: figure(draft, extentKey(region, '*', 'closing')) })
      add('per-person', '人均总值', { 生态产品总值: gep, 常住人口: facts.find('population', { region }) })
      // GDP is a current-price statistic, so only the current-price total is set beside it.
      if (basis === 'current')
        add('gep-to-gdp', '比值', { 生态产品总值: gep, 地区生产总值: facts.find('gdp', { region }) })
      const [m, c] = ['M', 'C'].map((g) =>
        figure(draft, figureKey({ measure: 'value', basis, region, class: '*', service: g, item: '*' })),
      )
      add('primary-conversion', '初级转化率', { 物质供给价值: m, 文化服务价值: c, 生态产品总值: gep })
    }
}

const figure = (draft: Draft, key: string): Ref | undefined => (draft.find(key) ? { figure: key } : undefined)
