// What postgres.mjs gives, for tests.

export interface PostgresServer {
  /** Address of a database, `postgres` where none is named. */
  readonly url: (database?: string) => string
  readonly dir: string
  readonly pid: number
  /** Ends it at once, without a checkpoint: as after a crash. */
  readonly kill: () => void
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}
export function postgresPrograms(): string | undefined
export function startPostgres(options?: {
  readonly durable?: boolean
  readonly settings?: Readonly<Record<string, string>>
}): Promise<PostgresServer>
