// The value of an ecological product of a place (VEP): read a folder of units, value them, explain, report, register.

export * from './model.ts'
export { checkPolygon, polygonArea, type Polygon, type Position, type Ring } from './polygon.ts'
export { remainingYears, termEnd } from './right-years.ts'
export { readVepFolder } from './read.ts'
export { ASKED_FOR, checkUnit, LEAST_DEALS } from './check.ts'
export { computeVep, type VepOptions } from './compute.ts'
export { readResultText, RESULT_NAME, resultText, type StoredVep } from './stored.ts'
export { whyVep } from './why.ts'
export { kindsValued, registerRows, registerSheet, type RegisterRow } from './register.ts'
export { vepDocument, type VepReportOptions } from './report.ts'
export { readVepResult, runVep, type VepRun, type VepRunOptions } from './run.ts'
export { vepSample, writeVepSample } from './sample.ts'
