// A long run as people see it: waiting, running, and how it ended. Pure; runs.ts moves it.

import type { Problem, Text, Uuid } from '../../kernel/index.ts'

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

export interface Run {
  readonly id: Uuid
  readonly kind: string
  readonly person: Uuid
  /** Id of the folder of data, or `sample`. */
  readonly data: string
  readonly state: RunState
  /** Of the whole, 0 to 100. */
  readonly percent: number
  readonly stage?: Text
  readonly askedAt: string
  readonly startedAt?: string
  readonly endedAt?: string
  readonly problems: readonly Problem[]
  /** The last lines the run wrote for people. */
  readonly output: string
  /** Names of what it made. */
  readonly files: readonly string[]
  /** The account package, in the store of documents. */
  readonly package?: { readonly hash: string; readonly size: number }
}

export const isOver = ({ state }: Pick<Run, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled'

/** One line of progress as the command line writes it (QINGSHAN_PROGRESS=json). */
export interface ProgressLine {
  readonly stage: Text
  readonly done: number
  readonly of: number
}

export function parseProgress(line: string): ProgressLine | undefined {
  if (!line.startsWith('{"progress":')) return undefined
  try {
    const { progress } = JSON.parse(line) as { progress: Partial<ProgressLine> }
    const { stage, done, of } = progress
    return stage && typeof done === 'number' && typeof of === 'number' ? { stage, done, of } : undefined
  } catch {
    return undefined
  }
}

/** Where each stage of an account begins and ends, as the sample county takes its time. */
const STAGES: Readonly<Record<string, readonly [number, number]>> = { 核算: [2, 70], 写报告: [70, 99] }

/** Of the whole; it never goes back. */
export function percentOf({ stage, done, of }: ProgressLine, before: number): number {
  const [from, to] = STAGES[stage.zh] ?? [before, before]
  const share = of > 0 ? Math.min(1, Math.max(0, done / of)) : 0
  return Math.max(before, Math.floor(from + (to - from) * share))
}

/** Text that is kept of what a run says. */
const OUTPUT_MOST = 20_000
export const withOutput = (before: string, more: string): string => (before + more).slice(-OUTPUT_MOST)
