// What a role may do and ask, and the forms to do it with.

import type { FastifyInstance } from 'fastify'
import { civilDateIn, exampleOf, jsonSchema, type Json, type JsonObject, type Text } from '../../kernel/index.ts'
import { rolesOf, roleMay } from '../../core/identity/index.ts'
import { API, kebab, type AnyCommand, type AnyQuery } from '../../core/record/index.ts'
import { actingOf, callerOf } from './caller.ts'
import type { Offered } from './offered.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

export function addMenuRoutes(app: FastifyInstance, serving: Serving, all: Offered): void {
  const { house } = serving
  const chapters = chaptersOf(serving)
  /** What every role of the house is called, for pages that name roles of other people. */
  const titles = Object.fromEntries(house.roles.all.map(({ id, title }) => [id, { ...title }]))

  app.get(`${API}/menu`, async (request, reply) => {
    const { person, role: name } = await actingOf(serving, request, reply)
    const today = civilDateIn(house.world.now(), house.settings.zone)
    const held = (await rolesOf(house.store, house.roles, person, today)).find(({ role }) => role.id === name)
    const role = held?.role
    if (!role) return refuse(httpProblem('http.role-not-held', { role: name }))
    const may = (kind: 'command' | 'query', { name: of, groups = [] }: AnyCommand | AnyQuery): boolean =>
      roleMay(role, { kind, name: of, groups })
    return {
      commands: all.commands
        .filter(({ command }) => may('command', command))
        .map(({ command, path }) => ({
          name: command.name,
          path,
          title: command.title,
          approval: command.approval !== undefined,
          ...chapters.get(command.name),
        })),
      queries: all.queries
        .filter(({ query }) => may('query', query))
        .map(({ query, path, method }) => ({
          name: query.name,
          path,
          title: query.title,
          // A word of it is personal: it is asked with a body.
          ...(method === 'POST' ? { posted: true } : {}),
          ...chapters.get(query.name),
        })),
      roles: titles,
    }
  })

  const forms = new Map<string, Json>([
    ...all.commands.map(({ command, path }) => [kebab(command.name), commandForm(command, path)] as const),
    ...all.queries.map(({ query, path }) => [`query/${kebab(query.name)}`, queryForm(query, path)] as const),
  ])
  app.get<{ Params: { '*': string } }>(`${API}/forms/*`, async (request, reply) => {
    await callerOf(serving, request, reply)
    const name = request.params['*']
    return forms.get(name) ?? refuse(httpProblem('http.not-found', { what: name.slice(0, 60) }))
  })
}

interface Chapter {
  readonly group: string
  readonly groupTitle: Text
}

/** The domain a command or query belongs to. */
const chaptersOf = ({ house }: Serving): ReadonlyMap<string, Chapter> =>
  new Map(
    house.registry.domains.flatMap((d) =>
      [...(d.commands ?? []), ...(d.queries ?? [])].map(({ name }) => [name, { group: d.name, groupTitle: d.title }]),
    ),
  )

const commandForm = (c: AnyCommand, path: string): JsonObject => ({
  kind: 'command',
  name: c.name,
  verb: kebab(c.name),
  version: c.version,
  title: { ...c.title },
  ...(c.clause === undefined ? {} : { clause: c.clause }),
  approval: c.approval !== undefined,
  path,
  schema: jsonSchema(c.input),
  example: exampleOf(c.input),
})

const queryForm = (q: AnyQuery, path: string): JsonObject => ({
  kind: 'query',
  name: q.name,
  verb: kebab(q.name),
  title: { ...q.title },
  path,
  input: jsonSchema(q.input),
  row: jsonSchema(q.row, 'shown'),
  example: exampleOf(q.input),
})
