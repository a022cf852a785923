// The description of the interface, for machines and for people; made once from what is declared.

import type { FastifyInstance } from 'fastify'
import type { JsonObject } from '../../kernel/index.ts'
import { openApi, type Declared } from '../../core/record/index.ts'
import { docsPage } from './docs-page.ts'
import { READ_ONLY_POLICY } from './headers.ts'
import { offered } from './offered.ts'
import { ownPaths } from './own-paths.ts'
import type { Serving } from './serving.ts'
import { sendServed, servedFile } from './workbench-files.ts'

/** The whole interface of a server over these commands and queries. */
export function apiDocument(declared: Declared, version: string): JsonObject {
  const document = openApi(offered(declared), { title: '青山 Qingshan', version })
  return { ...document, paths: { ...ownPaths(), ...(document['paths'] as JsonObject) } }
}

export function addDocsRoutes(app: FastifyInstance, serving: Serving): void {
  const document = apiDocument(serving.house.registry, serving.options.engine)
  const json = servedFile(Buffer.from(JSON.stringify(document)), 'application/json; charset=utf-8')
  const page = servedFile(Buffer.from(docsPage(document)), 'text/html; charset=utf-8')
  app.get('/openapi.json', (request, reply) => sendServed(request, reply, json, 'no-cache'))
  app.get('/docs', (request, reply) =>
    sendServed(request, reply.header('content-security-policy', READ_ONLY_POLICY), page, 'no-cache'),
  )
}
