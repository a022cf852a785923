// Names for the ids that acts and postings hold: people, organisations, regions, accounts. Read when first met and kept; a
// person's name only where the auditor may see it.

import { sees } from '../../../kernel/index.ts'
import type { RoleBook } from '../../../core/identity/index.ts'
import { purposeText, type AccountRow, type AssetRow } from '../../../core/ledger/index.ts'
import { list, sql, type Reader } from '../../../core/store/index.ts'
import type { AuditAsk } from './model.ts'

export interface Names {
  /** Reads what is not known yet. */
  meet(ids: {
    readonly people?: readonly string[]
    readonly places?: readonly string[]
    readonly organisations?: readonly string[]
    readonly accounts?: readonly string[]
  }): Promise<void>
  person(id: string): string
  /** `审计员（auditor）` */
  role(id: string): string
  place(code: string): string
  organisation(id: string): string
  /** `张家界某公司 · 持有` */
  account(id: string): string
  /** The asset of an account met before. */
  assetOf(account: string): AssetRow | undefined
}

const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

export function openNames(
  tx: Reader,
  {
    tables,
    ask,
    roles,
  }: { readonly tables: ReadonlySet<string>; readonly ask: AuditAsk; readonly roles: RoleBook | undefined },
): Names {
  const people = new Map<string, string>()
  const places = new Map<string, string>()
  const organisations = new Map<string, string>()
  const accounts = new Map<string, AccountRow>()
  const assets = new Map<string, AssetRow>()

  const fresh = (known: ReadonlyMap<string, unknown>, ids: readonly string[] = []): readonly string[] => [
    ...new Set(ids.filter((id) => !known.has(id))),
  ]

  async function meetPeople(ids: readonly string[]): Promise<void> {
    for (const id of ids) people.set(id, id)
    if (ids.length === 0 || !tables.has('person')) return
    const rows = await tx.query<{ id: string; login: string; name: string | null }>(
      sql`select p.id::text as id, p.login, v.value as name from person p
          left join personal_value v on v.commitment = p.name where p.id = any(${list('uuid', ids)})`,
    )
    for (const { id, login, name } of rows)
      people.set(id, sees(ask.grade, 'personal') && name !== null ? `${name}（${login}）` : login)
  }

  async function meetPlaces(codes: readonly string[]): Promise<void> {
    for (const code of codes) places.set(code, code)
    if (codes.length === 0 || !tables.has('region')) return
    const rows = await tx.query<{ code: string; name: string }>(
      sql`select code, name_zh as name from region
          where edition = (select edition from region_edition where in_force) and code = any(${list('text', codes)})`,
    )
    for (const { code, name } of rows) places.set(code, `${name} ${code}`)
  }

  async function meetOrganisations(ids: readonly string[]): Promise<void> {
    for (const id of ids) organisations.set(id, id)
    if (ids.length === 0 || !tables.has('organisation')) return
    const rows = await tx.query<{ id: string; name: string }>(
      sql`select id::text as id, name from organisation where id = any(${list('uuid', ids)})`,
    )
    for (const { id, name } of rows) organisations.set(id, name)
  }

  async function meetAccounts(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const rows = await tx.query<AccountRow>(sql`select * from account where id = any(${list('uuid', ids)})`)
    for (const a of rows) accounts.set(a.id, a)
    const codes = fresh(
      assets,
      rows.map((r) => r.asset),
    )
    const found = await tx.query<AssetRow>(sql`select * from asset where code = any(${list('text', codes)})`)
    for (const a of found) assets.set(a.code, a)
    const owners = rows.map((r) => r.owner)
    await meetOrganisations(
      fresh(
        organisations,
        owners.filter((o) => UUID.test(o)),
      ),
    )
    await meetPlaces(
      fresh(
        places,
        owners.filter((o) => !UUID.test(o)),
      ),
    )
  }

  const organisation = (id: string): string => organisations.get(id) ?? id
  const place = (code: string): string => places.get(code) ?? code
  return {
    meet: async (ids) => {
      await meetPeople(fresh(people, ids.people))
      await meetPlaces(fresh(places, ids.places))
      await meetOrganisations(fresh(organisations, ids.organisations))
      await meetAccounts(fresh(accounts, ids.accounts))
    },
    person: (id) => people.get(id) ?? id,
    role: (id) => {
      const role = roles?.find(id)
      return role ? `${role.title.zh}（${id}）` : id
    },
    place,
    organisation,
    account: (id) => {
      const account = accounts.get(id)
      if (!account) return id
      const owner = UUID.test(account.owner) ? organisation(account.owner) : place(account.owner)
      return `${owner} · ${purposeText(account.purpose).zh}`
    },
    assetOf: (id) => {
      const account = accounts.get(id)
      return account && assets.get(account.asset)
    },
  }
}
