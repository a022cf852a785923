// One request: its sheet, and what this person may do with it now: approve, return with a reason, enter the paper that was
// signed, or, as its requester, remind and withdraw.

import { Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { Refused, type Said } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { CommandForm } from '../form/command-form.tsx'
import { useCommandForm } from '../form/form-page.tsx'
import { ReceiptShown } from '../form/receipt.tsx'
import type { Receipt } from '../form/use-submit.ts'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { useSubmit } from '../form/use-submit.ts'
import { useRequest, type RequestSheet } from './request.ts'
import { Sheet } from './sheet.tsx'

const TITLE: Text = { zh: '申请', en: 'Request' }

export function RequestPage() {
  const { id } = useParams<{ id: string }>()
  const { t } = useLanguage()
  const request = useRequest(id)
  const [done, setDone] = useState<Receipt>()
  if (request.isPending) return <Waiting />
  if (request.isError)
    return (
      <Page title={TITLE}>
        <Failed error={request.error} again={() => void request.refetch()} />
      </Page>
    )
  const r = request.data
  return (
    <Page
      title={{ zh: r.zh, en: r.en }}
      actions={
        <>
          <Button onClick={() => globalThis.print()}>{t({ zh: '打印签批单', en: 'Print the sheet' })}</Button>
          <Link href={`/w/acts/${r.id}`}>{t({ zh: '申请的凭证', en: 'Proof of the request' })}</Link>
        </>
      }
    >
      {done && (
        <ReceiptShown receipt={done}>
          <Link href="/w/inbox">{t({ zh: '回到待办', en: 'Back to the list' })}</Link>
        </ReceiptShown>
      )}
      <Sheet request={r} />
      {r.status === 'waiting' && <Decide request={r} done={setDone} />}
    </Page>
  )
}

type Choice = 'approve' | 'return-request' | 'approve-on-paper' | 'withdraw-request' | 'remind'

const WORDS: Readonly<Record<Choice, Text>> = {
  approve: { zh: '同意', en: 'Approve' },
  'return-request': { zh: '退回', en: 'Return' },
  'approve-on-paper': { zh: '录入纸质签批', en: 'Enter an approval on paper' },
  'withdraw-request': { zh: '撤回', en: 'Withdraw' },
  remind: { zh: '催办', en: 'Remind' },
}

function Decide({ request, done }: { readonly request: RequestSheet; readonly done: (r: Receipt) => void }) {
  const { t } = useLanguage()
  const { me, role } = useSession()
  const { mayRun } = useMenu()
  const own = request.person === me.person.id
  const theirs = !own && request.waitsFor === role?.role
  const choices: readonly Choice[] = [
    ...(theirs && mayRun('approve') ? (['approve'] as const) : []),
    ...(theirs && mayRun('returnRequest') ? (['return-request'] as const) : []),
    ...(mayRun('approveOnPaper') ? (['approve-on-paper'] as const) : []),
    ...(own && mayRun('remind') ? (['remind'] as const) : []),
    ...(own && mayRun('withdrawRequest') ? (['withdraw-request'] as const) : []),
  ]
  const [choice, choose] = useState<Choice>()
  if (choices.length === 0)
    return (
      <p className="hint screen-only">
        {t({
          zh: own ? '等别人审批。' : '这一步不归您现在的角色办。',
          en: own ? 'It waits for somebody else.' : 'This step is not for your present role.',
        })}
      </p>
    )
  const chosen = choice ?? (choices[0] === 'approve' ? 'approve' : undefined)
  return (
    <Part title={{ zh: '办理', en: 'Decide' }}>
      <div className="buttons" role="group" aria-label={t({ zh: '怎样办', en: 'What to do' })}>
        {choices.map((c) => (
          <Button
            key={c}
            aria-pressed={c === chosen}
            className={c === chosen ? 'chosen' : ''}
            onClick={() => choose(c)}
          >
            {t(WORDS[c])}
          </Button>
        ))}
      </div>
      {chosen === 'approve' ? (
        <Approve key="approve" request={request} done={done} />
      ) : (
        chosen && <Step key={chosen} choice={chosen} request={request} done={done} />
      )}
    </Part>
  )
}

/** Any other step is the form of its command, which knows the request already. */
function Step(p: { readonly choice: Choice; readonly request: RequestSheet; readonly done: (r: Receipt) => void }) {
  const form = useCommandForm(p.choice)
  if (form.isPending) return <Waiting />
  if (form.isError) return <Failed error={form.error} again={() => void form.refetch()} />
  return (
    <CommandForm
      form={form.data}
      preset={{ request: p.request.id }}
      hidden={['request', 'outcome']}
      submitWords={WORDS[p.choice]}
      onDone={p.done}
    />
  )
}

/** Approving what was looked at. Where things have changed since, the new outcome is shown and must be looked at again. */
function Approve({ request, done }: { readonly request: RequestSheet; readonly done: (r: Receipt) => void }) {
  const { t } = useLanguage()
  const submit = useSubmit()
  const [remark, setRemark] = useState('')
  const changed = submit.error instanceof Refused ? submit.error.problems.find(isChanged) : undefined
  const approve = (outcome?: string): void => {
    if (submit.isPending) return
    const input = {
      request: request.id,
      ...(remark.trim() === '' ? {} : { remark: remark.trim() }),
      ...(outcome === undefined ? {} : { outcome }),
    }
    // A refusal is shown below; the receipt stands on the page, from which these buttons go with the request's state.
    submit.mutateAsync({ command: 'approve', input }).then(done, () => undefined)
  }
  return (
    <form
      className="command-form"
      onSubmit={(e) => {
        e.preventDefault()
        approve()
      }}
    >
      <label htmlFor="remark">
        {t({ zh: '意见', en: 'Remark' })} <span className="may">{t({ zh: '选填', en: 'optional' })}</span>
      </label>
      <textarea id="remark" className="native" rows={2} value={remark} onChange={(e) => setRemark(e.target.value)} />
      {submit.isError && <Problems problems={saidOf(submit.error)} />}
      <p className="buttons">
        <Button type="primary" htmlType="submit" loading={submit.isPending}>
          {t(WORDS.approve)}
        </Button>
        {changed && (
          <Button danger onClick={() => approve(String(changed.values?.['digest']))}>
            {t({ zh: '按现在的结果同意', en: 'Approve the outcome as it is now' })}
          </Button>
        )}
      </p>
    </form>
  )
}

const isChanged = (p: Said): boolean => p.code === 'approval.outcome-changed'
