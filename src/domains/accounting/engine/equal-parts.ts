// Plain data with numbers and units of the kernel as data in which equal parts stand once. Serves results that are kept from run
// to run: thousands of rows share their formulas, tables and titles. Always holds: what is read back equals what was written,
// and parts that were equal are one object then.

import { Dec, dec, type Unit } from '../../../kernel/index.ts'

type Key = string | number | boolean | null
/** A value by itself, or a list that begins with its kind; parts are places in `parts`, and stand before the whole. */
type Part = Key | readonly (string | number | Unit['dims'])[]

export interface EqualParts {
  /** Names of the fields of objects. */
  readonly fields: readonly (readonly string[])[]
  readonly parts: readonly Part[]
  readonly whole: number
}

const [LIST, OBJECT, NUMBER, UNIT, ODD] = [0, 1, 2, 3, 4]

/** @throws Error for what is no plain data: functions, maps, classes other than the kernel's decimals */
export function inEqualParts(whole: unknown): EqualParts {
  const parts: Part[] = []
  const fields: string[][] = []
  const places = new Map<string | number, number>()
  const fieldsAt = new Map<string, number>()
  const known = new Map<object, number>()
  const put = (name: string, part: () => Part): number => {
    const at = places.get(name)
    if (at !== undefined) return at
    places.set(name, parts.length)
    return parts.push(part()) - 1
  }
  const write = (x: unknown): number => {
    if (typeof x === 'string') return put(`"${x}`, () => x)
    if (typeof x === 'number')
      return Number.isFinite(x) && !Object.is(x, -0)
        ? put(`#${x}`, () => x)
        : put(`odd${Object.is(x, -0) ? '-0' : x}`, () => [ODD, Object.is(x, -0) ? '-0' : String(x)])
    if (x === null || typeof x === 'boolean') return put(`${x}`, () => x)
    if (typeof x !== 'object') throw new Error(`results that are kept hold no ${typeof x}`)
    const at = known.get(x) ?? writeObject(x)
    known.set(x, at)
    return at
  }
  const writeObject = (x: object): number => {
    if (Array.isArray(x)) {
      const own = x.map(write)
      return put(`[${own.join(' ')}`, () => [LIST, ...own])
    }
    if (Dec.isDecimal(x)) return put(`d${x.valueOf()}`, () => [NUMBER, x.valueOf()])
    if (isUnit(x)) {
      const text = [x.text, String(x.num), String(x.den)]
      return put(`u${JSON.stringify([...text, x.dims])}`, () => [UNIT, x.dims, ...text])
    }
    if (Object.getPrototypeOf(x) !== Object.prototype) throw new Error('results that are kept are plain data')
    const own = Object.entries(x).filter(([, v]) => v !== undefined)
    const names = own.map(([name]) => name)
    const sign = JSON.stringify(names)
    const shape = fieldsAt.get(sign) ?? fields.push(names) - 1
    fieldsAt.set(sign, shape)
    const values = own.map(([, v]) => write(v))
    return put(`{${shape} ${values.join(' ')}`, () => [OBJECT, shape, ...values])
  }
  const at = write(whole)
  return { fields, parts, whole: at }
}

/** What `inEqualParts` wrote. */
export function fromEqualParts({ fields, parts, whole }: EqualParts): unknown {
  const made: unknown[] = []
  for (const part of parts) made.push(typeof part === 'object' && part !== null ? read(part, fields, made) : part)
  return made[whole]
}

function read(part: Exclude<Part, Key>, fields: EqualParts['fields'], made: readonly unknown[]): unknown {
  const [kind, first, ...rest] = part
  switch (kind) {
    case LIST:
      return part.slice(1).map((at) => made[at as number])
    case OBJECT: {
      const own: Record<string, unknown> = {}
      const names = fields[first as number]!
      for (let i = 0; i < names.length; i++) own[names[i]!] = made[part[i + 2] as number]
      return own
    }
    case NUMBER:
      return dec(first as string)
    case UNIT: {
      const [text, num, den] = rest as [string, string, string]
      return { text, dims: first as Unit['dims'], num: BigInt(num), den: BigInt(den) } satisfies Unit
    }
    default:
      return Number(first)
  }
}

const isUnit = (x: object): x is Unit => 'num' in x && typeof x.num === 'bigint'
