// What the house asks of a database. Two drivers stand behind it: PGlite in a folder and PostgreSQL by address; the same SQL
// and the same values on both. Values: int8 is bigint, numeric, date and timestamptz are text (instants in UTC with
// milliseconds), jsonb is parsed, bytea is bytes. Nothing outside core/store knows which engine runs.

import type { Sql } from './sql.ts'

export type Engine = 'pglite' | 'postgresql'

export interface Reader {
  readonly engine: Engine
  /** Runs one statement. @throws ProblemError `store.…` when the database is gone or full; StoreError when it refuses */
  query<R>(q: Sql): Promise<readonly R[]>
}

export interface TransactionOptions {
  /** One unchanging view of everything, for backups and audit copies. */
  readonly snapshot?: boolean
}

/** A line of the journal that whoever runs the database writes with a transaction. */
export interface JournalLine {
  /** The system's number of the open file. */
  readonly file: number
  readonly at: number
  readonly bytes: Uint8Array
}

/** What became of a line and of its transaction. */
export type LineFate =
  /** On the disk; `uncommitted` where the database failed after that. */
  | { readonly what: 'kept'; readonly uncommitted?: Error }
  /** Nothing was written: the database refused, or answered otherwise than it should. */
  | { readonly what: 'refused'; readonly why: Error }
  /** The file failed, and the transaction was rolled back. */
  | { readonly what: 'unwritten'; readonly step: 'write' | 'sync'; readonly code: string }

export interface Store extends Reader {
  /** Runs in one transaction: all or nothing. What `run` throws rolls back and is thrown on. */
  transaction<T>(run: (tx: Reader) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** Only the embedded database: runs one statement as a transaction; where its one row reads `wanted`, writes the line, syncs it
   *  and commits, all in the thread of the database. The next may be asked for before this one has answered: they are taken in the
   *  order of the calls. @throws where nobody knows what became of it */
  writeWithLine?(q: Sql, wanted: readonly string[], line: JournalLine): Promise<LineFate>
  /** The server's version, `15.20` or `18.6`. */
  version(): Promise<string>
  close(): Promise<void>
}

/** The database refused a statement: a constraint, a type, a lock. Carries SQLSTATE and the constraint's name. */
export class StoreError extends Error {
  readonly sqlState: string
  readonly constraint: string | undefined
  constructor(message: string, sqlState: string, constraint?: string) {
    super(message)
    this.name = 'StoreError'
    this.sqlState = sqlState
    this.constraint = constraint
  }
}

/** A wait that the database ended because two transactions held what the other wanted, or a lock came too late. */
export const mayTryAgain = (e: unknown): boolean =>
  e instanceof StoreError && ['40001', '40P01', '55P03'].includes(e.sqlState)
