// One account: its head with status, totals and findings, and under it one tab at a time. The address names tab, region and the
// figure that is open, so a colleague sees the same.

import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { useHead, useRegistered, useWord } from './ask.ts'
import { ChartsTab } from './charts-tab.tsx'
import { CommentsTab } from './comments.tsx'
import { Figure } from './figure.tsx'
import { FiguresTab } from './figures-tab.tsx'
import { FilesTab } from './files-tab.tsx'
import { FindingsTab } from './findings-tab.tsx'
import { GroundsTab } from './grounds-tab.tsx'
import { Ladder } from './ladder.tsx'
import { MapTab } from './map-tab.tsx'
import { PublishTab } from './publish-tab.tsx'
import { RegionsTab } from './regions.tsx'
import { ReviewTab } from './review-tab.tsx'
import { StatementTab } from './statement.tsx'
import type { Head } from '../../server/told/index.ts'
import { SAMPLE, WhyDrawer } from './why-drawer.tsx'

interface Tab {
  readonly id: string
  readonly title: Text
  readonly show: (id: string, head: Head) => ReactNode
  /** The query that must be the role's. */
  readonly needs?: string
}

const TABS: readonly Tab[] = [
  { id: '', title: { zh: '结果', en: 'Result' }, show: (id, head) => <StatementTab id={id} head={head} /> },
  {
    id: 'regions',
    title: { zh: '地区与类型', en: 'Regions' },
    show: (id, head) => <RegionsTab id={id} head={head} />,
  },
  { id: 'charts', title: { zh: '图', en: 'Charts' }, show: (id, head) => <ChartsTab id={id} head={head} /> },
  { id: 'map', title: { zh: '地图', en: 'Map' }, show: (id, head) => <MapTab id={id} head={head} /> },
  { id: 'findings', title: { zh: '检查', en: 'Findings' }, show: (id) => <FindingsTab id={id} /> },
  {
    id: 'grounds',
    title: { zh: '参数与资料', en: 'Grounds' },
    show: (id, head) => <GroundsTab id={id} head={head} />,
  },
  {
    id: 'figures',
    title: { zh: '全部数字', en: 'Figures' },
    show: (id) => <FiguresTab id={id} />,
    needs: 'accountFigures',
  },
  { id: 'comments', title: { zh: '批注', en: 'Comments' }, show: (id) => <CommentsTab id={id} />, needs: 'comments' },
  { id: 'review', title: { zh: '审核', en: 'Review' }, show: (id, head) => <ReviewTab id={id} head={head} /> },
  { id: 'publish', title: { zh: '公布', en: 'Publish' }, show: (id, head) => <PublishTab id={id} head={head} /> },
  { id: 'files', title: { zh: '报告', en: 'Report' }, show: (id) => <FilesTab id={id} /> },
]

export function AccountPage() {
  const { id, tab = '' } = useParams<{ id: string; tab?: string }>()
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const [region] = useWord('region')
  const head = useHead(id)
  const row = useRegistered(id)
  const shown = TABS.find((x) => x.id === tab) ?? TABS[0]!
  if (head.isPending)
    return (
      <Page title={{ zh: '核算', en: 'Account' }}>
        <Waiting />
      </Page>
    )
  if (head.isError)
    return (
      <Page title={{ zh: '核算', en: 'Account' }}>
        <Failed error={head.error} again={() => void head.refetch()} />
      </Page>
    )
  const h = { ...head.data, ...statusOf(head.data, row?.['status']) }
  const comments = row && textOf(row, 'openComments')
  return (
    <Page
      title={h.title}
      actions={
        <>
          <Link href={`/w/gep/compare?a=${id}`}>{t({ zh: '与另一份比较', en: 'Compare with another' })}</Link>
          <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>
        </>
      }
    >
      <div className="account-head">
        <dl className="totals">
          {h.totals.map((x) => (
            <div key={x.basis.zh}>
              <dt>
                GEP · {t(x.basis)} · {x.year}
              </dt>
              <dd>
                <Figure cell={x.cell} unit />
              </dd>
            </div>
          ))}
        </dl>
        <div>
          {row && <Ladder row={row} />}
          <p className="hint">
            {row &&
              `${textOf(row, 'number') ?? ''} · ${t({ zh: '版本', en: 'version' })} ${textOf(row, 'version') ?? ''} · `}
            {h.sample && <span className="kind">{t(SAMPLE)}</span>}{' '}
            <Link href={`/w/gep/${id}/findings`}>
              {t({
                zh: `检查：红 ${h.findings.red}，黄 ${h.findings.yellow}，未说明 ${h.findings.open}`,
                en: `Findings: ${h.findings.red} red, ${h.findings.yellow} yellow, ${h.findings.open} not explained`,
              })}
            </Link>
            {comments !== undefined && (
              <>
                {' · '}
                <Link href={`/w/gep/${id}/comments`}>
                  {t({ zh: `未办结批注 ${comments}`, en: `${comments} comments not resolved` })}
                </Link>
              </>
            )}
          </p>
        </div>
      </div>
      <nav className="tabs" aria-label={t({ zh: '核算的各页', en: 'Parts of the account' })}>
        {TABS.filter((x) => x.needs === undefined || mayAsk(x.needs)).map((x) => (
          <Link
            key={x.id}
            href={`/w/gep/${id}${x.id === '' ? '' : `/${x.id}`}${region === undefined ? '' : `?region=${region}`}`}
            {...(x === shown ? { 'aria-current': 'page' as const } : {})}
          >
            {t(x.title)}
          </Link>
        ))}
      </nav>
      {shown.show(id, h)}
      <WhyDrawer id={id} head={h} />
    </Page>
  )
}

const STATUS: Readonly<Record<Head['status'], Text>> = {
  trial: { zh: '试算', en: 'Trial' },
  preliminary: { zh: '初步', en: 'Preliminary' },
  official: { zh: '正式', en: 'Official' },
}

/** The record knows how far it was signed off since the package was made. */
function statusOf(head: Head, status: unknown): Pick<Head, 'status' | 'statusTitle'> {
  const known = (Object.keys(STATUS) as Head['status'][]).find((s) => s === status) ?? head.status
  return { status: known, statusTitle: STATUS[known] }
}
