// Units as exact ratios of integers over base dimensions (1 亩 = 2000/3 m²), read from Chinese or Latin text.
// Always holds: t C, t CO2, t O2 and t of dry matter are different dimensions, so the commonest error of the field
// (carbon priced as carbon dioxide) does not type-check. `a` (the accounting year) is a label and counts as 1:
// a yearly flow and its quantity in the accounting year are one number. °C is a scale of its own and is never turned to kelvin.

import { defineProblems, ProblemError } from './problem.ts'

const problem = defineProblems({
  'unit.unknown': {
    severity: 'red',
    zh: '不认识的计量单位“{unit}”。',
    en: 'Unknown unit "{unit}".',
    hint: {
      zh: '请写成 km2、万m3、t/(hm2·a)、亿元 这样的单位。',
      en: 'Write a unit such as km2, 万m3, t/(hm2·a), 亿元.',
    },
  },
  'unit.mismatch': {
    severity: 'red',
    zh: '单位不相容：{have} 不能换算成 {want}。',
    en: 'Units do not agree: {have} cannot become {want}.',
    hint: { zh: '请检查单位是否写错，例如把 tC 当作 tCO2。', en: 'Check the unit, for example tC taken for tCO2.' },
  },
})

export type Dimension =
  | 'length'
  | 'mass'
  | 'time'
  | 'temperature'
  | 'money'
  | 'carbon'
  | 'co2'
  | 'oxygen'
  | 'dry-matter'
  | 'coal-equivalent'
  | 'person'
  | 'visit'
  | 'head'
  | 'piece'
  | 'sound'
  | 'pollution-equivalent'

export type Dimensions = Readonly<Partial<Record<Dimension, number>>>

export interface Unit {
  /** As declared or composed; what a reader sees. */
  readonly text: string
  readonly dims: Dimensions
  /** One of this unit is num/den base units (m, kg, s, 元, …). */
  readonly num: bigint
  readonly den: bigint
}

type Atom = readonly [dims: Dimensions, num: bigint, den?: bigint]
const L: Dimensions = { length: 1 }
const AREA: Dimensions = { length: 2 }
const VOLUME: Dimensions = { length: 3 }
const M: Dimensions = { mass: 1 }
const T: Dimensions = { time: 1 }
const ENERGY: Dimensions = { mass: 1, length: 2, time: -2 }
const PRESSURE: Dimensions = { mass: 1, length: -1, time: -2 }
const CNY: Dimensions = { money: 1 }
const NONE: Dimensions = {}

/** Names of one unit, first the canonical one. */
const TABLE: readonly (readonly [names: string, atom: Atom])[] = [
  ['m 米', [L, 1n]],
  ['km 公里 千米', [L, 1000n]],
  ['hm', [L, 100n]],
  ['cm 厘米', [L, 1n, 100n]],
  ['mm 毫米', [L, 1n, 1000n]],
  ['m2 平方米 ㎡', [AREA, 1n]],
  ['hm2 ha 公顷', [AREA, 10000n]],
  ['km2 平方公里 平方千米 ㎢', [AREA, 1000000n]],
  ['亩 mu', [AREA, 2000n, 3n]],
  ['m3 立方米 立方 方 ㎥', [VOLUME, 1n]],
  ['km3 立方公里', [VOLUME, 1000000000n]],
  ['L 升', [VOLUME, 1n, 1000n]],
  ['kg 千克 公斤', [M, 1n]],
  ['g 克', [M, 1n, 1000n]],
  ['mg 毫克', [M, 1n, 1000000n]],
  ['t 吨', [M, 1000n]],
  ['s 秒', [T, 1n]],
  ['min 分钟', [T, 60n]],
  ['h 小时 时', [T, 3600n]],
  ['d 天 日', [T, 86400n]],
  ['a yr year 年', [NONE, 1n]],
  ['℃ °C degC 摄氏度', [{ temperature: 1 }, 1n]],
  ['J 焦', [ENERGY, 1n]],
  ['kJ 千焦', [ENERGY, 1000n]],
  ['MJ 兆焦', [ENERGY, 1000000n]],
  ['kWh 千瓦时 度 kW·h', [ENERGY, 3600000n]],
  ['Pa 帕', [PRESSURE, 1n]],
  ['kPa 千帕', [PRESSURE, 1000n]],
  ['元 CNY yuan', [CNY, 1n]],
  ['分 fen', [CNY, 1n, 100n]],
  ['gC', [{ carbon: 1 }, 1n, 1000n]],
  ['kgC', [{ carbon: 1 }, 1n]],
  ['tC', [{ carbon: 1 }, 1000n]],
  ['gCO2', [{ co2: 1 }, 1n, 1000n]],
  ['kgCO2', [{ co2: 1 }, 1n]],
  ['tCO2 tCO2e', [{ co2: 1 }, 1000n]],
  ['kgO2', [{ oxygen: 1 }, 1n]],
  ['tO2', [{ oxygen: 1 }, 1000n]],
  ['kgDM', [{ 'dry-matter': 1 }, 1n]],
  ['gDM', [{ 'dry-matter': 1 }, 1n, 1000n]],
  ['tDM', [{ 'dry-matter': 1 }, 1000n]],
  ['tce 吨标准煤 吨标煤', [{ 'coal-equivalent': 1 }, 1n]],
  ['人 person 口', [{ person: 1 }, 1n]],
  ['人次 visit visits', [{ visit: 1 }, 1n]],
  ['头 head 只 羽', [{ head: 1 }, 1n]],
  ['株 piece 座 个 处 次 户 间夜', [{ piece: 1 }, 1n]],
  ['dB 分贝', [{ sound: 1 }, 1n]],
  ['当量 eq', [{ 'pollution-equivalent': 1 }, 1n]],
  ['% 百分比 percent', [NONE, 1n, 100n]],
  ['‰ 千分比 permille', [NONE, 1n, 1000n]],
]

