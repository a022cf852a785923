// The shapes of what the server tells the workbench, written once: the server's answers are checked against them, and the workbench
// reads by them. Types only, over the kernel's, so that a page in the browser takes nothing of the server along.

export type * from './account.ts'
export type * from './folder.ts'
export type * from './run.ts'
