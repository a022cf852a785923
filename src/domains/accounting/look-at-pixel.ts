// Opens the maps behind a package again and explains pixels of them. The package's rules and list are used, never today's.

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

export interface PixelMaps {
  readonly folder: string
  readonly list: InputList
  readonly book: RuleBook
  readonly account: Account
}

export interface PixelLook extends PixelMaps {
  /** `lon,lat` in degrees or `x,y` of the map. */
  readonly at: readonly [number, number]
  /** Only the figure with this code. */
  readonly code?: string
}

/** The maps of an account, open for as many looks as are wanted. */
export interface OpenPixels {
  /** @throws ProblemError where the point is on no pixel of the account */
  look(at: readonly [number, number], code?: string): PixelPassport
  close(): void
}

/** @throws ProblemError where there are no maps */
export function openPixels({ folder, list, book, account }: PixelMaps): OpenPixels {
  const read = readFacts(folder, list, { classification: classificationOf(book) })
  const { stack, problems } = openMaps(folder, list, read, book, 'with-pass')
  if (!stack) throw new ProblemError(problems.length > 0 ? problems : [accountProblem('account.no-maps')])
  const { world } = explainer(account, book, list.overrides ?? [])
  return {
    look: (at, code) => {
      const place = pixelAt(stack.grid, at[0], at[1])
      const found = place && pixelPassport(place, stack, world)
      if (!found) throw new ProblemError(accountProblem('account.no-pixel', { x: at[0], y: at[1] }))
      return code === undefined ? found : { ...found, figures: found.figures.filter((f) => f.figure.code === code) }
    },
    close: () => stack.close(),
  }
}

/** One look. @throws ProblemError where there are no maps, or the point is outside them */
export function lookAtPixel({ at, code, ...maps }: PixelLook): PixelPassport {
  const pixels = openPixels(maps)
  try {
    return pixels.look(at, code)
  } finally {
    pixels.close()
  }
}
