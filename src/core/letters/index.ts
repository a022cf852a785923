// Letters: templates that an office edits in its own Word, filled with values, printed with or without Word.

export { findBuiltIn, type BuiltInLetter } from './built-in.ts'
export { lettersDomain, type ReadFile } from './domain.ts'
export { fillTemplate, judgeValues, readValues, type LetterValue, type LetterValues, type Written } from './fill.ts'
export { FORMS, type FormName } from './forms.ts'
export { letterBody, letterPage } from './letter-html.ts'
export { letterProblem } from './problems.ts'
export { lettersMigrations, letterTemplateTable, letterWords, type LetterTemplateRow } from './schema.ts'
export { readTemplate, type Template } from './template.ts'
export type { TemplateField } from './tags.ts'
