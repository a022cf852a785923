// Reads one rule file: YAML, then the schema of its kind, then the head with its name, layer and version.
// Always holds: every fault becomes its own Problem with file and line, and all of a file's faults are told at once.

import { createHash } from 'node:crypto'
import { canonicalJson, civilDate, type Json, type Place, type Problem } from '../../kernel/index.ts'
import { SCHEMAS, type Content, type HeadContent } from './file-schemas.ts'
import type { FileKind, Head, Layer } from './model.ts'
import { problem } from './problems.ts'
import { readYaml, type Path, type Plain } from './yaml-source.ts'

export interface FileText {
  /** Relative to the rules folder, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** A file that fits its schema. `problems` may still grow while it is put together. */
export type ReadFile = {
  [K in FileKind]: {
    readonly kind: K
    readonly head: Head & { readonly kind: K }
    readonly content: Content<K>
    readonly problems: Problem[]
    at(path: Path): Place
  }
}[FileKind]
export type ReadFileOf<K extends FileKind> = Extract<ReadFile, { kind: K }>

export interface FileReading {
  readonly path: string
  /** As written, also where the file does not fit its schema. */
  readonly plain: Plain
  readonly file?: ReadFile
  readonly problems: Problem[]
}

export function readFile({ path, text }: FileText): FileReading {
  const source = readYaml(path, text)
  const problems = [...source.problems]
  const at = (p: Path): Place => ({ file: path, line: source.line(p) })
  const plain = source.value
  const failed = { path, plain, problems }
  if (problems.length > 0) return failed
  const kind = member(plain, 'kind')
  if (typeof kind !== 'string' || !Object.hasOwn(SCHEMAS, kind)) {
    problems.push(problem('rules.unknown-kind', { kind: typeof kind === 'string' ? kind : '' }, at(['kind'])))
    return failed
  }
  const result = SCHEMAS[kind as FileKind].safeParse(plain)
  if (!result.success) {
    for (const issue of result.error.issues) problems.push(...issueProblems(issue as Issue, plain, at))
    return failed
  }
  const content = result.data as HeadContent
  const head = readHead(content, kind as FileKind, path, plain)
  problems.push(...headProblems(head, at))
  return { ...failed, file: { kind, head, content, problems, at } as unknown as ReadFile }
}

function member(plain: Plain | undefined, key: PropertyKey): Plain | undefined {
  if (plain === null || plain === undefined || typeof plain === 'string') return undefined
  return Object.hasOwn(plain, key) ? (plain as Readonly<Record<PropertyKey, Plain>>)[key] : undefined
}
const valueAt = (plain: Plain, path: Path): Plain | undefined =>
  path.reduce<Plain | undefined>((v, key) => member(v, key), plain)

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
  readonly params?: { readonly problem?: Parameters<typeof problem>[0] }
}

function issueProblems(issue: Issue, plain: Plain, at: (p: Path) => Place): readonly Problem[] {
  const { path } = issue
  const last = String(path.at(-1) ?? '')
  const here = at(path)
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => problem('rules.unknown-key', { key }, at([...path, key])))
  const value = valueAt(plain, path)
  const shown = typeof value === 'string' ? value : ''
  if (value === undefined || value === null) {
    if (last === 'unit') return [problem('rules.missing-unit', { name: String(path.at(-2) ?? last) }, here)]
    return [problem('rules.missing-key', { key: last || 'kind' }, here)]
  }
  const code = issue.params?.problem
  if (code === 'rules.wrong-date') {
    const detail = shown === '' ? 'from > to' : `“${shown}”`
    return [problem(code, { detail }, here)]
  }
  if (code !== undefined) return [problem(code, { value: shown, id: shown }, here)]
  return [problem('rules.wrong-value', { key: last, detail: shown === '' ? issue.message : `“${shown}”` }, here)]
}

// ---- the head

function readHead(c: HeadContent, kind: FileKind, path: string, plain: Plain): Head {
  return {
    kind,
    id: c.id,
    version: createHash('sha256')
      .update(canonicalJson(plain as Json))
      .digest('hex')
      .slice(0, 12),
    title: c.title,
    ...(c.clause === undefined ? {} : { clause: c.clause }),
    ...(c.instrument === undefined ? {} : { instrument: c.instrument }),
    source: c.source,
    mark: c.mark,
    force: { from: civilDate(c.force.from), ...(c.force.to === undefined ? {} : { to: civilDate(c.force.to) }) },
    layer: layerOf(path, c.region),
    ...(c.region === undefined ? {} : { region: c.region }),
    ...(c.note === undefined ? {} : { note: c.note }),
    file: path,
  }
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')
const isNational = (path: string): boolean => folderOf(path) === 'national' || folderOf(path) === ''

/** The folder says whether a file is national; below, a GB/T 2260 code ending in 0000 is a province. */
function layerOf(path: string, region: string | undefined): Layer {
  if (isNational(path)) return 'national'
  return region !== undefined && /^\d\d(0000)?$/.test(region) ? 'province' : 'county'
}

function headProblems(head: Head, at: (p: Path) => Place): readonly Problem[] {
  const problems: Problem[] = []
  const want = head.id.slice(head.id.lastIndexOf('.') + 1)
  const name = head.file.slice(head.file.lastIndexOf('/') + 1)
  const [base, edition] = name.replace(/\.ya?ml$/, '').split('@')
  if (base !== want || (edition !== undefined && (edition === '' || !head.force.from.startsWith(edition))))
    problems.push(problem('rules.file-name', { name, id: head.id, want }, at(['id'])))
  if (isNational(head.file) && head.region !== undefined)
    problems.push(
      problem('rules.wrong-region', { detail: `region: ${head.region}, ${folderOf(head.file)}/` }, at(['region'])),
    )
  if (!isNational(head.file) && head.region === undefined)
    problems.push(problem('rules.wrong-region', { detail: `${folderOf(head.file)}/ —` }, at(['region'])))
  return problems
}
