// The two delivery models by hand: a hillside of four pixels, what drains to no channel, and LS by the rules of the book.

import { describe, expect, it } from 'vitest'
import { loadRuleBook } from '../../core/rules/index.ts'
import { d8 } from './d8.ts'
import { distanceToChannel, drainage, drainedPixels, UNREACHED } from './drainage.ts'
import { fillDepressions } from './fill.ts'
import { lengthSlopeBy } from './length-slope.ts'
import { nutrients, type NutrientBands } from './nutrients.ts'
import { expectedRaster, agreement, oracleDem } from './oracle.fixture.ts'
import { slopePercent } from './slope.ts'
import { NO_DIRECTION, surfaceLike, type Surface } from './surface.ts'
import type { SedimentForm } from './sediment.ts'

const { book } = await loadRuleBook('rules')
const rule = (id: string) => book.rules.find((r) => r.id === id)!

/** 30, 20, 10 and 0 m, pixels of 10 m: a slope of 1 everywhere, the last pixel a channel. */
function hillside(form: SedimentForm): NutrientBands {
  const four = (value: number) => new Float64Array(4).fill(value)
  const states = new Uint8Array(4)
  return nutrients(
    {
      dem: { width: 4, height: 1, cell: 10, values: Float64Array.of(30, 20, 10, 0), states },
      states,
      runoffProxy: four(800),
      load: four(4),
      efficiency: four(0.5),
      criticalLength: four(50),
      subsurfaceShare: four(0.25),
    },
    { form, streamThreshold: 3, k: 2, subsurfaceEfficiency: 0.8, subsurfaceCriticalLength: 50 },
  )
}
const near = (found: Surface, expected: readonly number[]) =>
  expected.forEach((x, i) => expect(found.values[i], `pixel ${i}`).toBeCloseTo(x, 6))

describe('nutrient delivery as documented, by hand', () => {
  const documented = hillside('documented')
  it('has connectivity lg(√(n·100) / metres to the channel)', () => {
    near(documented.connectivity, [-0.477121, -0.150515, 0.238561])
    expect([...documented.channel.values]).toEqual([0, 0, 0, 1])
  })
  it('holds back 0.5·(1 − 1/e) on the last step and more from further up', () => {
    near(documented.retention, [0.475106, 0.432332, 0.31606, 0])
  })
  it('delivers (1 − retention) / (1 + e^((middle − IC) / 2)) over the surface and by metres below it', () => {
    near(documented.delivery, [0.239031, 0.281618, 0.372481])
    near(documented.subsurfaceDelivery, [0.23983, 0.308268, 0.494304, 1])
    near(documented.totalExport, [0.956922, 1.153121, 1.611747])
  })
  it('differs from the peer below the surface only, where no step is diagonal', () => {
    const peer = hillside('invest-3.20.1')
    near(peer.delivery, [0.239031, 0.281618, 0.372481])
    near(peer.subsurfaceDelivery, [0.792655, 0.854985, 0.92387, 1])
  })
  it('exports or retains every kilogram that can reach a channel', () => {
    const sum = [...documented.totalExport.values].map((x, i) => x + documented.retained.values[i]!)
    expect(sum.slice(0, 3).every((x) => Math.abs(x - 4) < 1e-12)).toBe(true)
    expect(documented.retained.states[3]).not.toBe(0)
  })
})

describe('what drains to a channel', () => {
  it('is told apart from what drains to none and from what has no height (S2)', () => {
    // No height, south; out of the grid to the west, a channel.
    const net = drainage({ width: 2, height: 2, codes: Uint8Array.of(NO_DIRECTION, 6, 4, 0) })
    const way = distanceToChannel(net, Uint8Array.of(0, 0, 0, 1))
    expect([...net.order].sort((a, b) => a - b)).toEqual([1, 2, 3])
    expect([way[1], way[2], way[3]]).toEqual([1, UNREACHED, 0])
  })
})

describe('LS by a rule of the book', () => {
  const filled = fillDepressions(oracleDem())
  const net = drainage(d8(filled))
  const slope = slopePercent(filled).values
  const by = (id: string) => {
    const factor = lengthSlopeBy(rule(id), { longestSlope: 300 })({ filled, net, drained: drainedPixels(net) })
    const values = new Float64Array(slope.length)
    for (let from = 0; from < slope.length; from += filled.width)
      factor.read(from, slope.subarray(from, from + filled.width), values.subarray(from, from + filled.width))
    return surfaceLike(filled, values)
  }

  it('is that of the peer on every pixel for gep.r2.ls-invest-3-20-1, to 1e-6', () => {
    const ls = by('gep.r2.ls-invest-3-20-1')
    expect(agreement(ls, expectedRaster('sdr_D8_ls'), 1e-6)).toEqual({ both: 23807, onlyOne: 0, apart: 0 })
  })
  it('is a number and positive on every pixel for the other two, and they differ', () => {
    const means = ['gep.r2.ls-slope-length', 'gep.r2.ls-desmet-govers-1996'].map((id) => {
      const { values, states } = by(id)
      const valid = values.filter((_, i) => states[i] === 0)
      expect(valid.every((x) => x > 0)).toBe(true)
      return valid.reduce((sum, x) => sum + x, 0) / valid.length
    })
    expect(Math.abs(means[0]! - means[1]!)).toBeGreaterThan(0.1)
  })
  it('refuses a rule that no terrain can feed', () => {
    expect(() => lengthSlopeBy(rule('gep.r2.k-epic'), { longestSlope: 300 })).toThrow(/raster\.not-of-terrain|要用/)
  })
})
