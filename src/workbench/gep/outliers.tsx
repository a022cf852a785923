// What a reviewer looks at first: of each account that waits for a judgement what its checks found and nobody explained, the changed
// parameters, the comments that are open, and the way to the weakest figures. The reviewer's first screen.

import { Link } from 'wouter'
import type { Found } from '../../server/told/index.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Nothing, Waiting } from '../states.tsx'
import { statusWords } from '../table/cell.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { usePart } from './ask.ts'

/** Accounts and findings on one screen. */
const FEW = 4

export function Outliers() {
  const { t } = useLanguage()
  const asked = useRows('accounts', { limit: 200 })
  const open = (asked.data?.rows ?? []).filter((a) => a['status'] !== 'official' && a['supersededBy'] === undefined)
  if (asked.isPending) return <Waiting />
  return (
    <Part title={{ zh: '异常清单', en: 'Outliers' }}>
      {open.length === 0 ? (
        <Nothing what={{ zh: '没有等待审核的核算。', en: 'No account waits for a judgement.' }} />
      ) : (
        <ul className="findings">
          {open.slice(0, FEW).map((row) => (
            <OfAccount key={textOf(row, 'id')} row={row} />
          ))}
        </ul>
      )}
      {open.length > FEW && (
        <p className="hint">
          <Link href="/w/gep">{t({ zh: `还有 ${open.length - FEW} 份`, en: `${open.length - FEW} more` })}</Link>
        </p>
      )}
    </Part>
  )
}

function OfAccount({ row }: { readonly row: Row }) {
  const { t, lang } = useLanguage()
  const id = textOf(row, 'id')!
  const found = usePart<readonly Found[]>(id, 'findings')
  const unexplained = (found.data ?? []).filter((f) => !f.explained)
  const comments = textOf(row, 'openComments') ?? '0'
  return (
    <li className={unexplained.length > 0 ? 'finding-yellow' : 'finding-done'}>
      <p>
        <Link href={`/w/gep/${id}`}>{(lang === 'zh' ? textOf(row, 'titleZh') : textOf(row, 'titleEn')) ?? id}</Link> ·{' '}
        {t(statusWords(textOf(row, 'status') ?? ''))}
      </p>
      {unexplained.slice(0, FEW).map((f, i) => (
        <p key={i}>
          {f.check && <code className="code">{f.check}</code>} {t(f)}
        </p>
      ))}
      <p className="links">
        <Link href={`/w/gep/${id}/findings`}>
          {t({ zh: `检查结果 ${unexplained.length} 项待说明`, en: `${unexplained.length} findings to explain` })}
        </Link>
        <Link href={`/w/gep/${id}/review`}>{t({ zh: '证据最弱的二十个数', en: 'The twenty weakest figures' })}</Link>
        <Link href={`/w/gep/${id}/grounds`}>{t({ zh: '参数改动', en: 'Changed parameters' })}</Link>
        <Link href={`/w/gep/${id}/comments`}>
          {t({ zh: `批注 ${comments} 条未办结`, en: `${comments} open comments` })}
        </Link>
      </p>
    </li>
  )
}
