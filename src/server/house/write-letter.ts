// A letter out of a registered template, for whoever may see the template: as Word, or as a page to print where there is no Word.
// Always holds: of registered templates only one in force is filled; nothing of the values is kept or logged.

import { ProblemError, type Json, type JsonObject, type Problem } from '../../kernel/index.ts'
import { docxBlocks } from '../../core/exchange-formats/index.ts'
import {
  fillTemplate,
  letterPage,
  letterProblem,
  readTemplate,
  readValues,
  type BuiltInLetter,
} from '../../core/letters/index.ts'
import { contentOf, type House } from './open-house.ts'

export type LetterShape = 'docx' | 'html'

export interface LetterWish {
  readonly values: Json
  readonly shape: LetterShape
}

export interface WrittenLetter {
  readonly content: Uint8Array
  /** Yellow: values without a place in the template. */
  readonly remarks: readonly Problem[]
}

/** @param row as the query `letterTemplates` answered it @throws ProblemError `letter.…`, `files.…` */
export async function writeLetter(
  house: Pick<House, 'files'>,
  row: JsonObject | undefined,
  { values, shape }: LetterWish,
): Promise<WrittenLetter> {
  const id = String(row?.['id'] ?? '—')
  if (row?.['status'] !== 'in-force') throw new ProblemError(letterProblem('letter.no-template', { id }))
  const hash = String(row['hash'])
  const bytes = await contentOf(house.files, hash)
  if (!bytes) throw new ProblemError(letterProblem('letter.no-file', { file: hash }))
  return filled({ bytes, name: String(row['name']) }, { values, shape })
}

/** A letter out of a template that comes along with the program. @throws ProblemError `letter.…` */
export const writeBuiltIn = ({ title, bytes }: BuiltInLetter, wish: LetterWish): Promise<WrittenLetter> =>
  filled({ bytes, name: title.zh }, wish)

async function filled(
  { bytes, name }: { readonly bytes: Uint8Array; readonly name: string },
  { values, shape }: LetterWish,
): Promise<WrittenLetter> {
  const read = readValues(values)
  const template = readTemplate(bytes)
  const problems = [template, read].flatMap((x) => (Array.isArray(x) ? (x as readonly Problem[]) : []))
  if (problems.length > 0 || !('parts' in template)) throw new ProblemError(problems)
  const written = await fillTemplate(template, read as Exclude<typeof read, readonly Problem[]>)
  if (!('docx' in written)) throw new ProblemError(written)
  const { docx, remarks } = written
  if (shape === 'docx') return { content: docx, remarks }
  const page = letterPage(name, docxBlocks(docx) ?? [])
  return { content: new TextEncoder().encode(page), remarks }
}
