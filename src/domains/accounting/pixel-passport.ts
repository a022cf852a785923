// One pixel opened: the calculation behind a figure over maps, by evaluating the rule's own expression in 34-digit decimals
// on the pixel's factors. Every factor names file, band, hash and pixel, a code its cell in the table.
// Always holds: this is no second formula; the kernel that made the sum was compiled from the same expression.

import {
  dec,
  decText,
  ProblemError,
  quantity,
  quantityText,
  text,
  type Quantity,
  type Text,
} from '../../kernel/index.ts'
import { evaluateRule, type Given, type Outcome } from '../../core/rules/index.ts'
import { fromLonLat, stripOf, toLonLat, VALID, type Grid, type PixelState } from '../../raster/index.ts'
import { problemsText } from './engine/reasons.ts'
import { quantityOf, type RecipeContext } from './engine/recipe.ts'
import { factNode, figureOrParameterNode, mapNote, ruleHead, shown, type PassportNode, type World } from './explain.ts'
import { PIXEL_AREA, type MapStack } from './maps/map-stack.ts'
import { SQUARE_METRE } from './maps/square-metre.ts'
import type { Figure, PixelGiven, PixelRule } from './model.ts'

export interface PixelPlace {
  /** In the coordinates of the grid. */
  readonly x: number
  readonly y: number
  /** Degrees, in the datum of the grid. */
  readonly lonLat: readonly [number, number]
  readonly pixel: readonly [column: number, row: number]
}

export interface PixelPassport {
  readonly place: PixelPlace
  readonly region: string
  readonly class: string
  readonly areaM2: string
  /** One for every figure over maps whose sum this pixel is part of. */
  readonly figures: readonly {
    readonly figure: Figure
    /** The pixel's own share of the figure; a missing factor is named instead. */
    readonly node?: PassportNode
    readonly missing?: Text
  }[]
}

/** Where a point lies: `lon,lat` in degrees, or `x,y` of the grid. Undefined outside the map. */
export function pixelAt(grid: Grid, a: number, b: number): PixelPlace | undefined {
  const degrees = Math.abs(a) <= 180 && Math.abs(b) <= 90
  const out: [number, number] = [a, b]
  if (degrees && grid.crs.kind !== 'geographic') fromLonLat(grid.crs)(a, b, out)
  const [x, y] = out
  const pixel = [Math.floor((x - grid.west) / grid.dx), Math.floor((grid.north - y) / grid.dy)] as const
  if (pixel[0] < 0 || pixel[1] < 0 || pixel[0] >= grid.width || pixel[1] >= grid.height) return undefined
  const lonLat: [number, number] = [x, y]
  if (grid.crs.kind !== 'geographic') toLonLat(grid.crs)(x, y, lonLat)
  return { x, y, lonLat, pixel }
}

/** @returns undefined where the pixel belongs to no region or has no type */
export function pixelPassport(place: PixelPlace, maps: MapStack, world: World): PixelPassport | undefined {
  const window = { col: place.pixel[0], row: place.pixel[1], width: 1, height: 1 }
  const keys = new Int32Array(1)
  maps.keys(window, keys)
  const row = maps.rows[keys[0]!]
  if (!row) return undefined
  const figures = [...world.figures.values()].filter(
    (f) => f.recipe.kind === 'pixels' && f.recipe.region === row.region && f.recipe.class === row.class,
  )
  return {
    place,
    region: row.region,
    class: row.class,
    areaM2: String(maps.areaOfRow(window.row)),
    figures: figures.map((figure) => {
      const { of } = figure.recipe as Extract<Figure['recipe'], { kind: 'pixels' }>
      const made = evaluated(of, figure.title.zh, row.region, place, maps, world)
      return 'missing' in made
        ? { figure, missing: made.missing }
        : { figure, node: { ...made.node, code: figure.code } }
    }),
  }
}

type Made = { readonly quantity: Quantity; readonly node: PassportNode } | { readonly missing: Text }

const WHY: Readonly<Record<PixelState, Text>> = {
  0: text('有值', 'valid'),
  1: text('无数据', 'no data'),
  2: text('不是数', 'not a number'),
  3: text('图外', 'outside the map'),
  4: text('算式无值', 'no value'),
}

