// The finance officer's first screen: whether each asset balances, what moved last, what falls due. Every posting leads to its act.

import { Link } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { LinkButton } from '../link-button.tsx'
import { useLanguage } from '../language.tsx'
import { textOf } from '../table/rows.ts'
import { RowsPart } from './rows-part.tsx'

export function Books() {
  const { t, lang } = useLanguage()
  const { mayAsk } = useMenu()
  return (
    <>
      {mayAsk('statement') && (
        <p className="buttons">
          <LinkButton to="/w/ledger">{t({ zh: '账户明细与持有', en: 'Statements and holdings' })}</LinkButton>
        </p>
      )}
      <RowsPart
        query="zeroSum"
        title={{ zh: '各项资产是否平衡', en: 'Whether each asset balances' }}
        columns={['asset', 'accounts', 'debits', 'credits', 'pendingDebits', 'pendingCredits', 'fits', 'account']}
        empty={{ zh: '账上还没有任何资产。', en: 'No asset is on the books yet.' }}
      />
      <RowsPart
        query="postings"
        title={{ zh: '最近的分录', en: 'Latest postings' }}
        columns={['effective', 'asset', 'amount', 'unit', 'from', 'to', lang === 'zh' ? 'why' : 'whyEn']}
        empty={{ zh: '还没有分录。', en: 'Nothing was posted yet.' }}
        before={(row) => <Link href={`/w/acts/${textOf(row, 'act')}`}>{t({ zh: '为什么', en: 'Why' })}</Link>}
      />
      <RowsPart
        query="deadlines"
        title={{ zh: '期限', en: 'Deadlines' }}
        columns={['title', 'subject', 'fromOn', 'dueOn', 'status']}
        empty={{ zh: '没有在走的期限。', en: 'No deadline runs.' }}
      />
    </>
  )
}
