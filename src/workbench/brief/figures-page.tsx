// Page one: five figures, a sentence each, the change against the year before, and the button that asks about one.

import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Head, Regions, Statement } from '../../server/told/index.ts'
import { useMenu } from '../api/menu.ts'
import { SmallForm } from '../form/small-form.tsx'
import { useLanguage } from '../language.tsx'
import { statusWords } from '../table/cell.tsx'
import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { fiveFigures, sinceText, type Since, type Told } from './five.ts'
import type { Of } from './published.ts'
import { Sheet } from './sheet.tsx'

/** Figures of one place. */
const MOST = 1_000

export function FiguresPage(p: {
  readonly of: Of
  readonly name: string
  readonly head: Head
  readonly statement: Statement
  readonly regions: Regions
}) {
  const { t } = useLanguage()
  const { id, before, year, on } = p.of
  const asked = useRows(
    'termFigures',
    { input: { account: id, against: before?.id }, limit: MOST },
    before !== undefined,
  )
  const rows = new Map((asked.data?.rows ?? []).map((r) => [textOf(r, 'code'), r]))
  const since = ({ cell }: Told): Since | undefined => {
    if (!before) return undefined
    const row = rows.get(cell.code)
    const known = row && textOf(row, 'opening') !== undefined
    return {
      year: before.year,
      change: known ? textOf(row, 'change') : undefined,
      percent: known ? textOf(row, 'percent') : undefined,
    }
  }
  const [done, setDone] = useState(false)
  const [about, ask] = useState<string>()
  return (
    <Sheet n={1} title={{ zh: `${p.name} ${year} 年生态产品总值：五个数`, en: `GEP of ${year}: five figures` }}>
      <p className="brief-hint">
        {p.name} {p.of.place} · {t(statusWords(p.of.status))} · {t({ zh: `公布日期 ${on}`, en: `published on ${on}` })}
        {p.head.sample && <strong> · {t({ zh: '示范数据', en: 'sample data' })}</strong>}
      </p>
      {done && (
        <p className="good screen-only" role="status">
          ✓{' '}
          {t({
            zh: '问题已提交，等编制和审核单位答复；答复会进您的待办，也印在第四页。',
            en: 'Asked. The answer comes to your list and stands on page four.',
          })}
        </p>
      )}
      <ol className="brief-five">
        {fiveFigures(p.head, p.statement, p.regions).map((f) => (
          <li key={f.cell.code}>
            <h3>{t(f.name)}</h3>
            <p className="brief-number">
              {f.cell.text} <small>{t(f.cell.unit)}</small>
            </p>
            <p>
              {t(f.sentence)} <strong>{asked.isPending && before ? '' : t(sinceText(since(f)))}</strong>
            </p>
            <Asking
              id={id}
              code={f.cell.code}
              open={about === f.cell.code}
              ask={(code) => {
                setDone(false)
                ask(code)
              }}
              done={() => {
                setDone(true)
                ask(undefined)
              }}
            />
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

/** 我要问这个数: on paper only the code stays, by which the figure is found again. */
function Asking(p: {
  readonly id: string
  readonly code: string
  readonly open: boolean
  readonly ask: (code: string | undefined) => void
  readonly done: () => void
}) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  return (
    <>
      <p className="brief-ask">
        <code className="code">{p.code}</code>
        <span className="screen-only">
          {' '}
          <Link href={`/w/gep/${p.id}?why=${p.code}`}>{t({ zh: '为什么是这个数', en: 'Why this figure' })}</Link>{' '}
          {mayRun('commentFigure') && (
            <Button size="small" aria-expanded={p.open} onClick={() => p.ask(p.open ? undefined : p.code)}>
              {t({ zh: '我要问这个数', en: 'Ask about this figure' })}
            </Button>
          )}
        </span>
      </p>
      {p.open && (
        <div className="screen-only">
          <SmallForm
            command="comment-figure"
            preset={{ account: p.id, figure: p.code }}
            words={{ zh: '提交问题', en: 'Ask' }}
            done={p.done}
          />
        </div>
      )}
    </>
  )
}
