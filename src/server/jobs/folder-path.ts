// Names of files that come from elsewhere, before any of them becomes a path on our disk. Pure.
// Always holds: what is accepted stays inside the folder it is written to, on every system, and is spelled in one way.

import type { Problem } from '../../kernel/index.ts'
import { jobProblem } from './problems.ts'

export const DEPTH_MOST = 6
const PART_MOST = 120
const PATH_MOST = 240

/** Letters and digits of any script, blanks, and the signs that names of office files have. */
const PART = /^[\p{L}\p{N}\p{M} ._\-+()（）【】[\]，、；·《》“”&@#%=~!^']+$/u
/** Names that are devices on some systems. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** The name as it is written to the disk, or what is wrong with it. */
export function folderPath(given: string): string | Problem {
  const wrong = (why: string, whyEn: string): Problem =>
    jobProblem('upload.path', { path: given.slice(0, 80), why, whyEn, depth: DEPTH_MOST })
  const path = given.normalize('NFC')
  if (path === '' || path.length > PATH_MOST) return wrong('空的，或太长', 'it is empty or too long')
  if (/^[/\\]|^[A-Za-z]:/.test(path)) return wrong('是绝对路径', 'it is an absolute path')
  const parts = path.split('/')
  if (parts.length > DEPTH_MOST) return wrong('层次太深', 'it is too deep')
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') return wrong('含 . 或 ..', 'it holds . or ..')
    if (part.length > PART_MOST) return wrong('太长', 'a part is too long')
    if (!PART.test(part)) return wrong('含特殊符号', 'it holds special signs')
    if (/^[. ]|[. ]$/.test(part)) return wrong('以点或空格开头或结尾', 'a part begins or ends with a dot or a blank')
    if (DEVICE.test(part)) return wrong('是系统保留名', 'it is reserved by a system')
  }
  return path
}

/** All names together: each right, none twice. @returns what is wrong, or the names as written, in the order given */
export function folderPaths(given: readonly string[]): readonly string[] | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const paths: string[] = []
  const seen = new Set<string>()
  for (const one of given) {
    const path = folderPath(one)
    if (typeof path !== 'string') {
      problems.push(path)
      continue
    }
    const key = path.toLowerCase()
    if (seen.has(key)) problems.push(jobProblem('upload.twice', { path }))
    seen.add(key)
    paths.push(path)
  }
  // A name that is a file cannot be a folder of another.
  for (const path of paths)
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
      if (seen.has(path.slice(0, at).toLowerCase()))
        problems.push(jobProblem('upload.twice', { path: path.slice(0, at) }))
  return problems.length > 0 ? { problems } : paths
}

/** Without the one folder that everything lies in. */
export function withoutTop(paths: readonly string[]): readonly string[] {
  const top = paths[0]?.split('/')[0]
  const inside = paths.every((p) => p.startsWith(`${top}/`))
  return inside ? paths.map((p) => p.slice(top!.length + 1)) : paths
}
