// One method on one place: its rows, first the physical quantity of each, then, once all quantities are there, its value on
// both bases. Always holds: no price enters a row before it is valued.

import { convert, text, unit, type Text } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { findArgument } from '../arguments.ts'
import type { MapRow, MapStack } from '../maps/map-stack.ts'
import { findMethod } from '../methods/index.ts'
import type { Method, Stage } from '../methods/method.ts'
import type { Basis, Fact, Line, Recipe } from '../model.ts'
import { attempt, type Draft } from './draft.ts'
import type { FactTable, Place } from './fact-table.ts'
import { applyRule, lacks, type Lacking, type RowScope } from './given.ts'
import type { PriceChoice, PriceSources } from './prices.ts'
import { lineTitle } from './line-title.ts'
import { lackingText, problemsText } from './reasons.ts'
import { rowsOfMap, type PixelStage, type PixelStages } from './pixels/pixel-stages.ts'
import { valued } from './valuing.ts'

export interface RowsContext {
  readonly facts: FactTable
  readonly book: RuleBook
  readonly draft: Draft
  readonly rulesFor: (region: string) => RowScope['rules']
  readonly choices: Readonly<Record<string, string>>
  readonly prices: PriceSources
  readonly year: number
  readonly priceYear: number
  readonly className: (code: string) => Text
  /** The maps and the stages already computed over their pixels. */
  readonly maps?: { readonly stack: MapStack; readonly stages?: PixelStages }
  chose(method: string, choice: string, variant: string): void
  priced(price: string, basis: Basis, choice: PriceChoice): void
}

const under = (cls: string | undefined, allowed: readonly string[] | undefined): boolean =>
  allowed === undefined || (cls !== undefined && allowed.some((a) => cls === a || cls.startsWith(`${a}.`)))

/** Facts that open rows of a method. */
export const rowsOf = (m: Method, facts: FactTable): readonly Fact[] =>
  facts
    .of(m.driver)
    .filter(
      (f) => under(f.class, m.classes) && (m.items === undefined || (f.item !== undefined && m.items.includes(f.item))),
    )

/** What opens a row: a fact, or a region and type that have pixels. */
type Driver = Pick<Fact, 'region' | 'class' | 'item'> & { readonly fact?: Fact; readonly pixels?: MapRow }

/** A row that is not valued yet: what every stage of its method came to, in their order. */
export interface QuantityRow {
  readonly method: string
  readonly place: Place
  readonly lines: readonly QuantityLine[]
}

export type QuantityLine = Pick<Line, 'class' | 'item' | 'itemTitle'> &
  /** The key of its figure, or why there is none. */
  ({ readonly quantity: string } | { readonly reason: Text })

export function methodRows(m: Method, ctx: RowsContext): readonly QuantityRow[] {
  const drivers: readonly Driver[] =
    m.path === 'raster'
      ? rowsOfMap(m, ctx.maps!.stack).map((row) => ({ region: row.region, class: row.class, pixels: row }))
      : rowsOf(m, ctx.facts).map((fact) => ({ ...placeOf(fact), fact }))
  return drivers.map((driver) => quantityRow(m, driver, ctx))
}

const placeOf = (d: Pick<Fact, 'region' | 'class' | 'item'>): Place => ({
  region: d.region,
  ...(d.class === undefined ? {} : { class: d.class }),
  ...(d.item === undefined ? {} : { item: d.item }),
})

export function rowScope(
  m: Method,
  place: Place,
  ctx: Omit<RowsContext, 'maps'>,
  stages: ReadonlyMap<string, string> = new Map(),
): RowScope {
  return {
    method: m,
    place,
    facts: ctx.facts,
    tree: ctx.prices.tree,
    book: ctx.book,
    draft: ctx.draft,
    rules: ctx.rulesFor(place.region),
    choices: ctx.choices,
    stages,
    chose: (choice, variant) => ctx.chose(m.id, choice, variant),
  }
}

function quantityRow(m: Method, driver: Driver, ctx: RowsContext): QuantityRow {
  const stages = new Map<string, string>()
  const place = placeOf(driver)
  const scope = rowScope(m, place, ctx, stages)
  return { method: m.id, place, lines: m.stages.map((stage) => quantityLine(stage, driver, scope, stages, ctx)) }
}

