// Stores for tests: every test that needs a database runs on each engine the machine has. One database a test file; between
// tests its tables are emptied. The embedded one starts from an image kept under out/, made when the migrations change.

import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dumpPglite, openPglite } from './open-pglite.ts'
import { openPostgresql } from './open-postgresql.ts'
import { migrate, migrationDigest, type Migration } from './migrate.ts'
import type { Engine, Store } from './port.ts'
import { name, sql, trusted } from './sql.ts'

const server = process.env['QINGSHAN_TEST_DATABASE_URL']

/** The engines of this machine. Without a PostgreSQL server `npm test` says so, loudly and once. */
export const ENGINES: readonly Engine[] = server === undefined ? ['pglite'] : ['pglite', 'postgresql']

export interface TestStore extends Store {
  /** Empties every table but the list of migrations. */
  empty(): Promise<void>
  /** Address of the database, where it is a server's. */
  readonly url?: string
}

async function openEmbedded(migrations: readonly Migration[]): Promise<Store> {
  const key = createHash('sha256')
    .update(JSON.stringify(migrations.map(migrationDigest)))
    .digest('hex')
    .slice(0, 16)
  const file = join('out', 'test-images', `${key}.tar`)
  if (existsSync(file)) return openPglite({ image: new Blob([readFileSync(file)]) })
  const store = await openPglite()
  await migrate(store, migrations)
  const image = Buffer.from(await (await dumpPglite(store)).arrayBuffer())
  mkdirSync(join('out', 'test-images'), { recursive: true })
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(temporary, image)
  renameSync(temporary, file)
  return store
}

async function openServer(
  migrations: readonly Migration[],
): Promise<{ store: Store; url: string; drop: () => Promise<void> }> {
  const made = `qs_${process.pid}_${randomBytes(5).toString('hex')}`
  const admin = await openPostgresql({ url: server!, connections: 1 })
  await admin.query(sql`create database ${name(made)}`)
  const url = server!.replace(/\/[^/?]*(\?|$)/, `/${made}$1`)
  const store = await openPostgresql({ url })
  await migrate(store, migrations)
  const drop = async (): Promise<void> => {
    await store.close()
    await admin.query(sql`drop database ${name(made)} with (force)`)
    await admin.close()
  }
  return { store, url, drop }
}

/** A migrated, empty database of an engine. Close it in `afterAll`. */
export async function openTestStore(engine: Engine, migrations: readonly Migration[]): Promise<TestStore> {
  const opened = engine === 'pglite' ? undefined : await openServer(migrations)
  const store = opened?.store ?? (await openEmbedded(migrations))
  return {
    ...store,
    ...(opened ? { url: opened.url, close: opened.drop } : {}),
    empty: async () => {
      const tables = await store.query<{ t: string }>(
        sql`select table_name::text as t from information_schema.tables
            where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> 'migration' order by 1`,
      )
      if (tables.length > 0) await store.query(trusted(`truncate ${tables.map((r) => `"${r.t}"`).join(', ')} cascade`))
    },
  }
}
