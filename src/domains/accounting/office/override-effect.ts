// What a proposed value of a parameter would do to a registered account: every figure is calculated again from its recipe with
// the value in place, and the totals before and after stand side by side. Pure over package and proposal: whoever looks at the
// same package sees the same effect, and nothing has to be run.
// Always holds: where the value works pixel by pixel the recipes do not tell the effect; then that is said instead of guessed.

import {
  convert,
  dec,
  decText,
  ProblemError,
  roundTo,
  text,
  type Dec,
  type Quantity,
  type Text,
} from '../../../kernel/index.ts'
import { evaluateRecipe, leavesOf, refsOf, type RecipeContext } from '../engine/recipe.ts'
import { explainer, type World } from '../explain.ts'
import { valueKey } from '../figure-key.ts'
import type { ParameterOverride } from '../input-list.ts'
import { BASIS_TEXT, type Basis, type Figure, type PixelGiven, type PixelRule } from '../model.ts'
import { parameterOf } from '../engine/pixels/program.ts'
import type { StoredPackage } from './stored-package.ts'

/** One figure before and after. Values in 元. */
export interface FigureEffect {
  readonly code: string
  readonly title: Text
  readonly before: string
  readonly after: string
  /** After over before, less one, in percent with two decimals; empty where before is zero. */
  readonly percent: string
}

export interface OverrideEffect {
  readonly text: Text
  /** The totals first, then the services that change, the largest change first. */
  readonly figures: readonly FigureEffect[]
}

/** Services shown beside the totals. */
const MOST_SERVICES = 6

const told = (zh: string, en: string): OverrideEffect => ({ text: text(zh, en), figures: [] })

export const NO_ACCOUNT: OverrideEffect = told(
  '该地区这些年份还没有登记的核算，没有计算影响。',
  'No account of the region in these years is registered; the effect was not computed.',
)

/** @param wanted the proposal as a run takes it */
export function overrideEffect({ id, account, list, book }: StoredPackage, wanted: ParameterOverride): OverrideEffect {
  const about = text(
    `${account.head.year} 年核算（包 ${id.slice(0, 12)}）`,
    `the account of ${account.head.year} (package ${id.slice(0, 12)})`,
  )
  const no = (zh: string, en: string): OverrideEffect =>
    told(`没有计算对${about.zh}的影响：${zh}。`, `The effect on ${about.en} was not computed: ${en}.`)
  const others = (list.overrides ?? []).filter((o) => !isSameValue(o, wanted))
  const { world } = explainer(account, book, [...others, wanted])
  const root = account.head.region
  const heads = account.figures.filter(
    (f) => f.measure === 'value' && f.region === root && f.class === '*' && f.item === '*',
  )
  try {
    const now = recalculated(world, wanted)
    return compared(
      heads.map((f) => effectOf(f, now(f.key))),
      root,
      about,
    )
  } catch (e) {
    if (e === PIXELS) return no('这个参数逐像元起作用，须重新核算', 'the value works pixel by pixel; run the account')
    if (e instanceof ProblemError) return no(e.problems[0]!.zh.replace(/。$/, ''), e.problems[0]!.en.replace(/\.$/, ''))
    throw e
  }
}

const isSameValue = (a: ParameterOverride, b: ParameterOverride): boolean =>
  a.parameter === b.parameter && (a.key ?? '') === (b.key ?? '') && (a.region === undefined || a.region === b.region)

/** A sum over pixels rests on the value. */
const PIXELS = new Error('pixels')

