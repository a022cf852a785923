// Filling, directions and sums along the water: the peer's printed cases (pygeoprocessing 2.4.10), laws, and plain twins.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NODATA, VALID } from '../band.ts'
import { d8, type Directions } from './d8.ts'
import {
  accumulate,
  distanceToChannel,
  drainage,
  drainedPixels,
  flowWidth,
  receiverOf,
  streams,
  UNREACHED,
  upslopeLength,
} from './drainage.ts'
import { plainD8, plainDrainage, plainFill, plainSums } from './routing.fixture.ts'
import { fillDepressions, fillInPlace } from './fill.ts'
import { flowOver } from './flow-over.ts'
import { slopePercent } from './slope.ts'
import { COLS, ROWS, type Surface } from './surface.ts'

function surface(width: number, height: number, value: (col: number, row: number) => number | undefined): Surface {
  const values = new Float64Array(width * height)
  const states = new Uint8Array(width * height)
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) {
      const v = value(col, row)
      if (v === undefined) states[row * width + col] = NODATA
      else values[row * width + col] = v
    }
  return { width, height, values, states, cell: 1 }
}

const rough = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([width, height]) =>
  fc
    .array(fc.option(fc.integer({ min: 0, max: 6 }), { freq: 12, nil: undefined }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((cells) => surface(width, height, (col, row) => cells[row * width + col])),
)

/** Lowers a flood over everything until nothing changes: slow, and plainly the definition. */
function fillByDefinition(dem: Surface): Float64Array {
  const level = dem.values.map((_, i) => (dem.states[i] === VALID ? Number.POSITIVE_INFINITY : 0))
  for (let changed = true; changed;) {
    changed = false
    for (let i = 0; i < level.length; i++) {
      if (dem.states[i] !== VALID) continue
      const [col, row] = [i % dem.width, Math.floor(i / dem.width)]
      let lowest = Number.POSITIVE_INFINITY
      for (let k = 0; k < 8; k++) {
        const [c, r] = [col + COLS[k]!, row + ROWS[k]!]
        const out = c < 0 || c >= dem.width || r < 0 || r >= dem.height || dem.states[r * dem.width + c] !== VALID
        lowest = Math.min(lowest, out ? Number.NEGATIVE_INFINITY : level[r * dem.width + c]!)
      }
      const next = Math.max(dem.values[i]!, lowest)
      if (next < level[i]!) {
        level[i] = next
        changed = true
      }
    }
  }
  return level
}

const R4 = [
  '22222222220',
  '42222222220',
  '44222222200',
  '44422222000',
  '44442220000',
  '44444200000',
  '44444600000',
  '44446660000',
  '44466666000',
  '44666666600',
  '46666666660',
]
const r4: Directions = { width: 11, height: 11, codes: Uint8Array.from(R4.join(''), Number) }
const rows = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, row) =>
    Array.from({ length: width }, (_x, col) => values[row * width + col]!),
  )

describe('filling depressions', () => {
  it('fills a hole to its rim and leaves a low corner (R1)', () => {
    const dem = surface(11, 11, (c, r) => ((c >= 3 && c <= 7 && r >= 3 && r <= 7) || c + r === 0 ? -1 : 0))
    const filled = fillDepressions(dem)
    expect([...filled.values]).toEqual([-1, ...Array<number>(120).fill(0)])
  })

  it('lets water out through a pixel without height (R1)', () => {
    const dem = surface(11, 11, (c, r) =>
      c === 1 && r === 1 ? undefined : c >= 2 && c <= 7 && r >= 2 && r <= 7 ? -1 : 0,
    )
    expect(fillDepressions(dem).values).toEqual(dem.values)
  })

  it('raises to exactly the higher of two values that differ in the seventh digit (R2)', () => {
    const dem = surface(4, 4, (c, r) => (c === 2 && r === 2 ? 272.53228759765625 : 272.5325012207031))
    expect([...new Set(fillDepressions(dem).values)]).toEqual([272.5325012207031])
  })

  it('fills a pyramid upside down to its rim (R3)', () => {
    const dem = surface(256, 256, (j, i) => {
      return 10 * Math.max((128 - i) / 128, (i - 128) / 127, (128 - j) / 128, (j - 128) / 127)
    })
    const filled = fillDepressions(dem).values
    expect([Math.min(...filled), Math.max(...filled)]).toEqual([10, 10])
  })

  it('is the definition of filling on any surface', () => {
    fc.assert(
      fc.property(rough, (dem) => {
        expect([...fillDepressions(dem).values]).toEqual([...fillByDefinition(dem)])
      }),
    )
  })
})

