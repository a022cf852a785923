// The embedded database: PostgreSQL as WebAssembly, in memory or in a folder. One process at a time (folder-lock.ts keeps a
// second one out) and no fsync of its own: what makes an act durable is the journal.

import type { PGlite } from '@electric-sql/pglite'
import { statement, type Sql } from './sql.ts'
import type { Reader, Store } from './port.ts'
import { telling } from './failures.ts'
import { preparedStatements, type RunPrepared } from './pglite-statements.ts'
import { ARRAY_OID, OID, PARSERS } from './values.ts'

export interface PgliteOptions {
  /** Folder of the database; in memory without one. */
  readonly folder?: string
  /** An image made by `dumpPglite`, to start from. */
  readonly image?: Blob
}

const asText = (v: unknown): string => String(v)
const SERIALIZERS = Object.fromEntries([...Object.values(OID), ...ARRAY_OID].map((oid) => [oid, asText]))

const engines = new WeakMap<Store, PGlite>()

interface Asks {
  query<R>(text: string, params?: unknown[]): Promise<{ rows: R[] }>
}

const reader = (db: Asks, prepared?: RunPrepared): Reader => ({
  engine: 'pglite',
  query: <R>(q: Sql) =>
    telling(async () => {
      const known = prepared?.<R>(q)
      if (known) return known
      const { text, params } = statement(q)
      return (await db.query<R>(text, [...params])).rows
    }),
})

/** Opens the embedded database; boots in one to three seconds. @throws ProblemError `store.…` */
export async function openPglite(options: PgliteOptions = {}): Promise<Store> {
  const { PGlite, protocol } = await import('@electric-sql/pglite')
  const db = await telling(() =>
    PGlite.create({
      ...(options.folder === undefined ? {} : { dataDir: options.folder }),
      ...(options.image === undefined ? {} : { loadDataDir: options.image }),
      serializers: SERIALIZERS,
      parsers: { ...PARSERS },
    }),
  )
  // Nobody gathers statistics here (no autovacuum), and statements are planned once, while tables are empty: a plan that reads
  // a whole table would stay when it has grown. So an index is taken wherever there is one.
  await db.exec(`set time zone 'UTC'; set enable_seqscan = off`)
  const prepared = preparedStatements(db, protocol)
  const store: Store = {
    ...reader(db),
    transaction: (run, how) =>
      telling(() =>
        db.transaction(async (tx) => {
          if (how?.snapshot === true) await tx.query('set transaction isolation level repeatable read')
          return run(reader(tx, prepared))
        }),
      ),
    version: () =>
      telling(
        async () => (await db.query<{ v: string }>(`select current_setting('server_version') as v`)).rows[0]?.v ?? '',
      ),
    close: () => telling(async () => (db.closed ? undefined : db.close())),
  }
  engines.set(store, db)
  return store
}

/** An image of the whole database, to start others from. @throws Error if the store is not an embedded one */
export async function dumpPglite(store: Store): Promise<Blob> {
  const db = engines.get(store)
  if (!db) throw new Error('dumpPglite: not an embedded store')
  return db.dumpDataDir('none')
}
