// The folder a user brings: which data files it holds, and how a name in an input list becomes bytes.
// Always holds: names are shown decoded (UTF-8, else GBK) while files are opened by their bytes, and no name or link
// leads out of the folder.

import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs'
import { ProblemError, type Place, type Problem } from '../../kernel/index.ts'
import { problem } from './problems.ts'

export interface FolderFile {
  /** Decoded, in Unicode form C, with forward slashes, relative to the folder. */
  readonly name: string
  /** What the file is opened with. */
  readonly path: Buffer
  /** Bytes. */
  readonly size: number
}

export interface Folder {
  /** Ordered by name. */
  readonly files: readonly FolderFile[]
  readonly problems: readonly Problem[]
}

export interface FileContent {
  readonly name: string
  readonly bytes: Uint8Array
  /** SHA-256, hex. */
  readonly sha256: string
}

/** A county's inputs are tens of files; beyond this the wrong folder was named. */
const MAX_FILES = 5_000
/** Files read at once are tables and boundaries; rasters are read in pieces. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024
const HASH_STEP = 1024 * 1024
const SLASH = Buffer.from('/')

/** Lists the files of a folder and of its direct subfolders, without hidden files and office lock files (`~$…`).
 *  @throws ProblemError `folder.missing` */
export const readFolder = (folder: string): Folder => listRoot(realRoot(folder))

function listRoot(root: Buffer): Folder {
  const problems: Problem[] = []
  const files: FolderFile[] = []
  const walk = (path: Buffer, prefix: string, depth: number): void => {
    for (const { raw, name } of entriesOf(path, prefix, problems)) {
      const full = Buffer.concat([path, SLASH, raw])
      const shown = prefix + name
      const inside = insideRoot(root, full)
      if (inside === 'missing') continue
      if (inside === 'outside') {
        problems.push(problem('folder.name-leaves', { name: shown }, { file: shown }))
        continue
      }
      const stat = statSync(full)
      if (stat.isDirectory() && depth > 0) walk(full, `${shown}/`, depth - 1)
      if (stat.isFile()) files.push({ name: shown, path: full, size: stat.size })
    }
  }
  walk(root, '', 1)
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : Buffer.compare(a.path, b.path)))
  for (const [i, f] of files.entries())
    if (i > 0 && files[i - 1]!.name === f.name)
      problems.push(problem('folder.same-name', { name: f.name }, { file: f.name }))
  if (files.length > MAX_FILES) problems.push(problem('folder.too-many', { limit: MAX_FILES }))
  return { files: files.slice(0, MAX_FILES), problems }
}

/** Finds a file by the name an input list gives it. @throws ProblemError `folder.…` */
export function findFile(folder: string, name: string): FolderFile {
  const root = realRoot(folder)
  const at: Place = { file: name }
  const plain = name.normalize('NFC').replaceAll('\\', '/')
  const segments = plain.split('/')
  if (/^\/|^[A-Za-z]:|\0/.test(plain) || segments.some((s) => s === '..' || s === '.' || s === ''))
    throw new ProblemError(problem('folder.name-leaves', { name }, at))
  let path = root
  for (const [i, segment] of segments.entries()) {
    const found = namesIn(path, name).filter((e) => e.name === segment)
    if (found.length > 1) throw new ProblemError(problem('folder.same-name', { name }, at))
    const next = found[0] && Buffer.concat([path, SLASH, found[0].raw])
    const inside = next ? insideRoot(root, next) : 'missing'
    if (inside === 'outside') throw new ProblemError(problem('folder.name-leaves', { name }, at))
    if (!next || inside === 'missing' || (i < segments.length - 1 && !statSync(next).isDirectory()))
      throw missing(root, plain, at)
    path = next
  }
  const stat = statSync(path)
  if (!stat.isFile()) throw missing(root, plain, at)
  return { name: plain, path, size: stat.size }
}

/** The file of a base name that stands in the same folder as `name`, whatever its case; the exact name goes first.
 *  @throws ProblemError `folder.…` where `name` itself is not there */
export function findBeside(folder: string, name: string, wanted: string): FolderFile | undefined {
  const root = realRoot(folder)
  const { name: plain, path } = findFile(folder, name)
  const dir = path.subarray(0, path.lastIndexOf(SLASH))
  const same = namesIn(dir, name).filter((e) => e.name.toLowerCase() === wanted.toLowerCase())
  const chosen = same.find((e) => e.name === wanted) ?? same.sort((a, b) => Buffer.compare(a.raw, b.raw))[0]
  const next = chosen && Buffer.concat([dir, SLASH, chosen.raw])
  if (!next || insideRoot(root, next) !== 'inside' || !statSync(next).isFile()) return undefined
  return { name: plain.replace(/[^/]*$/, '') + chosen.name, path: next, size: statSync(next).size }
}

