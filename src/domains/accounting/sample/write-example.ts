// Writes sample data into a folder, each with its account.yaml: the published Ganzi 2010 example, as shipped in examples/,
// and the sample county of one year.

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InputList } from '../input-list.ts'
import { writeList } from '../inputs/index.ts'
import { countySample } from './county.ts'
import { GANZI_LIST, ganziWorkbooks } from './ganzi.ts'

/** Creates the folder where it is missing and replaces files of the same names; other files stay. */
async function writeFolder(dir: string, files: ReadonlyMap<string, Uint8Array>, list: InputList): Promise<void> {
  for (const [name, bytes] of files) {
    const path = join(dir, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
  await writeList(join(dir, 'account.yaml'), list)
}

/** The published Ganzi 2010 account. */
export const writeExample = async (dir: string): Promise<void> => writeFolder(dir, await ganziWorkbooks(), GANZI_LIST)

/** The sample county: its workbooks, boundaries and accepted list. @throws RangeError for a bad seed or year */
export async function writeCounty(dir: string, seed: number, year: number): Promise<void> {
  const { files, list } = await countySample({ seed, year })
  await writeFolder(dir, files, list)
}
