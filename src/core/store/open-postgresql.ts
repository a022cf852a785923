// PostgreSQL 15 or newer by address, through a pool. A transaction holds one connection; a statement outside takes any.
// Statements are prepared once a connection, by their text.

import type { Pool, PoolClient, QueryConfig } from 'pg'
import pg from 'pg'
import { ProblemError } from '../../kernel/index.ts'
import { statement, type Sql } from './sql.ts'
import type { Reader, Store } from './port.ts'
import { telling } from './failures.ts'
import { storeProblem } from './problems.ts'
import { PARSERS } from './values.ts'

export interface PostgresqlOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string
  /** Connections at most. */
  readonly connections?: number
}

/** How long a connection may take, and a statement wait for a lock, before the request is answered with a problem. */
const CONNECT_MS = 10_000
const LOCK_MS = 10_000
/** A statement longer than this is a bulk statement with its own text each time: it is not worth a name. */
const PREPARED_CHARS = 20_000

const names = new Map<string, string>()
function preparedName(text: string): string | undefined {
  if (text.length > PREPARED_CHARS) return undefined
  const known = names.get(text)
  if (known !== undefined) return known
  const made = `q${names.size}`
  names.set(text, made)
  return made
}

const types = { getTypeParser: (oid: number) => PARSERS[oid] ?? ((text: string) => text) }

const reader = (db: Pool | PoolClient): Reader => ({
  engine: 'postgresql',
  query: <R>(q: Sql) =>
    telling(async () => {
      const { text, params } = statement(q)
      const named = preparedName(text)
      const config = { text, values: [...params], types, ...(named === undefined ? {} : { name: named }) }
      return (await db.query(config as QueryConfig)).rows as R[]
    }),
})

/** Connects and sees that the server is new enough. @throws ProblemError `store.unreachable`, `store.too-old` */
export async function openPostgresql(options: PostgresqlOptions): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 8,
    connectionTimeoutMillis: CONNECT_MS,
    options: `-c timezone=UTC -c lock_timeout=${LOCK_MS}`,
  })
  // A connection that dies while nobody uses it: the pool opens another; the next request tells if it cannot.
  pool.on('error', () => undefined)
  const run = async <T>(work: (tx: Reader) => Promise<T>, begin: string): Promise<T> => {
    const client = await telling(() => pool.connect())
    let broken: Error | undefined
    const lost = (e: Error): void => void (broken = e)
    client.on('error', lost)
    try {
      await telling(() => client.query(begin))
      const result = await work(reader(client))
      await telling(() => client.query('commit'))
      return result
    } catch (e) {
      await client.query('rollback').catch((x: Error) => void (broken = x))
      throw e
    } finally {
      client.off('error', lost)
      client.release(broken)
    }
  }
  const store: Store = {
    ...reader(pool),
    transaction: (work, how) => run(work, how?.snapshot === true ? 'begin isolation level repeatable read' : 'begin'),
    version: () =>
      telling(
        async () => (await pool.query<{ v: string }>(`select current_setting('server_version') as v`)).rows[0]?.v ?? '',
      ),
    close: async () => (pool.ended ? undefined : pool.end()),
  }
  const version = await store.version().catch(async (e: unknown) => {
    await store.close()
    throw e
  })
  if (Number.parseInt(version) < 15) {
    await store.close()
    throw new ProblemError(storeProblem('store.too-old', { version }))
  }
  return store
}
