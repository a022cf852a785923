// The embedded database, its journal and its folder killed at random moments under load: nothing acknowledged is lost, and
// the auditor finds nothing; also when the database's files are those of an earlier day, when the whole database is gone and
// only a backup and the journal are left, and when the journal ends in half a line.

import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chance } from '../laws/ledger-histories.ts'
import { Clients } from './crash-load.ts'
import { startOffice, type OfficeProcess } from './crash-process.ts'
import { storyFolder } from './folders.ts'

const ROUNDS = Number(process.env['QINGSHAN_SOAK'] ?? 0)
const SEED = Number(process.env['QINGSHAN_SEED'] ?? Date.now() % 100_000)

const home = storyFolder('crash-embedded')
const folder = join(home, 'data')
const database = join(folder, 'database')
const journal = join(folder, 'journal')
const copy = join(home, 'copy')
const archive = join(home, 'backup.qingshan')

async function started(from?: string): Promise<OfficeProcess> {
  const office = await startOffice(folder, 'embedded', from)
  if (!('submit' in office)) throw new Error(`did not start: ${office.join(' ')}`)
  return office
}

/** What was torn and set aside before does not count. */
const lastJournalFile = (): string =>
  join(
    journal,
    readdirSync(journal)
      .filter((f) => f.endsWith('.jsonl'))
      .sort()
      .at(-1)!,
  )

/** What becomes of the folder while the program is dead. @returns the backup to start from, if any */
const DAMAGES = {
  nothing: () => undefined,
  'half a line at the end of the journal': () => {
    const file = lastJournalFile()
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    appendFileSync(file, lines.at(-1)!.slice(0, 100))
    return undefined
  },
  'the database files of an earlier day': () => {
    rmSync(database, { recursive: true })
    cpSync(copy, database, { recursive: true })
    return undefined
  },
  'no database, a backup and the journal': () => {
    rmSync(database, { recursive: true })
    return archive
  },
} as const satisfies Readonly<Record<string, () => string | undefined>>
type Damage = keyof typeof DAMAGES

test(`killed under load at random moments, nothing acknowledged is lost (seed ${SEED})`, async () => {
  const c = chance(SEED)
  const clients = new Clients(c)
  let office = await started()
  await clients.found(office.submit)
  // The earlier day: a copy made while it is stopped, and a backup.
  await office.backup(archive)
  await office.stop()
  cpSync(database, copy, { recursive: true })
  office = await started()
  // A second program on the folder is turned away while the first one lives.
  expect(await startOffice(folder)).toEqual(['store.folder-in-use'])
  const kinds = Object.keys(DAMAGES) as Damage[]
  const rounds = [...kinds.slice(-2), ...Array.from({ length: ROUNDS }, () => c.pick(kinds))]
  for (const damage of rounds) {
    const until = clients.acknowledged.size + 5 + c.below(40)
    const working = clients.work(office.submit, () => false)
    while (clients.acknowledged.size < until) await new Promise((r) => setTimeout(r, 1 + c.below(5)))
    await office.kill()
    await working
    office = await started(DAMAGES[damage]())
    expect(await clients.settle(office.submit), damage).toEqual([])
    expect(await office.audit(), damage).toEqual([])
  }
  await office.stop()
  // A journal that lost an acknowledged line is not taken for whole.
  const file = lastJournalFile()
  truncateSync(file, readFileSync(file).length - 40)
  expect(await startOffice(folder)).toEqual(['journal.behind'])
})
