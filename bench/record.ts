// The record: commands a second with sixteen clients on one log, on each database; postings in acts of a hundred; leaves and
// proofs of the log; the start on a year of a county. The server is one of our own that syncs every commit; the embedded
// database has its journal on the disk. Unlike the other parts these are figures by the clock: waiting is what is measured.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { actLeafHash, append, EMPTY_FRONTIER, inclusionProof, nodeHash, type Hash } from '../src/core/evidence/index.ts'
import type { Recorder } from '../src/core/record/index.ts'
import { inChild, perSecond, timed, type Measured } from './measure.ts'
import { done, HOLDERS, openMeasured, submission } from './record-house.ts'

type Row = readonly [what: string, value: string, beside: string]

export const CLIENTS = 16
const WARM_MS = 3_000
const MEASURED_MS = 8_000
/** Postings of one act, as in a list of households. */
const POSTINGS = 100
/** Acts of a county in a year. */
const YEAR = 20_000

type At = { readonly folder: string } | { readonly url: string }
const placeOf = (words: readonly string[]): At => (words[0] === 'embedded' ? { folder: words[1]! } : { url: words[1]! })

async function close(recorder: Recorder): Promise<void> {
  await recorder.close()
  await recorder.options.journal?.close()
  await recorder.store.close()
}

/** Clients that wait for their answer before they submit again. @returns answers a second and how long one took, ms */
async function clients(one: () => Promise<void>, count = CLIENTS): Promise<Measured> {
  const began = performance.now()
  const end = began + WARM_MS + MEASURED_MS
  const took: number[] = []
  const cpu = process.cpuUsage()
  let from: NodeJS.CpuUsage | undefined
  const client = async (): Promise<void> => {
    for (let at = performance.now(); at < end;) {
      await one()
      const next = performance.now()
      if (next > began + WARM_MS) {
        from ??= process.cpuUsage(cpu)
        took.push(next - at)
      }
      at = next
    }
  }
  await Promise.all(Array.from({ length: count }, client))
  took.sort((a, b) => a - b)
  const used = process.cpuUsage(cpu)
  const share = (used.user + used.system - from!.user - from!.system) / 1000 / MEASURED_MS
  return {
    rate: took.length / (MEASURED_MS / 1000),
    p50: took[took.length >> 1]!,
    p99: took[Math.floor(took.length * 0.99)]!,
    share,
  }
}

export async function commandsBench(words: readonly string[]): Promise<Measured> {
  const recorder = await openMeasured(placeOf(words))
  for (let n = 0; n < 4; n++)
    for (let first = 0; first < HOLDERS; first += 64)
      done(await recorder.submit(submission('spread', { first, count: 64 })))
  let n = 0
  const measured = await clients(async () => {
    n += 1
    done(await recorder.submit(submission('pay', { from: (n * 7) % HOLDERS, to: (n * 7 + 1 + (n % 50)) % HOLDERS })))
  })
  await close(recorder)
  return measured
}

export async function postingsBench(words: readonly string[]): Promise<Measured> {
  const recorder = await openMeasured(placeOf(words))
  let n = 0
  const measured = await clients(async () => {
    n += 1
    done(await recorder.submit(submission('spread', { first: (n * 31) % HOLDERS, count: POSTINGS })))
  })
  await close(recorder)
  return { ...measured, rate: measured['rate']! * POSTINGS }
}

/** Fills a place with a county's year; beside what is there already. */
export async function fillYear(words: readonly string[]): Promise<Measured> {
  const recorder = await openMeasured(placeOf(words))
  for (let first = 0; first < HOLDERS; first += 64)
    for (let k = 0; k < 4; k++) done(await recorder.submit(submission('spread', { first, count: 64 })))
  for (let n = 0; n < YEAR; n += 200)
    for (const outcome of await Promise.all(
      Array.from({ length: 200 }, (_, k) =>
        recorder.submit(submission('pay', { from: (n + k) % HOLDERS, to: (n + k + 1) % HOLDERS })),
      ),
    ))
      done(outcome)
  await close(recorder)
  return {}
}

/** From nothing to the first answer. */
export async function startBench(words: readonly string[]): Promise<Measured> {
  const { wall, cpu, result } = await timed(async () => {
    const recorder = await openMeasured(placeOf(words))
    done(await recorder.submit(submission('pay', { from: 1, to: 2 })))
    return recorder
  })
  await close(result)
  return { wall, cpu }
}

export async function logBench(): Promise<Measured> {
  const act = 'x'.repeat(900)
  const salt = new Uint8Array(32)
  let frontier = EMPTY_FRONTIER
  let n = 0
  const leaves = await perSecond(() => {
    frontier = append(frontier, [actLeafHash(salt, `${act}${n++}`)])
  })
  const levels: Hash[][] = [Array.from({ length: YEAR }, (_, i) => actLeafHash(salt, String(i)))]
  for (let below = levels[0]!; below.length > 1;) {
    const next: Hash[] = []
    for (let i = 0; i + 1 < below.length; i += 2) next.push(nodeHash(below[i]!, below[i + 1]!))
    levels.push(next)
    below = next
  }
  const proofs = 2_000
  const { cpu } = await timed(async () => {
    for (let i = 0; i < proofs; i++)
      await inclusionProof((level, index) => levels[level]![index]!, (i * 7919) % YEAR, YEAR)
  })
  return { leaves, proof: (cpu / proofs) * 1e6 }
}

interface Server {
  readonly url: (database?: string) => string
  readonly stop: () => Promise<void>
}
interface ServerTool {
  readonly postgresPrograms: () => string | undefined
  readonly startPostgres: (how: { readonly durable: boolean }) => Promise<Server>
}

const n = (x: number, digits = 3): string => Number(x.toPrecision(digits)).toString()

export async function recordRows(): Promise<readonly Row[]> {
  const tool = (await import(pathToFileURL(join('tools', 'postgres.mjs')).href)) as ServerTool
  const rows: Row[] = []
  const measure = (name: string, words: readonly [string, string]): void => {
    const clients = `${CLIENTS} clients`
    const beside = (m: Measured): string =>
      `p50 ${n(m['p50']!)} ms, p99 ${n(m['p99']!)} ms; ${Math.round(m['share']! * 100)} % of one processor is ours`
    const commands = inChild('record-commands', ...words)
    rows.push([`commands, ${name}, ${clients}`, `${Math.round(commands['rate']!)} /s`, beside(commands)])
    const postings = inChild('record-postings', ...words)
    rows.push([
      `postings in acts of ${POSTINGS}, ${name}, ${clients}`,
      `${Math.round(postings['rate']!)} /s`,
      beside(postings),
    ])
    inChild('record-year', ...words)
    const start = inChild('record-start', ...words)
    rows.push([`start on ${YEAR} acts and more, ${name}`, `${n(start['wall']!)} s`, `${n(start['cpu']!)} s CPU`])
  }
  const folder = mkdtempSync(join(tmpdir(), 'qs-bench-'))
  measure('embedded', ['embedded', folder])
  rmSync(folder, { recursive: true })
  if (tool.postgresPrograms() === undefined) rows.push(['PostgreSQL', '', 'not on this machine, left out'])
  else {
    const server = await tool.startPostgres({ durable: true })
    measure('PostgreSQL', ['server', server.url()])
    await server.stop()
  }
  const log = inChild('record-log')
  rows.push(['leaves of the log', `${Math.round(log['leaves']!)} /s`, 'a CPU second, acts of 900 bytes'])
  rows.push([`proof in a log of ${YEAR}`, `${n(log['proof']!)} µs`, 'from stored subtrees'])
  return rows
}
