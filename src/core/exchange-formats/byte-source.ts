// Bytes read where they are wanted, so that a raster of some gigabytes is looked at without being loaded.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { ProblemError } from '../../kernel/index.ts'
import type { FolderFile } from './folder.ts'
import { problem } from './problems.ts'

export interface ByteSource {
  /** Bytes. */
  readonly size: number
  /** As many of the bytes from `offset` on as there are, `length` at most. */
  read(offset: number, length: number): Uint8Array
  /** Fills memory of the caller's own with the bytes from `offset` on. @returns how many there were */
  readInto?(offset: number, into: Uint8Array): number
}

export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  readInto: (offset, into) => {
    const found = bytes.subarray(offset, offset + into.length)
    into.set(found)
    return found.length
  },
})

/** Opens a file until `close`; closing twice does nothing. @throws ProblemError `folder.unreadable`, also from `read` */
export function openFileSource(file: FolderFile): ByteSource & { close(): void } {
  const unreadable = (error: unknown): ProblemError => {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    return new ProblemError(problem('folder.unreadable', { name: file.name, reason }, { file: file.name }))
  }
  let fd: number | undefined
  let size: number
  try {
    fd = openSync(file.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    size = fstatSync(fd).size
  } catch (error) {
    if (fd !== undefined) closeSync(fd)
    throw unreadable(error)
  }
  const readInto = (offset: number, out: Uint8Array): number => {
    if (fd === undefined) throw new Error(`${file.name} was closed`)
    try {
      let n = 0
      while (n < out.length) {
        const got = readSync(fd, out, n, out.length - n, offset + n)
        if (got === 0) return n
        n += got
      }
      return n
    } catch (error) {
      throw unreadable(error)
    }
  }
  return {
    size,
    readInto,
    read(offset, length) {
      const out = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
      return out.subarray(0, readInto(offset, out))
    },
    close() {
      if (fd !== undefined) closeSync(fd)
      fd = undefined
    },
  }
}

/** Opens a file for the time of `use`. @throws ProblemError `folder.unreadable` */
export function withFileSource<T>(file: FolderFile, use: (source: ByteSource) => T): T {
  const source = openFileSource(file)
  try {
    return use(source)
  } finally {
    source.close()
  }
}
