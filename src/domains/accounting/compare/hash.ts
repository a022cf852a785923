// What must be equal in two years before growth is shown (QA-15): the methods with their choices and rule versions, and
// the parameters with their values. Prices are no part of it, since a price change is an effect of its own.

import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../../../kernel/index.ts'
import { serviceOfParameter } from '../checks/select.ts'
import type { Account, ParameterUse, Recipe } from '../model.ts'

const sha = (value: Json): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16)

/** Rules that make lines; those of ratios and sums are left out. `service → rule@version`, sorted. */
export function rulesByService(account: Account): ReadonlyMap<string, readonly string[]> {
  const figures = new Map(account.figures.map((f) => [f.key, f]))
  const out = new Map<string, Set<string>>()
  const add = (service: string, recipe: Recipe | undefined, seen: Set<string>): void => {
    if (recipe?.kind !== 'rule') return
    out.set(service, (out.get(service) ?? new Set()).add(recipe.rule))
    for (const ref of Object.values(recipe.given))
      if ('figure' in ref && !seen.has(ref.figure)) {
        seen.add(ref.figure)
        add(service, figures.get(ref.figure)?.recipe, seen)
      }
  }
  for (const l of account.lines)
    for (const key of [l.quantity, l.constant, l.current])
      if (key !== undefined) add(l.service, figures.get(key)?.recipe, new Set([key]))
  return new Map([...out].map(([s, rules]) => [s, [...rules].sort()]))
}

const methodsJson = (account: Account): Json => [
  account.head.set,
  [...account.methods].map((m) => canonicalJson({ service: m.service, method: m.method, choices: m.choices })).sort(),
  [...rulesByService(account)].map(([s, rules]) => `${s}:${rules.join(',')}`).sort(),
]

const parameterText = (p: ParameterUse): string => `${p.id}|${p.key}|${p.quantity.value}|${p.quantity.unit}`

export const methodHash = (account: Account): string => sha(methodsJson(account))

export const parameterHash = (account: Account): string =>
  sha(
    account.parameters
      .filter((p) => !p.isPrice)
      .map(parameterText)
      .sort(),
  )

/** Services whose method, rule version or parameters differ between two accounts: their change is a break, not growth. */
export function brokenServices(a: Account, b: Account): ReadonlySet<string> {
  const [first, second] = [parts(a), parts(b)]
  const broken = new Set<string>()
  for (const s of new Set([...first.keys(), ...second.keys()]))
    if (first.has(s) && second.has(s) && first.get(s) !== second.get(s)) broken.add(s)
  return broken
}

/** Per service: methods, choices, rules and parameters as one text. A parameter both accounts lack says nothing. */
function parts(account: Account): ReadonlyMap<string, string> {
  const rules = rulesByService(account)
  const services = [...new Set(account.lines.filter((l) => l.state === 'computed').map((l) => l.service as string))]
  return new Map(
    services.map((s) => [
      s,
      canonicalJson({
        methods: account.methods
          .filter((m) => m.service === s)
          .map((m) => canonicalJson({ method: m.method, choices: m.choices }))
          .sort(),
        rules: rules.get(s) ?? [],
        parameters: account.parameters
          .filter((p) => !p.isPrice && serviceOfParameter(p) === s)
          .map(parameterText)
          .sort(),
      }),
    ]),
  )
}
