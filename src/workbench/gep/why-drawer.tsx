// One figure in a drawer at the right: its number with unit and status, then three threads — 为什么 as a tree down to the cells,
// 凭证 (the act that registered it, its place in the log, the package), 历史 (its earlier versions and acts) — and what was
// asked about it. The address names the figure, so that it can be sent to a colleague and the browser goes back through figures.

import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { textOf } from '../table/rows.ts'
import { usePart, useRegistered, useWord } from './ask.ts'
import { FigureComments } from './comments.tsx'
import { FigureHistory } from './figure-history.tsx'
import { ReasonTree } from './reason-tree.tsx'
import type { Head, Why } from '../../server/told/index.ts'
import { withUnit } from './digits.ts'

const THREADS = [
  { id: 'why', title: { zh: '为什么', en: 'Why' } },
  { id: 'proof', title: { zh: '凭证', en: 'Proof' } },
  { id: 'history', title: { zh: '历史', en: 'History' } },
  { id: 'comments', title: { zh: '批注', en: 'Comments' } },
] as const

export function WhyDrawer({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const [word, open] = useWord('why')
  const [thread = 'why', choose] = useWord('thread')
  // The first screen asks for the total without knowing its code.
  const code = word === 'gep' ? head.totals[0]?.cell.code : word
  // Shut rather than gone: it gives the focus back to the figure that opened it.
  return (
    <Drawer
      open={code !== undefined}
      destroyOnHidden
      size={640}
      title={
        <>
          {t({ zh: '数', en: 'Figure' })} <code className="code">{code}</code>
        </>
      }
      onClose={() => open(undefined)}
    >
      {code !== undefined && <Opened key={code} id={id} code={code} head={head} thread={thread} choose={choose} />}
    </Drawer>
  )
}

function Opened(p: {
  readonly id: string
  readonly code: string
  readonly head: Head
  readonly thread: string
  readonly choose: (to: string | undefined) => void
}) {
  const { t, lang } = useLanguage()
  const why = usePart<Why>(p.id, 'why', { code: p.code })
  if (why.isPending) return <Waiting />
  if (why.isError) return <Failed error={why.error} again={() => void why.refetch()} />
  const { root } = why.data
  const shown: Readonly<Record<string, ReactNode>> = {
    why: <WhyShown id={p.id} why={why.data} />,
    proof: <Proof id={p.id} head={p.head} />,
    history: <FigureHistory id={p.id} code={p.code} />,
    comments: <FigureComments id={p.id} code={p.code} />,
  }
  return (
    <>
      <h2>{t(root.title)}</h2>
      <p className="big-figure">{withUnit(root.value.value, root.unit, lang)}</p>
      <p className="hint">
        {p.head.year} · {t(p.head.statusTitle)} {p.head.sample && <span className="kind">{t(SAMPLE)}</span>}{' '}
        <span className={why.data.recomputed ? 'good' : 'bad'}>
          {why.data.recomputed
            ? t({ zh: '✓ 刚才按下式重算，逐位相同', en: '✓ recomputed just now: the same digits' })
            : t({ zh: '✗ 重算的数与所存不同', en: '✗ recomputed, the digits differ' })}
        </span>
      </p>
      <nav className="threads" aria-label={t({ zh: '为什么、凭证、历史、批注', en: 'Why, proof, history, comments' })}>
        {THREADS.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={p.thread === id}
            className="thread"
            onClick={() => p.choose(id === 'why' ? undefined : id)}
          >
            {t(title)}
          </button>
        ))}
      </nav>
      {shown[p.thread] ?? shown['why']}
    </>
  )
}

export const SAMPLE: Text = { zh: '示范数据', en: 'sample data' }

/** Rows of a long list that are shown before one asks for all. */
const FIRST_LINES = 60

function WhyShown({ why }: { readonly id: string; readonly why: Why }) {
  const { t, lang } = useLanguage()
  const [, open] = useWord('why')
  const [all, showAll] = useWord('lines')
  const lines = all === undefined ? why.lines.slice(0, FIRST_LINES) : why.lines
  return (
    <>
      <ReasonTree root={why.root} />
      {why.lines.length > 0 && (
        <details>
          <summary>{t({ zh: `其下 ${why.lines.length} 行`, en: `${why.lines.length} lines below` })}</summary>
          <ul className="lines">
            {lines.map((l) => (
              <li key={l.code}>
                <button type="button" className="figure" onClick={() => open(l.code)}>
                  {t(l.title)} = {withUnit(l.value.value, l.unit, lang)}
                </button>
              </li>
            ))}
          </ul>
          {lines.length < why.lines.length && (
            <button type="button" className="figure" onClick={() => showAll('all')}>
              {t({ zh: '全部显示', en: 'Show all' })}
            </button>
          )}
        </details>
      )}
      {why.fitness.length > 0 && (
        <details>
          <summary>{t({ zh: '可用于什么', en: 'What it is fit for' })}</summary>
          <Fitness fits={why.fitness} />
        </details>
      )}
    </>
  )
}

export function Fitness({ fits }: { readonly fits: Why['fitness'] }) {
  const { t } = useLanguage()
  return (
    <ul className="fitness">
      {fits.map((f) => (
        <li key={f.use.zh}>
          <span className={f.fit ? 'good' : 'bad'}>
            {f.fit ? '✓' : '✗'} {t(f.use)}
          </span>{' '}
          <span className="hint">{f.why.map((w) => t(w)).join(t({ zh: '；', en: '; ' }))}</span>
        </li>
      ))}
    </ul>
  )
}

/** Who vouches for it: the act that registered the account, and the package anyone can run again. */
function Proof({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const row = useRegistered(id)
  const act = row && (textOf(row, 'act') ?? id)
  return (
    <>
      <p>
        {t({
          zh: '这个数在核算包里；登记核算这件事在公开日志里，带着包的校验值。改动包里任何一位数，校验值就对不上。',
          en: 'The figure stands in the account package; its registration stands in the public log with the hash of the package. Any other digit would give another hash.',
        })}
      </p>
      <Pairs
        pairs={[
          [{ zh: '核算号', en: 'Account' }, row ? textOf(row, 'number') : '—'],
          [{ zh: '包编号', en: 'Package id' }, <code className="code">{head.packageId}</code>],
          ...(row && textOf(row, 'package') !== undefined
            ? [
                [
                  { zh: '包文件校验值', en: 'Hash of the file' },
                  <code className="code">{textOf(row, 'package')}</code>,
                ] as const,
              ]
            : []),
          [{ zh: '计算程序', en: 'Computed by' }, head.engine],
          [{ zh: '自己复算', en: 'Run it again' }, <code className="code">qingshan account verify account.zip</code>],
        ]}
      />
      {act !== undefined && mayAsk('actContent') && (
        <p className="links">
          <Link href={`/w/acts/${act}/proof`}>{t({ zh: '看登记的凭证', en: 'Proof of the registration' })}</Link>
          <Link href={`/w/acts/${act}`}>{t({ zh: '谁登记、谁审定', en: 'Who registered and signed' })}</Link>
        </p>
      )}
    </>
  )
}
