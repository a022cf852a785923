// What the server tells of an uploaded folder: its input list, what is red and yellow in it, what each service lacks, and what one
// chooses from when the list is changed by hand. Types only.

import type { Text } from '../../kernel/index.ts'

type ColumnOr<T> = { readonly column: string } | T

/** One entry of a list as it is changed on the screen; what else it holds goes along untouched. */
export interface ListEntry {
  readonly argument: string
  readonly file: string
  readonly sheet?: string
  readonly column: string
  readonly unit: string
  readonly region?: ColumnOr<{ readonly code: string }>
  readonly class?: ColumnOr<{ readonly code: string }>
  readonly item?: ColumnOr<{ readonly name: string }>
  readonly year?: number | { readonly column: string }
  readonly ground?: Text
  readonly question?: Text
}

/** An input list as it is changed on the screen; what else it holds goes along untouched. */
export interface WholeList {
  readonly title: Text
  readonly year: number
  readonly priceYear: number
  readonly set: string
  readonly region: { readonly code: string; readonly name: Text }
  readonly accepted?: { readonly by: string; readonly on: string }
  /** Services left out, with the reason. */
  readonly notApplicable?: Readonly<Record<string, string>>
  readonly arguments: readonly ListEntry[]
}

/** `GET /api/v1/folders/ID/check`, `PUT` and `DELETE /api/v1/folders/ID/list` */
export interface FolderChecked {
  readonly list?: {
    /** The folder brought none, and nobody changed or accepted this one. */
    readonly proposed: boolean
    /** By hand, so that there is something to go back to. */
    readonly changed: boolean
    readonly set: Text
    readonly whole: WholeList
  }
  readonly facts: number
  readonly files: number
  readonly problems: readonly (Text & {
    readonly code: string
    readonly severity: 'red' | 'yellow'
    readonly hint: Text
    readonly place: string
  })[]
  /** Of the arguments in the list. */
  readonly titles: Readonly<Record<string, Text>>
  /** Only with a list that is proposed. */
  readonly unplaced?: readonly {
    readonly file: string
    readonly sheet?: string
    readonly column?: string
    readonly why: Text
  }[]
  readonly services: readonly {
    readonly id: string
    readonly title: Text
    readonly missing: readonly Text[]
    /** Why it does not apply. */
    readonly leftOut?: string
  }[]
}

/** `GET /api/v1/folders/ID/choices` */
export interface ListChoices {
  readonly sheets: readonly { readonly file: string; readonly sheet?: string; readonly columns: readonly string[] }[]
  readonly arguments: readonly { readonly id: string; readonly title: Text; readonly unit: string }[]
  readonly classes: readonly { readonly code: string; readonly title: Text }[]
  readonly sets: readonly { readonly id: string; readonly title: Text }[]
}