function evaluated(of: PixelRule, title: string, region: string, place: PixelPlace, maps: MapStack, w: World): Made {
  const rule = w.ctx.rule(of.rule)
  const children: PassportNode[] = []
  const given: Record<string, Given[string]> = {}
  for (const [name, g] of Object.entries(of.given)) {
    if ('table' in g) {
      const rows: Record<string, Quantity>[] = []
      for (const fields of g.table) {
        const row: Record<string, Quantity> = {}
        for (const [field, x] of Object.entries(fields)) {
          const made = one(`${name}.${field}`, x, region, place, maps, w)
          if ('missing' in made) return made
          row[field] = made.quantity
          children.push(made.node)
        }
        rows.push(row)
      }
      given[name] = rows
    } else if (!('map' in g) && !('rule' in g) && 'rows' in g) {
      given[name] = g.rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([k, r]) => [k, quantityOf(r, w.ctx, region)])),
      )
      children.push(figureOrParameterNode(name, g, region, w))
    } else {
      const made = one(name, g, region, place, maps, w)
      if ('missing' in made) return made
      given[name] = made.quantity
      children.push(made.node)
    }
  }
  let outcome: Outcome
  try {
    outcome = outcomeOf(rule, given, of, region, w.ctx)
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    // The kernel counts such a pixel as one without a value; here the rule says why.
    return { missing: problemsText(e.problems) }
  }
  const value = outcome.values[of.output]!
  return {
    quantity: value,
    node: {
      kind: 'figure',
      title: text(`${title}（本像元）`, `${rule.gives[of.output]?.title.en ?? of.output} (this pixel)`),
      value: quantityText(value),
      ...ruleHead(rule),
      filled: outcome.steps.map((s) => `${s.name} = ${s.filled} = ${shown(s.value)}`),
      children: [
        ...children,
        ...Object.entries(outcome.params).map(([name, p]) => figureOrParameterNode(name, p, region, w)),
      ],
    },
  }
}

/** The rule's expression on the pixel's factors. @throws ProblemError where it has no value there */
export const outcomeOf = (
  rule: ReturnType<RecipeContext['rule']>,
  given: Given,
  of: PixelRule,
  region: string,
  ctx: RecipeContext,
): Outcome => evaluateRule(rule, given, { keys: of.keys, parameter: (id, key) => ctx.parameter(id, key, region) })

function one(name: string, g: PixelGiven, region: string, place: PixelPlace, maps: MapStack, w: World): Made {
  if ('map' in g) return fromMap(name, g.map, place, maps, w)
  if ('rule' in g) return evaluated(g, name, region, place, maps, w)
  if ('table' in g) throw new Error('a table is not one number')
  return { quantity: quantityOf(g, w.ctx, region), node: figureOrParameterNode(name, g, region, w) }
}

function fromMap(name: string, id: string, place: PixelPlace, maps: MapStack, w: World): Made {
  if (id === PIXEL_AREA) {
    const area = quantity(String(maps.areaOfRow(place.pixel[1])), SQUARE_METRE)
    const node: PassportNode = {
      kind: 'map',
      title: text(`${name}：像元面积`, 'area of the pixel'),
      value: quantityText(area),
      children: [],
    }
    return { quantity: area, node }
  }
  const { band, use, unit, coded } = maps.bands.get(id)!
  const window = { col: place.pixel[0], row: place.pixel[1], width: 1, height: 1 }
  const strip = stripOf(1)
  band.read(window, strip)
  if (strip.states[0] !== VALID) {
    const why = WHY[strip.states[0] as PixelState]
    return { missing: text(`${use.title.zh}：${why.zh}`, `${use.title.en}: ${why.en}`) }
  }
  const value: Quantity = { value: dec(String(strip.values[0])), unit }
  const children: PassportNode[] = []
  if (coded) {
    coded.raw.read(window, strip)
    const fact = w.facts.get(use.codes?.[String(strip.values[0])] ?? '')
    if (fact) children.push(factNode(fact, text(`像元代码 ${strip.values[0]}`, `pixel code ${strip.values[0]}`).zh))
  }
  return {
    quantity: value,
    node: {
      kind: 'map',
      title: text(`${name}：${use.title.zh}`, use.title.en),
      value: { value: decText(value.value), unit: use.unit },
      origin: use.origin,
      year: use.year,
      note: mapNote(use),
      children,
    },
  }
}
