// Chapter: method, formula, legend, source and parameters of every service, as the rules that were used state them.

import { leavesOf, refsOf } from '../../engine/recipe.ts'
import type { ParameterUse, PixelGiven, PixelRule } from '../../model.ts'
import type { ServiceId } from '../../services.ts'
import type { Block, Run } from '../document.ts'
import { unitLabel } from '../number-text.ts'
import { linesOf, type Page } from './page.ts'

export function methodsChapter(page: Page): readonly Block[] {
  return [
    { kind: 'heading', level: 1, text: page.say('核算方法', 'Methods') },
    {
      kind: 'paragraph',
      runs: [
        {
          text: page.say(
            '先算实物量，再乘价格得价值量；每行价值只在最后按四舍五入取到分，合计为各行之和。价格的口径与年份见附录一。',
            'Physical quantity first, then value at a price. Each line is rounded once, half up, to 0.01 yuan; totals are sums of lines. Basis and year of every price stand in Appendix A.',
          ),
        },
      ],
    },
    ...page.services.flatMap((id) => serviceMethod(page, id)),
  ]
}

function serviceMethod(page: Page, id: ServiceId): readonly Block[] {
  const used = page.account.methods.filter((m) => m.service === id)
  const lines = linesOf(page, { service: id })
  const rules = rulesOf(page, id)
  if (used.length === 0 && rules.length === 0) {
    const reason = lines.find((l) => l.reason)?.reason
    return [
      { kind: 'heading', level: 2, text: `${id} ${page.serviceName(id)}` },
      {
        kind: 'paragraph',
        runs: [
          { text: page.say('本次未核算：', 'Not computed: ') },
          { text: reason ? page.t(reason) : page.say('未说明原因。', 'no reason was stated.') },
        ],
      },
    ]
  }
  const bare = rules.filter((r) => !page.options.formulaOf?.(r))
  return [
    { kind: 'heading', level: 2, text: `${id} ${page.serviceName(id)}` },
    ...used.map((m, i): Block => {
      const title = page.options.methodTitle?.(m.method)
      const choices = Object.entries(m.choices).map(([k, v]) => `${k} = ${v}`)
      const text = [
        `${title ? `${page.t(title)} ` : ''}${m.method}`,
        ...(choices.length > 0 ? [`${page.say('选定', 'choices')} ${choices.join(page.say('，', ', '))}`] : []),
        ...(i === 0 && bare.length > 0 ? [`${page.say('规则', 'rule')} ${bare.join(page.say('，', ', '))}`] : []),
      ]
      return {
        kind: 'paragraph',
        runs: [{ text: page.say('方法：', 'Method: '), bold: true }, { text: text.join(page.say('；', '; ')) }],
      }
    }),
    ...rules.flatMap((rule) => ruleBlocks(page, rule)),
    ...parameterLine(page, id),
  ]
}

/** `rule@version` of the service's figures and of the factors below them, each once: the rule itself before its factors. */
function rulesOf(page: Page, id: ServiceId): readonly string[] {
  const rules = new Set<string>()
  const opened = new Set<string>()
  const open = (key: string): void => {
    if (opened.has(key)) return
    opened.add(key)
    const recipe = page.find(key)?.recipe
    if (recipe?.kind !== 'rule' && recipe?.kind !== 'pixels') return
    for (const rule of recipe.kind === 'rule' ? [recipe.rule] : pixelRules(recipe.of)) rules.add(rule)
    for (const ref of leavesOf(refsOf(recipe))) if ('figure' in ref) open(ref.figure)
  }
  const lines = linesOf(page, { service: id })
  for (const l of lines) for (const key of [l.quantity, l.constant]) if (key !== undefined) open(key)
  return [...rules]
}

/** A rule over pixels, then the rules of its factors. */
function pixelRules(of: PixelRule): readonly string[] {
  const below = (g: PixelGiven): readonly string[] =>
    'rule' in g ? pixelRules(g) : 'table' in g ? g.table.flatMap((row) => Object.values(row).flatMap(below)) : []
  return [of.rule, ...Object.values(of.given).flatMap(below)]
}

function ruleBlocks(page: Page, rule: string): readonly Block[] {
  const formula = page.options.formulaOf?.(rule)
  if (!formula) return []
  const source = formula.source.map((key) => {
    const title = page.options.sourceTitle?.(key)
    return title ? `${page.t(title)} [${key}]` : `[${key}]`
  })
  const tail = [
    `${page.say('规则', 'Rule')} ${rule}`,
    ...(formula.clause !== undefined ? [`${page.say('条款', 'clause')} ${formula.clause}`] : []),
    ...(source.length > 0 ? [`${page.say('来源', 'source')} ${source.join(page.say('、', ', '))}`] : []),
  ]
  return [
    { kind: 'paragraph', runs: [{ text: page.t(formula.title) }] },
    {
      kind: 'formula',
      text: formula.text,
      legend: formula.legend.map((l) => ({
        symbol: l.symbol,
        text: page.t(l.title),
        ...(l.unit !== undefined && l.unit !== '1' ? { unit: unitLabel(l.unit, page.lang) } : {}),
      })),
    },
    { kind: 'paragraph', style: 'note', runs: [{ text: `${tail.join(page.say('；', '; '))}${page.say('。', '.')}` }] },
  ]
}

const parameterName = (page: Page, p: ParameterUse): string =>
  `${page.t(p.title)}${p.key === '' ? '' : ` [${p.key}]`} ${p.quantity.value}${p.quantity.unit === '1' ? '' : ` ${unitLabel(p.quantity.unit, page.lang)}`}`

/** Parameters the service's rules took, as far as an account tells: those its recipes name. */
function parameterLine(page: Page, id: ServiceId): readonly Block[] {
  const ids = new Set<string>()
  for (const l of linesOf(page, { service: id }))
    for (const key of [l.quantity, l.constant]) {
      const recipe = key === undefined ? undefined : page.find(key)?.recipe
      const refs = recipe ? leavesOf(refsOf(recipe)) : []
      for (const ref of refs) if ('parameter' in ref) ids.add(`${ref.parameter}|${ref.key}`)
    }
  const used = page.account.parameters.filter((p) => ids.has(`${p.id}|${p.key}`))
  if (used.length === 0) return []
  const runs: readonly Run[] = [
    { text: page.say('参数：', 'Parameters: '), bold: true },
    { text: `${used.map((p) => parameterName(page, p)).join(page.say('；', '; '))}${page.say('。', '.')}` },
  ]
  return [{ kind: 'paragraph', runs }]
}
