// What the server tells of a long run: how far it is, what it said, what it made. Types only.

import type { Text } from '../../kernel/index.ts'

/** `GET /api/v1/runs/ID` */
export interface Run {
  readonly id: string
  /** Id of the folder of data, or `sample`. */
  readonly data: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  /** Of the whole, 0 to 100. */
  readonly percent: number
  readonly stage?: Text
  readonly askedAt: string
  readonly endedAt?: string
  readonly problems: readonly (Text & {
    readonly code: string
    readonly severity: 'red' | 'yellow'
    readonly hint?: Text
  })[]
  readonly output: string
  readonly files: readonly string[]
  readonly package?: { readonly hash: string; readonly size: number }
}
