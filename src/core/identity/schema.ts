// The tables of people, organisations, regions and sign-in.
// Rows of `identityTables` are written by acts alone. `regionTables` hold what a file brought: they are filled before the act
// that puts an edition in force, and can be filled again from the file. `sessionTables` live beside the record: who is
// signed in, who failed to; losing them signs everybody out and nothing else.

import { text } from '../../kernel/index.ts'
import { optional, table, type Migration, type RowOf } from '../store/index.ts'

export const regionEdition = table({
  name: 'region_edition',
  key: ['edition'],
  columns: {
    /** From the hash of the file, so that filling again gives the same number. */
    edition: 'int4',
    file_hash: 'text',
    source: 'text',
    licence: 'text',
    state: 'date',
    regions: 'int4',
    in_force: 'bool',
  },
})

export const region = table({
  name: 'region',
  key: ['edition', 'code'],
  columns: {
    edition: 'int4',
    code: 'text',
    kind: 'text',
    name_zh: 'text',
    name_en: 'text',
    parent: optional('text'),
    level: optional('text'),
    valid_from: optional('date'),
    valid_to: optional('date'),
    successor: optional('text'),
    counted: 'bool',
    note: optional('text'),
  },
})

export const regionClosureTable = table({
  name: 'region_closure',
  key: ['edition', 'ancestor', 'descendant'],
  columns: { edition: 'int4', ancestor: 'text', descendant: 'text' },
})

export const organisation = table({
  name: 'organisation',
  key: ['id'],
  columns: {
    id: 'uuid',
    /** Unified social credit code (GB 32100); village groups may have none. */
    code: optional('text'),
    name: 'text',
    kind: 'text',
    place: 'text',
  },
})

/** Names with the day they hold from, so that an old document shows the name of its day. */
export const organisationName = table({
  name: 'organisation_name',
  key: ['organisation', 'valid_from'],
  columns: { organisation: 'uuid', valid_from: 'date', name: 'text' },
})

export const person = table({
  name: 'person',
  key: ['id'],
  columns: {
    id: 'uuid',
    login: 'text',
    /** Commitments: name and telephone are personal. */
    name: 'text',
    phone: optional('text'),
    organisation: optional('uuid'),
    place: 'text',
    disabled: 'bool',
    erased: 'bool',
  },
})

export const roleGrant = table({
  name: 'role_grant',
  key: ['id'],
  columns: {
    id: 'uuid',
    person: 'uuid',
    role: 'text',
    place: 'text',
    organisation: optional('uuid'),
    valid_from: 'date',
    valid_to: optional('date'),
    stand_in_for: optional('uuid'),
    revoked: optional('timestamptz'),
  },
})

export const credential = table({
  name: 'credential',
  key: ['person'],
  columns: {
    person: 'uuid',
    /** Commitments: the argon2id hash and the key of one-time codes are secret. */
    password: optional('text'),
    changed: optional('date'),
    /** Set by somebody else: good for one sign-in, at which the person chooses a new one. */
    must_change: 'bool',
    former: 'text[]',
    code_key: optional('text'),
  },
})

/** Whom a provider's subject is here. Providers make subjects of telephone and identity-card numbers, so only a hash stands. */
export const linkedIdentity = table({
  name: 'linked_identity',
  key: ['subject_hash'],
  columns: { subject_hash: 'text', issuer: 'text', person: 'uuid', ended: 'bool' },
})

export const session = table({
  name: 'session',
  key: ['id'],
  columns: {
    id: 'uuid',
    token_hash: 'text',
    person: 'uuid',
    method: 'text',
    opened: 'timestamptz',
    last_seen: 'timestamptz',
    revoked: optional('timestamptz'),
    why: optional('text'),
    from_address: optional('text'),
    device: optional('text'),
  },
})

/** Failures by the hash of the login name: what people type there by mistake is often their password. */
export const signInState = table({
  name: 'sign_in_state',
  key: ['login_hash'],
  columns: {
    login_hash: 'text',
    failures: 'int4',
    locks: 'int4',
    locked_until: optional('timestamptz'),
    last_failure: optional('timestamptz'),
  },
})

export const signInEvent = table({
  name: 'sign_in_event',
  key: ['id'],
  columns: {
    id: 'uuid',
    at: 'timestamptz',
    /** Absent where nobody has that login name. */
    person: optional('uuid'),
    method: 'text',
    result: 'text',
    from_address: optional('text'),
    device: optional('text'),
  },
})

