// The database: one port, two drivers, one dialect. Whatever is here knows nothing of acts, ledgers or people.

export * from './sql.ts'
export * from './table.ts'
export * from './table-sql.ts'
export * from './port.ts'
export * from './migrate.ts'
export * from './open-pglite.ts'
export * from './open-postgresql.ts'
export * from './journal/index.ts'
export * from './folder-lock.ts'
export * from './archive/index.ts'
export { storeProblem } from './problems.ts'
