// What was looked at, a row each: its state by mark and word, what was found and what to do.

import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { LEVELS, type Diagnosis } from './diagnosis.ts'

export function ChecksTable({ title, checks }: { readonly title: Text; readonly checks: Diagnosis['checks'] }) {
  const { t } = useLanguage()
  return (
    <div className="table-box" role="region" aria-label={t(title)} tabIndex={0}>
      <table className="rows-table">
        <thead>
          <tr>
            <th scope="col">{t({ zh: '项目', en: 'What' })}</th>
            <th scope="col">{t({ zh: '状态', en: 'State' })}</th>
            <th scope="col">{t({ zh: '情况', en: 'Found' })}</th>
            <th scope="col">{t({ zh: '怎么办', en: 'What to do' })}</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((c, i) => (
            <tr key={i}>
              <th scope="row">{t(c.title)}</th>
              <td className={`level-${c.level}`}>
                {LEVELS[c.level].mark} {t(LEVELS[c.level].title)}
              </td>
              <td className="long">{t(c.said)}</td>
              <td className="long">{c.hint ? t(c.hint) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
