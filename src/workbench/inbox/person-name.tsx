// Who did it, as far as the role may know: the name with the login name, else where the person works with the login name.

import { MASK } from '../../kernel/index.ts'
import { usePersonName } from '../api/names.ts'
import type { Person } from './request.ts'

export function PersonName({ of: { person, login, name } }: { readonly of: Person }) {
  const known = name !== undefined && name !== MASK
  const called = usePersonName(person, !known)
  if (known) return login === undefined ? name : `${name}（${login}）`
  return <span title={login ?? person}>{called === person ? (login ?? person.slice(0, 8)) : called}</span>
}

/** Of whom only id or login name is known. */
export const NameOf = ({ who }: { readonly who: string }) => <span title={who}>{usePersonName(who)}</span>
