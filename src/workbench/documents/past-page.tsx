// Documents whose time is over: what becomes of them is asked for here, one by one, and agreed to by somebody else.

import { useState } from 'react'
import { useMenu } from '../api/menu.ts'
import { SmallForm } from '../form/small-form.tsx'
import { Page } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { ReceiptShown } from '../form/receipt.tsx'
import type { Receipt } from '../form/use-submit.ts'
import { useKinds } from './use-kinds.ts'

export function PastDocumentsPage() {
  const { mayRun } = useMenu()
  const kinds = useKinds()
  return (
    <Page
      title={{ zh: '到期附件', en: 'Documents past their time' }}
      about={{
        zh: '保管期限已过的附件。销毁要写明依据和鉴定意见，由另一个人复核；销毁后内容不再存在，登记和校验值留着。',
        en: 'Their time is over. Disposal wants a clause and a reason and is agreed to by another person; afterwards the content is gone, entry and hash stay.',
      }}
    >
      <QueryTable
        query="documents"
        title={{ zh: '到期附件', en: 'Documents past their time' }}
        input={{ pastTimeOn: today() }}
        choices={{ type: kinds }}
        hidden={HIDDEN}
        empty={{ zh: '没有到期的附件。', en: 'No document is past its time.' }}
        {...(mayRun('disposeDocument') ? { actions: (row: Row) => <Dispose id={textOf(row, 'id') ?? ''} /> } : {})}
      />
    </Page>
  )
}

const HIDDEN = [
  'id',
  'hash',
  'grade',
  'organisation',
  'replaces',
  'replacedBy',
  'takenAt',
  'longitude',
  'latitude',
  'givenHash',
  'disposal',
  'disposalClause',
  'disposalReason',
]

function Dispose({ id }: { readonly id: string }) {
  const [done, setDone] = useState<Receipt>()
  if (done) return <ReceiptShown receipt={done} />
  return (
    <SmallForm
      command="dispose-document"
      preset={{ document: id }}
      words={{ zh: '申请销毁', en: 'Ask for its disposal' }}
      done={setDone}
    />
  )
}
