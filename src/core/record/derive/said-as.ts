// How a field is asked for where values are words: on a command line and in the query of an address.

import type { FieldRow, Text } from '../../../kernel/index.ts'

/** Kinds whose JSON is no single word: there an example of the words says more. */
const COMPOSED: readonly FieldRow['kind'][] = ['quantity', 'period', 'list', 'group']

/** @param example the words of the field's example @param item of a list, the kind of its rows */
export function saidAs(row: FieldRow, example: string | readonly string[] | undefined, item: FieldRow = row): Text {
  const word = typeof example === 'string' ? example : example?.[0]
  const composed = COMPOSED.includes(item.kind) && word !== undefined
  const zh = composed ? `例如 ${word}` : item.expects.zh
  const en = composed ? `such as ${word}` : item.expects.en
  return {
    zh: `${row.title.zh}${row.hint ? `，${row.hint.zh}` : ''}：${zh}`,
    en: `${row.title.en}${row.hint ? `, ${row.hint.en}` : ''}: ${en}`,
  }
}
