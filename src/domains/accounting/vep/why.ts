// Opens a figure of a result down to the cells: formula, numbers filled in, clause, each input with value and place.
// Always holds: it works the recipe out again with the rules of the result and says so if the digits differ.

import {
  decText,
  fill,
  parsePassportCode,
  placeText,
  ProblemError,
  type Lang,
  type Quantity,
  type Text,
} from '../../../kernel/index.ts'
import { formulaText, legend, type Outcome, type Rule, type RuleBook } from '../../../core/rules/index.ts'
import { evaluateRecipe } from '../engine/recipe.ts'
import type { Fact, Figure, Recipe, Ref } from '../model.ts'
import { exactText } from '../report/number-text.ts'
import { recipeContext } from './bench.ts'
import { problem } from './problems.ts'
import type { StoredVep } from './stored.ts'

const WORDS = {
  rule: { zh: '规则 {rule}：{title}（标记 {mark}）', en: 'rule {rule}: {title} (mark {mark})' },
  clause: { zh: '依据 {clause}', en: 'clause {clause}' },
  money: { zh: '舍入到分（四舍五入）', en: 'rounded to fen, half up' },
  price: { zh: '实物量 × 单价，舍入到分', en: 'quantity × price, rounded to fen' },
  difference: { zh: '相减', en: 'difference' },
  sum: { zh: '相加', en: 'sum' },
  again: { zh: '重新演算：{value}，与结果一致', en: 'worked out again: {value}, the same digits' },
  differs: {
    zh: '重新演算得 {value}，与结果不一致！',
    en: 'worked out again: {value}, which DIFFERS from the result!',
  },
} as const satisfies Record<string, Text>

const shown = (q: Quantity): string => `${exactText(q.value, 8)}${q.unit.text === '1' ? '' : ` ${q.unit.text}`}`

/** The lines of the explanation. @throws ProblemError `vep.unknown-code`, `vep.rule-changed` */
export function whyVep(stored: StoredVep, code: string, book: RuleBook, lang: Lang): readonly string[] {
  const wanted = parsePassportCode(code)
  const figure = stored.figures.find((f) => f.code === wanted)
  if (!figure) throw new ProblemError(problem('vep.unknown-code', { code }))
  const figures = new Map(stored.figures.map((f) => [f.key, f]))
  const facts = new Map(stored.facts.map((f) => [f.id, f]))
  const context = recipeContext(
    book,
    stored.head.date,
    (id) => facts.get(id)!.quantity,
    (key) => figures.get(key)!.quantity,
  )
  const say = (key: keyof typeof WORDS, values: Readonly<Record<string, string>> = {}): string =>
    fill(WORDS[key][lang], values)
  const lines: string[] = []

  const openFigure = (f: Figure, indent: string): void => {
    lines.push(`${indent}${f.title[lang]} = ${shown(f.quantity)}  [${f.code}]`)
    const inner = `${indent}  `
    const { outcome, quantity } = evaluateRecipe(f.recipe, context, f.region)
    if (outcome) openRule(outcome, f.recipe, inner)
    else openPlain(f.recipe, inner)
    const same = decText(quantity.value) === decText(f.quantity.value) && quantity.unit.text === f.quantity.unit.text
    if (indent === '' || !same) lines.push(`${inner}${say(same ? 'again' : 'differs', { value: shown(quantity) })}`)
  }
  const openRule = (outcome: Outcome, recipe: Recipe, indent: string): void => {
    const { rule } = outcome
    lines.push(
      `${indent}${say('rule', { rule: `${rule.id}@${rule.version}`, title: rule.title[lang], mark: rule.mark })}`,
    )
    if (rule.clause) lines.push(`${indent}${say('clause', { clause: rule.clause })}`)
    lines.push(
      ...formulaText(rule, 'names')
        .split('\n')
        .map((l) => `${indent}  ${l}`),
    )
    for (const s of outcome.steps) lines.push(`${indent}  ${s.name} = ${s.filled} = ${shown(s.value)}`)
    for (const p of Object.values(outcome.params))
      lines.push(`${indent}${p.title[lang]} = ${shown(p.quantity)} ← ${p.file}:${p.line} (${p.mark})`)
    if (recipe.kind !== 'rule') return
    // In the order of the rule: canonical JSON sorts the keys of what is stored.
    for (const [name, spec] of Object.entries(rule.inputs)) {
      const label = nameOf(rule, name, lang)
      const ref = recipe.given[name]!
      if (!('rows' in ref)) openRef(label, ref, indent)
      else
        for (const [i, row] of ref.rows.entries()) {
          lines.push(`${indent}${label}[${i + 1}]`)
          for (const field of Object.keys('rows' in spec ? spec.rows : row))
            openRef(nameOf(rule, `${name}.${field}`, lang), row[field]!, `${indent}  `)
        }
    }
  }
  const openPlain = (recipe: Recipe, indent: string): void => {
    switch (recipe.kind) {
      case 'money':
        lines.push(`${indent}${say('money')}`)
        return openRef('', recipe.of, indent)
      case 'price':
        lines.push(`${indent}${say('price')}`)
        openRef('', recipe.quantity, indent)
        return openRef('', recipe.price, indent)
      case 'difference':
        lines.push(`${indent}${say('difference')}`)
        openRef('', recipe.of, indent)
        return openRef('−', recipe.minus, indent)
      case 'fact':
        return openRef('', { fact: recipe.fact }, indent)
      case 'sum':
        lines.push(`${indent}${say('sum')}`)
        for (const key of recipe.of) openRef('', { figure: key }, indent)
        return
      case 'rebase':
      case 'share':
      case 'rule':
      case 'pixels':
        throw new Error(`a VEP figure has no recipe ${recipe.kind} without an outcome`)
    }
  }
  const openRef = (label: string, ref: Ref, indent: string): void => {
    const head = label === '' ? '' : `${label} `
    if ('fact' in ref) lines.push(`${indent}${head}${factLine(facts.get(ref.fact)!)}`)
    else if ('figure' in ref) {
      if (label !== '') lines.push(`${indent}${label}`)
      openFigure(figures.get(ref.figure)!, `${indent}${label === '' ? '' : '  '}`)
    } else if ('sum' in ref) for (const r of ref.sum) openRef(`${head}＋`, r, indent)
  }
  openFigure(figure, '')
  return lines
}

const nameOf = (rule: Rule, name: string, lang: Lang): string =>
  legend(rule).find((l) => l.name === name)?.title[lang] ?? name

export const placeOfFact = (f: Fact): string => {
  const { file, sheet, cell, line } = f.origin
  return placeText({
    file,
    ...(sheet ? { sheet } : {}),
    ...(cell ? { cell } : {}),
    ...(line !== undefined ? { line } : {}),
  })
}

const factLine = (f: Fact): string =>
  `${shown(f.quantity)} ← ${placeOfFact(f)} “${f.typed}”${f.source ? ` (${f.source})` : ''}`