const ATOMS = new Map<string, Atom>(TABLE.flatMap(([names, atom]) => names.split(' ').map((n) => [n, atom] as const)))
const SCALES: readonly (readonly [string, bigint])[] = [
  ['万亿', 10n ** 12n],
  ['千万', 10n ** 7n],
  ['百万', 10n ** 6n],
  ['十万', 10n ** 5n],
  ['亿', 10n ** 8n],
  ['万', 10n ** 4n],
  ['千', 10n ** 3n],
  ['百', 10n ** 2n],
]

/** Beyond these a text is no unit but a mistake or an attack: 10^9999999 would fill the memory. */
const POWER_MAX = 12
const TEN_POWER_MAX = 30
const NUMBER_LENGTH_MAX = 32

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))

function ratio(num: bigint, den: bigint): readonly [bigint, bigint] {
  const g = gcd(num, den)
  return [num / g, den / g]
}

function combine(a: Dimensions, b: Dimensions, sign: 1 | -1): Dimensions {
  const out: Partial<Record<Dimension, number>> = { ...a }
  for (const [k, n] of Object.entries(b) as [Dimension, number][]) {
    const p = (out[k] ?? 0) + sign * n
    if (p === 0) delete out[k]
    else out[k] = p
  }
  return out
}

export const ONE_UNIT: Unit = { text: '1', dims: {}, num: 1n, den: 1n }

export const multiplyUnits = ofPair((a: Unit, b: Unit): Unit => {
  const [num, den] = ratio(a.num * b.num, a.den * b.den)
  return { text: composeText(a.text, '·', b.text), dims: combine(a.dims, b.dims, 1), num, den }
})

export const divideUnits = ofPair((a: Unit, b: Unit): Unit => {
  const [num, den] = ratio(a.num * b.den, a.den * b.num)
  return { text: composeText(a.text, '/', b.text), dims: combine(a.dims, b.dims, -1), num, den }
})

/** Units never change, and an account meets a few hundred pairs of them tens of thousands of times: what follows from a pair
 *  is worked out once, and forgotten with its units. */
export function ofPair<T>(make: (a: Unit, b: Unit) => T): (a: Unit, b: Unit) => T {
  const made = new WeakMap<Unit, WeakMap<Unit, { readonly of: T }>>()
  return (a, b) => {
    const own = made.get(a) ?? new WeakMap<Unit, { readonly of: T }>()
    const hit = own.get(b)
    if (hit) return hit.of
    const of = make(a, b)
    own.set(b, { of })
    made.set(a, own)
    return of
  }
}

export function powerUnit(a: Unit, n: number): Unit {
  let u = ONE_UNIT
  for (let i = 0; i < Math.abs(n); i++) u = n > 0 ? multiplyUnits(u, a) : divideUnits(u, a)
  return u
}

function composeText(a: string, op: '·' | '/', b: string): string {
  if (b === '1') return a
  if (op === '·' && a === '1') return b
  return `${a}${op}${op === '/' && /[·/]/.test(b) ? `(${b})` : b}`
}

export function sameDimensions(a: Unit, b: Unit): boolean {
  if (a.dims === b.dims) return true
  const within = (x: Dimensions, y: Dimensions): boolean => {
    for (const k in x) if ((x[k as Dimension] ?? 0) !== (y[k as Dimension] ?? 0)) return false
    return true
  }
  return within(a.dims, b.dims) && within(b.dims, a.dims)
}
export const isDimensionless = (u: Unit): boolean => Object.keys(u.dims).length === 0
export const sameUnit = (a: Unit, b: Unit): boolean => sameDimensions(a, b) && a.num * b.den === b.num * a.den

