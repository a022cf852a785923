import { describe, expect, it } from 'vitest'
import { atOnce, inTurns, type Steps } from './steps.ts'

function* counted(to: number): Steps<number> {
  let sum = 0
  for (let n = 1; n <= to; n++) {
    if (n === 4) throw new Error('four')
    sum += n
    yield
  }
  return sum
}

describe('work in steps', () => {
  it('gives the same at once and in turns, with a turn after every step', async () => {
    let turns = 0
    const giveWay = () => (++turns % 2 === 0 ? Promise.resolve() : undefined)
    expect(atOnce(counted(3))).toBe(6)
    expect(await inTurns(counted(3), giveWay)).toBe(6)
    expect(turns).toBe(3)
  })

  it('lets an error out as it was thrown', async () => {
    expect(() => atOnce(counted(5))).toThrow('four')
    await expect(inTurns(counted(5), () => undefined)).rejects.toThrow('four')
  })
})
