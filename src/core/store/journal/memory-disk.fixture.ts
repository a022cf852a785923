// A disk in memory that can fail any of its calls and lose what was not synced, the way a power cut does.

import type { JournalDisk, JournalFile } from './disk.ts'

interface Inode {
  now: Uint8Array
  /** What a power cut leaves for sure. */
  synced: Uint8Array
}

export interface DiskFailure {
  /** Which call fails, from 1. */
  readonly at: number
  readonly code: string
  /** Bytes that a failing write still puts down; 'short' puts half of them down and says so without an error. */
  readonly write?: number | 'short'
  /** All calls after it fail too: the process is dead or the disk is gone. */
  readonly forGood?: boolean
}

export interface MemoryDisk extends JournalDisk {
  calls(): number
  /** Name and content of all files, for comparing. */
  content(): Readonly<Record<string, string>>
  bytes(name: string): Uint8Array
  put(name: string, bytes: Uint8Array): void
  /** The disk a process that starts later finds: after a kill, or after a power cut where `choose` decides what came
   *  through of that which was not synced (a number from 0 to `most`). */
  afterKill(): MemoryDisk
  afterPowerCut(choose: (most: number) => number): MemoryDisk
}

const SECTOR = 512

export function memoryDisk(failure?: DiskFailure, files: ReadonlyMap<string, Uint8Array> = new Map()): MemoryDisk {
  const names = new Map<string, Inode>([...files].map(([name, now]) => [name, { now, synced: now }]))
  let syncedNames = new Map(names)
  let calls = 0

  const failing = (): boolean => {
    calls += 1
    return failure !== undefined && (failure.forGood ? calls >= failure.at : calls === failure.at)
  }
  const error = (code = failure!.code): Error => Object.assign(new Error(code), { code })
  const call = (): void => {
    if (failing()) throw error()
  }

  const handle = (inode: Inode): JournalFile => ({
    async size() {
      call()
      return inode.now.length
    },
    async read(into, at) {
      call()
      const part = inode.now.subarray(at, at + into.length)
      into.set(part)
      return part.length
    },
    async write(bytes, at) {
      const fails = failing()
      const put = !fails ? bytes.length : failure!.write === 'short' ? bytes.length >> 1 : (failure!.write ?? 0)
      const next = new Uint8Array(Math.max(inode.now.length, at + Math.min(put, bytes.length)))
      next.set(inode.now)
      next.set(bytes.subarray(0, put), at)
      inode.now = next
      if (fails && failure!.write !== 'short') throw error()
      return Math.min(put, bytes.length)
    },
    async sync() {
      call()
      inode.synced = inode.now
    },
    async truncate(size) {
      call()
      inode.now = inode.now.slice(0, size)
    },
    async close() {
      call()
    },
  })

  return {
    async makeFolder() {
      call()
    },
    async list() {
      call()
      return [...names.keys()]
    },
    async open(name, mode) {
      call()
      if (mode === 'create') {
        if (names.has(name)) throw error('EEXIST')
        names.set(name, { now: new Uint8Array(), synced: new Uint8Array() })
      }
      const inode = names.get(name)
      if (!inode) throw error('ENOENT')
      return handle(inode)
    },
    async rename(from, to) {
      call()
      const inode = names.get(from)
      if (!inode) throw error('ENOENT')
      names.delete(from)
      names.set(to, inode)
    },
    async remove(name) {
      call()
      if (!names.delete(name)) throw error('ENOENT')
    },
    async syncFolder() {
      call()
      syncedNames = new Map(names)
    },
    calls: () => calls,
    content: () => Object.fromEntries([...names].map(([name, { now }]) => [name, Buffer.from(now).toString('latin1')])),
    bytes: (name) => names.get(name)!.now,
    put: (name, now) => void names.set(name, { now, synced: now }),
    afterKill: () => memoryDisk(undefined, new Map([...names].map(([name, { now }]) => [name, now]))),
    afterPowerCut(choose) {
      const kept = choose(1) === 0 ? syncedNames : names
      return memoryDisk(undefined, new Map([...kept].map(([name, inode]) => [name, survived(inode, choose)])))
    },
  }
}

/** A size between both, and each sector either old or new; a sector never written reads as zeros. */
function survived({ now, synced }: Inode, choose: (most: number) => number): Uint8Array {
  const [short, long] = now.length < synced.length ? [now, synced] : [synced, now]
  const size = short.length + choose(long.length - short.length)
  const out = new Uint8Array(size)
  for (let at = 0; at < size; at += SECTOR) {
    const from = choose(1) === 0 ? synced : now
    out.set(from.subarray(at, Math.min(at + SECTOR, size)), at)
  }
  return out
}
