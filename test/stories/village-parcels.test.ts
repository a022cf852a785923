// The village's part of the first light of the common offices: six forest parcels arrive as a Shapefile in a 3-degree zone, with two
// overlaps and one bow-tie. The clerk sees what is wrong, repairs one, returns the other, and nothing is confirmed before its notice
// has run. On each engine the machine has.

import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { calendarDomain, calendarMigrations, loadCalendar } from '../../src/core/calendar/index.ts'
import { filesDomain, filesMigrations } from '../../src/core/files/index.ts'
import { identityMigrations } from '../../src/core/identity/index.ts'
import {
  broughtBatchIds,
  checkImports,
  commandName,
  importsBeside,
  importsDomain,
  importsMigrations,
  previewImport,
  stageImport,
  type ImportWorld,
} from '../../src/core/imports/index.ts'
import { noticesDomain, noticesMigrations } from '../../src/core/notices/index.ts'
import {
  placesDomain,
  placesMigrations,
  tileBox,
  unitsImport,
  unitsInBox,
  unitStaged,
  unitTile,
} from '../../src/core/places/index.ts'
import { villageZip, VILLAGE_NAMES } from '../../src/core/places/village.fixture.ts'
import { checkRecord, type AnyQuery, type Outcome, type Scope } from '../../src/core/record/index.ts'
import { ENGINES } from '../../src/core/store/fresh-store.fixture.ts'
import { compareTables, sql, trusted } from '../../src/core/store/index.ts'
import { decode, instant, type Json } from '../../src/kernel/index.ts'
import { fireDueTimers, timerDomain, timerMigrations } from '../../src/core/timer/index.ts'
import { CLERK, codes, counted, done, openTestHouse, REVIEWER, type TestHouse } from '../record-house.fixture.ts'

const VILLAGE = '430725101201'
const DAY = '2026-03-02'
const { calendar } = await loadCalendar('calendar')
const noFile = () => Promise.resolve(undefined)
const queries = new Map(placesDomain.queries!.map((q) => [q.name, q]))
const SCOPE = {
  grade: 'restricted',
  person: CLERK,
  role: 'county-clerk',
  within: () => trusted('true'),
} as unknown as Scope

type Row = Readonly<Record<string, Json>>

