// One certificate: what it says, whether it is in force, the code strangers check it by, what it took the place of and what took its
// place; printed, replaced and revoked from here.

import { Link, useParams } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Documents } from '../documents/index.ts'
import { SmallForm } from '../form/small-form.tsx'
import { ReceiptShown } from '../form/receipt.tsx'
import type { Receipt } from '../form/use-submit.ts'
import { Folded } from '../frame/folded.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useState } from 'react'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Name } from '../table/cell.tsx'
import { Pairs, type Pair } from '../table/pairs.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { ThreadLinks } from '../table/threads-links.tsx'
import { useRows } from '../table/use-rows.ts'
import { pageOf } from '../notices/words.ts'
import { checkOf, holderOf, KINDS, linesOf, pdfOf, qrOf, seesAll, STATES } from './words.ts'

const TITLE = { zh: '证书', en: 'Certificate' }

export function CertificatePage() {
  const { id = '' } = useParams<{ id: string }>()
  const asked = useRows('certificates', { input: { certificate: id, on: today() } })
  if (asked.isPending) return <Waiting />
  if (asked.isError)
    return (
      <Page title={TITLE}>
        <Failed error={asked.error} again={() => void asked.refetch()} />
      </Page>
    )
  const [row] = asked.data.rows
  return row ? (
    <Certificate id={id} row={row} />
  ) : (
    <Page title={TITLE}>
      <Nothing
        what={{ zh: '没有这份证书，或不在您的地区。', en: 'There is no such certificate, or it is not of your place.' }}
      />
    </Page>
  )
}

