// Places on the embedded database: 100 000 parcels come in by file, then there are a million, and a new parcel is compared with its
// neighbours and a window of the map is asked for. `npm run bench -- places [units]`; fewer units while one is working on it.

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importsMigrations, stageImport, type ImportWorld } from '../src/core/imports/index.ts'
import { overlapsWith, placesMigrations, unitsImport, unitsInBox, unitStaged } from '../src/core/places/index.ts'
import { identityMigrations } from '../src/core/identity/index.ts'
import { indicatorMigrations } from '../src/core/indicators/index.ts'
import { ledgerMigrations } from '../src/core/ledger/index.ts'
import { recordMigrations } from '../src/core/record/index.ts'
import { insertRows, migrate, openPglite, sql, type RowOf, type Store } from '../src/core/store/index.ts'
import { areaM2, areaText, type Polygons } from '../src/core/geometry/index.ts'
import { uuidFrom, type Uuid } from '../src/kernel/index.ts'
import { inChild, peak, timed, type Measured } from './measure.ts'

const MILLION = 1_000_000
const ON = '2026-03-02'
const PLACE = '430725'
/** A parcel is about a hectare; a thousand stand in a row. */
const [STEP, ROW] = [0.001, 1000]
const FILLED_AT_ONCE = 2_000
const TRIES = 40

/** Parcels share their corners and the bends of their borders. */
function parcel(n: number): Polygons {
  const [i, j] = [n % ROW, Math.floor(n / ROW)]
  const at = (u: number, v: number, bend: number): readonly number[] => [
    Number((111 + (i + u) * STEP + bend * 0.00007).toFixed(11)),
    Number((28 + (j + v) * STEP + bend * 0.00003).toFixed(11)),
  ]
  const ring = [at(0, 0, 0), at(0.5, 0, 1), at(1, 0, 0), at(1, 0.5, 1), at(1, 1, 0), at(0.5, 1, 1), at(0, 1, 0), at(0, 0.5, 1)] // prettier-ignore
  return [[[...ring, ring[0]!]]]
}

/** A GeoJSON file of the first parcels. */
const fileOf = (count: number): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } },
      features: Array.from({ length: count }, (_, n) => ({
        type: 'Feature',
        properties: { DKMC: `地块 ${n}`, DKBM: `43072500${n}` },
        geometry: { type: 'MultiPolygon', coordinates: parcel(n) },
      })),
    }),
  )

function staged(n: number, batch: Uuid): RowOf<typeof unitStaged> {
  const polygons = parcel(n)
  const [xs, ys] = [0, 1].map((k) => polygons[0]![0]!.map((p) => p[k]!)) as [number[], number[]]
  return {
    batch,
    line: n + 1,
    item: 0,
    id: uuidFrom(batch, `bench ${n}`),
    code: `43072500${n}`,
    name: `地块 ${n}`,
    kind: 'parcel',
    region: PLACE,
    valid_from: '2026-01-01',
    shape: JSON.stringify({ type: 'MultiPolygon', coordinates: polygons }),
    sound: true,
    area_m2: areaText(areaM2({ kind: 'polygon', polygons })),
    west: String(Math.min(...xs)),
    south: String(Math.min(...ys)),
    east: String(Math.max(...xs)),
    north: String(Math.max(...ys)),
  }
}

async function accept(store: Store, batch: Uuid): Promise<void> {
  await store.query(
    sql`insert into import_batch (id, import, version, place, file, file_name, mapping, options, lines, left_out, digest, reasons,
          in_force, act)
        values (${batch}, ${'units'}, ${1}, ${PLACE}, ${'0'.repeat(64)}, ${'bench'}, ${'{}'}::jsonb, ${'{}'}::jsonb, ${1}, ${0}, ${'0'.repeat(64)},
          ${'{}'}::jsonb, ${true}, ${batch})`,
  )
}

const percentile = (all: readonly number[], share: number): number =>
  [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))]!

