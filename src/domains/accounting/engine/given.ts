// From a method's declaration to the references of one row: what fills each input of its rules.

import { text, type RegionTree, type Text } from '../../../kernel/index.ts'
import type { Rule, RuleBook, RuleContext } from '../../../core/rules/index.ts'
import { findArgument } from '../arguments.ts'
import type { Given, Keys, Method } from '../methods/method.ts'
import type { Fact, Recipe, Ref } from '../model.ts'
import { attempt, type Draft } from './draft.ts'
import { descendants, type FactTable, type Place } from './fact-table.ts'
import { problemsText } from './reasons.ts'

export interface RowScope {
  readonly method: Method
  readonly place: Place
  readonly facts: FactTable
  readonly tree: RegionTree
  readonly book: RuleBook
  readonly draft: Draft
  readonly rules: RuleContext
  /** Named choices of the list, `method.choice`. */
  readonly choices: Readonly<Record<string, string>>
  /** Stages of this row done so far: stage item → figure key. */
  readonly stages: ReadonlyMap<string, string>
  /** Set while a stage is valued. */
  readonly valuing?: {
    readonly own: string
    price(id: string): Ref | undefined
    /** The argument at the prices of the statement's year. */
    money(argument: string, ref: Ref): Ref
  }
  /** Told which variant served where the list names none. */
  chose(choice: string, variant: string): void
}

/** What a row lacks; a sentence part such as `年降水量`. */
export interface Lacking {
  readonly lacking: readonly Text[]
}

export const lacks = (x: object): x is Lacking => 'lacking' in x

export function refOf(given: Given, scope: RowScope): Ref | Lacking {
  if ('argument' in given) {
    const place = {
      ...scope.place,
      ...(given.item ? { item: given.item } : {}),
      ...(given.class ? { class: given.class } : {}),
    }
    const ref = scope.facts.find(given.argument, place)
    if (!ref) return { lacking: [findArgument(given.argument)?.title ?? text(given.argument, given.argument)] }
    return scope.valuing ? scope.valuing.money(given.argument, ref) : ref
  }
  if ('stage' in given) {
    const key = scope.stages.get(given.stage)
    return key ? { figure: key } : { lacking: [text(`上一步“${given.stage}”`, `the stage "${given.stage}"`)] }
  }
  if ('own' in given) return scope.valuing ? { figure: scope.valuing.own } : { lacking: [text('实物量', 'quantity')] }
  if ('price' in given)
    return (
      scope.valuing?.price(given.price) ?? {
        lacking: [findArgument(given.price)?.title ?? text(given.price, given.price)],
      }
    )
  if ('parameter' in given) {
    const key = keyOf(given.key, scope) ?? ''
    const id = given.parameter.replace('{item}', scope.place.item?.toLowerCase() ?? '')
    const found = scope.draft.context.parameter(id, key, scope.place.region)
    return 'severity' in found
      ? { lacking: [text(found.zh, found.en)] }
      : { parameter: id, key, version: found.version }
  }
  if ('each' in given) return tableOf(given, scope)
  if ('table' in given) return writtenTable(given.table, scope)
  if ('choice' in given) return variantOf(given, scope)
  return factorOf(given, scope)
}

function tableOf(given: Extract<Given, { each: string }>, scope: RowScope): Ref | Lacking {
  const all = given.years === 'all' ? scope.facts.everyYear(given.each) : scope.facts.of(given.each)
  const itemFits = (item: string | undefined): boolean =>
    scope.place.item === undefined || !findArgument(given.each)?.by.includes('item') || item === scope.place.item
  const classFits = (cls: string | undefined): boolean =>
    scope.place.class === undefined || cls === undefined || cls === scope.place.class
  const allowed = (cls: string | undefined): boolean =>
    given.classes === undefined ||
    (cls !== undefined && given.classes.some((c) => cls === c || cls.startsWith(`${c}.`)))
  const own = nearest(
    all.filter((f) => itemFits(f.item) && classFits(f.class) && allowed(f.class)),
    scope,
  )
  const rows: Record<string, Ref>[] = []
  const lacking: Text[] = []
  for (const f of own) {
    const item = scope.place.item ?? f.item
    const cls = f.class ?? scope.place.class
    const place = {
      region: f.region,
      ...(cls === undefined ? {} : { class: cls }),
      ...(item === undefined ? {} : { item }),
    }
    const row: Record<string, Ref> = {}
    let whole = true
    for (const [name, g] of Object.entries(given.fields)) {
      const ref: Ref | Lacking =
        'argument' in g && g.argument === given.each ? { fact: f.id } : refOf(g, { ...scope, place })
      if (lacks(ref)) {
        // A class the parameter book has no value for purifies nothing that we know of: it is left out, not guessed.
        if ('parameter' in g) whole = false
        else lacking.push(...ref.lacking)
      } else row[name] = ref
    }
    if (whole) rows.push(row)
  }
  if (lacking.length > 0) return { lacking }
  return rows.length > 0 ? { rows } : { lacking: [findArgument(given.each)?.title ?? text(given.each, given.each)] }
}

function writtenTable(table: readonly Readonly<Record<string, Given>>[], scope: RowScope): Ref | Lacking {
  const lacking: Text[] = []
  const rows = table.map((fields) => {
    const row: Record<string, Ref> = {}
    for (const [name, g] of Object.entries(fields)) {
      const ref = refOf(g, scope)
      if (lacks(ref)) lacking.push(...ref.lacking)
      else row[name] = ref
    }
    return row
  })
  return lacking.length > 0 ? { lacking } : { rows }
}

