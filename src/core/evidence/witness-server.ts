// `qingshan witness`: the witness behind HTTP (C2SP tlog-witness), one small process with one state file. Requests are
// answered one after another in one turn of the event loop, so checking and remembering are one step, and a signature
// leaves only after the new state is on the disk.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ProblemError } from '../../kernel/index.ts'
import { problem } from './problems.ts'
import { addCheckpoint, type WitnessSettings, type WitnessState } from './witness.ts'
import { lockWitnessState, readWitnessState, saveWitnessState } from './witness-state.ts'

/** 63 hashes and a checkpoint with sixteen post-quantum signatures fit. */
const MAX_BODY_BYTES = 128 * 1024
/** A log sends a few kilobytes; whoever takes longer holds the line. */
const REQUEST_MS = 10_000

export interface WitnessProcess extends WitnessSettings {
  readonly stateFile: string
  /** 0 for any free port. */
  readonly port: number
  readonly host: string
  readonly nowSeconds: () => number
  /** Told each request: origin is not known before it is parsed, so the status says it all. */
  readonly report?: (status: number) => void
}

export interface RunningWitness {
  /** `http://127.0.0.1:PORT` */
  readonly address: string
  readonly state: () => WitnessState
  readonly close: () => Promise<void>
}

/** @throws ProblemError log.witness-key, log.witness-state-broken, log.witness-runs-already; Error where the port is taken */
export async function startWitness(settings: WitnessProcess): Promise<RunningWitness> {
  const { kind, name } = settings.signer
  if (kind !== 'cosignature') throw new ProblemError(problem('log.witness-key', { name }))
  const release = lockWitnessState(settings.stateFile)
  let state: WitnessState
  let server: Server
  try {
    state = readWitnessState(settings.stateFile)
    server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
      void answer(request, response)
    })
    await new Promise<void>((done, fail) => {
      server.once('error', fail)
      server.listen(settings.port, settings.host, done)
    })
  } catch (e) {
    release()
    throw e
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      settings.report?.(status)
      response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body)
    }
    if (request.url !== '/add-checkpoint') return send(404, 'not found\n')
    if (request.method !== 'POST') return send(405, 'POST only\n')
    const body = await readBody(request)
    if (body === 'too-long') {
      response.setHeader('connection', 'close')
      return send(413, 'too long\n')
    }
    if (body === 'broken-off') return
    const given = addCheckpoint(settings, state, { body, atSeconds: settings.nowSeconds() })
    try {
      if (given.status === 200) saveWitnessState(settings.stateFile, given.state)
    } catch {
      // A full disk: the old state stands in memory and on disk, and no signature leaves.
      return send(503, 'the state cannot be written\n')
    }
    state = given.state
    send(given.status, given.body, given.contentType)
  }

  const { port } = server.address() as AddressInfo
  return {
    address: `http://${settings.host}:${port}`,
    state: () => state,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          release()
          done()
        })
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | 'too-long' | 'broken-off'> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > MAX_BODY_BYTES) return 'too-long'
      parts.push(part)
    }
  } catch {
    return 'broken-off'
  }
  return Buffer.concat(parts)
}
