// Every query and every command, asked as every role, from a region that is not theirs: no foreign row is ever answered, no
// foreign act ever accepted, and a role is told no wherever its file does not name the thing. A command or query that is added
// is asked here without anybody remembering it; one that needs a thing to exist must be given a foreign one below.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  exampleOf,
  civilDate,
  idMaker,
  instant,
  text,
  type Field,
  type Json,
  type Uuid,
} from '../../src/kernel/index.ts'
import { loadCalendar } from '../../src/core/calendar/index.ts'
import {
  countsOf,
  loadRoles,
  keepingPermit,
  permitOf,
  roleMay,
  scopesOf,
  stageRegions,
  SYSTEM_PERSON,
  type Role,
} from '../../src/core/identity/index.ts'
import { writeZip } from '../../src/core/exchange-formats/index.ts'
import { smallRegions } from '../../src/core/identity/identity.fixture.ts'
import {
  ask,
  openRecorder,
  type AnyCommand,
  type AnyQuery,
  type Recorder,
  type Registry,
} from '../../src/core/record/index.ts'
import type { RuleBook } from '../../src/core/rules/index.ts'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { sql } from '../../src/core/store/index.ts'
import { storedPackages } from '../../src/domains/accounting/office/index.ts'
import { houseRegistry, MIGRATIONS } from '../../src/server/index.ts'
import { smallFolder, smallPackage } from '../office.fixture.ts'
import { counted, PERMIT } from '../record-house.fixture.ts'
import { storyFolder } from '../stories/folders.ts'

/** Ours, and another province's. */
const HERE = '430725'
const THERE = '520381'
/** Stands in every text that is written there. */
const MARK = '外地ZZ'
/** A scan of theirs. */
const SCAN = 'ab'.repeat(32)
/** Stands in what another firm of the same place has: not for those who are bound to a firm. */
const OTHER = '别家YY'

const { book: roles } = await loadRoles('roles')
const { calendar } = await loadCalendar('calendar')
/** Fields that point at what the accounting office has over there. */
const EXISTING: Readonly<Record<string, true>> = {
  unit: true,
  against: true,
  override: true,
  account: true,
  comment: true,
  publication: true,
  certificate: true,
  template: true,
  deadline: true,
  publicNotice: true,
  objection: true,
  party: true,
  principal: true,
  predecessor: true,
  household: true,
  kept: true,
  handOver: true,
  double: true,
  mandate: true,
  document: true,
}

/** A letter without fields, for whoever registers one. */
const part = (xml: string): Uint8Array => new TextEncoder().encode(xml)
const TEMPLATE = writeZip(
  new Map([
    ['[Content_Types].xml', part('<Types/>')],
    ['word/document.xml', part('<document/>')],
  ]),
)

const PEOPLE_ROLES = roles.all.filter((r) => r.id !== 'system' && r.id !== 'public')

