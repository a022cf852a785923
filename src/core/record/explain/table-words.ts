// What people call a table and its columns: declared beside the table by whoever owns it, for the tables that an approval shows.
// Serves the signer of an approval, who reads `登记排污权证：证号 …` and not names of a database.

import type { Text } from '../../../kernel/index.ts'

/** @typeParam C names of the table's columns */
export interface TableWords<C extends string = string> {
  /** Name of the table. */
  readonly table: string
  readonly title: Text
  /** By column, in the order in which they are read. One without words comes last, by its name: a signer is not kept from
   *  what is written. */
  readonly columns: Readonly<Partial<Record<C, Text>>>
  /** By column, what its values are called, where they are words of ours. */
  readonly values?: Readonly<Partial<Record<C, Readonly<Record<string, Text>>>>>
  /** Rows that follow from what is told beside them, hundreds at a time: only their number is told. */
  readonly counted?: true
}
