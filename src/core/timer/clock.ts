// The one loop that drives clocks and jobs: look, do what is due, sleep. It outlives a database that is away.
// Always holds: it stops when told to, at the latest after the command under way; a trouble that stays is told once.

import { ProblemError } from '../../kernel/index.ts'
import { fireDueTimers, type FireOptions } from './fire.ts'
import { runJobs } from './jobs.ts'

export interface ClockOptions extends Omit<FireOptions, 'stopping'> {
  /** Ends early when the signal says so, with or without throwing. Each sleep is given a signal of its own. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>
  /** Told when something begins to be in the way, and with undefined when it no longer is. */
  readonly onTrouble?: (e: ProblemError | undefined) => void
}

export interface Clock {
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** Between two looks. Clocks are about days; listeners should not let people wait. */
const PAUSE_MS = 1_000
/** While something is in the way the pause doubles up to this. */
const LONGEST_PAUSE_MS = 60_000

export function startClock(options: ClockOptions): Clock {
  const { sleep, onTrouble = () => undefined, onBug = () => undefined } = options
  let ended = false
  const stopping = (): boolean => ended
  let wake = (): void => undefined
  let told = ''

  const tell = (e: ProblemError | undefined): void => {
    const now = e?.problems.map((p) => p.code).join() ?? ''
    if (now !== told) onTrouble(e)
    told = now
  }

  /** @returns whether there is more to do at once; undefined where something was in the way */
  async function look(): Promise<boolean | undefined> {
    const troubles: ProblemError[] = []
    let more = false
    let bug = false
    // Each on its own: what is wrong with clocks does not hold up jobs.
    for (const work of [fireDueTimers, runJobs])
      try {
        if (!stopping()) more = (await work({ ...options, stopping })).more || more
      } catch (e) {
        if (e instanceof ProblemError) troubles.push(e)
        else {
          bug = true
          onBug(e)
        }
      }
    tell(troubles[0])
    return troubles.length > 0 || bug ? undefined : more
  }

  async function loop(): Promise<void> {
    let pause = PAUSE_MS
    while (!stopping()) {
      const more = await look()
      pause = more === undefined ? Math.min(pause * 2, LONGEST_PAUSE_MS) : PAUSE_MS
      if (more !== true && !stopping()) await rest(pause)
    }
  }

  /** Signal and promise live as long as one pause: a clock that runs for a year would gather a listener with each. */
  async function rest(ms: number): Promise<void> {
    const waking = new AbortController()
    const woken = new Promise<void>((resolve) => (wake = resolve))
    await Promise.race([woken, sleep(ms, waking.signal).catch(onlyWhenStopping)])
    waking.abort()
  }
  const onlyWhenStopping = (e: unknown): void => {
    if (!stopping()) throw e
  }

  const running = loop()
  // A sleep that fails is a bug; whoever stops the clock hears of it.
  running.catch(onBug)
  return {
    stop: () => {
      ended = true
      wake()
      return running
    },
  }
}
