// Reads a YAML text into plain values in which every scalar is its source text, so `0.10` keeps its zero,
// and remembers the line of every key and item.
// Always holds: duplicate keys, anchors, aliases and tags are refused, so one text means one thing.

import { CST, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument } from 'yaml'
import type { Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'

/** Scalars are text; null is a key with nothing behind it. */
export type Plain = string | null | readonly Plain[] | { readonly [key: string]: Plain }
export type Path = readonly PropertyKey[]

export interface YamlSource {
  readonly value: Plain
  readonly problems: readonly Problem[]
  /** The line of a place, or of the nearest place around it. */
  line(path: Path): number
}

const REFUSED = new Set(['anchor', 'alias', 'tag', 'directive'])
const pathKey = (path: Path): string => JSON.stringify(path.map(String))

export function readYaml(file: string, text: string): YamlSource {
  const counter = new LineCounter()
  const doc = parseDocument(text, {
    schema: 'failsafe',
    merge: false,
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: counter,
  })
  const lineAt = (offset: number): number => counter.linePos(offset).line
  const problems: Problem[] = [...refusedTokens(file, text)]
  const lines = new Map<string, number>()

  const read = (node: unknown, path: Path): Plain => {
    if (isMap(node)) {
      const entries: [string, Plain][] = []
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : undefined
        const line = lineAt(startOf(pair.key) ?? startOf(node) ?? 0)
        if (key === undefined || key === '__proto__') {
          problems.push(problem('rules.yaml', { detail: '键应为文字 / a key must be text' }, { file, line }))
          continue
        }
        const inner = [...path, key]
        if (!lines.has(pathKey(inner))) lines.set(pathKey(inner), line)
        entries.push([key, read(pair.value, inner)])
      }
      return Object.fromEntries(entries)
    }
    if (isSeq(node))
      return node.items.map((item, i) => {
        const inner = [...path, i]
        lines.set(pathKey(inner), lineAt(startOf(item) ?? startOf(node) ?? 0))
        return read(item, inner)
      })
    if (isScalar(node)) return node.type === 'PLAIN' && node.value === '' ? null : String(node.value)
    return null
  }

  const value = read(doc.contents, [])
  for (const e of doc.errors) {
    const at = { file, line: lineAt(e.pos[0]) }
    if (e.code === 'DUPLICATE_KEY')
      problems.push(
        problem(
          'rules.duplicate-key',
          {
            key:
              text
                .slice(...e.pos)
                .split(':')[0]!
                .trim() || '?',
          },
          at,
        ),
      )
    else problems.push(problem('rules.yaml', { detail: e.message }, at))
  }
  return {
    value,
    problems,
    line: (path) => {
      for (let n = path.length; n > 0; n--) {
        const hit = lines.get(pathKey(path.slice(0, n)))
        if (hit !== undefined) return hit
      }
      return 1
    },
  }
}

function startOf(node: unknown): number | undefined {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range
  return range?.[0]
}

function* refusedTokens(file: string, text: string): Generator<Problem> {
  let line = 1
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    if (type !== null && REFUSED.has(type)) yield problem('rules.yaml-extra', { token }, { file, line })
    line += token.split('\n').length - 1
  }
}
