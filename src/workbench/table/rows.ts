// What a query answers, and how its rows lead on: to the reason, the proof and the history of what they tell of.

import type { FieldKind, Grade, Text } from '../../kernel/index.ts'
import type { FieldSchema } from '../form/schema.ts'

export type Cell = unknown
export type Row = Readonly<Record<string, Cell>>

export interface Column {
  readonly name: string
  readonly title: Text
  readonly kind: FieldKind
  readonly grade?: Grade
}

/** `GET /api/v1/queries/<query>` */
export interface Answered {
  readonly rows: readonly Row[]
  readonly total: number
  readonly columns: readonly Column[]
}

export const cellText = (value: Cell): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : JSON.stringify(value)

export const textOf = (row: Row, name: string): string | undefined => {
  const value = row[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Where a row leads: the act it tells of, the posting behind it, the thing whose history it belongs to. */
export interface Threads {
  readonly act?: string | undefined
  readonly posting?: string | undefined
  readonly subject?: string | undefined
}

/** Queries whose rows are acts themselves. */
export const ACT_QUERIES = new Set(['acts', 'history', 'doneByMe', 'termChanges'])
/** The most acts these give at once; they give fewer where they are not asked for so many. */
export const MOST_ACTS = 1000
/** The field that names the thing, and how its history calls it. */
const SUBJECTS: Readonly<Record<string, readonly [prefix: string, field: string]>> = {
  permits: ['permit', 'id'],
  organisations: ['organisation', 'organisation'],
  people: ['person', 'person'],
  grants: ['person', 'person'],
  indicators: ['indicator', 'id'],
  indicatorValues: ['indicator', 'indicator'],
  documents: ['document', 'id'],
  requests: ['request', 'id'],
}

export function threadsOf(query: string, row: Row): Threads {
  const named = SUBJECTS[query]
  const id = named && textOf(row, named[1])
  return {
    act: ACT_QUERIES.has(query)
      ? textOf(row, 'id')
      : (textOf(row, 'act') ?? (query === 'requests' ? textOf(row, 'id') : undefined)),
    posting: query === 'postings' ? textOf(row, 'id') : textOf(row, 'posting'),
    subject: textOf(row, 'subject') ?? textOf(row, 'about') ?? (named && id ? `${named[0]}:${id}` : undefined),
  }
}

export type ChoiceTitles = Readonly<Record<string, Readonly<Record<string, Text>>>>

/** The words of the choices of each column. */
export const choicesOf = (fields: Readonly<Record<string, FieldSchema>>): ChoiceTitles =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { 'x-choices': choices }]) =>
      choices ? [[name, Object.fromEntries(choices.map((c) => [c.value, c.title]))]] : [],
    ),
  )
