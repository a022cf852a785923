// A proof holds or names the step that fails; whatever a stranger writes into the file, the verdict is words, not a crash.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../kernel/index.ts'
import { signCheckpoint } from './checkpoint.ts'
import { commit, commitmentOf, isCommitment, opensCommitment } from './commitment.ts'
import { actOf, logSigner, madeLog, otherWitnessKeys, seededRandom, trust } from './evidence.fixture.ts'
import { verifierOf } from './keys.ts'
import { leafEntry } from './leaf.ts'
import { inclusionProof } from './merkle.ts'
import { makeProof, parseProof, writeProof, type Proof } from './proof.ts'
import { tileReader } from './tile.ts'
import { verifyProof, type KnownCheckpoints, type ProofTrust, type Verdict } from './verify-proof.ts'

const policy: ProofTrust = { ...trust, quorum: 1 }
const name = commit('欧阳宝山', seededRandom('name'))
const phone = commit('13800000000', seededRandom('phone'))
const SIZE = 300
const AT = 260
const log = await madeLog(
  SIZE,
  Array.from({ length: SIZE }, (_, i) =>
    i === AT ? actOf(i, { farmer: name.commitment, phone: phone.commitment }) : actOf(i),
  ),
)
const proof: Proof = await makeProof({
  ...log.acts[AT]!,
  read: log.folder.read,
  checkpoint: log.checkpoint,
  revealed: [{ commitment: name.commitment, value: '欧阳宝山', salt: name.salt }],
})
const text = writeProof(proof)
/** A checkpoint that is unchanged need not be verified a hundred times. */
const shared: KnownCheckpoints = new Map()
const failing = (v: Verdict): string[] => v.steps.filter((s) => s.outcome === 'failed').map((s) => s.name)
const judge = (change: Partial<Proof>, by = policy): Verdict => verifyProof(writeProof({ ...proof, ...change }), by)

