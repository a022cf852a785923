// What a form component needs to draw a command or the search of a query: titles, the JSON Schema and an example.

import { exampleOf, jsonSchema, type JsonObject, type Text } from '../../../kernel/index.ts'
import { kebab, type Declared } from './declared.ts'
import { routes } from './routes.ts'

export interface FormSchema {
  readonly kind: 'command' | 'query'
  readonly name: string
  /** `issue-permit`, as in its address and its verb. */
  readonly verb: string
  readonly title: Text
  readonly version?: number
  readonly clause?: string
  readonly path: string
  readonly schema: JsonObject
  readonly example: JsonObject
}

export const formSchemas = (declared: Declared): readonly FormSchema[] =>
  routes(declared).map((route): FormSchema => {
    const of = route.kind === 'command' ? route.command : route.query
    return {
      kind: route.kind,
      name: of.name,
      verb: kebab(of.name),
      title: route.title,
      ...(route.kind === 'command' ? { version: route.command.version } : {}),
      ...(route.kind === 'command' && route.command.clause !== undefined ? { clause: route.command.clause } : {}),
      path: route.path,
      schema: jsonSchema(of.input),
      example: exampleOf(of.input),
    }
  })
