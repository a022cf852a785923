// The table of HTTP routes: a command is posted to its own address, a query is asked with the words of its form, or with a body.
// Always holds: a query that asks for something personal has no words of address; addresses end up in the logs of every machine on
// the way.

import { describeForm, isSealed, type Text } from '../../../kernel/index.ts'
import type { AnyCommand, AnyQuery } from '../model.ts'
import { kebab, type Declared } from './declared.ts'

export const API = '/api/v1'
/** In which of their roles the person acts; a request acts in one. */
export const ROLE_HEADER = 'Qingshan-Role'

interface AnyRoute {
  /** `/api/v1/acts/issue-permit` */
  readonly path: string
  readonly title: Text
}
export interface CommandRoute extends AnyRoute {
  readonly kind: 'command'
  readonly method: 'POST'
  readonly command: AnyCommand
}
export interface QueryRoute extends AnyRoute {
  readonly kind: 'query'
  /** GET: with words or with a body. POST: with a body only, since a word of it is personal. */
  readonly method: 'GET' | 'POST'
  readonly query: AnyQuery
}
export type Route = CommandRoute | QueryRoute

export const routes = ({ commands, queries }: Declared): readonly Route[] => [
  ...commands.map((command): CommandRoute => ({
    kind: 'command',
    method: 'POST',
    path: `${API}/acts/${kebab(command.name)}`,
    title: command.title,
    command,
  })),
  ...queries.map((query): QueryRoute => ({
    kind: 'query',
    method: asksPersonal(query) ? 'POST' : 'GET',
    path: `${API}/queries/${kebab(query.name)}`,
    title: query.title,
    query,
  })),
]

const asksPersonal = ({ input }: AnyQuery): boolean => describeForm(input).some((row) => isSealed(row.grade))
