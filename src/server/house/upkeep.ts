// What was done for the house beside its record: the last backup, and where a running server answers. Small files of the data
// folder; losing them loses nothing.

import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '../../kernel/index.ts'
import { writeWhole } from './data-folder.ts'

export interface Upkeep {
  readonly backup?: { readonly at: Instant; readonly file: string }
}

const UPKEEP = 'upkeep.json'
const SERVER = 'server.json'

async function read<T>(folder: string, name: string): Promise<Partial<T>> {
  try {
    return JSON.parse(await readFile(join(folder, name), 'utf8')) as Partial<T>
  } catch {
    return {}
  }
}

export const readUpkeep = (folder: string): Promise<Upkeep> => read<Upkeep>(folder, UPKEEP)

export const noteBackup = (folder: string, backup: NonNullable<Upkeep['backup']>): Promise<void> =>
  writeWhole(join(folder, UPKEEP), `${JSON.stringify({ backup })}\n`)

/** Beside a backup: when it was restored and came up whole. */
export const noteRestore = (file: string, at: Instant): Promise<void> => writeWhole(`${file}.restored`, `${at}\n`)

/** The address of the server that holds the folder. */
export const findServer = async (folder: string): Promise<string | undefined> =>
  (await read<{ address: string }>(folder, SERVER)).address

export const noteServer = (folder: string, address: string | undefined): Promise<void> =>
  address === undefined
    ? rm(join(folder, SERVER), { force: true })
    : writeWhole(join(folder, SERVER), `${JSON.stringify({ address })}\n`)
