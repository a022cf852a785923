// The account of a generated region: engine, checks and fitness, as `runAccount` does them once the facts are read. The
// list holds one override, so the engine calculates twice, with it and without it.

import { loadRuleBook } from '../src/core/rules/index.ts'
import { applyExplanations } from '../src/domains/accounting/checks/explain.ts'
import { runChecks } from '../src/domains/accounting/checks/run.ts'
import { computeAccount } from '../src/domains/accounting/engine/compute.ts'
import { fitnessOf } from '../src/domains/accounting/fitness.ts'
import { peak, timed, type Measured } from './measure.ts'
import { generatedRegion, TOWNSHIPS_A_COUNTY } from './region.ts'

export async function accountBench(townships: number): Promise<Measured> {
  const { book } = await loadRuleBook('rules')
  const region = await generatedRegion(book, townships / TOWNSHIPS_A_COUNTY)
  const input = { ...region, book, engine: 'bench', findings: region.problems }
  const computed = await timed(() => computeAccount(input))
  const again = await timed(() => void computeAccount({ ...input, list: { ...region.list, overrides: [] } }))
  const account = computed.result
  const checked = await timed(() => {
    const found = [...account.findings, ...runChecks(account, { sets: book.sets })]
    const { findings, problems } = applyExplanations(found, region.list.explained ?? [])
    return { ...account, findings: [...findings, ...problems] }
  })
  const judged = await timed(() => fitnessOf(checked.result))
  return {
    townships,
    facts: region.facts.length,
    figures: account.figures.length,
    engine: computed.cpu + again.cpu,
    checks: checked.cpu,
    fitness: judged.cpu,
    cpu: computed.cpu + again.cpu + checked.cpu + judged.cpu,
    peak: peak(),
  }
}
