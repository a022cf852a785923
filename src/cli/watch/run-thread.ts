// The thread of a watched run: the command itself, telling the other thread how far it is. A module of its own in the bundle.

import { parentPort, workerData } from 'node:worker_threads'
import { main } from '../main.ts'
import type { Told } from './told.ts'
import { watchBy } from './watch.ts'

const tell = (told: Told): void => parentPort!.postMessage(told)
await main(
  workerData as readonly string[],
  watchBy(tell, () => performance.now()),
)
tell({ kind: 'ended', code: Number(process.exitCode ?? 0) })
