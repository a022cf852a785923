// Acts, requests and postings in words.

export { NAMELESS, type Directory } from './directory.ts'
export { requestFiles } from './request-files.ts'
export { requestSheet } from './request-sheet.ts'
export { whyAct } from './why-act.ts'
export { whyPosting } from './why-posting.ts'
export { saidInput } from './said-input.ts'
export type { TableWords } from './table-words.ts'
