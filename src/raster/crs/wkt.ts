// Well-known text as a tree: KEYWORD[part, part, …] with numbers, quoted texts and further keywords as parts
// (OGC 01-009 and ISO 19162; ESRI writes the same). What the words mean is read in wkt-crs.ts.

export interface WktNode {
  readonly keyword: string
  readonly parts: readonly WktPart[]
}
export type WktPart = WktNode | string | number

/** Deeper texts are no coordinate systems. */
const MAX_DEPTH = 32

/** Undefined where the text is not well-known text. */
export function findWkt(text: string): WktNode | undefined {
  const tokens =
    text.match(/"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[[\](),]|\S/g) ?? []
  let next = 0
  const part = (depth: number): WktPart | undefined => {
    const token = tokens[next++]
    if (token === undefined || depth > MAX_DEPTH) return undefined
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll('""', '"')
    if (/^[-+.\d]/.test(token)) return Number(token)
    if (!/^[A-Za-z_]/.test(token)) return undefined
    const parts: WktPart[] = []
    if (tokens[next] !== '[' && tokens[next] !== '(') return { keyword: token.toUpperCase(), parts }
    do {
      next++
      const inner = part(depth + 1)
      if (inner === undefined) return undefined
      parts.push(inner)
    } while (tokens[next] === ',')
    const closing = tokens[next++]
    return closing === ']' || closing === ')' ? { keyword: token.toUpperCase(), parts } : undefined
  }
  const root = part(0)
  return typeof root === 'object' && next === tokens.length ? root : undefined
}

export const childOf = (node: WktNode | undefined, ...keywords: readonly string[]): WktNode | undefined =>
  node?.parts.find((p): p is WktNode => typeof p === 'object' && keywords.includes(p.keyword))

export const childrenOf = (node: WktNode, keyword: string): readonly WktNode[] =>
  node.parts.filter((p): p is WktNode => typeof p === 'object' && p.keyword === keyword)

export const textOf = (node: WktNode | undefined): string => {
  const first = node?.parts[0]
  return typeof first === 'string' ? first : ''
}

/** The n-th number among the parts, from 0. */
export const numberOf = (node: WktNode | undefined, n: number): number | undefined =>
  node?.parts.filter((p) => typeof p === 'number')[n]
