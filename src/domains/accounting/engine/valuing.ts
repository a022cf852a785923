// From a line's quantity to its value on both bases. Whatever is money in the data (prices, expenses, inputs, net output) is
// brought to the price year of the statement: re-based by the consumer price index, or used as it stands with a note.

import { text } from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import type { Stage } from '../methods/method.ts'
import type { Basis, Line, Recipe, Ref } from '../model.ts'
import { attempt } from './draft.ts'
import { applyRule, lacks, type Lacking, type RowScope } from './given.ts'
import { lineTitle } from './line-title.ts'
import { choosePrice, indexChain, notRebased, type PriceChoice } from './prices.ts'
import { lackingText, problemsText } from './reasons.ts'
import type { RowsContext } from './rows.ts'

export type LineWithQuantity = Omit<Line, 'state'> & { readonly quantity: string }

export function valued(stage: Stage, line: LineWithQuantity, scope: RowScope, ctx: RowsContext): Line {
  const out: { constant?: string; current?: string } = {}
  const refs: { constant?: Ref; current?: Ref } = {}
  for (const basis of ['constant', 'current'] as const) {
    const made = valueRecipe(stage, line, basis, scope, ctx)
    if ('lacking' in made) return { ...line, state: 'unpriced', reason: lackingText(made.lacking) }
    const { region, class: cls, service, item } = line
    const parts = { measure: 'value', basis, region, class: cls, service, item } as const
    const title = lineTitle(scope.method, line.itemTitle, cls, ctx.className)
    const added = attempt(() => ctx.draft.add(parts, title, made.recipe, { method: line.method }))
    if ('problems' in added) return { ...line, state: 'unpriced', reason: problemsText(added.problems) }
    out[basis] = added.ok
    if (made.price) refs[basis] = made.price
  }
  return { ...line, state: 'computed', ...out, price: refs }
}

type ValueRecipe = { readonly recipe: Recipe; readonly price?: Ref } | Lacking

function valueRecipe(
  stage: Stage,
  line: LineWithQuantity,
  basis: Basis,
  scope: RowScope,
  ctx: RowsContext,
): ValueRecipe {
  const year = basis === 'constant' ? ctx.priceYear : ctx.year
  const priceFor = (id: string): PriceChoice | undefined => {
    const item = scope.place.item ?? line.item
    const place = { region: line.region, item, ...(line.class === '-' ? {} : { class: line.class }) }
    const choice = choosePrice(id, place, year, ctx.prices)
    if (choice) ctx.priced(id, basis, choice)
    return choice
  }
  if (stage.value === 'self') return { recipe: takenOver(stage, line, basis, year, ctx) }
  const value = stage.value as Exclude<Stage['value'], string>
  if ('price' in value) {
    const choice = priceFor(value.price)
    if (!choice) return { lacking: [findArgument(value.price)?.title ?? text(value.price, value.price)] }
    const { ref: price, index } = choice
    return { recipe: { kind: 'price', quantity: { figure: line.quantity }, price, ...(index ? { index } : {}) }, price }
  }
  const valuing: NonNullable<RowScope['valuing']> = {
    own: line.quantity,
    price: (id) => {
      const choice = priceFor(id)
      return choice && (choice.index ? rebasedFigure(id, choice.ref, choice.index, line, basis, ctx) : choice.ref)
    },
    money: (argument, ref) => moneyOfYear(argument, ref, line, basis, year, ctx),
  }
  const made = applyRule(value.rule, value.output, value.given, value.keys, { ...scope, valuing })
  if (lacks(made)) return made
  const { region, class: cls, service } = line
  const key = { measure: 'quantity', basis, region, class: cls, service, item: `${line.item}.value` } as const
  const title = text('价值（未取整）', 'value before rounding')
  const whole = attempt(() => ctx.draft.add(key, title, made.rule, { method: line.method }))
  if ('problems' in whole) return { lacking: [problemsText(whole.problems)] }
  return { recipe: { kind: 'money', of: { figure: whole.ok } } }
}

/** A quantity that is money already, of the accounting year. */
function takenOver(stage: Stage, line: LineWithQuantity, basis: Basis, year: number, ctx: RowsContext): Recipe {
  const of: Ref = { figure: line.quantity }
  if (year === ctx.year) return { kind: 'money', of }
  const index = indexChain(ctx.year, year, line.region, ctx.prices)
  if (index) return { kind: 'money', of, index }
  const quantity = ctx.draft.find(line.quantity)!.quantity
  ctx.priced(stage.take ?? line.method, basis, { ref: of, quantity, year: ctx.year, note: notRebased(ctx.year, year) })
  return { kind: 'money', of }
}

/** An argument in money (expense per visit, cost of inputs) at the prices of the statement's year. */
function moneyOfYear(
  argument: string,
  ref: Ref,
  line: LineWithQuantity,
  basis: Basis,
  year: number,
  ctx: RowsContext,
): Ref {
  const fact = 'fact' in ref ? ctx.facts.get(ref.fact) : undefined
  const have = fact?.year ?? ctx.year
  if (have === year || findArgument(argument)?.unit.includes('元') !== true) return ref
  const index = indexChain(have, year, line.region, ctx.prices)
  if (index) return rebasedFigure(argument, ref, index, line, basis, ctx)
  if (fact)
    ctx.priced(argument, basis, { ref, quantity: fact.quantity, year: have, fact, note: notRebased(have, year) })
  return ref
}

function rebasedFigure(
  argument: string,
  of: Ref,
  index: NonNullable<PriceChoice['index']>,
  line: LineWithQuantity,
  basis: Basis,
  ctx: RowsContext,
): Ref {
  const { region, class: cls, service } = line
  const parts = {
    measure: 'quantity',
    basis,
    region,
    class: cls,
    service,
    item: `${line.item}.rebased.${argument}`,
  } as const
  const key = [parts.measure, basis, region, cls, service, parts.item].join('|')
  if (ctx.draft.find(key)) return { figure: key }
  const title = findArgument(argument)?.title ?? text(argument, argument)
  const named = text(`${title.zh}（换算到价格年）`, `${title.en} (re-based)`)
  return { figure: ctx.draft.add(parts, named, { kind: 'rebase', of, index }, { method: line.method }) }
}
