// The second opinion on shapes, asked of a PostGIS where the server has one (`apt-get install postgresql-postgis`): it agrees with what
// we keep, and tells what was made wrong on purpose.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json, Problem } from '../../kernel/index.ts'
import { importsMigrations } from '../imports/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../store/fresh-store.fixture.ts'
import { insertRows, sql, type AnyRow } from '../store/index.ts'
import { keptTidy } from './model.ts'
import { placesMigrations, unitShapeTable } from './schema.ts'
import { secondOpinion } from './second-opinion.ts'

const UNIT = '0190a5b4-0000-7000-8000-00000000000'
type Ring = readonly (readonly [number, number])[]

/** A ring of so many corners about a point of Taoyuan. @param turn rings of holes go the other way */
const ringAbout = (size: number, corners: number, turn: 1 | -1 = 1): Ring => {
  const ring = Array.from({ length: corners }, (_, i): [number, number] => {
    const angle = (turn * 2 * Math.PI * i) / corners
    const far = size * (1 + 0.3 * Math.sin(5 * angle))
    return [111.3 + far * Math.cos(angle), 28.9 + far * Math.sin(angle)]
  })
  return [...ring, ring[0]!]
}

const SHAPES: readonly (readonly Ring[])[] = [
  [ringAbout(0.001, 5)],
  [ringAbout(0.02, 40), ringAbout(0.004, 9, -1)],
  [ringAbout(0.4, 17)],
]

const rowOf = (i: number, more: Readonly<Record<string, Json>> = {}): AnyRow => ({
  ...{ unit: `${UNIT}${i}`, version: 1, valid_from: '2026-01-01', valid_to: null, reason: null, act: `${UNIT}a` },
  ...keptTidy({ kind: 'polygon', polygons: [SHAPES[i]!] }),
  ...more,
})

const stores: TestStore[] = []
beforeAll(async () => {
  for (const engine of ENGINES) stores.push(await openTestStore(engine, [...importsMigrations, ...placesMigrations]))
})
afterAll(async () => {
  for (const store of stores) await store.close()
})

const server = (): TestStore | undefined => stores.find((s) => s.engine === 'postgresql')
const postgis = async (): Promise<boolean> =>
  (await server()?.query(sql`select 1 from pg_available_extensions where name = 'postgis'`))?.length === 1

test('nobody is asked where there is no PostGIS', async () => {
  for (const store of stores) expect(await secondOpinion(store, () => undefined)).toBeUndefined()
})

test('areas of a parcel, of one with a hole and of a county are the same; what was made wrong is told', async (context) => {
  const store = server()
  if (!store || !(await postgis())) return context.skip('no PostGIS: apt-get install postgresql-postgis')
  // Beside our tables and not among them, as an operator does it who wants backups without it.
  await store.query(sql`create schema geo`)
  await store.query(sql`create extension postgis schema geo`)
  await store.query(insertRows(unitShapeTable, SHAPES.map((_, i) => rowOf(i)) as never))
  const told: Problem[] = []
  expect(await secondOpinion(store, (p) => told.push(p))).toMatchObject({ shapes: 3 })
  expect(told).toEqual([])

  const tie = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [111, 28],
          [111.001, 28.001],
          [111.001, 28],
          [111, 28.001],
          [111, 28],
        ],
      ],
    ],
  }
  const kept = rowOf(0)
  const wrong = [
    rowOf(1, { version: 2, area_m2: String(Number(rowOf(1)['area_m2']) + 20) }),
    { ...kept, version: 2, shape: JSON.stringify(tie), area_m2: '0' },
    { ...kept, version: 3, shape: JSON.stringify(tie), area_m2: '77', sound: false },
  ]
  await store.query(insertRows(unitShapeTable, wrong as never))
  expect(await secondOpinion(store, (p) => told.push(p))).toMatchObject({ shapes: 6 })
  expect(told.map((p) => [p.code, p.values['unit'], p.values['version']])).toEqual([
    ['places.other-soundness', `${UNIT}0`, 2],
    ['places.other-area', `${UNIT}1`, 2],
  ])
})
