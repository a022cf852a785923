// A thinned outline is drawn in place of the whole one: nobody may see a difference, and neighbours may not come apart.

import { expect, it } from 'vitest'
import type { Ring } from './map-frame.ts'
import { thinRing } from './thin-ring.ts'

const circle = (corners: number, radius = 100): Ring =>
  Array.from({ length: corners }, (_, i) => {
    const turn = (2 * Math.PI * i) / corners
    return [200 + radius * Math.cos(turn), 200 + radius * Math.sin(turn)] as const
  })

it('ten thousand corners of a circle become some hundred, each half a pixel from the next at most and a corner of the whole', () => {
  const whole = circle(10_000)
  const thin = thinRing(whole)
  expect(thin.length).toBeLessThan(2_000)
  expect(thin.every((p) => whole.includes(p))).toBe(true)
  thin.forEach((p, i) => {
    const next = thin[(i + 1) % thin.length]!
    expect(Math.hypot(p[0] - next[0], p[1] - next[1])).toBeLessThan(1.5)
  })
})

it('a line keeps the same corners whichever way it runs', () => {
  const line = circle(10_000).slice(0, 5_000)
  expect([...thinRing([...line].reverse())].reverse()).toEqual(thinRing(line))
})

it('an outline of few corners, or of a shape smaller than a pixel, stays as it is', () => {
  const square: Ring = [[1, 1], [9, 1], [9, 9], [1, 9], [1, 1]] // prettier-ignore
  expect(thinRing(square)).toEqual(square)
  const speck = circle(50, 0.1).map(([x, y]) => [x + 0.25, y + 0.25] as const)
  expect(thinRing(speck)).toBe(speck)
})
