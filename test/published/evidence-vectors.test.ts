// The public log against implementations that share no code with it: Go's checksum database (sumdb/tlog, sumdb/note),
// transparency-dev's merkle, formats and Tessera, and OpenSSL for SM2. test/fixtures/evidence/README.md says how the
// vectors were made.

import { readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  append,
  checkpointText,
  consistencyProof,
  cosignatureTime,
  EMPTY_FRONTIER,
  emptyRoot,
  fsck,
  inclusionProof,
  keyOfSeed,
  leafHash,
  openCheckpoint,
  openNote,
  parseNote,
  parseTilePath,
  root,
  signCheckpoint,
  signerOf,
  sm2Verifier,
  sm3,
  SM2_IDENTIFIER,
  tileReader,
  tilePath,
  verifierKeyOf,
  verifierOf,
  verifyConsistency,
  verifyInclusion,
  writeNote,
  writeTiles,
  type KeyType,
} from '../../src/core/evidence/index.ts'

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/evidence/${name}`, import.meta.url), 'utf8')

interface Vectors {
  readonly keys: Record<
    'log' | 'other' | 'witness',
    { readonly seed: string; readonly signerKey: string; readonly verifierKey: string }
  >
  readonly note: { readonly text: string; readonly signed: string }
  readonly heads: readonly { readonly size: number; readonly root: string; readonly checkpoint: string }[]
  readonly inclusion: readonly { readonly index: number; readonly size: number; readonly path: readonly string[] }[]
  readonly consistency: readonly { readonly older: number; readonly newer: number; readonly path: readonly string[] }[]
  readonly paths: readonly {
    readonly level: number
    readonly index: number
    readonly width: number
    readonly path: string
    readonly entries: string
  }[]
}
const go = JSON.parse(fixture('go-vectors.json')) as Vectors

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

const SIZE = 70_000
const entries = Array.from({ length: SIZE }, (_, i) => new Uint8Array(sha256(`entry ${i}`)))
const leaves = entries.map(leafHash)

/** The log of the vectors as we write it, in steps that end inside tiles. */
async function ours(size: number, steps: readonly number[]) {
  const files = new Map<string, Uint8Array>()
  const folder = {
    read: (path: string) => files.get(path),
    write: (path: string, content: Uint8Array) => void files.set(path, content),
  }
  let frontier = EMPTY_FRONTIER
  for (const to of [...steps, size])
    frontier = await writeTiles(folder, {
      from: { size: frontier.size, root: root(frontier) },
      to,
      entries: entries.slice(frontier.size, to),
    })
  return { files, read: folder.read, frontier }
}
const whole = await ours(SIZE, [1, 65_000])

describe('Go sumdb/note and transparency-dev/formats', () => {
  it('write the same key texts from the same seeds', () => {
    for (const [name, key] of Object.entries(go.keys)) {
      const type: KeyType = name === 'witness' ? 'cosignature' : 'ed25519'
      const keyName = key.verifierKey.split('+')[0]!
      expect(keyOfSeed(keyName, type, new Uint8Array(sha256(key.seed)))).toEqual({
        signerKey: key.signerKey,
        verifierKey: key.verifierKey,
      })
      expect(verifierKeyOf(key.signerKey)).toBe(key.verifierKey)
    }
  })

  it('sign a note that opens here, and the same keys give the same note', () => {
    const note = parseNote(go.note.signed)
    expect(note.text).toBe(go.note.text)
    expect(writeNote(note)).toBe(go.note.signed)
    const opened = openNote(note, [verifierOf(go.keys.log.verifierKey)])
    expect(opened.verified.map((v) => v.verifier.name)).toEqual(['go.example/log42'])
    expect(opened.unknown.map((s) => s.name)).toEqual(['other.example'])
    const again = [go.keys.log, go.keys.other].map(({ signerKey }) => {
      const signer = signerOf(signerKey)
      return { name: signer.name, keyId: signer.keyId, signature: signer.sign(go.note.text, 0) }
    })
    expect(writeNote({ text: go.note.text, signatures: again })).toBe(go.note.signed)
  })

  it('make checkpoints whose roots and three signatures are ours to the byte', () => {
    const trust = {
      logs: [verifierOf(go.keys.log.verifierKey)],
      witnesses: [verifierOf(go.keys.witness.verifierKey)],
    }
    for (const head of go.heads) {
      const own = root(append(EMPTY_FRONTIER, leaves.slice(0, head.size)))
      expect(base64(own)).toBe(head.root)
      const opened = openCheckpoint(head.checkpoint, trust)
      expect([opened.origin, opened.size, base64(opened.root)]).toEqual(['go.example/log42', head.size, head.root])
      expect(opened.cosignedBy.length).toBe(1)
      const cosignature = opened.note.signatures.find((s) => s.name === 'go.example/witness')!
      const at = Number(cosignatureTime(cosignature.signature))
      const signers = [go.keys.log, go.keys.other, go.keys.witness].map((k) => signerOf(k.signerKey))
      expect(signCheckpoint(opened, signers, at)).toBe(head.checkpoint)
      expect(checkpointText(opened)).toBe(opened.note.text)
    }
  })
})

describe('Go sumdb/tlog and transparency-dev/merkle', () => {
  const rootOf = new Map(go.heads.map((h) => [h.size, bytes(h.root)]))
  const at = (size: number) => ({ size, root: rootOf.get(size) ?? root(append(EMPTY_FRONTIER, leaves.slice(0, size))) })

  it('prove leaves by the very hashes we find in our tiles', async () => {
    for (const { index, size, path } of go.inclusion) {
      expect((await inclusionProof(tileReader(whole.read, SIZE), index, size)).map(base64)).toEqual(path)
      expect(verifyInclusion({ index, leaf: leaves[index]!, ...at(size) }, path.map(bytes))).toBe(true)
    }
  })

  it('prove growth by the very hashes we find in our tiles', async () => {
    for (const { older, newer, path } of go.consistency) {
      expect((await consistencyProof(tileReader(whole.read, SIZE), older, newer)).map(base64)).toEqual(path)
      expect(verifyConsistency(at(older), at(newer), path.map(bytes))).toBe(true)
    }
  })
})

describe('Tessera', () => {
  it('names tiles and entry bundles as we do', () => {
    for (const { level, index, width, path, entries: bundle } of go.paths) {
      expect(tilePath({ level, index, width })).toBe(path)
      expect(tilePath({ level: 'entries', index, width })).toBe(bundle)
      expect(parseTilePath(path)).toEqual({ level, index, width })
    }
  })

  it('writes a log of 600 entries into the same files, byte for byte, however ours grew', async () => {
    const listed = fixture('tessera-600-digests.txt').trim().split('\n')
    for (const steps of [[], [600], [255, 256, 257, 511], [1, 2, 3]]) {
      const { files } = await ours(600, steps)
      expect(
        listed.map((line) => line.split(' ')[0]!).map((p) => `${p} ${sha256(files.get(p)!).toString('hex')}`),
      ).toEqual(listed)
    }
  })

  it('writes a log of 70 000 entries into the same 551 files', () => {
    const final = [...whole.files.keys()].filter((p) => {
      const tile = parseTilePath(p)!
      let n = SIZE
      for (let level = 0; level < Number(tile.level === 'entries' ? 0 : tile.level); level++) n = Math.floor(n / 256)
      return tile.width === 256 || tile.index * 256 + tile.width === n
    })
    expect(final.length).toBe(551)
    // The digest of Tessera's own list is in its order: bundles, then tiles from the lowest level.
    const order = (p: string): string => {
      const tile = parseTilePath(p)!
      return `${tile.level === 'entries' ? '' : tile.level}`.padStart(3, ' ') + String(tile.index).padStart(9, '0')
    }
    const list = final
      .sort((a, b) => (order(a) < order(b) ? -1 : 1))
      .map((p) => `${p} ${sha256(whole.files.get(p)!).toString('hex')}\n`)
      .join('')
    expect(sha256(list).toString('hex')).toBe('c5ae04c512b9d3a3996fbbe230251b3b08d7711e6943110a48239f111824273e')
  })

  it('was cosigned by our witness, and our check finds its log whole', async () => {
    const witnesses = [verifierOf('ours.example/witness+55b07362+BIFU0cBwaOxhADne/iDlYs3eaMjOYt5zi8I31iFDaoP8')]
    const trust = { logs: [verifierOf(go.keys.log.verifierKey)], witnesses }
    const checkpoint = fixture('tessera-600-checkpoint.txt')
    expect(openCheckpoint(checkpoint, trust).cosignedBy.length).toBe(1)
    const { read } = await ours(600, [])
    expect(await fsck({ read, checkpoint, trust })).toEqual({ size: 600, problems: [] })
  })
})

describe('OpenSSL', () => {
  it('gives the standard SM3 of "abc" (GB/T 32905 appendix A)', async () => {
    const digest = await sm3(new TextEncoder().encode('abc'))
    expect(Buffer.from(digest).toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  })

  it('signs with SM2 what verifies here, and not with one bit changed', async () => {
    const made = JSON.parse(fixture('sm2-openssl.json')) as Record<'message' | 'publicKey' | 'signature', string>
    const typed = Buffer.concat([Uint8Array.of(0xff), Buffer.from(SM2_IDENTIFIER), hex(made.publicKey)])
    const id = sha256(Buffer.concat([Buffer.from('openssl.example\n'), typed]))
      .subarray(0, 4)
      .toString('hex')
    const verifier = await sm2Verifier(`openssl.example+${id}+${typed.toString('base64')}`)
    const signature = hex(made.signature)
    expect(verifier.verify(made.message, signature)).toBe(true)
    expect(verifier.verify(`${made.message} `, signature)).toBe(false)
    expect(
      verifier.verify(
        made.message,
        signature.map((b, i) => (i === 40 ? b ^ 1 : b)),
      ),
    ).toBe(false)
    expect(verifier.verify(made.message, new Uint8Array(64))).toBe(false)
  })
})

it('the empty log has the root of nothing', () => {
  expect(base64(emptyRoot())).toBe(go.heads[0]!.root)
})
