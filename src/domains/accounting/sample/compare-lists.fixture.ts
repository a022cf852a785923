// A proposed input list against the true one: how many entries find the same numbers, and which are wrong and do not ask.

import { quantity } from '../../../kernel/index.ts'
import { findColumn } from '../inputs/columns.ts'
import { openSources, type Sources } from '../inputs/sources.ts'
import type { Binding, InputList } from '../input-list.ts'

export function compareLists(
  proposed: InputList,
  truth: InputList,
  folder: string,
): { readonly right: number; readonly of: number; readonly silentlyWrong: readonly string[] } {
  const sources = openSources(folder)
  const wanted = truth.arguments.map((b) => placeOf(b, sources))
  const guesses = proposed.arguments.map((b) => ({ place: placeOf(b, sources), asked: b.question !== undefined }))
  return {
    right: wanted.filter((t) => guesses.some((g) => g.place === t)).length,
    of: wanted.length,
    silentlyWrong: guesses.filter((g) => !g.asked && !wanted.includes(g.place)).map((g) => g.place),
  }
}

/** Everything by which a binding finds its numbers; its year may be left out where the whole table is of the account's. */
function placeOf(b: Binding, sources: Sources): string {
  const sheet = sources.sheet(b.file, b.sheet)
  const heading = 'code' in sheet ? undefined : findColumn(sources.table(sheet, b.header), b.column)
  const column = heading && 'col' in heading ? heading.column : '?'
  return JSON.stringify([
    b.argument,
    b.file,
    b.sheet,
    column,
    b.where?.is,
    b.region,
    b.class,
    b.item,
    quantity(1, b.unit).unit.text,
  ])
}
