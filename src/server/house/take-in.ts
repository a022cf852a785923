// A file as people bring it to this house, over HTTP or at the terminal: looked at, then stored.
// Always holds: a packed document is unpacked piece by piece within limits before it is kept; nothing of it stays in memory.

import { takeIn as takeInto, type TakenIn } from '../../core/files/index.ts'
import { openZip, type ZipLimits } from '../../core/exchange-formats/index.ts'
import type { House } from './open-house.ts'

/** A letter or a workbook of an office, unpacked: far more than any that was met, far less than fills a memory. */
const PACKED: ZipLimits = { totalBytes: 512 * 1024 * 1024, entries: 5_000 }

/** @throws ProblemError `zip.…` */
function lookThrough(bytes: Uint8Array): void {
  for (const entry of openZip(bytes, PACKED)) entry.stream(() => undefined)
}

/** @throws ProblemError `files.…`, `zip.…` */
export const takeIn = (
  house: Pick<House, 'files'>,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  limit?: number,
): Promise<TakenIn> => takeInto(house.files, content, { lookThrough, ...(limit === undefined ? {} : { limit }) })
