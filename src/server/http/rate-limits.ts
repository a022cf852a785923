// How often one address may ask: generously for everything, strictly where passwords are tried.

import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import type { Limits } from './options.ts'

const MINUTE = 60_000
/** Addresses counted at a time. */
const ADDRESSES = 20_000

export async function addRateLimits(app: FastifyInstance, limits: Limits): Promise<void> {
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: MINUTE,
    cache: ADDRESSES,
    // Only `retry-after`, where it matters: other headers with every answer say nothing anybody reads.
    addHeaders: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
      'retry-after': true,
    },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: (_, { ttl }) =>
      Object.assign(new Error('too many requests'), { statusCode: 429, seconds: Math.ceil(ttl / 1000) }),
  })
}

/** Options of a route where passwords are tried. */
export const strictly = ({ signInsPerMinute }: Limits) => ({
  config: { rateLimit: { max: signInsPerMinute, timeWindow: MINUTE } },
})
