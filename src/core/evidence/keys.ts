// Keys of logs and witnesses as one line of text (C2SP signed-note): `name+id+base64(type ‖ public key)` to verify,
// `PRIVATE+KEY+name+id+base64(type ‖ seed)` to sign. Types: 0x01 Ed25519 over the note, 0x04 Ed25519 cosignature with its
// time (C2SP tlog-cosignature v1), 0xff with our identifier SM2 over SM3 (sm2.ts). Always holds: the id fits the key.

import { ed25519 } from '@noble/curves/ed25519.js'
import { ProblemError } from '../../kernel/index.ts'
import { fromBase64, joinBytes, toBase64, toUtf8, uint64 } from './bytes.ts'
import { isKeyName, keyIdOf, type Signer, type Verifier } from './note.ts'
import { problem } from './problems.ts'

export const ED25519 = 0x01
export const COSIGNATURE = 0x04
/** The standard's byte for types without a number of their own; an identifier follows it. */
export const UNASSIGNED = 0xff

export type KeyType = 'ed25519' | 'cosignature'
const TYPE_BYTE = { ed25519: ED25519, cosignature: COSIGNATURE } as const satisfies Record<KeyType, number>

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const TIME_BYTES = 8

/** Bytes from the machine's secure source; the command line gives the real one. */
export type Random = (bytes: number) => Uint8Array

export interface KeyPair {
  /** Secret. */
  readonly signerKey: string
  readonly verifierKey: string
}

/** @throws ProblemError log.key-name */
export function makeKey(name: string, type: KeyType, random: Random): KeyPair {
  return keyOfSeed(name, type, random(KEY_BYTES))
}

/** Keys of a given 32-byte seed (RFC 8032 calls it the private key). @throws ProblemError log.key-name */
export function keyOfSeed(name: string, type: KeyType, seed: Uint8Array): KeyPair {
  if (!isKeyName(name)) throw new ProblemError(problem('log.key-name', { name }))
  const byte = Uint8Array.of(TYPE_BYTE[type])
  const publicKey = joinBytes(byte, ed25519.getPublicKey(seed))
  return {
    signerKey: keyText(`PRIVATE+KEY+${name}`, keyIdOf(name, publicKey), joinBytes(byte, seed)),
    verifierKey: keyText(name, keyIdOf(name, publicKey), publicKey),
  }
}

export const keyText = (name: string, keyId: number, typeAndKey: Uint8Array): string =>
  `${name}+${keyId.toString(16).padStart(8, '0')}+${toBase64(typeAndKey)}`

export interface KeyParts {
  readonly name: string
  readonly keyId: number
  /** The byte of the type, the identifier where it has one, and the key. */
  readonly typeAndKey: Uint8Array
}

/** Splits the text of a key; what is in it is for `verifierOf` and its like to judge. @throws ProblemError log.key-broken */
export function parseKeyText(text: string): KeyParts {
  const match = /^(?:PRIVATE\+KEY\+)?([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text)
  const typeAndKey = match ? fromBase64(match[3]!) : undefined
  if (!match || !typeAndKey || !isKeyName(match[1]!)) throw brokenKey()
  return { name: match[1]!, keyId: Number.parseInt(match[2]!, 16), typeAndKey }
}

export const brokenKey = (): ProblemError => new ProblemError(problem('log.key-broken'))
const isSecret = (text: string): boolean => text.startsWith('PRIVATE+KEY+')

/** A verifier of Ed25519 notes or cosignatures. @throws ProblemError log.key-broken, log.key-secret, log.key-unknown-type */
export function verifierOf(verifierKey: string): Verifier {
  if (isSecret(verifierKey)) throw new ProblemError(problem('log.key-secret'))
  const { name, keyId, typeAndKey } = parseKeyText(verifierKey)
  const [type, publicKey] = [typeAndKey[0]!, typeAndKey.slice(1)]
  if (type !== ED25519 && type !== COSIGNATURE) throw new ProblemError(problem('log.key-unknown-type', { name, type }))
  if (publicKey.length !== KEY_BYTES || keyIdOf(name, typeAndKey) !== keyId) throw brokenKey()
  return type === ED25519
    ? { name, keyId, kind: 'note', verify: (text, signature) => verifies(signature, toUtf8(text), publicKey) }
    : {
        name,
        keyId,
        kind: 'cosignature',
        verify: (text, signature) =>
          signature.length === TIME_BYTES + SIGNATURE_BYTES &&
          verifies(signature.slice(TIME_BYTES), cosigned(text, cosignatureTime(signature)), publicKey),
      }
}

/** A signer of Ed25519 notes or cosignatures. @throws ProblemError log.key-broken, log.key-not-secret, log.key-unknown-type */
export function signerOf(signerKey: string): Signer {
  if (!isSecret(signerKey)) throw new ProblemError(problem('log.key-not-secret'))
  const { name, keyId, typeAndKey } = parseKeyText(signerKey)
  const [type, seed] = [typeAndKey[0]!, typeAndKey.slice(1)]
  if (type !== ED25519 && type !== COSIGNATURE) throw new ProblemError(problem('log.key-unknown-type', { name, type }))
  if (seed.length !== KEY_BYTES) throw brokenKey()
  const publicKey = ed25519.getPublicKey(seed)
  if (keyIdOf(name, joinBytes(Uint8Array.of(type), publicKey)) !== keyId) throw brokenKey()
  return {
    name,
    keyId,
    kind: type === ED25519 ? 'note' : 'cosignature',
    sign: (text, atSeconds) =>
      type === ED25519
        ? ed25519.sign(toUtf8(text), seed)
        : joinBytes(uint64(atSeconds), ed25519.sign(cosigned(text, BigInt(atSeconds)), seed)),
  }
}

/** What is printed for others, from what is kept secret. @throws ProblemError as `signerOf` */
export function verifierKeyOf(signerKey: string): string {
  const { name, keyId } = signerOf(signerKey)
  const { typeAndKey } = parseKeyText(signerKey)
  return keyText(name, keyId, joinBytes(typeAndKey.slice(0, 1), ed25519.getPublicKey(typeAndKey.slice(1))))
}

/** Seconds since 1970 at which a witness says it saw the checkpoint; the signature has its 72 bytes. */
export const cosignatureTime = (signature: Uint8Array): bigint =>
  new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)

/** The message of a cosignature/v1: header, time, and the whole text of the checkpoint. */
const cosigned = (text: string, atSeconds: bigint): Uint8Array => toUtf8(`cosignature/v1\ntime ${atSeconds}\n${text}`)

/** RFC 8032, strict: no second encoding of a point and no signature that another library would refuse. */
function verifies(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}
