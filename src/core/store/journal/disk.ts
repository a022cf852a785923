// The few calls the act journal makes to a file system, so that a test can let each of them fail in turn.
// What always holds: after `sync` the bytes of a file, after `syncFolder` the names in a folder survive a power cut.

import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

export interface JournalFile {
  /** The system's number of the open file, by which another thread of this process may write it. */
  readonly number?: number
  /** Bytes. */
  size(): Promise<number>
  /** Reads into `into` from byte `at` on. @returns bytes read, 0 at the end */
  read(into: Uint8Array, at: number): Promise<number>
  /** One call to the system. @returns bytes written, which may be fewer */
  write(bytes: Uint8Array, at: number): Promise<number>
  /** fdatasync: the bytes and the size of the file are on the disk. */
  sync(): Promise<void>
  truncate(size: number): Promise<void>
  close(): Promise<void>
}

/** A disk as seen from one folder; names are names in it. */
export interface JournalDisk {
  /** Makes the folder with those above it, durably. */
  makeFolder(): Promise<void>
  list(): Promise<readonly string[]>
  /** `create` fails when the file is there, `read` and `write` when it is not. */
  open(name: string, mode: 'read' | 'write' | 'create'): Promise<JournalFile>
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  syncFolder(): Promise<void>
}

/** Writes by one call. A file takes fewer bytes than offered when the disk is full: that is a failure like ENOSPC. */
export async function writeAll(file: JournalFile, bytes: Uint8Array, at: number): Promise<void> {
  const written = await file.write(bytes, at)
  if (written < bytes.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' })
}

const FLAGS = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR,
  create: constants.O_RDWR | constants.O_CREAT | constants.O_EXCL,
} as const

/** Only the owner reads the journal: it holds personal values. */
const OWNER_ONLY = { file: 0o600, folder: 0o700 } as const

async function syncNames(folder: string): Promise<void> {
  // Windows cannot open a folder to sync it; NTFS keeps names by its own journal.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The folder `dir` of this machine. */
export const folderDisk = (dir: string): JournalDisk => ({
  async makeFolder() {
    const first = await mkdir(dir, { recursive: true, mode: OWNER_ONLY.folder })
    if (first === undefined) return
    const top = dirname(resolve(first))
    for (let made = resolve(dir); made !== top && made !== dirname(made); made = dirname(made))
      await syncNames(dirname(made))
  },
  list: () => readdir(dir),
  async open(name, mode) {
    const handle = await open(join(dir, name), FLAGS[mode], OWNER_ONLY.file)
    return {
      number: handle.fd,
      size: async () => (await handle.stat()).size,
      read: async (into, at) => (await handle.read(into, 0, into.length, at)).bytesRead,
      write: async (bytes, at) => (await handle.write(bytes, 0, bytes.length, at)).bytesWritten,
      sync: () => handle.datasync(),
      truncate: (size) => handle.truncate(size),
      close: () => handle.close(),
    }
  },
  rename: (from, to) => rename(join(dir, from), join(dir, to)),
  remove: (name) => rm(join(dir, name)),
  syncFolder: () => syncNames(dir),
})
