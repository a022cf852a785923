// Two small accounts of the sample county for the journeys: one of workbooks (the published numbers of Ganzi under the county's
// code), as an archive and as a package, and one over maps. Each is computed once a file, since computing is what costs.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeZip } from '../../src/core/exchange-formats/index.ts'
import { listText, writePackage } from '../../src/domains/accounting/index.ts'
import { between, mapAccount, putMapAccount } from '../../src/domains/accounting/maps/map-account.fixture.ts'
import { text } from '../../src/kernel/index.ts'
import { smallFolder, smallPackage } from '../office.fixture.ts'
import { accountOf, rules, type Folder } from '../stories/folders.ts'
import { COUNTY } from './account-house.ts'

const REGION = { code: COUNTY, name: text('青山县', 'Qingshan') }

export const workbookFolder = (home: string): Folder => smallFolder(home, { region: REGION })

/** Files by name, the input list among them. */
export function filesOf(given: Folder): ReadonlyMap<string, Uint8Array> {
  const files = new Map(
    accountOf(given).sources.map((s) => [s.file, Uint8Array.from(readFileSync(join(given.folder, s.file)))]),
  )
  files.set('account.yaml', new TextEncoder().encode(listText(given.list)))
  return files
}

/** As people send a folder: one archive. */
export const archiveOf = (given: Folder): Buffer => Buffer.from(writeZip(filesOf(given)))

/** A folder on the disk with nothing but the files. @returns its path */
export function bareFolder(home: string, given: Folder): string {
  const folder = join(home, '资料')
  for (const [name, bytes] of filesOf(given)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

export const packageOf = smallPackage

/** Rain and evaporation of three parts of the county, with their boundaries. */
export function packageOverMaps(home: string): Uint8Array {
  const corner = (x: number, y: number) => [x + 0.01, y + 0.02] as const
  const part = (code: string, from: number, to: number) => ({
    code: `${COUNTY}${code}`,
    rings: [[corner(from, 0), corner(to, 0), corner(to, 16), corner(from, 16)]],
  })
  const given = mapAccount({
    cover: () => 1,
    layers: [
      { argument: 'precipitation', unit: 'mm', at: between(900, 1600, 3) },
      { argument: 'evapotranspiration', unit: 'mm', at: between(400, 800, 4) },
    ],
    regions: [part('001', 0, 8), part('002', 8, 15), part('003', 15, 22)],
    list: { methods: { R1: ['R1.water-balance.map'] }, region: REGION },
  })
  const folder = join(home, 'maps')
  putMapAccount(folder, given)
  const account = accountOf({ folder, list: given.list })
  const inputs = new Map(account.sources.map((s) => [s.file, Uint8Array.from(readFileSync(join(folder, s.file)))]))
  return writePackage({ account, list: given.list, rules: rules.files, report: new Map(), inputs }).bytes
}