/** Latin look-alikes, superscripts and full-width signs to the one writing the table knows. */
function plain(s: string): string {
  return s
    .replace(/(?<![\d.])10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, '10^$1')
    .replace(/[⁻]/g, '^-')
    .replace(/[¹²³⁴⁵⁶⁷⁸⁹⁰]/g, (c) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c).toString())
    .replace(/[（]/g, '(')
    .replace(/[）]/g, ')')
    .replace(/[／]/g, '/')
    .replace(/[％]/g, '%')
    .replace(/[×*•∙⋅.](?=\D)/g, '·')
    .replace(/₂/g, '2')
    .replace(/\s+/g, '')
}

/** Reads a unit. @returns undefined where the text is none. */
export function findUnit(source: string): Unit | undefined {
  const s = plain(source)
  if (s === '' || s === '1' || s === '-' || s === '无量纲' || s === '比值' || s === '小数') return ONE_UNIT
  // `2021年` over a column is a calendar year (日历年), not 2021 years.
  if (/^(19|20)\d\d年/.test(s)) return undefined
  let i = 0
  const expr = (): Unit | undefined => {
    let u = factor()
    while (u && i < s.length && (s[i] === '·' || s[i] === '/')) {
      const op = s[i++]
      const next = factor()
      u = next && (op === '·' ? multiplyUnits(u, next) : divideUnits(u, next))
    }
    return u
  }
  const factor = (): Unit | undefined => {
    if (s[i] === '(') {
      i++
      const u = expr()
      if (!u || s[i] !== ')') return undefined
      i++
      return exponent(u)
    }
    return atom()
  }
  const exponent = (u: Unit): Unit | undefined => {
    const m = /^\^?(-?\d+)/.exec(s.slice(i))
    if (!m) return u
    i += m[0].length
    if (Math.abs(Number(m[1])) > POWER_MAX) return undefined
    return powerUnit(u, Number(m[1]))
  }
  const atom = (): Unit | undefined => {
    const rest = s.slice(i)
    const number = /^(10\^\d+|\d+(?:\.\d+)?)/.exec(rest)
    if (number) {
      i += number[0].length
      if (number[0].length > NUMBER_LENGTH_MAX || Number(/^10\^(\d+)/.exec(number[0])?.[1] ?? 0) > TEN_POWER_MAX)
        return undefined
      const scale = scaleOf(number[0])
      if (scale.num === 0n) return undefined
      if (i >= s.length || s[i] === '/' || s[i] === ')') return scale
      if (s[i] === '·') i++
      const u = factor()
      return u && { ...multiplyUnits(scale, u), text: `${number[0]}${u.text}` }
    }
    for (let n = Math.min(rest.length, 8); n > 0; n--) {
      const name = rest.slice(0, n)
      const found = ATOMS.get(name)
      if (found && !/^[A-Za-z0-9]/.test(rest.slice(n).replace(/^-?\d/, /[A-Za-z]$/.test(name) ? '' : 'x'))) {
        i += n
        return exponent({ text: name, dims: found[0], num: found[1], den: found[2] ?? 1n })
      }
    }
    for (const [name, factorOf] of SCALES)
      if (rest.startsWith(name)) {
        i += name.length
        const u = i < s.length && s[i] !== '/' && s[i] !== ')' ? factor() : ONE_UNIT
        return (
          u && { ...multiplyUnits({ ...ONE_UNIT, num: factorOf }, u), text: `${name}${u.text === '1' ? '' : u.text}` }
        )
      }
    return undefined
  }
  const unit = expr()
  return unit && i === s.length ? { ...unit, text: s } : undefined
}

function scaleOf(number: string): Unit {
  if (number.startsWith('10^')) return { ...ONE_UNIT, num: 10n ** BigInt(number.slice(3)) }
  const [whole, part = ''] = number.split('.')
  const [num, den] = ratio(BigInt(whole! + part), 10n ** BigInt(part.length))
  return { ...ONE_UNIT, text: number, num, den }
}

const cache = new Map<string, Unit>()

/** Reads a unit written by us. @throws ProblemError `unit.unknown` */
export function unit(source: string): Unit {
  const hit = cache.get(source)
  if (hit) return hit
  const u = findUnit(source)
  if (!u) throw new ProblemError(problem('unit.unknown', { unit: source }))
  if (cache.size < 10_000) cache.set(source, u)
  return u
}

/** @throws ProblemError `unit.mismatch` unless one can be converted into the other */
export function requireSameDimensions(have: Unit, want: Unit): void {
  if (!sameDimensions(have, want))
    throw new ProblemError(problem('unit.mismatch', { have: have.text, want: want.text }))
}
