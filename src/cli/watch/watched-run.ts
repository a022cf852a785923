// A run that can be watched and ended: the command works in a thread of its own, and this one shows how far it is, hears Ctrl-C
// and the page's button. An entry of its own in the bundle, which loads nothing of the house but this folder.
// Always holds: whatever the other thread is at, a second after it was told to end nothing of it is left, nor half a file.

import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { tidyFolder } from '../../domains/accounting/output-folder/index.ts'
import { openLivePage, type LivePage } from './live-page.ts'
import { screenOf } from './screen.ts'
import type { Place, Told } from './told.ts'

/** As a shell tells a program that a signal ended: 128 and the signal's number. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** A thread ends at its next step; beyond this the whole process does. */
const GRACE_MS = 600

const CANCELLED =
  '已取消。没有留下写了一半的文件，输出文件夹同先前一样。\nCancelled. Nothing half written is left; the output folder is as it was.\n'

/** Runs the command with these words. Sets the exit code: that of the command, or 130 where it was cancelled. */
export async function runWatched(words: readonly string[]): Promise<void> {
  process.stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e
    process.exit()
  })
  const thread = new Worker(new URL('run-thread.mjs', import.meta.url), {
    workerData: words,
    stdout: true,
    stderr: true,
  })
  const screen = screenOf(process.stderr)
  const places: Place[] = []
  let live: Promise<LivePage> | undefined
  let [isEnding, code] = [false, 1]

  const cancel = async (exitCode: number): Promise<void> => {
    if (isEnding) return
    isEnding = true
    const isGone = await Promise.race([thread.terminate().then(() => true), setTimeout(GRACE_MS, false)])
    for (const place of places) tidy(place)
    screen.end()
    process.stderr.write(CANCELLED)
    await (await live)?.end('cancelled')
    // A thread that sits in one long call of the system would be waited for.
    if (isGone) process.exit(exitCode)
    else process.kill(process.pid, 'SIGKILL')
  }
  for (const [signal, exitCode] of Object.entries(CODES)) process.on(signal, () => void cancel(exitCode))
  thread.stdout.on('data', (bytes: Buffer) => screen.aside(() => process.stdout.write(bytes)))
  thread.stderr.on('data', (bytes: Buffer) => screen.aside(() => process.stderr.write(bytes)))

  const hear = (told: Told): void => {
    if (told.kind === 'place') places.push(told.place)
    else if (told.kind === 'ended') code = told.code
    else if (told.kind === 'live') {
      live = openLivePage(told.title, () => void cancel(CODES.SIGINT))
      void live.then(({ address }) =>
        screen.aside(() => process.stderr.write(`运行情况网页 / the run as a page: ${address}\n`)),
      )
    } else {
      screen.take(told)
      void live?.then((page) => page.take(told))
    }
  }
  thread.on('message', (told: Told) => {
    if (!isEnding) hear(told)
  })
  await new Promise<void>((done, fail) => {
    thread.on('error', (e) => {
      for (const place of places) tidy(place)
      screen.end()
      fail(e)
    })
    thread.on('exit', () => {
      if (!isEnding) done()
    })
  })
  isEnding = true
  screen.end()
  await (await live)?.end(code === 0 ? 'done' : 'failed')
  process.exitCode = code
}

/** What a thread that was ended was about to write. */
function tidy(place: Place): void {
  if ('folder' in place) return tidyFolder(place.folder)
  try {
    for (const name of readdirSync(place.parts))
      if (name.endsWith(place.ending)) rmSync(join(place.parts, name), { force: true })
  } catch {
    // The folder was not made yet.
  }
}
