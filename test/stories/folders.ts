// The folders the stories start from: the published Ganzi inputs and the sample county, each in a folder of its own, and
// ways to spoil a workbook as people and programs do.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { strFromU8, strToU8, unzipSync } from 'fflate'
import { afterAll } from 'vitest'
import { writeZip } from '../../src/core/exchange-formats/index.ts'
import { loadRuleBook } from '../../src/core/rules/index.ts'
import {
  countySample,
  GANZI_LIST,
  ganziWorkbooks,
  listText,
  runAccount,
  writePackage,
  type Account,
  type InputList,
  type RunResult,
} from '../../src/domains/accounting/index.ts'

export const rules = await loadRuleBook('rules')

/** A folder for one story, gone when its file is done. */
export function storyFolder(name: string): string {
  const home = mkdtempSync(join(tmpdir(), `qingshan-${name}-`))
  afterAll(() => rmSync(home, { recursive: true }))
  return home
}

export interface Folder {
  readonly folder: string
  readonly list: InputList
}

function fill(folder: string, files: ReadonlyMap<string, Uint8Array>, list: InputList): Folder {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return { folder, list }
}

const ganzi = await ganziWorkbooks()
const counties = new Map<string, Awaited<ReturnType<typeof countySample>>>()

export const ganziFolder = (folder: string): Folder => fill(folder, ganzi, GANZI_LIST)

/** @param pixel m; coarser than as shipped (60), where a story is not about the pixels */
export async function countyFolder(folder: string, year = 2024, pixel: 60 | 120 = 120): Promise<Folder> {
  const key = `${year} ${pixel}`
  const made = counties.get(key) ?? (await countySample({ seed: 2026, year, pixel }))
  counties.set(key, made)
  return fill(folder, made.files, made.list)
}

/** The list as account.yaml of its folder. */
export const putList = ({ folder, list }: Folder): void => writeFileSync(join(folder, 'account.yaml'), listText(list))

export const compute = ({ folder, list }: Folder): RunResult =>
  runAccount({ folder, list, book: rules.book, engine: 'qingshan test' })

/** @throws Error with the codes of the problems where the run was stopped */
export function accountOf(given: Folder): Account {
  const run = compute(given)
  if (!run.account) throw new Error(run.problems.map((p) => `${p.code} ${p.zh}`).join('\n'))
  return run.account
}

/** A package without a rendered report, in a file. */
export function packTo(file: string, account: Account, { list }: Folder): string {
  writeFileSync(file, writePackage({ account, list, rules: rules.files, report: new Map() }).bytes)
  return file
}

export type Parts = Record<string, string>

/** Changes the XML of a workbook; parts are named as in the archive, `xl/worksheets/sheet1.xml`. */
export function editWorkbook(path: string, change: (parts: Parts) => void): void {
  const parts: Parts = {}
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(path)))) parts[name] = strFromU8(bytes)
  const before = JSON.stringify(parts)
  change(parts)
  if (JSON.stringify(parts) === before) throw new Error(`the edit of ${path} changes nothing`)
  writeFileSync(path, writeZip(new Map(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))))
}

/** Puts other content into one cell: `<v>7</v>`, with a type where it is no number. */
export const setCell = (part: string, cell: string, content: string, type = ''): ((parts: Parts) => void) => {
  const found = new RegExp(`<c r="${cell}"( s="\\d+")?[^>]*?(/>|>.*?</c>)`)
  return (parts) => {
    parts[part] = parts[part]!.replace(
      found,
      (_, style: string | undefined) => `<c r="${cell}"${style ?? ''}${type}>${content}</c>`,
    )
  }
}

/** Replaces a text wherever the workbook says it. */
export const sayInstead =
  (was: string, now: string) =>
  (parts: Parts): void => {
    parts['xl/sharedStrings.xml'] = parts['xl/sharedStrings.xml']!.replace(`<t>${was}</t>`, `<t>${now}</t>`)
  }
