// The number passport: a figure opened into formula, clause, inputs with value, unit, mark and origin, down to the cell.
// A line opens completely in one go; a total opens into the lines under it, each with its code. So any printed figure
// is at most three steps from its source cell. Always holds: the value is recomputed here and must be the stored one.

import { convert, decText, quantityText, text, type QuantityText, type Text } from '../../kernel/index.ts'
import { formulaText, type ParameterValue, type Rule, type RuleBook } from '../../core/rules/index.ts'
import { findArgument } from './arguments.ts'
import { ruleAt } from './engine/draft.ts'
import { evaluateRecipe, priceOf, type Evaluated, type RecipeContext } from './engine/recipe.ts'
import { parameterLookup } from './engine/parameters.ts'
import { findMethod } from './methods/index.ts'
import type { ParameterOverride } from './input-list.ts'
import { judgeAccount, type Judge } from './fitness.ts'
import { parameterOf } from './engine/pixels/program.ts'
import type { Account, Fact, Figure, Fitness, MapUse, Origin, PixelGiven, PixelRule, Recipe, Ref } from './model.ts'
import { regionTree } from '../../kernel/index.ts'

export interface PassportNode {
  readonly kind: 'figure' | 'fact' | 'parameter' | 'table' | 'map'
  readonly title: Text
  readonly value: QuantityText
  /** Figures only. */
  readonly code?: string
  readonly key?: string
  readonly mark?: string
  /** For a value of a table by pixel code: the code. */
  readonly pixelCode?: string
  readonly origin?: Origin
  /** Formula as declared (variables have Chinese names in both languages), and with the numbers in place. */
  readonly formula?: Text
  readonly filled?: readonly string[]
  readonly rule?: {
    readonly id: string
    readonly version: string
    readonly file: string
    readonly clause?: string
    readonly source: readonly string[]
    readonly mark: string
  }
  readonly method?: Text
  readonly basis?: string
  readonly year?: number
  readonly source?: readonly string[]
  readonly note?: Text
  readonly children: readonly PassportNode[]
}

export interface Passport {
  readonly root: PassportNode
  /** The recipe gives the stored digits again. */
  readonly recomputed: boolean
  /** What the figure is fit for and why not; for figures in money. */
  readonly fitness: readonly Fitness[]
  /** For totals: every statement line under the figure. */
  readonly lines: readonly { readonly code: string; readonly title: Text; readonly value: QuantityText }[]
}

export interface Explainer {
  byCode(code: string): Passport | undefined
  byKey(key: string): Passport | undefined
  /** Recomputes every figure; the keys that do not come out. */
  recomputeAll(): readonly string[]
  readonly world: World
}

export function explainer(account: Account, book: RuleBook, overrides: readonly ParameterOverride[] = []): Explainer {
  const figures = new Map(account.figures.map((f) => [f.key, f]))
  const codes = new Map(account.figures.map((f) => [f.code, f]))
  const facts = new Map(account.facts.map((f) => [f.id, f]))
  const parameter = parameterLookup(book, overrides, regionTree(account.head.regions), account.head.legalDate)
  const ctx: RecipeContext = {
    fact: (id) => facts.get(id)!.quantity,
    figure: (key) => figures.get(key)!.quantity,
    parameter,
    rule: (idAtVersion) => ruleAt(book, idAtVersion),
  }
  // A page of passports meets the same figures again and again: as roots, as inputs of others, in two languages.
  const opened = new Map<string, Evaluated>()
  const evaluated = (f: Figure): Evaluated => {
    const hit = opened.get(f.key) ?? evaluateRecipe(f.recipe, ctx, f.region)
    opened.set(f.key, hit)
    return hit
  }
  let judge: Judge | undefined
  const world: World = {
    figures,
    facts,
    maps: new Map((account.maps ?? []).map((m) => [m.id, m])),
    ctx,
    book,
    evaluated,
  }
  const open = (f: Figure | undefined): Passport | undefined =>
    f && {
      root: figureNode(f, world, 0),
      fitness: f.measure === 'value' ? (judge ??= judgeAccount(account)).figure(f.key) : [],
      recomputed: comesOut(f, evaluated(f)),
      lines: f.recipe.kind === 'sum' ? linesUnder(f, world) : [],
    }
  return {
    world,
    byCode: (code) => open(codes.get(code)),
    byKey: (key) => open(figures.get(key)),
    recomputeAll: () =>
      account.figures.filter((f) => !comesOut(f, evaluateRecipe(f.recipe, ctx, f.region))).map((f) => f.key),
  }
}

