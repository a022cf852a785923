// The mark at the address where every browser looks for it, so that no page has to name it and none complains.

import { MARK_SVG } from '../../kernel/index.ts'
import type { FastifyInstance } from 'fastify'
import { sendServed, servedFile } from './workbench-files.ts'

const MARK = servedFile(Buffer.from(MARK_SVG), 'image/svg+xml')

export function addMarkRoute(app: FastifyInstance): void {
  app.get('/favicon.ico', (request, reply) => sendServed(request, reply, MARK, 'public, max-age=86400'))
}
