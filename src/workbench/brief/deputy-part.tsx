// The deputy's first screen: the brief of the last published account, and what became of the questions asked.

import { Link } from 'wouter'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Nothing, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { usePublished } from './published.ts'

export function DeputyPart() {
  const { t, lang } = useLanguage()
  const { published, accounts, standing } = usePublished()
  const comments = useRows('comments', { limit: 1_000 })
  if (published.isPending || accounts.isPending) return <Waiting />
  const questions = (comments.data?.rows ?? []).filter((r) => r['role'] === 'deputy')
  const open = questions.filter((r) => r['status'] === 'open').length
  const titleOf = (id: string): string => {
    const row = accounts.data?.rows.find((r) => textOf(r, 'id') === id)
    return (row && textOf(row, lang === 'zh' ? 'titleZh' : 'titleEn')) ?? id
  }
  const [last] = standing
  return (
    <Part title={{ zh: '四页纸和“我要问这个数”', en: 'Four pages, and a question about a number' }}>
      {!last ? (
        <Nothing what={{ zh: '您的地区还没有公布过核算。', en: 'No account of your places is published yet.' }} />
      ) : (
        <p>
          <Link href={`/w/brief?account=${last.account}`}>
            {t({ zh: `打开四页纸：${titleOf(last.account)}`, en: `Open the four pages: ${titleOf(last.account)}` })}
          </Link>{' '}
          <span className="hint">{t({ zh: `公布于 ${last.on}`, en: `published on ${last.on}` })}</span>
        </p>
      )}
      <p className="hint">
        {t({
          zh: `代表提问 ${questions.length} 条，未答复 ${open} 条。在四页纸第一页点“我要问这个数”提问。`,
          en: `${questions.length} questions by deputies, ${open} not answered. Ask on the first of the four pages.`,
        })}
      </p>
    </Part>
  )
}
