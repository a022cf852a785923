// The law of a kernel along the water: whatever the program, a pixel has the bits the kernel's own loops give it, and a row is
// said to lack a value exactly where one of its pixels does.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadRuleBook } from '../../core/rules/index.ts'
import { findUnit, ONE_UNIT } from '../../kernel/index.ts'
import { stripOf } from '../band.ts'
import { compileRule, kernelOf } from '../kernel/compile.ts'
import type { Kernel } from '../kernel/model.ts'
import { programBuilder } from '../kernel/program.ts'
import { flowKernel, type RowSource } from './flow-kernel.ts'

const WIDTH = 61
const unit = (text: string) => ({ unit: findUnit(text)! })

interface Row {
  readonly slope: Float64Array
  readonly drained: Uint32Array
}
const slopes = fc.oneof(
  fc.constantFrom(0, 0.5, 1, 3.5, 5, 8.99, 9, 100, 1000),
  fc.double({ min: 0, max: 120, noNaN: true }),
)
const counts = fc.oneof(fc.constantFrom(0, 1, 1, 2, 3, 1022, 1023, 1024, 1e6, 4e9), fc.nat(2000))
const rows = fc.array(fc.tuple(slopes, counts), { minLength: 1, maxLength: WIDTH }).map((all): Row => ({
  slope: Float64Array.from(all, ([s]) => s),
  drained: Uint32Array.from(all, ([, n]) => n),
}))

function expectTwins(
  kernel: Kernel,
  sources: readonly RowSource[],
  made: ReturnType<typeof flowKernel>,
  row: Row,
): void {
  const pixels = row.slope.length
  const plain = stripOf(pixels)
  const counts = Float64Array.from(row.drained)
  kernel.run(
    sources.map((s) => (typeof s === 'number' ? s : s === 'drained' ? counts : row.slope)),
    pixels,
    plain,
  )
  for (const strip of made.strips) strip?.set(row.slope)
  const into = new Float64Array(pixels).fill(-7)
  const isWhole = made.run(row.drained, 0, pixels, into)
  const isTaken = (i: number): boolean => row.drained[i]! > 0
  expect(isWhole).toBe(row.slope.every((_, i) => !isTaken(i) || plain.states[i] === 0))
  row.slope.forEach((_, i) => {
    const expected = !isTaken(i) ? -7 : plain.states[i] === 0 ? plain.values[i] : NaN
    expect(into[i]).toBe(expected)
  })
}

const OPS = [
  'add',
  'sub',
  'mul',
  'div',
  'min',
  'max',
  'lt',
  'select',
  'pow',
  'pow',
  'pow',
  'sqrt',
  'exp',
  'ln',
] as const
const TAKES: Readonly<Record<string, number>> = {
  sqrt: 1,
  exp: 1,
  ln: 1,
  select: 3,
}
const kernels = fc
  .array(fc.tuple(fc.constantFrom(...OPS), fc.nat(), fc.nat(), fc.nat()), {
    minLength: 1,
    maxLength: 10,
  })
  .map((steps) => {
    const build = programBuilder()
    const refs = [build.slot('slope'), build.slot('n'), ...[0, 0.5, 1, 2, 22.13, -1].map((x) => build.constant(x))]
    const first = refs.length
    for (const [op, ...places] of steps) {
      const operands = places.map((p) => refs[refs.length - 1 - (p % Math.min(refs.length, first + 2))]!)
      refs.push(build.op(op, ...operands.slice(0, TAKES[op] ?? 2)))
    }
    return kernelOf(build.finish(refs.at(-1)!, ['slope', 'n']), ONE_UNIT)
  })

describe('a kernel along the water', () => {
  it('gives each pixel the bits of its own loops, whatever it calculates', () => {
    fc.assert(
      fc.property(kernels, rows, (kernel, row) => {
        const sources = kernel.slots.map((slot): RowSource => (slot === 'n' ? 'drained' : 'strip'))
        expectTwins(kernel, sources, flowKernel(kernel, sources, WIDTH), row)
      }),
      { numRuns: 150 },
    )
  })

  it('does so for the LS of the peer, on level ground and at every limit of it', async () => {
    const { book } = await loadRuleBook('rules')
    const rule = book.rules.find((r) => r.id === 'gep.r2.ls-invest-3-20-1')!
    const kernel = compileRule({
      rule,
      output: '坡长坡度因子',
      inputs: { 坡度: unit('%'), 汇水像元数: unit('1'), 像元边长: unit('m') },
      params: { 坡长因子上限: unit('1'), 分界: unit('%') },
    })
    const numbers: Readonly<Record<string, RowSource>> = { 坡度: 'strip', 汇水像元数: 'drained', 像元边长: 30, 坡长因子上限: 122, 分界: 9 } // prettier-ignore
    const sources = kernel.slots.map((slot) => numbers[slot]!)
    const made = flowKernel(kernel, sources, WIDTH)
    fc.assert(fc.property(rows, (row) => expectTwins(kernel, sources, made, row)))
  })
})
