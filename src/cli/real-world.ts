// The real clock, the real randomness and this process: what the house is given on the command line.

import { randomBytes } from 'node:crypto'
import { instantOfMs } from '../kernel/index.ts'
import type { World } from '../server/index.ts'
import { houseFolder } from './house.ts'

export const realWorld = (): World => ({
  checkout: houseFolder(),
  now: () => instantOfMs(Date.now()),
  random: (count) => randomBytes(count),
  pid: process.pid,
})

/** The data folder a command works in: what was said, else QINGSHAN_DATA, else `qingshan-data` here. */
export const dataFolder = (said: string | undefined): string => said ?? process.env['QINGSHAN_DATA'] ?? 'qingshan-data'

/** The server database: what was said, else DATABASE_URL; the embedded one where there is neither. */
export const databaseUrl = (said: string | undefined): string | undefined => said ?? process.env['DATABASE_URL']