/** Everything a passport is read from. */
export interface World {
  readonly figures: ReadonlyMap<string, Figure>
  readonly facts: ReadonlyMap<string, Fact>
  readonly maps: ReadonlyMap<string, MapUse>
  readonly ctx: RecipeContext
  readonly book: RuleBook
  /** The recipe calculated anew, once a figure. */
  readonly evaluated: (f: Figure) => Evaluated
}

const comesOut = (f: Figure, { quantity }: Evaluated): boolean =>
  convert(quantity, f.quantity.unit).value.eq(f.quantity.value)

/** A sum is opened one level; everything else down to cells and parameters. */
function figureNode(f: Figure, w: World, depth: number): PassportNode {
  const base = { kind: 'figure', title: f.title, value: quantityText(f.quantity), code: f.code, key: f.key } as const
  const method = f.method ? findMethod(f.method) : undefined
  const more = method ? { method: method.title } : {}
  if (f.recipe.kind === 'sum' && depth > 0) return { ...base, ...more, children: [] }
  return { ...base, ...more, ...describe(f, w), children: childrenOf(f, w, depth) }
}

function describe(f: Figure, w: World): Pick<PassportNode, 'formula' | 'filled' | 'rule' | 'note'> {
  const { recipe } = f
  switch (recipe.kind) {
    case 'rule': {
      const rule = w.ctx.rule(recipe.rule)
      const { outcome } = w.evaluated(f)
      return {
        ...ruleHead(rule),
        filled: outcome?.steps.map((s) => `${s.name} = ${s.filled} = ${shown(s.value)}`) ?? [],
      }
    }
    case 'pixels': {
      const rule = w.ctx.rule(recipe.of.rule)
      return { ...ruleHead(rule), ...pixelsText(recipe) }
    }
    case 'price': {
      const price = priceOf(recipe, w.ctx, f.region)
      const q = 'figure' in recipe.quantity ? w.ctx.figure(recipe.quantity.figure) : undefined
      return {
        formula: text('价值 = 实物量 × 单价（四舍五入到分）', 'value = quantity × price (rounded half up to the fen)'),
        filled: q ? [`${shown(q)} × ${shown(price)} = ${shown(f.quantity)}`] : [],
        ...(recipe.index
          ? { note: text('单价按居民消费价格指数换算到目标年', 'price re-based by the consumer price index') }
          : {}),
      }
    }
    case 'share':
      return {
        formula: text(
          '分摊 = 合计 × 本份权重 ÷ 各份权重之和（金额尾差按最大余数）',
          'share = total × own weight ÷ sum of weights (money: largest remainders)',
        ),
      }
    case 'sum':
      return { formula: text('各项之和', 'sum of the parts') }
    case 'difference':
      return { formula: text('前项 − 后项', 'first − second') }
    case 'money':
      return {
        formula: recipe.index
          ? text(
              '金额按居民消费价格指数换算（四舍五入到分）',
              'amount re-based by the consumer price index (rounded half up to the fen)',
            )
          : text('金额（四舍五入到分）', 'amount (rounded half up to the fen)'),
      }
    case 'rebase':
      return {
        formula: text('按居民消费价格指数换算到价格年', 're-based to the price year by the consumer price index'),
      }
    case 'fact':
      return {}
  }
}

export const ruleHead = (rule: Rule): Pick<PassportNode, 'formula' | 'rule' | 'note'> => ({
  formula: text(formulaText(rule), formulaText(rule)),
  rule: {
    id: rule.id,
    version: rule.version,
    file: rule.file,
    ...(rule.clause ? { clause: rule.clause } : {}),
    source: rule.source,
    mark: rule.mark,
  },
  ...(rule.note ? { note: rule.note } : {}),
})

/** At most twelve significant digits; the stored value keeps them all. */
export const shown = (q: {
  value: { toSignificantDigits(n: number): { toFixed(): string } }
  unit: { text: string }
}): string => `${q.value.toSignificantDigits(12).toFixed()}${q.unit.text === '1' ? '' : ` ${q.unit.text}`}`

function childrenOf(f: Figure, w: World, depth: number): readonly PassportNode[] {
  const named = (r: Recipe): readonly (readonly [string | undefined, Ref])[] => {
    switch (r.kind) {
      case 'rule':
        return Object.entries(r.given)
      case 'pixels':
        return []
      case 'price':
        return [
          [undefined, r.quantity],
          [undefined, r.price],
          ...(r.index?.chain ?? []).map((c) => [undefined, c] as const),
        ]
      case 'share':
        return [[undefined, r.of], ...r.weights.map((x) => [undefined, x] as const)]
      case 'difference':
        return [
          [undefined, r.of],
          [undefined, r.minus],
        ]
      case 'money':
      case 'rebase':
        return [[undefined, r.of], ...(r.index?.chain ?? []).map((c) => [undefined, c] as const)]
      case 'sum':
        return r.of.map((figure) => [undefined, { figure }] as const)
      case 'fact':
        return [[undefined, { fact: r.fact }]]
    }
  }
  if (f.recipe.kind === 'pixels') return pixelInputs(f.recipe.of, f.region, w, depth)
  const given = named(f.recipe).map(([name, ref]) => refNode(name, ref, f.region, w, depth + 1))
  return [...given, ...ruleParameters(f, w)]
}

