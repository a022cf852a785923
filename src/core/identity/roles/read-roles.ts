// Reads the role files: one YAML file a role, strict keys, and the conflicts checked against each other.
// Always holds: a book without problems has one file a role, conflicts among its own roles, written on both sides.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LineCounter, parseDocument, isNode } from 'yaml'
import { z } from 'zod'
import type { Place, Problem } from '../../../kernel/index.ts'
import { problem } from '../problems.ts'
import { ROLE_GRADES, roleBook, type Role, type RoleBook } from './role.ts'

export interface RoleFile {
  /** The name of the file, without its folder. */
  readonly name: string
  readonly text: string
}

export interface RolesReading {
  readonly book: RoleBook
  readonly problems: readonly Problem[]
}

/** No role needs more; the limit keeps a wrong file from filling the memory. */
const ROLE_FILE_LIMIT = 64 * 1024

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const id = z.string().regex(/^[a-z][a-z-]{1,39}$/)
const ability = z.string().regex(/^(group:)?[A-Za-z][A-Za-z0-9.-]{0,79}$/)
const schema = z.strictObject({
  id,
  title: text,
  grade: z.enum(ROLE_GRADES),
  scope: z.enum(['place', 'organisation']),
  opens: text,
  commands: z.array(ability),
  queries: z.array(ability),
  conflicts: z.array(id),
})

interface ReadRole {
  readonly role: Role
  readonly at: Place
}

/** Pure: the same texts give the same book. */
export function parseRoles(files: readonly RoleFile[]): RolesReading {
  const problems: Problem[] = []
  const read = new Map<string, ReadRole>()
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const one = readRole(file, problems)
    if (!one) continue
    if (file.name !== `${one.role.id}.yaml` || read.has(one.role.id))
      problems.push(problem('identity.role-name', { name: file.name, id: one.role.id }, one.at))
    else read.set(one.role.id, one)
  }
  for (const { role, at } of read.values())
    for (const other of role.conflicts) {
      const found = read.get(other)?.role
      if (!found) problems.push(problem('identity.role-unknown', { role: other }, at))
      else if (!found.conflicts.includes(role.id))
        problems.push(problem('identity.role-conflict-one-sided', { role: role.id, other }, at))
    }
  return { book: roleBook([...read.values()].map((r) => r.role)), problems }
}

export async function loadRoles(folder: string): Promise<RolesReading> {
  const names = (await readdir(folder)).filter((n) => n.endsWith('.yaml'))
  const files = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  )
  return parseRoles(files)
}

function readRole(file: RoleFile, problems: Problem[]): ReadRole | undefined {
  const refuse = (detail: string, line = 1): undefined => {
    problems.push(problem('identity.role-yaml', { detail }, { file: file.name, line }))
  }
  if (file.text.length > ROLE_FILE_LIMIT) return refuse(`> ${ROLE_FILE_LIMIT} B`)
  const counter = new LineCounter()
  const doc = parseDocument(file.text, {
    schema: 'core',
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: counter,
  })
  const lineOf = (offset: number): number => counter.linePos(offset).line
  const fault = doc.errors[0]
  if (fault) return refuse(fault.message, lineOf(fault.pos[0]))
  let plain: unknown
  try {
    plain = doc.toJS({ maxAliasCount: 0 })
  } catch {
    return refuse('锚点与引用 / anchors and aliases')
  }
  const result = schema.safeParse(plain)
  if (result.success) return { role: result.data, at: { file: file.name, line: 1 } }
  for (const issue of result.error.issues) {
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path
    const node = path.length === 0 ? doc.contents : doc.getIn(path, true)
    const line = isNode(node) && node.range ? lineOf(node.range[0]) : 1
    const values = { key: path.join('.'), detail: DETAIL[issue.code] ?? `不合要求 / ${issue.message}` }
    problems.push(problem('identity.role-key', values, { file: file.name, line }))
  }
  return undefined
}

const DETAIL: Readonly<Record<string, string>> = {
  unrecognized_keys: '不认识 / unknown',
  invalid_type: '缺少或类型不对 / missing or of another type',
}
