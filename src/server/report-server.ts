// Serves the files of one report folder on loopback: read only, no directory listing, no path from the address touches
// the disk — the address is looked up among the file names read at start.

import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.zip': 'application/zip',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}

/** Pages carry inline styles and pictures and no script at all. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

export async function reportServer(folder: string): Promise<FastifyInstance> {
  const names = (await readdir(folder, { withFileTypes: true, recursive: true }))
    .filter((e) => e.isFile())
    .map((e) => relative(folder, join(e.parentPath, e.name)).split(sep).join('/'))
  const app = Fastify({ forceCloseConnections: true })
  app.addHook('onSend', async (_, reply) => void reply.headers(HEADERS))
  // The first page of the folder where it has one; older folders have the report alone.
  const first = names.includes('start.html') ? '/start.html' : '/index.html'
  app.get('/', (_, reply) => reply.redirect(first))
  app.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
    const name = names.find((n) => n.normalize('NFC') === request.params['*'].normalize('NFC'))
    if (name === undefined)
      return reply.code(404).type('text/plain; charset=utf-8').send('没有这个页面。/ There is no such page.')
    return reply.type(TYPES[extname(name)] ?? 'application/octet-stream').send(await readFile(join(folder, name)))
  })
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).type('text/plain; charset=utf-8').send('没有这个页面。/ There is no such page.'),
  )
  return app
}
