// Documents: content goes in as it comes, and is handed out to whoever may see something that has it.
// Always holds: what a browser may draw is told by the content's first bytes, never by its name; everything else is only saved.

import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { FILE_TYPES, type FileType } from '../../core/files/index.ts'
import { API } from '../../core/record/index.ts'
import { takeIn } from '../house/index.ts'
import { actingOf, callerOf } from './caller.ts'
import { nameForReader } from './file-tellers.ts'
import { contentPolicy } from './headers.ts'
import { requireBringer } from './may-bring.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

const HASH = /^[0-9a-f]{64}$/
const NAME_MOST = 200
/** What a browser draws by itself and safely. */
const DRAWN: readonly FileType[] = ['pdf', 'png', 'jpeg']

export async function addFileRoutes(app: FastifyInstance, serving: Serving): Promise<void> {
  const { house, limits } = serving
  // Within: a body of any type is a stream that nothing has read.
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    uploads.put(`${API}/files`, { bodyLimit: limits.fileBytes }, async (request, reply) => {
      const { person } = await callerOf(serving, request, reply)
      await requireBringer(serving, person)
      const name = nameOf(request.headers['x-name'])
      const told = Number(request.headers['content-length'] ?? 0)
      if (told > limits.fileBytes) return refuse(httpProblem('http.body-too-large'))
      const body = request.body instanceof Readable ? request.body : Readable.from([])
      const { hash, size, type, photo, given } = await takeIn(house, body, limits.fileBytes)
      return {
        hash,
        size,
        kind: type,
        ...(name === undefined ? {} : { name }),
        ...(photo === undefined ? {} : { photo }),
        ...(given === undefined ? {} : { given }),
      }
    })
  })

  app.get<{ Params: { hash: string } }>(`${API}/files/:hash`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const { hash } = request.params
    const missing = httpProblem('http.not-found', { what: hash.slice(0, 64) })
    if (!HASH.test(hash)) return refuse(missing)
    const told = await nameForReader(serving, acting, hash)
    const stored = told === undefined ? undefined : await house.files.find(hash)
    if (told === undefined || !stored) return refuse(missing)
    const drawn = DRAWN.includes(stored.type)
    const name = encodeURIComponent(told)
    return reply
      .type(drawn ? FILE_TYPES[stored.type].media : 'application/octet-stream')
      .header('content-length', stored.size)
      .header('content-disposition', `${drawn ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
      .header('content-security-policy', contentPolicy(stored.type === 'pdf'))
      .header('x-frame-options', 'SAMEORIGIN')
      .send(Readable.from(house.files.read(hash)))
  })
}

/** The last part of a name that came percent-encoded. */
function nameOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  const wrong = (): never => refuse(httpProblem('http.parameter', { name: 'x-name', why: '写法不对 malformed' }))
  if (typeof header !== 'string') return wrong()
  try {
    const name = decodeURIComponent(header).normalize('NFC').split(/[/\\]/).at(-1)!
    return name === '' || name.length > NAME_MOST || /\p{Cc}/u.test(name) ? wrong() : name
  } catch {
    return wrong()
  }
}
