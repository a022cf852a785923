// What was done, as a receipt: the act, when it was recorded, its place in the public log, and where to go on.

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useLanguage } from '../language.tsx'
import { Pairs, type Pair } from '../table/pairs.tsx'
import { momentText } from '../words.ts'
import type { Receipt } from './use-submit.ts'

const isAsked = (r: Receipt): boolean => r.kind === 'approval-requested'

const headline = (r: Receipt): Text =>
  r.replayed
    ? { zh: '此前已经办过，这次没有再办。', en: 'This was done before; nothing was done again.' }
    : isAsked(r)
      ? { zh: '申请已提交，等待审批。', en: 'The request is submitted and waits for approval.' }
      : { zh: '已办理，已入存证日志。', en: 'Done, and in the log.' }

export function ReceiptShown({ receipt, children }: { readonly receipt: Receipt; readonly children?: ReactNode }) {
  const { t, lang } = useLanguage()
  const answer: readonly Pair[] =
    typeof receipt.answer === 'object' && receipt.answer !== null && !Array.isArray(receipt.answer)
      ? Object.entries(receipt.answer)
          .filter(([, v]) => typeof v === 'string' || typeof v === 'number')
          .map(([name, v]) => [ANSWERS[name] ?? { zh: name, en: name }, String(v)] as const)
      : typeof receipt.answer === 'string'
        ? [[{ zh: '结果', en: 'Answer' }, receipt.answer]]
        : []
  return (
    <div className="receipt" role="status">
      <p className="good">✓ {t(headline(receipt))}</p>
      <Pairs
        pairs={[
          ...answer,
          [{ zh: '记录时间', en: 'Recorded' }, momentText(receipt.recorded, lang)],
          [{ zh: '存证序号', en: 'Place in the log' }, String(receipt.leaf)],
          [{ zh: '编号', en: 'Id' }, <code className="code">{receipt.act}</code>],
        ]}
      />
      <p className="links">
        {isAsked(receipt) && (
          <Link href={`/w/requests/${receipt.act}`}>
            {t({ zh: '看申请和签批单', en: 'See the request and its sheet' })}
          </Link>
        )}
        <Link href={`/w/acts/${receipt.act}`}>{t({ zh: '看这件事和凭证', en: 'See the act and its proof' })}</Link>
        {children}
      </p>
    </div>
  )
}

const ANSWERS: Readonly<Record<string, Text>> = {
  number: { zh: '证号', en: 'Number' },
  id: { zh: '对象编号', en: 'Id of the thing' },
  status: { zh: '状态', en: 'Status' },
}
