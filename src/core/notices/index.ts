// Public notices 公示: posted for some days for everybody to read, objected to on paper or online, and a gate for what waits.

export { gateProblems, noticeGate, type NoticeGate } from './gate.ts'
export { noticesMigrations, noticesWords, noticesTables, objectionTable, publicNoticeTable } from './schema.ts'
