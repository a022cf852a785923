// Fills an edition of regions into the database ahead of the act that puts it in force: fifty thousand regions and who
// lies within whom are no effects of an act, they are what a file says, and the act cites the file.
// Always holds: filling the same file again changes nothing; half a filling is never seen, and counts as none.

import type { JsonObject } from '../../../kernel/index.ts'
import { insertRows, sql, type Reader, type Store } from '../../store/index.ts'
import { region, regionClosureTable } from '../schema.ts'
import { regionClosure } from './closure.ts'
import type { RegionsReading } from './read-regions.ts'
import type { LEVELS } from './region-row.ts'
import { type RegionRow } from './region-row.ts'

/** Rows a statement: arrays of this length keep one statement below ten megabytes. */
const CHUNK = 20_000

/** The number of an edition: 28 bits of the SHA-256 of its file, so that it is the same wherever the file is filled in. */
export const editionOf = (fileHash: string): number => parseInt(fileHash.slice(0, 7), 16)

export interface RegionCounts {
  readonly regions: number
  readonly provinces: number
  readonly prefectures: number
  readonly counties: number
  readonly townships: number
  readonly villages: number
}

const PLURAL = {
  province: 'provinces',
  prefecture: 'prefectures',
  county: 'counties',
  township: 'townships',
  village: 'villages',
} as const satisfies Record<(typeof LEVELS)[number], keyof RegionCounts>

/** All rows, and those of each level that are counted and have no end. */
export function countsOf(rows: readonly Pick<RegionRow, 'level' | 'counted' | 'valid'>[]): RegionCounts {
  const counts = { regions: rows.length, provinces: 0, prefectures: 0, counties: 0, townships: 0, villages: 0 }
  for (const r of rows) if (r.level && r.counted && r.valid?.to === undefined) counts[PLURAL[r.level]]++
  return counts
}

/** The counts of what is filled in. */
export async function stagedCounts(reader: Reader, edition: number): Promise<RegionCounts> {
  const found = await reader.query<{ level: string | null; n: number; lasting: number }>(
    sql`select level, count(*)::int as n, (count(*) filter (where counted and valid_to is null))::int as lasting
        from region where edition = ${edition} group by level`,
  )
  const lasting = (level: (typeof LEVELS)[number]): number => found.find((f) => f.level === level)?.lasting ?? 0
  return {
    regions: found.reduce((sum, f) => sum + f.n, 0),
    provinces: lasting('province'),
    prefectures: lasting('prefecture'),
    counties: lasting('county'),
    townships: lasting('township'),
    villages: lasting('village'),
  }
}

/** The input of `loadRegions` for a reading without problems that has been filled in. */
export const loadRegionsInput = (
  { heading, rows }: Required<Pick<RegionsReading, 'heading' | 'rows'>>,
  fileHash: string,
): JsonObject => ({
  fileHash,
  source: heading.source,
  licence: heading.licence,
  state: heading.state,
  counts: { ...countsOf(rows) },
})

/** The hash of the file in force whose rows are not there (a database rebuilt from acts): it is to be filled in again
 *  before anybody can do anything, since every permission asks who lies within whom. */
export async function missingRegions(reader: Reader): Promise<string | undefined> {
  const [found] = await reader.query<{ file_hash: string }>(
    sql`select e.file_hash from region_edition e where e.in_force
          and (select count(*) from region r where r.edition = e.edition) < e.regions`,
  )
  return found?.file_hash
}

/** @param rows of a reading without problems @returns the number of the edition */
export async function stageRegions(store: Store, rows: readonly RegionRow[], fileHash: string): Promise<number> {
  const edition = editionOf(fileHash)
  const pairs = regionClosure(rows)
  await store.transaction(async (tx) => {
    const there = await tx.query<{ n: number; pairs: number }>(
      sql`select (select count(*) from region where edition = ${edition})::int as n,
                 (select count(*) from region_closure where edition = ${edition})::int as pairs`,
    )
    if (there[0]?.n === rows.length && there[0].pairs === pairs.length) return
    await tx.query(sql`delete from region where edition = ${edition}`)
    await tx.query(sql`delete from region_closure where edition = ${edition}`)
    for (const part of chunks(rows))
      await tx.query(
        insertRows(
          region,
          part.map((r) => ({
            edition,
            code: r.code,
            kind: r.kind,
            name_zh: r.name.zh,
            name_en: r.name.en,
            parent: r.parent ?? null,
            level: r.level ?? null,
            valid_from: r.valid?.from ?? null,
            valid_to: r.valid?.to ?? null,
            successor: r.successor ?? null,
            counted: r.counted,
            note: r.note ?? null,
          })),
        ),
      )
    for (const part of chunks(pairs))
      await tx.query(
        insertRows(
          regionClosureTable,
          part.map((p) => ({ edition, ...p })),
        ),
      )
  })
  return edition
}

const chunks = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) => all.slice(i * CHUNK, (i + 1) * CHUNK))
