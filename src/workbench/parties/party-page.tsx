// One party: who it is with codes masked, who acts for whom, its bank accounts, what it came from and became, and what it holds.
// Whatever may be done with it is done here.

import { useParams, Link, useSearchParams } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { Documents } from '../documents/index.ts'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Nothing, Waiting } from '../states.tsx'
import { CellShown, Name } from '../table/cell.tsx'
import { Pairs, type Pair } from '../table/pairs.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { BankAccounts } from './bank-accounts.tsx'
import { Changes } from './changes.tsx'
import { Holds } from './holds.tsx'
import { Mandates } from './mandates.tsx'
import { PartyName, useParty } from './party-name.tsx'
import { Successions } from './successions.tsx'
import { calledIn, isKind, isOfPeople, KINDS, STATUS } from './words.ts'

export function PartyPage() {
  const { id = '' } = useParams<{ id: string }>()
  const [words] = useSearchParams()
  const { row, isPending } = useParty(id)
  if (isPending) return <Waiting />
  if (!row)
    return (
      <Page title={{ zh: '当事人', en: 'Party' }}>
        <Nothing
          what={{ zh: '没有这个主体，或不在您的地区。', en: 'There is no such party, or it is not of your place.' }}
        />
      </Page>
    )
  return <Party key={id} id={id} row={row} double={words.get('double') ?? undefined} />
}

function Party({ id, row, double }: { readonly id: string; readonly row: Row; readonly double: string | undefined }) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const kind = textOf(row, 'kind') ?? ''
  const called = calledIn(row)
  const place = textOf(row, 'place') ?? ''
  const kindWords = isKind(kind) ? KINDS[kind] : { zh: kind, en: kind }
  return (
    <Page
      title={{ zh: `${kindWords.zh} ${called.zh}`, en: kindWords.en }}
      actions={<Link href="/w/parties">{t({ zh: '返回清单', en: 'All parties' })}</Link>}
    >
      <Pairs pairs={pairsOf(row, kind, t)} />
      {mayAsk('mandates') && <Mandates id={id} />}
      {mayAsk('bankAccounts') && <BankAccounts id={id} standing={textOf(row, 'status') === 'standing'} />}
      {mayAsk('successions') && <Successions id={id} />}
      <Holds id={id} />
      <Documents about={`party:${id}`} place={place} organisation={textOf(row, 'organisation')} />
      {textOf(row, 'status') === 'standing' && <Changes id={id} kind={kind} double={double} />}
      {mayAsk('history') && (
        <Part title={{ zh: '办理历史', en: 'History' }}>
          <QueryTable query="history" title={{ zh: '办理历史', en: 'History' }} input={{ subject: `party:${id}` }} />
        </Part>
      )}
    </Page>
  )
}

function pairsOf(row: Row, kind: string, t: ReturnType<typeof useLanguage>['t']): readonly Pair[] {
  const shown = (name: string) => (
    <CellShown value={row[name]} column={{ name, title: { zh: '', en: '' }, kind: 'text' }} choices={{}} />
  )
  const status = textOf(row, 'status') ?? ''
  const merged = textOf(row, 'mergedInto')
  const organisation = textOf(row, 'organisation')
  const ofPeople = isOfPeople(kind)
  return [
    [ofPeople ? { zh: '姓名', en: 'Name' } : { zh: '名称', en: 'Name' }, shown(ofPeople ? 'personName' : 'name')],
    ...(ofPeople
      ? ([
          [{ zh: '身份证号', en: 'Identity number' }, shown('idNumber')],
          ...(row['passport'] === undefined ? [] : [[{ zh: '护照号', en: 'Passport' }, shown('passport')] as Pair]),
          [{ zh: '电话', en: 'Telephone' }, shown('phone')],
        ] as readonly Pair[])
      : ([[{ zh: '统一社会信用代码', en: 'Unified social credit code' }, shown('code')]] as readonly Pair[])),
    ...(kind === 'household'
      ? ([
          [{ zh: '户号', en: 'Number of the household' }, shown('householdCode')],
          [{ zh: '人口', en: 'People' }, shown('people')],
        ] as readonly Pair[])
      : []),
    [{ zh: '行政区', en: 'Region' }, <Name key="place" kind="region" id={textOf(row, 'place') ?? ''} />],
    ...(organisation === undefined
      ? []
      : [[{ zh: '所属单位', en: 'Belongs to' }, <Name key="org" kind="organisation" id={organisation} />] as Pair]),
    [
      { zh: '状态', en: 'Status' },
      <>
        {t(STATUS[status] ?? { zh: status, en: status })}
        {row['erased'] === true && t({ zh: '，个人信息已删除', en: ', personal data erased' })}{' '}
        {merged !== undefined && <PartyName id={merged} />}
      </>,
    ],
    [
      { zh: '起止', en: 'From and to' },
      `${textOf(row, 'since') ?? ''} — ${textOf(row, 'until') ?? t({ zh: '今', en: 'today' })}`,
    ],
  ]
}
