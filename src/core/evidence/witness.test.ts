// The witness against its standard: each status in its place, a log that rewrites history is never cosigned, the state
// survives on disk or stops the witness, and the client finds its way to the size the witness knows.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { toBase64, toUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { entryOf, logSigner, ORIGIN, otherWitnessKeys, seededRandom, trust, witnessSigner } from './evidence.fixture.ts'
import { makeKey, signerOf, verifierOf } from './keys.ts'
import { append, consistencyProof, EMPTY_FRONTIER, leafHash, readerOverLeaves, root, type Hash } from './merkle.ts'
import { askWitness, collectCosignatures, httpPost, type Cosigning, type HttpAnswer } from './witness-client.ts'
import { startWitness, type WitnessProcess } from './witness-server.ts'
import { readWitnessState, saveWitnessState } from './witness-state.ts'
import { addCheckpoint, writeAddCheckpoint, type WitnessState } from './witness.ts'

const leaves = Array.from({ length: 40 }, (_, i) => leafHash(entryOf(i)))
const forked = leaves.map((leaf, i) => (i === 3 ? leafHash(entryOf(999)) : leaf))
const settings = { signer: witnessSigner, logs: new Map([[ORIGIN, trust.logs]]) }

const rootOf = (of: readonly Hash[], size: number): Hash => root(append(EMPTY_FRONTIER, of.slice(0, size)))
const signed = (size: number, of = leaves, origin = ORIGIN, signer = logSigner): string =>
  signCheckpoint({ origin, size, root: rootOf(of, size), extensions: [] }, [signer], 0)
const prove = async (older: number, newer: number, of = leaves): Promise<string[]> =>
  (await consistencyProof(readerOverLeaves(of), older, newer)).map(toBase64)

const ask = (state: WitnessState, body: string | Uint8Array) =>
  addCheckpoint(settings, state, { body: typeof body === 'string' ? toUtf8(body) : body, atSeconds: 1_700_000_000 })
const seen = (size: number): WitnessState => new Map([[ORIGIN, { size, root: rootOf(leaves, size) }]])

describe('add-checkpoint', () => {
  it('cosigns the first checkpoint, a larger one with its proof, and the same one again', async () => {
    const first = ask(new Map(), writeAddCheckpoint(0, [], signed(5)))
    expect(first.status).toBe(200)
    const second = ask(first.state, writeAddCheckpoint(5, await prove(5, 12), signed(12)))
    expect(second.status).toBe(200)
    expect(second.state.get(ORIGIN)).toEqual({ size: 12, root: rootOf(leaves, 12) })
    expect(openCheckpoint(signed(12) + second.body, trust).cosignedBy.length).toBe(1)
    expect(ask(second.state, writeAddCheckpoint(12, [], signed(12))).status).toBe(200)
  })

  it('answers 400 to a body of another form and to an old size above the checkpoint', async () => {
    const good = writeAddCheckpoint(5, await prove(5, 12), signed(12))
    const bad = [
      '',
      'old 5\n',
      good.replace('old 5', 'old 05'),
      good.replace('old 5', 'old -5'),
      good.replace('old 5', 'new 5'),
      good.replace('\n\n', '\nAAAA\n\n'),
      good.slice(0, -1),
      writeAddCheckpoint(5, Array<string>(64).fill(toBase64(leaves[0]!)), signed(12)),
      writeAddCheckpoint(13, [], signed(12)),
    ]
    expect(bad.map((body) => ask(seen(5), body).status)).toEqual(bad.map(() => 400))
    expect(ask(seen(5), good).status).toBe(200)
    expect(ask(seen(5), Uint8Array.of(0xff, 0xfe)).status).toBe(400)
  })

  it('answers 404 to a log it does not know and 403 to a checkpoint its log did not sign', () => {
    expect(ask(new Map(), writeAddCheckpoint(0, [], signed(5, leaves, 'other.example'))).status).toBe(404)
    const stranger = signerOf(makeKey(ORIGIN, 'ed25519', seededRandom('stranger')).signerKey)
    expect(ask(new Map(), writeAddCheckpoint(0, [], signed(5, leaves, ORIGIN, stranger))).status).toBe(403)
    expect(ask(new Map(), writeAddCheckpoint(0, [], signed(5).replace('\n5\n', '\n6\n'))).status).toBe(403)
  })

  it('answers 409 with its size when the old size is not the one it knows', async () => {
    const conflict = ask(seen(7), writeAddCheckpoint(5, await prove(5, 12), signed(12)))
    expect(conflict).toMatchObject({ status: 409, body: '7\n', contentType: 'text/x.tlog.size' })
    const fork = ask(seen(7), writeAddCheckpoint(7, [], signed(7, forked)))
    expect([fork.status, fork.contentType]).toEqual([409, 'text/plain; charset=utf-8'])
  })

  it('answers 422 to a proof that does not verify, and to any proof from the empty log', async () => {
    expect(ask(seen(5), writeAddCheckpoint(5, await prove(5, 12, forked), signed(12, forked))).status).toBe(422)
    expect(ask(seen(5), writeAddCheckpoint(5, [], signed(12))).status).toBe(422)
    expect(ask(seen(5), writeAddCheckpoint(5, await prove(5, 11), signed(12))).status).toBe(422)
    expect(ask(new Map(), writeAddCheckpoint(0, [toBase64(leaves[0]!)], signed(5))).status).toBe(422)
    expect(ask(seen(12), writeAddCheckpoint(12, [toBase64(leaves[0]!)], signed(12))).status).toBe(422)
  })

  it('never cosigns two histories and never goes back, whatever is asked in whatever order', async () => {
    const request = fc.record({
      old: fc.integer({ min: 0, max: 14 }),
      size: fc.integer({ min: 0, max: 14 }),
      fork: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 25 }), async (requests) => {
        let state: WitnessState = new Map()
        const cosigned: { size: number; fork: boolean }[] = []
        for (const { old, size, fork } of requests) {
          const of = fork ? forked : leaves
          const proof = old <= size ? await prove(old, size, of) : []
          const answer = ask(state, writeAddCheckpoint(old, proof, signed(size, of)))
          const before = state.get(ORIGIN)?.size ?? 0
          if (answer.status === 200) cosigned.push({ size, fork })
          else expect(answer.state).toBe(state)
          state = answer.state
          expect(state.get(ORIGIN)?.size ?? 0).toBeGreaterThanOrEqual(before)
        }
        // Sizes to 3 are common to both histories.
        const told = new Set(cosigned.filter((c) => c.size > 3).map((c) => c.fork))
        expect(told.size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 12 },
    )
  })

  it('does not throw on a body with any byte changed, and cosigns nothing but the log’s own head', async () => {
    const body = toUtf8(writeAddCheckpoint(5, await prove(5, 12), signed(12)))
    fc.assert(
      fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const answer = ask(
          seen(5),
          body.map((b, i) => (i === at ? b ^ by : b)),
        )
        expect([400, 403, 404, 409, 422]).toContain(answer.status)
      }),
      { numRuns: 150 },
    )
  })
})

