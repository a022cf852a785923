// The small region as an account: its folder, its list, and its maps cut to the rectangle of the peer's results.

import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Rule, RuleBook } from '../../src/core/rules/index.ts'
import { civilDate } from '../../src/kernel/index.ts'
import { compileRule, stripOf, VALID, type Band, type Surface } from '../../src/raster/index.ts'
import { parseListText } from '../../src/domains/accounting/inputs/index.ts'
import type { InputList } from '../../src/domains/accounting/input-list.ts'

const FIXTURE = 'test/fixtures/oracle-small'

export const readOracleList = (): InputList => {
  const { list, problems } = parseListText(readFileSync(join(FIXTURE, 'account.yaml'), 'utf8'), 'account.yaml')
  if (!list) throw new Error(problems.map((p) => p.en).join('\n'))
  return list
}

/** A folder with the inputs of the account, to be removed by who asks for it. */
export function oracleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-small-'))
  for (const f of readdirSync(join(FIXTURE, 'inputs'))) copyFileSync(join(FIXTURE, 'inputs', f), join(folder, f))
  copyFileSync(join(FIXTURE, 'counties.csv'), join(folder, 'counties.csv'))
  return folder
}

/** Columns 39 to 237 and rows 1 to 237: what the counties cover and the peer writes. */
export const PEER_WINDOW = { col: 39, row: 1, width: 199, height: 237 } as const

export function readWindow(band: Band, window = PEER_WINDOW): Surface {
  const { values, states } = stripOf(window.width * window.height)
  band.read(window, { values, states })
  return { width: window.width, height: window.height, values, states, cell: Math.abs(band.grid.dx) }
}

/** A rule over surfaces of one size or numbers, in the units the rule declares, with the parameters written in the rule;
 *  a pixel that lacks an input has no outcome. */
export function overSurfaces(
  rule: Rule,
  output: string,
  given: Readonly<Record<string, Surface | number>>,
  params: Readonly<Record<string, number>> = {},
): Surface {
  const written = Object.entries(rule.params).flatMap(([name, p]) =>
    'inline' in p ? [[name, p.inline.quantity] as const] : [],
  )
  const numbers = { ...Object.fromEntries(written.map(([name, q]) => [name, q.value.toNumber()])), ...params }
  const own: Readonly<Record<string, Surface | number>> = { ...given, ...numbers }
  const kernel = compileRule({
    rule,
    output,
    inputs: Object.fromEntries(
      Object.keys(given).map((name) => {
        const spec = rule.inputs[name]!
        if ('rows' in spec) throw new Error(`${name} is a table`)
        return [name, { unit: spec.unit }]
      }),
    ),
    params: Object.fromEntries(written.map(([name, q]) => [name, { unit: q.unit }])),
  })
  const inputs = kernel.slots.map((name) => own[name]!)
  const like = inputs.find((x) => typeof x === 'object')!
  const out = stripOf(like.values.length)
  for (const x of inputs)
    if (typeof x === 'object')
      x.states.forEach((state, i) => {
        if (state !== VALID) out.states[i] = state
      })
  kernel.run(
    inputs.map((x) => (typeof x === 'object' ? x.values : x)),
    like.values.length,
    out,
  )
  return { ...like, ...out }
}

export function ruleNamed(book: RuleBook, id: string): Rule {
  const rule = book.findRule(id, { date: civilDate('2020-12-31'), regions: [] })
  if ('severity' in rule) throw new Error(rule.en)
  return rule
}
