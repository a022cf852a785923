// A problem is something a person can meet: a code, a Chinese and an English sentence, and what to do next.
// Red stops the work, yellow wants a reason. Every room declares its own table with `defineProblems`;
// docs/problems.md is made from all tables. An assertion is for bugs only and is never caught to go on.

import { fill, type Lang, type Text } from './text.ts'

export type Severity = 'red' | 'yellow'

/** Where in what the user gave us: file, then sheet and cell, line and column, or band and tile or pixel of a map,
 *  or the field of a form. */
export interface Place {
  readonly file?: string
  readonly sheet?: string
  readonly cell?: string
  readonly line?: number
  readonly column?: number
  /** 1 is the first band. */
  readonly band?: number
  /** Column and row of a pixel, 0 at the upper left. */
  readonly pixel?: readonly [number, number]
  /** Column and row of a tile (or 0 and the strip). */
  readonly tile?: readonly [number, number]
  /** Path of a field in what was submitted, `lines.2.amount`; rows count from 0. */
  readonly field?: string
}

export interface ProblemKind {
  readonly severity: Severity
  readonly zh: string
  readonly en: string
  /** What the reader does next. */
  readonly hint: Text
}

export interface Problem extends Text {
  readonly code: string
  readonly severity: Severity
  readonly hint: Text
  readonly at?: Place
  /** The values the sentence was filled with, for machines. */
  readonly values: Readonly<Record<string, string | number>>
}

const known = new Map<string, ProblemKind>()

/** All problem kinds declared by the loaded rooms, for the docs page. */
export const problemKinds = (): ReadonlyMap<string, ProblemKind> => known

export type ProblemMaker<C extends string> = (
  code: C,
  values?: Readonly<Record<string, string | number>>,
  at?: Place,
) => Problem

/** Declares a table of problems and returns the one function that makes them. Codes are `area.what-is-wrong`. */
export function defineProblems<C extends string>(table: Readonly<Record<C, ProblemKind>>): ProblemMaker<C> {
  for (const [code, kind] of Object.entries<ProblemKind>(table)) {
    assert(/^[a-z][a-z0-9-]*\.[a-z0-9.-]+$/.test(code), `problem code ${code}`)
    known.set(code, kind)
  }
  return (code, values = {}, at) => {
    const kind = table[code]
    return {
      code,
      severity: kind.severity,
      zh: fill(kind.zh, values),
      en: fill(kind.en, values),
      hint: { zh: fill(kind.hint.zh, values), en: fill(kind.hint.en, values) },
      ...(at ? { at } : {}),
      values,
    }
  }
}

/** Thrown where work cannot go on; carries every problem found so far, so that a user mends them in one go. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: Problem | readonly Problem[]) {
    const all: readonly Problem[] = Array.isArray(problems) ? problems : [problems as Problem]
    super(all.map((p) => `${p.code}: ${p.zh} / ${p.en}`).join('\n'))
    this.name = 'ProblemError'
    this.problems = all
  }
}

/** `工作簿.xlsx › 面积 › C7` or `rules/a.yaml:12`. */
export function placeText(at: Place | undefined): string {
  if (!at) return ''
  const file = at.file ?? ''
  if (at.line !== undefined) return `${file}:${at.line}${at.column !== undefined ? `:${at.column}` : ''}`
  const band = at.band === undefined ? undefined : `band ${at.band}`
  const tile = at.tile === undefined ? undefined : `tile ${at.tile.join(',')}`
  const pixel = at.pixel === undefined ? undefined : `pixel ${at.pixel.join(',')}`
  return [file, at.sheet, at.cell, band, tile, pixel, at.field].filter((s) => s !== undefined && s !== '').join(' › ')
}

export function problemText(p: Problem, lang: Lang): string {
  const where = placeText(p.at)
  return `${where ? `${where}: ` : ''}${p[lang]} ${p.hint[lang]}`
}

/** States what only a bug can break. */
export function assert(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(`assertion failed: ${what}`)
}
