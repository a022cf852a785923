// Units as vector tiles for the map: what the reader may see of a window, cut when it is asked for.

import type { FastifyInstance } from 'fastify'
import { MOST_ZOOM, tileBox, unitTile, type FoundUnit } from '../../core/places/index.ts'
import { API } from '../../core/record/index.ts'
import { actingOf } from './caller.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'
import type { Serving } from './serving.ts'

interface TileAsked {
  readonly Params: { readonly z: string; readonly x: string; readonly y: string }
  readonly Querystring: { readonly on?: string }
}

const MEDIA = 'application/vnd.mapbox-vector-tile'

export function addPlaceRoutes(app: FastifyInstance, serving: Serving): void {
  app.get<TileAsked>(`${API}/places/tiles/:z/:x/:y`, async (request, reply) => {
    const acting = await actingOf(serving, request, reply)
    const [z, x, y] = [request.params.z, request.params.x, request.params.y].map(numberOf) as [number, number, number]
    if (!(z <= MOST_ZOOM && x < 2 ** z && y < 2 ** z)) return refuse(httpProblem('http.unknown-route'))
    const box = tileBox({ z, x, y })
    const [west, south, east, north] = [box.west, box.south, box.east, box.north].map((v) => v.toFixed(9))
    const answer = await serving.answers.ask({
      query: 'unitsInWindow',
      input: { west, south, east, north, on: request.query.on },
      ...acting,
    })
    if (!answer.ok) return refuse(...answer.problems)
    const bytes = await unitTile(answer.rows as unknown as readonly FoundUnit[], { z, x, y })
    return reply.type(MEDIA).send(Buffer.from(bytes))
  })
}

/** NaN for what is no whole number. */
const numberOf = (word: string): number => (/^\d{1,8}$/.test(word) ? Number(word) : NaN)
