// Two accounts side by side: the change between years in its effects, and every cell that differs.

export * from './hash.ts'
export * from './change.ts'
export * from './diff.ts'
