// A house with people of a county and of one of its villages, for tests of public notices and deadlines: the shipped roles and
// calendar, real permissions, a clock that the test turns, files that are said to be there, and a command that waits for a notice.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  calendarDomain,
  calendarMigrations,
  calendarWords,
  loadCalendar,
  type Calendar,
} from '../src/core/calendar/index.ts'
import { filesDomain, filesMigrations, type StoredFile } from '../src/core/files/index.ts'
import {
  countsOf,
  identityBeside,
  identityDomain,
  identityMigrations,
  loadRoles,
  permitOf,
  scopesOf,
  stageRegions,
  SYSTEM_PERSON,
} from '../src/core/identity/index.ts'
import { smallRegions } from '../src/core/identity/identity.fixture.ts'
import { indicatorMigrations } from '../src/core/indicators/index.ts'
import { ledgerMigrations } from '../src/core/ledger/index.ts'
import { noticeGate, noticesDomain, noticesMigrations, noticesWords } from '../src/core/notices/index.ts'
import {
  ask,
  checkRecord,
  openRecorder,
  recordDomain,
  recordMigrations,
  registryOf,
  type AnyCommand,
  type Command,
  type Domain,
  type Outcome,
  type Recorder,
  type Registry,
} from '../src/core/record/index.ts'
import type { RuleBook } from '../src/core/rules/index.ts'
import { openTestStore, type TestStore } from '../src/core/store/fresh-store.fixture.ts'
import { openJournal, type Engine } from '../src/core/store/index.ts'
import { fireDueTimers, timerDomain, timerMigrations } from '../src/core/timer/index.ts'
import {
  civilDateIn,
  field,
  form,
  idMaker,
  instant,
  ProblemError,
  type Instant,
  type Json,
  type JsonObject,
  type Uuid,
} from '../src/kernel/index.ts'
import { counted, done } from './record-house.fixture.ts'

export const COUNTY = '430726'
export const VILLAGE = '430726001001'
export const SCAN = 'ab'.repeat(32)

export const MIGRATIONS = [
  ...ledgerMigrations,
  ...indicatorMigrations,
  ...recordMigrations,
  ...identityMigrations,
  ...filesMigrations,
  ...timerMigrations,
  ...calendarMigrations,
  ...noticesMigrations,
]

const aboutField = field.code({
  title: { zh: '对象', en: 'subject' },
  pattern: /^\S{1,100}$/,
  expects: { zh: '编号', en: 'id' },
  example: 'unit:1',
})
const confirmInput = form({
  about: aboutField,
  place: field.region({ title: { zh: '地', en: 'place' }, example: COUNTY }),
})
/** What waits for the notice, as another room would declare it. */
const confirmUnit: Command<typeof confirmInput> = {
  name: 'confirmUnit',
  version: 1,
  title: { zh: '确认地块', en: 'confirm a unit' },
  groups: ['publishing'],
  input: confirmInput,
  place: (i) => i.place,
  legalDate: (_, today) => today,
  subjects: (i) => [i.about],
  reads: [(i) => noticeGate(i.about).reads],
  decide: (state, i) => {
    const found = noticeGate(i.about).problems(state)
    return found.length > 0 ? found : { act: 'unit-confirmed', subjects: [i.about] }
  },
}
const waiting: Domain = {
  name: 'waiting',
  title: { zh: '等待', en: 'waiting' },
  commands: [confirmUnit] as unknown as readonly AnyCommand[],
}

export interface Person {
  readonly person: Uuid
  readonly role: string
}

export interface NoticeHouse {
  readonly store: TestStore
  readonly registry: Registry
  readonly calendar: Calendar
  recorder: Recorder
  now: Instant
  readonly village: Uuid
  readonly otherVillage: Uuid
  readonly people: Readonly<Record<'clerk' | 'officer' | 'accountant' | 'stranger', Person>>
  readonly id: () => Uuid
  /** What the database says and no act said. */
  damage(): Promise<readonly string[]>
  /** Opens the record again over the same database, as after a kill. */
  reopen(): Promise<void>
  submit(by: Person, command: string, input: Json, id?: Uuid): Promise<Outcome>
  /** The answer. @throws where it is refused */
  must(by: Person, command: string, input: Json): Promise<JsonObject>
  ask(by: Person, query: string, input?: Json): Promise<readonly JsonObject[]>
  fire(): Promise<{ readonly fired: number; readonly failed: number }>
  close(): Promise<void>
}

const file: StoredFile = { hash: SCAN, size: 1234, type: 'pdf' }