describe('directions', () => {
  it('are those of the peer on a flat square (R4)', () => {
    const flat = surface(11, 11, () => 1)
    expect(rows(d8(flat).codes, 11).map((row) => row.join(''))).toEqual(R4)
  })

  it('lead every pixel of a filled surface out, without a circle, never upwards', () => {
    fc.assert(
      fc.property(rough, (dem) => {
        const filled = fillDepressions(dem)
        const directions = d8(filled)
        const net = drainage(directions)
        expect(net.order.length).toBe(filled.states.filter((s) => s === VALID).length)
        for (const i of net.order) {
          expect(directions.codes[i]).toBeLessThan(8)
          const to = receiverOf(net, i)
          if (to >= 0) expect(filled.values[to]).toBeLessThanOrEqual(filled.values[i]!)
        }
      }),
    )
  })

  it('show a depression that was not filled as a pit', () => {
    const dem = surface(3, 3, (c, r) => (c === 1 && r === 1 ? 0 : 1))
    expect(d8(dem).codes[4]).toBe(8)
    expect(drainedPixels(drainage(d8(dem)))[4]).toBeGreaterThan(1)
  })

  it('that run in a circle are refused', () => {
    expect(() => drainage({ width: 2, height: 1, codes: Uint8Array.of(0, 4) })).toThrow('circle')
  })
})

