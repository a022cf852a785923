// What was done, as a receipt: the act, when it was recorded, its place in the public log, and where to go on.

import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useRoleTitle } from '../api/role-title.ts'
import { useLanguage } from '../language.tsx'
import { statusWords } from '../table/cell.tsx'
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
  const roleTitle = useRoleTitle()
  const box = useRef<HTMLDivElement>(null)
  // It stands where the form or the buttons stood: who pressed them is brought to it.
  useEffect(() => box.current?.focus(), [])
  const told = typeof receipt.answer === 'object' && receipt.answer !== null ? (receipt.answer as Answer) : {}
  const answer = ANSWERS.flatMap(([name, title, words]): Pair[] => {
    const value = told[name]
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [[title, words ? t(words(String(value), roleTitle)) : String(value)]]
  })
  return (
    <div className="receipt" role="status" ref={box} tabIndex={-1}>
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

type Answer = Readonly<Record<string, unknown>>

/** What of an answer a person wants to read; ids and digests stand on the pages it links to. */
const ANSWERS: readonly (readonly [
  name: string,
  title: Text,
  words?: (value: string, roleTitle: (role: string) => Text) => Text,
])[] = [
  ['number', { zh: '证号', en: 'Number' }],
  ['waitsFor', { zh: '等待', en: 'Waits for' }, (role, roleTitle) => roleTitle(role)],
  ['sheet', { zh: '签批单校验码', en: 'Code of the sheet' }],
  ['status', { zh: '状态', en: 'Status' }, (status) => statusWords(status)],
]
