// One data folder, one process: two embedded databases on one folder destroy each other's pages in silence. The
// lock is a file beside the data that names its holder; it is taken over only when that process is surely dead,
// never because it is old. A number of a process is used again, so its start counts too.
//   chosen    a file made whole and put in place by link(), which fails when one is there
//   rejected  flock: Node has none; a time stamp that is renewed: a machine that slept would lose its folder
// Taking over a dead lock is itself guarded: whoever removes it first puts down a claim and looks whether another
// living process has one, so of two that start at once never both go on.

import { link, open, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { ProblemError } from '../../kernel/index.ts'
import { problem } from './journal/problems.ts'
import { machineProcesses, type Processes } from './processes.ts'

/** Who holds a folder. */
export interface LockHolder {
  readonly pid: number
  /** When the program says it started, for people to read. */
  readonly startedAt: string
}

const lockFile = z.strictObject({
  pid: z.int().positive(),
  startedAt: z.string(),
  host: z.string(),
  /** When the process started, as the machine counts; empty where it does not tell. */
  start: z.string(),
})
type Lock = z.infer<typeof lockFile>

const NAME = 'folder.lock'
const CLAIM = 'folder.lock.claim-'

/** How often, and for how long each time, processes that found the same dead lock at once let another pass. */
const TRIES = 100
const PAUSE_MS = 5

/** Locks the folder, which must be there, for a process of this machine. @returns what gives the folder back
 *  @throws ProblemError `store.folder-in-use` (by a living process, or by one of another machine, of which nobody
 *  here can know), `store.lock-unreadable`, `store.lock-failed` */
export async function lockFolder(
  dir: string,
  holder: LockHolder,
  processes: Processes = machineProcesses(),
): Promise<() => Promise<void>> {
  const start = processes.startOf(holder.pid) ?? ''
  const mine: Lock = { pid: holder.pid, startedAt: holder.startedAt, host: processes.host, start }
  const path = join(dir, NAME)
  const claim = join(dir, `${CLAIM}${nameOf(mine)}`)
  try {
    for (let attempt = 1; ; attempt++) {
      const held = await readLock(path)
      if (held === undefined) {
        if (await putInPlace(dir, path, mine)) return () => release(path, mine)
      } else if (isHeld(held, processes) || attempt > TRIES) throw inUse(path, held)
      else await takeAway(dir, path, claim, mine, processes)
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    throw new ProblemError(problem('store.lock-failed', { reason }))
  }
}

/** Removes a dead lock, alone: once it has seen, after putting down its own claim, that nobody else has one. Of
 *  several claims the first by name waits for the others to go, the others go; so one comes through. */
async function takeAway(dir: string, path: string, claim: string, mine: Lock, processes: Processes): Promise<void> {
  await rm(claim, { force: true })
  if (!(await putInPlace(dir, claim, mine))) throw new Error('a claim on the lock stands')
  try {
    for (let others = await claims(dir, claim, processes); others.length > 0;) {
      if (others.some((name) => name < basename(claim))) {
        await rm(claim, { force: true })
        return await sleep(10 * PAUSE_MS)
      }
      await sleep(PAUSE_MS)
      others = await claims(dir, claim, processes)
    }
    const held = await readLock(path)
    if (held && !isHeld(held, processes)) await rm(path, { force: true })
  } finally {
    await rm(claim, { force: true })
  }
}

/** The claims of other living processes; those of the dead are removed. */
async function claims(dir: string, mine: string, processes: Processes): Promise<readonly string[]> {
  const living: string[] = []
  for (const name of await readdir(dir)) {
    if (!name.startsWith(CLAIM) || name === basename(mine)) continue
    const other = await readLock(join(dir, name))
    if (other && isHeld(other, processes)) living.push(name)
    else await rm(join(dir, name), { force: true })
  }
  return living
}

/** Processes of two machines (or containers) may have one number. */
const nameOf = (lock: Lock): string => `${lock.pid}-${encodeURIComponent(lock.host)}`

/** False when a file stands at `path`. The file appears there whole and on the disk, or not at all. */
async function putInPlace(dir: string, path: string, lock: Lock): Promise<boolean> {
  const made = join(dir, `${NAME}.made-${nameOf(lock)}`)
  await rm(made, { force: true })
  const file = await open(made, 'wx', 0o644)
  try {
    await file.writeFile(`${JSON.stringify(lock)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(made, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(made, { force: true })
  }
}

/** Undefined when no file is there. */
async function readLock(path: string): Promise<Lock | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return lockFile.parse(JSON.parse(text))
  } catch {
    throw new ProblemError(problem('store.lock-unreadable', { lock: path }))
  }
}

function isHeld(lock: Lock, processes: Processes): boolean {
  if (lock.host !== processes.host) return true
  const start = processes.startOf(lock.pid)
  return start !== undefined && (start === lock.start || start === '' || lock.start === '')
}

async function release(path: string, mine: Lock): Promise<void> {
  const held = await readLock(path)
  if (held && held.pid === mine.pid && held.start === mine.start && held.host === mine.host) await rm(path)
}

const inUse = (path: string, { pid, host, startedAt }: Lock): ProblemError =>
  new ProblemError(problem('store.folder-in-use', { pid, host, startedAt, lock: path }))
