// The papers of an account as its run wrote them, those first that people ask for; and the package, which anyone may run again.

import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { usePart, useRegistered } from './ask.ts'

interface Paper {
  readonly name: string
  readonly size: number
}

/** What the run calls them. */
const FIRST: Readonly<Record<string, Text>> = {
  'index.html': { zh: '核算报告（网页，可打印 A4）', en: 'Report in Chinese, a page to print on A4' },
  '核算报告.docx': { zh: '核算报告（Word）', en: 'Report in Chinese, Word' },
  '核算表.xlsx': { zh: '核算表（Excel，合计是公式）', en: 'Workbook; sums are formulas' },
  'passports.html': { zh: '数的凭证（网页）', en: 'Number passports in Chinese' },
  'report.en.html': { zh: '英文报告（网页）', en: 'Report in English, a page' },
  'report.en.docx': { zh: '英文报告（Word）', en: 'Report in English, Word' },
  'passports.en.html': { zh: '英文凭证', en: 'Number passports in English' },
}

export function FilesTab({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const row = useRegistered(id)
  const asked = usePart<readonly Paper[]>(id, 'files')
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const hash = row && textOf(row, 'package')
  const named = Object.entries(FIRST).flatMap(([name, title]) =>
    asked.data.filter((f) => f.name === name).map((f) => ({ ...f, title })),
  )
  const others = asked.data.filter((f) => !(f.name in FIRST))
  const href = (name: string): string => `/api/v1/accounts/${id}/as/${role?.role ?? ''}/${encodeURI(name)}`
  return (
    <section className="part">
      <h2>{t({ zh: '报告与核算包', en: 'Report and package' })}</h2>
      <ul className="papers">
        {named.map((f) => (
          <li key={f.name}>
            <a href={href(f.name)} target="_blank" rel="noreferrer">
              {t(f.title)}
            </a>{' '}
            <span className="hint">{sizeText(f.size)}</span>
          </li>
        ))}
        {hash !== undefined && (
          <li>
            <a href={`/api/v1/files/${hash}?_role=${role?.role ?? ''}`} download>
              {t({ zh: '核算包 account.zip', en: 'The package account.zip' })}
            </a>{' '}
            <span className="hint">
              {t({
                zh: '交审计复算：qingshan account verify account.zip',
                en: 'for an auditor: qingshan account verify account.zip',
              })}
            </span>
          </li>
        )}
      </ul>
      {asked.data.length === 0 && <Nothing what={{ zh: '包里没有报告文件。', en: 'The package holds no report.' }} />}
      {others.length > 0 && (
        <details>
          <summary>{t({ zh: `其他文件 ${others.length} 个`, en: `${others.length} other files` })}</summary>
          <ul className="columns">
            {others.map((f) => (
              <li key={f.name}>
                <a href={href(f.name)} target="_blank" rel="noreferrer">
                  {f.name}
                </a>{' '}
                <span className="hint">{sizeText(f.size)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
