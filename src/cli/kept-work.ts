// The working cache of runs over maps, as files in the user's cache folder: one a result, named by what it was made from.
// Always holds: a result is found only whole, by the digest of its bytes, and only by the program that wrote it; a damaged file
// is none and is written anew; what cannot be written costs time and nothing else. `--fresh` looks nothing up.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs' // prettier-ignore
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { WorkingCache } from '../domains/accounting/index.ts'
import { cacheFolder } from './kept-digests.ts'

export interface KeptWork extends WorkingCache {
  /** What was found and what was made so far; the oldest of what was found, in milliseconds since 1970. */
  told(): { readonly found: number; readonly made: number; readonly oldest?: number }
}

export interface KeptWorkWish {
  readonly folder?: string
  /** Digest of the program; results of another one are not found. Left out: that of the bundle this runs from. */
  readonly program?: string
  readonly leastBytes?: number
  /** Makes everything anew, and keeps it. */
  readonly fresh?: boolean
  /** Bytes of all results together. */
  readonly mostBytes?: number
}

/** Below this there is little to save, however well the maps are packed. */
const LEAST_BYTES = 256 * 1024
/** Pictures of some hundred accounts. */
const MOST_BYTES = 1024 * 1024 * 1024
/** How often the day of last use is written down. */
const DAY_MS = 24 * 60 * 60 * 1000

const head = z.strictObject({
  qingshan: z.literal('kept-work/1'),
  name: z.string(),
  at: z.number(),
  sha256: z.string(),
})

const sha256 = (x: string | Uint8Array): string => createHash('sha256').update(x).digest('hex')

const sealOf = (at: number, body: string | Uint8Array): string =>
  createHash('sha256').update(`${at} `).update(body).digest('hex')

/** Undefined where the program runs from its sources, which change without a trace. */
export function keptWork(wish: KeptWorkWish = {}): KeptWork | undefined {
  const program = wish.program ?? bundleDigest()
  if (program === undefined) return undefined
  const folder = join(wish.folder ?? cacheFolder(), 'maps')
  const fileOf = (name: string): string => join(folder, `${sha256(`${program} ${name}`)}.json`)
  let [found, made, oldest] = [0, 0, Infinity]
  let isTidied = false
  return {
    leastBytes: wish.leastBytes ?? LEAST_BYTES,
    find(name) {
      const known = wish.fresh ? undefined : readWhole(fileOf(name), name)
      if (!known) {
        made++
        return undefined
      }
      found++
      oldest = Math.min(oldest, known.at)
      return known.result
    },
    keep(name, result) {
      const body = JSON.stringify(result)
      const at = Date.now()
      const line = JSON.stringify({ qingshan: 'kept-work/1', name, at, sha256: sealOf(at, body) })
      writeBeside(folder, fileOf(name), `${line}\n${body}`)
      if (!isTidied) dropOldest(folder, wish.mostBytes ?? MOST_BYTES)
      isTidied = true
    },
    told: () => ({ found, made, ...(found > 0 ? { oldest } : {}) }),
  }
}

/** For the log of a run: what was not worked out again, and since when it stands. */
export function toldOf(work: KeptWork): string | undefined {
  const { found, made, oldest } = work.told()
  if (oldest === undefined) return undefined
  const at = new Date(oldest)
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const since = `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
  return [
    `地图：${found} 项结果取自早先的计算（最早 ${since}），新算 ${made} 项；--fresh 全部重算。`,
    `Maps: ${found} results taken from earlier runs (the oldest of ${since}), ${made} worked out now; --fresh works out all.`,
  ].join('\n')
}

/** Names of chunks hold their content's hash, so that the first file of the bundle says all of it. */
function bundleDigest(): string | undefined {
  const main = join(dirname(fileURLToPath(import.meta.url)), 'main.mjs')
  return existsSync(main) ? sha256(readFileSync(main)) : undefined
}

function readWhole(file: string, name: string): { readonly at: number; readonly result: unknown } | undefined {
  try {
    const bytes = readFileSync(file)
    const end = bytes.indexOf(0x0a)
    const said = head.parse(JSON.parse(bytes.toString('utf8', 0, end)))
    const body = bytes.subarray(end + 1)
    if (said.name !== name || said.sha256 !== sealOf(said.at, body)) return undefined
    if (Date.now() - statSync(file).mtimeMs > DAY_MS) utimesSync(file, new Date(), new Date())
    return { at: said.at, result: JSON.parse(body.toString('utf8')) }
  } catch {
    return undefined
  }
}

/** Another run may write the same at the same time: each has a name of its own until the file is whole. */
function writeBeside(folder: string, file: string, content: string): void {
  const part = `${file}.${process.pid}.part`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(part, content)
    renameSync(part, file)
  } catch {
    // A cache that cannot be written is no cache.
    try {
      rmSync(part, { force: true })
    } catch {
      // Nor is there a part of it.
    }
  }
}

/** What was longest not used goes first; so do parts that a killed run left. */
function dropOldest(folder: string, most: number): void {
  try {
    const files = readdirSync(folder)
      .map((name) => ({ path: join(folder, name), ...pick(statSync(join(folder, name))) }))
      .sort((a, b) => a.used - b.used)
    let bytes = files.reduce((n, f) => n + f.bytes, 0)
    for (const { path, bytes: own, used } of files) {
      const isLeft = path.endsWith('.part') && Date.now() - used > DAY_MS
      if (bytes <= most && !isLeft) continue
      rmSync(path, { force: true })
      bytes -= own
    }
  } catch {
    // Somebody else tidies up.
  }
}

const pick = ({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }) => ({
  bytes: size,
  used: mtimeMs,
})
