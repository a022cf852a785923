// What is measured and how: CPU seconds of this process (a busy machine does not change them much) and the most memory it
// ever held. Each measurement runs in a process of its own, so that none warms up or burdens another.

import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'

/** What one child prints: plain numbers by name. */
export type Measured = Readonly<Record<string, number>>

export interface Timed<T> {
  readonly cpu: number
  /** Seconds by the clock. */
  readonly wall: number
  readonly result: T
}

const seconds = (u: NodeJS.CpuUsage): number => (u.user + u.system) / 1e6

/** CPU seconds of `work`, all threads together. */
export async function timed<T>(work: () => T | Promise<T>): Promise<Timed<T>> {
  const started = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  return { cpu: seconds(process.cpuUsage(before)), wall: (performance.now() - started) / 1000, result }
}

/** Runs of `work` a CPU second, after a warm-up, over at least `least` seconds. */
export async function perSecond(work: () => void, least = 2): Promise<number> {
  for (let i = 0; i < 200; i++) work()
  const before = process.cpuUsage()
  let runs = 0
  for (;;) {
    for (let i = 0; i < 100; i++) work()
    runs += 100
    const cpu = seconds(process.cpuUsage(before))
    if (cpu >= least) return runs / cpu
  }
}

/** Megabytes, the peak of this process so far. */
export const peak = (): number => process.resourceUsage().maxRSS / 1024

/** Measures in a new process of this same bundle. */
export const inChild = (...words: readonly string[]): Measured => measuredBy(process.argv[1]!, ['child', ...words])

/** Measures in a process of a bundle beside this one, which holds only what it measures. */
export const inProgram = (name: string, ...words: readonly string[]): Measured =>
  measuredBy(join(dirname(process.argv[1]!), `${name}.mjs`), words)

function measuredBy(program: string, words: readonly string[]): Measured {
  const child = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (child.status !== 0) throw new Error(`${words.join(' ')}: ${child.stderr}`)
  return JSON.parse(child.stdout) as Measured
}
