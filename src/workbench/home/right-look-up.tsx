// A right looked up from a number or check code that somebody holds out: its state first, then certificate, right and history, and where
// to check the proof. Serves the credit officer; the exchange sees its list of checks on top.

import { Button, Input } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useNameOf } from '../api/names.ts'
import { useTitleOf } from '../api/titles.ts'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { Pairs } from '../table/pairs.tsx'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { todayInBeijing } from './position.ts'
import { LIENS, listingChecks, stateOf, type CertificateSaid, type LookedUp, type RightSaid } from './right.ts'

const BANK: Text = { zh: '查一项权利', en: 'Look up a right' }
const EXCHANGE: Text = { zh: '挂牌核验', en: 'Check a listing' }

export const RightLookUp = () => <LookUp title={BANK} checks={false} />
export const ListingCheck = () => <LookUp title={EXCHANGE} checks />

function LookUp({ title, checks }: { readonly title: Text; readonly checks: boolean }) {
  const { t } = useLanguage()
  const [typed, setTyped] = useState('')
  const [number, setNumber] = useState('')
  const asked = useRows('lookUpRight', { input: { number } }, number !== '')
  const look = (e: SyntheticEvent): void => {
    e.preventDefault()
    setNumber(typed.trim())
  }
  const found = asked.data?.rows[0] as LookedUp | undefined
  return (
    <Part
      title={title}
      actions={found && <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>}
    >
      <form className="tools screen-only" role="search" onSubmit={look}>
        <label htmlFor="right-number">{t({ zh: '证号或核验码', en: 'Number or check code' })}</label>
        <Input
          id="right-number"
          className="search"
          allowClear
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          aria-describedby="right-number-hint"
        />
        <Button type="primary" htmlType="submit">
          {t({ zh: '查询', en: 'Look it up' })}
        </Button>
      </form>
      <p className="hint screen-only" id="right-number-hint">
        {t({
          zh: '证书编号、证书上的核验码，或排污权证号。按编号只查得到您所在地区的；核验码哪里的都能查。',
          en: 'The number of the certificate or its check code, or the number of the permit. By number only those of your region are found, by check code any.',
        })}
      </p>
      {number === '' ? null : asked.isPending || asked.isFetching ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : found ? (
        <Found found={found} checks={checks} />
      ) : (
        <Nothing
          what={{
            zh: `没有查到“${number}”。请核对编号，或改用证书上的核验码。`,
            en: `"${number}" was not found. Compare the number, or use the check code on the certificate.`,
          }}
        />
      )}
    </Part>
  )
}

function Found({ found, checks }: { readonly found: LookedUp; readonly checks: boolean }) {
  const { t } = useLanguage()
  const today = todayInBeijing()
  const place = useNameOf('region', found.place) ?? found.place
  const { certificate, right } = found
  const judged = certificate ?? right
  const state = judged && stateOf(judged, today)
  return (
    <div className="looked-up">
      {state && (
        <p role="status" className={state.good ? 'good' : 'bad'}>
          {state.good ? '✓' : '✗'}{' '}
          <strong>
            {t(certificate ? { zh: '证书', en: 'Certificate' } : { zh: '权利', en: 'Right' })} {judged.number}{' '}
            {t(state.said)}
          </strong>{' '}
          <span className="hint">{t({ zh: `${today} 查询`, en: `as of ${today}` })}</span>
        </p>
      )}
      {checks && <Checks found={found} today={today} />}
      {certificate && <CertificateShown of={certificate} />}
      {right ? (
        <RightShown of={right} place={place} today={today} />
      ) : (
        <p role="note" className="corrected">
          {t({ zh: '这份证书背后没有登记的权利。', en: 'No right is registered behind this certificate.' })}
        </p>
      )}
      <History history={found.history} />
    </div>
  )
}