/** Figures by key, each calculated once from its recipe under the parameters of the world. Throws `PIXELS`. */
function recalculated({ figures, ctx: stored }: World, wanted: ParameterOverride): (key: string) => Quantity {
  const done = new Map<string, Quantity>()
  const figure = (key: string): Quantity => {
    const hit = done.get(key)
    if (hit) return hit
    const f = figures.get(key)!
    if (f.recipe.kind === 'pixels' && isTouched(f.recipe.of, f.region)) throw PIXELS
    const made = convert(evaluateRecipe(f.recipe, ctx, f.region).quantity, f.quantity.unit)
    done.set(key, made)
    return made
  }
  const ctx: RecipeContext = { ...stored, figure }
  /** Whether the rule on each pixel, or a number of its row, is another than it was. */
  const isTouched = (of: PixelRule, region: string): boolean => {
    const rule = ctx.rule(of.rule)
    const own = Object.keys(rule.params).some((name) => {
      const p = parameterOf(rule, name, of.keys, region, ctx)
      return p.id === wanted.parameter && p.key === (wanted.key ?? '')
    })
    return own || Object.values(of.given).some((g) => isTouchedBy(g, region))
  }
  const isTouchedBy = (g: PixelGiven, region: string): boolean => {
    if ('map' in g) return false
    if ('table' in g) return g.table.some((row) => Object.values(row).some((x) => isTouchedBy(x, region)))
    if ('rule' in g) return isTouched(g, region)
    return leavesOf([g]).some((leaf) => {
      if ('parameter' in leaf) return leaf.parameter === wanted.parameter && leaf.key === (wanted.key ?? '')
      if (!('figure' in leaf)) return false
      const before = figures.get(leaf.figure)!.quantity
      return !figure(leaf.figure).value.eq(before.value)
    })
  }
  return (key) => {
    warmUp(key, figures, figure)
    return figure(key)
  }
}

/** Goes down before up, so that a deep chain of figures does not become a deep stack. */
function warmUp(key: string, figures: ReadonlyMap<string, Figure>, figure: (key: string) => Quantity): void {
  const order: string[] = []
  const seen = new Set<string>()
  const waiting = [key]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    order.push(next)
    for (const leaf of leavesOf(refsOf(figures.get(next)!.recipe))) if ('figure' in leaf) waiting.push(leaf.figure)
  }
  for (const one of order.reverse()) figure(one)
}

interface Effect extends FigureEffect {
  readonly key: string
  readonly service: string
  readonly basis: Figure['basis']
  readonly change: Dec
}

function effectOf(f: Figure, then: Quantity): Effect {
  const [b, a] = [yuan(f.quantity), yuan(then)]
  const change = a.minus(b)
  const percent = b.isZero() ? '' : signed(roundTo(change.div(b).times(100), dec('0.01'), 'half-even'))
  const { key, code, title, service, basis } = f
  return { key, code, title, service, basis, change, before: decText(b), after: decText(a), percent }
}

function compared(effects: readonly Effect[], root: string, about: Text): OverrideEffect {
  const totals = (['constant', 'current'] as const satisfies readonly Basis[]).flatMap((basis) =>
    effects.filter((e) => e.key === valueKey(basis, root)).map((e) => ({ ...e, basis })),
  )
  const services = effects
    .filter((e) => /^[MRC]\d/.test(e.service) && e.basis === 'constant' && !e.change.isZero())
    .sort((a, b) => b.change.abs().cmp(a.change.abs()))
    .slice(0, MOST_SERVICES)
  if (services.length === 0 && totals.every((t) => t.change.isZero()))
    return told(`重算${about.zh}：没有一个数变动。`, `Calculating ${about.en} again: no figure changes.`)
  const words = totals.map((t) => {
    const basis = BASIS_TEXT[t.basis]
    const by = t.percent === '' ? text('', '') : text(`，${t.percent} %`, `, ${t.percent} %`)
    return text(
      `${basis.zh} ${t.before} 元 → ${t.after} 元${by.zh}`,
      `${basis.en} ${t.before} → ${t.after} yuan${by.en}`,
    )
  })
  return {
    text: text(
      `重算${about.zh}：GEP ${words.map((w) => w.zh).join('；')}。`,
      `Calculating ${about.en} again: GEP ${words.map((w) => w.en).join('; ')}.`,
    ),
    figures: [...totals, ...services].map(({ code, title, before, after, percent }) => ({
      code,
      title,
      before,
      after,
      percent,
    })),
  }
}

const yuan = (q: Quantity): Dec => convert(q, '元').value
const signed = (d: Dec): string => (d.gt(0) ? `+${decText(d)}` : decText(d))
