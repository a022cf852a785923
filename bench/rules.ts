// Rules: our evaluator, which carries units and a reason, against the same formula written by hand in bare decimals; and
// the reading of the whole rule book.

import { civilDate, Dec, quantity } from '../src/kernel/index.ts'
import { evaluateRule, loadRuleBook, parametersFrom } from '../src/core/rules/index.ts'
import { peak, perSecond, timed, type Measured } from './measure.ts'

export async function ruleBench(): Promise<Measured> {
  const { cpu: load, result } = await timed(() => loadRuleBook('rules'))
  const { book } = result
  const ctx = { date: civilDate('2024-12-31'), regions: [] }
  const rule = book.findRule('gep.r1.water-balance', ctx)
  if ('severity' in rule) throw new Error(rule.en)
  const given = { 降水量: quantity('1400', 'mm'), 蒸散量: quantity('750', 'mm'), 面积: quantity('100', 'km2') }
  const options = { parameter: parametersFrom(book, ctx), keys: { class: 'forest.broadleaf.evergreen' } }
  const ours = await perSecond(() => void evaluateRule(rule, given, options))

  const [rain, evaporation, area, share] = ['1400', '750', '100', '0.0465'].map((x) => new Dec(x)) as [
    Dec,
    Dec,
    Dec,
    Dec,
  ]
  let last = new Dec(0)
  const bare = await perSecond(() => {
    const runoff = rain.times(share)
    last = rain.minus(runoff).minus(evaporation).times(area).times(1_000_000).div(1000)
  })
  const stored = evaluateRule(rule, given, options).values['水源涵养量']!
  if (!stored.value.eq(last))
    throw new Error(`the two formulas differ: ${stored.value.toFixed()} and ${last.toFixed()}`)
  return { ours, bare, load, files: result.files.length, rules: book.rules.length, peak: peak() }
}
