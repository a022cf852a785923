// Who may bring content into the house and have it computed: whoever holds a role that may do something with it. A villager's or a
// bank's account fills nobody's disk and keeps nobody's processor busy.

import { civilDateIn, type Uuid } from '../../kernel/index.ts'
import { roleMay, rolesOf } from '../../core/identity/index.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

/** Commands that take what was brought: each of them names content by its hash. */
const TAKERS = ['attachDocument', 'approveOnPaper', 'registerAccount'] as const

/** @throws ProblemError `http.may-not-bring` */
export async function requireBringer({ house }: Serving, person: Uuid): Promise<void> {
  const today = civilDateIn(house.world.now(), house.settings.zone)
  const takers = TAKERS.map((name) => house.registry.getCommand(name))
  const may = (await rolesOf(house.store, house.roles, person, today)).some(({ role }) =>
    takers.some(({ name, groups = [] }) => roleMay(role, { kind: 'command', name, groups })),
  )
  if (!may) refuse(httpProblem('http.may-not-bring'))
}
