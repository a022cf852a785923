// What stands in the way of writing results, told as a problem: a full disk, a folder that may not be written. Anything else
// stays what it is.

import { ProblemError } from '../kernel/index.ts'
import { accountProblem } from '../domains/accounting/index.ts'

/** What a system says where there is no room, or no leave, to write. */
const CODES = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOTDIR', 'EISDIR']

const thrown = (e: unknown, folder: string): unknown => {
  const reason = (e as NodeJS.ErrnoException).code
  if (reason === undefined || !CODES.includes(reason)) return e
  return new ProblemError(accountProblem('output.cannot-write', { folder, reason }))
}

/** @throws ProblemError `output.cannot-write` */
export function writingTo<T>(folder: string, write: () => T): T {
  try {
    const made = write()
    return made instanceof Promise
      ? (made.catch((e: unknown) => Promise.reject(thrown(e, folder) as Error)) as T)
      : made
  } catch (e) {
    throw thrown(e, folder)
  }
}
