// People with their accounts, and who holds which role: what administrator and security officer keep, each their part.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { Page, Part } from '../frame/page.tsx'
import { useRoleTitles } from '../api/role-title.ts'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { ResetPassword } from './reset-password.tsx'

const TITLE: Text = { zh: '人员与角色', en: 'People and roles' }
const ROLES: Text = { zh: '授权', en: 'Grants' }

/** What may be done with a person, where the role may. */
const WITH_PERSON: readonly { readonly command: string; readonly verb: string; readonly title: Text }[] = [
  { command: 'grantRole', verb: 'grant-role', title: { zh: '授予角色', en: 'Grant a role' } },
  { command: 'updatePerson', verb: 'update-person', title: { zh: '变更信息', en: 'Update' } },
  { command: 'disablePerson', verb: 'disable-person', title: { zh: '停用', en: 'Disable' } },
  { command: 'enablePerson', verb: 'enable-person', title: { zh: '启用', en: 'Enable' } },
  { command: 'removeTotp', verb: 'remove-totp', title: { zh: '解除验证器', en: 'Remove the authenticator' } },
  { command: 'erasePersonal', verb: 'erase-personal', title: { zh: '删除个人信息', en: 'Erase personal data' } },
]

export function PeoplePage() {
  const { t } = useLanguage()
  const { mayRun, mayAsk } = useMenu()
  return (
    <Page
      title={TITLE}
      actions={
        <>
          {mayRun('registerPerson') && (
            <Link href="/w/do/register-person">{t({ zh: '登记人员', en: 'Register a person' })}</Link>
          )}
          {mayRun('grantRole') && <Link href="/w/do/grant-role">{t({ zh: '授予角色', en: 'Grant a role' })}</Link>}
        </>
      }
    >
      <QueryTable
        query="people"
        title={TITLE}
        hidden={['person', 'erased']}
        actions={(row) => <PersonActions row={row} />}
      />
      {mayAsk('grants') && <Grants />}
    </Page>
  )
}

function PersonActions({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const person = textOf(row, 'person')
  const disabled = row['disabled'] === true
  const fits = (command: string): boolean =>
    command === 'disablePerson' ? !disabled : command === 'enablePerson' ? disabled : true
  return (
    <>
      {WITH_PERSON.filter(({ command }) => mayRun(command) && fits(command)).map(({ verb, title }) => (
        <LinkButton key={verb} to={address(`/w/do/${verb}`, { person })}>
          {t(title)}
        </LinkButton>
      ))}
      {person !== undefined && <ResetPassword person={person} login={textOf(row, 'login') ?? ''} />}
    </>
  )
}

function Grants() {
  const { t } = useLanguage()
  const roles = useRoleTitles()
  const { mayRun } = useMenu()
  return (
    <Part title={ROLES}>
      <QueryTable
        query="grants"
        title={ROLES}
        hidden={['grant', 'person']}
        choices={{ role: roles }}
        struck={(row) => row['revoked'] !== undefined}
        actions={(row) =>
          mayRun('revokeGrant') && row['revoked'] === undefined ? (
            <LinkButton to={address('/w/do/revoke-grant', { grant: textOf(row, 'grant') })} danger>
              {t({ zh: '收回', en: 'Revoke' })}
            </LinkButton>
          ) : null
        }
      />
    </Part>
  )
}
