// What the addresses of an account answer. Loaded with the first of them, since it brings the whole of accounting along, and a
// house without accounts needs none of it.

import { parsePassportCode, ProblemError } from '../../kernel/index.ts'
import {
  accountProblem,
  reportFiles,
  USES,
  type Basis,
  type PassportNode,
  type PixelPassport,
} from '../../domains/accounting/index.ts'
import type { PixelOpened, ReasonNode, Why } from '../told/index.ts'
import { compareView } from './account-compare.ts'
import { mapView } from './account-map.ts'
import { accountShelf, type Shelved } from './account-shelf.ts'
import {
  classesView,
  findingsView,
  groundsView,
  headView,
  regionsView,
  statementView,
  unitText,
} from './account-views.ts'

export { compareView, classesView, findingsView, groundsView, headView, mapView, regionsView, statementView }
export { accountShelf, reportFiles, type Shelved }

/** A figure opened down to its cells. @throws ProblemError `account.no-such-code` */
export function whyView(s: Shelved, typed: string): Why {
  const code = parsePassportCode(typed)
  const passport = code === undefined ? undefined : s.explained.byCode(code)
  if (!passport) throw new ProblemError(accountProblem('account.no-such-code', { code: typed.slice(0, 40) }))
  return {
    ...passport,
    root: worded(passport.root),
    fitness: passport.fitness.map(({ use, fit, why }) => ({ use: USES[use], fit, why })),
    lines: passport.lines.map((l) => ({ ...l, unit: unitText(l.value.unit) })),
  }
}

/** A node with its unit in words; digests of maps are taken here, while the maps are open. */
const worded = (n: PassportNode): ReasonNode => ({
  ...n,
  ...(n.origin ? { origin: { ...n.origin } } : {}),
  unit: n.value.unit === '' ? { zh: '', en: '' } : unitText(n.value.unit),
  children: n.children.map(worded),
})

/** One pixel opened. @throws ProblemError where there is none */
export async function pixelView(
  s: Shelved,
  at: readonly [number, number],
  code: string | undefined,
): Promise<PixelOpened> {
  const found: PixelPassport = (await s.pixels()).look(at, code)
  return {
    place: found.place,
    region: s.account.head.regions.find((r) => r.code === found.region)?.name ?? { zh: found.region, en: found.region },
    class: s.className(found.class),
    areaM2: found.areaM2,
    figures: found.figures.map(({ figure, node, missing }) => ({
      code: figure.code,
      title: figure.title,
      ...(node ? { node: worded(node) } : {}),
      ...(missing ? { missing } : {}),
    })),
  }
}

export const isBasis = (text: string): text is Basis => text === 'constant' || text === 'current'
