// The public log: its files as they lie in the folder, the page that verifies proofs, and the proof of one act.
// Always holds: an address becomes a path only where it is spelled like a tile; of an act above the reader's grade the proof
// shows its place in the log and nothing of it.

import type { FastifyInstance } from 'fastify'
import { isUuid, MASK } from '../../kernel/index.ts'
import {
  buildVerifierPage,
  CHECKPOINT_PATH,
  makeProof,
  parseTilePath,
  TILE_WIDTH,
  writeProof,
} from '../../core/evidence/index.ts'
import { API } from '../../core/record/index.ts'
import { logFolder } from '../house/index.ts'
import { actingOf } from './caller.ts'
import { httpProblem } from './problems.ts'
import type { Publishing } from './publishing.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'
import { sendServed, servedFile } from './workbench-files.ts'

export function addLogRoutes(app: FastifyInstance, serving: Serving, publishing: Publishing): void {
  const { house, options } = serving
  const folder = logFolder(house.folder)

  app.get<{ Params: { '*': string } }>('/log/*', async (request, reply) => {
    const path = request.params['*']
    const tile = parseTilePath(path)
    const bytes = tile || path === CHECKPOINT_PATH ? await folder.read(path) : undefined
    if (!bytes) return refuse(httpProblem('http.not-found', { what: 'log' }))
    // A full tile never changes. Anybody may read the log from their own pages.
    const kept = tile?.width === TILE_WIDTH ? 'public, max-age=31536000, immutable' : 'no-cache'
    return reply
      .type(tile ? 'application/octet-stream' : 'text/plain; charset=utf-8')
      .header('cache-control', kept)
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('access-control-allow-origin', '*')
      .send(Buffer.from(bytes))
  })

  app.get<{ Params: { id: string } }>(`${API}/acts/:id/proof`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { id } = request.params
    const missing = httpProblem('http.not-found', { what: id.slice(0, 60) })
    if (!isUuid(id)) return refuse(missing)
    const answer = await house.ask({ query: 'actContent', input: { act: id }, ...acting })
    if (!answer.ok) return refuse(...answer.problems)
    const [found] = answer.rows
    if (!found) return refuse(missing)
    const { content, salt, leaf: at } = found as Readonly<Record<string, string>>
    const leaf = Number(at)
    await publishing.upTo(leaf)
    const { checkpoint, size } = (await publishing.published())!
    if (content === MASK || salt === MASK) return { act: MASK, leaf, size, checkpoint, proof: null }
    const proof = await makeProof({
      act: content!,
      salt: Uint8Array.from(Buffer.from(salt!, 'hex')),
      index: leaf,
      revealed: [],
      read: folder.read,
      checkpoint,
    })
    return { act: JSON.parse(content!) as unknown, leaf, size, checkpoint, proof: writeProof(proof) }
  })

  const { verifierScript } = options
  if (verifierScript === undefined) return
  const { settings } = house
  const text = buildVerifierPage(verifierScript, {
    logs: [settings.verifierKey, ...(settings.sm2VerifierKey === undefined ? [] : [settings.sm2VerifierKey])],
    witnesses: settings.witnesses.map((w) => w.verifierKey),
    quorum: settings.witnesses.length,
  })
  const page = servedFile(Buffer.from(text), 'text/html; charset=utf-8')
  // The page carries its own policy, with the hashes of its script and style; headers may not ask for less.
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)![1]!
  app.get('/verify', (request, reply) =>
    sendServed(request, reply.header('content-security-policy', `${policy}; frame-ancestors 'none'`), page, 'no-cache'),
  )
}
