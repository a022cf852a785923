// The history of a thing: every act on it in order, corrections struck through beside what took their place.

import { useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { Page } from '../frame/page.tsx'
import { Nothing } from '../states.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { MOST_ACTS } from '../table/rows.ts'
import { shortId } from '../words.ts'

const TITLE: Text = { zh: '历史', en: 'History' }

export function HistoryPage() {
  const [words] = useSearchParams()
  const subject = words.get('subject') ?? ''
  const short = subject.split(':').map(shortId).join(' ')
  return (
    <Page title={TITLE} {...(subject === '' ? {} : { about: { zh: `对象：${short}`, en: `Of: ${short}` } })}>
      {subject === '' ? (
        <Nothing
          what={{
            zh: '从一条记录的“历史”按钮打开这一页。',
            en: 'Open this page by the button "History" of a record.',
          }}
        />
      ) : (
        <QueryTable
          query="history"
          title={TITLE}
          input={{ subject, limit: String(MOST_ACTS) }}
          hidden={['kind', 'request', 'standInFor', 'clause']}
          struck={(row) => row['correctedBy'] !== undefined}
          empty={{ zh: '没有找到这个对象的记录，或不在您的地区。', en: 'No act on it, or not of your place.' }}
        />
      )}
    </Page>
  )
}
