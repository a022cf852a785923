// The record: acts, approval, correction, numbers, inbox: the one write path.

export * from './model.ts'
export * from './schema.ts'
export { openRecorder, type Recorder, type RecorderOptions } from './recorder.ts'
export { takeBatch } from './waiting.ts'
export { registryOf, type Registry } from './registry.ts'
export {
  ask,
  askPage,
  ERASED,
  query,
  shown,
  type Answer,
  type PageAnswer,
  type PageWanted,
  type Question,
  type ScopeOf,
} from './ask.ts'
export { instantColumn } from './page-sql.ts'
export { actRecord, contentOf, contentText, effectsOf, type Content, type EffectsDocument } from './content.ts'
export { isNumber, numberText } from './number.ts'
export { recordProblem } from './problems.ts'
export { readHead, batchOf, eraseValues, type Head } from './write-batch.ts'
export { recordDomain } from './domain.ts'
export type { HasFile } from './approval/commands.ts'
export { discardDraft, DRAFT_LIMIT_BYTES, findDraft, saveDraft, type DraftRow, type SavedDraft } from './drafts.ts'
export { NAMELESS, type Directory, type TableWords } from './explain/index.ts'
export { REQUEST_STATUS, requestAnswer, sheetCode, stepsOf, stepsText, type RequestStatus } from './approval/steps.ts'
export { firingId, sha256Hex, timerId } from './effects.ts'
export * from './derive/index.ts'
export * from './check/index.ts'
export { keptActs } from './kept-acts.ts'
export { indicatorDomain, indicatorWords } from './indicator-domain.ts'
