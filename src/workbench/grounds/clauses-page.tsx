// The clause map: what the policies ask for, which commands and rules serve it here, how often that was done this year. What
// nothing serves says so.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useDeclared } from '../api/titles.ts'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { MOST_ACTS, textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { CLAUSES, type Clause } from './clauses.ts'

const TITLE: Text = { zh: '条款对照', en: 'Clause map' }

export function ClausesPage() {
  const { t } = useLanguage()
  const { mayAsk } = useMenu()
  const declared = useDeclared()
  const year = new Date().getFullYear()
  const acts = useRows(
    'acts',
    { input: { from: `${year}-01-01`, limit: String(MOST_ACTS) }, limit: MOST_ACTS },
    mayAsk('acts'),
  )
  const counted = new Map<string, number>()
  for (const row of acts.data?.rows ?? [])
    for (const clause of cited(textOf(row, 'clause'))) counted.set(clause, (counted.get(clause) ?? 0) + 1)
  const cut = (acts.data?.rows.length ?? 0) >= MOST_ACTS
  if (declared.isPending) return <Waiting />
  return (
    <Page
      title={TITLE}
      about={{
        zh: '湖南决定（H）、贵州方案（G）、湖南补偿意见（C）要求的机制，本系统由哪些业务和规则落实，今年办了几件（您的地区）。',
        en: 'What the Hunan decision (H), the Guizhou plan (G) and the Hunan opinion (C) ask for, which commands and rules serve it here, and how often this year at your places.',
      }}
    >
      {declared.isError ? (
        <Failed error={declared.error} again={() => void declared.refetch()} />
      ) : (
        <div className="table-box" role="region" aria-label={t(TITLE)} tabIndex={0}>
          <table className="rows-table clauses">
            <thead>
              <tr>
                <th scope="col">{t({ zh: '编号', en: 'Id' })}</th>
                <th scope="col">{t({ zh: '要求', en: 'Asks for' })}</th>
                <th scope="col">{t({ zh: '条款', en: 'Clauses' })}</th>
                <th scope="col">{t({ zh: '业务', en: 'Commands' })}</th>
                <th scope="col">{t({ zh: '规则', en: 'Rules' })}</th>
                <th scope="col" className="number">
                  {t({ zh: '今年办理', en: 'Acts this year' })}
                </th>
              </tr>
            </thead>
            <tbody>
              {CLAUSES.map((clause) => (
                <Mapped
                  key={clause.id}
                  clause={clause}
                  commands={[...declared.data.values()].filter((d) => cited(d.clause).includes(clause.id))}
                  acts={acts.data && (counted.get(clause.id) ?? 0)}
                />
              ))}
            </tbody>
          </table>
          {cut && (
            <p className="hint">
              {t({
                zh: `今年办理只数了最近的 ${MOST_ACTS} 件。`,
                en: `Acts this year are counted among the last ${MOST_ACTS} only.`,
              })}
            </p>
          )}
        </div>
      )}
    </Page>
  )
}

/** A command may cite several. */
const cited = (clauses: string | undefined): readonly string[] => clauses?.split(/[ ,、]/) ?? []

function Mapped(p: {
  readonly clause: Clause
  readonly commands: readonly { readonly name: string; readonly kind: 'command' | 'query'; readonly title: Text }[]
  readonly acts: number | undefined
}) {
  const { t } = useLanguage()
  const { mayRun, mayAsk } = useMenu()
  const { terminal = [], rules = [] } = p.clause
  return (
    <tr>
      <th scope="row">{p.clause.id}</th>
      <td className="long">{t(p.clause)}</td>
      <td>{p.clause.cites}</td>
      <td className="long">
        {p.commands.length + terminal.length + rules.length === 0 ? (
          <strong className="uncovered">{t({ zh: '未覆盖', en: 'not covered' })}</strong>
        ) : (
          <ul className="inline">
            {p.commands.map((d) => {
              const mine = d.kind === 'command' ? mayRun(d.name) : mayAsk(d.name)
              const at = d.kind === 'command' ? 'do' : 'ask'
              return (
                <li key={d.name}>{mine ? <Link href={`/w/${at}/${kebab(d.name)}`}>{t(d.title)}</Link> : t(d.title)}</li>
              )
            })}
            {terminal.map((words) => (
              <li key={words}>
                {t({ zh: '命令行', en: 'command line' })} <code className="code">qingshan {words}</code>
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="long">
        {rules.map((folder) => (
          <div key={folder}>
            <code className="code">rules/{folder}</code>
          </div>
        ))}
      </td>
      <td className="number">{p.acts ?? '—'}</td>
    </tr>
  )
}
