// The list of boundary points that surveyors make: its units are those that the same corners in one cell would make; what cannot be a
// border is told at its line.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codes, counted, done, openTestHouse, CLERK, type TestHouse } from '../../../test/record-house.fixture.ts'
import type { Json } from '../../kernel/index.ts'
import { calendarMigrations } from '../calendar/index.ts'
import { writeCsv } from '../exchange-formats/index.ts'
import { filesMigrations } from '../files/index.ts'
import { identityMigrations } from '../identity/index.ts'
import {
  checkImports,
  commandName,
  importsDomain,
  importsMigrations,
  previewImport,
  restageImports,
  stageImport,
  type AnyImport,
  type ImportWorld,
} from '../imports/index.ts'
import { noticesMigrations } from '../notices/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { sql } from '../store/index.ts'
import { timerMigrations } from '../timer/index.ts'
import { placesDomain, placesMigrations, pointsImport, unitsImport } from './index.ts'

const PLACE = '430726001001'
const ALL = [unitsImport, pointsImport]
/** Two parcels side by side in a 3-degree zone (EPSG 4547, central meridian 114°), metres: east, north. */
const CORNERS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  甲: [
    [450000, 3200000],
    [450100, 3200000],
    [450100, 3200080],
    [450000, 3200080],
  ],
  乙: [
    [450100, 3200000],
    [450160, 3200000],
    [450160, 3200080],
    [450100, 3200080],
  ],
}
const HEADS = ['宗地代码', '点号', 'X(m)', 'Y(m)']
const lines = (closing: boolean): readonly (readonly string[])[] =>
  Object.entries(CORNERS).flatMap(([code, corners]) =>
    [...corners, ...(closing ? [corners[0]!] : [])].map(([east, north], i) => [
      code,
      `J${(i % corners.length) + 1}`,
      String(north),
      String(east),
    ]),
  )

describe.each(ENGINES)('a list of boundary points on %s', (engine) => {
  let house: TestHouse
  let world: ImportWorld
  const files = new Map<string, Uint8Array>()

  beforeAll(async () => {
    house = await openTestHouse(engine, {
      domains: [importsDomain(ALL), placesDomain],
      migrations: [
        ...identityMigrations,
        ...filesMigrations,
        ...timerMigrations,
        ...calendarMigrations,
        ...importsMigrations,
        ...noticesMigrations,
        ...placesMigrations,
      ],
    })
    world = { store: house.store, readFile: (h) => Promise.resolve(files.get(h)), key: counted('key')(32) }
  })
  beforeEach(() => house.fresh())
  afterAll(() => house.close())

  const wishOf = (rows: readonly (readonly string[])[], more: Readonly<Record<string, string>> = {}) => {
    const bytes = writeCsv(rows)
    const file = createHash('sha256').update(bytes).digest('hex')
    files.set(file, bytes)
    return {
      file,
      fileName: '界址点.csv',
      place: PLACE,
      options: { kind: 'parcel', from: '2026-01-01', crs: '4547', ...more },
    }
  }
  const bring = async (declared: AnyImport, wish: ReturnType<typeof wishOf>) => {
    const staged = await stageImport(world, declared, wish)
    const reasons = staged.findings.map((f) => ({ code: f.code, reason: '已核对' }))
    return house.recorder.submit({
      id: house.id(),
      command: commandName(declared),
      input: { ...staged.input, reasons } as unknown as Json,
      person: CLERK,
      role: 'county-clerk',
    })
  }
  const stand = () =>
    house.store.query<{ code: string; area: string; shape: string }>(
      sql`select code, area_m2::text as area, shape from place_unit_staged order by code`,
    )
  const told = async (rows: readonly (readonly string[])[], more: Readonly<Record<string, string>> = {}) =>
    (await previewImport(world, pointsImport, wishOf([HEADS, ...rows], { axes: 'x-north', ...more }))).findings.map(
      (f) => [f.code, f.count],
    )

  test('makes the units that the same corners in one cell make, closed or not, and brings them back after a loss', async () => {
    done(await bring(pointsImport, wishOf([HEADS, ...lines(true)], { axes: 'x-north' })))
    const listed = await stand()
    expect(listed.map((u) => u.code)).toEqual(['乙', '甲'])
    await house.store.query(sql`delete from place_unit_staged`)
    await house.store.query(sql`delete from import_stage`)
    await restageImports(world, ALL)
    expect(await stand()).toEqual(listed)
    const problems: string[] = []
    await checkImports(house.store, ALL, (p) => problems.push(p.code))
    expect(problems).toEqual([])

    await house.fresh()
    const cells = Object.entries(CORNERS).map(([code, corners]) => [
      code,
      code,
      corners.map((c) => c.join(' ')).join(';'),
    ])
    done(await bring(unitsImport, wishOf([['名称', '编码', '坐标串'], ...cells])))
    expect(await stand()).toEqual(listed)

    await house.fresh()
    done(await bring(pointsImport, wishOf([HEADS, ...lines(false)], { axes: 'x-north' })))
    expect(await stand()).toEqual(listed)
  })

  test('which of X and Y points north is declared: the other way round is another place, and in a zone of metres none', async () => {
    const turned = lines(true).map(([code, point, x, y]) => [code!, point!, y!, x!])
    done(await bring(pointsImport, wishOf([HEADS, ...turned], { axes: 'x-east' })))
    const listed = await stand()
    await house.fresh()
    done(await bring(pointsImport, wishOf([HEADS, ...lines(true)], { axes: 'x-north' })))
    expect(await stand()).toEqual(listed)
    expect(await told(lines(true), { crs: '' }).catch(codesOf)).not.toEqual([])
  })

  test('a point that comes twice, a unit with two points, a number that is none: each is told and nothing comes in', async () => {
    const [a, b, c, d] = lines(false)
    expect(await told([a!, b!, c!, b!, d!])).toEqual([['places.point-twice', 1]])
    expect(await told([a!, b!])).toEqual([['places.too-few-points', 1]])
    expect((await told([a!, b!, c!, ['甲', 'J4', '三百', '450000']])).length).toBe(1)
    expect(codes(await bring(pointsImport, wishOf([HEADS, a!, b!], { axes: 'x-north' })).catch(refused))).not.toEqual(
      [],
    )
    expect(await stand()).toEqual([])
  })

  test('overlaps of its units are told with their areas', async () => {
    const moved = lines(false).map(([code, point, x, y]) => [
      code!,
      point!,
      x!,
      code === '乙' ? String(Number(y) - 10) : y!,
    ])
    expect(await told(moved)).toEqual([['places.overlap', 1]])
  })
})

const problemsIn = (e: unknown): readonly { readonly code: string }[] =>
  (e as { readonly problems?: readonly { readonly code: string }[] }).problems ?? []
const codesOf = (e: unknown): readonly (readonly [string, number])[] => problemsIn(e).map((p) => [p.code, 1])
const refused = (e: unknown) => ({ ok: false as const, problems: problemsIn(e) as never })
