// Signed notes (C2SP signed-note v1): a text, an empty line, and signature lines `— name base64(key id ‖ signature)`.
// Parsed strictly, so that one note has one spelling; signatures of unknown keys are kept and ignored, a wrong signature
// of a known key refuses the whole note. What is parsed here comes from anybody until a known key has verified it.

import { sha256 } from '@noble/hashes/sha2.js'
import { ProblemError } from '../../kernel/index.ts'
import { fromBase64, fromUtf8, isWholeText, joinBytes, toBase64, toUtf8 } from './bytes.ts'
import { problem } from './problems.ts'

/** More than any note of ours has, and few enough to refuse a flood; the standard wants 16 at least. */
export const MAX_SIGNATURES = 64
/** The standard's post-quantum signatures have nearly 5 kB each; a text of ours has a few hundred bytes. */
export const MAX_NOTE_BYTES = 512 * 1024

export interface NoteSignature {
  readonly name: string
  /** First four bytes of a hash of name, type and key. */
  readonly keyId: number
  readonly signature: Uint8Array
}

export interface Note {
  /** With its last newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A key that verifies; made by `verifierOf` from the text of a verifier key. */
export interface Verifier {
  readonly name: string
  readonly keyId: number
  /** What a signature says of the text: `note` that its key stands for it, `cosignature` that a witness saw it at a time,
   *  `counter-signature` what `note` says, beside it. */
  readonly kind: 'note' | 'cosignature' | 'counter-signature'
  /** Never throws. */
  readonly verify: (text: string, signature: Uint8Array) => boolean
}

export interface Signer {
  readonly name: string
  readonly keyId: number
  readonly kind: Verifier['kind']
  /** Seconds since 1970 are wanted by cosignatures, which state when they were made. */
  readonly sign: (text: string, atSeconds: number) => Uint8Array
}

/** A name of a key: not empty, no space of any kind, no plus. */
export const isKeyName = (name: string): boolean =>
  name !== '' && !/[\p{White_Space}+]/u.test(name) && !hasControl(name) && isWholeText(name)

const hasControl = (text: string): boolean => [...text].some((c) => c < ' ' && c !== '\n')

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key), first four bytes, most significant first. */
export function keyIdOf(name: string, typeAndKey: Uint8Array): number {
  const digest = sha256(joinBytes(toUtf8(`${name}\n`), typeAndKey))
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0)
}

export function signatureLine(s: NoteSignature): string {
  const id = new Uint8Array(4)
  new DataView(id.buffer).setUint32(0, s.keyId)
  return `— ${s.name} ${toBase64(joinBytes(id, s.signature))}\n`
}

export const writeNote = (note: Note): string => `${note.text}\n${note.signatures.map(signatureLine).join('')}`

/** One line without its newline; undefined where it is no signature line. */
export function parseSignatureLine(line: string): NoteSignature | undefined {
  const match = /^— ([^ ]+) ([^ ]+)$/.exec(line)
  const bytes = match ? fromBase64(match[2]!) : undefined
  if (!match || !bytes || bytes.length < 5 || !isKeyName(match[1]!)) return undefined
  return { name: match[1]!, keyId: new DataView(bytes.buffer).getUint32(0), signature: bytes.slice(4) }
}

/** @throws ProblemError log.note-broken, saying which line does not fit */
export function parseNote(input: string | Uint8Array): Note {
  const broken = (zh: string, en: string): ProblemError =>
    new ProblemError(problem('log.note-broken', { why: zh, whyEn: en }))
  if (input.length > MAX_NOTE_BYTES) throw broken('太长', 'it is too long')
  const whole = typeof input === 'string' ? input : fromUtf8(input)
  if (whole === undefined || !isWholeText(whole)) throw broken('不是 UTF-8 文字', 'it is not UTF-8')
  if (hasControl(whole)) throw broken('含有控制字符', 'it holds control characters')
  const split = whole.lastIndexOf('\n\n')
  if (split < 0) throw broken('正文与签名之间没有空行', 'no empty line stands between text and signatures')
  const text = whole.slice(0, split + 1)
  const rest = whole.slice(split + 2)
  if (!rest.endsWith('\n'))
    throw broken('没有签名行或末行没有换行', 'no signature line, or the last one has no newline')
  const lines = rest.slice(0, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw broken('签名太多', 'it has too many signatures')
  const signatures = lines.map((line, i) => {
    const s = parseSignatureLine(line)
    if (!s) throw broken(`第 ${i + 1} 个签名行写法不对`, `signature line ${i + 1} is malformed`)
    return s
  })
  return { text, signatures }
}

export interface OpenedNote {
  readonly text: string
  /** By known keys and verified, each key once. */
  readonly verified: readonly { readonly verifier: Verifier; readonly signature: Uint8Array }[]
  /** By keys nobody named here; they say nothing. */
  readonly unknown: readonly NoteSignature[]
}

/** Verifies each signature of a known key. @throws ProblemError log.signature-wrong when one does not verify */
export function openNote(note: Note, verifiers: readonly Verifier[]): OpenedNote {
  const verified = new Map<Verifier, Uint8Array>()
  const unknown: NoteSignature[] = []
  for (const s of note.signatures) {
    const verifier = verifiers.find((v) => v.name === s.name && v.keyId === s.keyId)
    if (!verifier) {
      unknown.push(s)
      continue
    }
    if (!verifier.verify(note.text, s.signature))
      throw new ProblemError(problem('log.signature-wrong', { name: s.name }))
    if (!verified.has(verifier)) verified.set(verifier, s.signature)
  }
  return { text: note.text, verified: [...verified].map(([verifier, signature]) => ({ verifier, signature })), unknown }
}

/** Signs the text again beside what is there; a signature of the same key is replaced. */
export function addSignatures(note: Note, signers: readonly Signer[], atSeconds: number): Note {
  const made = signers.map((s) => ({ name: s.name, keyId: s.keyId, signature: s.sign(note.text, atSeconds) }))
  return withSignatures(note, made)
}

export function withSignatures(note: Note, added: readonly NoteSignature[]): Note {
  const same = (a: NoteSignature, b: NoteSignature): boolean => a.name === b.name && a.keyId === b.keyId
  return { text: note.text, signatures: [...note.signatures.filter((s) => !added.some((a) => same(a, s))), ...added] }
}
