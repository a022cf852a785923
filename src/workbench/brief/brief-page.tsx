// 四页纸: a published account in four pages of large type — five figures, what changed and why, where they come from, what was asked and
// answered. Serves deputies; each page is one sheet of A4. 我要问这个数 puts a question on a figure, which the office has to answer.
// Always holds: every number opens into its reason by its code; what the record does not hold is said to be missing.

import { Button } from 'antd'
import { useSearchParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import type { Grounds, Head, Regions, Statement } from '../../server/told/index.ts'
import { useNameOf } from '../api/names.ts'
import { Page } from '../frame/page.tsx'
import { usePart } from '../gep/ask.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { placesOf, type YearOf } from '../term/places.ts'
import { ChangedPage, GroundsPage, QuestionsPage } from './brief-pages.tsx'
import { FiguresPage } from './figures-page.tsx'
import { usePublished, type Of } from './published.ts'

const TITLE: Text = { zh: '四页纸', en: 'Four pages' }

export function BriefPage() {
  const { t, lang } = useLanguage()
  const [words, setWords] = useSearchParams()
  const { published, accounts, standing } = usePublished()
  if (published.isPending || accounts.isPending)
    return (
      <Page title={TITLE}>
        <Waiting />
      </Page>
    )
  const error = published.error ?? accounts.error
  if (error)
    return (
      <Page title={TITLE}>
        <Failed error={error} again={() => void published.refetch()} />
      </Page>
    )
  const rows = accounts.data?.rows ?? []
  const titleOf = (id: string): string => {
    const row = rows.find((r) => textOf(r, 'id') === id)
    return (row && textOf(row, lang === 'zh' ? 'titleZh' : 'titleEn')) ?? id
  }
  const chosen = standing.find((s) => s.account === words.get('account')) ?? standing[0]
  const row = rows.find((r) => textOf(r, 'id') === chosen?.account)
  return (
    <Page
      title={TITLE}
      actions={<Button onClick={() => globalThis.print()}>{t({ zh: '打印四页', en: 'Print four pages' })}</Button>}
    >
      {!chosen || !row ? (
        <Nothing what={{ zh: '您的地区还没有公布过核算。', en: 'No account of your places is published yet.' }} />
      ) : (
        <>
          {standing.length > 1 && (
            <div className="search-form tools">
              <label className="inline-label">
                {t({ zh: '核算', en: 'Account' })}{' '}
                <select
                  className="native"
                  value={chosen.account}
                  onChange={(e) => setWords({ account: e.target.value })}
                >
                  {standing.map((s) => (
                    <option key={s.account} value={s.account}>
                      {titleOf(s.account)}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          )}
          <Brief
            key={chosen.account}
            id={chosen.account}
            place={textOf(row, 'place') ?? ''}
            year={String(row['year'])}
            publication={chosen.publication}
            on={chosen.on}
            status={textOf(row, 'status') ?? ''}
            before={before([...(placesOf(rows).get(textOf(row, 'place') ?? '') ?? [])], String(row['year']))}
          />
        </>
      )}
    </Page>
  )
}

/** The account of the nearest earlier year. */
const before = (years: readonly YearOf[], year: string): YearOf | undefined => years.findLast((y) => y.year < year)

function Brief(p: Of) {
  const head = usePart<Head>(p.id, '')
  const statement = usePart<Statement>(p.id, 'statement')
  const regions = usePart<Regions>(p.id, 'regions')
  const grounds = usePart<Grounds>(p.id, 'grounds')
  const name = useNameOf('region', p.place) ?? p.place
  const all = [head, statement, regions, grounds]
  const failed = all.find((q) => q.isError)
  if (failed) return <Failed error={failed.error} again={() => all.forEach((q) => void q.refetch())} />
  if (!head.data || !statement.data || !regions.data || !grounds.data) return <Waiting />
  return (
    <div className="brief">
      <FiguresPage of={p} name={name} head={head.data} statement={statement.data} regions={regions.data} />
      <ChangedPage of={p} />
      <GroundsPage of={p} head={head.data} grounds={grounds.data} />
      <QuestionsPage of={p} />
    </div>
  )
}
