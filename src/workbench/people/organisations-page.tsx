// Organisations: who takes part, with what they hold and their history.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { Waiting } from '../states.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { useQueryForm } from '../table/query-page.tsx'
import { choicesOf, textOf, type Row } from '../table/rows.ts'

const TITLE: Text = { zh: '单位', en: 'Organisations' }

export function OrganisationsPage() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const form = useQueryForm('organisations')
  return (
    <Page
      title={TITLE}
      actions={
        mayRun('registerOrganisation') && (
          <Link href="/w/do/register-organisation">{t({ zh: '登记单位', en: 'Register an organisation' })}</Link>
        )
      }
    >
      {form.isPending ? (
        <Waiting />
      ) : (
        <QueryTable
          query="organisations"
          title={TITLE}
          choices={form.data ? choicesOf(form.data.row.properties) : {}}
          hidden={['organisation']}
          actions={(row) => <OrganisationActions row={row} />}
        />
      )}
    </Page>
  )
}

function OrganisationActions({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  const { mayRun, mayAsk } = useMenu()
  const organisation = textOf(row, 'organisation')
  return (
    <>
      {mayAsk('holdings') && (
        <LinkButton to={address('/w/ledger', { owner: organisation })}>
          {t({ zh: '持有与明细', en: 'Holdings and statements' })}
        </LinkButton>
      )}
      {mayRun('renameOrganisation') && (
        <LinkButton to={address('/w/do/rename-organisation', { organisation })}>
          {t({ zh: '更名', en: 'Rename' })}
        </LinkButton>
      )}
    </>
  )
}
