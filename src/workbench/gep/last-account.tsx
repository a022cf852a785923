// The last account on the first screen: what it comes to, where it stands, who approved it; one click leads to its figures.

import { Link } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { Ladder } from './ladder.tsx'

export function LastAccount() {
  const { t, lang } = useLanguage()
  const { mayAsk } = useMenu()
  const asked = useRows('accounts', { limit: 1 }, mayAsk('accounts'))
  const row = asked.data?.rows[0]
  if (!row) return null
  const id = textOf(row, 'id')!
  const gep = textOf(row, 'gepConstant')
  return (
    <Part
      title={{ zh: '最近的核算', en: 'The last account' }}
      actions={<Link href="/w/gep">{t({ zh: '全部核算', en: 'All accounts' })}</Link>}
    >
      <p>
        <Link href={`/w/gep/${id}`}>{lang === 'zh' ? textOf(row, 'titleZh') : textOf(row, 'titleEn')}</Link>
        {gep !== undefined && (
          <>
            {' '}
            · GEP{' '}
            <strong>
              {grouped((Number(gep) / 1e8).toFixed(2))} {t({ zh: '亿元', en: '× 100 million yuan' })}
            </strong>{' '}
            <Link href={`/w/gep/${id}?why=gep`}>{t({ zh: '为什么', en: 'Why' })}</Link>
          </>
        )}
      </p>
      <Ladder row={row} />
    </Part>
  )
}
