// vep.yaml as text → its plain data, with the line of every entry for the problems found later.
// Always holds: every scalar is the text typed (0.10 keeps its zero); anchors and aliases are refused.

import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import type { Place, Problem } from '../../../kernel/index.ts'
import { problem } from './problems.ts'
import { vepSchema, type VepYaml } from './schema.ts'

export type Path = readonly (string | number)[]
export interface YamlRead {
  readonly data?: VepYaml
  readonly problems: readonly Problem[]
  /** The line of an entry, or of the nearest entry around it. */
  place(path: Path): Place & { readonly line: number }
}

export function readVepYaml(source: string, file: string): YamlRead {
  const counter = new LineCounter()
  const doc = parseDocument(source, {
    lineCounter: counter,
    schema: 'failsafe',
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const lineAt = (offset: number): Place & { readonly line: number } => ({ file, line: counter.linePos(offset).line })
  const place: YamlRead['place'] = (path) => lineAt(offsetOf(doc.contents, path))
  const problems = doc.errors.map((e) => problem('vep.yaml', { detail: e.message.split('\n')[0]! }, lineAt(e.pos[0])))
  visit(doc, {
    Alias: (_, node) =>
      void problems.push(
        problem('vep.yaml', { detail: '不用锚点和引用 / no anchors and aliases' }, lineAt(node.range?.[0] ?? 0)),
      ),
  })
  if (problems.length > 0) return { problems, place }
  const result = vepSchema.safeParse(plain(doc.contents))
  if (result.success) return { data: result.data, problems, place }
  return { problems: result.error.issues.flatMap((i) => complain(i, place)), place }
}

function complain(issue: z.core.$ZodIssue, place: YamlRead['place']): readonly Problem[] {
  const path = issue.path as Path
  const key = path.map(String).join('.') || 'vep.yaml'
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((k) => problem('vep.unknown-key', { key: k }, place([...path, k])))
  if (issue.code === 'invalid_type' && issue.message.includes('undefined'))
    return [problem('vep.missing-key', { key }, place(path))]
  const wanted =
    issue.code === 'invalid_value'
      ? issue.values.map(String).join(' | ')
      : issue.code === 'invalid_format'
        ? key.endsWith('value')
          ? '5 %'
          : key.endsWith('term')
            ? '20'
            : key.endsWith('id')
              ? 'A-01'
              : '2026-01-31'
        : issue.message
  return [problem('vep.wrong-value', { key, wanted }, place(path))]
}

/** Failsafe YAML: maps, lists and text. A key with nothing behind it is left out, so that it reads as missing. */
function plain(node: unknown): unknown {
  if (isMap(node)) {
    const entries = node.items.map(
      (pair) => [isScalar(pair.key) ? String(pair.key.value) : '', plain(pair.value)] as const,
    )
    return Object.fromEntries(entries.filter(([k, v]) => k !== '__proto__' && v !== undefined))
  }
  if (isSeq(node)) return node.items.map(plain)
  if (isScalar(node)) return node.type === 'PLAIN' && node.value === '' ? undefined : String(node.value)
  return undefined
}

function offsetOf(root: unknown, path: Path): number {
  let node = root
  let offset = startOf(root) ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step))
      if (!pair) break
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      offset = startOf(node) ?? offset
    } else break
  }
  return offset
}

const startOf = (node: unknown): number | undefined =>
  (node as { readonly range?: readonly [number, number, number] | null } | null | undefined)?.range?.[0]