describe.each(ENGINES)('parcels of a village on %s', (engine) => {
  let house: TestHouse
  let world: ImportWorld
  const files = new Map<string, Uint8Array>()

  beforeAll(async () => {
    house = await openTestHouse(engine, {
      domains: [
        importsDomain([unitsImport]),
        placesDomain,
        calendarDomain(calendar),
        noticesDomain(calendar, noFile),
        filesDomain(noFile),
        timerDomain,
      ],
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
  beforeEach(() => {
    house.now = instant('2026-03-02T01:00:00.000Z')
    return house.fresh()
  })
  afterAll(() => house.close())

  const submit = (command: string, input: Json, person = CLERK, role = 'county-clerk'): Promise<Outcome> =>
    house.recorder.submit({ id: house.id(), command, input, person, role })
  const asked = async (name: string, input: Json): Promise<readonly Row[]> => {
    const query: AnyQuery = queries.get(name)!
    return (await query.run(house.store, decode(query.input, input as never) as never, SCOPE)) as readonly Row[]
  }
  const brought = async (): Promise<{ readonly batch: string; readonly idOf: ReadonlyMap<string, string> }> => {
    const bytes = villageZip()
    const file = createHash('sha256').update(bytes).digest('hex')
    files.set(file, bytes)
    const wish = { file, fileName: '示范村.zip', place: VILLAGE, options: { kind: 'parcel', from: DAY } }
    const preview = await previewImport(world, unitsImport, wish)
    expect(preview.findings.map((f) => [f.code, f.count])).toEqual([
      ['places.unsound', 1],
      ['places.overlap', 2],
    ])
    const staged = await stageImport(world, unitsImport, wish)
    const reasons = staged.findings.map((f) => ({ code: f.code, reason: '到现场核对后处理' }))
    done(await submit(commandName(unitsImport), { ...staged.input, reasons } as unknown as Json))
    const rows = await asked('units', { on: DAY })
    return { batch: staged.batch, idOf: new Map(rows.map((r) => [r['name'] as string, r['id'] as string])) }
  }
  const repairIt = async (unit: string): Promise<Outcome> => {
    const [proposal] = await asked('unitRepair', { unit, on: DAY })
    return submit('repairUnit', { unit, digest: proposal!['digest']! })
  }

  test('the tables are those of the database, and the window is asked of the index', async () => {
    expect(await compareTables(house.store, [...placesDomain.tables!, unitStaged])).toEqual([])
    await brought()
    await house.store.query(sql`analyze place_unit_staged`)
    const plan = await house.store.transaction(async (tx) => {
      await tx.query(sql`set local enable_seqscan = off`)
      return tx.query<Readonly<Record<string, string>>>(
        sql`explain select id from place_unit_staged where
            box(point(west::float8, south::float8), point(east::float8, north::float8)) && box(point(111, 28), point(112, 29))`,
      )
    })
    expect(JSON.stringify(plan)).toContain('place_unit_staged_box')
  })

  test('the preview tells two overlaps with their areas and the bow-tie; after the act all six stand on the map', async () => {
    const { idOf } = await brought()
    expect([...idOf.keys()]).toEqual([...VILLAGE_NAMES].sort((a, b) => (a < b ? -1 : 1)))
    const rows = await asked('units', { on: DAY })
    const first = rows.find((r) => r['name'] === '一号林')!
    // A hectare of the map of a zone is a hectare on the ellipsoid but for the scale of the map, (1 + y²/R²) at 47 km.
    expect(Math.abs(Number(first['areaM2']) - 10000 / (1 + 47050 ** 2 / 6366000 ** 2))).toBeLessThan(0.5)
    expect(first['areaHa']).toBe('0.9999')
    expect(rows.filter((r) => r['sound'] === false).map((r) => r['name'])).toEqual(['六号林'])
    const overlaps = await asked('unitNeighbours', { unit: idOf.get('二号林')!, on: DAY })
    expect(overlaps.map((r) => [r['relation'], r['name']])).toEqual([['overlap', '三号林']])
    expect(Number(overlaps[0]!['areaM2'])).toBeCloseTo(1000, -1)
    const window = await asked('unitsInWindow', { west: '111.4', south: '28.8', east: '111.6', north: '29', on: DAY })
    expect(window).toHaveLength(6)
    expect(await asked('unitsInWindow', { west: '112', south: '28.8', east: '112.1', north: '29', on: DAY })).toEqual(
      [],
    )
    const at = { z: 12, x: 3316, y: 1704 }
    const tile = await unitTile(await unitsInBox(house.store, { box: tileBox(at), on: DAY, limit: 100 }), at)
    expect(tile.length).toBeGreaterThan(200)
  })

  test('the bow-tie is repaired as shown: by its digest, with both areas, and not by another', async () => {
    const { idOf } = await brought()
    const unit = idOf.get('六号林')!
    const [proposal] = await asked('unitRepair', { unit, on: DAY })
    expect(proposal!['fault']).toContain('交叉')
    expect(Number(proposal!['areaBeforeM2'])).toBeCloseTo(0, 0)
    expect(Number(proposal!['areaAfterM2'])).toBeCloseTo(5000, -1)
    expect(codes(await submit('repairUnit', { unit, digest: '0'.repeat(16) }))).toEqual(['places.other-repair'])
    const receipt = done(await repairIt(unit))
    expect(receipt.answer).toMatchObject({ areaAfterM2: proposal!['areaAfterM2'] })
    expect(codes(await submit('repairUnit', { unit, digest: '0'.repeat(16) }))).toEqual(['places.nothing-to-repair'])
    const history = await asked('unitHistory', { unit })
    expect(history.map((h) => [h['version'], h['sound']])).toEqual([
      [1, false],
      [2, true],
    ])
    expect(await checkedAll()).toEqual([])
  })

  const confirmInput = (batch: string, units: readonly string[]): Json => ({
    units,
    place: VILLAGE,
    on: DAY,
    announced: `import:${batch}`,
  })
  /** What a check of the whole record says, rows that files brought among them. */
  const checkedAll = async (): Promise<readonly string[]> => {
    const told: string[] = []
    await checkRecord(house.store, house.recorder.registry, {
      tell: (p) => told.push(p.code),
      beside: importsBeside([unitsImport]),
      brought: await broughtBatchIds(house.store),
    })
    await checkImports(house.store, [unitsImport], (p) => told.push(p.code))
    return told
  }

  test('one overlap is left to the neighbour, one parcel returned, and the rest confirmed when the notice has run', async () => {
    const { batch, idOf } = await brought()
    const id = (name: string): string => idOf.get(name)!
    const rest = ['一号林', '二号林', '三号林', '四号林'].map(id)
    const open = codes(await submit('confirmUnits', confirmInput(batch, rest)))
    expect(open).toEqual([
      'places.overlaps-open',
      'places.overlaps-open',
      'places.overlaps-open',
      'public-notice.not-published',
    ])
    const trimmed = done(
      await submit('trimUnit', { unit: id('二号林'), against: id('三号林'), from: DAY, reason: '以界桩为准' }),
    )
    expect(Number((trimmed.answer as Row)['areaAfterM2'])).toBeCloseTo(10000, -1)
    done(await submit('returnUnits', { units: [id('五号林')], reason: '与四号林界线不符，请重新勾绘', place: VILLAGE }))
    expect(codes(await submit('confirmUnits', confirmInput(batch, [...rest, id('六号林')])))).toEqual(['places.not-sound', 'public-notice.not-published']) // prettier-ignore

    done(
      await submit('publishNotice', {
        about: `import:${batch}`,
        title: '示范村林地面积公示',
        body: '现将各地块面积公示如下。',
        clause: '示范条款',
        contact: '示范县林业局 0736-1234567',
        place: VILLAGE,
        from: DAY,
        days: 7,
        kind: 'working',
      }),
    )
    expect(codes(await submit('confirmUnits', confirmInput(batch, rest)))).toEqual(['public-notice.running'])
    house.now = instant('2026-03-12T01:00:00.000Z')
    expect((await fireDueTimers({ recorder: house.recorder, now: () => house.now })).failed).toBe(0)
    const request = done(await submit('confirmUnits', confirmInput(batch, rest)))
    expect(request.kind).toBe('approval-requested')
    const accepted = done(await submit('approve', { request: request.act }, REVIEWER, 'reviewer'))
    const rows = await asked('units', { on: '2026-03-12' })
    expect(Object.fromEntries(rows.map((r) => [r['name'], r['status']]))).toEqual({
      一号林: 'confirmed',
      二号林: 'confirmed',
      三号林: 'confirmed',
      四号林: 'confirmed',
      五号林: 'returned',
      六号林: 'draft',
    })

    // Taken back by the two who did it, while nothing followed.
    const takeBack = async (confirmed: string) => {
      const asked = await submit('correctAct', { act: confirmed, reason: '公示期内收到的异议漏登' })
      return asked.ok && asked.receipt.kind === 'approval-requested'
        ? submit('approve', { request: asked.receipt.act }, REVIEWER, 'reviewer')
        : asked
    }
    done(await takeBack(accepted.act))
    const after = await asked('units', { on: '2026-03-12' })
    expect(new Set(after.map((r) => r['status']))).toEqual(new Set(['draft', 'returned']))
    const again = done(await submit('confirmUnits', confirmInput(batch, rest)))
    const second = done(await submit('approve', { request: again.act }, REVIEWER, 'reviewer'))
    done(await submit('returnUnits', { units: [id('一号林')], reason: '重新指界', place: VILLAGE }))
    expect(codes(await takeBack(second.act))).toEqual(['places.followed'])
    expect(await checkedAll()).toEqual([])
  })

  test('a parcel reshaped after its notice was posted wants a new notice; the others of the import do not', async () => {
    const { batch, idOf } = await brought()
    const [one, two] = [idOf.get('一号林')!, idOf.get('三号林')!]
    const notice = (about: string, from: string): Json => ({
      about,
      title: '示范村林地面积公示',
      body: '现将各地块面积公示如下。',
      clause: '示范条款',
      contact: '示范县林业局 0736-1234567',
      place: VILLAGE,
      from,
      days: 3,
      kind: 'working',
    })
    const square = JSON.stringify({
      type: 'Polygon',
      coordinates: [[[111.6, 28.9], [111.601, 28.9], [111.601, 28.901], [111.6, 28.901], [111.6, 28.9]]],
    }) // prettier-ignore
    const confirm = async (announced: string, units: readonly string[], on: string) =>
      codes(await submit('confirmUnits', { units, place: VILLAGE, on, announced, overlapReason: '另行协商' }))
    const all = `import:${batch}`
    const changed = async (about: string, on: string) =>
      (await asked('unitsAnnounced', { announced: about, on })).filter((r) => r['changed']).map((r) => r['name'])
    const fired = async (at: string) => {
      house.now = instant(at)
      expect((await fireDueTimers({ recorder: house.recorder, now: () => house.now })).failed).toBe(0)
    }

    done(await submit('publishNotice', notice(all, DAY)))
    house.now = instant('2026-03-03T01:00:00.000Z')
    // Whatever was done to the other parcel, that it is read anew changes nothing of its shape.
    done(await submit('returnUnits', { units: [two], reason: '请核对户主', place: VILLAGE }))
    done(await submit('reshapeUnit', { unit: one, from: '2026-03-03', shape: square, reason: '实地核对' }))
    expect(await changed(all, '2026-03-03')).toEqual(['一号林'])
    await fired('2026-03-06T01:00:00.000Z')
    expect(await confirm(all, [one], '2026-03-06')).toEqual(['places.reshaped-since'])
    expect(await confirm(all, [one, two], '2026-03-06')).toEqual(['places.reshaped-since'])
    expect(await confirm(all, [two], '2026-03-06')).toEqual([])

    // A notice of the parcel itself, and again a change while it runs: the notice that is withdrawn and posted anew counts.
    const own = `unit:${one}`
    const first = done(await submit('publishNotice', notice(own, '2026-03-06')))
    expect(await changed(own, '2026-03-06')).toEqual([])
    done(await submit('reshapeUnit', { unit: one, from: '2026-03-06', shape: square, reason: '再核对' }))
    done(await submit('withdrawPublicNotice', { publicNotice: first.act, reason: '图形有变' }))
    expect(await confirm(own, [one], '2026-03-06')).toEqual(['public-notice.not-published'])
    done(await submit('publishNotice', notice(own, '2026-03-06')))
    await fired('2026-03-12T01:00:00.000Z')
    expect(await confirm(own, [one], '2026-03-12')).toEqual([])
    expect(await checkedAll()).toEqual([])
  })

  test('splitting and merging keep the area, the old units keep their days, and the map of any day is found again', async () => {
    const { idOf } = await brought()
    const unit = idOf.get('一号林')!
    const [before] = (await asked('units', { on: DAY })).filter((r) => r['id'] === unit)
    const { shape } = (await asked('unitHistory', { unit }))[0] as { readonly shape: string }
    const ring = (JSON.parse(shape) as { coordinates: number[][][][] }).coordinates[0]![0]!
    const mid = ring.reduce((s, p) => s + p[1]!, 0) / ring.length
    const line = JSON.stringify({ type: 'LineString', coordinates: [[111.3, mid], [111.7, mid]] }) // prettier-ignore
    const split = done(await submit('splitUnit', { unit, line, from: '2026-03-05', reason: '分户' }))
    const { parts } = split.answer as unknown as { readonly parts: readonly { unit: string; areaM2: string }[] }
    expect(parts).toHaveLength(2)
    const sum = parts.reduce((n, p) => n + Number(p.areaM2), 0)
    expect(Math.abs(sum - Number(before!['areaM2']))).toBeLessThan(0.01)
    expect((await asked('units', { on: '2026-03-04' })).map((r) => r['id'])).toContain(unit)
    const later = (await asked('units', { on: '2026-03-05' })).map((r) => r['id'])
    expect(later).not.toContain(unit)
    expect(later).toEqual(expect.arrayContaining(parts.map((p) => p.unit)))
    expect(codes(await submit('splitUnit', { unit, line, from: '2026-03-06', reason: '再分' }))).toEqual([
      'places.retired',
    ])
    const merged = done(
      await submit('mergeUnits', {
        units: parts.map((p) => p.unit),
        name: '一号林',
        severalParts: false,
        from: '2026-03-08',
        reason: '并户',
      }),
    )
    const whole = merged.answer as Row
    expect(Math.abs(Number(whole['areaM2']) - sum)).toBeLessThan(0.01)
    expect(Number(whole['overlapM2'])).toBeLessThan(0.01)
    const apart = await submit('mergeUnits', {
      units: [idOf.get('一号林')!, idOf.get('三号林')!],
      name: 'x',
      severalParts: false,
      from: '2026-03-09',
      reason: 'x',
    })
    expect(codes(apart)).toEqual(['places.retired'])
    expect(await checkedAll()).toEqual([])
  })

  test('a list of coordinates comes in by the system it declares, GCJ-02 converted and told; none, or another datum, is refused', async () => {
    const list = '名称,坐标串\n方块,111.48 28.9; 111.481 28.9; 111.481 28.901; 111.48 28.901\n站点,111.4805 28.9005\n'
    const bytes = new TextEncoder().encode(list)
    const file = createHash('sha256').update(bytes).digest('hex')
    files.set(file, bytes)
    const look = (crs?: string) =>
      previewImport(world, unitsImport, {
        file,
        fileName: '坐标.csv',
        place: VILLAGE,
        options: { kind: 'plot', from: DAY, ...(crs === undefined ? {} : { crs }) },
      })
    const degrees = await look('4490')
    expect([degrees.counts.lines, degrees.findings]).toEqual([2, []])
    expect((await look('gcj02')).findings.map((f) => f.code)).toEqual(['places.gcj02-converted'])
    await expect(look()).rejects.toThrow(/places\.no-crs/)
    await expect(look('4214')).rejects.toThrow(/places\.other-datum/)
    expect((await look('4525')).findings.map((f) => f.severity)).toContain('red')
  })
})
