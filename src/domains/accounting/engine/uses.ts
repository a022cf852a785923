// Which parameters and prices an account rests on, and how much of its value each one touches.

import { convert, dec, decText, quantityText, type Dec, type Text } from '../../../kernel/index.ts'
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

/** Parameters below a figure, through all its recipes, by `id|key`. */
export function parametersBelow(
  d: Pick<Draft, 'find' | 'usedBy' | 'context' | 'standing'>,
  key: string,
  seen = new Map<string, ReadonlyMap<string, ParameterValue>>(),
): ReadonlyMap<string, ParameterValue> {
  const hit = seen.get(key) ?? d.standing?.below(key)
  if (hit) return hit
  const f = d.find(key)
  if (!f) return new Map()
  const out = new Map<string, ParameterValue>(d.usedBy(key).map((p) => [`${p.id}|${p.key}`, p]))
  for (const ref of leavesOf(refsOf(f.recipe))) {
    if ('figure' in ref) for (const [at, p] of parametersBelow(d, ref.figure, seen)) out.set(at, p)
    if ('parameter' in ref) {
      const p = d.context.parameter(ref.parameter, ref.key, f.region)
      if (!('severity' in p)) out.set(`${p.id}|${p.key}`, p)
    }
  }
  seen.set(key, out)
  return out
}

export function parameterUses(d: Draft, lines: readonly Line[], priced: readonly PricedBy[]): readonly ParameterUse[] {
  const isPrice = new Set(
    priced.flatMap((p) => (p.choice.parameter ? [`${p.choice.parameter.id}|${p.choice.parameter.key}`] : [])),
  )
  const values = new Map<string, { p: ParameterValue; touches: Dec }>()
  const seen = new Map<string, ReadonlyMap<string, ParameterValue>>()
  for (const line of lines) {
    const top = line.constant ?? line.quantity
    if (top === undefined) continue
    const yuan =
      line.constant === undefined || line.memo ? dec(0) : convert(d.find(line.constant)!.quantity, '元').value
    const below = parametersBelow(d, top, seen)
    const current = line.current ? parametersBelow(d, line.current, seen) : below
    const touch = (at: string, p: ParameterValue): void => {
      const v = values.get(at)
      if (v) {
        v.p = p
        if (!yuan.isZero()) v.touches = v.touches.plus(yuan)
      } else values.set(at, { p, touches: yuan })
    }
    for (const [at, p] of below) touch(at, current.get(at) ?? p)
    if (current !== below) for (const [at, p] of current) if (!below.has(at)) touch(at, p)
  }
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
  for (const { price, basis, choice } of priced) {
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