describe.each(ENGINES)('permissions on %s', (engine) => {
  let store: TestStore
  let recorder: Recorder
  let registry: Registry
  const now = instant('2026-03-02T01:00:00.000Z')
  const random = counted(`permissions ${engine}`)
  const newId = idMaker({ now: () => now, random })
  const people = new Map<string, Uuid>()
  /** Things that exist over there. */
  const foreign: Record<string, Uuid> = {}

  const submit = (command: string, input: Json, person: Uuid, role: string) =>
    recorder.submit({ id: newId(), command, input, person, role })
  const must = async (
    command: string,
    input: Json,
    person: Uuid,
    role: string,
  ): Promise<Json & { readonly act: Uuid }> => {
    const o = await submit(command, input, person, role)
    if (!o.ok) throw new Error(`${command}: ${o.problems.map((p) => `${p.code} ${p.en}`).join('; ')}`)
    return { ...(o.receipt.answer as object), act: o.receipt.act } as unknown as Json & { readonly act: Uuid }
  }
  const admit = async (by: { admin: Uuid; officer: Uuid }, login: string, role: Role, place: string, firm?: Uuid) => {
    const bound = role.scope === 'organisation' && firm !== undefined ? { organisation: firm } : {}
    const adminRole = by.admin === SYSTEM_PERSON ? 'system' : 'administrator'
    const officerRole = by.officer === SYSTEM_PERSON ? 'system' : 'security-officer'
    const made = await must('registerPerson', { login, name: '本地名', place, ...bound }, by.admin, adminRole)
    const { person } = made as unknown as { person: Uuid }
    await must('grantRole', { person, role: role.id, place, from: '2026-01-01', ...bound }, by.officer, officerRole)
    return person
  }

  beforeAll(async () => {
    store = await openTestStore(engine, MIGRATIONS)
    await store.empty()
    const theirs = smallPackage(
      smallFolder(storyFolder(`permissions-${engine}`), { region: { code: THERE, name: text(MARK, MARK) } }),
    )
    registry = houseRegistry(
      roles,
      (hash) => Promise.resolve({ hash, size: 1, type: 'pdf' }),
      {
        packages: storedPackages(() => Promise.resolve(theirs)),
        book: undefined,
      },
      calendar,
      undefined,
      () => Promise.resolve(TEMPLATE),
    )
    recorder = await openRecorder({
      store,
      registry,
      permit: engine === 'pglite' ? keepingPermit(roles) : permitOf(roles),
      rules: {} as RuleBook,
      now: () => now,
      random,
      zone: '+08:00',
    })
    const { reading, fileHash } = smallRegions()
    await stageRegions(store, reading.rows, fileHash)
    await must(
      'loadRegions',
      { fileHash, source: '测试', licence: 'CC0', state: '2023-06-30', counts: { ...countsOf(reading.rows) } },
      SYSTEM_PERSON,
      'system',
    )
    // Both provinces have a government of their own; the first of each keeps the house, and then lets the other province in.
    const role = (id: string): Role => roles.find(id)!
    const system = { admin: SYSTEM_PERSON, officer: SYSTEM_PERSON }
    const xiang = '430000'
    const admin = await admit(system, 'gly-h', role('administrator'), xiang)
    const officer = await admit(system, 'aqy-h', role('security-officer'), xiang)
    const hereFirm = (
      (await must(
        'registerOrganisation',
        { name: '本地厂', kind: 'cooperative', place: HERE },
        admin,
        'administrator',
      )) as unknown as { organisation: Uuid }
    ).organisation
    for (const r of PEOPLE_ROLES)
      people.set(r.id, await admit({ admin, officer }, `h-${r.id}`.slice(0, 30), r, HERE, hereFirm))
    await seedForeign(role)
    await seedOtherFirm(admin)
  })
  afterAll(async () => {
    await recorder.close()
    await store.close()
  })

  /** People, a firm, permits, requests and acts of another province, written by its own people. */
  async function seedForeign(role: (id: string) => Role): Promise<void> {
    const put = async (login: string, id: string, firm?: Uuid): Promise<Uuid> => {
      const person = newId()
      await store.query(
        sql`insert into person (id, login, name, phone, organisation, place, disabled, erased)
            values (${person}, ${login}, ${`${MARK}名`}, ${null}, ${firm ?? null}, ${THERE}, ${false}, ${false})`,
      )
      await store.query(
        sql`insert into role_grant (id, person, role, place, organisation, valid_from, valid_to, stand_in_for, revoked)
            values (${newId()}, ${person}, ${id}, ${'520000'}, ${role(id).scope === 'organisation' ? (firm ?? null) : null},
              ${'2026-01-01'}, ${null}, ${null}, ${null})`,
      )
      return person
    }
    const admin = await put('gly-z', 'administrator')
    const made = await must(
      'registerOrganisation',
      { name: `${MARK}厂`, kind: 'cooperative', place: THERE },
      admin,
      'administrator',
    )
    foreign['organisation'] = (made as unknown as { organisation: Uuid }).organisation
    foreign['person'] = await put('jbr-z', 'department-contact')
    const reviewer = await put('shy-z', 'reviewer')
    const permit = { ...PERMIT, firm: foreign['organisation'], place: THERE, basis: `${MARK}〔2026〕1 号` }
    const asked = await must('issuePermit', permit, foreign['person'], 'department-contact')
    const issued = await must('approve', { request: asked.act }, reviewer, 'reviewer')
    foreign['act'] = issued.act
    foreign['request'] = (await must('issuePermit', permit, foreign['person'], 'department-contact')).act
    await seedOffice(asked.act, issued.act)
    await seedHandOver(asked.act, issued.act)
    await seedCertificate(asked.act, issued.act)
    await seedNotices(asked.act, issued.act)
    await seedUnit(asked.act, issued.act)
    await seedParty(asked.act, issued.act)
    const posting = (await store.query<{ id: string }>(sql`select id from posting limit 1`))[0]!
    foreign['posting'] = posting.id as Uuid
    const grant = (
      await store.query<{ id: string }>(sql`select id from role_grant where person = ${foreign['person']}`)
    )[0]!
    foreign['grant'] = grant.id as Uuid
    for (const r of PEOPLE_ROLES) {
      foreign['notice'] = newId()
      await store.query(
        sql`insert into notice (id, act, place, about, to_person, to_role, zh, en, closed_by)
            values (${foreign['notice']}, ${issued.act}, ${THERE}, ${'x'}, ${null}, ${r.id}, ${MARK}, ${MARK}, ${null})`,
      )
    }
    await store.query(
      sql`insert into request_step (request, step, act, person, role, paper_signer, paper_date, paper_scan, paper_by_requester)
          values (${foreign['request']}, ${1}, ${issued.act}, ${foreign['person']}, ${'reviewer'}, ${MARK}, ${'2026-03-01'},
            ${SCAN}, ${true})`,
    )
    foreign['draft'] = newId()
    const begun = { place: THERE, basis: MARK }
    await store.query(
      sql`insert into draft (id, person, command, input, saved_at, discarded)
          values (${foreign['draft']}, ${foreign['person']}, ${'issuePermit'}, ${JSON.stringify(begun)}::jsonb, ${now}, ${false})`,
    )
  }

  /** What an accounting office has over there. Request and act are those of the permit, since rows are looked up by them. */
  async function seedOffice(request: Uuid, act: Uuid): Promise<void> {
    for (const name of Object.keys(EXISTING)) foreign[name] = request
    await store.query(
      sql`insert into parameter_override (id, number, parameter, key, place, year_from, value, unit, mark, reason, source, version,
            status, decided_on, effect_zh, effect_en, act)
          values (${request}, ${'CS-1'}, ${'gep.r2.bulk-density'}, ${''}, ${THERE}, ${2024}, ${'1.27'}, ${'t/m3'}, ${'confirmed'},
            ${MARK}, ${MARK}, ${1}, ${'in-force'}, ${'2026-03-02'}, ${MARK}, ${MARK}, ${request})`,
    )
    await store.query(
      sql`insert into gep_account (id, number, place, year, version, title_zh, title_en, package, package_id, engine, indicator_set,
            price_year, sample, status, registered_by, act)
          values (${request}, ${'HS-1'}, ${THERE}, ${2010}, ${1}, ${MARK}, ${MARK}, ${'0'.repeat(64)}, ${MARK}, ${MARK}, ${'x'}, ${2010},
            ${false}, ${'trial'}, ${foreign['person']!}, ${act})`,
    )
    await store.query(
      sql`insert into gep_figure (account, key, code, measure, basis, region, class, service, item, value, unit, title_zh, title_en)
          values (${request}, ${'k'}, ${'TSRH-0QVG-9'}, ${'value'}, ${'constant'}, ${THERE}, ${'forest'}, ${'R1'}, ${'*'}, ${'1'}, ${'元'},
            ${MARK}, ${MARK})`,
    )
    await store.query(
      sql`insert into gep_weak_figure (account, rank, code, key, title_zh, title_en, value, unit, share, weakness, why_zh, why_en)
          values (${request}, ${1}, ${'TSRH-0QVG-9'}, ${'k'}, ${MARK}, ${MARK}, ${'1'}, ${'元'}, ${'0.5'}, ${'0.5'}, ${MARK}, ${MARK})`,
    )
    await store.query(
      sql`insert into gep_comment (id, account, place, year, code, key, title_zh, title_en, text, status, person, role, act)
          values (${request}, ${request}, ${THERE}, ${2010}, ${'TSRH-0QVG-9'}, ${'k'}, ${MARK}, ${MARK}, ${MARK}, ${'open'},
            ${foreign['person']!}, ${'reviewer'}, ${act})`,
    )
    await store.query(
      sql`insert into gep_answer (id, comment, text, person, role, act)
          values (${newId()}, ${request}, ${MARK}, ${foreign['person']!}, ${'technician'}, ${act})`,
    )
    await store.query(
      sql`insert into gep_publication (id, account, place, year, title_zh, title_en, with_map, status, published_on, act)
          values (${request}, ${request}, ${THERE}, ${2010}, ${MARK}, ${MARK}, ${false}, ${'published'}, ${'2026-03-02'}, ${act})`,
    )
  }

  /** A file that a department of theirs handed over. */
  async function seedHandOver(request: Uuid, act: Uuid): Promise<void> {
    await store.query(
      sql`insert into gep_hand_over (id, number, place, year, department, sheet, hash, name, size, receiver, person, role, handed_on,
            version, status, act)
          values (${request}, ${'JJ-1'}, ${THERE}, ${2010}, ${'forestry'}, ${MARK}, ${SCAN}, ${MARK}, ${1n}, ${MARK}, ${foreign['person']!},
            ${'department-contact'}, ${'2026-03-01'}, ${1}, ${'standing'}, ${act})`,
    )
  }

  /** A deadline, a public notice and an objection of theirs. */
  async function seedNotices(request: Uuid, act: Uuid): Promise<void> {
    const sealed = `~${'0'.repeat(64)}`
    await store.query(
      sql`insert into deadline (id, subject, clock, title_zh, title_en, clause, days, kind, from_on, nominal_on, due_on, extended,
            alarm_days, unconfirmed, place, status, act)
          values (${request}, ${MARK}, ${'own'}, ${MARK}, ${MARK}, ${MARK}, ${7}, ${'working'}, ${'2026-03-01'}, ${'2026-03-10'},
            ${'2026-03-10'}, ${0}, ${0}, ${true}, ${THERE}, ${'running'}, ${act})`,
    )
    await store.query(
      sql`insert into public_notice (id, number, about, title, body, clause, contact, place, from_on, days, kind, deadline, status, act)
          values (${request}, ${'GS-1'}, ${MARK}, ${MARK}, ${MARK}, ${MARK}, ${MARK}, ${THERE}, ${'2026-03-01'}, ${7}, ${'working'},
            ${request}, ${'running'}, ${act})`,
    )
    await store.query(
      sql`insert into public_notice_objection (id, number, public_notice, about, place, received_on, way, objector, text, scan, status,
            answer, act)
          values (${request}, ${'YY-1'}, ${request}, ${MARK}, ${THERE}, ${'2026-03-01'}, ${'paper'}, ${sealed}, ${sealed}, ${SCAN},
            ${'answered'}, ${MARK}, ${act})`,
    )
  }

  /** A certificate, a template and a document of theirs. */
  async function seedCertificate(request: Uuid, act: Uuid): Promise<void> {
    await store.query(
      sql`insert into certificate (id, number, code, kind, title_zh, place, holder_name, issuer, lines, personal_lines, issued_on,
            valid_from, status, act)
          values (${request}, ${'ZS-1'}, ${'0000-0000-0'}, ${'certificate'}, ${MARK}, ${THERE}, ${MARK}, ${MARK},
            ${JSON.stringify([{ label: MARK, value: MARK }])}::jsonb, ${'[]'}::jsonb, ${'2026-03-01'}, ${'2026-03-01'}, ${'valid'}, ${act})`,
    )
    await store.query(
      sql`insert into letter_template (id, name, hash, place, version, fields, status, act)
          values (${request}, ${MARK}, ${SCAN}, ${THERE}, ${1}, ${'[]'}::jsonb, ${'in-force'}, ${act})`,
    )
    await store.query(
      sql`insert into document (id, about, hash, name, type, size, grade, place, status, act, version, keep_until)
          values (${request}, ${MARK}, ${'cd'.repeat(32)}, ${MARK}, ${'pdf'}, ${1}, ${'internal'}, ${THERE}, ${'attached'}, ${act}, ${1},
            ${'2020-12-31'})`,
    )
  }

  /** A spatial unit of theirs. */
  async function seedUnit(request: Uuid, act: Uuid): Promise<void> {
    const shape =
      '{"type":"MultiPolygon","coordinates":[[[[111.48,28.9],[111.481,28.9],[111.481,28.901],[111.48,28.9]]]]}'
    await store.query(
      sql`insert into place_unit (id, name, kind, region, status, came_of, valid_from, version, act)
          values (${request}, ${MARK}, ${'parcel'}, ${THERE}, ${'draft'}, ${'{}'}::text[], ${'2026-01-01'}, ${1}, ${act})`,
    )
    await store.query(
      sql`insert into place_unit_shape (unit, version, valid_from, shape, sound, area_m2, west, south, east, north, reason, act)
          values (${request}, ${1}, ${'2026-01-01'}, ${shape}, ${true}, ${'5400'}, ${'111.48'}, ${'28.9'}, ${'111.481'}, ${'28.901'},
            ${MARK}, ${act})`,
    )
  }

  /** A body, a mandate, a succession, a bank account and an import of theirs. */
  async function seedParty(request: Uuid, act: Uuid): Promise<void> {
    const sealed = `~${'0'.repeat(64)}`
    await store.query(
      sql`insert into party (id, kind, name, code, place, status, erased, since)
          values (${request}, ${'village'}, ${MARK}, ${'9144030071526726XG'}, ${THERE}, ${'standing'}, ${false}, ${'2020-01-01'})`,
    )
    await store.query(
      sql`insert into party_mandate (id, principal, account, matter, basis, place, valid_from)
          values (${request}, ${request}, ${foreign['person']!}, ${'all'}, ${MARK}, ${THERE}, ${'2026-01-01'})`,
    )
    await store.query(
      sql`insert into party_succession (predecessor, successor, on_day, how, ground, place)
          values (${request}, ${act}, ${'2026-01-01'}, ${'merger'}, ${MARK}, ${THERE})`,
    )
    await store.query(
      sql`insert into party_bank_account (id, party, bank, kind, number, closed)
          values (${request}, ${request}, ${MARK}, ${'card'}, ${sealed}, ${false})`,
    )
    await store.query(
      sql`insert into import_batch (id, import, version, place, file, file_name, mapping, options, lines, left_out, digest, reasons,
            in_force, act)
          values (${request}, ${'households'}, ${1}, ${THERE}, ${SCAN}, ${MARK}, ${'{}'}::jsonb, ${'{}'}::jsonb, ${1}, ${0}, ${SCAN},
            ${'{}'}::jsonb, ${true}, ${act})`,
    )
  }

  /** A permit of another firm at our own place. */
  async function seedOtherFirm(admin: Uuid): Promise<void> {
    const made = await must(
      'registerOrganisation',
      { name: `${OTHER}厂`, kind: 'cooperative', place: HERE },
      admin,
      'administrator',
    )
    const firm = (made as unknown as { organisation: Uuid }).organisation
    const permit = { ...PERMIT, firm, place: HERE, basis: OTHER }
    const asked = await must('issuePermit', permit, people.get('department-contact')!, 'department-contact')
    await must('approve', { request: asked.act }, people.get('reviewer')!, 'reviewer')
    await must('issuePermit', permit, people.get('department-contact')!, 'department-contact')
  }

  /** An input that points at what exists over there. */
  function pointed(form: { readonly fields: Readonly<Record<string, Field>> }, optionalToo: boolean): Json {
    const value = (name: string, f: Field): Json => {
      if (f.kind === 'region') return THERE
      if (f.kind === 'organisation') return foreign['organisation']!
      if (f.kind === 'person') return foreign['person']!
      if (name === 'scan') return SCAN
      if (name === 'request') return foreign['request']!
      if (name === 'act') return foreign['act']!
      if (name === 'grant') return foreign['grant']!
      if (name === 'notice') return foreign['notice']!
      if (name === 'draft') return foreign['draft']!
      if (name === 'posting' || name === 'id') return foreign['posting']!
      if (name in EXISTING) return foreign[name]!
      if (name === 'units') return [foreign['unit']!, foreign['unit']!]
      if (name === 'households' || name === 'successors') return [foreign['party']!, foreign['party']!]
      if (name === 'announced') return `unit:${foreign['unit']!}`
      if (name === 'about' && String(f.example).startsWith('unit:')) return `unit:${foreign['unit']!}`
      if (name === 'subject' || name === 'about') return `organisation:${foreign['organisation']!}`
      if (name === 'owner') return foreign['organisation']!
      if (name === 'asset') return 'permit.COD'
      return f.example
    }
    return Object.fromEntries(
      Object.entries(form.fields)
        .filter(([, f]) => f.required || optionalToo)
        .map(([name, f]) => [name, value(name, f)]),
    )
  }
  const asked = (kind: 'command' | 'query', one: AnyCommand | AnyQuery) => ({
    kind,
    name: one.name,
    groups: one.groups ?? [],
  })

  test('no query answers a foreign row, whoever asks', async () => {
    let answered = 0
    for (const query of registry.queries)
      for (const r of [...PEOPLE_ROLES, roles.find('public')!]) {
        const person = people.get(r.id) ?? newId()
        for (const all of [false, true]) {
          const answer = await ask({ registry, scopeOf: scopesOf(roles), today: civilDate('2026-03-02') }, store, {
            query: query.name,
            input: pointed(query.input, all),
            person,
            role: r.id,
          })
          const may = roleMay(r, asked('query', query))
          expect(
            answer.ok,
            `${query.name} as ${r.id}: ${answer.ok ? '' : answer.problems.map((p) => p.code).join()}`,
          ).toBe(may)
          if (!answer.ok) {
            const codes = answer.problems.map((p) => p.code)
            expect(codes, `${query.name} as ${r.id}`).toEqual(['identity.role-may-not'])
            continue
          }
          answered++
          // Codes and names of regions are public everywhere; what is published is public to the public.
          if (query.name === 'regions' || (query.name === 'publications' && r.id === 'public')) continue
          const text = JSON.stringify(answer.rows)
          expect(
            text.includes(MARK) || text.includes(THERE),
            `${query.name} as ${r.id} answers ${text.slice(0, 300)}`,
          ).toBe(false)
        }
      }
    expect(answered).toBeGreaterThan(20)
  })

  test('no command is accepted for a foreign place, whoever submits, and nothing is written', async () => {
    const before = await store.query(sql`select size from log_head`)
    const REFUSALS = [
      'identity.role-may-not',
      'identity.place-not-covered',
      'identity.other-organisation',
      'approval.no-request',
      // One's own password only; clocks and jobs that did fail only: there is no foreign one to point at.
      'identity.own-account-only',
      'timer.not-failed',
    ]
    const otherwise: string[] = []
    for (const command of registry.commands)
      for (const r of PEOPLE_ROLES) {
        const o = await submit(command.name, pointed(command.input, false), people.get(r.id)!, r.id)
        const codes = o.ok ? ['accepted'] : o.problems.map((p) => p.code)
        const may = roleMay(r, asked('command', command))
        if (!may && !codes[0]!.startsWith('field.')) {
          // Found out before the role is asked: the thing pointed at does not exist, or is not what the command wants.
          expect(o.ok, `${command.name} as ${r.id}`).toBe(false)
          continue
        }
        expect(o.ok, `${command.name} as ${r.id} was accepted`).toBe(false)
        if (may && !REFUSALS.some((x) => codes.includes(x)))
          otherwise.push(`${command.name} as ${r.id}: ${codes.join()}`)
      }
    expect(otherwise).toEqual([])
    expect(await store.query(sql`select size from log_head`)).toEqual(before)
  })

  test('without a grant, on a day before it, or in a role of the system, nothing is accepted', async () => {
    const stranger = newId()
    for (const command of registry.commands) {
      const o = await submit(command.name, exampleOf(command.input), stranger, 'administrator')
      expect(o.ok, command.name).toBe(false)
      const s = await submit(command.name, exampleOf(command.input), people.get('administrator')!, 'system')
      expect(s.ok, `${command.name} as system`).toBe(false)
    }
  })
})
