// The optional counter-signature of a checkpoint with SM2 over SM3 (GB/T 32918.2, GB/T 32905), user id
// 1234567812345678, 64 raw bytes r ‖ s. The signed-note standard has no number for it, so its type is 0xff followed by
// our identifier, and its public key 65 bytes 04 ‖ x ‖ y. The library loads only where such a key is used; node:crypto
// never signs SM2 here, since it leaves the user id out.

import { assert, ProblemError } from '../../kernel/index.ts'
import { fromHex, joinBytes, sameBytes, toHex, toUtf8 } from './bytes.ts'
import { brokenKey, keyText, parseKeyText, UNASSIGNED, verifierOf, type KeyPair, type Random } from './keys.ts'
import { isKeyName, keyIdOf, type Signer, type Verifier } from './note.ts'
import { problem } from './problems.ts'

/** Follows the byte 0xff, as the standard recommends for types without a number. */
export const SM2_IDENTIFIER = 'qingshan sm2-with-sm3 v1\n'
const USER_ID = '1234567812345678'
const TYPE = joinBytes(Uint8Array.of(UNASSIGNED), toUtf8(SM2_IDENTIFIER))
const POINT_BYTES = 65
const SCALAR_BYTES = 32
/** Order of the curve sm2p256v1 (GB/T 32918.5). */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

const load = async () => (await import('sm-crypto-v2')).sm2

const number = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`)
const isScalar = (n: bigint): boolean => n > 0n && n < ORDER

/** SM3 of bytes (GB/T 32905), 32 bytes. */
export async function sm3(bytes: Uint8Array): Promise<Uint8Array> {
  return fromHex((await import('sm-crypto-v2')).sm3(bytes))!
}

/** @throws ProblemError log.key-name */
export async function makeSm2Key(name: string, random: Random): Promise<KeyPair> {
  if (!isKeyName(name)) throw new ProblemError(problem('log.key-name', { name }))
  const sm2 = await load()
  const secret = scalar(random)
  const publicKey = joinBytes(TYPE, fromHex(sm2.getPublicKeyFromPrivateKey(toHex(secret)))!)
  return {
    signerKey: keyText(`PRIVATE+KEY+${name}`, keyIdOf(name, publicKey), joinBytes(TYPE, secret)),
    verifierKey: keyText(name, keyIdOf(name, publicKey), publicKey),
  }
}

/** A random number of 1 to n−2 (the standard's range for a secret), drawn again when it falls outside. */
function scalar(random: Random): Uint8Array {
  for (let draw = 0; draw < 64; draw++) {
    const bytes = random(SCALAR_BYTES)
    if (number(bytes) > 0n && number(bytes) < ORDER - 1n) return bytes
  }
  throw new Error('the source of randomness gives no number below the order of the curve')
}

/** @throws ProblemError log.key-broken */
export async function sm2Verifier(verifierKey: string): Promise<Verifier> {
  const { name, keyId, typeAndKey } = parseKeyText(verifierKey)
  const publicKey = typeAndKey.slice(TYPE.length)
  const fits = isSm2(typeAndKey) && publicKey.length === POINT_BYTES && publicKey[0] === 4
  if (verifierKey.startsWith('PRIVATE+') || !fits || keyIdOf(name, typeAndKey) !== keyId) throw brokenKey()
  const sm2 = await load()
  const point = toHex(publicKey)
  if (!sm2.verifyPublicKey(point)) throw brokenKey()
  return {
    name,
    keyId,
    kind: 'counter-signature',
    verify: (text, signature) => {
      if (signature.length !== 2 * SCALAR_BYTES) return false
      if (!isScalar(number(signature.slice(0, SCALAR_BYTES))) || !isScalar(number(signature.slice(SCALAR_BYTES))))
        return false
      try {
        return sm2.doVerifySignature(toUtf8(text), toHex(signature), point, { hash: true, userId: USER_ID })
      } catch {
        // The library throws where the sum of two points is no point: no signature does that.
        return false
      }
    },
  }
}

/** The nonce of each signature comes from `random`. @throws ProblemError log.key-broken, log.key-not-secret */
export async function sm2Signer(signerKey: string, random: Random): Promise<Signer> {
  if (!signerKey.startsWith('PRIVATE+KEY+')) throw new ProblemError(problem('log.key-not-secret'))
  const { name, keyId, typeAndKey } = parseKeyText(signerKey)
  const secret = typeAndKey.slice(TYPE.length)
  if (!isSm2(typeAndKey) || secret.length !== SCALAR_BYTES || !isScalar(number(secret) + 1n)) throw brokenKey()
  const sm2 = await load()
  const publicKey = sm2.getPublicKeyFromPrivateKey(toHex(secret))
  if (keyIdOf(name, joinBytes(TYPE, fromHex(publicKey)!)) !== keyId) throw brokenKey()
  return {
    name,
    keyId,
    kind: 'counter-signature',
    sign: (text) => {
      const k = scalar(random)
      const x1 = BigInt(`0x${sm2.getPublicKeyFromPrivateKey(toHex(k)).slice(2, 66)}`)
      // A nonce that gives no signature comes up once in 2^255; the library would then draw its own.
      const pointPool = [{ k: number(k), x1 }]
      const hex = sm2.doSignature(toUtf8(text), toHex(secret), { hash: true, userId: USER_ID, publicKey, pointPool })
      const signature = fromHex(hex)
      assert(signature?.length === 2 * SCALAR_BYTES, 'an SM2 signature has 64 bytes')
      return signature
    },
  }
}

const isSm2 = (typeAndKey: Uint8Array): boolean => sameBytes(typeAndKey.slice(0, TYPE.length), TYPE)

/** A verifier of any type this log knows, from the text of its key. @throws ProblemError as `verifierOf` */
export async function anyVerifierOf(verifierKey: string): Promise<Verifier> {
  return isSm2(parseKeyText(verifierKey).typeAndKey) ? sm2Verifier(verifierKey) : verifierOf(verifierKey)
}
