// What a server is opened with, and the limits it keeps. Every limit is a number here with its reason and nowhere else.

import type { PasswordCost } from '../../core/identity/index.ts'

export interface Limits {
  /** Bytes of a body that is not a file: what a form may hold, written in Chinese, with room to spare. */
  readonly bodyBytes: number
  /** Bytes of one uploaded file. */
  readonly fileBytes: number
  /** Requests a minute from one address. An office behind one address has some fifty people. */
  readonly requestsPerMinute: number
  /** Sign-ins and changes of password a minute from one address: people mistype, programs guess. */
  readonly signInsPerMinute: number
  /** Public forms a minute from one address: the computer of a village office, at which many sit one after the other. */
  readonly publicFormsPerMinute: number
}

export const LIMITS: Limits = {
  bodyBytes: 8 * 1024 * 1024,
  fileBytes: 512 * 1024 * 1024,
  requestsPerMinute: 6_000,
  signInsPerMinute: 20,
  publicFormsPerMinute: 6,
}

export interface ServerOptions {
  /** `qingshan 0.1.0` */
  readonly engine: string
  /** The cookie is sent over TLS only. False where people open the server on the machine it runs on. */
  readonly secure: boolean
  readonly limits?: Partial<Limits>
  /** Takes one line of JSON a request; none are written without it. */
  readonly logLine?: (line: string) => void
  /** Where a reverse proxy stands in front, its addresses; the caller's address is then the one it tells. */
  readonly proxies?: readonly string[]
  /** Folder of the bundled workbench: `index.html` and `assets/`. */
  readonly workbench?: string
  /** The script of the page that verifies proofs. */
  readonly verifierScript?: string
  /** The bundled command line that long runs are started with, `dist/main.mjs`. */
  readonly entry?: string
  /** The secret at the identity provider; left out, the one kept in the data folder. */
  readonly providerSecret?: string
  /** Runs the clock that does what is due, and publishes the log a moment after something was done. */
  readonly clock?: boolean
  /** What a hash costs; tests take less. */
  readonly cost?: PasswordCost
}