/** Facts of the place itself, else of the places inside it, else (factors only) of the nearest region around it. */
function nearest(facts: readonly Fact[], scope: RowScope): readonly Fact[] {
  const here = facts.filter((f) => f.region === scope.place.region)
  if (here.length > 0) return here
  const below = new Set(descendants(scope.tree, scope.place.region))
  const inside = facts.filter((f) => below.has(f.region))
  if (inside.length > 0) return inside
  for (const above of scope.tree.lineage(scope.place.region).slice(1)) {
    const outer = facts.filter((f) => f.region === above.code && findArgument(f.argument)?.extensive === false)
    if (outer.length > 0) return outer
  }
  return []
}

function variantOf(given: Extract<Given, { choice: string }>, scope: RowScope): Ref | Lacking {
  const named = choiceOf(given.choice, scope)
  const variants = named !== undefined ? [named] : Object.keys(given.of)
  const lacking: Text[] = []
  for (const v of variants) {
    const g = given.of[v]
    if (!g) return { lacking: [text(`“${given.choice}”没有“${v}”这个选项`, `"${given.choice}" has no variant "${v}"`)] }
    const ref = refOf(g, scope)
    if (!lacks(ref)) {
      scope.chose(given.choice, v)
      return ref
    }
    if (v === variants[0]) lacking.push(...ref.lacking)
  }
  return { lacking }
}

function factorOf(given: Extract<Given, { factor: string }>, scope: RowScope): Ref | Lacking {
  const parts = {
    measure: 'quantity',
    basis: '-',
    region: scope.place.region,
    class: scope.place.class ?? '-',
    service: scope.method.service,
    item: `${scope.place.item ? `${scope.place.item}.` : ''}factor.${given.factor}`,
  } as const
  const made = applyRule(given.rule, given.output, given.given, given.keys, scope)
  if (lacks(made)) return made
  const existing = [parts.measure, parts.basis, parts.region, parts.class, parts.service, parts.item].join('|')
  if (scope.draft.find(existing)) return { figure: existing }
  const rule = scope.book.rules.find((r) => `${r.id}@${r.version}` === made.rule.rule)
  const title = rule?.gives[given.output]?.title ?? text(given.factor, given.factor)
  const added = attempt(() => scope.draft.add(parts, title, made.rule, { method: scope.method.id }))
  return 'problems' in added ? { lacking: [problemsText(added.problems)] } : { figure: added.ok }
}

/** The recipe of a rule on this row. */
export function applyRule(
  ruleId: string,
  output: string,
  given: Readonly<Record<string, Given>>,
  keys: Keys | undefined,
  scope: RowScope,
): { readonly rule: Extract<Recipe, { readonly kind: 'rule' }> } | Lacking {
  const rule = ruleFor(ruleId, scope)
  if (lacks(rule)) return rule
  const refs: Record<string, Ref> = {}
  const lacking: Text[] = []
  for (const [name, g] of Object.entries(given)) {
    // A rule chosen by a named variant may need fewer inputs than its sisters.
    if (!(name in rule.inputs)) continue
    const ref = refOf(g, scope)
    if (lacks(ref)) lacking.push(...ref.lacking)
    else refs[name] = ref
  }
  if (lacking.length > 0) return { lacking: lacking.filter((t, i) => lacking.findIndex((u) => u.zh === t.zh) === i) }
  return {
    rule: {
      kind: 'rule',
      rule: `${rule.id}@${rule.version}`,
      output,
      given: refs,
      keys: keysFor(keys, scope),
      region: scope.place.region,
    },
  }
}

/** The rule in force for the row, its `{choice}` filled in. */
export function ruleFor(ruleId: string, scope: RowScope): Rule | Lacking {
  const rule = scope.book.findRule(fillChoices(ruleId, scope), scope.rules)
  return 'severity' in rule ? { lacking: [text(rule.zh, rule.en)] } : rule
}

export const keysFor = (keys: Keys | undefined, scope: RowScope): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(keys ?? {}).map(([k, from]) => [k, keyOf(from, scope) ?? '']))

function fillChoices(ruleId: string, scope: RowScope): string {
  return ruleId.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const v = choiceOf(name, scope) ?? ''
    scope.chose(name, v)
    return v
  })
}

/** A method over maps takes the choices of the method it was made from where it has none of its own. */
export const choiceOf = (name: string, scope: RowScope): string | undefined =>
  scope.choices[`${scope.method.id}.${name}`] ?? scope.choices[`${scope.method.id.replace(/\.map$/, '')}.${name}`]

/** `2012-06-05` and `06` → 06. */
const monthOf = (item: string | undefined): string | undefined =>
  /^(?:\d{4}-)?(\d{2})(?:-\d{2})?$/.exec(item ?? '')?.[1]

function keyOf(from: Keys[string], scope: RowScope): string | undefined {
  if (from === 'class') return scope.place.class
  if (from === 'item') return scope.place.item?.toLowerCase()
  if (from === 'month') return monthOf(scope.place.item)
  if ('is' in from) return from.is
  const v = choiceOf(from.choice, scope)
  if (v !== undefined) scope.chose(from.choice, v)
  return v
}
