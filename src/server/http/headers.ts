// Headers that keep a page from being framed, sniffed or fed foreign script; with every answer.

import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** Nothing from elsewhere. Styles may stand in elements: the component library of the workbench writes them so. */
const POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: [`'none'`],
    scriptSrc: [`'self'`],
    styleSrc: [`'self'`, `'unsafe-inline'`],
    imgSrc: [`'self'`, 'data:', 'blob:'],
    fontSrc: [`'self'`, 'data:'],
    connectSrc: [`'self'`],
    workerSrc: [`'self'`, 'blob:'],
    // Documents stand in a drawer of the workbench.
    frameSrc: [`'self'`],
    baseUri: [`'none'`],
    formAction: [`'self'`],
    frameAncestors: [`'none'`],
  },
}

/** Pages that are read without script. */
export const READ_ONLY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A look at a document: no script, and only a page of ours may hold it. */
export const PREVIEW_POLICY = READ_ONLY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")

/** Content as it was given: nothing of it runs, nothing is fetched, and only a page of ours may hold it. A PDF is without the sandbox,
 *  in which browsers show none; one with script was refused when it came. */
export const contentPolicy = (isPdf: boolean): string =>
  `default-src 'none'; style-src 'unsafe-inline'; ${isPdf ? "object-src 'self'" : 'sandbox'}; frame-ancestors 'self'`

export async function addHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: POLICY,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  })
}
