// The record: acts, approval, correction, numbers, inbox: the one write path.

export * from './model.ts'
export * from './schema.ts'
export { openRecorder, takeBatch, type Recorder, type RecorderOptions } from './recorder.ts'
export { registryOf, type Registry } from './registry.ts'
export { ask, ERASED, query, shown, type Answer, type Question, type ScopeOf } from './ask.ts'
export { actRecord, contentOf, contentText, effectsOf, type Content, type EffectsDocument } from './content.ts'
export { isNumber, numberText } from './number.ts'
export { recordProblem } from './problems.ts'
export { readHead, batchOf, eraseValues, type Head } from './write-batch.ts'
export { recordDomain } from './domain.ts'
export { REQUEST_STATUS, requestAnswer, sheetCode, stepsOf, stepsText, type RequestStatus } from './approval/steps.ts'
export { sha256Hex } from './effects.ts'
