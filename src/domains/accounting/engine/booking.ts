// Booking a service that is known only as a whole (visits, emissions) on ecosystem types: in proportion to their areas,
// with the residue of money to the largest remainders, so that the parts add up to the whole to the fen.

import { text, type Text } from '../../../kernel/index.ts'
import { METHODS } from '../methods/index.ts'
import type { Line, Recipe, Ref } from '../model.ts'
import type { Draft } from './draft.ts'
import type { FactTable } from './fact-table.ts'

export function bookOnClasses(
  lines: readonly Line[],
  draft: Draft,
  facts: FactTable,
  className: (c: string) => Text,
): readonly Line[] {
  return lines.flatMap((line) => {
    const books = METHODS.find((m) => m.id === line.method)?.books ?? []
    if (line.class !== '-' || line.state !== 'computed' || books.length < 2) return [line]
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
        const recipe: Recipe = { kind: 'share', of: { figure: whole.key }, weights, index }
        const c = className(cls)
        const title = text(`${whole.title.zh}·${c.zh}`, `${whole.title.en} · ${c.en}`)
        const { measure, basis, region, service, item } = whole
        return draft.add({ measure, basis, region, class: cls, service, item }, title, recipe, { method: line.method })
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
