// Opens the maps behind a package again and explains one pixel of them. The package's rules and list are used, never today's.

import { ProblemError } from '../../kernel/index.ts'
import type { RuleBook } from '../../core/rules/index.ts'
import { explainer } from './explain.ts'
import type { InputList } from './input-list.ts'
import { readFacts } from './inputs/index.ts'
import { openMaps } from './maps/open-maps.ts'
import type { Account } from './model.ts'
import { pixelAt, pixelPassport, type PixelPassport } from './pixel-passport.ts'
import { accountProblem } from './problems.ts'
import { classificationOf } from './run.ts'

export interface PixelLook {
  readonly folder: string
  readonly list: InputList
  readonly book: RuleBook
  readonly account: Account
  /** `lon,lat` in degrees or `x,y` of the map. */
  readonly at: readonly [number, number]
  /** Only the figure with this code. */
  readonly code?: string
}

/** @throws ProblemError where there are no maps, or the point is outside them */
export function lookAtPixel({ folder, list, book, account, at, code }: PixelLook): PixelPassport {
  const read = readFacts(folder, list, { classification: classificationOf(book) })
  const opened = openMaps(folder, list, read, book)
  if (!opened.stack)
    throw new ProblemError(opened.problems.length > 0 ? opened.problems : [accountProblem('account.no-maps')])
  try {
    const place = pixelAt(opened.stack.grid, at[0], at[1])
    const { world } = explainer(account, book, list.overrides ?? [])
    const found = place && pixelPassport(place, opened.stack, world)
    if (!found) throw new ProblemError(accountProblem('account.no-pixel', { x: at[0], y: at[1] }))
    return code === undefined ? found : { ...found, figures: found.figures.filter((f) => f.figure.code === code) }
  } finally {
    opened.stack.close()
  }
}
