// Keys of figures and the short codes printed beside them.
//   quantity|-|R|C|S|I   physical quantity of a line        value|constant|R|C|S|I   its value (constant or current)
//   value|b|R|C|S|*      service × class                    value|b|R|*|S|*          service in a region
//   value|b|R|C|*|*      class in a region                  value|b|R|*|M|*          group (M, R, C)
//   value|b|R|*|*|*      GEP                                quantity|-|R|*|S|I       item over all classes
//   extent|-|R|C|closing|*   opening, additions, reductions, closing, change
//   ratio|b|R|*|per-area|*   per-person, gep-to-gdp, primary-conversion
// A class `-` means that a line belongs to no class. Codes come from the SHA-256 of the key and are unique in an account.

import { hash } from 'node:crypto'
import { codeOf40 } from '../../kernel/index.ts'
import { figureTable } from './figure-table.ts'
import type { Account, Basis, Figure, Measure } from './model.ts'

export interface KeyParts {
  readonly measure: Measure
  readonly basis: Basis | '-'
  readonly region: string
  readonly class: string
  readonly service: string
  readonly item: string
}

const clean = (s: string): string => (s.includes('|') ? s.replaceAll('|', '¦') : s)

export const figureKey = (k: KeyParts): string =>
  `${k.measure}|${k.basis}|${clean(k.region)}|${clean(k.class)}|${clean(k.service)}|${clean(k.item)}`

export const valueKey = (basis: Basis, region: string, cls = '*', service = '*', item = '*'): string =>
  figureKey({ measure: 'value', basis, region, class: cls, service, item })
export const quantityKey = (region: string, cls: string, service: string, item: string): string =>
  figureKey({ measure: 'quantity', basis: '-', region, class: cls, service, item })
export const extentKey = (region: string, cls: string, what: string, item = '*'): string =>
  figureKey({ measure: 'extent', basis: '-', region, class: cls, service: what, item })
export const ratioKey = (basis: Basis, region: string, what: string): string =>
  figureKey({ measure: 'ratio', basis, region, class: '*', service: what, item: '*' })

/** Codes for a set of keys; a collision is resolved by hashing again, in key order, so that the codes do not depend on the order given. */
export function assignCodes(keys: readonly string[]): ReadonlyMap<string, string> {
  const sorted = [...keys].sort()
  const codes = codesInOrder(sorted)
  return new Map(sorted.map((key, i) => [key, codes[i]!]))
}

/** One for each of the keys, which are sorted. @param taken codes of keys before them */
export function codesInOrder(sorted: readonly string[], taken: Iterable<string> = []): readonly string[] {
  const given = new Set(taken)
  return sorted.map((key) => {
    for (let n = 0; ; n++) {
      const bits = first40(n === 0 ? key : `${key}#${n}`)
      // A check sign that a shell or a spreadsheet would read as its own is passed over: * ~ $ =
      if (bits % 37 >= 32 && bits % 37 <= 35) continue
      const code = codeOf40(bits)
      if (given.has(code)) continue
      given.add(code)
      return code
    }
  })
}

/** As text a digest comes in a fifth of the time that bytes take. */
function first40(key: string): number {
  const bytes = hash('sha256', key, 'binary')
  let v = 0
  for (let i = 0; i < 5; i++) v = v * 256 + bytes.charCodeAt(i)
  return v
}

/** Quick access to the figures of an account by key and by code. */
export interface FigureIndex {
  find(key: string): Figure | undefined
  byCode(code: string): Figure | undefined
}

export function indexFigures(account: Pick<Account, 'figures'>): FigureIndex {
  let codes: ReadonlyMap<string, Figure> | undefined
  return {
    find: figureTable(account).find,
    byCode: (code) => (codes ??= new Map(account.figures.map((f) => [f.code, f]))).get(code),
  }
}