describe('sums along the water', () => {
  const net = drainage(r4)

  it('count the pixels that drain through (R5)', () => {
    const sums = rows(drainedPixels(net), 11)
    expect(sums[0]).toEqual([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1])
    expect(sums[1]).toEqual([1, 1, 2, 3, 4, 5, 4, 3, 2, 1, 1])
    expect(sums[5]).toEqual([5, 4, 3, 2, 1, 1, 1, 2, 3, 4, 5])
    expect(sums[6]).toEqual(sums[5])
    expect(sums[10]).toEqual([1, 1, 2, 3, 4, 5, 4, 3, 2, 1, 1])
  })

  it('take a weight (R5)', () => {
    const plain = drainedPixels(net)
    accumulate(net, new Float64Array(121).fill(2.7)).forEach((sum, i) => expect(sum).toBeCloseTo(2.7 * plain[i]!, 12))
    expect(accumulate(net, new Float64Array(121)).every((sum) => sum === 0)).toBe(true)
  })

  it('measure the way down to a channel (R7)', () => {
    const channel = Uint8Array.from({ length: 121 }, (_, i) => {
      const [c, r] = [i % 11, Math.floor(i / 11)]
      const rim = c === 0 || c === 10 || r === 0 || r === 10
      return rim || (r >= 4 && r <= 6 && (c === 1 || c === 9)) ? 1 : 0
    })
    const distance = rows(distanceToChannel(net, channel), 11)
    expect(distance[1]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    expect(distance[2]).toEqual([0, 1, 2, 2, 2, 2, 2, 2, 2, 1, 0])
    expect(distance[3]).toEqual([0, 1, 2, 3, 3, 3, 3, 3, 2, 1, 0])
    expect(distance[4]).toEqual([0, 0, 1, 2, 4, 4, 4, 2, 1, 0, 0])
    expect(distance[5]).toEqual([0, 0, 1, 2, 3, 5, 3, 2, 1, 0, 0])
  })

  it('say where the water meets no channel (S2)', () => {
    expect([...distanceToChannel(net, new Uint8Array(121))].every((d) => d === UNREACHED)).toBe(true)
  })

  it('call a channel what more pixels than the threshold drain through', () => {
    expect([...streams(Float64Array.of(0, 199, 200, 201), 200)]).toEqual([0, 0, 0, 1])
  })

  it('lengthen a slope by a pixel a step, √2 across a corner, up to the cap, anew where it flattens', () => {
    const line = drainage({ width: 4, height: 1, codes: Uint8Array.of(0, 0, 0, 0) })
    expect([...upslopeLength(line, { cell: 10 })]).toEqual([5, 15, 25, 35])
    expect([...upslopeLength(line, { cell: 10 }, { cap: 20 })]).toEqual([5, 15, 20, 20])
    const slope = Float64Array.of(10, 9, 4, 4)
    expect([...upslopeLength(line, { cell: 10 }, { slope, cutSlope: 0.5 })]).toEqual([5, 15, 5, 15])
    const corner = drainage({ width: 2, height: 2, codes: Uint8Array.of(7, 255, 255, 0) })
    expect(upslopeLength(corner, { cell: 10 })[3]).toBeCloseTo(5 + 10 * Math.SQRT2, 12)
    expect([...flowWidth(corner)]).toEqual([Math.SQRT2, 0, 0, 1])
  })
})

describe('what runs and its plain twin', () => {
  /** Heights as files store them: decimetres in single precision, whole metres, doubles; with flats, pits, holes and thin strips. */
  const stored = fc
    .tuple(rough, fc.constantFrom(Float32Array, Int16Array, Float64Array), fc.constantFrom(0.1, 1, 1 / 3))
    .map(([dem, Type, step]) => ({
      ...dem,
      cellY: 1.5,
      values: Type.from(dem.values.map((v, i) => (dem.states[i] === VALID ? (v - 3) * step : 0))),
    }))

  it('agree bit for bit in filled heights, directions, order and sums on any surface, filled or not', () => {
    fc.assert(
      fc.property(stored, fc.boolean(), (dem, fills) => {
        const doubles = { ...dem, values: Float64Array.from(dem.values) }
        const [filled, plainly] = fills ? [fillDepressions(dem), plainFill(doubles)] : [dem, doubles]
        expect(Float64Array.from(filled.values)).toEqual(plainly.values)
        const [directions, plainDirections] = [d8(filled), plainD8(plainly)]
        expect(directions).toEqual(plainDirections)
        const [net, plainNet] = [drainage(directions), plainDrainage(plainDirections)]
        expect([...net.order]).toEqual([...plainNet.order])
        expect(Array.from(net.ways, (_, i) => receiverOf(net, i))).toEqual([...plainNet.receivers])
        expect([...drainedPixels(net)]).toEqual([...plainSums(plainNet)])
        const weight = Float64Array.from(dem.values, (v, i) => Math.sin(v + i))
        expect(accumulate(net, weight)).toEqual(plainSums(plainNet, weight))
      }),
      { numRuns: 300 },
    )
  })

  it('agree on a rough hill of 150 × 100 pixels with lakes, too', () => {
    const dem = surface(150, 100, (c, r) =>
      (c * 7 + r * 13) % 97 === 0
        ? undefined
        : Math.max(40, Math.round(60 + 50 * Math.sin(c / 17) * Math.cos(r / 11) + ((c * r * 31) % 7))),
    )
    const [filled, plainly] = [fillDepressions(dem), plainFill(dem)]
    expect(filled.values).toEqual(plainly.values)
    const directions = d8(filled)
    expect(directions).toEqual(plainD8(plainly))
    const plainNet = plainDrainage(directions)
    const net = drainage(directions)
    expect([...net.order]).toEqual([...plainNet.order])
    expect([...net.drained]).toEqual([...plainSums(plainNet)])
  })

  it('agree on noise of 400 × 300 pixels, where more basins meet than the table of edges holds at a time', () => {
    const dem = surface(400, 300, (c, r) => (Math.imul(c * 7919 + r * 104729, 0x9e3779b1) >>> 16) % 1009)
    expect(fillDepressions(dem).values).toEqual(plainFill(dem).values)
  })

  it('leave the heights given as they were, unless they are to be filled where they lie', () => {
    const dem = surface(3, 3, (c, r) => (c === 1 && r === 1 ? 0 : 1))
    expect(fillDepressions(dem).values[4]).toBe(1)
    expect(dem.values[4]).toBe(0)
    expect(fillInPlace(dem).values).toBe(dem.values)
    expect(dem.values[4]).toBe(1)
  })

  it('are the same in one go, in 14 bytes a pixel with heights of four', () => {
    fc.assert(
      fc.property(stored, (dem) => {
        const apart = drainage(d8(fillDepressions(dem)))
        const { ways, drained, order } = flowOver({ ...dem, values: dem.values.slice() })
        expect([ways, drained, order]).toEqual([apart.ways, apart.drained, apart.order])
      }),
      { numRuns: 30 },
    )
    const [width, height] = [1000, 4000]
    const held = (): number => process.memoryUsage().arrayBuffers
    const before = held()
    let most = 0
    const watch = (): void => {
      most = Math.max(most, held() - before)
    }
    const values = Float32Array.from({ length: width * height }, (_, i) => (i % width) + ((i * 31) % 17) / 10)
    flowOver({ width, height, values, states: new Uint8Array(width * height), cell: 1 }, watch)
    watch()
    expect(most / (width * height)).toBeLessThan(14.5)
  })

  it('stop where who watches wants them to', () => {
    const dem = surface(4, 4, (c) => c)
    const met: string[] = []
    const watch = (step: string) => void met.push(step)
    drainage(d8(fillDepressions(dem, watch), watch), watch)
    expect([...new Set(met)]).toEqual(['fill', 'directions', 'order', 'accumulation'])
    const stop = () => {
      throw new Error('enough')
    }
    expect(() => fillDepressions(dem, stop)).toThrow('enough')
    expect(() => d8(dem, stop)).toThrow('enough')
  })
})

describe('slope', () => {
  it('of a plane is the slope of the plane, at its edges too', () => {
    const plane = surface(5, 5, (c, r) => 3 * c - 4 * r)
    for (const percent of slopePercent(plane).values) expect(percent).toBeCloseTo(500, 9)
  })

  it('takes pixels that are not square as they are', () => {
    const plane = { ...surface(5, 5, (c) => c), cell: 2, cellY: 7 }
    for (const percent of slopePercent(plane).values) expect(percent).toBeCloseTo(50, 9)
  })

  it('of a pixel alone is 0', () => {
    expect([...slopePercent(surface(1, 1, () => 7)).values]).toEqual([0])
  })
})
