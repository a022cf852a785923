// What fills one input of a rule on the pixels of a row: a band, the outcome of another rule on the same pixel, or a number
// that is the same for the whole row (a fact, a parameter, a figure). The same declarations as over areas, read for maps.

import { text, type Text } from '../../../../kernel/index.ts'
import { findArgument } from '../../arguments.ts'
import { bandId, PIXEL_AREA, type MapStack } from '../../maps/map-stack.ts'
import type { Given, Keys } from '../../methods/method.ts'
import type { PixelGiven, PixelRule } from '../../model.ts'
import { choiceOf, keysFor, lacks, refOf, ruleFor, type Lacking, type RowScope } from '../given.ts'

export const isPixelRule = (g: PixelGiven): g is PixelRule => 'rule' in g

/** Whether a pixel matters at all; if not, the row needs one number and no map. */
export const overPixels = (g: PixelGiven): boolean =>
  'map' in g
    ? true
    : 'table' in g
      ? g.table.some((row) => Object.values(row).some(overPixels))
      : isPixelRule(g) && Object.values(g.given).some(overPixels)

export function pixelGiven(given: Given, scope: RowScope, maps: MapStack): PixelGiven | Lacking {
  if ('argument' in given) {
    if (given.argument === 'area') return { map: PIXEL_AREA }
    const id = mapOf(given.argument, given.item ?? scope.place.item, maps)
    return id === undefined ? refOf(given, scope) : { map: id }
  }
  if ('choice' in given) return variant(given, scope, maps)
  if ('factor' in given) {
    const made = pixelRule(given.rule, given.output, given.given, given.keys, scope, maps)
    // Without a map below it the factor is one number of the row, a figure with a code of its own.
    return !lacks(made) && overPixels(made) ? made : refOf(given, scope)
  }
  if ('each' in given) return eachRow(given, scope, maps)
  if ('table' in given) {
    const rows = given.table.map((fields) => fieldsOf(fields, scope, maps))
    const lacking = rows.flatMap((r) => ('lacking' in r ? r.lacking : []))
    if (lacking.length > 0) return { lacking }
    const table = rows.flatMap((r) => ('fields' in r ? [r.fields] : []))
    return overPixels({ table }) ? { table } : refOf(given, scope)
  }
  return refOf(given, scope)
}

const mapOf = (argument: string, item: string | undefined, maps: MapStack): string | undefined => {
  const own = item === undefined ? undefined : bandId(argument, item)
  if (own !== undefined && maps.bands.has(own)) return own
  return maps.bands.has(argument) ? argument : undefined
}

function variant(given: Extract<Given, { choice: string }>, scope: RowScope, maps: MapStack): PixelGiven | Lacking {
  const named = choiceOf(given.choice, scope)
  const lacking: Text[] = []
  const variants = named !== undefined ? [named] : Object.keys(given.of)
  for (const v of variants) {
    const g = given.of[v]
    if (!g) return { lacking: [text(`“${given.choice}”没有“${v}”这个选项`, `"${given.choice}" has no variant "${v}"`)] }
    const made = pixelGiven(g, scope, maps)
    if (!lacks(made)) {
      scope.chose(given.choice, v)
      return made
    }
    if (v === variants[0]) lacking.push(...made.lacking)
  }
  return { lacking }
}

type Fields = { readonly fields: Readonly<Record<string, PixelGiven>> } | Lacking

function fieldsOf(fields: Readonly<Record<string, Given>>, scope: RowScope, maps: MapStack): Fields {
  const out: Record<string, PixelGiven> = {}
  const lacking: Text[] = []
  for (const [name, g] of Object.entries(fields)) {
    const made = pixelGiven(g, scope, maps)
    if (lacks(made)) lacking.push(...made.lacking)
    else out[name] = made
  }
  return lacking.length > 0 ? { lacking } : { fields: out }
}

/** One row of the table for every item that has a map, in the order of their names; without maps, facts as over areas. */
function eachRow(given: Extract<Given, { each: string }>, scope: RowScope, maps: MapStack): PixelGiven | Lacking {
  // Keys that look like numbers come first in an object: October would stand before January.
  const items = Object.keys(findArgument(given.each)?.items ?? {}).sort()
  const wanted = Object.values(given.fields).flatMap(argumentsIn)
  const mapped = items.filter((item) => [given.each, ...wanted].some((a) => maps.bands.has(bandId(a, item))))
  if (mapped.length === 0) return refOf(given, scope)
  const rows = items
    .filter((item) => mapped.includes(item) || scope.facts.find(given.each, { ...scope.place, item }) !== undefined)
    .map((item) => fieldsOf(given.fields, { ...scope, place: { ...scope.place, item } }, maps))
  const lacking = rows.flatMap((r) => ('lacking' in r ? r.lacking : []))
  return lacking.length > 0 ? { lacking } : { table: rows.flatMap((r) => ('fields' in r ? [r.fields] : [])) }
}

/** Arguments of one field, those of the rules and variants within it too: rain may be a table where NDVI is a map. */
export const argumentsIn = (g: Given): readonly string[] =>
  'argument' in g
    ? [g.argument]
    : 'factor' in g
      ? Object.values(g.given).flatMap(argumentsIn)
      : 'choice' in g
        ? Object.values(g.of).flatMap(argumentsIn)
        : []

/** The rule of a stage or factor with every input resolved for one row. */
export function pixelRule(
  ruleId: string,
  output: string,
  given: Readonly<Record<string, Given>>,
  keys: Keys | undefined,
  scope: RowScope,
  maps: MapStack,
): PixelRule | Lacking {
  const rule = ruleFor(ruleId, scope)
  if (lacks(rule)) return rule
  const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => name in rule.inputs))
  const made = fieldsOf(inputs, scope, maps)
  if ('lacking' in made)
    return { lacking: made.lacking.filter((t, i) => made.lacking.findIndex((u) => u.zh === t.zh) === i) }
  return { rule: `${rule.id}@${rule.version}`, output, given: made.fields, keys: keysFor(keys, scope) }
}
