// The certificate of a retirement, to print: who retired how much of what, when and for what, with the serials that are gone for good
// and where anybody may check it in the public log.

import { Button } from 'antd'
import { Link, useParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useWhy, type PostingSaid } from '../acts/explained.ts'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { grouped, momentText } from '../words.ts'

const TITLE: Text = { zh: '注销证明', en: 'Certificate of retirement' }

export function RetirementPage() {
  const { id } = useParams<{ id: string }>()
  const { t, lang } = useLanguage()
  const why = useWhy('act', id)
  if (why.isPending) return <Waiting />
  if (why.isError)
    return (
      <Page title={TITLE}>
        <Failed error={why.error} again={() => void why.refetch()} />
      </Page>
    )
  const a = why.data
  const isRetirement = a.kind === 'permit-retired' && a.postings.length > 0
  return (
    <Page
      title={TITLE}
      {...(isRetirement
        ? { actions: <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button> }
        : {})}
    >
      {!isRetirement ? (
        <Nothing what={{ zh: '这件事没有注销任何东西。', en: 'This act retired nothing.' }} />
      ) : (
        <>
          {a.correctedBy && (
            <p className="corrected" role="note">
              {t({
                zh: '这次注销已被更正，本证明作废。',
                en: 'This retirement was corrected; the certificate is void.',
              })}{' '}
              <Link href={`/w/acts/${a.correctedBy.act}`}>{t({ zh: '看更正', en: 'See the correction' })}</Link>
            </p>
          )}
          {a.postings.map((p) => (
            <Retired key={p.id} posting={p} />
          ))}
          <Pairs
            pairs={[
              [{ zh: '记录时间', en: 'Recorded' }, momentText(a.recorded, lang)],
              [{ zh: '地区', en: 'Place' }, a.placeName ?? a.place ?? '—'],
              ...(a.clause === undefined ? [] : [[{ zh: '依据条款', en: 'Clause' }, a.clause] as const]),
              [{ zh: '公开日志序号', en: 'Entry of the public log' }, a.leaf],
              [
                { zh: '行为编号', en: 'Act' },
                <Link key="a" href={`/w/acts/${a.act}`}>
                  <code className="code">{a.act}</code>
                </Link>,
              ],
            ]}
          />
          <p className="hint">
            {t({
              zh: '注销的编号段不能再转让、再使用。凭行为编号可以从公开日志取得凭证，在核验页核对，不用登录。',
              en: 'Serials that are retired cannot be transferred or used again. By the id of the act its proof is had from the public log and checked on the verifier page, without signing in.',
            })}{' '}
            <Link className="screen-only" href={`/w/acts/${a.act}/proof`}>
              {t({ zh: '凭证', en: 'Proof' })}
            </Link>
          </p>
        </>
      )}
    </Page>
  )
}

function Retired({ posting: p }: { readonly posting: PostingSaid }) {
  const { t } = useLanguage()
  return (
    <Pairs
      pairs={[
        [{ zh: '注销人', en: 'Retired by' }, <strong key="o">{p.from.owner}</strong>],
        [{ zh: '资产', en: 'Asset' }, t(p)],
        [
          { zh: '数量', en: 'Amount' },
          <strong key="n">
            {grouped(p.amount)} {p.unit}
          </strong>,
        ],
        [{ zh: '注销日期', en: 'Retired on' }, p.effective],
        [{ zh: '编号段', en: 'Serials' }, <span key="s">{p.serials.join(t({ zh: '，', en: ', ' }))}</span>],
        [{ zh: '用途', en: 'Purpose' }, t({ zh: p.whyZh ?? '—', en: p.whyEn ?? '—' })],
      ]}
    />
  )
}
