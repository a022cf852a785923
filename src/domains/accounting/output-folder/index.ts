// Putting a whole folder of results in place of the one before it, and tidying up after a run that was ended in the middle.
// Always holds: under the name asked for stands the old folder or the new one, whole; a part of the domain of its own, since
// whoever ends a run needs it and nothing else.

import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Where a folder stands until it is whole; the one it replaces stands aside under `.old`. */
const freshOf = (out: string): string => join(dirname(out), `.${basename(out)}-${process.pid}`)

/** The new folder takes the place of the old one in two renames, so a reader never sees half of it.
 *  @param write of one file; whatever it throws leaves the old folder as it was
 *  @throws Error with code `ENOTDIR` where something else than a folder stands there */
export async function replaceFolder(
  out: string,
  files: ReadonlyMap<string, Uint8Array>,
  write: (path: string, bytes: Uint8Array) => Promise<void> = writeFile,
): Promise<void> {
  await mkdir(dirname(out), { recursive: true })
  tidyFolder(out)
  // A file, or a device, would be set aside and removed like a folder.
  if (existsSync(out) && !statSync(out).isDirectory())
    throw Object.assign(new Error(`${out} is no folder`), { code: 'ENOTDIR' })
  const fresh = freshOf(out)
  try {
    await mkdir(fresh)
    for (const [name, bytes] of files) {
      await mkdir(dirname(join(fresh, name)), { recursive: true })
      await write(join(fresh, name), bytes)
    }
    const old = `${fresh}.old`
    await rename(out, old).catch((e: NodeJS.ErrnoException) => {
      if (e.code !== 'ENOENT') throw e
    })
    await rename(fresh, out)
    await rm(old, { recursive: true, force: true })
  } catch (e) {
    tidyFolder(out)
    throw e
  }
}

/** Removes what this run, or runs that were killed, left beside the output; a run still at work keeps its own. What was set
 *  aside and not yet replaced takes its place again. */
export function tidyFolder(out: string): void {
  const [parent, start] = [dirname(out), `.${basename(out)}-`]
  if (!existsSync(parent)) return
  const left = readdirSync(parent).filter((name) => {
    const pid = name.startsWith(start) ? /^(\d+)(\.old)?$/.exec(name.slice(start.length))?.[1] : undefined
    return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))
  })
  for (const name of left)
    if (name.endsWith('.old') && !existsSync(out)) renameSync(join(parent, name), out)
    else rmSync(join(parent, name), { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM'
  }
}
