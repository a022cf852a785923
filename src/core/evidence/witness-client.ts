// Asks witnesses to cosign a checkpoint (C2SP tlog-witness) and collects what they sign. A witness that does not answer
// or has seen another history is a problem in the list, never a stop: the checkpoint stands with those who signed. What a
// witness sends is taken only after its signature has verified.

import { ProblemError, type Problem } from '../../kernel/index.ts'
import { toBase64 } from './bytes.ts'
import type { Hash } from './merkle.ts'
import {
  openNote,
  parseNote,
  parseSignatureLine,
  withSignatures,
  writeNote,
  type NoteSignature,
  type Verifier,
} from './note.ts'
import { problem } from './problems.ts'
import { writeAddCheckpoint } from './witness.ts'

/** A cosignature has some hundred bytes. */
const MAX_ANSWER_BYTES = 16 * 1024
const ANSWER_MS = 10_000

export interface Witness {
  /** Submission prefix without its last slash, `https://witness.example/w1`. */
  readonly url: string
  readonly verifier: Verifier
  /** The size it has cosigned last, as far as the log knows; 0 for the first time. */
  readonly lastSize: number
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}
export type HttpPost = (url: string, body: string) => Promise<HttpAnswer>

export interface Cosigning {
  /** As the log has signed it. */
  readonly checkpoint: string
  readonly size: number
  /** Consistency proof from an older size to `size`. */
  readonly proofFrom: (oldSize: number) => Promise<readonly Hash[]>
  readonly post: HttpPost
}

/** One cosignature. @throws ProblemError log.witness-… */
export async function askWitness(witness: Witness, work: Cosigning): Promise<NoteSignature> {
  const { name } = witness.verifier
  const ask = async (oldSize: number): Promise<HttpAnswer> => {
    const proof = (await work.proofFrom(oldSize)).map(toBase64)
    try {
      return await work.post(`${witness.url}/add-checkpoint`, writeAddCheckpoint(oldSize, proof, work.checkpoint))
    } catch (e) {
      throw new ProblemError(problem('log.witness-unreachable', { name, why: reason(e) }))
    }
  }
  const known = Math.min(witness.lastSize, work.size)
  let answer = await ask(known)
  if (answer.status === 409) {
    const size = conflictSize(answer)
    if (size === undefined || size > work.size || size === known)
      throw new ProblemError(problem('log.witness-saw-another', { name, size: size ?? known }))
    answer = await ask(size)
    if (answer.status === 409 || answer.status === 422)
      throw new ProblemError(problem('log.witness-saw-another', { name, size }))
  }
  if (answer.status === 422) throw new ProblemError(problem('log.witness-saw-another', { name, size: known }))
  if (answer.status !== 200)
    throw new ProblemError(
      problem('log.witness-refused', { name, status: answer.status, why: answer.body.trim().slice(0, 200) }),
    )
  return verifiedLine(answer.body, witness.verifier, work.checkpoint)
}

const conflictSize = (answer: HttpAnswer): number | undefined =>
  answer.contentType.startsWith('text/x.tlog.size') && /^(0|[1-9]\d{0,14})\n$/.test(answer.body)
    ? Number(answer.body)
    : undefined

/** The line of the witness's own key; lines of others are ignored. */
function verifiedLine(body: string, verifier: Verifier, checkpoint: string): NoteSignature {
  const wrong = new ProblemError(problem('log.witness-answer-wrong', { name: verifier.name }))
  if (body.length > MAX_ANSWER_BYTES || !body.endsWith('\n')) throw wrong
  const own = body
    .slice(0, -1)
    .split('\n')
    .map(parseSignatureLine)
    .find((s) => s?.name === verifier.name && s.keyId === verifier.keyId)
  if (!own) throw wrong
  if (!verifier.verify(parseNote(checkpoint).text, own.signature)) throw wrong
  return own
}

/** The checkpoint with every cosignature that could be had, and a problem for each witness that gave none. */
export async function collectCosignatures(
  witnesses: readonly Witness[],
  work: Cosigning,
): Promise<{
  readonly checkpoint: string
  readonly cosigned: readonly Witness[]
  readonly problems: readonly Problem[]
}> {
  const settled = await Promise.allSettled(witnesses.map((w) => askWitness(w, work)))
  const signatures: NoteSignature[] = []
  const cosigned: Witness[] = []
  const problems: Problem[] = []
  for (const [i, result] of settled.entries()) {
    if (result.status === 'fulfilled') {
      signatures.push(result.value)
      cosigned.push({ ...witnesses[i]!, lastSize: work.size })
    } else if (result.reason instanceof ProblemError) problems.push(...result.reason.problems)
    else throw result.reason
  }
  const note = withSignatures(parseNote(work.checkpoint), signatures)
  openNote(
    note,
    witnesses.map((w) => w.verifier),
  )
  return { checkpoint: writeNote(note), cosigned, problems }
}

const reason = (e: unknown): string => {
  const cause = e instanceof Error ? e.cause : undefined
  return cause instanceof Error ? cause.message : e instanceof Error ? e.message : String(e)
}

/** Posts by the platform's own client; gives up after ten seconds and does not follow to another address. */
export async function httpPost(url: string, body: string): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    const chunk = part as Uint8Array
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too long')
    parts.push(chunk)
  }
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: Buffer.concat(parts).toString('utf8'),
  }
}
