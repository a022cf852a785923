// Folders of data that people upload, each made of files that are in the store already, or of one archive.
// Always holds: a folder is complete or it is not there; nothing is written outside it; limits are kept before anything is
// unpacked.

import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ProblemError, type Uuid } from '../../kernel/index.ts'
import { readZip } from '../../core/exchange-formats/index.ts'
import type { FileStore } from '../../core/files/index.ts'
import { folderPaths, withoutTop } from './folder-path.ts'
import { jobProblem } from './problems.ts'

const MB = 1024 * 1024

export interface FolderLimits {
  readonly files: number
  readonly bytes: number
  /** Of an archive, unpacked; it is held in memory. */
  readonly zipBytes: number
}
/** A county's workbooks are some megabytes, its maps some hundreds. */
export const FOLDER_LIMITS: FolderLimits = { files: 2_000, bytes: 2_048 * MB, zipBytes: 512 * MB }

export interface GivenFile {
  readonly path: string
  readonly hash: string
}

export interface MadeFolder {
  readonly id: Uuid
  readonly person: Uuid
  readonly files: readonly { readonly path: string; readonly size: number; readonly hash: string }[]
}

export interface Folders {
  /** @throws ProblemError `upload.…`, `files.missing` */
  fromFiles(person: Uuid, files: readonly GivenFile[]): Promise<MadeFolder>
  /** @throws ProblemError `upload.…`, `zip.…`, `files.missing` */
  fromZip(person: Uuid, hash: string): Promise<MadeFolder>
  /** One of a person's own. */
  find(person: Uuid, id: string): Promise<(MadeFolder & { readonly at: string }) | undefined>
}

/** What every archive of some systems has and nobody meant to send. */
const isLitter = (name: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(name)

const INDEX = 'folder.json'
const DATA = 'data'

export function foldersIn(
  root: string,
  { store, newId, limits = FOLDER_LIMITS }: { store: FileStore; newId: () => Uuid; limits?: FolderLimits },
): Folders {
  const tooMany = (count: number): ProblemError =>
    new ProblemError(jobProblem('upload.too-many', { count, most: limits.files }))
  const tooLarge = (bytes: number): ProblemError =>
    new ProblemError(
      jobProblem('upload.too-large', { mb: Math.ceil(bytes / MB), mostMb: Math.floor(limits.bytes / MB) }),
    )

  /** @throws ProblemError for all names that will not do */
  const pathsOf = (given: readonly string[]): readonly string[] => {
    const checked = folderPaths(given)
    if ('problems' in checked) throw new ProblemError(checked.problems.slice(0, 100))
    return withoutTop(checked)
  }

  async function make(
    person: Uuid,
    paths: readonly string[],
    write: (i: number, to: string) => Promise<{ size: number; hash: string }>,
  ): Promise<MadeFolder> {
    if (paths.length === 0) throw new ProblemError(jobProblem('upload.empty'))
    const id = newId()
    const beside = join(root, `${id}.writing`)
    try {
      const files = []
      for (const [i, path] of paths.entries()) {
        const to = join(beside, DATA, ...path.split('/'))
        await mkdir(dirname(to), { recursive: true })
        files.push({ path, ...(await write(i, to)) })
      }
      const made: MadeFolder = { id, person, files }
      await writeFile(join(beside, INDEX), JSON.stringify(made))
      await rename(beside, join(root, id))
      return made
    } catch (e) {
      await rm(beside, { recursive: true, force: true })
      throw e
    }
  }

  return {
    fromFiles: async (person, files) => {
      if (files.length > limits.files) throw tooMany(files.length)
      const paths = pathsOf(files.map((f) => f.path))
      const found = await Promise.all(files.map((f) => store.find(f.hash)))
      const bytes = found.reduce((n, f) => n + (f?.size ?? 0), 0)
      if (bytes > limits.bytes) throw tooLarge(bytes)
      return make(person, paths, async (i, to) => {
        const { hash } = files[i]!
        await pipeline(Readable.from(store.read(hash)), createWriteStream(to))
        return { size: found[i]?.size ?? 0, hash }
      })
    },
    fromZip: async (person, hash) => {
      const found = await store.find(hash)
      if (found && found.type !== 'zip') throw new ProblemError(jobProblem('upload.not-zip'))
      if ((found?.size ?? 0) > limits.zipBytes) throw tooLarge(found!.size)
      const pieces: Uint8Array[] = []
      for await (const piece of store.read(hash)) pieces.push(piece)
      const unpacked = readZip(Buffer.concat(pieces), { totalBytes: limits.zipBytes, entries: limits.files })
      const entries = [...unpacked].filter(([name]) => !isLitter(name))
      const paths = pathsOf(entries.map(([name]) => name))
      return make(person, paths, async (i, to) => {
        const bytes = entries[i]![1]
        await writeFile(to, bytes)
        return { size: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') }
      })
    },
    find: async (person, id) => {
      const at = join(root, id)
      if (!/^[0-9a-f-]{36}$/.test(id) || !existsSync(join(at, INDEX))) return undefined
      const made = JSON.parse(await readFile(join(at, INDEX), 'utf8')) as MadeFolder
      return made.person === person ? { ...made, at: join(at, DATA) } : undefined
    },
  }
}
