// account.yaml → InputList. Strict: an unknown key, an alias, a wrong value is a problem with its line.
// Numbers written without quotes where a text is meant (a code, a price) keep the digits typed.

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import { ProblemError, type Place, type Problem } from '../../../kernel/index.ts'
import type { InputList } from '../input-list.ts'
import { checkList, type Locate } from './check-list.ts'
import { parseList } from './list-schema.ts'
import { problem } from './problems.ts'

export interface ReadList {
  /** Left out where red problems stand in the way. */
  readonly list?: InputList
  readonly problems: readonly Problem[]
  /** Line (or cell) of any entry, for problems found later. */
  readonly locate: Locate
}

/** Only these are numbers; everything else a person types is text. */
const WHOLE = new Set(['year', 'priceYear', 'header', 'missing', 'band', 'leaf'])

/** Reads the text of an account.yaml; `file` is the name shown in problems. */
export function parseListText(source: string, file: string): ReadList {
  const lines = new LineCounter()
  const doc = parseDocument(source, { lineCounter: lines, version: '1.2', schema: 'core', merge: false })
  const lineOf = (offset: number | undefined): Place =>
    offset === undefined ? { file } : { file, line: lines.linePos(offset).line }
  const locate: Locate = (path) => lineOf(offsetOf(doc, path))
  const broken = doc.errors.map((e) =>
    problem('list.not-yaml', { detail: e.message.split('\n')[0]!.replace(/ at line.*$/, '') }, lineOf(e.pos[0])),
  )
  visit(doc, {
    Alias: (_, node) => void broken.push(problem('list.alias', {}, lineOf(node.range?.[0]))),
  })
  if (broken.length > 0) return { problems: broken, locate }
  const { list, complaints } = parseList(plain(doc.contents, undefined))
  if (!list)
    return {
      problems: complaints.map((c) =>
        problem(
          `list.${c.kind}`,
          { key: c.key, zh: c.wanted.zh, en: c.wanted.en },
          locate(c.kind === 'missing-key' ? c.path.slice(0, -1) : c.path),
        ),
      ),
      locate,
    }
  const problems = checkList(list, locate)
  return problems.some((p) => p.severity === 'red') ? { problems, locate } : { list, problems, locate }
}

/** Reads an account.yaml or its twin workbook. @throws ProblemError `list.missing` */
export async function readList(path: string): Promise<ReadList> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch {
    throw new ProblemError(problem('list.missing', { file: basename(path), folder: '.' }, { file: basename(path) }))
  }
  if (/\.xlsx$/i.test(path)) return (await import('./list-sheet.ts')).readListSheet(bytes, basename(path))
  return parseListText(new TextDecoder('utf-8').decode(bytes), basename(path))
}

/** The plain data of a node; numbers become text with the digits typed, save the few that are counts. */
function plain(node: unknown, key: string | undefined): unknown {
  if (isMap(node)) {
    const out: Record<string, unknown> = {}
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? sourceText(pair.key.value, pair.key.source) : ''
      if (name !== '__proto__') out[name] = plain(pair.value, name)
    }
    return out
  }
  if (isSeq(node)) return node.items.map((n) => plain(n, undefined))
  if (isScalar(node)) {
    if (typeof node.value !== 'number') return node.value
    return key !== undefined && WHOLE.has(key) ? node.value : sourceText(node.value, node.source)
  }
  return isAlias(node) ? undefined : node
}

const sourceText = (value: unknown, source: string | undefined): string =>
  typeof value === 'string' ? value : (source ?? String(value))

/** Offset of the deepest node on the path that exists; the key of a pair rather than its value. */
function offsetOf(doc: Document.Parsed, path: readonly (string | number)[]): number | undefined {
  let node: unknown = doc.contents
  let offset = (node as Node | null)?.range?.[0]
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && sourceText(p.key.value, p.key.source) === String(step))
      if (!pair) break
      offset = (pair.key as Node).range?.[0]
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step]
      offset = (node as Node | undefined)?.range?.[0] ?? offset
    } else break
  }
  return offset
}
