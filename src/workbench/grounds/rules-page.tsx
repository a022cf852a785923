// Rules and parameters as the book has them, with mark and source, and what an office changed of them. Reading is for all;
// who may propose a change does so from the parameter itself, so that nothing is typed twice.

import type { Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { Nothing, Waiting } from '../states.tsx'
import { useQueryForm } from '../table/query-page.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { choicesOf, textOf, type Row } from '../table/rows.ts'
import { LAYERS, MARKS } from './words.ts'

const TITLE: Text = { zh: '参数与规则', en: 'Parameters and rules' }
const CHANGES: Text = { zh: '本地改动', en: 'Changes by an office' }
const RULES: Text = { zh: '规则', en: 'Rules' }
const BOOK: Text = { zh: '参数表', en: 'Parameters' }

export function RulesPage() {
  const { mayAsk, isPending } = useMenu()
  if (isPending) return <Waiting />
  return (
    <Page
      title={TITLE}
      about={{
        zh: '国家、省、县三层；县级改动要写理由、由另一个人批准，报告里会列出它的影响。',
        en: 'Three layers: nation, province, county. A change wants a reason and another person’s approval, and the report prints its effect.',
      }}
    >
      {mayAsk('overridesInForce') && (
        <Part title={CHANGES}>
          <QueryTable
            query="overridesInForce"
            title={CHANGES}
            hidden={['id', 'act', 'leaf', 'recorded', 'document', 'key', 'effectEn', 'source', 'version']}
            empty={{ zh: '还没有改动：都用规则书的数。', en: 'No change: all numbers are those of the book.' }}
            actions={(row) => <ChangeActions row={row} />}
          />
        </Part>
      )}
      {mayAsk('rules') && (
        <Part title={RULES}>
          <QueryTable
            query="rules"
            title={RULES}
            choices={{ layer: LAYERS, mark: MARKS }}
            hidden={['version', 'to', 'region', 'source', 'file']}
            actions={(row) => <SeeRule row={row} />}
          />
        </Part>
      )}
      {mayAsk('parameters') ? (
        <Parameters />
      ) : (
        <Nothing what={{ zh: '您的角色不能看参数表。', en: 'Your role may not see the parameters.' }} />
      )}
    </Page>
  )
}

function Parameters() {
  const form = useQueryForm('parameters')
  return (
    <Part title={BOOK}>
      {form.isPending ? (
        <Waiting />
      ) : (
        <QueryTable
          query="parameters"
          title={BOOK}
          choices={{ ...(form.data ? choicesOf(form.data.row.properties) : {}), layer: LAYERS }}
          hidden={['file', 'line', 'to', 'year', 'region']}
          actions={(row) => <ParameterActions row={row} />}
        />
      )}
    </Part>
  )
}

function SeeRule({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  return (
    <LinkButton to={`/w/rules/${textOf(row, 'id') ?? ''}`} type="primary">
      {t({ zh: '看参数和算例', en: 'Its parameters and examples' })}
    </LinkButton>
  )
}

function ParameterActions({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  if (!mayRun('proposeOverride')) return null
  const words = {
    parameter: textOf(row, 'id'),
    key: textOf(row, 'key'),
    'value.unit': textOf(row, 'unit'),
  }
  return (
    <LinkButton to={address('/w/do/propose-override', words)} type="primary">
      {t({ zh: '提出改动', en: 'Propose a change' })}
    </LinkButton>
  )
}

function ChangeActions({ row }: { readonly row: Row }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  if (!mayRun('withdrawOverride')) return null
  return (
    <LinkButton to={address('/w/do/withdraw-override', { override: textOf(row, 'id') })}>
      {t({ zh: '提出撤销', en: 'Propose to withdraw it' })}
    </LinkButton>
  )
}
