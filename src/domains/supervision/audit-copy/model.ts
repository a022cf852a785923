// What an audit copy is asked for and made from. Everything outside comes in here: the store, the published log, documents,
// the moment, the seed.

import type { CivilDate, Grade, Instant } from '../../../kernel/index.ts'
import type { PageKeys, ReadFile } from '../../../core/evidence/index.ts'
import type { FileStore } from '../../../core/files/index.ts'
import type { RoleBook } from '../../../core/identity/index.ts'
import type { Registry } from '../../../core/record/index.ts'
import type { Store } from '../../../core/store/index.ts'

export interface AuditHouse {
  readonly store: Store
  readonly registry: Registry
  /** What each role may run; without it grants are listed by the name of their role only. */
  readonly roles?: RoleBook
  /** The published log: its static files and its newest checkpoint, as signed. */
  readonly log: { readonly read: ReadFile; readonly checkpoint: string }
  /** The verifier page: its bundled script, and the public keys the reader may compare with the published ones. */
  readonly verifier: { readonly script: string; readonly keys: PageKeys }
  /** Without it documents are named by hash and not copied. */
  readonly files?: Pick<FileStore, 'read'>
}

export interface AuditAsk {
  readonly region: string
  /** Both days included: acts with their legal date or their day of recording in the period. */
  readonly from: CivilDate
  readonly to: CivilDate
  /** The highest grade the auditor may see. */
  readonly grade: Exclude<Grade, 'secret'>
  /** Any text; printed in the copy, so that anyone can draw the sample again. */
  readonly seed: string
  /** How many acts are drawn. */
  readonly sample?: number
  readonly now: Instant
  /** The operator's zone, `+08:00`. */
  readonly zone: string
}

export interface AuditProgress {
  readonly stage: 'acts' | 'log' | 'workbooks' | 'manifest'
  readonly done: number
  readonly of: number
}

export interface AuditReport {
  readonly folder: string
  readonly acts: number
  readonly postings: number
  readonly values: number
  readonly requests: number
  readonly grants: number
  readonly documents: number
  /** Acts without a place, which belong to no region and are not in the copy. */
  readonly withoutPlace: number
  /** Acts whose text holds more than the auditor may read: in the workbooks with masks, without a proof file. */
  readonly withheld: number
  readonly sampled: readonly number[]
  readonly files: number
  /** SHA-256 of MANIFEST.sha256: to be written into the letter that goes with the copy. */
  readonly manifest: string
}

/** Acts drawn where nothing else is said: enough that a fault in one of twenty is met with 95 in 100. */
export const SAMPLE = 60
