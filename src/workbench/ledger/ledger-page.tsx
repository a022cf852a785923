// What an owner holds, and the statement of one account up to a day. Owner, asset and day stand in the address, so that a
// statement can be sent, printed and asked for again.

import { Button, Input } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Lang, Text } from '../../kernel/index.ts'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Lookup } from '../form/lookup.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'

const TITLE: Text = { zh: '账户明细与持有', en: 'Statements and holdings' }

export function LedgerPage() {
  const { role } = useSession()
  const [words, setWords] = useSearchParams()
  const own = role?.places.find((p) => p.organisation !== undefined)?.organisation
  const owner = words.get('owner') ?? own ?? ''
  const asset = words.get('asset') ?? ''
  const to = words.get('to') ?? ''
  return (
    <Page
      title={TITLE}
      about={{
        zh: '选户主，看持有；再选一项资产，看到某一日为止的明细。',
        en: 'Choose an owner to see what it holds, then an asset for its statement up to a day.',
      }}
    >
      <Choose key={`${owner} ${to}`} owner={owner} to={to} choose={(chosen) => setWords(chosen)} />
      {owner !== '' && <Holdings owner={owner} to={to} />}
      {owner !== '' && asset !== '' && <Statement owner={owner} asset={asset} to={to} />}
    </Page>
  )
}

function Choose(p: {
  readonly owner: string
  readonly to: string
  readonly choose: (words: Record<string, string>) => void
}) {
  const { t } = useLanguage()
  const [owner, setOwner] = useState(p.owner)
  const [to, setTo] = useState(p.to)
  const submit = (e: SyntheticEvent): void => {
    e.preventDefault()
    p.choose({ ...(owner === '' ? {} : { owner }), ...(to === '' ? {} : { to }) })
  }
  return (
    <form className="search-form" onSubmit={submit}>
      <div className="fields">
        <div className="field">
          <label htmlFor="owner">{t({ zh: '户主（单位）', en: 'Owner (organisation)' })}</label>
          <Lookup
            id="owner"
            kind="organisation"
            schema={{ 'x-kind': 'organisation', 'x-title': TITLE }}
            required
            describedBy={undefined}
            invalid={false}
            value={owner}
            change={setOwner}
          />
        </div>
        <div className="field">
          <label htmlFor="to">{t({ zh: '截至（法定日期）', en: 'Up to (legal date)' })}</label>
          <Input id="to" type="date" value={to} onChange={(e) => setTo(e.target.value)} />
        </div>
      </div>
      <p className="buttons">
        <Button type="primary" htmlType="submit">
          {t({ zh: '查询', en: 'Ask' })}
        </Button>
      </p>
    </form>
  )
}

/** What stands on the page already, and what is told in the other language. */
const HIDDEN: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['owner', 'account', 'en', 'purposeEn'],
  en: ['owner', 'account', 'zh', 'purpose'],
}

function Holdings({ owner, to }: { readonly owner: string; readonly to: string }) {
  const { t, lang } = useLanguage()
  const { mayAsk } = useMenu()
  const held = useRows('holdings', { input: { owner }, limit: 200 })
  const title: Text = { zh: '现在的持有', en: 'Held now' }
  return (
    <Part title={title}>
      {held.isPending ? (
        <Waiting />
      ) : held.isError ? (
        <Failed error={held.error} again={() => void held.refetch()} />
      ) : held.data.rows.length === 0 ? (
        <Nothing what={{ zh: '没有持有，或不在您的范围。', en: 'Nothing is held, or it is not for you.' }} />
      ) : (
        <RowsTable
          label={t(title)}
          columns={held.data.columns.filter((c) => !HIDDEN[lang].includes(c.name))}
          rows={held.data.rows}
          before={(row: Row) =>
            mayAsk('statement') && (
              <Link href={address('/w/ledger', { owner, asset: textOf(row, 'asset'), to })}>
                {t({ zh: '明细', en: 'Statement' })}
              </Link>
            )
          }
        />
      )}
    </Part>
  )
}

function Statement({ owner, asset, to }: { readonly owner: string; readonly asset: string; readonly to: string }) {
  const until = to === '' ? { zh: '', en: '' } : { zh: `，截至 ${to}`, en: ` up to ${to}` }
  const title: Text = { zh: `明细：${asset}${until.zh}`, en: `Statement of ${asset}${until.en}` }
  return (
    <Part title={title}>
      <QueryTable
        key={`${owner} ${asset} ${to}`}
        query="statement"
        title={title}
        input={{ owner, asset, to }}
        choices={{ kind: LINES }}
        hidden={['line', 'posting', 'act', 'recorded']}
        empty={{ zh: '这个账户没有往来。', en: 'Nothing moved on this account.' }}
      />
    </Part>
  )
}

const LINES: Readonly<Record<string, Text>> = {
  opening: { zh: '期初', en: 'opening' },
  plain: { zh: '往来', en: 'posting' },
  pending: { zh: '占用', en: 'reserved' },
  post: { zh: '占用转出', en: 'reserved, then posted' },
  void: { zh: '解除占用', en: 'let go' },
  expire: { zh: '占用到期', en: 'reservation expired' },
  continued: { zh: '续下页', en: 'continued' },
  closing: { zh: '期末', en: 'closing' },
}
