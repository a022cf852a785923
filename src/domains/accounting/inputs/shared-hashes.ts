// The digests of large maps taken by several threads, one file a piece. Always holds: a digest is that of the whole file, whoever
// takes it; a file that cannot be read is told as one thread alone tells it.

import { sha256OfFile, type FolderFile, type HashFiles } from '../../../core/exchange-formats/index.ts'
import type { Threads } from '../../../raster/index.ts'

/** What another thread is told. */
export interface HashJob {
  readonly hash: readonly FolderFile[]
}

/** Below this a thread takes longer to begin than to hash. */
const LEAST_BYTES = 512 * 1024 * 1024

/** @param leastBytes of all files together, below which this thread hashes alone */
export const sharedHashes =
  (threads: Threads, leastBytes = LEAST_BYTES): HashFiles =>
  (files) => {
    const bytes = files.reduce((n, f) => n + f.size, 0)
    if (files.length < 2 || bytes < leastBytes) return files.map(sha256OfFile)
    const job: HashJob = { hash: files }
    return threads.share(job, files.length, (k) => sha256OfFile(files[k]!))
  }

export const isHashJob = (job: unknown): job is HashJob => typeof job === 'object' && job !== null && 'hash' in job

/** In another thread. */
export const openHashes = ({ hash }: HashJob) => ({
  piece: (k: number): string => sha256OfFile(hash[k]!),
  close: (): void => undefined,
})
