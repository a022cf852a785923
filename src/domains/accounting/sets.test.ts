import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dec, text } from '../../kernel/index.ts'
import { makeAccount } from './checks/account.fixture.ts'
import { ganziTable } from './checks/ganzi.fixture.ts'
import type { Account } from './model.ts'
import { DOUBLE_COUNTING, SERVICES, type ServiceId } from './services.ts'
import { pairsOf, reduceTo, reducedRows, reduceToCommonSet, sameSetProblems, setProblems, totalOfSet } from './sets.ts'

/** Ganzi as an account of values. */
const ganzi = (): Account =>
  makeAccount({
    head: { set: 'ganzi-2010', year: 2010 },
    lines: ganziTable().rows.flatMap((r) => {
      const yuan = dec(r.value?.text ?? '0')
        .times(1e8)
        .toFixed(0)
      return r.service ? [{ service: r.service, item: r.id, value: [yuan, yuan] as const }] : []
    }),
  })
const L481 = [
  'M1',
  'M2',
  'M3',
  'M4',
  'M5',
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'C1',
  'C2',
  'C3',
]

describe('indicator sets', () => {
  it('with a double-counting pair are refused unless the ground is stated', () => {
    const services = ['R8', 'R11', 'R1']
    expect(pairsOf({ services }).map((p) => p.pair)).toEqual([['R8', 'R11']])
    expect(setProblems({ id: 'x', services, accepts: [] }).map((p) => p.code)).toEqual(['set.double-counting'])
    const accepts = (ground: string) => [{ pair: ['R11', 'R8'] as const, ground: text(ground, ground) }]
    expect(setProblems({ id: 'x', services, accepts: accepts('两者基准不同') })).toEqual([])
    expect(setProblems({ id: 'x', services, accepts: accepts(' ') }).map((p) => p.code)).toEqual(['set.empty-ground'])
    expect(setProblems({ id: 'x', services: ['R99'], accepts: [] }).map((p) => p.code)).toEqual(['set.unknown-service'])
  })
  it('hold exactly the pairs whose both members they hold', () => {
    fc.assert(
      fc.property(fc.subarray(SERVICES.map((s) => s.id)), (services) => {
        const expected = DOUBLE_COUNTING.filter(({ pair: [a, b] }) => services.includes(a) && services.includes(b))
        expect(pairsOf({ services })).toEqual(expected)
      }),
    )
  })
})

describe('accounts of different sets', () => {
  const other = (): Account =>
    makeAccount({
      lines: [
        { service: 'R1', value: ['100', '110'] },
        { service: 'R8', item: 'co2', value: ['10', '12'] },
        { service: 'C2', value: ['5', '5'] },
      ],
    })
  it('are not put side by side', () => {
    expect(sameSetProblems(ganzi(), other()).map((p) => p.code)).toEqual(['set.mixed'])
    expect(sameSetProblems(ganzi(), ganzi())).toEqual([])
  })
  it('reduce to the services both count, and every dropped line is listed', () => {
    const common = reduceToCommonSet(ganzi(), other())
    expect(common.services).toEqual(['R1', 'R8'])
    expect(common.b.after.current).toBe(12200n)
    expect(common.b.dropped.map((d) => [d.service, d.current])).toEqual([['C2', 500n]])
    expect(common.uneven.map((u) => u.service)).toEqual(['R1'])
  })
  it('lose nothing in a reduction: what is kept and what is dropped add up to the total', () => {
    fc.assert(
      fc.property(fc.subarray(SERVICES.map((s) => s.id)), (services: ServiceId[]) => {
        const r = reduceTo(ganzi(), services)
        for (const basis of ['constant', 'current'] as const)
          expect(r.after[basis] + r.dropped.reduce((s, d) => s + (d[basis] ?? 0n), 0n)).toBe(r.before[basis])
      }),
      { numRuns: 25 },
    )
  })
  it('Ganzi 2010 reduces to the 481-comparable total of 5 113.8825 亿元, water, power, oxygen and pests dropped', () => {
    const r = reduceTo(ganzi(), L481)
    // 5 006.4388 regulating, 36.7768 provisioning, 70.6669 tourism
    expect(r.after.current).toBe(51138825n * 1000000n)
    expect([...new Set(r.dropped.map((d) => d.service))]).toEqual(['M6', 'M7', 'R11', 'R13'])
    expect(totalOfSet(ganzi(), ['M1', 'M2', 'M3', 'M4']).current).toBe(367768n * 1000000n)
    expect(reducedRows(r, 'current').at(-1)?.yuan).toBe('511388250000')
  })
  it('name the wanted services that have no value', () => {
    expect(totalOfSet(ganzi(), ['R1', 'R10']).without).toEqual(['R10'])
  })
})
