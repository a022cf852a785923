// A kernel two pixels in a step gives the bits of its own loops, whatever stands in the strips.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findUnit } from '../../kernel/index.ts'
import { loadRuleBook } from '../../core/rules/index.ts'
import { VALID } from '../band.ts'
import { compileRule } from '../kernel/compile.ts'
import { pairKernel } from './pair-kernel.ts'

const { book } = await loadRuleBook('rules')
const rule = book.rules.find((r) => r.id === 'gep.r2.ls-desmet-govers-1996')!
const UNITS: Readonly<Record<string, string>> = { 坡度: '%', 像元边长: 'm' }
const unitOf = (name: string) => ({ unit: findUnit(UNITS[name] ?? '1')! })
const kernel = compileRule({
  rule,
  output: Object.keys(rule.gives)[0]!,
  inputs: Object.fromEntries(Object.keys(rule.inputs).map((name) => [name, unitOf(name)])),
  params: Object.fromEntries(Object.entries(rule.params).map(([name, p]) => [name, { unit: 'inline' in p ? p.inline.quantity.unit : findUnit('1')! }])), // prettier-ignore
})

it('gives each pixel the bits of the kernel, and NaN where it has none, for any number of pixels', () => {
  const pixel = fc.array(fc.oneof(fc.double({ min: 0, max: 200, noNaN: true }), fc.constantFrom(0, 1, -1, 9, 1e9)), {
    minLength: kernel.slots.length,
    maxLength: kernel.slots.length,
  })
  fc.assert(
    fc.property(fc.array(pixel, { minLength: 1, maxLength: 9 }), fc.nat(), (pixels, at) => {
      const same = at % kernel.slots.length
      const numbers = kernel.slots.map((_, s) => (s === same ? pixels[0]![s] : undefined))
      const inputs = numbers.map((n, s) => n ?? Float64Array.from(pixels, (p) => p[s]!))
      const out = { values: new Float64Array(pixels.length), states: new Uint8Array(pixels.length) }
      kernel.run(inputs, pixels.length, out)
      const pairs = pairKernel(kernel, numbers, pixels.length)
      inputs.forEach((input, s) => typeof input !== 'number' && pairs.strips[s]!.set(input))
      const plain = Float64Array.from(out.values, (v, i) => (out.states[i] === VALID ? v : Number.NaN))
      expect(pairs.run(pixels.length)).toEqual(plain)
    }),
    { numRuns: 20 },
  )
})
