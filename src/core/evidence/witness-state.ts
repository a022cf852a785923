// What a witness remembers, as a file: one canonical JSON text, written beside, forced to disk and renamed, so that a
// power cut leaves the old state or the new one. A lock file keeps a second process away. Always holds: a state that
// cannot be read stops the witness, because one that forgets would sign two histories.

import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { canonicalJson, ProblemError } from '../../kernel/index.ts'
import { fromBase64, toBase64 } from './bytes.ts'
import { HASH_BYTES, isSize, type TreeHead } from './merkle.ts'
import { problem } from './problems.ts'
import type { WitnessState } from './witness.ts'

/** @throws ProblemError log.witness-state-broken; a file that is not there is a witness that has signed nothing */
export function readWitnessState(file: string): WitnessState {
  if (!existsSync(file)) return new Map()
  const text = readFileSync(file, 'utf8')
  const heads = new Map<string, TreeHead>()
  try {
    const rows = JSON.parse(text) as Record<string, { size: number; root: string }>
    for (const [origin, { size, root: rootText }] of Object.entries(rows)) {
      const root = fromBase64(rootText)
      if (isSize(size) && root?.length === HASH_BYTES) heads.set(origin, { size, root })
    }
  } catch {
    // Falls through to the one answer for every unreadable state.
  }
  if (writeState(heads) !== text) throw new ProblemError(problem('log.witness-state-broken', { file }))
  return heads
}

const writeState = (state: WitnessState): string =>
  `${canonicalJson(Object.fromEntries([...state].map(([origin, { size, root }]) => [origin, { size, root: toBase64(root) }])))}\n`

/** Returns when the state is on the disk. */
export function saveWitnessState(file: string, state: WitnessState): void {
  const beside = `${file}.part`
  const to = openSync(beside, 'w')
  try {
    writeSync(to, writeState(state))
    fsyncSync(to)
  } finally {
    closeSync(to)
  }
  renameSync(beside, file)
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Files locked by this process: in a container a killed process and its successor may have one number. */
const held = new Set<string>()

/** Keeps a second witness from the state; returns what releases it. A lock left by a killed process is taken over.
 *  @throws ProblemError log.witness-runs-already */
export function lockWitnessState(file: string): () => void {
  const lock = `${file}.lock`
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined
  if (holder !== undefined && (holder === process.pid ? held.has(lock) : isRunning(holder)))
    throw new ProblemError(problem('log.witness-runs-already', { file, pid: holder }))
  if (holder !== undefined) rmSync(lock, { force: true })
  writeFileSync(lock, String(process.pid), { flag: 'wx' })
  held.add(lock)
  return () => {
    held.delete(lock)
    rmSync(lock, { force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM'
  }
}
