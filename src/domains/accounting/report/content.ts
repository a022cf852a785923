// From an account to its report: the chapters in the order of a Chinese 核算报告.
// Always holds: what stands here was computed by the account; this room adds only shares, differences and words.

import type { Account } from '../model.ts'
import { STATUS_TEXT } from '../model.ts'
import { appendices } from './content/appendix.ts'
import { changeChapter } from './content/change.ts'
import { coverLines, coverNotes, leaderPage, responsibility } from './content/front.ts'
import { limitsChapter } from './content/limits.ts'
import { methodsChapter } from './content/methods.ts'
import { openPage, type ReportOptions } from './content/page.ts'
import { checksChapter, fitnessChapter, trustChapter } from './content/quality.ts'
import { resultsChapter } from './content/results.ts'
import { scopeChapter } from './content/scope.ts'
import { tidyBreaks } from './content/tables.ts'
import { FONTS, type Block, type ReportDocument } from './document.ts'

/** The report as data, ready for `renderDocx` and `renderHtml`. Charts are drawn on the way, hence the promise. */
export async function accountDocument(account: Account, options: ReportOptions): Promise<ReportDocument> {
  const page = openPage(account, options)
  const { head } = account
  const status = page.t(STATUS_TEXT[head.status])
  const body: readonly Block[] = [
    ...responsibility(page),
    ...(await leaderPage(page)),
    ...scopeChapter(page),
    ...methodsChapter(page),
    ...(await resultsChapter(page)),
    ...changeChapter(page),
    ...checksChapter(page),
    ...trustChapter(page),
    ...fitnessChapter(page),
    ...limitsChapter(page),
  ]
  return {
    lang: options.lang,
    title: page.t(head.title),
    subtitle: page.say('核算报告', 'Accounting report'),
    status,
    coverLines: coverLines(page),
    coverNotes: coverNotes(page),
    marks: [
      ...(head.status === 'official' ? [] : [status]),
      ...(head.sample ? [page.say('示范数据', 'Demonstration data')] : []),
    ],
    fonts: FONTS[options.lang],
    blocks: tidyBreaks([...body, ...appendices(page, body)]),
    date: head.legalDate,
  }
}