describe('a proof', () => {
  it('is read back as written', () => {
    expect(parseProof(text)).toEqual(proof)
  })

  it('holds in six steps, each named after its standard, and gives the act', () => {
    const verdict = verifyProof(text, policy)
    expect(verdict.steps.map((s) => [s.name, s.outcome])).toEqual([
      ['proof-file', 'ok'],
      ['canonical-act', 'ok'],
      ['checkpoint', 'ok'],
      ['inclusion', 'ok'],
      ['cosignatures', 'ok'],
      ['personal-value', 'ok'],
    ])
    expect(verdict.holds).toBe(true)
    expect(verdict.proved).toMatchObject({ act: proof.act, index: AT })
    expect(verdict.steps.find((s) => s.name === 'inclusion')!.zh).toContain(`第 ${AT} 条`)
  })

  it('holds for every kind of place in the tree, with the checkpoint verified once', async () => {
    const known: KnownCheckpoints = new Map()
    for (const index of [0, 1, 255, 256, 299]) {
      const path = await inclusionProof(tileReader(log.folder.read, SIZE), index, SIZE)
      const { act, salt } = log.acts[index]!
      expect(verifyProof(writeProof({ ...proof, act, salt, index, path, revealed: [] }), policy, known).holds).toBe(
        true,
      )
    }
    expect(known.size).toBe(1)
  })

  it.each([
    ['inclusion', 'another amount', { act: proof.act.replace('1260', '1261') }],
    ['inclusion', 'another salt', { salt: actOf(1).salt }],
    ['inclusion', 'another index', { index: AT + 1 }],
    ['inclusion', 'another size', { size: SIZE - 1 }],
    ['inclusion', 'a shorter path', { path: proof.path.slice(1) }],
    ['canonical-act', 'spaces in the act', { act: proof.act.replace(':', ': ') }],
    ['canonical-act', 'a member told twice', { act: proof.act.replace('{', '{"amountKg":"1",') }],
    ['checkpoint', 'another size in the checkpoint', { checkpoint: log.checkpoint.replace('\n300\n', '\n301\n') }],
    ['checkpoint', 'no log signature', { checkpoint: log.checkpoint.replace(/— example.*\n/, '') }],
    ['cosignatures', 'no cosignature', { checkpoint: log.checkpoint.replace(/— witness.*\n/, '') }],
    ['personal-value', 'another person', { revealed: [{ ...proof.revealed[0]!, value: '欧阳宝石' }] }],
    ['personal-value', 'another salt of the person', { revealed: [{ ...proof.revealed[0]!, salt: phone.salt }] }],
    [
      'personal-value',
      'a person the act does not name',
      { revealed: [{ commitment: commitmentOf(name.salt, '甲'), value: '甲', salt: name.salt }] },
    ],
  ] as const)('names the step %s for %s', (step, _, change) => {
    const verdict = judge(change)
    expect(verdict.holds).toBe(false)
    expect(verdict.proved).toBeUndefined()
    expect(failing(verdict)).toContain(step)
  })

  it('calls nothing good that stands on a failed checkpoint', () => {
    const verdict = verifyProof(text, { logs: [], witnesses: [], quorum: 0 })
    expect(verdict.steps.map((s) => s.outcome)).toEqual([
      'ok',
      'ok',
      'failed',
      'not-checked',
      'not-checked',
      'not-checked',
    ])
  })

  it('wants as many known witnesses as the reader says', () => {
    const two = { ...policy, witnesses: [...policy.witnesses, verifierOf(otherWitnessKeys.verifierKey)], quorum: 2 }
    expect(failing(judge({}, two))).toEqual(['cosignatures'])
    const none = signCheckpoint(log.head, [logSigner], 0)
    expect(judge({ checkpoint: none }, { ...policy, witnesses: [], quorum: 0 }).holds).toBe(true)
  })

  it('does not hold with any byte changed, unless the byte says nothing', () => {
    const bytes = Buffer.from(text)
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(bytes)
        changed[at]! ^= by
        const verdict = verifyProof(changed.toString('utf8'), policy, shared)
        // White space between members may change; whatever then holds proves the same act.
        if (verdict.holds) expect(parseProof(changed.toString('utf8'))).toEqual(proof)
      }),
      { numRuns: 250 },
    )
  })

  it('gives a verdict in words on any file whatever', () => {
    const json = fc.jsonValue().map((v) => JSON.stringify(v))
    const document = JSON.parse(text) as Record<string, unknown>
    const swapped = fc
      .tuple(fc.constantFrom(...Object.keys(document)), fc.jsonValue())
      .map(([key, value]) => JSON.stringify({ ...document, [key]: value }))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), json, swapped), (any) => {
        const verdict = verifyProof(any, policy, shared)
        expect(verdict.steps.length).toBeGreaterThanOrEqual(5)
        for (const s of verdict.steps) expect(s.zh.length * s.en.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    for (const act of [deep, `{"a":${deep}}`, '{"a":1.5}', '\ud800', '{"__proto__":{"a":"b"}}', '']) {
      expect(judge({ act }).holds).toBe(false)
    }
    expect(verifyProof(deep, policy).holds).toBe(false)
    expect(verifyProof('x'.repeat(5_000_000), policy).holds).toBe(false)
    expect(verifyProof(text.replace('{', '{"extra":1,'), policy).holds).toBe(false)
  })
})

describe('commitments of personal values', () => {
  it('open with their value and salt only, and are different for equal values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const made = commit(a, seededRandom('a'))
        expect(isCommitment(made.commitment)).toBe(true)
        expect(opensCommitment(made.commitment, made.salt, a)).toBe(true)
        if (a !== b) expect(opensCommitment(made.commitment, made.salt, b)).toBe(false)
        expect(commit(a, seededRandom('b')).commitment).not.toBe(made.commitment)
      }),
      { numRuns: 50 },
    )
    expect(opensCommitment(name.commitment, new Uint8Array(3), '欧阳宝山')).toBe(false)
    expect(opensCommitment(commitmentOf(name.salt, '\ufffd'), name.salt, '\ud800')).toBe(false)
  })

  it('and leaves are what the documents say: SHA-256 of a fixed line, salt and value; of salt and act', () => {
    // Computed apart with `printf … | sha256sum`.
    expect(commitmentOf(new Uint8Array(16), '张三')).toBe(
      '~ddcb442a7a4ef87eeeb687aa57465cd1c7ac72d54570454a50d394040668ed1a',
    )
    expect(Buffer.from(leafEntry(new Uint8Array(32), canonicalJson({ a: '1' }))).toString('hex')).toBe(
      '53e229f6c34d1b2df2dd3910ca965774e613ca31ae8dce2d0d1bb5a890c6b715',
    )
  })
})
