// Which processes of this machine live, and since when. On Linux the start is the boot of the machine and the clock
// ticks since then (proc(5), stat field 22), so that a number used again, also after a restart, is told apart.

import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

export interface Processes {
  readonly host: string
  /** When the process started, as a text to compare; '' where the machine does not tell; undefined when it is dead. */
  startOf(pid: number): string | undefined
}

export const machineProcesses = (): Processes => ({ host: hostname(), startOf: startOnThisMachine })

function startOnThisMachine(pid: number): string | undefined {
  if (!answers(pid)) return undefined
  const stat = readIfThere(`/proc/${pid}/stat`)
  return stat === undefined ? '' : startFromStat(stat, readIfThere('/proc/sys/kernel/random/boot_id') ?? '')
}

/** @param stat the text of /proc/PID/stat. @returns undefined for a process that has ended and waits for its parent */
export function startFromStat(stat: string, boot: string): string | undefined {
  // The name of the program stands in parentheses and may hold blanks and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[22 - 3]]
  return state === 'Z' || state === 'X' ? undefined : `${boot.trim()}:${start}`
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Not ours to signal, but alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
