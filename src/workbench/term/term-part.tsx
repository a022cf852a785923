// The auditor's first screen: the first and the last account of the place side by side, what the total did and what moved it, and the
// way to the whole comparison.

import { Link } from 'wouter'
import { useNameOf } from '../api/names.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { RowsTable } from '../table/rows-table.tsx'
import { useRows } from '../table/use-rows.ts'
import { useTerm, type Term } from './choice.tsx'

const TITLE = { zh: '任期对比', en: 'A term of office' }

export function TermPart() {
  const { asked, term } = useTerm()
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  if (!term)
    return (
      <Part title={TITLE}>
        <Nothing what={{ zh: '您的地区还没有登记过核算。', en: 'No account of your places is registered yet.' }} />
      </Part>
    )
  return <First term={term} />
}

/** The totals and what moved them. */
const FEW = 8

function First({ term }: { readonly term: Term }) {
  const { t, lang } = useLanguage()
  const { place, opening, closing } = term
  const name = useNameOf('region', place) ?? place
  const two = opening.id !== closing.id
  const causes = useRows('termCauses', { input: { account: closing.id, against: opening.id }, limit: FEW }, two)
  const columns = [lang === 'zh' ? 'titleZh' : 'titleEn', 'opening', 'closing', 'effect'].flatMap(
    (n) => causes.data?.columns.find((c) => c.name === n) ?? [],
  )
  return (
    <Part
      title={{
        zh: `任期对比：${name} ${opening.year}—${closing.year}`,
        en: `A term of office: ${place}, ${opening.year} to ${closing.year}`,
      }}
      actions={
        <Link href={`/w/term?place=${place}`}>
          {t({ zh: '全部数、原因、改动记录、导出', en: 'All figures, causes, changes, export' })}
        </Link>
      }
    >
      {!two ? (
        <Nothing
          what={{
            zh: '这个地区只有一个年份的核算，还不能对比；改动记录可以看。',
            en: 'There is one year of this place only; its changes can be seen.',
          }}
        />
      ) : causes.isPending ? (
        <Waiting />
      ) : causes.isError ? (
        <Failed error={causes.error} again={() => void causes.refetch()} />
      ) : (
        <RowsTable label={t(TITLE)} columns={columns} rows={causes.data.rows} />
      )}
    </Part>
  )
}
