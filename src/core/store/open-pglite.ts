// The embedded database: PostgreSQL as WebAssembly in a thread of its own, in memory or in a folder. One process at a time
// (folder-lock.ts keeps a second one out) and no fsync of its own: what makes an act durable is the journal.

import { telling } from './failures.ts'
import { pgliteStore } from './pglite-store.ts'
import { startDatabaseThread, type DatabaseThread } from './pglite-thread.ts'
import type { Store } from './port.ts'

export interface PgliteOptions {
  /** Folder of the database; in memory without one. */
  readonly folder?: string
  /** An image made by `dumpPglite`, to start from. */
  readonly image?: Blob
}

const threads = new WeakMap<Store, DatabaseThread>()

/** Opens the embedded database; boots in one to three seconds. @throws ProblemError `store.…` */
export async function openPglite(options: PgliteOptions = {}): Promise<Store> {
  const image = options.image && new Uint8Array(await options.image.arrayBuffer())
  const thread = await telling(() => startDatabaseThread({ folder: options.folder, image }))
  const store = await pgliteStore(thread)
  threads.set(store, thread)
  return store
}

/** An image of the whole database, to start others from. @throws Error if the store is not an embedded one */
export async function dumpPglite(store: Store): Promise<Blob> {
  const thread = threads.get(store)
  if (!thread) throw new Error('dumpPglite: not an embedded store')
  return new Blob([(await thread.dump()) as Uint8Array<ArrayBuffer>])
}
