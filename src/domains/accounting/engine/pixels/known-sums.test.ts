// Pixels are read once for equal formulas and numbers, and again where a number of the row changed.

import { expect, test } from 'vitest'
import { rules, storyFolder } from '../../../../../test/stories/folders.ts'
import { between, mapAccount, putMapAccount } from '../../maps/map-account.fixture.ts'
import { openMaps } from '../../maps/open-maps.ts'
import { readFacts } from '../../inputs/index.ts'
import { classificationOf } from '../../run.ts'
import type { MapStack } from '../../maps/map-stack.ts'
import { computeAccount, type ComputeInput } from '../compute.ts'

const home = storyFolder('known-sums')

test('a run with the same formulas and numbers reads no pixel again; a changed coefficient does, and gives what a fresh run gives', () => {
  const layers = [
    { argument: 'precipitation', unit: 'mm', at: between(900, 1600, 3) },
    { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4) },
  ]
  const given = mapAccount({ layers, list: { methods: { R1: ['R1.water-balance.map'] } } })
  putMapAccount(home, given)
  const { book } = rules
  const read = readFacts(home, given.list, { classification: classificationOf(book) })
  let reads = 0
  const open = (): MapStack => {
    const { stack } = openMaps(home, given.list, read, book)
    return { ...stack!, keys: (window, into) => (reads++, stack!.keys(window, into)) }
  }
  const digits = (maps: MapStack, overrides: NonNullable<ComputeInput['list']['overrides']> = []): string => {
    reads = 0
    const { figures } = computeAccount({
      list: { ...given.list, overrides },
      ...read,
      book,
      engine: 'test',
      findings: [],
      maps,
    })
    return JSON.stringify(figures.map((f) => [f.key, f.quantity.value.toFixed()]))
  }
  const why = { reason: '实测', approver: '测试' }
  const alpha = [{ parameter: 'gep.r1.runoff-coefficient', key: 'forest.mixed', value: '0.09', unit: '1', ...why }]
  const [maps, other] = [open(), open()]
  const first = digits(maps)
  expect(reads).toBeGreaterThan(0)
  expect(digits(maps)).toBe(first)
  expect(reads).toBe(0)
  const changed = digits(maps, alpha)
  expect(reads).toBeGreaterThan(0)
  expect(changed).not.toBe(first)
  expect(changed).toBe(digits(other, alpha))
  maps.close()
  other.close()
})
