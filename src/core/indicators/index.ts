// The statistical spine: identity cards and values with their reasons. Written by acts only (core/record).

export * from './model.ts'
export * from './schema.ts'
export * from './rows.ts'
export { citationProblems } from './cite.ts'
export { indicatorProblem } from './problems.ts'
