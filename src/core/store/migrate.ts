// Migrations only add. Each is applied once, in order, in a transaction of its own under a lock, with a check before and after;
// what fails leaves the database as it was. A changed or unknown migration stops the start.

import { createHash } from 'node:crypto'
import { ProblemError } from '../../kernel/index.ts'
import { sql, trusted } from './sql.ts'
import { StoreError, type Reader, type Store } from './port.ts'
import { storeProblem } from './problems.ts'
import { columnNames, columnOf, type Table } from './table.ts'
import { CATALOGUE_NAME } from './values.ts'

export interface Migration {
  /** `ledger-0001-accounts`: room, number, what it adds. */
  readonly id: string
  readonly up: readonly string[]
  /** A select of one boolean that must hold afterwards. */
  readonly check: string
  /** A select of one boolean that must hold before. */
  readonly before?: string
}

export const migrationDigest = (m: Migration): string =>
  createHash('sha256')
    .update(JSON.stringify([m.id, m.up, m.check, m.before ?? null]))
    .digest('hex')

const MIGRATION_TABLE = `create table if not exists migration (
  id text primary key,
  place int not null unique,
  digest text not null
)`

async function holds(db: Reader, select: string): Promise<boolean> {
  const row = (await db.query<Record<string, unknown>>(trusted(select)))[0]
  return row !== undefined && Object.values(row)[0] === true
}

/** Brings the database up to the given migrations. Returns the ids applied now.
 *  @throws ProblemError `store.migration-changed|-unknown|-check|-failed` */
export async function migrate(store: Store, migrations: readonly Migration[]): Promise<readonly string[]> {
  await store.query(trusted(MIGRATION_TABLE))
  const applied: string[] = []
  for (let done = false; !done;) {
    done = await store.transaction(async (tx) => {
      await tx.query(trusted('lock table migration in exclusive mode'))
      const stand = await tx.query<{ id: string; digest: string }>(sql`select id, digest from migration order by place`)
      const known = new Map(migrations.map((m) => [m.id, m]))
      for (const row of stand) {
        const m = known.get(row.id)
        if (!m) throw new ProblemError(storeProblem('store.migration-unknown', { id: row.id }))
        if (migrationDigest(m) !== row.digest)
          throw new ProblemError(storeProblem('store.migration-changed', { id: row.id }))
      }
      const have = new Set(stand.map((r) => r.id))
      const next = migrations.find((m) => !have.has(m.id))
      if (!next) return true
      await apply(tx, next, stand.length)
      applied.push(next.id)
      return false
    })
  }
  return applied
}

async function apply(tx: Reader, m: Migration, place: number): Promise<void> {
  const failed = (zh: string, en: string): ProblemError =>
    new ProblemError(storeProblem('store.migration-check', { id: m.id, when: zh, whenEn: en }))
  if (m.before !== undefined && !(await holds(tx, m.before))) throw failed('之前', 'before')
  try {
    for (const s of m.up) await tx.query(trusted(s))
    if (!(await holds(tx, m.check))) throw failed('之后', 'after')
  } catch (e) {
    if (e instanceof StoreError)
      throw new ProblemError(storeProblem('store.migration-failed', { id: m.id, why: e.message }))
    throw e
  }
  await tx.query(sql`insert into migration values (${m.id}, ${place}, ${migrationDigest(m)})`)
}

export async function appliedMigrations(store: Reader): Promise<readonly string[]> {
  return (await store.query<{ id: string }>(sql`select id from migration order by place`)).map((r) => r.id)
}

interface Catalogued {
  readonly table_name: string
  readonly column_name: string
  readonly data_type: string
  readonly is_nullable: string
}

/** Where declarations and database differ, a line each; empty when they agree. */
export async function compareTables(store: Reader, tables: readonly Table[]): Promise<readonly string[]> {
  const rows = await store.query<Catalogued>(
    sql`select table_name::text, column_name::text, data_type::text, is_nullable::text
        from information_schema.columns where table_schema = current_schema() order by 1, ordinal_position`,
  )
  const differences: string[] = []
  for (const t of tables) {
    const stand = rows.filter((r) => r.table_name === t.name)
    const line = (r: Catalogued): string => `${r.column_name} ${r.data_type}${r.is_nullable === 'YES' ? '?' : ''}`
    const declared = columnNames(t).map((c) => {
      const { type, nullable } = columnOf(t, c)
      return `${c} ${CATALOGUE_NAME[type]}${nullable ? '?' : ''}`
    })
    const there = new Set(stand.map(line))
    for (const d of declared) if (!there.has(d)) differences.push(`${t.name}: declared ${d}, not in the database`)
    for (const r of stand)
      if (!declared.includes(line(r))) differences.push(`${t.name}: ${line(r)} in the database, not declared`)
  }
  return differences
}