/** The inputs of a rule over pixels: maps by file, band and hash; numbers of the row like any other. */
function pixelInputs(of: PixelRule, region: string, w: World, depth: number): readonly PassportNode[] {
  const node = (name: string, g: PixelGiven): PassportNode => {
    if ('map' in g) return mapNode(name, g.map, w)
    if ('table' in g)
      return {
        kind: 'table',
        title: text(name, name),
        value: { value: String(g.table.length), unit: '' },
        children: g.table.flatMap((row) => Object.entries(row).map(([k, x]) => node(k, x))),
      }
    if ('rule' in g) {
      const rule = w.ctx.rule(g.rule)
      const title = rule.gives[g.output]?.title ?? rule.title
      return {
        kind: 'table',
        title: text(`${name}：${title.zh}（逐像元）`, `${title.en} (pixel by pixel)`),
        value: { value: '', unit: rule.gives[g.output]?.unit.text ?? '' },
        ...ruleHead(rule),
        children: pixelInputs(g, region, w, depth + 1),
      }
    }
    return refNode(name, g, region, w, depth + 1)
  }
  const rule = w.ctx.rule(of.rule)
  const params = Object.keys(rule.params).map((name) =>
    parameterNode(parameterOf(rule, name, of.keys, region, w.ctx), name),
  )
  return [...Object.entries(of.given).map(([name, g]) => node(name, g)), ...params]
}

function mapNode(name: string, id: string, w: World): PassportNode {
  const use = w.maps.get(id)
  if (!use)
    return {
      kind: 'map',
      title: text(`${name}：像元面积`, 'area of a pixel'),
      value: { value: '', unit: 'm2' },
      children: [],
    }
  const codes = Object.values(use.codes ?? {}).map((fact) => factNode(w.facts.get(fact)!, undefined))
  return {
    kind: 'map',
    title: text(`${name}：${use.title.zh}`, use.title.en),
    value: { value: '', unit: use.unit },
    origin: use.origin,
    year: use.year,
    note: mapNote(use),
    children: codes,
  }
}

export const mapNote = (use: MapUse): Text =>
  text(
    [use.size.zh, use.crs.zh, use.alignment.zh, use.derived?.zh, datesText(use)?.zh].filter(Boolean).join('；'),
    [use.size.en, use.crs.en, use.alignment.en, use.derived?.en, datesText(use)?.en].filter(Boolean).join('; '),
  )

/** Of which dates a map of a month is made. */
export function datesText({ dates }: MapUse): Text | undefined {
  if (!dates) return undefined
  const { take, of } = dates
  const each = (zh: boolean): string =>
    of.map(({ date, file, band }) => `${date}（${file} ${zh ? '波段' : 'band'} ${band}）`).join(zh ? '、' : ', ')
  const [zh, en] = { mean: ['平均', 'mean'], max: ['最大', 'greatest'] }[take] as [string, string]
  return text(
    `${of.length} 期取${zh}：${each(true)}`,
    `${en} of ${of.length} dates: ${each(false).replace(/（/g, ' (').replace(/）/g, ')')}`,
  )
}

/** How many pixels a sum is of, and what is missing in it. */
function pixelsText({ sum }: Extract<Recipe, { kind: 'pixels' }>): Pick<PassportNode, 'filled'> {
  const { nodata, nan, outside, noValue } = sum.missing
  const lost = [
    [nodata, '无数据'],
    [nan, 'NaN'],
    [outside, '图外'],
    [noValue, '算式无值'],
  ] as const
  const range = sum.min === undefined ? '' : `，每像元 ${sum.min} 至 ${sum.max} ${sum.unit}`
  return {
    filled: [
      `Σ ${sum.pixels} 像元${range} = ${sum.value} ${sum.unit}`,
      ...lost.flatMap(([n, why]) => (n > 0 ? [`未计入 ${n} 像元（${why}）`] : [])),
      ...(sum.negative > 0 ? [`其中 ${sum.negative} 像元为负值，按原值计入`] : []),
    ],
  }
}

function ruleParameters(f: Figure, w: World): readonly PassportNode[] {
  if (f.recipe.kind !== 'rule') return []
  const { outcome } = w.evaluated(f)
  return Object.entries(outcome?.params ?? {}).map(([name, p]) => parameterNode(p, name))
}

