// A region of any size: the sample county's facts, once for each of its counties, under one city. The facts are those its
// workbooks give, so every service with its methods, prices and checks is in it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from '../src/kernel/index.ts'
import type { RuleBook } from '../src/core/rules/index.ts'
import {
  classificationOf,
  countySample,
  readFacts,
  type InputList,
  type ReadFacts,
} from '../src/domains/accounting/index.ts'

export interface GeneratedRegion extends ReadFacts {
  readonly list: InputList
  readonly townships: number
}

const CITY = '439900'
const COUNTY = '439901'
export const TOWNSHIPS_A_COUNTY = 12

/** Writes the county's files into a folder that is gone afterwards. */
export async function withCounty<T>(work: (folder: string, list: InputList) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'qingshan-bench-'))
  try {
    const { files, list } = await countySample({ seed: 2026, year: 2024 })
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
    return await work(folder, list)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @param counties 1 to 99, twelve townships each */
export function generatedRegion(book: RuleBook, counties: number): Promise<GeneratedRegion> {
  return withCounty((folder, list) => {
    const one = readFacts(folder, list, { classification: classificationOf(book) })
    const codes = Array.from({ length: counties }, (_, i) => `4399${String(i + 1).padStart(2, '0')}`)
    const at = (code: string, county: string): string => county + code.slice(COUNTY.length)
    const city = { ...one.regions[0]!, code: CITY, name: text('青山市', 'Qingshan City') }
    const { parent: _, ...root } = city
    return {
      ...one,
      townships: counties * TOWNSHIPS_A_COUNTY,
      list: { ...list, region: { code: CITY, name: city.name } },
      boundaries: [],
      regions: [
        root,
        ...codes.flatMap((county) =>
          one.regions.map((r) => ({
            ...r,
            code: at(r.code, county),
            parent: r.parent === undefined || r.code === COUNTY ? CITY : at(r.parent, county),
          })),
        ),
      ],
      facts: codes.flatMap((county) =>
        one.facts.map((f) => {
          const region = at(f.region, county)
          return { ...f, region, id: f.id.replace(`|${f.region}|`, `|${region}|`) }
        }),
      ),
    }
  })
}
