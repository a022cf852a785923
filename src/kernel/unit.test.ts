// Units: known ratios, Chinese and Latin names, the algebra, and what must not be taken for a unit.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  divideUnits,
  findUnit,
  isDimensionless,
  multiplyUnits,
  ONE_UNIT,
  powerUnit,
  ProblemError,
  requireSameDimensions,
  sameDimensions,
  sameUnit,
  unit,
} from './index.ts'

const NAMES: readonly (readonly [canonical: string, others: string])[] = [
  ['m', '米'],
  ['km', '公里 千米'],
  ['cm', '厘米'],
  ['mm', '毫米'],
  ['m2', '平方米 ㎡ m² m^2'],
  ['hm2', '公顷 ha hm²'],
  ['km2', '平方公里 平方千米 ㎢ km²'],
  ['亩', 'mu'],
  ['m3', '立方米 立方 方 ㎥ m³'],
  ['km3', '立方公里'],
  ['L', '升'],
  ['kg', '千克 公斤'],
  ['g', '克'],
  ['t', '吨'],
  ['s', '秒'],
  ['min', '分钟'],
  ['h', '小时 时'],
  ['d', '天 日'],
  ['a', '年 yr year'],
  ['℃', '摄氏度 °C degC'],
  ['J', '焦'],
  ['kJ', '千焦'],
  ['MJ', '兆焦'],
  ['kWh', '千瓦时 度 kW·h'],
  ['Pa', '帕'],
  ['kPa', '千帕'],
  ['元', 'CNY yuan'],
  ['分', 'fen'],
  ['tCO2', 'tCO₂'],
  ['tce', '吨标准煤 吨标煤'],
  ['人', 'person 口'],
  ['人次', 'visit'],
  ['头', 'head 只 羽'],
  ['株', 'piece 座 个 处 次 户 间夜'],
  ['dB', '分贝'],
  ['当量', 'eq'],
  ['%', '百分比 percent ％'],
  ['‰', '千分比 permille'],
  ['1', '无量纲 比值 小数 -'],
  ['t/(hm2·a)', 't/hm2/a t·hm-2·a-1 t•hm⁻²•a⁻¹ 吨/（公顷·年） t／（hm²·a）'],
  ['万m3', '万立方米 10^4m3 10000m3 万方'],
]

/** [unit, numerator, denominator in base units (m, kg, s, 元 …)] */
const RATIOS: readonly (readonly [string, bigint, bigint])[] = [
  ['亩', 2000n, 3n],
  ['hm2', 10000n, 1n],
  ['万亩', 20000000n, 3n],
  ['万m3', 10000n, 1n],
  ['亿元', 100000000n, 1n],
  ['万亿元', 10n ** 12n, 1n],
  ['百万千瓦时', 3600000n * 1000000n, 1n],
  ['万吨标准煤', 10000n, 1n],
  ['元/m3', 1n, 1n],
  ['元/kWh', 1n, 3600000n],
  ['元/亩', 3n, 2000n],
  ['t/(hm2·a)', 1n, 10n],
  ['MJ·mm/(hm2·h·a)', 1000000n, 36000000n * 1000n],
  ['t·hm2·h/(hm2·MJ·mm)', 1000n * 3600n * 1000n, 1000000n],
  ['mg/L', 1n, 1000n],
  ['g/m2', 1n, 1000n],
  ['%', 1n, 100n],
  ['‰', 1n, 1000n],
  ['0.5km', 500n, 1n],
]

const someUnits = fc.constantFrom(
  ...[
    'm',
    'mm',
    'km2',
    '亩',
    'hm2',
    '万m3',
    't',
    'kg',
    '元',
    '亿元',
    'tC',
    'tCO2',
    'kWh',
    '%',
    '1',
    'h',
    '人次',
    't/(hm2·a)',
    '元/m3',
    '10^4m3',
  ].map(unit),
)

describe('units', () => {
  test.each(NAMES.flatMap(([c, others]) => others.split(' ').map((o) => [o, c] as const)))(
    '%s is %s',
    (other, canonical) => {
      expect(sameUnit(unit(other), unit(canonical))).toBe(true)
    },
  )

  test.each(RATIOS)('%s is %s/%s base units', (text, num, den) => {
    const u = unit(text)
    expect(u.num * den).toBe(num * u.den)
  })

  test('15 mu are one hectare, to the last digit', () => {
    const [mu, ha] = [unit('亩'), unit('公顷')]
    expect(mu.num * 15n * ha.den).toBe(ha.num * mu.den)
  })

  test.each([
    'foo',
    'm//s',
    '(m',
    'm)',
    '元元',
    'kgm',
    'mmm',
    'm/',
    '/m',
    '·m',
    'tonne',
    'm2x',
    '万万x',
    '5 apples',
    '平方',
    '元每吨',
    'KG',
    '10^999999999m3',
    'm^999999999',
    'm2/10^31',
    '0km2',
  ])('refuses "%s"', (text) => {
    expect(findUnit(text)).toBeUndefined()
    expect(() => unit(text)).toThrow(ProblemError)
  })

  test('carbon, carbon dioxide, oxygen and dry matter are not each other and not mass', () => {
    const all = ['tC', 'tCO2', 'tO2', 'tDM', 't'].map(unit)
    for (const a of all) for (const b of all) expect(sameDimensions(a, b)).toBe(a === b)
    expect(() => requireSameDimensions(unit('tC'), unit('tCO2'))).toThrow(ProblemError)
  })

  test('the year is a label: a yearly flow and its quantity agree', () => {
    expect(sameUnit(unit('t/a'), unit('t'))).toBe(true)
  })

  test('multiplication commutes, associates, and division undoes it', () => {
    fc.assert(
      fc.property(someUnits, someUnits, someUnits, (a, b, c) => {
        expect(sameUnit(multiplyUnits(a, b), multiplyUnits(b, a))).toBe(true)
        expect(sameUnit(multiplyUnits(multiplyUnits(a, b), c), multiplyUnits(a, multiplyUnits(b, c)))).toBe(true)
        expect(sameUnit(divideUnits(multiplyUnits(a, b), b), a)).toBe(true)
        expect(isDimensionless(divideUnits(a, a))).toBe(true)
        expect(sameUnit(multiplyUnits(a, ONE_UNIT), a)).toBe(true)
      }),
    )
  })

  test('powers are repeated products', () => {
    fc.assert(
      fc.property(someUnits, fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }), (a, m, n) =>
        sameUnit(multiplyUnits(powerUnit(a, m), powerUnit(a, n)), powerUnit(a, m + n)),
      ),
    )
  })

  test('ratios are in lowest terms with a positive denominator', () => {
    const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))
    fc.assert(
      fc.property(someUnits, someUnits, (a, b) => {
        for (const u of [multiplyUnits(a, b), divideUnits(a, b)]) {
          expect(u.den > 0n && u.num > 0n).toBe(true)
          expect(gcd(u.num, u.den)).toBe(1n)
        }
      }),
    )
  })

  test('the text of a composed unit reads back as the same unit', () => {
    fc.assert(
      fc.property(someUnits, someUnits, someUnits, (a, b, c) => {
        for (const u of [
          multiplyUnits(a, b),
          divideUnits(a, b),
          divideUnits(a, multiplyUnits(b, c)),
          divideUnits(divideUnits(a, b), c),
        ])
          expect(sameUnit(unit(u.text), u), u.text).toBe(true)
      }),
    )
  })
})
