// Writes the published Ganzi 2010 example into a folder: its five workbooks and account.yaml, as shipped in examples/.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeList } from '../inputs/write-list.ts'
import { GANZI_LIST, ganziWorkbooks } from './ganzi.ts'

/** Creates the folder where it is missing and replaces files of the same names; other files stay. */
export async function writeExample(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  for (const [name, bytes] of await ganziWorkbooks()) await writeFile(join(dir, name), bytes)
  await writeList(join(dir, 'account.yaml'), GANZI_LIST)
}