/** Milliseconds, one after the other: of the processor, and by the clock. */
async function each(
  work: (k: number) => Promise<unknown>,
): Promise<{ readonly cpu: readonly number[]; readonly wall: readonly number[] }> {
  const runs: { readonly cpu: number; readonly wall: number }[] = []
  for (let k = 0; k < TRIES; k++) runs.push(await timed(() => work(k)))
  return { cpu: runs.map((r) => r.cpu * 1000), wall: runs.map((r) => r.wall * 1000) }
}

/** Imports a tenth, fills the rest in, and asks. */
export async function placesBench([size]: readonly string[]): Promise<Measured> {
  const units = Number(size)
  const folder = mkdtempSync(join(tmpdir(), 'qs-bench-places-'))
  const store = await openPglite({ folder })
  try {
    await migrate(store, [
      ...ledgerMigrations,
      ...indicatorMigrations,
      ...recordMigrations,
      ...identityMigrations,
      ...importsMigrations,
      ...placesMigrations,
    ])
    const bytes = fileOf(Math.round(units / 10))
    const file = createHash('sha256').update(bytes).digest('hex')
    const world: ImportWorld = { store, readFile: () => Promise.resolve(bytes), key: randomBytes(32) }
    const wish = { file, fileName: 'parcels.geojson', place: PLACE, options: { kind: 'parcel', from: '2026-01-01' } }
    let told = 0
    const brought = await timed(() => stageImport(world, unitsImport, wish, () => void told++))
    const { batch, counts, findings } = brought.result
    if (counts.red > 0 || findings.length > 0) throw new Error(JSON.stringify(findings))
    await accept(store, batch)
    for (let n = Math.round(units / 10); n < units; n += FILLED_AT_ONCE)
      await store.query(
        insertRows(
          unitStaged,
          Array.from({ length: Math.min(FILLED_AT_ONCE, units - n) }, (_, k) => staged(n + k, batch)),
        ),
      )
    // Places spread over all rows, the same in every run.
    const rows = Math.floor(units / ROW)
    const place = (k: number): readonly [number, number] => [
      111 + ((k * 379) % (ROW - 30)) * STEP,
      28 + ((k * 211) % Math.max(1, rows - 30)) * STEP,
    ]
    const overlap = await each(async (k) => {
      const [x, y] = place(k)
      const area: Polygons = [[[[x, y], [x + 0.0015, y], [x + 0.0015, y + 0.0015], [x, y + 0.0015], [x, y]]]] // prettier-ignore
      const found = await overlapsWith(store, area, { on: ON, but: [] })
      if (found.length < 4) throw new Error(`${found.length} overlaps`)
    })
    const window = await each(async (k) => {
      const [x, y] = place(k)
      const box = { west: x, south: y, east: x + 0.03, north: y + 0.03 }
      const found = await unitsInBox(store, { box, on: ON, limit: 5000 })
      if (found.length < 600) throw new Error(`${found.length} units in the window`)
    })
    return {
      units,
      import: brought.wall,
      importCpu: brought.cpu,
      rows: units / 10,
      told,
      overlap: percentile(overlap.cpu, 0.5),
      overlapWall: percentile(overlap.wall, 0.5),
      overlapSlow: percentile(overlap.wall, 0.95),
      window: percentile(window.cpu, 0.5),
      windowWall: percentile(window.wall, 0.5),
      windowSlow: percentile(window.wall, 0.95),
      peak: peak(),
    }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

export function placesRows(
  words: readonly string[],
): readonly (readonly [what: string, value: string, beside: string])[] {
  const size = words.find((w) => /^\d+$/.test(w)) ?? String(MILLION)
  const m = inChild('places', size)
  const ms = (v: number): string => `${v.toFixed(1)} ms`
  const clock = (of: string): string => `${ms(m[`${of}Wall`]!)} by the clock, 95 %: ${ms(m[`${of}Slow`]!)}`
  return [
    [`import of ${m['rows']} parcels`, `${m['importCpu']!.toFixed(1)} s`, `${m['import']!.toFixed(1)} s by the clock, told ${m['told']} times how far`], // prettier-ignore
    [`overlap of a new parcel among ${m['units']}`, ms(m['overlap']!), clock('overlap')],
    ['window of the map, 900 parcels', ms(m['window']!), `${clock('window')}; ${Math.round(m['peak']!)} MB`],
  ]
}
