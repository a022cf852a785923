// The house's key for personal values: it makes codes findable by equality without keeping them readable, and the salts of what
// files bring. It lies with the log's key and, like it, in no backup but where `--with-keys` puts it.
// Always holds: a folder that is opened has one. A new key only means that the index of codes is made again; a database lost
// together with the key cannot read imported personal values out of their files again.

import { readFile } from 'node:fs/promises'
import { HOUSE_KEY_BYTES } from '../../core/imports/index.ts'
import { placesOf, writeWhole } from './data-folder.ts'

export const isPersonalKey = (text: string): boolean => new RegExp(`^[0-9a-f]{${2 * HOUSE_KEY_BYTES}}$`).test(text)

/** As it is written beside a backup: hexadecimal. Undefined where there is none. */
export async function findPersonalKey(folder: string): Promise<string | undefined> {
  const text = (await readFile(placesOf(folder).personalKey, 'utf8').catch(() => '')).trim()
  return isPersonalKey(text) ? text : undefined
}

export const writePersonalKey = (folder: string, hex: string): Promise<void> =>
  writeWhole(placesOf(folder).personalKey, `${hex}\n`, 0o600)

export async function personalKeyOf(folder: string, random: (count: number) => Uint8Array): Promise<Uint8Array> {
  const known = await findPersonalKey(folder)
  const hex = known ?? Buffer.from(random(HOUSE_KEY_BYTES)).toString('hex')
  if (known === undefined) await writePersonalKey(folder, hex)
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}