const folder = mkdtempSync(join(tmpdir(), 'qingshan-witness-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const witnessAt = (stateFile: string, more: Partial<WitnessProcess> = {}): WitnessProcess => ({
  ...settings,
  stateFile: join(folder, stateFile),
  port: 0,
  host: '127.0.0.1',
  nowSeconds: () => 1_700_000_000,
  ...more,
})
const cosigning = (size: number, of = leaves): Cosigning => ({
  checkpoint: signed(size, of),
  size,
  proofFrom: (old) => consistencyProof(readerOverLeaves(of), old, size),
  post: httpPost,
})

describe('the state of a witness', () => {
  it('is read back as written and refused with any byte changed', () => {
    const file = join(folder, 'kept.json')
    saveWitnessState(file, seen(7))
    expect(readWitnessState(file)).toEqual(seen(7))
    const text = readFileSync(file, 'utf8')
    for (const wrong of [
      '',
      '{}',
      text.slice(0, -2),
      text.replace('7', '07'),
      text.replace('7', '-7'),
      text.replace('"size"', '"Size"'),
    ]) {
      writeFileSync(file, wrong)
      expect(() => readWitnessState(file)).toThrow('log.witness-state-broken')
    }
    expect(readWitnessState(join(folder, 'none.json'))).toEqual(new Map())
  })
})