function Checks({ found, today }: { readonly found: LookedUp; readonly today: string }) {
  const { t } = useLanguage()
  const title: Text = { zh: '核验', en: 'Checks' }
  return (
    <div className="table-box" role="region" aria-label={t(title)} tabIndex={0}>
      <table className="rows-table">
        <thead>
          <tr>
            <th scope="col">{t(title)}</th>
            <th scope="col">{t({ zh: '结果', en: 'Result' })}</th>
            <th scope="col">{t({ zh: '情况', en: 'Found' })}</th>
          </tr>
        </thead>
        <tbody>
          {listingChecks(found, today).map((c) => (
            <tr key={c.what.en}>
              <th scope="row">{t(c.what)}</th>
              <td className={c.good === undefined ? 'level-yellow' : c.good ? 'level-green' : 'level-red'}>
                {c.good === undefined
                  ? t({ zh: '? 另查', en: '? ask elsewhere' })
                  : c.good
                    ? t({ zh: '✓ 通过', en: '✓ passed' })
                    : t({ zh: '✗ 不通过', en: '✗ not passed' })}
              </td>
              <td className="long">{t(c.found)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CertificateShown({ of: c }: { readonly of: CertificateSaid }) {
  const { t } = useLanguage()
  return (
    <>
      <h3>{t({ zh: c.titleZh, en: c.titleEn ?? c.titleZh })}</h3>
      <Pairs
        pairs={[
          [{ zh: '证书编号', en: 'Number' }, c.number],
          [
            { zh: '核验码', en: 'Check code' },
            <a key="c" href={`/check/${encodeURIComponent(c.code)}`} target="_blank" rel="noreferrer">
              {c.code} {t({ zh: '（公开核验页与凭证）', en: '(public page and proof)' })}
            </a>,
          ],
          [{ zh: '持有人', en: 'Holder' }, c.holder ?? t({ zh: '（已删除）', en: '(erased)' })],
          [{ zh: '发证单位', en: 'Issuer' }, c.issuer],
          ...(c.basis === undefined ? [] : [[{ zh: '发证依据', en: 'Ground' }, c.basis] as const]),
          [{ zh: '发证日期', en: 'Issued on' }, c.issuedOn],
          [
            { zh: '有效期', en: 'Valid' },
            c.validTo === undefined
              ? t({ zh: `${c.validFrom} 起，长期`, en: `from ${c.validFrom}, without end` })
              : `${c.validFrom} — ${c.validTo}`,
          ],
          ...(c.endedOn === undefined ? [] : [[{ zh: '终止日期', en: 'Ended on' }, c.endedOn] as const]),
          ...(c.supersededBy === undefined
            ? []
            : [[{ zh: '代替它的证书', en: 'Superseded by' }, c.supersededBy] as const]),
        ]}
      />
    </>
  )
}

function RightShown({
  of: r,
  place,
  today,
}: {
  readonly of: RightSaid
  readonly place: string
  readonly today: string
}) {
  const { t } = useLanguage()
  const state = stateOf(r, today)
  return (
    <>
      <h3>{t({ zh: `排污权 ${r.number}`, en: `Emission permit ${r.number}` })}</h3>
      <Pairs
        pairs={[
          [{ zh: '状态', en: 'State' }, t(state.said)],
          [{ zh: '权利人', en: 'Holder of the right' }, r.holder],
          [{ zh: '污染物', en: 'Pollutant' }, r.pollutant],
          [{ zh: '证载数量', en: 'Amount on the permit' }, `${grouped(r.amountKg)} kg`],
          [{ zh: '地区', en: 'Place' }, place],
          [{ zh: '核定依据', en: 'Basis' }, r.basis],
          [{ zh: '有效期', en: 'Valid' }, `${r.validFrom} — ${r.validTo}`],
          [
            { zh: '现仍持有证载数量', en: 'Still holds that amount' },
            r.covered ? t({ zh: '✓ 是', en: '✓ yes' }) : t({ zh: '✗ 否', en: '✗ no' }),
          ],
          [
            { zh: '占用', en: 'Reserved' },
            r.reserved ? t({ zh: '✗ 有', en: '✗ some is' }) : t({ zh: '✓ 无', en: '✓ none' }),
          ],
          [{ zh: '质押、查封', en: 'Pledge and seizure' }, t(LIENS)],
        ]}
      />
    </>
  )
}

function History({ history }: { readonly history: LookedUp['history'] }) {
  const { t } = useLanguage()
  if (history.length === 0) return null
  return (
    <>
      <h3>{t({ zh: '经过', en: 'History' })}</h3>
      <ol className="steps">
        {history.map((h) => (
          <li key={h.act}>
            <Happened of={h} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Happened({ of: h }: { readonly of: LookedUp['history'][number] }) {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const title = t(useTitleOf(h.command))
  return (
    <>
      {h.day} {mayAsk('acts') ? <Link href={`/w/acts/${h.act}`}>{title}</Link> : title}{' '}
      <span className="hint">{t({ zh: `日志第 ${h.leaf} 条`, en: `entry ${h.leaf} of the log` })}</span>
    </>
  )
}
