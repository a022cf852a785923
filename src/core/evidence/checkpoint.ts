// The head of a log as a signed note (C2SP tlog-checkpoint): origin, size, root, and signatures of the log, its witnesses
// and an optional SM2 counter-signature. Always holds: a checkpoint opens only when the log's own key has signed it, and
// nothing in it is used before that.

import { ProblemError } from '../../kernel/index.ts'
import { fromBase64, sameBytes, toBase64 } from './bytes.ts'
import { cosignatureTime } from './keys.ts'
import { emptyRoot, HASH_BYTES, isSize, type Hash } from './merkle.ts'
import { addSignatures, openNote, parseNote, writeNote, type Note, type Signer, type Verifier } from './note.ts'
import { problem } from './problems.ts'

export interface Checkpoint {
  /** The name of the log, `example.cn/qingshan/hunan`: an address without its scheme. */
  readonly origin: string
  readonly size: number
  readonly root: Hash
  /** Lines the standard allows and does not recommend; kept, because they are signed too. */
  readonly extensions: readonly string[]
}

/** The text that is signed: three lines and the extensions. */
export const checkpointText = (c: Checkpoint): string =>
  [c.origin, c.size, toBase64(c.root), ...c.extensions].map((line) => `${line}\n`).join('')

/** @throws ProblemError log.checkpoint-broken */
export function parseCheckpointText(text: string): Checkpoint {
  const broken = (zh: string, en: string): ProblemError =>
    new ProblemError(problem('log.checkpoint-broken', { why: zh, whyEn: en }))
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length < 3 || lines.includes(''))
    throw broken('不足三行或有空行', 'it has fewer than three lines or an empty one')
  const [origin, sizeText, rootText, ...extensions] = lines as [string, string, string, ...string[]]
  const size = Number(sizeText)
  if (!/^(0|[1-9]\d*)$/.test(sizeText) || !isSize(size)) throw broken('第二行不是条数', 'its second line is no size')
  const root = fromBase64(rootText)
  if (root?.length !== HASH_BYTES)
    throw broken('第三行不是 32 字节的根哈希', 'its third line is no root hash of 32 bytes')
  if (size === 0 && !sameBytes(root, emptyRoot()))
    throw broken('空日志的根哈希不对', 'its root is not that of an empty log')
  return { origin, size, root, extensions }
}

/** Signs a head; `signers` begin with the log's own. Seconds since 1970 enter cosignatures only. */
export function signCheckpoint(c: Checkpoint, signers: readonly Signer[], atSeconds: number): string {
  return writeNote(addSignatures({ text: checkpointText(c), signatures: [] }, signers, atSeconds))
}

export interface Trust {
  /** The log's own keys, Ed25519 or SM2 (after a change of key, several). A key signs for the origin of its own name. */
  readonly logs: readonly Verifier[]
  readonly witnesses: readonly Verifier[]
}

export interface OpenedCheckpoint extends Checkpoint {
  readonly note: Note
  /** Names of log keys that signed; at least one. */
  readonly signedBy: readonly Verifier[]
  readonly cosignedBy: readonly { readonly witness: Verifier; readonly atSeconds: bigint }[]
}

/** Parses and verifies a checkpoint. @throws ProblemError log.note-broken, log.checkpoint-broken, log.signature-wrong,
 *  log.signature-missing when no Ed25519 key of the log has signed it */
export function openCheckpoint(input: string | Uint8Array, trust: Trust): OpenedCheckpoint {
  const note = parseNote(input)
  const checkpoint = parseCheckpointText(note.text)
  const opened = openNote(note, [...trust.logs, ...trust.witnesses])
  const signedBy = opened.verified
    .filter((v) => trust.logs.includes(v.verifier) && v.verifier.name === checkpoint.origin)
    .map((v) => v.verifier)
  if (!signedBy.some((v) => v.kind === 'note'))
    throw new ProblemError(problem('log.signature-missing', { origin: checkpoint.origin }))
  const cosignedBy = opened.verified
    .filter((v) => trust.witnesses.includes(v.verifier) && v.verifier.kind === 'cosignature')
    .map((v) => ({ witness: v.verifier, atSeconds: cosignatureTime(v.signature) }))
  return { ...checkpoint, note, signedBy, cosignedBy }
}
