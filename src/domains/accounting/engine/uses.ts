// Which parameters and prices an account rests on, and how much of its value each one touches.

import { convert, decText, quantityText, unit, ZERO, type Dec, type Text } from '../../../kernel/index.ts'
import type { ParameterValue } from '../../../core/rules/index.ts'
import { findArgument } from '../arguments.ts'
import type { Basis, Line, ParameterUse, PriceUse } from '../model.ts'
import type { Draft } from './draft.ts'
import type { PriceChoice } from './prices.ts'
import { leavesOf, refsOf } from './recipe.ts'

export interface PricedBy {
  readonly price: string
  readonly basis: Basis
  readonly choice: PriceChoice
}

export type Parameters = ReadonlyMap<string, ParameterValue>

const NONE: Parameters = new Map()

/** Parameters below a figure, through all its recipes, by `id|key`. Thousands of lines share some tens of outcomes, which are
 *  one object each. */
export function parametersBelow(
  d: Pick<Draft, 'find' | 'usedBy' | 'context' | 'standing'>,
  key: string,
  seen = new Map<string, Parameters>(),
): Parameters {
  const hit = seen.get(key) ?? d.standing?.below(key)
  if (hit) return hit
  const f = d.find(key)
  if (!f) return NONE
  let out = d.usedBy(key).reduce(withOne, NONE)
  for (const ref of leavesOf(refsOf(f.recipe))) {
    if ('figure' in ref) {
      const below = parametersBelow(d, ref.figure, seen)
      out = out.size === 0 || out === below ? below : [...below.values()].reduce(withOne, out)
    }
    if ('parameter' in ref) {
      const p = d.context.parameter(ref.parameter, ref.key, f.region)
      if (!('severity' in p)) out = withOne(out, p)
    }
  }
  seen.set(key, out)
  return out
}

/** What has been put together so far. */
const joined = new WeakMap<Parameters, Map<ParameterValue, Parameters>>()

function withOne(all: Parameters, p: ParameterValue): Parameters {
  const at = `${p.id}|${p.key}`
  if (all.get(at) === p) return all
  const known = joined.get(all) ?? new Map<ParameterValue, Parameters>()
  joined.set(all, known)
  const hit = known.get(p)
  if (hit) return hit
  const made = new Map(all).set(at, p)
  known.set(p, made)
  return made
}

/** Lines that rest on the same parameters. */
interface Alike {
  readonly below: Parameters
  readonly current: Parameters
  touches: Dec
  /** Place of the last of them. */
  last: number
}

function linesAlike(d: Draft, lines: readonly Line[]): readonly Alike[] {
  const groups = new Map<Parameters, Map<Parameters, Alike>>()
  const seen = new Map<string, Parameters>()
  lines.forEach((line, i) => {
    const top = line.constant ?? line.quantity
    if (top === undefined) return
    const below = parametersBelow(d, top, seen)
    const current = line.current ? parametersBelow(d, line.current, seen) : below
    const own = groups.get(below) ?? new Map<Parameters, Alike>()
    groups.set(below, own)
    const group = own.get(current) ?? { below, current, touches: ZERO, last: i }
    own.set(current, group)
    group.last = i
    if (line.constant !== undefined && !line.memo)
      group.touches = group.touches.plus(convert(d.find(line.constant)!.quantity, YUAN).value)
  })
  return [...groups.values()].flatMap((own) => [...own.values()]).sort((a, b) => a.last - b.last)
}

const YUAN = unit('元')

export function parameterUses(d: Draft, lines: readonly Line[], priced: readonly PricedBy[]): readonly ParameterUse[] {
  const isPrice = new Set(
    priced.flatMap((p) => (p.choice.parameter ? [`${p.choice.parameter.id}|${p.choice.parameter.key}`] : [])),
  )
  const values = new Map<string, { p: ParameterValue; touches: Dec }>()
  for (const { below, current, touches } of linesAlike(d, lines))
    for (const [at, p] of current === below ? below : new Map([...below, ...current]))
      // Of parameters of one name that of the last line is told.
      values.set(at, { p, touches: values.get(at)?.touches.plus(touches) ?? touches })
  return [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, { p, touches }]) => ({
      id: p.id,
      key: p.key,
      title: p.title,
      quantity: quantityText(p.quantity),
      mark: p.mark,
      source: p.source,
      ...(p.basis === undefined ? {} : { basis: p.basis }),
      ...(p.year === undefined ? {} : { year: p.year }),
      layer: p.layer,
      file: p.file,
      line: p.line,
      version: p.version,
      ...(p.override
        ? {
            override: {
              reason: p.override.reason,
              approver: p.override.approver,
              ...(p.override.was ? { was: quantityText(p.override.was) } : {}),
              ...(p.override.act ? { act: p.override.act } : {}),
              effect: '0',
            },
          }
        : {}),
      isPrice: isPrice.has(at),
      touches: decText(touches),
    }))
}

export function priceUses(priced: readonly PricedBy[]): readonly PriceUse[] {
  const once = new Map<string, PriceUse>()
  const seen = new Set<string>()
  for (const { price, basis, choice } of priced) {
    const { ref } = choice
    // Most lines take one price; what stands for all of them is written out once.
    const short = 'parameter' in ref ? `${price}|${basis}|${ref.parameter}|${ref.key}|${ref.version}` : undefined
    if (short !== undefined && seen.has(short)) continue
    if (short !== undefined) seen.add(short)
    const item = choice.fact?.item
    const key = `${price}|${basis}|${JSON.stringify(choice.ref)}`
    if (once.has(key)) continue
    const named = findArgument(price)
    const title: Text = named?.title ?? { zh: price, en: price }
    const itemText = item === undefined ? undefined : (named?.items?.[item] ?? { zh: item, en: item })
    once.set(key, {
      price,
      title: itemText ? { zh: `${title.zh}·${itemText.zh}`, en: `${title.en} · ${itemText.en}` } : title,
      basis,
      quantity: quantityText(choice.quantity),
      ...(choice.parameter?.basis ? { priceBasis: choice.parameter.basis } : {}),
      year: choice.year,
      mark: choice.parameter?.mark ?? choice.fact?.mark ?? 'reported',
      source: choice.parameter?.source ?? (choice.fact?.source ? [choice.fact.source] : []),
      ref: choice.ref,
      ...(choice.note ? { note: choice.note } : {}),
    })
  }
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, u]) => u)
}
