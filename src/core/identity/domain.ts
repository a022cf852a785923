// What this room brings to the record: commands, queries and tables. Which role may run what is said by the role files.

import { text } from '../../kernel/index.ts'
import type { AnyCommand, Domain } from '../record/index.ts'
import { accessCommands } from './commands/access.ts'
import { changePassword, setTotp } from './commands/credentials.ts'
import { erasePersonal } from './commands/erase.ts'
import { grantCommands } from './commands/grants.ts'
import { registerOrganisation, renameOrganisation } from './commands/organisations.ts'
import { disablePerson, enablePerson, registerPerson, updatePerson } from './commands/people.ts'
import { loadRegions } from './commands/regions.ts'
import { keepingQueries } from './keeping.ts'
import { identityQueries } from './queries.ts'
import type { RoleBook } from './roles/role.ts'
import { identityTables, sessionTables, regionTables } from './schema.ts'

/** What people do to their own account is nobody else's business. */
const OWN_AFFAIRS: ReadonlySet<string> = new Set(['changePassword', 'setTotp'])

export function identityDomain(roles: RoleBook): Domain {
  const { grantRole, standIn, revokeGrant } = grantCommands(roles)
  const { resetPassword, removeTotp, linkIdentity, unlinkIdentity } = accessCommands(roles)
  const commands = [
    loadRegions,
    registerOrganisation,
    renameOrganisation,
    registerPerson,
    updatePerson,
    disablePerson,
    enablePerson,
    erasePersonal,
    grantRole,
    standIn,
    revokeGrant,
    changePassword,
    resetPassword,
    setTotp,
    removeTotp,
    linkIdentity,
    unlinkIdentity,
  ] as unknown as readonly AnyCommand[]
  return {
    name: 'identity',
    title: text('人员与权限', 'People and permissions'),
    commands,
    queries: [
      ...identityQueries,
      ...keepingQueries(commands.map((c) => c.name).filter((name) => !OWN_AFFAIRS.has(name))),
    ],
    tables: [...identityTables, ...regionTables, ...sessionTables],
  }
}
