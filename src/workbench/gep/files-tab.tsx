// The papers of an account as its run wrote them: report, workbook, passports, maps; and the package, which anyone may run again.

import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { useSession } from '../api/session.tsx'
import { textOf } from '../table/rows.ts'
import { accountPath, usePart, useRegistered } from './ask.ts'

export function FilesTab({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const { role } = useSession()
  const row = useRegistered(id)
  const asked = usePart<readonly { readonly name: string; readonly size: number }[]>(id, 'files')
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const hash = row && textOf(row, 'package')
  const word = `_role=${role?.role ?? ''}`
  return (
    <section className="part">
      <h2>{t({ zh: '报告与核算包', en: 'Report and package' })}</h2>
      {hash !== undefined && (
        <p>
          <a href={`/api/v1/files/${hash}?${word}`} download>
            {t({ zh: '核算包 account.zip', en: 'The package account.zip' })}
          </a>{' '}
          <span className="hint">
            {t({
              zh: '交审计复算：qingshan account verify account.zip',
              en: 'for an auditor: qingshan account verify account.zip',
            })}
          </span>
        </p>
      )}
      {asked.data.length === 0 ? (
        <Nothing what={{ zh: '包里没有报告文件。', en: 'The package holds no report.' }} />
      ) : (
        <ul className="columns">
          {asked.data.map((f) => (
            <li key={f.name}>
              <a href={`${accountPath(id, `files/${encodeURI(f.name)}`)}?${word}`} target="_blank" rel="noreferrer">
                {f.name}
              </a>{' '}
              <span className="hint">{sizeText(f.size)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
