// An address of the server that no command or query makes, as the description tells it.

import type { JsonObject } from '../../kernel/index.ts'

type Method = 'get' | 'post' | 'put' | 'delete'

export interface OwnPath {
  readonly method: Method
  /** As in OpenAPI: `{id}`. */
  readonly path: string
  readonly zh: string
  readonly en: string
  readonly tag: 'session' | 'menu' | 'files' | 'log' | 'runs' | 'accounts' | 'service'
  /** Whether the header with the role is wanted. */
  readonly role?: boolean
  readonly body?: JsonObject
  /** The type of what is answered, where it is not JSON. */
  readonly answers?: string
  readonly status?: '200' | '201' | '202' | '204' | '302' | '303'
}

export const text: JsonObject = { type: 'string' }
export const object = (
  properties: Readonly<Record<string, JsonObject>>,
  optional: readonly string[] = [],
): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
})
