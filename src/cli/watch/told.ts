// What the thread that computes tells the one a person talks to, as plain data. Always holds: it tells and is not asked, so it
// can be ended at any moment.

import type { Text } from '../../kernel/index.ts'

/** A county while the maps are worked through. */
export interface CountyLine {
  readonly code: string
  readonly name: Text
  readonly tiles: number
  readonly done: number
  /** What is said of it will not change any more. */
  readonly isFinal: boolean
  /** By column, what its pixels so far add up to, every digit; undefined where the county has none of it. */
  readonly values: readonly (string | undefined)[]
}

/** One quantity of one service. */
export interface CountyColumn {
  readonly service: string
  readonly title: Text
  readonly unit: string
}

export interface CountyTable {
  readonly columns: readonly CountyColumn[]
  readonly counties: readonly CountyLine[]
}

/** Where files appear: what stands there half written when the run is ended is removed. */
export type Place =
  /** A folder that is replaced as a whole. */
  | { readonly folder: string }
  /** A folder in which files are written beside and renamed, as `name.part`. */
  | { readonly parts: string; readonly ending: string }

/** A pass over maps: how many pixels it has, and what it does, without its pace. */
export interface Pass {
  readonly pixels: number
  readonly work: Text
}

export type Told =
  | { readonly kind: 'step'; readonly title: Text; readonly done: number; readonly of: number; readonly what: Text; readonly pass?: Pass } // prettier-ignore
  | { readonly kind: 'stepped' }
  | { readonly kind: 'counties'; readonly table: CountyTable }
  | { readonly kind: 'place'; readonly place: Place }
  /** A page is wished for that shows the run. */
  | { readonly kind: 'live'; readonly title: Text }
  | { readonly kind: 'ended'; readonly code: number }

/** How it ended, for whoever watches. */
export type Ending = 'done' | 'failed' | 'cancelled'
