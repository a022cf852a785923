// Signed notes, keys and checkpoints: one spelling each, unknown signatures ignored, a wrong one of a known key refused,
// and no byte of a checkpoint can change unseen.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../kernel/index.ts'
import { toUtf8 } from './bytes.ts'
import { openCheckpoint, parseCheckpointText, signCheckpoint, type Checkpoint } from './checkpoint.ts'
import {
  entryOf,
  logKeys,
  logSigner,
  ORIGIN,
  seededRandom,
  trust,
  witnessKeys,
  witnessSigner,
} from './evidence.fixture.ts'
import { makeKey, signerOf, verifierKeyOf, verifierOf } from './keys.ts'
import { addSignatures, openNote, parseNote, writeNote } from './note.ts'
import { anyVerifierOf, makeSm2Key, sm2Signer } from './sm2.ts'

const head: Checkpoint = { origin: ORIGIN, size: 42, root: entryOf(42), extensions: [] }
const signed = signCheckpoint(head, [logSigner, witnessSigner], 1_700_000_000)
const TIME = 1_700_000_000

describe('signed notes', () => {
  it('are read back as written, with empty lines in the text', () => {
    const note = addSignatures({ text: '甲\n\n乙\n', signatures: [] }, [logSigner], 0)
    expect(parseNote(writeNote(note))).toEqual(note)
    expect(parseNote(toUtf8(writeNote(note)))).toEqual(note)
  })

  it.each([
    ['no signature', '甲\n\n'],
    ['no empty line', `甲\n${signed.slice(signed.indexOf('—'))}`],
    ['no last newline', signed.slice(0, -1)],
    ['a carriage return', signed.replace('\n', '\r\n')],
    ['a control character', signed.replace('e', '\u0001')],
    ['a minus for the dash', signed.replace('—', '-')],
    ['two spaces', signed.replace('— ', '—  ')],
    ['a plus in a name', signed.replace(/— [^ ]+ /, '— a+b ')],
    ['a wide space in a name', signed.replace(/— [^ ]+ /, '— a\u3000b ')],
    ['base64 without padding', '甲\n\n— a AAAAAAA\n'],
    ['base64 with stray bits', '甲\n\n— a AAAAAAB=\n'],
    ['a signature of no bytes', '甲\n\n— a AAAAAA==\n'],
    ['half a character', '\ud800甲\n\n— a AAAAAAA=\n'],
    ['65 signatures', `甲\n\n${'— a AAAAAAA=\n'.repeat(65)}`],
  ])('with %s are refused', (_, text) => {
    expect(() => parseNote(text)).toThrow('log.note-broken')
  })

  it('are refused as bytes that are no UTF-8', () => {
    expect(() => parseNote(toUtf8(signed).map((b, i) => (i === 3 ? 0xff : b)))).toThrow('log.note-broken')
  })

  it('keep signatures of unknown keys and say nothing of them', () => {
    const stranger = signerOf(makeKey('stranger.example', 'ed25519', seededRandom('stranger')).signerKey)
    const note = addSignatures(parseNote(signed), [stranger], 0)
    const opened = openNote(note, trust.logs)
    expect(opened.verified.map((v) => v.verifier.name)).toEqual([ORIGIN])
    expect(opened.unknown.map((u) => u.name)).toEqual(['witness.example.cn/w1', 'stranger.example'])
  })

  it('are refused whole when one known key signed something else', () => {
    const other = addSignatures({ text: 'another\n', signatures: [] }, [witnessSigner], TIME)
    const note = { ...parseNote(signed), signatures: [parseNote(signed).signatures[0]!, ...other.signatures] }
    expect(() => openNote(note, [...trust.logs, ...trust.witnesses])).toThrow('log.signature-wrong')
    expect(openNote(note, trust.logs).verified.length).toBe(1)
    // Also when a right one of the same key stands before it; a right one said twice counts once.
    const witness = parseNote(signed).signatures[1]!
    const [twice, then] = [
      [witness, witness],
      [witness, ...other.signatures],
    ].map((signatures) => ({ ...note, signatures }))
    expect(openNote(twice!, trust.witnesses).verified.length).toBe(1)
    expect(() => openNote(then!, trust.witnesses)).toThrow('log.signature-wrong')
  })
})

