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
import type { MapsInSum } from './ground.ts'
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
  readonly maps?: { readonly stack: MapsInSum; readonly stages: Pick<PixelStages, 'find'> }
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
  const pixels = driver.pixels && ctx.maps?.stages.find(m.id, stage.item, driver.pixels)
  const recipe = pixels ? summed(pixels) : recipeOf(stage, driver, scope)
  if (lacks(recipe)) return { ...line, state: 'missing', reason: lackingText(recipe.lacking) }
  const title = lineTitle(m, itemTitle, cls, ctx)
  const parts = {
    measure: 'quantity',
    basis: '-',
    region: driver.region,
    class: cls,
    service: m.service,
    item,
  } as const
  const made = attempt(() =>
    ctx.draft.add(parts, title, recipe, {
      method: m.id,
      unit: (q) => convert(q, unit(stage.unit)),
      ...(pixels && !lacks(pixels) ? { uses: pixels.parameters } : {}),
    }),
  )
  if ('problems' in made) return { ...line, state: 'missing', reason: problemsText(made.problems) }
  stages.set(stage.item, made.ok)
  if (stage.value === 'physical') return { ...line, state: 'computed', quantity: made.ok }
  return valued(stage, { ...line, quantity: made.ok }, title, scope, ctx)
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
