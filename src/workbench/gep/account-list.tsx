// All accounts the role may see, the newest first: where each stands, what it comes to, what is open on it. Two are ticked to be
// compared.

import { Button, Checkbox } from 'antd'
import { Fragment, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { Page } from '../frame/page.tsx'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { statusWords } from '../table/cell.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { SAMPLE } from './why-drawer.tsx'

const TITLE: Text = { zh: '核算', en: 'Accounts' }

export function AccountList() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const [all, setAll] = useState(false)
  const [ticked, tick] = useState<readonly string[]>([])
  const [, go] = useLocation()
  const asked = useRows('accounts', { input: all ? { all: 'true' } : {}, limit: 500 })
  return (
    <Page
      title={TITLE}
      about={{
        zh: '每份核算是一个可以复算的包：打开看结果，每个数都能问为什么。',
        en: 'Each account is a package anyone can run again. Open one: every figure tells why.',
      }}
      actions={
        <>
          <Button
            disabled={ticked.length !== 2}
            title={t({ zh: '勾选两份', en: 'Tick two' })}
            onClick={() => go(`/w/gep/compare?a=${ticked[0]}&b=${ticked[1]}`)}
          >
            {t({ zh: `比较两份（已选 ${ticked.length}）`, en: `Compare two (${ticked.length} ticked)` })}
          </Button>
          {mayRun('registerAccount') && (
            <LinkButton to="/w/gep/run" type="primary">
              {t({ zh: '新核算', en: 'New account' })}
            </LinkButton>
          )}
        </>
      }
    >
      <p>
        <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)}>
          {t({ zh: '也列出被替换的版本', en: 'Also versions that were superseded' })}
        </Checkbox>
      </p>
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : asked.data.rows.length === 0 ? (
        <Nothing what={{ zh: '还没有登记的核算。', en: 'No account is registered yet.' }}>
          {mayRun('registerAccount') && (
            <Link href="/w/gep/run">{t({ zh: '用示范数据试一次', en: 'Try one with the sample data' })}</Link>
          )}
        </Nothing>
      ) : (
        <Accounts rows={asked.data.rows} ticked={ticked} tick={tick} />
      )}
    </Page>
  )
}

function Accounts(p: {
  readonly rows: readonly Row[]
  readonly ticked: readonly string[]
  readonly tick: (ids: readonly string[]) => void
}) {
  const { t, lang } = useLanguage()
  return (
    <div className="table-box" role="region" aria-label={t(TITLE)} tabIndex={0}>
      <table className="rows-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t({ zh: '选择', en: 'Choose' })}</span>
            </th>
            <th scope="col">{t({ zh: '核算', en: 'Account' })}</th>
            <th scope="col">{t({ zh: '年份', en: 'Year' })}</th>
            <th scope="col">{t({ zh: '状态', en: 'Status' })}</th>
            <th scope="col" className="number">
              {t({ zh: 'GEP（不变价，亿元）', en: 'GEP (constant, 100 million yuan)' })}
            </th>
            <th scope="col" className="number">
              {t({ zh: 'GEP（现价，亿元）', en: 'GEP (current, 100 million yuan)' })}
            </th>
            <th scope="col">{t({ zh: '未结', en: 'Open' })}</th>
            <th scope="col">{t({ zh: '谁', en: 'Who' })}</th>
          </tr>
        </thead>
        <tbody>
          {p.rows.map((r) => {
            const id = textOf(r, 'id')!
            const title = (lang === 'zh' ? textOf(r, 'titleZh') : textOf(r, 'titleEn')) ?? ''
            return (
              <tr key={id} className={r['supersededBy'] === undefined ? '' : 'struck'}>
                <td>
                  <Checkbox
                    checked={p.ticked.includes(id)}
                    aria-label={t({ zh: `选择 ${title}`, en: `Choose ${title}` })}
                    onChange={(e) =>
                      p.tick(e.target.checked ? [...p.ticked, id].slice(-2) : p.ticked.filter((x) => x !== id))
                    }
                  />
                </td>
                <td className="long">
                  <Link href={`/w/gep/${id}`}>{title}</Link>{' '}
                  {r['sample'] === true && <span className="kind">{t(SAMPLE)}</span>}
                  <br />
                  <small className="hint">
                    {textOf(r, 'number')} · {t({ zh: '版本', en: 'version' })} {textOf(r, 'version')}
                  </small>
                </td>
                <td>{String(r['year'])}</td>
                <td>
                  {t(statusWords(textOf(r, 'status') ?? ''))}
                  {r['publication'] !== undefined && (
                    <span className="kind">{t({ zh: '已公布', en: 'published' })}</span>
                  )}
                </td>
                <td className="number">{hundredMillions(textOf(r, 'gepConstant'))}</td>
                <td className="number">{hundredMillions(textOf(r, 'gepCurrent'))}</td>
                <td>
                  {t({
                    zh: `批注 ${textOf(r, 'openComments') ?? '—'}`,
                    en: `comments ${textOf(r, 'openComments') ?? '—'}`,
                  })}
                  {textOf(r, 'waiting') !== undefined && (
                    <>
                      <br />
                      <Link href={`/w/requests/${textOf(r, 'waiting')!}`}>
                        {t({ zh: '有申请待批', en: 'a request waits' })}
                      </Link>
                    </>
                  )}
                </td>
                <td>
                  <small>
                    {[textOf(r, 'registeredBy'), textOf(r, 'preliminaryBy'), textOf(r, 'officialBy')]
                      .filter((x) => x !== undefined)
                      .map((who, k) => (
                        <Fragment key={k}>
                          {k > 0 && ' → '}
                          <NameOf who={who} />
                        </Fragment>
                      ))}
                  </small>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Yuan in 亿, two decimals; for a list, not for books. */
function hundredMillions(yuan: string | undefined): string {
  return yuan === undefined ? '—' : grouped((Number(yuan) / 1e8).toFixed(2))
}