/** @param start the moment the test begins */
export async function openNoticeHouse(engine: Engine, start = '2026-09-28T01:00:00.000Z'): Promise<NoticeHouse> {
  const store = await openTestStore(engine, MIGRATIONS)
  await store.empty()
  const { book: roles } = await loadRoles('roles')
  const { calendar } = await loadCalendar('calendar')
  const findFile = (hash: string) => Promise.resolve(hash === SCAN ? file : undefined)
  const registry: Registry = registryOf([
    recordDomain((name) => registry.findCommand(name), undefined, undefined, [...calendarWords, ...noticesWords]),
    identityDomain(roles),
    filesDomain(findFile),
    timerDomain,
    calendarDomain(calendar),
    noticesDomain(calendar, findFile),
    waiting,
  ])
  const random = counted(`notices ${engine}`)
  const journalDir = engine === 'pglite' ? mkdtempSync(join(tmpdir(), 'qs-notices-')) : undefined
  const open = async (): Promise<Recorder> =>
    openRecorder({
      store,
      registry,
      permit: permitOf(roles),
      rules: {} as RuleBook,
      now: () => house.now,
      random,
      zone: '+08:00',
      ...(journalDir === undefined ? {} : { journal: await openJournal(journalDir) }),
    })
  const shut = async (): Promise<void> => {
    await house.recorder.close()
    await house.recorder.options.journal?.close()
  }
  const house = {
    store,
    registry,
    calendar,
    now: instant(start),
    id: idMaker({ now: () => house.now, random: counted(`ids ${engine}`) }),
    reopen: async () => {
      await shut()
      house.recorder = await open()
    },
    submit: (by: Person, command: string, input: Json, id = house.id()) =>
      house.recorder.submit({ id, command, input, ...by }),
    must: async (by: Person, command: string, input: Json) =>
      done(await house.submit(by, command, input)).answer as JsonObject,
    ask: async (by: Person, query: string, input: Json = {}) => {
      const today = civilDateIn(house.now, '+08:00')
      const told = await ask({ registry, scopeOf: scopesOf(roles), today }, store, { query, input, ...by })
      if (!told.ok) throw new ProblemError(told.problems)
      return told.rows
    },
    damage: async () => {
      const found: string[] = []
      await checkRecord(store, registry, { tell: (p) => found.push(p.code), beside: [...identityBeside] })
      return found
    },
    fire: () => fireDueTimers({ recorder: house.recorder, now: () => house.now }),
    close: async () => {
      await shut()
      await store.close()
      if (journalDir !== undefined) rmSync(journalDir, { recursive: true })
    },
  } as unknown as { -readonly [K in keyof NoticeHouse]: NoticeHouse[K] }
  house.recorder = await open()

  const system: Person = { person: SYSTEM_PERSON, role: 'system' }
  const { reading, fileHash } = smallRegions()
  await stageRegions(store, reading.rows, fileHash)
  const counts = { ...countsOf(reading.rows) }
  await house.must(system, 'loadRegions', { fileHash, source: '测试', licence: 'CC0', state: '2023-06-30', counts })
  const admit = async (by: readonly [Person, Person], login: string, role: string, place: string, firm?: Uuid) => {
    const bound = firm === undefined ? {} : { organisation: firm }
    const made = await house.must(by[0], 'registerPerson', { login, name: '某人', place, ...bound })
    const person = made['person'] as Uuid
    await house.must(by[1], 'grantRole', { person, role, place, from: '2026-01-01', ...bound })
    return { person, role }
  }
  const both = [system, system] as const
  const admin = await admit(both, 'gly-t', 'administrator', '430000')
  const officer = await admit(both, 'aqy-t', 'security-officer', '430000')
  const by = [admin, officer] as const
  const firm = async (name: string, place: string) =>
    (await house.must(admin, 'registerOrganisation', { name, kind: 'village', place }))['organisation'] as Uuid
  house.village = await firm('渫阳村集体', VILLAGE)
  house.otherVillage = await firm('别村集体', COUNTY)
  house.people = {
    clerk: await admit(by, 'tby-t', 'county-clerk', COUNTY),
    officer: await admit(by, 'yys-t', 'objection-officer', COUNTY),
    accountant: await admit(by, 'ckj-t', 'village-accountant', VILLAGE, house.village),
    stranger: await admit(by, 'bck-t', 'village-accountant', COUNTY, house.otherVillage),
  }
  return house
}

/** A notice of seven working days over National Day, with a masked list. */
export const NOTICE = {
  about: 'unit:019e2f6a-7c00-7000-8000-000000000001',
  title: '渫阳村公益林面积公示',
  body: '现将各户公益林面积公示如下。\n有异议的，请在公示期内提出。',
  clause: '生态保护补偿条例第三十条',
  contact: '石门县林业局 0736-5320000',
  place: VILLAGE,
  from: '2026-09-28',
  days: 7,
  kind: 'working',
  list: {
    columns: ['户主', '面积（亩）'],
    rows: [
      ['王＊明', '12.5'],
      ['李＊', '8.0'],
    ],
  },
} as const satisfies JsonObject
