// The data folder of one operator: what lies where, and its settings.
//   house.json  origin of the log, zone, where the journal begins · regions.csv the edition of regions in force · db/ the embedded database · journal/ the act journal
//   files/ documents by content · work/ uploaded folders and long runs, which may be removed · log/ the public log as static files · keys/ the log's signing key and the key of personal codes (readable by their owner only)

import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ProblemError } from '../../kernel/index.ts'
import type { LogFolder } from '../../core/evidence/index.ts'
import type { S3Settings } from '../../core/files/index.ts'
import type { JournalHead } from '../../core/store/index.ts'
import { houseProblem } from './problems.ts'
import { signInProvider, type SignInProvider } from './sign-in-provider.ts'

export interface HouseSettings {
  /** Name of the log: a host or an office, `log.example.gov.cn/record`. */
  readonly origin: string
  /** The operator's zone. */
  readonly zone: string
  /** The public key of the log. */
  readonly verifierKey: string
  /** The public key of the SM2 counter-signature, where the office has one. */
  readonly sm2VerifierKey?: string
  /** Keys of witnesses with their addresses. */
  readonly witnesses: readonly { readonly url: string; readonly verifierKey: string }[]
  /** The journal's entry before its first of this folder: another than the start after a restore. */
  readonly journalStart?: JournalHead
  /** Where strangers reach this house, `https://qingshan.example.gov.cn`: printed on certificates. */
  readonly publicAddress?: string
  /** A bucket that holds the documents; left out: the folder `files`. Its keys stand beside the log's, or in the environment. */
  readonly documents?: S3Settings
  /** Where people may sign in instead of with a password. */
  readonly signInProvider?: SignInProvider
}

export const placesOf = (folder: string) =>
  ({
    settings: join(folder, 'house.json'),
    regions: join(folder, 'regions.csv'),
    database: join(folder, 'db'),
    journal: join(folder, 'journal'),
    files: join(folder, 'files'),
    work: join(folder, 'work'),
    log: join(folder, 'log'),
    key: join(folder, 'keys', 'log.key'),
    sm2Key: join(folder, 'keys', 'log-sm2.key'),
    personalKey: join(folder, 'keys', 'personal.key'),
    documentsKey: join(folder, 'keys', 'documents.json'),
    providerSecret: join(folder, 'keys', 'sign-in-provider.secret'),
  }) as const

/** Writes a file whole: beside, synced, renamed. */
export async function writeWhole(path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const beside = `${path}.writing`
  const file = await open(beside, 'w', mode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
}

/** @throws ProblemError `house.not-a-folder`, `house.settings` */
export async function readSettings(folder: string): Promise<HouseSettings> {
  const file = placesOf(folder).settings
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new ProblemError(houseProblem('house.not-a-folder', { folder }))
  try {
    const s = JSON.parse(text) as Partial<HouseSettings>
    const provider = s.signInProvider === undefined || signInProvider.safeParse(s.signInProvider).success
    if (typeof s.origin === 'string' && typeof s.zone === 'string' && typeof s.verifierKey === 'string' && provider)
      return { ...s, origin: s.origin, zone: s.zone, verifierKey: s.verifierKey, witnesses: s.witnesses ?? [] }
  } catch {
    // Told below, like a file that lacks something.
  }
  throw new ProblemError(houseProblem('house.settings', { file }))
}

export const writeSettings = (folder: string, settings: HouseSettings): Promise<void> =>
  writeWhole(placesOf(folder).settings, `${JSON.stringify(settings, null, 2)}\n`)

/** The secret this house is known by at its identity provider; undefined where none is kept. Not in backups, like the keys. */
export async function readProviderSecret(folder: string): Promise<string | undefined> {
  const text = (await readFile(placesOf(folder).providerSecret, 'utf8').catch(() => '')).trim()
  return text === '' ? undefined : text
}

export const writeProviderSecret = (folder: string, secret: string): Promise<void> =>
  writeWhole(placesOf(folder).providerSecret, `${secret}\n`, 0o600)

/** @throws ProblemError `house.not-empty` */
export function requireEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new ProblemError(houseProblem('house.not-empty', { folder }))
}

/** The public log's folder. Paths come from the tile layout, never from outside. */
export const logFolder = (folder: string): LogFolder => ({
  read: async (path) => {
    const bytes = await readFile(join(placesOf(folder).log, path)).catch(() => undefined)
    return bytes && Uint8Array.from(bytes)
  },
  write: (path, bytes) => writeWhole(join(placesOf(folder).log, path), bytes),
})
