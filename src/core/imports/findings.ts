// What was found wrong with a file, by kind: how often, and the first of each with its place. A hundred thousand wrong cells are
// one finding, and nobody reads more than the first.

import type { Problem, Severity } from '../../kernel/index.ts'

/** Problems of one kind that are told with their places. */
export const FIRST_TOLD = 20

export interface Finding {
  readonly code: string
  readonly severity: Severity
  readonly count: number
  readonly first: readonly Problem[]
}

export interface Findings {
  add(problem: Problem): void
  /** Red before yellow, then in the order they were met. */
  all(): readonly Finding[]
  readonly reds: number
}

export function findings(): Findings {
  const byCode = new Map<string, { severity: Severity; count: number; first: Problem[] }>()
  let reds = 0
  return {
    add: (problem) => {
      const kind = byCode.get(problem.code) ?? { severity: problem.severity, count: 0, first: [] }
      byCode.set(problem.code, kind)
      kind.count++
      if (kind.first.length < FIRST_TOLD) kind.first.push(problem)
      if (problem.severity === 'red') reds++
    },
    all: () =>
      [...byCode]
        .map(([code, k]) => ({ code, ...k }))
        .sort((a, b) => Number(a.severity === 'yellow') - Number(b.severity === 'yellow')),
    get reds() {
      return reds
    },
  }
}