/** Reads a file whole by its listed name. @throws ProblemError `folder.…` */
export function readFileByName(folder: string, name: string): FileContent {
  const file = findFile(folder, name)
  const mb = (n: number): number => Math.ceil(n / 1024 / 1024)
  if (file.size > MAX_FILE_BYTES)
    throw new ProblemError(
      problem('folder.too-large', { name, size: mb(file.size), limit: mb(MAX_FILE_BYTES) }, { file: name }),
    )
  const bytes = new Uint8Array(file.size)
  const hash = createHash('sha256')
  let n = 0
  eachPiece(file, (piece) => {
    bytes.set(piece.subarray(0, bytes.length - n), n)
    n += piece.length
    hash.update(piece)
  })
  if (n !== file.size)
    throw new ProblemError(problem('folder.unreadable', { name, reason: 'size changed' }, { file: name }))
  return { name: file.name, bytes, sha256: hash.digest('hex') }
}

/** SHA-256 of a file of any size, in hex. @throws ProblemError `folder.unreadable` */
export function sha256OfFile(file: FolderFile): string {
  const hash = createHash('sha256')
  eachPiece(file, (piece) => hash.update(piece))
  return hash.digest('hex')
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function eachPiece(file: FolderFile, take: (piece: Uint8Array) => void): void {
  let fd: number | undefined
  try {
    // Without O_NONBLOCK a pipe put in the file's place would hold the reader for ever.
    fd = openSync(file.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    if (!fstatSync(fd).isFile()) throw new Error('not a file')
    const buffer = new Uint8Array(HASH_STEP)
    for (let n = readSync(fd, buffer); n > 0; n = readSync(fd, buffer)) take(buffer.subarray(0, n))
  } catch (error) {
    throw new ProblemError(
      problem('folder.unreadable', { name: file.name, reason: codeOf(error) }, { file: file.name }),
    )
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message

function realRoot(folder: string): Buffer {
  try {
    const root = realpathSync.native(folder, { encoding: 'buffer' })
    if (statSync(root).isDirectory()) return root
  } catch {
    // Whatever the system says, the folder cannot be used.
  }
  throw new ProblemError(problem('folder.missing', { folder }))
}

function insideRoot(root: Buffer, path: Buffer): 'inside' | 'outside' | 'missing' {
  let real: Buffer
  try {
    // The plain function would take the bytes for UTF-8.
    real = realpathSync.native(path, { encoding: 'buffer' })
  } catch {
    return 'missing'
  }
  const below = root.length === 1 ? root : Buffer.concat([root, Buffer.from(process.platform === 'win32' ? '\\' : '/')])
  return real.subarray(0, below.length).equals(below) ? 'inside' : 'outside'
}

interface RawName {
  readonly raw: Buffer
  readonly name: string
  readonly known: boolean
}

function namesIn(path: Buffer, shown: string): readonly RawName[] {
  try {
    return readdirSync(path, { encoding: 'buffer' }).map((raw) => ({ raw, ...decodeName(raw) }))
  } catch (error) {
    throw new ProblemError(problem('folder.unreadable', { name: shown || '.', reason: codeOf(error) }, { file: shown }))
  }
}

function entriesOf(path: Buffer, prefix: string, problems: Problem[]): readonly RawName[] {
  let entries: readonly RawName[]
  try {
    entries = namesIn(path, prefix)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    problems.push(...error.problems)
    return []
  }
  const kept = entries.filter((e) => !e.name.startsWith('.') && !e.name.startsWith('~$'))
  for (const e of kept)
    if (!e.known) problems.push(problem('folder.name-unreadable', { name: prefix + e.name }, { file: prefix + e.name }))
  return kept
}

/** Names are bytes; Chinese Windows and old archives leave GBK ones. Anything else is written with `%` escapes. */
export function decodeName(raw: Uint8Array): { readonly name: string; readonly known: boolean } {
  for (const label of ['utf-8', 'gb18030'])
    try {
      return {
        name: new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(raw).normalize('NFC'),
        known: true,
      }
    } catch {
      // Not this encoding.
    }
  const name = [...raw]
    .map((b) => (b > 0x20 && b < 0x7f && b !== 0x25 ? String.fromCharCode(b) : `%${b.toString(16).padStart(2, '0')}`))
    .join('')
  return { name, known: false }
}

function missing(root: Buffer, name: string, at: Place): ProblemError {
  const near = listRoot(root).files.find((f) => loose(f.name) === loose(name))
  return new ProblemError(
    problem(
      'folder.file-missing',
      {
        name,
        similar: near ? `（有一个相近的“${near.name}”）` : '',
        similarEn: near ? ` (there is a similar "${near.name}")` : '',
      },
      at,
    ),
  )
}

/** Names that differ only in width, case, blanks, folder or extension are probably the same file. */
const loose = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/\.[a-z0-9]+$/, '')
    .replace(/[\s_-]/g, '')
