// Where the documents of a house stand: its folder, or a bucket on an S3-compatible server where its settings name one; and how they
// are moved from one to the other.
// Always holds: the settings change only after every document has arrived; what stood before is left as it was.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { ProblemError } from '../../kernel/index.ts'
import { openFileStore, openS3FileStore, type FileStore, type S3Keys, type S3Settings } from '../../core/files/index.ts'
import { placesOf, writeSettings, writeWhole, type HouseSettings } from './data-folder.ts'
import { houseProblem } from './problems.ts'

const word = z.string().min(1).max(500)
const documents = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(500),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  region: word,
  prefix: z
    .string()
    .regex(/^([A-Za-z0-9._-]+\/)*$/)
    .max(200)
    .optional(),
})
const keys = z.strictObject({ accessKeyId: word, secretAccessKey: word })

/** @throws ProblemError `house.documents`, `house.documents-key` */
export async function documentsOf(folder: string, settings: HouseSettings): Promise<FileStore> {
  const { documents: said } = settings
  if (said === undefined) return openFileStore(placesOf(folder).files)
  const read = documents.safeParse(said)
  if (!read.success) throw new ProblemError(houseProblem('house.documents'))
  return openS3FileStore(said, await keysOf(folder), join(placesOf(folder).work, 'documents'))
}

/** @throws ProblemError `house.documents-key` */
async function keysOf(folder: string): Promise<S3Keys> {
  const [accessKeyId, secretAccessKey] = [process.env['QINGSHAN_S3_KEY_ID'], process.env['QINGSHAN_S3_SECRET']]
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey }
  const file = placesOf(folder).documentsKey
  try {
    const read = keys.safeParse(JSON.parse(await readFile(file, 'utf8')))
    if (read.success) return read.data
  } catch {
    // Told below, like a file that lacks something.
  }
  throw new ProblemError(houseProblem('house.documents-key', { file }))
}

/** Copies every document and then lets the settings name the new place. @param to undefined: the folder
 *  @returns how many documents there are @throws ProblemError `house.…`, `files.…` */
export async function moveDocuments(
  folder: string,
  settings: HouseSettings,
  to: S3Settings | undefined,
): Promise<number> {
  const { documents: _, ...rest } = settings
  const next: HouseSettings = to === undefined ? rest : { ...rest, documents: to }
  const [from, into] = [await documentsOf(folder, settings), await documentsOf(folder, next)]
  if (to !== undefined) await writeWhole(placesOf(folder).documentsKey, JSON.stringify(await keysOf(folder)), 0o600)
  let count = 0
  for await (const hash of from.list()) {
    await into.archive.write(hash, from.read(hash))
    count += 1
  }
  await writeSettings(folder, next)
  return count
}
