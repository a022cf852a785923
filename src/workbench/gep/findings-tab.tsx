// What the checks found in the account, red and yellow, with the place, the figure and the reason somebody gave; and what is
// missing. A yellow one without a reason keeps the account a trial.

import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { usePart, useWord } from './ask.ts'
import type { Found, Grounds } from '../../server/told/index.ts'

const SEVERITY: Readonly<Record<Found['severity'], Text>> = {
  red: { zh: '红 · 不能继续', en: 'red · stops' },
  yellow: { zh: '黄 · 需说明', en: 'yellow · explain' },
}

export function FindingsTab({ id }: { readonly id: string }) {
  const { t } = useLanguage()
  const [, open] = useWord('why')
  const asked = usePart<readonly Found[]>(id, 'findings')
  const grounds = usePart<Grounds>(id, 'grounds')
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const gaps = grounds.data?.gaps ?? []
  return (
    <>
      <section className="part">
        <h2>{t({ zh: '检查结果', en: 'Findings' })}</h2>
        {asked.data.length === 0 ? (
          <Nothing what={{ zh: '检查没有发现问题。', en: 'The checks found nothing.' }} />
        ) : (
          <ul className="findings">
            {asked.data.map((f, i) => (
              <li key={i} className={`finding-${f.explained ? 'done' : f.severity}`}>
                <p>
                  <span className="kind">
                    {f.explained ? t({ zh: '已说明', en: 'explained' }) : t(SEVERITY[f.severity])}
                  </span>{' '}
                  {f.check && <code className="code">{f.check}</code>} {t(f)}{' '}
                  {f.figure && (
                    <button type="button" className="figure" onClick={() => open(f.figure!.code)}>
                      {t(f.figure.title)} {f.figure.code}
                    </button>
                  )}
                </p>
                <p className="hint">
                  {f.place !== '' && `${f.place} · `}
                  {f.explained
                    ? t({
                        zh: `说明：${f.explained.reason}（${f.explained.by}）`,
                        en: `Reason: ${f.explained.reason} (${f.explained.by})`,
                      })
                    : t(f.hint)}{' '}
                  <code className="code">{f.code}</code>
                </p>
              </li>
            ))}
          </ul>
        )}
      </section>
      {gaps.length > 0 && (
        <section className="part">
          <h2>{t({ zh: `缺与未计价（${gaps.length} 行）`, en: `Missing or not priced (${gaps.length} lines)` })}</h2>
          <p className="hint">
            {t({
              zh: '缺就是缺，不以零代替，不计入合计。',
              en: 'What is missing is not counted as zero and is in no total.',
            })}
          </p>
          <ul className="columns">
            {gaps.map((g, i) => (
              <li key={i}>
                {t(g.region)} · {t(g.service)} · {t(g.item)} <strong className="warn">{t(g.state)}</strong>{' '}
                <span className="hint">{g.reason && t(g.reason)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