describe('keys', () => {
  it('are made from given randomness, and the public text follows from the secret one', () => {
    for (const type of ['ed25519', 'cosignature'] as const) {
      const key = makeKey('a.example/名称', type, seededRandom(type))
      expect(key).toEqual(makeKey('a.example/名称', type, seededRandom(type)))
      expect(verifierKeyOf(key.signerKey)).toBe(key.verifierKey)
      expect(verifierOf(key.verifierKey).keyId).toBe(signerOf(key.signerKey).keyId)
    }
  })

  it('are refused with any character changed, and in each other’s place', () => {
    fc.assert(
      fc.property(fc.nat({ max: logKeys.verifierKey.length - 1 }), fc.constantFrom(...'aZ09+/= '), (at, c) => {
        const text = logKeys.verifierKey.slice(0, at) + c + logKeys.verifierKey.slice(at + 1)
        if (text !== logKeys.verifierKey) expect(() => verifierOf(text)).toThrow(ProblemError)
      }),
    )
    expect(() => verifierOf(logKeys.signerKey)).toThrow('log.key-secret')
    expect(() => signerOf(logKeys.verifierKey)).toThrow('log.key-not-secret')
    expect(() => makeKey('two words', 'ed25519', seededRandom('x'))).toThrow('log.key-name')
    expect(() => verifierOf('')).toThrow('log.key-broken')
  })

  it('of SM2 counter-sign a checkpoint beside Ed25519, with the nonce from given randomness', async () => {
    const key = await makeSm2Key(ORIGIN, seededRandom('sm2'))
    const signer = await sm2Signer(key.signerKey, seededRandom('nonce'))
    const again = await sm2Signer(key.signerKey, seededRandom('nonce'))
    expect(again.sign('文\n', 0)).toEqual(signer.sign('文\n', 0))
    const sm2 = await anyVerifierOf(key.verifierKey)
    const both = signCheckpoint(head, [logSigner, signer], TIME)
    const opened = openCheckpoint(both, { logs: [...trust.logs, sm2], witnesses: [] })
    expect(opened.signedBy.map((v) => v.kind)).toEqual(['note', 'counter-signature'])
    // Alone it does not make a checkpoint, and a wrong one unmakes it.
    const alone = signCheckpoint(head, [signer], TIME)
    expect(() => openCheckpoint(alone, { logs: [...trust.logs, sm2], witnesses: [] })).toThrow('log.signature-missing')
    const note = parseNote(both)
    const wrong = note.signatures.map((s, i) =>
      i === 1 ? { ...s, signature: s.signature.map((b, j) => (j === 60 ? b ^ 1 : b)) } : s,
    )
    expect(() =>
      openCheckpoint(writeNote({ ...note, signatures: wrong }), { logs: [...trust.logs, sm2], witnesses: [] }),
    ).toThrow('log.signature-wrong')
    await expect(anyVerifierOf(key.verifierKey.replace(/.$/, 'A'))).rejects.toThrow('log.key-broken')
  })
})

describe('checkpoints', () => {
  it('open with the key of the log and name their witnesses with the time', () => {
    const opened = openCheckpoint(signed, trust)
    expect({ ...opened, note: undefined, signedBy: undefined, cosignedBy: undefined }).toMatchObject(head)
    expect(opened.cosignedBy).toEqual([{ witness: trust.witnesses[0], atSeconds: 1_700_000_000n }])
  })

  it('do not open for a witness alone, nor for a log key of another name', () => {
    const key = makeKey('other.example', 'ed25519', seededRandom('other'))
    const foreign = signCheckpoint(head, [signerOf(key.signerKey), witnessSigner], TIME)
    expect(() => openCheckpoint(foreign, { logs: [verifierOf(key.verifierKey)], witnesses: trust.witnesses })).toThrow(
      'log.signature-missing',
    )
    expect(() => openCheckpoint(signCheckpoint(head, [witnessSigner], TIME), trust)).toThrow('log.signature-missing')
    const misplaced = { logs: [verifierOf(witnessKeys.verifierKey)], witnesses: [] }
    expect(() => openCheckpoint(signCheckpoint(head, [witnessSigner], TIME), misplaced)).toThrow(
      'log.signature-missing',
    )
  })

  it('are refused or lose a signature when any byte is changed', () => {
    const bytes = toUtf8(signed)
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const outcome = opens(bytes.map((b, i) => (i === at ? b ^ by : b)))
        // A changed name or id of the witness makes it a stranger; the head itself stays as signed.
        expect(outcome === 'refused' || (outcome.size === 42 && outcome.cosignedBy.length === 0)).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['two lines', `${ORIGIN}\n42\n`],
    ['an empty line', `${ORIGIN}\n42\n\n${'A'.repeat(43)}=\n`],
    ['a size with a leading zero', `${ORIGIN}\n042\n${'A'.repeat(43)}=\n`],
    ['a negative size', `${ORIGIN}\n-1\n${'A'.repeat(43)}=\n`],
    ['a size beyond 2^53', `${ORIGIN}\n9007199254740993\n${'A'.repeat(43)}=\n`],
    ['a root of 31 bytes', `${ORIGIN}\n42\n${'A'.repeat(40)}AA==\n`],
    ['an empty log with a root', `${ORIGIN}\n0\n${'A'.repeat(43)}=\n`],
    ['no last newline', `${ORIGIN}\n42\n${'A'.repeat(43)}=`],
  ])('with %s are no checkpoints', (_, text) => {
    expect(() => parseCheckpointText(text)).toThrow('log.checkpoint-broken')
  })

  it('keep extension lines, because they are signed too', () => {
    const more = signCheckpoint({ ...head, extensions: ['clause 四十四'] }, [logSigner], 0)
    expect(openCheckpoint(more, trust).extensions).toEqual(['clause 四十四'])
    expect(() => openCheckpoint(more.replace('四十四', '四十五'), trust)).toThrow('log.signature-wrong')
  })
})

function opens(bytes: Uint8Array): ReturnType<typeof openCheckpoint> | 'refused' {
  try {
    return openCheckpoint(bytes, trust)
  } catch (e) {
    if (e instanceof ProblemError) return 'refused'
    throw e
  }
}
