// Booking a service that is known only as a whole (visits, emissions) on ecosystem types: in proportion to their areas,
// with the residue of money to the largest remainders, so that the parts add up to the whole to the fen.

import { text, type Text } from '../../../kernel/index.ts'
import { figureKey } from '../figure-key.ts'
import { findMethod } from '../methods/index.ts'
import type { Line, Recipe, Ref } from '../model.ts'
import type { Draft } from './draft.ts'
import type { FactTable } from './fact-table.ts'

/** The classes a line is booked on, if it has a value. */
export const booksOf = (line: Pick<Line, 'method' | 'class'>): readonly string[] => {
  const books = line.class === '-' ? (findMethod(line.method)?.books ?? []) : []
  return books.length < 2 ? [] : books
}

export function bookOnClasses(
  lines: readonly Line[],
  draft: Draft,
  facts: FactTable,
  className: (c: string) => Text,
): readonly Line[] {
  return lines.flatMap((line) => {
    const books = booksOf(line)
    if (line.state !== 'computed' || books.length === 0) return [line]
    const classes = books.flatMap((cls) => {
      const ref = facts.find('area', { region: line.region, class: cls })
      return ref ? [{ cls, ref }] : []
    })
    if (classes.length === 0) return [line]
    const weights: readonly Ref[] = classes.map((c) => c.ref)
    return classes.map(({ cls }, index) => {
      const part = (key: string | undefined): string | undefined => {
        const whole = key === undefined ? undefined : draft.find(key)
        if (!whole) return undefined
        const { measure, basis, region, service, item } = whole
        const parts = { measure, basis, region, class: cls, service, item }
        // A quantity that was booked in an earlier run stands.
        const own = figureKey(parts)
        if (draft.standing?.has(own)) return own
        const recipe: Recipe = { kind: 'share', of: { figure: whole.key }, weights, index }
        const c = className(cls)
        const title = text(`${whole.title.zh}·${c.zh}`, `${whole.title.en} · ${c.en}`)
        return draft.add(parts, title, recipe, { method: line.method })
      }
      const [quantity, constant, current] = [part(line.quantity), part(line.constant), part(line.current)]
      return {
        ...line,
        class: cls,
        ...(quantity ? { quantity } : {}),
        ...(constant ? { constant } : {}),
        ...(current ? { current } : {}),
      }
    })
  })
}
