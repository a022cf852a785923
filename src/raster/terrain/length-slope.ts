// LS by a rule of the book over a terrain: the formula is the rule's own, compiled; here stands only what of the terrain
// each of its inputs is. Always holds: a rule that wants something a terrain does not give is refused.

import { assert, findUnit, ProblemError } from '../../kernel/index.ts'
import type { Rule } from '../../core/rules/index.ts'
import { NO_VALUE, VALID } from '../band.ts'
import { compileRule } from '../kernel/compile.ts'
import { flowWidth, upslopeLength } from './drainage.ts'
import { problem } from './problems.ts'
import type { FlowTerrain } from './sediment.ts'

interface TerrainInput {
  readonly unit: string
  readonly values: (terrain: FlowTerrain, longestSlope: number) => Float64Array | number
}

/** By the name of a rule's input. */
const TERRAIN_INPUTS: Readonly<Record<string, TerrainInput>> = {
  坡度: { unit: '%', values: ({ slope }) => slope.values },
  坡长: { unit: 'm', values: ({ net, slope }, cap) => upslopeLength(net, slope, { cap }) },
  汇水像元数: { unit: '1', values: ({ drained }) => drained },
  像元边长: { unit: 'm', values: ({ slope: { cell, cellY = cell } }) => Math.sqrt(cell * cellY) },
  流向展开系数: { unit: '1', values: ({ net }) => flowWidth(net) },
}

export interface LengthSlopeOptions {
  /** Cap of a slope length, m, for the rules that take one: without it valley pixels explode. */
  readonly longestSlope: number
}

/** The function `sediment` wants, from a rule such as `gep.r2.ls-invest-3-20-1`; its parameters are those written in it.
 *  @throws ProblemError `raster.not-of-terrain`, `raster.kernel-…` */
export function lengthSlopeBy(
  rule: Rule,
  { longestSlope }: LengthSlopeOptions,
): (terrain: FlowTerrain) => Float64Array {
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
    const pixels = terrain.drained.length
    const out = {
      values: new Float64Array(pixels),
      states: Uint8Array.from(terrain.drained, (n) => (n > 0 ? VALID : NO_VALUE)),
    }
    kernel.run(
      kernel.slots.map((slot) => numbers.get(slot) ?? TERRAIN_INPUTS[slot]!.values(terrain, longestSlope)),
      pixels,
      out,
    )
    assert(
      out.states.every((state, i) => state === VALID || terrain.drained[i] === 0),
      `${rule.id} has a value on every pixel`,
    )
    return out.values
  }
}
