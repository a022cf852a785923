// Supervision and audit. Today: the audit copy.

export { writeAuditCopy } from './audit-copy/write-audit-copy.ts'
export { checkAuditCopy } from './audit-copy/whole-folder.ts'
export { SAMPLE, type AuditAsk, type AuditHouse, type AuditProgress, type AuditReport } from './audit-copy/model.ts'
export { supervisionProblem } from './problems.ts'
export { supervisionDomain } from './domain.ts'
