// Certificates: number, holder, what it is and whether it is in force today; those that are chosen are printed into one file.

import { useId, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { Page } from '../frame/page.tsx'
import { today } from '../land/units.ts'
import { useLanguage } from '../language.tsx'
import { QueryTable } from '../table/query-table.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { KINDS, pdfOfAll, seesAll, STATES } from './words.ts'

/** As many as the server prints into one file. */
const PRINTED_MOST = 100

export function CertificatesPage() {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const { role } = useSession()
  const [words, setWords] = useSearchParams()
  const id = useId()
  const [chosen, choose] = useState<readonly string[]>([])
  const status = words.get('status') ?? ''
  const idOf = (row: Row): string => textOf(row, 'id') ?? ''
  return (
    <Page
      title={{ zh: '证书', en: 'Certificates' }}
      about={{
        zh: '发出的证书和证明：谁的，现在有没有效，换成了哪一份。',
        en: 'Certificates and statements that were issued: whose, in force or not, replaced by which.',
      }}
      actions={
        <>
          {mayRun('issueCertificate') && <Link href="/w/certificates/new">{t({ zh: '发证', en: 'Issue one' })}</Link>}
          <a href="/check" target="_blank" rel="noreferrer">
            {t({ zh: '查验页（公众）', en: 'Public check page' })}
          </a>
        </>
      }
    >
      <p className="tools">
        <label htmlFor={`${id}-status`}>{t({ zh: '状态', en: 'Status' })}</label>
        <select
          id={`${id}-status`}
          className="native"
          value={status}
          onChange={(e) => setWords(e.target.value === '' ? {} : { status: e.target.value })}
        >
          <option value="">{t({ zh: '全部', en: 'All' })}</option>
          {['valid', 'superseded', 'revoked'].map((s) => (
            <option key={s} value={s}>
              {t(STATES[s]!)}
            </option>
          ))}
        </select>
        {chosen.length > 0 && (
          <a className="button" href={pdfOfAll(chosen, role?.role)} download>
            {t({ zh: `打印所选 ${chosen.length} 份（一个 PDF）`, en: `Print the ${chosen.length} chosen as one PDF` })}
          </a>
        )}
        {chosen.length >= PRINTED_MOST && (
          <span className="hint">{t({ zh: `一次最多 ${PRINTED_MOST} 份`, en: `${PRINTED_MOST} at most` })}</span>
        )}
      </p>
      <QueryTable
        key={status}
        query="certificates"
        title={{ zh: '证书', en: 'Certificates' }}
        input={{ on: today(), status }}
        choices={{ status: STATES, state: STATES, kind: KINDS }}
        hidden={HIDDEN}
        empty={{ zh: '没有这样的证书。', en: 'There is no such certificate.' }}
        before={(row) =>
          seesAll(row) ? (
            <input
              type="checkbox"
              aria-label={t({ zh: `选 ${textOf(row, 'number')}`, en: `Choose ${textOf(row, 'number')}` })}
              checked={chosen.includes(idOf(row))}
              disabled={!chosen.includes(idOf(row)) && chosen.length >= PRINTED_MOST}
              onChange={(e) =>
                choose(e.target.checked ? [...chosen, idOf(row)] : chosen.filter((other) => other !== idOf(row)))
              }
            />
          ) : null
        }
        actions={(row) => (
          <Link href={`/w/certificates/${idOf(row)}`}>{t({ zh: '打开这份证书', en: 'Open the certificate' })}</Link>
        )}
      />
    </Page>
  )
}

/** Told on the page of the certificate; the choice of columns brings them back. */
const HIDDEN = [
  'id',
  'titleEn',
  'holderOrganisation',
  'holderParty',
  'about',
  'issuer',
  'basis',
  'lines',
  'personalLines',
  'validFrom',
  'validTo',
  'status',
  'supersedes',
  'supersededBy',
  'endedOn',
  'reason',
]
