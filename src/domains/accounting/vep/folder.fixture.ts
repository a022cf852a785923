// Folders for tests: the sample on disk, with its list or its workbook changed by the test.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dec, type CivilDate } from '../../../kernel/index.ts'
import { writeWorkbook, type CellSpec } from '../../../core/exchange-formats/index.ts'
import { loadRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { computeVep } from './compute.ts'
import type { UnitResult, VepResult } from './model.ts'
import { readVepFolder } from './read.ts'
import { vepSample, type SampleFile } from './sample.ts'
import { SHEETS, type SheetName } from './sheets.ts'

let loaded: Promise<RuleBook> | undefined
let sample: Promise<readonly SampleFile[]> | undefined
export const shippedRules = (): Promise<RuleBook> => (loaded ??= loadRuleBook('rules').then((r) => r.book))

export type Rows = readonly (readonly (string | number)[])[]
export interface Change {
  /** Applied to the text of vep.yaml. */
  readonly list?: (text: string) => string
  readonly boundaries?: (text: string) => string
  /** A workbook of these sheets in place of the sample's; the heading row comes by itself. */
  readonly sheets?: Readonly<Partial<Record<SheetName, Rows>>>
  /** A workbook in place of the sample's. */
  readonly workbook?: Uint8Array
  readonly without?: readonly string[]
}

/** Rows of a test as a workbook; amounts are in 万元 and prices in 元/亩. */
export async function workbookOf(sheets: Readonly<Partial<Record<SheetName, Rows>>>): Promise<Uint8Array> {
  const cell = (v: string | number): CellSpec => (typeof v === 'number' ? { value: dec(v) } : { value: v })
  return writeWorkbook({
    title: 'test',
    sheets: (Object.entries(sheets) as [SheetName, Rows][]).map(([name, rows]) => ({
      name: SHEETS[name].zh,
      rows: [
        Object.entries(SHEETS[name].columns).map(([key, c]: [string, { readonly zh: string }]) => ({
          value: key === 'amount' ? `${c.zh}（万元）` : key === 'price' && name === 'deals' ? `${c.zh}（元/亩）` : c.zh,
        })),
        ...rows.map((r) => r.map(cell)),
      ],
    })),
  })
}

/** Runs `look` on a sample folder changed as told; the folder is gone afterwards. */
export async function inFolder<T>(change: Change, look: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vep-'))
  try {
    mkdirSync(join(folder, '证明材料'))
    sample ??= vepSample()
    const kept = (await sample).filter((f) => !change.without?.includes(f.name))
    for (const f of kept) writeFileSync(join(folder, f.name), await changed(f, change))
    return await look(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function changed(f: SampleFile, change: Change): Promise<string | Uint8Array> {
  if (f.name === 'vep.yaml' && change.list) return edited(f.content as string, change.list)
  if (f.name.endsWith('.geojson') && change.boundaries) return edited(f.content as string, change.boundaries)
  if (f.name.endsWith('.xlsx') && change.workbook) return change.workbook
  if (f.name.endsWith('.xlsx') && change.sheets) return workbookOf(change.sheets)
  return f.content
}

function edited(text: string, edit: (text: string) => string): string {
  const out = edit(text)
  if (out === text) throw new Error('the edit of the test changes nothing')
  return out
}

/** Values a changed sample; `only` leaves the other units aside. */
export async function valued(change: Change = {}, on?: CivilDate, only?: string): Promise<VepResult> {
  const book = await shippedRules()
  return inFolder(change, (folder) => {
    const file = readVepFolder(folder)
    const units = file.units.filter((u) => only === undefined || u.id === only)
    return computeVep({ ...file, units }, { book, engine: 'test', ...(on ? { on } : {}) })
  })
}

export const unitOf = (result: VepResult, id: string): UnitResult => result.units.find((u) => u.unit.id === id)!
export const codesOf = (u: UnitResult): readonly string[] => u.problems.map((p) => p.code)

/** The text of one unit in the list, edited. */
export const inUnit =
  (id: string, edit: (text: string) => string) =>
  (text: string): string => {
    const parts = text.split(/(?=^ {2}- id: )/m)
    return parts.map((p) => (p.startsWith(`  - id: ${id}`) ? edited(p, edit) : p)).join('')
  }
