// HTTP over an open house.

export { openServer, type Server } from './open-server.ts'
export { apiDocument } from './docs-routes.ts'
export { LIMITS, type Limits, type ServerOptions } from './options.ts'