function refNode(name: string | undefined, ref: Ref, region: string, w: World, depth: number): PassportNode {
  if ('fact' in ref) return factNode(w.facts.get(ref.fact)!, name)
  if ('figure' in ref) return figureNode(w.figures.get(ref.figure)!, w, depth)
  if ('parameter' in ref) {
    const p = w.ctx.parameter(ref.parameter, ref.key, region)
    if ('severity' in p) throw new Error(`parameter ${ref.parameter} was there when the account was computed`)
    return parameterNode(p, name)
  }
  const title = text(name ?? '明细', name ?? 'details')
  if ('sum' in ref)
    return {
      kind: 'table',
      title: text(`${title.zh}（下级合计）`, `${title.en} (sum of parts)`),
      value: { value: '', unit: '' },
      children: ref.sum.map((r) => refNode(undefined, r, region, w, depth)),
    }
  return {
    kind: 'table',
    title,
    value: { value: String(ref.rows.length), unit: '' },
    children: ref.rows.flatMap((row) => Object.entries(row).map(([k, r]) => refNode(k, r, region, w, depth))),
  }
}

export function factNode(f: Fact, name: string | undefined): PassportNode {
  const a = findArgument(f.argument)
  const pixelCode = /^code\.(-?\d+)$/.exec(f.item ?? '')?.[1]
  const title = a?.title ?? text(name ?? f.argument, name ?? f.argument)
  return {
    kind: 'fact',
    title: name && name !== title.zh ? text(`${name}：${title.zh}`, `${title.en}`) : title,
    value: { value: decText(f.quantity.value), unit: f.quantity.unit.text },
    mark: f.mark,
    origin: f.origin,
    year: f.year,
    ...(pixelCode === undefined ? {} : { pixelCode }),
    ...(f.source ? { source: [f.source] } : {}),
    ...(f.fallback
      ? {
          note: text(
            `替代数据：${f.fallback.reason}（${f.fallback.year} 年）`,
            `fall-back: ${f.fallback.reason} (${f.fallback.year})`,
          ),
        }
      : {}),
    children: [],
  }
}

/** A number of the row inside the calculation of one pixel. */
export const figureOrParameterNode = (
  name: string,
  of: Ref | ParameterValue,
  region: string,
  w: World,
): PassportNode => ('version' in of && 'quantity' in of ? parameterNode(of, name) : refNode(name, of, region, w, 1))

function parameterNode(p: ParameterValue, name: string | undefined): PassportNode {
  return {
    kind: 'parameter',
    title: parameterTitle(p, name),
    value: quantityText(p.quantity),
    mark: p.mark,
    origin: { file: `rules/${p.file}`, sha256: p.version, line: p.line },
    source: p.source,
    ...(p.basis ? { basis: p.basis } : {}),
    ...(p.year === undefined ? {} : { year: p.year }),
    ...(p.override
      ? {
          note: overrideNote(p.override),
        }
      : p.note
        ? { note: p.note }
        : {}),
    children: [],
  }
}

function overrideNote(o: NonNullable<ParameterValue['override']>): Text {
  const was = o.was ? shown(o.was) : undefined
  if (!o.act)
    return text(
      `本地覆盖，原值 ${was ?? '无'}；理由：${o.reason.zh}；批准：${o.approver}`,
      `override of ${was ?? 'nothing'}; ${o.reason.en}; approved by ${o.approver}`,
    )
  return text(
    `参数改动，行为 ${o.act.id}，批准人 ${o.approver}，凭证：日志第 ${o.act.leaf} 条；原值 ${was ?? '无'}；理由：${o.reason.zh}`,
    `changed by act ${o.act.id}, approved by ${o.approver}, proof: entry ${o.act.leaf} of the log; was ${was ?? 'nothing'}; ${o.reason.en}`,
  )
}

function parameterTitle(p: ParameterValue, name: string | undefined): Text {
  const key = p.key === '' ? '' : `〔${p.key}〕`
  return name && name !== p.title.zh
    ? text(`${name}：${p.title.zh}${key}`, `${p.title.en} ${key}`)
    : text(`${p.title.zh}${key}`, `${p.title.en} ${key}`)
}

/** The statement lines below a sum, at every depth. */
function linesUnder(f: Figure, w: World): Passport['lines'] {
  const out: { code: string; title: Text; value: QuantityText }[] = []
  const walk = (key: string): void => {
    const g = w.figures.get(key)!
    if (g.recipe.kind === 'sum') g.recipe.of.forEach(walk)
    else out.push({ code: g.code, title: g.title, value: quantityText(g.quantity) })
  }
  if (f.recipe.kind === 'sum') f.recipe.of.forEach(walk)
  return out
}