function Certificate({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const { role } = useSession()
  const said = (name: string): string => textOf(row, name) ?? ''
  const number = said('number')
  const code = said('code')
  const state = said('state')
  const about = textOf(row, 'about')
  const thing = pageOf(about)
  const inForce = state === 'valid'
  const optional = (name: string, title: Pair[0]): Pair[] => (said(name) === '' ? [] : [[title, said(name)]])
  return (
    <Page
      title={{ zh: `证书 ${number}`, en: `Certificate ${number}` }}
      actions={
        <>
          {seesAll(row) && (
            <a href={pdfOf(id, role?.role)} download>
              {t({ zh: '打印正本（PDF）', en: 'Print it (PDF)' })}
            </a>
          )}
          <a href={checkOf(code)} target="_blank" rel="noreferrer">
            {t({ zh: '查验页（公众）', en: 'Public check page' })}
          </a>
          <Link href="/w/certificates">{t({ zh: '返回清单', en: 'All certificates' })}</Link>
        </>
      }
    >
      <p className={inForce ? 'notice-state' : 'notice-state over'} role="status">
        <strong>
          {inForce ? '✓' : '✗'} {t(STATES[state] ?? TITLE)}
        </strong>{' '}
        {said('endedOn') !== '' && t({ zh: `终止日期 ${said('endedOn')}。`, en: `Ended on ${said('endedOn')}. ` })}
        {said('reason') !== '' && t({ zh: `原因：${said('reason')}`, en: `Reason: ${said('reason')}` })}
      </p>
      <ThreadLinks subject={`certificate:${id}`} />
      <div className="certificate-head">
        <Pairs
          pairs={[
            [{ zh: '名称', en: 'Title' }, <span key="title">{said('titleZh')} <span lang="en">{said('titleEn')}</span></span>], // prettier-ignore
            [{ zh: '种类', en: 'Kind' }, t(KINDS[said('kind')] ?? TITLE)],
            [
              { zh: '持有人', en: 'Holder' },
              row['holderParty'] === undefined ? (
                holderOf(row)
              ) : (
                <Link key="holder" href={`/w/parties/${said('holderParty')}`}>
                  {holderOf(row)}
                </Link>
              ),
            ],
            [{ zh: '行政区', en: 'Region' }, <Name key="place" kind="region" id={said('place')} />],
            ...(about === undefined
              ? []
              : [
                  [
                    { zh: '对象', en: 'What it is about' },
                    thing === undefined ? (
                      <code className="code">{about}</code>
                    ) : (
                      <Link href={thing}>{t({ zh: '打开', en: 'Open' })}</Link>
                    ),
                  ] as Pair,
                ]),
            [{ zh: '发证单位', en: 'Issued by' }, said('issuer')],
            ...optional('basis', { zh: '依据', en: 'Basis' }),
            [{ zh: '发证日期', en: 'Issued on' }, said('issuedOn')],
            [
              { zh: '有效期', en: 'Valid' },
              `${said('validFrom')} – ${said('validTo') === '' ? t({ zh: '长期', en: 'without end' }) : said('validTo')}`,
            ],
            ...['supersedes', 'supersededBy'].flatMap((name): Pair[] =>
              said(name) === ''
                ? []
                : [
                    [
                      name === 'supersedes'
                        ? { zh: '代替旧证', en: 'Takes the place of' }
                        : { zh: '新证', en: 'Replaced by' },
                      <Other key={name} id={said(name)} />,
                    ],
                  ],
            ),
          ]}
        />
        <figure className="certificate-code">
          <img
            src={qrOf(id, role?.role)}
            width={132}
            height={132}
            alt={t({ zh: `二维码，核验码 ${code}`, en: `QR code of ${code}` })}
          />
          <figcaption>{code}</figcaption>
        </figure>
      </div>
      <Part title={{ zh: '证书内容', en: 'What it says' }}>
        <dl className="pairs" lang="zh-CN">
          {[...linesOf(row, 'lines'), ...linesOf(row, 'personalLines')].map((l, i) => (
            <div key={i}>
              <dt>{l.label}</dt>
              <dd>{l.value}</dd>
            </div>
          ))}
        </dl>
        {linesOf(row, 'personalLines').length > 0 && (
          <p className="hint">
            {t({
              zh: `${linesOf(row, 'personalLines')
                .map((l) => l.label)
                .join('、')}只印在证上，查验页不显示。`,
              en: 'Personal lines stand on the paper only; the check page does not show them.',
            })}
          </p>
        )}
      </Part>
      <Actions id={id} row={row} />
      {mayAsk('history') && (
        <Part title={{ zh: '经过', en: 'What was done to it' }}>
          <QueryTable
            query="history"
            title={{ zh: '经过', en: 'What was done to it' }}
            input={{ subject: `certificate:${id}` }}
            hidden={['clause', 'request', 'standInFor', 'corrects', 'kind']}
          />
        </Part>
      )}
      <Documents about={`certificate:${id}`} place={said('place')} />
      <p className="links">
        <a href={`${checkOf(code)}/issued.proof`} download>
          {t({ zh: '下载发证凭证', en: 'Proof of the issue' })}
        </a>
      </p>
    </Page>
  )
}

/** Another certificate by its number. */
function Other({ id }: { readonly id: string }) {
  const asked = useRows('certificates', { input: { certificate: id } })
  const row = asked.data?.rows[0]
  return <Link href={`/w/certificates/${id}`}>{(row && textOf(row, 'number')) ?? id}</Link>
}

function Actions({ id, row }: { readonly id: string; readonly row: Row }) {
  const { mayRun } = useMenu()
  const [done, setDone] = useState<Receipt>()
  if (done) return <ReceiptShown receipt={done} />
  if (textOf(row, 'status') !== 'valid') return null
  const kept = (name: string): Record<string, string> => {
    const value = textOf(row, name)
    return value === undefined ? {} : { [name]: value }
  }
  return (
    <>
      {mayRun('supersedeCertificate') && (
        <Folded title={{ zh: '换证（申请）', en: 'Replace it (request)' }}>
          <SmallForm
            command="supersede-certificate"
            preset={{ certificate: id }}
            likely={{
              ...kept('titleZh'),
              ...kept('titleEn'),
              ...kept('issuer'),
              ...kept('basis'),
              lines: linesOf(row, 'lines').map((l) => ({ ...l })),
              issuedOn: today(),
            }}
            words={{ zh: '申请换证', en: 'Ask to replace it' }}
            done={setDone}
          />
        </Folded>
      )}
      {mayRun('revokeCertificate') && (
        <Folded title={{ zh: '撤销（申请）', en: 'Revoke it (request)' }}>
          <SmallForm
            command="revoke-certificate"
            preset={{ certificate: id }}
            likely={{ on: today() }}
            words={{ zh: '申请撤销', en: 'Ask to revoke it' }}
            done={setDone}
          />
        </Folded>
      )}
    </>
  )
}
