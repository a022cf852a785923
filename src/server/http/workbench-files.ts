// The files of the workbench: its page at `/` and under `/w/`, its assets by the names the build gave them. Read into memory
// once and packed once; no address ever becomes a path.

import { readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export interface ServedFile {
  readonly type: string
  readonly bytes: Buffer
  readonly packed: Buffer
  readonly etag: string
}

export function servedFile(bytes: Buffer, type: string): ServedFile {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { type, bytes, packed: gzipSync(bytes, { level: 9 }), etag }
}

/** @param kept how long a browser may keep it without asking */
export function sendServed(request: FastifyRequest, reply: FastifyReply, file: ServedFile, kept: string): FastifyReply {
  const packs = String(request.headers['accept-encoding'] ?? '').includes('gzip')
  reply.type(file.type).header('cache-control', kept).header('etag', file.etag).header('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
  return packs ? reply.header('content-encoding', 'gzip').send(file.packed) : reply.send(file.bytes)
}

/** Assets have the hash of their content in their names. */
const FOR_EVER = 'public, max-age=31536000, immutable'

export function addWorkbench(app: FastifyInstance, folder: string): void {
  const page = servedFile(readFileSync(join(folder, 'index.html')), TYPES['.html']!)
  const assets = new Map<string, () => ServedFile>(
    readdirSync(join(folder, 'assets')).map((name) => {
      let made: ServedFile | undefined
      const type = TYPES[extname(name)] ?? 'application/octet-stream'
      return [name, () => (made ??= servedFile(readFileSync(join(folder, 'assets', name)), type))]
    }),
  )
  for (const path of ['/', '/w', '/w/*'])
    app.get(path, (request, reply) => sendServed(request, reply, page, 'no-cache'))
  app.get<{ Params: { name: string } }>('/assets/:name', (request, reply) => {
    const file = assets.get(request.params.name)
    return file ? sendServed(request, reply, file(), FOR_EVER) : reply.callNotFound()
  })
}
