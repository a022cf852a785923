// LS by a rule of the book over a terrain: the formula is the rule's own, compiled; here stands only what of the terrain
// each of its inputs is. Always holds: a rule that wants something a terrain does not give is refused.

import { assert, findUnit, ProblemError } from '../../kernel/index.ts'
import type { Rule } from '../../core/rules/index.ts'
import { compileRule } from '../kernel/compile.ts'
import { flowWidths, upslopeLength, type Drainage } from './drainage.ts'
import { flowKernel } from './flow-kernel.ts'
import { problem } from './problems.ts'
import type { HeightMap } from './surface.ts'

/** What a factor of length and steepness can rest on. */
export interface FlowTerrain {
  readonly filled: HeightMap
  readonly net: Drainage
  /** Pixels that drain through each pixel, itself included; 0 without height. */
  readonly drained: Uint32Array
}

export interface LengthSlope {
  /** LS of as many pixels as `slope` (per cent) has, from pixel `from` on; 0 without height. */
  read(from: number, slope: Float64Array, into: Float64Array): void
}
export type LengthSlopeOf = (terrain: FlowTerrain) => LengthSlope

interface TerrainInput {
  readonly unit: string
  /** One number for all pixels, how many drain through each, or who writes a stretch of them. */
  readonly values: (terrain: FlowTerrain, longestSlope: number) => number | 'drained' | Reader
}
type Reader = LengthSlope['read']

/** By the name of a rule's input. */
const TERRAIN_INPUTS: Readonly<Record<string, TerrainInput>> = {
  坡度: { unit: '%', values: () => (_, slope, into) => into.set(slope) },
  坡长: {
    unit: 'm',
    values: ({ net, filled }, cap) => {
      const lengths = upslopeLength(net, filled, { cap })
      return (from, slope, into) => into.set(lengths.subarray(from, from + slope.length))
    },
  },
  汇水像元数: { unit: '1', values: () => 'drained' },
  像元边长: {
    unit: 'm',
    values: ({ filled: { cell, cellY = cell } }) => Math.sqrt(cell * cellY),
  },
  流向展开系数: {
    unit: '1',
    values: ({ net: { ways } }) => {
      const widths = flowWidths()
      return (from, slope, into) => {
        for (let i = 0; i < slope.length; i++) into[i] = widths[ways[from + i]!]!
      }
    },
  },
}

export interface LengthSlopeOptions {
  /** Cap of a slope length, m, for the rules that take one: without it valley pixels explode. */
  readonly longestSlope: number
}

/** The function `sediment` wants, from a rule such as `gep.r2.ls-invest-3-20-1`; its parameters are those written in it.
 *  @throws ProblemError `raster.not-of-terrain`, `raster.kernel-…` */
export function lengthSlopeBy(rule: Rule, { longestSlope }: LengthSlopeOptions): LengthSlopeOf {
  const wanted = Object.keys(rule.inputs)
  const strange = [
    ...wanted.filter((name) => !Object.hasOwn(TERRAIN_INPUTS, name)),
    ...Object.entries(rule.params).flatMap(([name, spec]) => ('inline' in spec ? [] : [name])),
  ]
  if (strange.length > 0) throw new ProblemError(problem('raster.not-of-terrain', { rule: rule.id, name: strange[0]! }))
  const unitOf = (text: string) => {
    const unit = findUnit(text)
    assert(unit, 'a unit that exists')
    return { unit }
  }
  const inline = Object.entries(rule.params).flatMap(([name, spec]) =>
    'inline' in spec ? [[name, spec.inline.quantity] as const] : [],
  )
  const kernel = compileRule({
    rule,
    output: Object.keys(rule.gives)[0]!,
    inputs: Object.fromEntries(wanted.map((name) => [name, unitOf(TERRAIN_INPUTS[name]!.unit)])),
    params: Object.fromEntries(inline.map(([name, { unit }]) => [name, { unit }])),
  })
  const numbers = new Map(inline.map(([name, { value }]) => [name, value.toNumber()]))
  return (terrain) => {
    const sources = kernel.slots.map((slot) => numbers.get(slot) ?? TERRAIN_INPUTS[slot]!.values(terrain, longestSlope))
    const by = flowKernel(
      kernel,
      sources.map((source) => (typeof source === 'function' ? 'strip' : source)),
      terrain.filled.width,
    )
    return {
      read(from, slope, into) {
        into.fill(0)
        sources.forEach((source, s) => typeof source === 'function' && source(from, slope, by.strips[s]!))
        assert(by.run(terrain.drained, from, slope.length, into), `${rule.id} has a value on every pixel`)
      },
    }
  }
}
