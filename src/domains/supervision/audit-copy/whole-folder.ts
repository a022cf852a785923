// A folder that appears whole or not at all: written beside under a name of its own, given its manifest, then renamed. The
// manifest is in the form of `sha256sum`, so that it can be checked without any program of ours.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { ProblemError, type Problem } from '../../../kernel/index.ts'
import { supervisionProblem } from '../problems.ts'

export const MANIFEST = 'MANIFEST.sha256'

export interface WholeFolder {
  /** `path` with `/`, below the folder. */
  write(path: string, content: Uint8Array | string): Promise<void>
  has(path: string): boolean
  /** Writes the manifest and gives the folder its name. */
  finish(): Promise<{ readonly files: number; readonly manifest: string }>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')

/** What a system call says, as a problem. */
function told(folder: string, e: unknown): unknown {
  const reason = (e as NodeJS.ErrnoException).code
  return reason === undefined ? e : new ProblemError(supervisionProblem('audit.cannot-write', { folder, reason }))
}

/** @throws ProblemError `audit.target-not-empty`, `audit.cannot-write` */
export async function openWholeFolder(asked: string): Promise<WholeFolder> {
  const folder = resolve(asked)
  const part = `${folder}.part`
  const hashes = new Map<string, string>()
  const made = new Set<string>()
  try {
    const standing = await readdir(folder).catch((e: NodeJS.ErrnoException) => {
      if (e.code === 'ENOENT') return undefined
      if (e.code === 'ENOTDIR') return ['']
      throw e
    })
    if (standing !== undefined && standing.length > 0)
      throw new ProblemError(supervisionProblem('audit.target-not-empty', { folder }))
    // What an interrupted run left.
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { recursive: true })
  } catch (e) {
    throw told(folder, e)
  }
  const put = async (path: string, content: Uint8Array | string): Promise<void> => {
    const to = join(part, ...path.split('/'))
    const dir = dirname(to)
    try {
      if (!made.has(dir)) await mkdir(dir, { recursive: true })
      made.add(dir)
      await writeFile(to, content)
    } catch (e) {
      throw told(folder, e)
    }
  }
  return {
    has: (path) => hashes.has(path),
    write: async (path, content) => {
      await put(path, content)
      hashes.set(path, sha256(content))
    },
    finish: async () => {
      const lines = [...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}\n`)
      const manifest = lines.join('')
      await put(MANIFEST, manifest)
      try {
        await rmdir(folder).catch((e: NodeJS.ErrnoException) => {
          if (e.code !== 'ENOENT') throw e
        })
        await rename(part, folder)
      } catch (e) {
        throw told(folder, e)
      }
      return { files: hashes.size + 1, manifest: sha256(manifest) }
    },
    abandon: () => rm(part, { recursive: true, force: true }),
  }
}

/** Looks over a copy: every file of its manifest, and none beside it. The manifest itself is compared with the hash the office
 *  gave, where that is at hand. @throws ProblemError `audit.not-a-copy` */
export async function checkAuditCopy(folder: string, manifest?: string): Promise<readonly Problem[]> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => undefined)
  const lines = text?.split('\n').slice(0, -1) ?? []
  const listed = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line))
  if (text === undefined || listed.some((l) => l === null))
    throw new ProblemError(supervisionProblem('audit.not-a-copy', { folder }))
  const problems: Problem[] = []
  if (manifest !== undefined && sha256(text) !== manifest)
    problems.push(supervisionProblem('audit.file-changed', { file: MANIFEST }))
  const names = new Set([MANIFEST])
  for (const line of listed) {
    const [, hash, file] = line! as unknown as [string, string, string]
    names.add(file)
    const content = await readFile(join(folder, ...file.split('/'))).catch(() => undefined)
    if (!content) problems.push(supervisionProblem('audit.file-missing', { file }))
    else if (sha256(content) !== hash) problems.push(supervisionProblem('audit.file-changed', { file }))
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const file = relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    if (!names.has(file)) problems.push(supervisionProblem('audit.file-extra', { file }))
  }
  return problems
}
