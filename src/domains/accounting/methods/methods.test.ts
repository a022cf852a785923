// Every declaration must name rules, inputs, outputs, parameters, prices and arguments that exist.

import { expect, test } from 'vitest'
import { loadRuleBook } from '../../../core/rules/index.ts'
import { findUnit, sameDimensions, unit } from '../../../kernel/index.ts'
import { findArgument } from '../arguments.ts'
import { findService } from '../services.ts'
import { METHODS, possibleArguments, pricesOf } from './index.ts'
import type { Given, Method } from './method.ts'

const { book } = await loadRuleBook('rules')

function ruleIds(m: Method, id: string): readonly string[] {
  const name = /\{([A-Za-z]+)\}/.exec(id)?.[1]
  if (!name) return [id]
  return Object.keys(m.choices?.[name]?.values ?? {}).flatMap((v) => ruleIds(m, id.replace(`{${name}}`, v)))
}

const uses: { m: Method; rule: string; output: string; given: Readonly<Record<string, Given>> }[] = []
const parameters: { m: Method; id: string }[] = []
for (const m of METHODS) {
  const walk = (g: Given): void => {
    if ('factor' in g) {
      uses.push({ m, rule: g.rule, output: g.output, given: g.given })
      Object.values(g.given).forEach(walk)
    } else if ('choice' in g) Object.values(g.of).forEach(walk)
    else if ('each' in g) Object.values(g.fields).forEach(walk)
    else if ('table' in g) g.table.forEach((r) => Object.values(r).forEach(walk))
    else if ('parameter' in g) parameters.push({ m, id: g.parameter })
  }
  for (const st of m.stages) {
    if (st.rule)
      for (const rule of ruleIds(m, st.rule)) uses.push({ m, rule, output: st.output!, given: st.given ?? {} })
    Object.values(st.given ?? {}).forEach(walk)
    if (typeof st.value === 'object' && 'rule' in st.value) {
      uses.push({ m, rule: st.value.rule, output: st.value.output, given: st.value.given })
      Object.values(st.value.given).forEach(walk)
    }
  }
}

test.each(uses.map((u) => [`${u.m.id} → ${u.rule}`, u] as const))(
  '%s: the rule exists, gives the output and has every input filled',
  (_, u) => {
    const rule = book.rules.find((r) => r.id === u.rule)
    expect(rule, u.rule).toBeDefined()
    expect(Object.keys(rule!.gives)).toContain(u.output)
    const filled = Object.keys(u.given)
    expect(Object.keys(rule!.inputs).filter((i) => !filled.includes(i))).toEqual([])
  },
)

test('every argument, price, parameter and unit a method names exists', () => {
  for (const m of METHODS) {
    expect(findService(m.service), m.id).toBeDefined()
    for (const a of [...possibleArguments(m), ...pricesOf(m)]) expect(findArgument(a), `${m.id}: ${a}`).toBeDefined()
    for (const s of m.stages) expect(findUnit(s.unit), `${m.id}: ${s.unit}`).toBeDefined()
  }
  for (const { m, id } of parameters)
    for (const p of id.includes('{item}') ? ['so2', 'nox', 'dust'].map((k) => id.replace('{item}', k)) : [id])
      expect(
        book.parameters.some((f) => f.id === p),
        `${m.id}: ${p}`,
      ).toBe(true)
})

test('quantity × price is money in every priced stage', () => {
  for (const m of METHODS)
    for (const s of m.stages)
      if (typeof s.value === 'object' && 'price' in s.value) {
        const price = unit(findArgument(s.value.price)!.unit)
        const wanted = unit(`元/(${s.unit})`)
        const generic = ['product-price', 'price.water-use'].includes(s.value.price)
        expect(sameDimensions(price, wanted) || generic, `${m.id}: ${s.unit} × ${price.text}`).toBe(true)
      }
})

test('method ids are unique and begin with their service', () => {
  expect(new Set(METHODS.map((m) => m.id)).size).toBe(METHODS.length)
  for (const m of METHODS) expect(m.id.startsWith(`${m.service}.`)).toBe(true)
})
