// One line of JSON a request: when, what route, which status, how long, and its number. Nothing else of it is ever written: no
// body, no address of a person, no value of a query, no name.

import { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify'

/** Settings of the framework's logger; without a place for the lines there is none. */
export const logSettings = (line: ((text: string) => void) | undefined): NonNullable<FastifyServerOptions['logger']> =>
  line === undefined
    ? false
    : {
        level: 'info',
        base: null,
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }), bindings: () => ({}) },
        // Whoever logs a request, a reply or an error by mistake writes nothing of it.
        serializers: { req: () => ({}), res: () => ({}), err: () => ({ type: '', message: '', stack: '' }) },
        stream: { write: (text: string) => line(text.trimEnd()) },
      }

/** The framework's own lines, which name addresses, are not written. */
export const logController = (): LogController =>
  new LogController({ disableRequestLogging: true, requestIdLogLabel: 'id' })

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? '-',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    })
    done()
  })
}
