// Who could have changed what: every grant that was in force on a day of the period and reaches into the region, with what its
// role may run.

import { sees } from '../../../kernel/index.ts'
import { roleMay } from '../../../core/identity/index.ts'
import type { RoleGrantRow } from '../../../core/identity/index.ts'
import { list, sql, type Reader } from '../../../core/store/index.ts'
import type { AuditAsk, AuditHouse } from './model.ts'
import type { Names } from './names.ts'
import type { AuditScope } from './scope.ts'

export interface ShownGrant {
  readonly person: string
  readonly role: string
  readonly place: string
  readonly organisation: string
  readonly from: string
  readonly to: string
  readonly standInFor: string
  readonly revoked: string
  /** Titles of the commands the role may run. */
  readonly commands: readonly string[]
}

export async function grantsOf(
  tx: Reader,
  scope: AuditScope,
  house: AuditHouse,
  ask: AuditAsk,
  names: Names,
): Promise<readonly ShownGrant[]> {
  if (!scope.tables.has('role_grant') || !sees(ask.grade, 'internal')) return []
  const rows = await tx.query<RoleGrantRow>(
    sql`select * from role_grant where place = any(${list('text', [...scope.within, ...scope.above])})
          and valid_from <= ${ask.to}::date and (valid_to is null or valid_to >= ${ask.from}::date)
          and (revoked is null or revoked >= ${`${ask.from}T00:00:00${ask.zone}`}::timestamptz)
        order by role, person, valid_from, id`,
  )
  await names.meet({
    people: rows.flatMap((r) => [r.person, ...(r.stand_in_for === null ? [] : [r.stand_in_for])]),
    places: rows.map((r) => r.place),
    organisations: rows.flatMap((r) => (r.organisation === null ? [] : [r.organisation])),
  })
  return rows.map((r) => {
    const role = house.roles?.find(r.role)
    return {
      person: names.person(r.person),
      role: names.role(r.role),
      place: names.place(r.place),
      organisation: r.organisation === null ? '' : names.organisation(r.organisation),
      from: r.valid_from,
      to: r.valid_to ?? '',
      standInFor: r.stand_in_for === null ? '' : names.person(r.stand_in_for),
      revoked: r.revoked ?? '',
      commands: role
        ? house.registry.commands
            .filter((c) => roleMay(role, { kind: 'command', name: c.name, groups: c.groups ?? [] }))
            .map((c) => c.title.zh)
        : [],
    }
  })
}
