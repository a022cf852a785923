// Digests of large files that were taken before: a map of gigabytes that stands as it stood is not read again to be named.
// Always holds: a digest is used only for the same file of the same size, untouched since; a file that was touched so
// shortly before it was hashed that a later change could look the same is hashed again (as git does with its index).

import { statSync } from 'node:fs'
import { sha256OfFile, type FolderFile } from './folder.ts'

export interface KnownDigests {
  /** Milliseconds since 1970. */
  readonly now: () => number
  find(stamp: string): string | undefined
  keep(stamp: string, sha256: string): void
}

/** Below this hashing takes no time worth remembering. */
export const DIGEST_KEPT_BYTES = 16 * 1024 * 1024
/** Clocks of file systems step by up to two seconds (FAT). */
const UNSURE_MS = 4_000

/** SHA-256 in hex, of a known digest where there is one. @throws ProblemError `folder.unreadable` */
export function digestOfFile(file: FolderFile, known: KnownDigests | undefined): string {
  if (!known || file.size < DIGEST_KEPT_BYTES) return sha256OfFile(file)
  const before = stampOf(file)
  const found = before && known.find(before.stamp)
  if (found !== undefined) return found
  const began = known.now()
  const digest = sha256OfFile(file)
  const isSettled = before !== undefined && began - before.changed > UNSURE_MS
  if (isSettled && stampOf(file)?.stamp === before.stamp) known.keep(before.stamp, digest)
  return digest
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
