// One cell as what the form of the columns judges. Nothing is guessed and no digit is lost: what cannot be read stays the text it
// is, so that the form refuses it by its name.

import { decText, fromWords, type Field, type Problem } from '../../kernel/index.ts'
import type { Cell } from '../exchange-formats/index.ts'
import { importsProblem } from './problems.ts'

/** Whole digits a number of a workbook keeps (IEEE 754 doubles). */
const DIGITS = 15

export interface ColumnOfFile {
  readonly name: string
  readonly field: Field
  /** From the heading. */
  readonly unitText?: string
  /** Numbers of the file keep all their digits. */
  readonly exact: boolean
}

/** @returns undefined where the cell is empty */
export function cellGiven(
  { name, field, unitText, exact }: ColumnOfFile,
  cell: Cell | undefined,
): { readonly given: unknown } | { readonly problem: Problem } | undefined {
  if (!cell || cell.value.kind === 'error') return undefined
  const shown = cell.text.trim()
  if (shown === '') return undefined
  const { value } = cell
  const digits = value.kind === 'number' ? decText(value.digits) : undefined
  switch (field.kind) {
    case 'civil-date': {
      const day = value.kind === 'date' ? value.date : dayOf(digits ?? shown)
      return day === undefined ? { problem: importsProblem('imports.not-a-date') } : { given: day }
    }
    case 'integer':
    case 'year':
      return { given: digits !== undefined && /^-?\d{1,15}$/.test(digits) ? Number(digits) : plainNumber(shown) }
    case 'amount':
    case 'money':
      return { given: digits ?? shown }
    case 'quantity': {
      const unit = unitText ?? field.unit ?? ''
      const number = digits ?? (/^[+-]?[\d,]*\.?\d+$/.test(shown) ? shown : undefined)
      return number === undefined ? { given: worded(name, field, shown) } : { given: { value: number, unit } }
    }
    case 'flag':
      return { given: value.kind === 'boolean' ? value.value : (FLAGS.get(shown) ?? worded(name, field, shown)) }
    default: {
      // A code or a name typed as a number: its digits as shown, with the zeros before them, unless they were lost.
      if (!exact && digits !== undefined && digits.replace(/\D/g, '').length > DIGITS)
        return { problem: importsProblem('imports.digits-lost') }
      const zeros =
        digits !== undefined && /^\d+$/.test(digits) ? /^0+$/.exec(cell.format ?? '')?.[0].length : undefined
      if (zeros !== undefined) return { given: worded(name, field, digits!.padStart(zeros, '0')) }
      if (value.kind === 'date' && field.kind !== 'text' && field.kind !== 'long-text') return { given: value.date }
      return { given: worded(name, field, shown) }
    }
  }
}

const FLAGS = new Map([
  ...['有', '√', '✓', 'Y', 'y', '1'].map((word) => [word, true] as const),
  ...['无', '×', 'N', 'n', '0'].map((word) => [word, false] as const),
])

const plainNumber = (text: string): unknown => (/^-?\d{1,15}$/.test(text) ? Number(text) : text)

const worded = (name: string, field: Field, word: string): unknown =>
  field.kind === 'choice' || field.kind === 'flag' || field.kind === 'quantity'
    ? (fromWords({ fields: { [name]: field } }, { [name]: word }) as Readonly<Record<string, unknown>>)[name]
    : word

/** `2026-1-31`, `2026/1/31`, `2026.1.31`, `2026年1月31日`, `20260131`. */
function dayOf(text: string): string | undefined {
  const s = text.normalize('NFKC').trim()
  const m = /^(\d{4})(\d{2})(\d{2})$/.exec(s) ?? /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(s)
  return m ? `${m[1]!}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}` : undefined
}
