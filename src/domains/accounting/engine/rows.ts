// One method on one place: its rows, the physical quantity of each first, then its value on both bases.

import { convert, text, unit, type Text } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { findArgument } from '../arguments.ts'
import type { MapRow } from '../maps/map-stack.ts'
import type { Method, Stage } from '../methods/method.ts'
import type { Basis, Fact, Line, Recipe } from '../model.ts'
import { getService } from '../services.ts'
import { attempt, type Draft } from './draft.ts'
import type { FactTable, Place } from './fact-table.ts'
import { applyRule, lacks, type Lacking, type RowScope } from './given.ts'
import { evaluated, type MapsInSum, type RowInSum, type RowsInSum } from './ground.ts'
import type { PriceChoice, PriceSources } from './prices.ts'
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
  readonly maps?: { readonly stack: MapsInSum; readonly stages?: PixelStages }
  /** What rows came to in an earlier run, or where it is kept for a later one. */
  readonly known?: RowsInSum
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

export function methodLines(m: Method, ctx: RowsContext): readonly Line[] {
  const drivers: readonly Driver[] =
    m.path === 'raster'
      ? rowsOfMap(m, ctx.maps!.stack).map((row) => ({ region: row.region, class: row.class, pixels: row }))
      : rowsOf(m, ctx.facts).map((fact) => ({ ...placeOf(fact), fact }))
  return drivers.flatMap((driver) => rowLines(m, driver, ctx))
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

function rowLines(m: Method, driver: Driver, ctx: RowsContext): readonly Line[] {
  const stages = new Map<string, string>()
  const scope = rowScope(m, placeOf(driver), ctx, stages)
  return m.stages.map((stage) => stageLine(stage, driver, scope, stages, ctx))
}

function stageLine(stage: Stage, driver: Driver, scope: RowScope, stages: Map<string, string>, ctx: RowsContext): Line {
  const m = scope.method
  const item = stage.item.replace('{item}', driver.item ?? '-')
  const cls = driver.class ?? (m.books?.length === 1 ? m.books[0]! : '-')
  const itemTitle = itemText(stage, driver)
  const line = { region: driver.region, class: cls, service: m.service, item, itemTitle, method: m.id } as const
  const title = lineTitle(m, itemTitle, cls, ctx)
  const made = inQuantity({ stage, driver, line, title }, scope, ctx)
  if ('reason' in made) return { ...line, state: 'missing', reason: made.reason }
  stages.set(stage.item, made.ok)
  if (stage.value === 'physical') return { ...line, state: 'computed', quantity: made.ok }
  return valued(stage, { ...line, quantity: made.ok }, title, scope, ctx)
}

interface RowStage {
  readonly stage: Stage
  readonly driver: Driver
  readonly line: Pick<Line, 'region' | 'class' | 'service' | 'item'>
  readonly title: Text
}

/** The quantity of a row, which no price enters: as an earlier run made it, or made now and kept. */
function inQuantity(row: RowStage, scope: RowScope, ctx: RowsContext): RowInSum['made'] {
  const { known } = ctx
  if (!known) return quantityOfRow(row, scope, ctx)
  const { stage, driver } = row
  const place = [driver.region, driver.class ?? '', driver.item ?? '', driver.fact?.id ?? '']
  const name = JSON.stringify([scope.method.id, stage.item, ...place])
  const found = known.find(name)
  if (found) {
    for (const { figure, uses } of found.figures) ctx.draft.put(figure, uses)
    for (const [choice, variant] of found.chosen) scope.chose(choice, variant)
    return found.made
  }
  const before = ctx.draft.keys.length
  const chosen: (readonly [string, string])[] = []
  const chose: RowScope['chose'] = (choice, variant) => {
    chosen.push([choice, variant])
    scope.chose(choice, variant)
  }
  const made = quantityOfRow(row, { ...scope, chose }, ctx)
  known.keep?.(name, { made, figures: evaluated(ctx.draft, ctx.draft.keys.slice(before)), chosen })
  return made
}

function quantityOfRow({ stage, driver, line, title }: RowStage, scope: RowScope, ctx: RowsContext): RowInSum['made'] {
  const m = scope.method
  const pixels = driver.pixels && ctx.maps?.stages?.find(m.id, stage.item, driver.pixels)
  const recipe = pixels ? summed(pixels) : recipeOf(stage, driver, scope)
  if (lacks(recipe)) return { reason: lackingText(recipe.lacking) }
  const { region, class: cls, service, item } = line
  const made = attempt(() =>
    ctx.draft.add({ measure: 'quantity', basis: '-', region, class: cls, service, item }, title, recipe, {
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

function lineTitle(m: Method, item: Text, cls: string, ctx: RowsContext): Text {
  const s = getService(m.service).title
  const c = cls === '-' ? undefined : ctx.className(cls)
  const zh = [s.zh, item.zh === s.zh ? '' : item.zh, c?.zh ?? ''].filter(Boolean).join('·')
  const en = [s.en, item.en === s.en ? '' : item.en, c?.en ?? ''].filter(Boolean).join(' · ')
  return text(zh, en)
}
