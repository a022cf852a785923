// Digests of large files that were taken before: a map of gigabytes that stands as it stood is not read again to be named.
// Always holds: a digest is used only for the same file of the same size, untouched since; a file that was touched so
// shortly before it was hashed that a later change could look the same is hashed again (as git does with its index). A digest that
// is asked for after the file was read is that of what was read, or a problem.

import { statSync } from 'node:fs'
import { ProblemError } from '../../kernel/index.ts'
import { sha256OfFile, type FolderFile } from './folder.ts'
import { problem } from './problems.ts'

export interface KnownDigests {
  /** Milliseconds since 1970. */
  readonly now: () => number
  find(stamp: string): string | undefined
  keep(stamp: string, sha256: string): void
}

/** Below this hashing takes no time worth remembering. */
export const DIGEST_KEPT_BYTES = 1024 * 1024
/** Clocks of file systems step by up to two seconds (FAT). */
const UNSURE_MS = 4_000

/** Takes SHA-256 in hex of the content of files, in their order. @throws ProblemError `folder.unreadable` */
export type HashFiles = (files: readonly FolderFile[]) => readonly string[]

/** SHA-256 in hex, of a known digest where there is one. @throws ProblemError `folder.unreadable` */
export const digestOfFile = (file: FolderFile, known: KnownDigests | undefined): string =>
  digestsOfFiles([file], known)[0]!

/** The same of several files, in their order.
 *  @param hash takes the digests that are not known */
export function digestsOfFiles(
  files: readonly FolderFile[],
  known: KnownDigests | undefined,
  hash: HashFiles = (some) => some.map(sha256OfFile),
): readonly string[] {
  const began = known?.now() ?? 0
  const before = files.map((f) => (known && f.size >= DIGEST_KEPT_BYTES ? stampOf(f) : undefined))
  const found = before.map((b) => b && known!.find(b.stamp))
  const unknown = files.filter((_, k) => found[k] === undefined)
  const taken = new Map(hash(unknown).map((digest, k) => [unknown[k]!, digest]))
  return files.map((file, k) => {
    const [was, digest] = [before[k], taken.get(file)]
    if (digest === undefined) return found[k]!
    const isSettled = was !== undefined && began - was.changed > UNSURE_MS
    if (isSettled && stampOf(file)?.stamp === was.stamp) known!.keep(was.stamp, digest)
    return digest
  })
}

/** The digest of a file that is read now and named later: taken when first asked for, and then kept.
 *  @param take the digest of the file as it then stands
 *  @returns throws ProblemError `folder.unreadable` where the file was replaced or written to meanwhile */
export function laterDigest(file: FolderFile, take: () => string): () => string {
  const was = contentStamp(file)
  let digest: string | undefined
  return () => {
    if (digest !== undefined) return digest
    const taken = take()
    if (contentStamp(file) !== was) {
      const values = { name: file.name, reason: 'changed while it was read' }
      throw new ProblemError(problem('folder.unreadable', values, { file: file.name }))
    }
    return (digest = taken)
  }
}

/** Without the time of its entry, which a backup may touch. */
function contentStamp({ path }: FolderFile): string | undefined {
  try {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true })
    return [dev, ino, size, mtimeNs].join('-')
  } catch {
    return undefined
  }
}

/** Which file it is, how long, and when its content or its entry was last changed; undefined where the system will not say. */
function stampOf({ path }: FolderFile): { readonly stamp: string; readonly changed: number } | undefined {
  try {
    const s = statSync(path, { bigint: true })
    if (s.ino === 0n) return undefined
    const stamp = [s.dev, s.ino, s.size, s.mtimeNs, s.ctimeNs].join('-')
    const last = s.mtimeNs > s.ctimeNs ? s.mtimeNs : s.ctimeNs
    return { stamp, changed: Number(last / 1_000_000n) }
  } catch {
    return undefined
  }
}
