// Who may bring content into the house and have it computed: whoever holds a role that may do something with it. A villager's or a
// bank's account fills nobody's disk and keeps nobody's processor busy.

import { civilDateIn, type Field, type Fields, type Uuid } from '../../kernel/index.ts'
import { roleMay, rolesOf } from '../../core/identity/index.ts'
import type { Registry } from '../../core/record/index.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const holdsFile = (fields: Fields): boolean =>
  Object.values(fields).some(
    (f: Field) => f.kind === 'file-hash' || holdsFile(f.fields ?? {}) || (f.item ? holdsFile({ item: f.item }) : false),
  )

const takers = new WeakMap<Registry, ReturnType<typeof findTakers>>()
/** Commands that take what was brought: each names content by its hash. */
const findTakers = (registry: Registry) => registry.commands.filter(({ input }) => holdsFile(input.fields))

function takersOf(registry: Registry): ReturnType<typeof findTakers> {
  const found = takers.get(registry) ?? findTakers(registry)
  takers.set(registry, found)
  return found
}

/** @throws ProblemError `http.may-not-bring` */
export async function requireBringer({ house }: Serving, person: Uuid): Promise<void> {
  const today = civilDateIn(house.world.now(), house.settings.zone)
  const may = (await rolesOf(house.store, house.roles, person, today)).some(({ role }) =>
    takersOf(house.registry).some(({ name, groups = [] }) => roleMay(role, { kind: 'command', name, groups })),
  )
  if (!may) refuse(httpProblem('http.may-not-bring'))
}
