// What the account stands on: parameters with mark, source and the value that rests on them, prices, methods, files with their
// hashes. From a parameter a change is proposed, with its effect shown before anybody decides.

import { useState } from 'react'
import { Link } from 'wouter'
import { address } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { Failed, Waiting } from '../states.tsx'
import { grouped } from '../words.ts'
import { usePart } from './ask.ts'
import type { Grounds, Head, ParameterUsed } from '../../server/told/index.ts'

export function GroundsTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const [find, setFind] = useState('')
  const asked = usePart<Grounds>(id, 'grounds')
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const g = asked.data
  const wanted = g.parameters.filter((p) => `${p.id} ${p.key} ${t(p.title)}`.toLowerCase().includes(find.toLowerCase()))
  return (
    <>
      <section className="part">
        <div className="page-head">
          <h2>{t({ zh: `参数（${g.parameters.length}）`, en: `Parameters (${g.parameters.length})` })}</h2>
          <div className="actions">
            <input
              className="native"
              type="search"
              value={find}
              onChange={(e) => setFind(e.target.value)}
              aria-label={t({ zh: '查找参数', en: 'Find a parameter' })}
              placeholder={t({ zh: '查找参数', en: 'Find a parameter' })}
            />
          </div>
        </div>
        <div className="table-box tall" role="region" aria-label={t({ zh: '参数', en: 'Parameters' })} tabIndex={0}>
          <table className="rows-table">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '参数', en: 'Parameter' })}</th>
                <th scope="col" className="number">
                  {t({ zh: '数值', en: 'Value' })}
                </th>
                <th scope="col">{t({ zh: '证据', en: 'Evidence' })}</th>
                <th scope="col">{t({ zh: '出处', en: 'Source' })}</th>
                <th scope="col" className="number">
                  {t({ zh: '涉及价值（元）', en: 'Value on it (yuan)' })}
                </th>
                <th scope="col">
                  <span className="unseen">{t({ zh: '改动', en: 'Change' })}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {wanted.map((p) => (
                <Parameter key={`${p.id}|${p.key}`} p={p} head={head} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="part">
        <h2>{t({ zh: '方法', en: 'Methods' })}</h2>
        <ul className="columns">
          {g.methods.map((m) => (
            <li key={m.method}>
              {m.service} {t(m.title)}：{t(m.name)} <code className="code">{m.method}</code>
              {Object.entries(m.choices).map(([k, v]) => (
                <span key={k} className="hint">
                  {' '}
                  {k} = {v}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </section>
      <section className="part">
        <h2>
          {t({
            zh: `资料（${g.sources.length} 个文件，${g.facts} 个数）`,
            en: `Inputs (${g.sources.length} files, ${g.facts} numbers)`,
          })}
        </h2>
        <div className="table-box" role="region" aria-label={t({ zh: '资料', en: 'Inputs' })} tabIndex={0}>
          <table className="rows-table">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '文件', en: 'File' })}</th>
                <th scope="col">{t({ zh: '保管', en: 'Custodian' })}</th>
                <th scope="col" className="number">
                  {t({ zh: '字节', en: 'Bytes' })}
                </th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {g.sources.map((s) => (
                <tr key={s.file}>
                  <td>{s.file}</td>
                  <td>{s.custodian ?? '—'}</td>
                  <td className="number">{grouped(String(s.bytes))}</td>
                  <td>
                    <code className="code">{s.sha256.slice(0, 24)}…</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {g.fallbacks.length > 0 && (
          <p className="hint">
            {t({
              zh: `其中 ${g.fallbacks.length} 个是替代数据：`,
              en: `${g.fallbacks.length} of them are fall-backs: `,
            })}
            {[...new Set(g.fallbacks.map((f) => `${t(f.title)}（${f.year}）`))].join(t({ zh: '、', en: ', ' }))}
          </p>
        )}
      </section>
    </>
  )
}

function Parameter({ p, head }: { readonly p: ParameterUsed; readonly head: Head }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const words = {
    parameter: p.id,
    key: p.key,
    place: head.region,
    yearFrom: head.year,
    'value.unit': p.unit,
  }
  return (
    <tr>
      <td className="long">
        {t(p.title)}
        {p.key !== '' && ` 〔${p.key}〕`} <code className="code">{p.id}</code>
        {p.override && (
          <p className="hint">
            {t({
              zh: `本地改动，原值 ${p.override.was?.value ?? '—'}；${p.override.reason.zh}；批准 ${p.override.approver}；对 GEP 的影响 ${grouped(p.override.effect)} 元`,
              en: `Changed here, was ${p.override.was?.value ?? '—'}; ${p.override.reason.en}; approved by ${p.override.approver}; effect on GEP ${grouped(p.override.effect)} yuan`,
            })}{' '}
            {p.override.act && <Link href={`/w/acts/${p.override.act.id}`}>{t({ zh: '凭证', en: 'proof' })}</Link>}
          </p>
        )}
      </td>
      <td className="number">
        {p.value} {p.unit}
      </td>
      <td>
        <span className={p.confirmed ? 'mark mark-confirmed' : 'mark mark-unconfirmed'}>{t(p.mark)}</span>
      </td>
      <td className="long">{p.source.map((s) => t(s)).join('；') || '—'}</td>
      <td className="number">{grouped(p.touches.split('.')[0]!)}</td>
      <td className="open">
        {mayRun('proposeOverride') && !p.price && (
          <LinkButton
            to={address('/w/do/propose-override', words)}
            size="small"
            aria-label={t({ zh: `提出改动：${p.title.zh}`, en: `Propose: ${p.title.en}` })}
          >
            {t({ zh: '提出改动', en: 'Propose' })}
          </LinkButton>
        )}
      </td>
    </tr>
  )
}
