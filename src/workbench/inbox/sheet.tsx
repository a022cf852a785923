// The approval sheet: who asks for what, what was filled in, what it will do, the steps with room for signatures. On the
// screen it is what one decides by; printed, it is what is signed by hand and entered again with its code.

import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { statusWords } from '../table/cell.tsx'
import { Pairs, type Pair } from '../table/pairs.tsx'
import { OpenFile } from '../table/open-file.tsx'
import { grouped, momentText } from '../words.ts'
import { useRoleTitle } from '../api/role-title.ts'
import { OutcomeShown } from './outcome.tsx'
import { PersonName } from './person-name.tsx'
import { useRequestFiles, type Filled, type RequestSheet, type StepTaken } from './request.ts'

/** @param files the papers among it that the reader may open, by the path of their field */
export function FilledShown(p: { readonly input: readonly Filled[]; readonly files?: ReadonlyMap<string, string> }) {
  const { t } = useLanguage()
  return (
    <Pairs
      pairs={p.input.map((f): Pair => {
        const hash = p.files?.get(f.path)
        const value = t({ zh: f.value, en: f.valueEn ?? f.value })
        return [f, hash === undefined ? grouped(value) : <OpenFile key={hash} hash={hash} />]
      })}
    />
  )
}

export function Sheet({ request: r }: { readonly request: RequestSheet }) {
  const { t, lang } = useLanguage()
  const titleOf = useRoleTitle()
  return (
    <div className="sheet">
      <p className="sheet-code">
        {t({ zh: '签批单校验码', en: 'Code of the sheet' })} <strong>{r.sheet}</strong>
      </p>
      <Pairs
        pairs={[
          [{ zh: '状态', en: 'Status' }, <strong key="s">{t(statusWords(r.status))}</strong>],
          [
            { zh: '申请人', en: 'Requester' },
            <span key="w">
              <PersonName of={r} /> · {t(titleOf(r.role))}
            </span>,
          ],
          [{ zh: '地区', en: 'Place' }, r.placeName ?? r.place ?? '—'],
          [{ zh: '法定日期', en: 'Legal date' }, r.legalDate],
          [{ zh: '提交时间', en: 'Submitted' }, momentText(r.recorded, lang)],
          ...(r.clause === undefined ? [] : [[{ zh: '依据', en: 'Ground' }, r.clause] as const]),
          ...(r.remarks === undefined
            ? []
            : [[{ zh: '退回理由', en: 'Reason of the return' }, <strong key="r">{r.remarks}</strong>] as const]),
        ]}
      />
      <Part title={{ zh: '填报内容', en: 'What was filled in' }}>
        <FilledShown input={r.input} files={useRequestFiles(r.id)} />
      </Part>
      <Part title={{ zh: '同意后的结果', en: 'What it will do' }}>
        <OutcomeShown of={r} />
      </Part>
      <Part title={{ zh: '审批步骤', en: 'Steps of approval' }}>
        <Steps request={r} />
      </Part>
      <p className="hint print-only">
        {t({ zh: '日志第', en: 'Entry of the log:' })} {r.leaf} · {r.leafHash}
      </p>
    </div>
  )
}

function Steps({ request: { declared, taken } }: { readonly request: RequestSheet }) {
  const { t } = useLanguage()
  const titleOf = useRoleTitle()
  return (
    <ol className="steps">
      {declared.map((step, i) => {
        const done = taken[i]
        return (
          <li key={i} className={done ? 'done' : ''}>
            <strong>{t(step)}</strong> · {t(titleOf(step.role))}
            {done ? (
              <TakenShown step={done} />
            ) : (
              <>
                <span className="hint screen-only"> — {t({ zh: '未办', en: 'not yet' })}</span>
                <span className="signature print-only">
                  {t({ zh: '签字：　　　　　　　　日期：', en: 'Signature:                     Date:' })}
                </span>
              </>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** One step that was taken; on paper it says so wherever it is shown. */
export function TakenShown({ step: s }: { readonly step: StepTaken }) {
  const { t, lang } = useLanguage()
  return (
    <span>
      {' '}
      — ✓ <PersonName of={s} /> {momentText(s.recorded, lang)}
      {s.paperSigner !== undefined && (
        <strong className="paper">
          {' '}
          {t({
            zh: `纸质签批：${s.paperSigner}，${s.paperDate}${s.enteredByRequester === undefined ? '' : '（申请人本人录入）'}`,
            en: `on paper: ${s.paperSigner}, ${s.paperDate}${s.enteredByRequester === undefined ? '' : ' (entered by the requester)'}`,
          })}
        </strong>
      )}
    </span>
  )
}
