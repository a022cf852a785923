// Reviewing and signing off: where the account stands on 试算 → 初步 → 正式 and who took it there, what still stands in the way,
// the twenty figures with the largest effect on the weakest evidence, and the opinion as a sheet to print.

import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { LinkButton } from '../link-button.tsx'
import { Failed, Nothing, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { grouped } from '../words.ts'
import { useRegistered, useWord } from './ask.ts'
import { Fitness } from './why-drawer.tsx'
import type { Head } from '../../server/told/index.ts'
import { unitIn } from './digits.ts'

export function ReviewTab({ id, head }: { readonly id: string; readonly head: Head }) {
  const { t } = useLanguage()
  const row = useRegistered(id)
  return (
    <>
      {row && <SignOff id={id} row={row} />}
      <Part
        title={{ zh: '最该看的二十个数', en: 'The twenty to look at first' }}
        actions={
          <LinkButton to={`/w/gep/${id}/opinion`}>{t({ zh: '审核意见（打印）', en: 'Opinion (to print)' })}</LinkButton>
        }
      >
        <p className="hint">
          {t({
            zh: '按“占总值 × 证据弱度”排序：值大而证据弱的在前。权重是本项目的建议。点开看为什么，有疑问就写批注。',
            en: 'By share of the total times weakness of the evidence: large figures on weak ground first. The weights are this project’s proposal. Open one to see why, and comment where you doubt it.',
          })}
        </p>
        <Weakest id={id} />
      </Part>
      <Part title={{ zh: '可用于什么', en: 'What it is fit for' }}>
        <Fitness fits={head.fitness} />
      </Part>
    </>
  )
}

const NEXT: Readonly<Record<string, { readonly to: string; readonly words: Text }>> = {
  trial: { to: 'preliminary', words: { zh: '报请转为初步', en: 'Ask for preliminary' } },
  preliminary: { to: 'official', words: { zh: '报请转为正式', en: 'Ask for official' } },
}

/** Once it is asked for, the request that waits stands in its place. */
function SignOff({ id, row }: { readonly id: string; readonly row: Row }) {
  const { t } = useLanguage()
  const { mayRun } = useMenu()
  const form = useCommandForm('advance-account')
  const waiting = textOf(row, 'waiting')
  const next = NEXT[textOf(row, 'status') ?? '']
  const superseded = textOf(row, 'supersededBy')
  if (superseded !== undefined)
    return (
      <p className="corrected">
        {t({ zh: '已有新版本，这一版不再往下走。', en: 'A later version is there; this one goes no further.' })}{' '}
        <Link href={`/w/gep/${superseded}`}>{t({ zh: '看新版本', en: 'See it' })}</Link>
      </p>
    )
  if (waiting !== undefined)
    return (
      <p className="corrected">
        {t({ zh: '有一件审定申请在等另一个人办。', en: 'A request to sign it off waits for another person.' })}{' '}
        <Link href={`/w/requests/${waiting}`}>{t({ zh: '打开申请', en: 'Open the request' })}</Link>
      </p>
    )
  if (!next || !mayRun('advanceAccount')) return null
  return (
    <Part title={next.words}>
      <p className="hint">
        {t({
          zh: '由另一个人审批：登记的人不能批，批初步的人不能批正式。批准前会再查一遍检查结果和批注。',
          en: 'Another person decides: not who registered it, and not the same person for both steps. Findings and comments are looked at again before that.',
        })}
      </p>
      {form.isPending ? (
        <Waiting />
      ) : form.isError ? (
        <Failed error={form.error} />
      ) : (
        <CommandForm
          form={form.data}
          preset={{ account: id, to: next.to }}
          hidden={['account', 'to']}
          submitWords={next.words}
        />
      )}
    </Part>
  )
}

export function useWeakest(id: string) {
  return useRows('weakestFigures', { input: { account: id }, limit: 20 })
}

const percent = (part: string | undefined): string => (part === undefined ? '' : `${(Number(part) * 100).toFixed(1)} %`)

export function Weakest({ id, plain }: { readonly id: string; readonly plain?: boolean }) {
  const { t, lang } = useLanguage()
  const [, open] = useWord('why')
  const asked = useWeakest(id)
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  if (asked.data.rows.length === 0)
    return <Nothing what={{ zh: '没有证据薄弱的数。', en: 'No figure stands on weak ground.' }} />
  return (
    <div
      className="table-box"
      role="region"
      aria-label={t({ zh: '最该看的二十个数', en: 'The twenty to look at first' })}
      tabIndex={0}
    >
      <table className="rows-table">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t({ zh: '序', en: 'No.' })}
            </th>
            <th scope="col">{t({ zh: '数', en: 'Figure' })}</th>
            <th scope="col" className="number">
              {t({ zh: '数值', en: 'Value' })}
            </th>
            <th scope="col" className="number">
              {t({ zh: '占总值', en: 'Share' })}
            </th>
            <th scope="col" className="number">
              {t({ zh: '弱度', en: 'Weakness' })}
            </th>
            <th scope="col">{t({ zh: '为什么弱', en: 'What makes it weak' })}</th>
            <th scope="col" className="number">
              {t({ zh: '批注', en: 'Comments' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {asked.data.rows.map((r) => (
            <tr key={textOf(r, 'code')}>
              <td className="number">{textOf(r, 'rank')}</td>
              <td className="long">
                {plain ? (
                  lang === 'zh' ? (
                    textOf(r, 'titleZh')
                  ) : (
                    textOf(r, 'titleEn')
                  )
                ) : (
                  <button type="button" className="figure" onClick={() => open(textOf(r, 'code'))}>
                    {lang === 'zh' ? textOf(r, 'titleZh') : textOf(r, 'titleEn')}
                  </button>
                )}{' '}
                <code className="code">{textOf(r, 'code')}</code>
              </td>
              <td className="number">
                {grouped(textOf(r, 'value') ?? '')} {unitIn(textOf(r, 'unit'), lang)}
              </td>
              <td className="number">{percent(textOf(r, 'share'))}</td>
              <td className="number">{percent(textOf(r, 'weakness'))}</td>
              <td className="long">{lang === 'zh' ? textOf(r, 'whyZh') : textOf(r, 'whyEn')}</td>
              <td className="number">{textOf(r, 'comments')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
