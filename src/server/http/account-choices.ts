// What somebody who changes an input list chooses from: the sheets of the folder with their headings, the arguments a list may name,
// the types of ecosystem, the sets of indicators. Loaded when it is asked for.

import type { RuleBook } from '../../core/rules/index.ts'
import { ARGUMENTS, classificationOf, folderSheets } from '../../domains/accounting/index.ts'
import type { ListChoices } from '../told/index.ts'

export const listChoices = (folder: string, book: RuleBook): ListChoices => ({
  sheets: folderSheets(folder),
  arguments: ARGUMENTS.map(({ id, title, unit }) => ({ id, title, unit })),
  classes: classificationOf(book).classes.map(({ code, title }) => ({ code, title })),
  sets: book.sets.map(({ id, title }) => ({ id, title })),
})
