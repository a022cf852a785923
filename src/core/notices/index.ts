// Public notices 公示: posted for some days for everybody to read, objected to on paper or online, and a gate for what waits.

import type { Calendar } from '../calendar/index.ts'
import type { FindFile } from '../files/index.ts'
import type { Domain } from '../record/index.ts'
import { objectionCommands } from './objections.ts'
import { publishCommands } from './publish.ts'
import { noticesQueries } from './queries.ts'
import { noticesTables } from './schema.ts'

export { gateProblems, noticeGate, type NoticeGate } from './gate.ts'
export { OBJECTION_ROLE, OBJECTOR_MOST, ONLINE_MOST, PHONE_MOST, TEXT_MOST } from './objections.ts'
export { noticeSubject, objectionSubject } from './publish.ts'
export {
  boardCopyPage,
  noticePage,
  NOTICES_PATH,
  noticesIndexPage,
  objectionFormPage,
  receiptPage,
  refusedPage,
  type ListedNotice,
  type PublishedNotice,
  type Receipt,
  type Typed,
} from './public-pages.ts'
export {
  NOTICE_STATUS,
  noticesMigrations,
  noticesTables,
  noticesWords,
  OBJECTION_STATUS,
  objectionTable,
  OUTCOMES,
  publicNoticeTable,
  type NoticeStatus,
  type ObjectionRow,
  type ObjectionStatus,
  type PublicNoticeRow,
} from './schema.ts'

/** @param calendar the tables that days are counted with @param findFile looks into the file store */
export const noticesDomain = (calendar: Calendar, findFile: FindFile): Domain => ({
  name: 'notices',
  title: { zh: '公示', en: 'public notices' },
  commands: [...publishCommands(calendar, findFile), ...objectionCommands(findFile)],
  queries: noticesQueries(calendar),
  tables: noticesTables,
})
