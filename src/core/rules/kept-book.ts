// A checked rule book as one text, so that a book that has not changed is neither parsed nor checked again. Serves the start of
// every command that computes. Always holds: what is read back is what was written, number by number and unit by unit; only a book
// without problems has a text.

import { Dec, dec, type Unit } from '../../kernel/index.ts'
import type { RuleBook } from './model.ts'
import { ruleBook, type BookContents } from './select.ts'

/** Holds texts by name; what it finds is what was kept, whole. */
export interface KeptBooks {
  find(name: string): unknown
  keep(name: string, book: unknown): void
}

/** Plain values; a number, a unit and a map are a list that begins with its sign, any other list begins with 0. */
type Written = string | number | boolean | null | readonly Written[] | { readonly [key: string]: Written }
type WrittenUnit = readonly [text: string, dims: Unit['dims'], num: string, den: string]

const [LIST, NUMBER, UNIT, MAP] = [0, 1, 2, 3]

/** The book as plain data. */
export function bookData(book: RuleBook): unknown {
  const { rules, parameters, overrides, classifications, sets, instruments, sources } = book
  const contents = { rules, parameters, overrides, classifications, sets, instruments, sources } satisfies BookContents
  const units: WrittenUnit[] = []
  const places = new Map<string, number>()
  const write = (x: unknown): Written => {
    if (x === null || typeof x === 'string' || typeof x === 'number' || typeof x === 'boolean') return x
    if (Dec.isDecimal(x)) return [NUMBER, x.valueOf()]
    if (Array.isArray(x)) return [LIST, ...x.map(write)]
    if (x instanceof Map) return [MAP, ...[...x].map(([k, v]) => [k as string, write(v)] as const)]
    if (typeof x !== 'object') throw new Error(`a rule book holds ${typeof x}`)
    if (isUnit(x)) {
      const unit: WrittenUnit = [x.text, x.dims, String(x.num), String(x.den)]
      const name = JSON.stringify(unit)
      if (!places.has(name)) places.set(name, units.push(unit) - 1)
      return [UNIT, places.get(name)!]
    }
    return Object.fromEntries(Object.entries(x).map(([key, value]) => [key, write(value)]))
  }
  return { contents: write(contents), units }
}

/** The book that `bookData` wrote. */
export function bookOf(data: unknown): RuleBook {
  const { contents, units } = data as { readonly contents: Written; readonly units: readonly WrittenUnit[] }
  const unitAt = units.map(([text, dims, num, den]): Unit => ({ text, dims, num: BigInt(num), den: BigInt(den) }))
  const read = (x: Written): unknown => {
    if (x === null || typeof x !== 'object') return x
    if (!isList(x)) {
      // The object of the parsed text becomes the book's own.
      const own = x as Record<string, unknown>
      for (const key in own) {
        const value = own[key]
        if (typeof value === 'object') own[key] = read(value as Written)
      }
      return own
    }
    if (x[0] === NUMBER) return dec(x[1] as string)
    if (x[0] === UNIT) return unitAt[x[1] as number]!
    if (x[0] === MAP) return new Map((x.slice(1) as [string, Written][]).map(([k, v]) => [k, read(v)]))
    return x.slice(1).map(read)
  }
  return ruleBook(read(contents) as BookContents)
}

const isList = (x: Written): x is readonly Written[] => Array.isArray(x)
const isUnit = (x: object): x is Unit => 'num' in x && typeof x.num === 'bigint'