function quantityLine(
  stage: Stage,
  driver: Driver,
  scope: RowScope,
  stages: Map<string, string>,
  ctx: RowsContext,
): QuantityLine {
  const m = scope.method
  const item = stage.item.replace('{item}', driver.item ?? '-')
  const cls = driver.class ?? (m.books?.length === 1 ? m.books[0]! : '-')
  const line = { class: cls, item, itemTitle: itemText(stage, driver) }
  const made = quantityOfRow({ stage, driver, line }, scope, ctx)
  if ('reason' in made) return { ...line, reason: made.reason }
  stages.set(stage.item, made.ok)
  return { ...line, quantity: made.ok }
}

/** The lines of the statement that a row makes. */
export function valuedRow(row: QuantityRow, ctx: RowsContext): readonly Line[] {
  const m = findMethod(row.method)!
  const stages = new Map<string, string>()
  const scope = rowScope(m, row.place, ctx, stages)
  return m.stages.map((stage, i): Line => {
    const { class: cls, item, itemTitle, ...own } = row.lines[i]!
    const line = { region: row.place.region, class: cls, service: m.service, item, itemTitle, method: m.id } as const
    if ('reason' in own) return { ...line, state: 'missing', reason: own.reason }
    stages.set(stage.item, own.quantity)
    if (stage.value === 'physical') return { ...line, state: 'computed', quantity: own.quantity }
    return valued(stage, { ...line, quantity: own.quantity }, scope, ctx)
  })
}

interface RowStage {
  readonly stage: Stage
  readonly driver: Driver
  readonly line: Pick<Line, 'class' | 'item' | 'itemTitle'>
}

function quantityOfRow(
  { stage, driver, line }: RowStage,
  scope: RowScope,
  ctx: RowsContext,
): { readonly ok: string } | { readonly reason: Text } {
  const m = scope.method
  const pixels = driver.pixels && ctx.maps?.stages?.find(m.id, stage.item, driver.pixels)
  const recipe = pixels ? summed(pixels) : recipeOf(stage, driver, scope)
  if (lacks(recipe)) return { reason: lackingText(recipe.lacking) }
  const { class: cls, item } = line
  const parts = {
    measure: 'quantity',
    basis: '-',
    region: driver.region,
    class: cls,
    service: m.service,
    item,
  } as const
  const made = attempt(() =>
    ctx.draft.add(parts, lineTitle(m, line.itemTitle, cls, ctx.className), recipe, {
      method: m.id,
      unit: (q) => convert(q, unit(stage.unit)),
      ...(pixels && !lacks(pixels) ? { uses: pixels.parameters } : {}),
    }),
  )
  return 'problems' in made ? { reason: problemsText(made.problems) } : made
}

/** A sum of no pixel is no zero: what is lacking is a pixel that has every factor. */
const summed = (pixels: PixelStage | Lacking): Recipe | Lacking =>
  lacks(pixels)
    ? pixels
    : pixels.recipe.sum.pixels > 0
      ? pixels.recipe
      : { lacking: [text('各项因子都有值的像元', 'a pixel that has every factor')] }

function recipeOf(stage: Stage, driver: Driver, scope: RowScope): Recipe | Lacking {
  if (stage.take !== undefined) {
    if (driver.fact && stage.take === driver.fact.argument) return { kind: 'fact', fact: driver.fact.id }
    const ref = scope.facts.find(stage.take, scope.place)
    return ref && 'fact' in ref
      ? { kind: 'fact', fact: ref.fact }
      : { lacking: [findArgument(stage.take)?.title ?? text(stage.take, stage.take)] }
  }
  const made = applyRule(stage.rule!, stage.output!, stage.given ?? {}, stage.keys, scope)
  return lacks(made) ? made : made.rule
}

function itemText(stage: Stage, driver: Driver): Text {
  const name =
    driver.item === undefined
      ? undefined
      : (findArgument(driver.fact!.argument)?.items?.[driver.item] ?? text(driver.item, driver.item))
  if (stage.item === '{item}') return name ?? stage.title
  return name && stage.item.includes('{item}')
    ? text(`${name.zh} ${stage.title.zh}`, `${name.en} ${stage.title.en}`)
    : stage.title
}
