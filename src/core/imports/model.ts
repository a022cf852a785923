// What an import is, declared once by whoever wants rows: the columns as people fill them in, what is checked, and which rows
// come of a line. The command, the verb, the preview, undoing and the check of the record follow from it.
// Always holds: the rows of a line follow from the line, the options and the house's key alone, so that the file read again
// gives the same rows.

import {
  assert,
  isSealed,
  type Decoded,
  type Field,
  type Fields,
  type Form,
  type Json,
  type JsonObject,
  type Place,
  type Problem,
  type Text,
  type Uuid,
} from '../../kernel/index.ts'
import type { VectorCrs, VectorGeometry } from '../exchange-formats/index.ts'
import { kebab, type ApprovalStep } from '../record/index.ts'
import type { AnyRow, Reader, Table } from '../store/index.ts'

/** A table of rows that files brought (`stagedTable`). */
export type StagedTable = Table

/** One row for one of the import's tables, without `batch`, `line` and `item`. */
export interface BroughtRow {
  readonly table: StagedTable
  readonly row: AnyRow
}

/** What holds for the whole file. */
export interface Given<O extends Fields = Fields> {
  /** Of the declaration the rows are made by; an older one after a change of what `rows` computes. */
  readonly version: number
  /** Id of what comes in: the same for the same file, mapping, options and place. */
  readonly batch: Uuid
  /** Region of the act. */
  readonly place: string
  readonly options: Decoded<Form<O>>
  /** Of a map. */
  readonly crs?: VectorCrs
  /** The id of what a line brings: the same each time the file is read. @param item where a line brings several things */
  readonly id: (row: { readonly line: number }, item?: number | string) => Uuid
  /** Finds a personal value by equality: 64 hexadecimal digits under the house's key. @param kind keeps equal texts of
   *  different meaning apart */
  readonly keyedHash: (kind: string, text: string) => string
}

/** A line that keeps to the form of the columns. */
export interface ImportRow<C extends Fields = Fields> {
  /** Row of the sheet or number of the feature, from 1. */
  readonly line: number
  /** Where it stands in the file. */
  readonly at: (column?: keyof C & string) => Place
  /** Personal values as commitments. */
  readonly values: Decoded<Form<C>>
  /** As given, personal values open: for hashes and last digits, never to be kept. */
  readonly plain: JsonObject
  /** Of a map. */
  readonly geometry?: VectorGeometry
}

/** What is wrong with a line: a problem at one of its columns, or at the line. */
export interface Fault {
  readonly column?: string
  readonly problem: Problem
}

/** @typeParam C columns @typeParam O options @typeParam L what `lookups` finds */
export interface Import<C extends Fields = Fields, O extends Fields = Fields, L = unknown> {
  /** A plural: `households`; the command is `importHouseholds`, the act `households-imported`. */
  readonly name: string
  readonly version: number
  readonly title: Text
  readonly clause?: string
  /** Groups a role file may name its command by. */
  readonly groups: readonly string[]
  /** A line as people fill it in. */
  readonly columns: Form<C>
  /** Headings a column may stand under beside its titles and its name. */
  readonly headings?: { readonly [K in keyof C]?: readonly string[] }
  /** Asked once for the file; stands in the act. */
  readonly options: Form<O>
  /** Also Shapefile, GeoPackage, GeoJSON and DBF: attributes are the columns. */
  readonly maps?: boolean
  /** Columns that together must not come twice in a file. */
  readonly unique?: readonly (readonly (keyof C & string)[])[]
  /** The region of a line: must be in force and within the place of the act. */
  readonly region?: (row: ImportRow<C>) => string | undefined
  /** Read once, before the first line. */
  readonly lookups?: (reader: Reader, given: Given<O>) => Promise<L>
  readonly check?: (row: ImportRow<C>, lookups: L, given: Given<O>) => readonly Fault[]
  /** After the last line, with the same `lookups`. */
  readonly finish?: (lookups: L, given: Given<O>) => readonly Problem[]
  readonly tables: readonly StagedTable[]
  readonly rows: (row: ImportRow<C>, given: Given<O>) => readonly BroughtRow[]
  /** Rows that several lines make together, each at the first of its lines, in their order; after `finish`, which found nothing red. */
  readonly gathered?: (given: Given<O>) => readonly { readonly line: number; readonly rows: readonly BroughtRow[] }[]
  /** Tables that acts write, with a column `batch`: a row there that came of the batch forbids taking it back. */
  readonly changed?: readonly Table[]
  readonly approval?: readonly ApprovalStep[]
}

/** An import whose types are known only where it was declared. */
export type AnyImport = Import<Fields, Fields, never>

/** Declares an import with its types. */
export function importOf<C extends Fields, O extends Fields, L = undefined>(declared: Import<C, O, L>): AnyImport {
  const columns: Fields = declared.columns.fields
  for (const [name, f] of Object.entries<Field>(columns))
    assert(f.kind !== 'group' && f.kind !== 'list', `column ${name} is one cell`)
  for (const [name, f] of Object.entries<Field>(declared.options.fields as Fields))
    assert(!isSealed(f.grade), `option ${name} stands in the act as it is`)
  return declared as unknown as AnyImport
}

const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1)

/** `importHouseholds` */
export const commandName = (of: Pick<AnyImport, 'name'>): string => `import${capital(of.name)}`
/** `households-imported` */
export const actName = (of: Pick<AnyImport, 'name'>): string => `${kebab(of.name)}-imported`

/** What somebody wants brought in. */
export interface Wish {
  /** SHA-256 of the stored file. */
  readonly file: string
  readonly fileName: string
  readonly place: string
  /** Sheet of a workbook, layer of a map; left out where there is one. */
  readonly sheet?: string
  /** Heading, or `#C` for a column of the sheet, by column; what is left out is found by its heading. `-` leaves a column out. */
  readonly mapping?: Readonly<Record<string, string>>
  readonly options?: Json
}
