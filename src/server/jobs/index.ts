// Long runs as processes of their own, and the folders of data they work on.

export { FOLDER_LIMITS, foldersIn, type FolderLimits, type Folders, type MadeFolder } from './folders.ts'
export { openRuns, RUN_KINDS, SAMPLE, type RunKind, type Runs, type RunsOptions } from './runs.ts'
export { isOver, type Run, type RunState } from './run-state.ts'
