// A witness of logs (C2SP tlog-witness): it remembers for each log the newest head it has cosigned, and cosigns a newer
// one only with a proof that nothing older was changed. Pure: state and request in, answer and next state out. The body
// comes from anybody; always holds: the state never goes back, and an answer with a signature goes with its new state.

import { assert, ProblemError } from '../../kernel/index.ts'
import { fromBase64, fromUtf8 } from './bytes.ts'
import { parseCheckpointText, type Checkpoint } from './checkpoint.ts'
import { emptyRoot, HASH_BYTES, isSize, verifyConsistency, type Hash, type TreeHead } from './merkle.ts'
import { openNote, parseNote, signatureLine, type Note, type Signer, type Verifier } from './note.ts'

/** The standard's limit: no log of fewer than 2^63 leaves needs more. */
export const MAX_PROOF_LINES = 63

export interface WitnessSettings {
  /** A cosigning key. */
  readonly signer: Signer
  /** Public keys by origin; a log that is not here is unknown. */
  readonly logs: ReadonlyMap<string, readonly Verifier[]>
}

/** Newest cosigned head by origin. */
export type WitnessState = ReadonlyMap<string, TreeHead>

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size'
  readonly body: string
  readonly state: WitnessState
}

export interface AddCheckpoint {
  readonly oldSize: number
  readonly proof: readonly Hash[]
  readonly note: Note
  readonly checkpoint: Checkpoint
}

/** The body a log sends. */
export const writeAddCheckpoint = (oldSize: number, proof: readonly string[], checkpoint: string): string =>
  `old ${oldSize}\n${proof.map((p) => `${p}\n`).join('')}\n${checkpoint}`

/** Undefined for a body that is not of the standard's form. */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpoint | undefined {
  const text = fromUtf8(body)
  const split = text?.indexOf('\n\n') ?? -1
  if (text === undefined || split < 0) return undefined
  const [first, ...lines] = text.slice(0, split).split('\n')
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first!)
  const proof = lines.map(fromBase64)
  if (!old || !isSize(Number(old[1])) || lines.length > MAX_PROOF_LINES) return undefined
  if (!proof.every((hash) => hash?.length === HASH_BYTES)) return undefined
  try {
    const note = parseNote(text.slice(split + 2))
    return { oldSize: Number(old[1]), proof: proof as Hash[], note, checkpoint: parseCheckpointText(note.text) }
  } catch (e) {
    if (e instanceof ProblemError) return undefined
    throw e
  }
}

/** Answers `POST …/add-checkpoint` in the order of checks the standard gives. Never throws on a foreign body. */
export function addCheckpoint(
  settings: WitnessSettings,
  state: WitnessState,
  request: { readonly body: Uint8Array; readonly atSeconds: number },
): WitnessAnswer {
  assert(settings.signer.kind === 'cosignature', 'a witness signs with a cosigning key')
  const refuse = (status: 400 | 403 | 404 | 409 | 422, why: string): WitnessAnswer => ({
    status,
    contentType: 'text/plain; charset=utf-8',
    body: `${why}\n`,
    state,
  })
  const asked = parseAddCheckpoint(request.body)
  if (!asked) return refuse(400, 'the body is not an add-checkpoint request')
  const { checkpoint, note, oldSize, proof } = asked

  const keys = settings.logs.get(checkpoint.origin)
  if (!keys) return refuse(404, 'unknown origin')
  if (!isSignedBy(note, keys)) return refuse(403, 'no valid signature of a key of this log')
  if (oldSize > checkpoint.size) return refuse(400, 'the old size is larger than the checkpoint')

  const last = state.get(checkpoint.origin) ?? { size: 0, root: emptyRoot() }
  if (oldSize !== last.size) return { status: 409, contentType: 'text/x.tlog.size', body: `${last.size}\n`, state }
  const same = checkpoint.size === last.size
  if (same && !verifyConsistency(last, checkpoint, [])) return refuse(409, 'another root was cosigned for this size')
  if (!verifyConsistency(last, checkpoint, proof)) return refuse(422, 'the consistency proof does not verify')

  const { name, keyId } = settings.signer
  const signature = settings.signer.sign(note.text, request.atSeconds)
  return {
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    body: signatureLine({ name, keyId, signature }),
    state: new Map([...state, [checkpoint.origin, { size: checkpoint.size, root: checkpoint.root }]]),
  }
}

/** One valid signature of a known key, and none of a known key that is wrong. */
function isSignedBy(note: Note, keys: readonly Verifier[]): boolean {
  try {
    return openNote(note, keys).verified.length > 0
  } catch (e) {
    if (e instanceof ProblemError) return false
    throw e
  }
}