export const codeUse = table({ name: 'code_use', key: ['person'], columns: { person: 'uuid', last_step: 'int8' } })

export type OrganisationRow = RowOf<typeof organisation>
export type PersonRow = RowOf<typeof person>
export type RoleGrantRow = RowOf<typeof roleGrant>
export type CredentialRow = RowOf<typeof credential>
export type SessionRow = RowOf<typeof session>
export type SignInEventRow = RowOf<typeof signInEvent>

export const identityTables = [
  regionEdition,
  organisation,
  organisationName,
  person,
  roleGrant,
  credential,
  linkedIdentity,
] as const
export const regionTables = [region, regionClosureTable] as const
export const sessionTables = [session, signInState, signInEvent, codeUse] as const

/** What a check of the record does not expect acts to account for, and why. */
export const identityBeside = [
  {
    tables: regionTables,
    why: text('区划由文件装入，行为只引用文件', 'regions are filled in from the file that an act cites'),
  },
  { tables: sessionTables, why: text('会话与登录记录在行为之外', 'sessions and sign-ins stand beside the acts') },
] as const

export const identityMigrations: readonly Migration[] = [
  {
    id: 'identity-0001-regions',
    up: [
      `create table region_edition (
        edition int primary key, file_hash text not null unique, source text not null, licence text not null,
        state date not null, regions int not null check (regions > 0), in_force boolean not null)`,
      // Null is not equal to null, so any number of editions may be out of force, and one in it.
      `create unique index region_edition_in_force on region_edition ((case when in_force then true end))`,
      `create table region (
        edition int not null, code text not null, kind text not null, name_zh text not null, name_en text not null,
        parent text, level text, valid_from date, valid_to date, successor text, counted boolean not null, note text,
        primary key (edition, code), check (valid_from <= valid_to))`,
      `create index region_parent on region (edition, parent)`,
      `create table region_closure (
        edition int not null, ancestor text not null, descendant text not null,
        primary key (edition, descendant, ancestor))`,
    ],
    check: `select to_regclass('region_edition') is not null and to_regclass('region_closure') is not null`,
  },
  {
    id: 'identity-0002-people',
    up: [
      `create table organisation (
        id uuid primary key, code text unique, name text not null, kind text not null, place text not null)`,
      `create table organisation_name (
        organisation uuid not null references organisation, valid_from date not null, name text not null,
        primary key (organisation, valid_from))`,
      `create table person (
        id uuid primary key, login text not null unique, name text not null, phone text,
        organisation uuid references organisation, place text not null,
        disabled boolean not null, erased boolean not null)`,
      `create table role_grant (
        id uuid primary key, person uuid not null references person, role text not null, place text not null,
        organisation uuid references organisation, valid_from date not null, valid_to date,
        stand_in_for uuid references person, revoked timestamptz,
        check (valid_from <= valid_to), check (stand_in_for <> person), check (stand_in_for is null or valid_to is not null))`,
      `create index role_grant_person on role_grant (person)`,
      `create index role_grant_role on role_grant (role)`,
      `create table credential (
        person uuid primary key references person, password text, changed date, must_change boolean not null,
        former text[] not null, code_key text)`,
      `create table linked_identity (
        subject_hash text primary key, issuer text not null, person uuid not null references person, ended boolean not null)`,
      `create index linked_identity_person on linked_identity (person)`,
    ],
    check: `select to_regclass('person') is not null and to_regclass('role_grant') is not null`,
  },
  {
    id: 'identity-0003-sign-in',
    up: [
      `create table session (
        id uuid primary key, token_hash text not null unique, person uuid not null references person, method text not null,
        opened timestamptz not null, last_seen timestamptz not null, revoked timestamptz, why text,
        from_address text, device text)`,
      `create index session_person on session (person) where revoked is null`,
      `create table sign_in_state (
        login_hash text primary key, failures int not null check (failures >= 0), locks int not null check (locks >= 0),
        locked_until timestamptz, last_failure timestamptz)`,
      `create table sign_in_event (
        id uuid primary key, at timestamptz not null, person uuid, method text not null, result text not null,
        from_address text, device text)`,
      `create index sign_in_event_at on sign_in_event (at)`,
      `create table code_use (person uuid primary key references person, last_step bigint not null)`,
    ],
    check: `select to_regclass('session') is not null and to_regclass('code_use') is not null`,
  },
]