describe('a witness process', () => {
  it('cosigns over HTTP, remembers after a restart, and tells the client where it stands', async () => {
    const running = await startWitness(witnessAt('a.json'))
    const witness = { url: running.address, verifier: trust.witnesses[0]!, lastSize: 0 }
    const first = await collectCosignatures([witness], cosigning(5))
    expect(first.problems).toEqual([])
    expect(openCheckpoint(first.checkpoint, trust).cosignedBy.length).toBe(1)
    expect(first.cosigned[0]!.lastSize).toBe(5)
    await running.close()

    const again = await startWitness(witnessAt('a.json'))
    // The log has forgotten how far the witness is: 409, then the proof from there.
    const second = await askWitness({ ...witness, url: again.address }, cosigning(20))
    expect(trust.witnesses[0]!.verify(signed(20).split('\n\n')[0]! + '\n', second.signature)).toBe(true)
    await expect(askWitness({ ...witness, url: again.address }, cosigning(30, forked))).rejects.toThrow(
      'log.witness-saw-another',
    )
    await expect(askWitness({ ...witness, url: again.address, lastSize: 20 }, cosigning(20, forked))).rejects.toThrow(
      'log.witness-saw-another',
    )
    await expect(askWitness({ ...witness, url: again.address }, cosigning(10))).rejects.toThrow(
      'log.witness-saw-another',
    )
    expect(again.state().get(ORIGIN)?.size).toBe(20)
    await again.close()
  })

  it('refuses long bodies, other ways and other methods, and lives on', async () => {
    const running = await startWitness(witnessAt('b.json'))
    const post = async (path: string, init: RequestInit): Promise<number> =>
      (await fetch(running.address + path, init)).status
    expect(await post('/add-checkpoint', { method: 'POST', body: 'x'.repeat(200_000) }).catch(() => 413)).toBe(413)
    expect(await post('/add-checkpoint', { method: 'GET' })).toBe(405)
    expect(await post('/', { method: 'POST' })).toBe(404)
    expect(await post('/add-checkpoint', { method: 'POST', body: 'nonsense' })).toBe(400)
    expect(
      (await collectCosignatures([{ url: running.address, verifier: trust.witnesses[0]!, lastSize: 0 }], cosigning(5)))
        .problems,
    ).toEqual([])
    await running.close()
  })

  it('keeps a second process from its state, and takes over from one that was killed', async () => {
    const running = await startWitness(witnessAt('c.json'))
    await expect(startWitness(witnessAt('c.json'))).rejects.toThrow('log.witness-runs-already')
    await running.close()
    expect(existsSync(join(folder, 'c.json.lock'))).toBe(false)
    writeFileSync(join(folder, 'c.json.lock'), '999999999')
    await (await startWitness(witnessAt('c.json'))).close()
    writeFileSync(join(folder, 'c.json.lock'), String(process.pid))
    await (await startWitness(witnessAt('c.json'))).close()
  })

  it('does not start with a key that is not for cosigning', async () => {
    await expect(startWitness({ ...witnessAt('k.json'), signer: logSigner })).rejects.toThrow('log.witness-key')
  })

  it('does not start over a state it cannot read', async () => {
    writeFileSync(join(folder, 'd.json'), '{"half":')
    await expect(startWitness(witnessAt('d.json'))).rejects.toThrow('log.witness-state-broken')
    expect(existsSync(join(folder, 'd.json.lock'))).toBe(false)
  })

  it('lets no signature out when its state cannot be written', async () => {
    const running = await startWitness(witnessAt('e.json'))
    // A folder stands where the new state would be written.
    mkdirSync(join(folder, 'e.json.part'))
    const witness = { url: running.address, verifier: trust.witnesses[0]!, lastSize: 0 }
    await expect(askWitness(witness, cosigning(5))).rejects.toThrow('log.witness-refused')
    expect(running.state().size).toBe(0)
    rmSync(join(folder, 'e.json.part'), { recursive: true })
    await askWitness(witness, cosigning(5))
    await running.close()
  })
})

describe('the client', () => {
  it('takes no line of the right witness that is signed for another checkpoint', async () => {
    const elsewhere = ask(new Map(), writeAddCheckpoint(0, [], signed(5))).body
    const post = (): Promise<HttpAnswer> => Promise.resolve({ status: 200, contentType: 'text/plain', body: elsewhere })
    const witness = { url: '', verifier: trust.witnesses[0]!, lastSize: 0 }
    await expect(askWitness(witness, { ...cosigning(9), post })).rejects.toThrow('log.witness-answer-wrong')
    expect((await askWitness(witness, { ...cosigning(5), post })).name).toBe('witness.example.cn/w1')
  })

  it('keeps the signatures it got when another witness is away, lies, or signs with a strange key', async () => {
    const good = await startWitness(witnessAt('f.json'))
    const strange = await startWitness({ ...witnessAt('g.json'), signer: signerOf(otherWitnessKeys.signerKey) })
    const liar = createServer((_, response) => response.end('— witness.example.cn/w1 AAAAAAA=\n')).listen(
      0,
      '127.0.0.1',
    )
    await new Promise((done) => liar.once('listening', done))
    const url = (port: number): string => `http://127.0.0.1:${port}`
    const verifier = trust.witnesses[0]!
    const collected = await collectCosignatures(
      [
        { url: good.address, verifier, lastSize: 0 },
        { url: strange.address, verifier, lastSize: 0 },
        { url: url((liar.address() as AddressInfo).port), verifier, lastSize: 0 },
        { url: 'http://127.0.0.1:1', verifier: verifierOf(otherWitnessKeys.verifierKey), lastSize: 0 },
      ],
      cosigning(9),
    )
    expect(collected.problems.map((p) => p.code)).toEqual([
      'log.witness-answer-wrong',
      'log.witness-answer-wrong',
      'log.witness-unreachable',
    ])
    expect(openCheckpoint(collected.checkpoint, trust).cosignedBy.length).toBe(1)
    liar.close()
    await good.close()
    await strange.close()
  })
})
