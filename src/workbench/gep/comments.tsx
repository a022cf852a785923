// Comments pinned to a figure, with their answers: who asked what, who answered, what is resolved. Answering and resolving
// happen where the comment is read. An open comment keeps the account from becoming official.

import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { SmallForm } from '../form/small-form.tsx'
import { useSubmit } from '../form/use-submit.ts'
import { useRoleTitle } from '../api/role-title.ts'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Nothing, Problems, saidOf, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import { momentText } from '../words.ts'

interface Answer {
  readonly id: string
  readonly text: string
  readonly by: string
  readonly role: string
  readonly recorded: string
}

const STATUS: Readonly<Record<string, Text>> = {
  open: { zh: '未答复', en: 'open' },
  answered: { zh: '已答复', en: 'answered' },
  resolved: { zh: '已办结', en: 'resolved' },
}

const useComments = (id: string, figure?: string) =>
  useRows('comments', { input: { account: id, figure }, limit: 1000 }, useMenu().mayAsk('comments'))

/** All comments of an account, the open ones first. */
export function CommentsTab({ id }: { readonly id: string }) {
  const asked = useComments(id)
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { rows } = asked.data
  const sorted = [...rows.filter((r) => r['status'] !== 'resolved'), ...rows.filter((r) => r['status'] === 'resolved')]
  return (
    <section className="part">
      {rows.length === 0 ? (
        <Nothing
          what={{
            zh: '还没有批注。点任意一个数字，在“批注”里提问。',
            en: 'No comments yet. Open any figure and ask under "Comments".',
          }}
        />
      ) : (
        <ul className="comments">
          {sorted.map((row) => (
            <CommentShown key={textOf(row, 'id')} id={id} row={row} named />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Those of one figure, and a form for another. */
export function FigureComments({ id, code }: { readonly id: string; readonly code: string }) {
  const { t } = useLanguage()
  const { mayRun, mayAsk } = useMenu()
  const asked = useComments(id, code)
  if (!mayAsk('comments'))
    return <Nothing what={{ zh: '您的角色不看批注。', en: 'Your role does not see comments.' }} />
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  return (
    <>
      {asked.data.rows.length === 0 && (
        <p className="hint">{t({ zh: '这个数还没有批注。', en: 'No comment on this figure yet.' })}</p>
      )}
      <ul className="comments">
        {asked.data.rows.map((row) => (
          <CommentShown key={textOf(row, 'id')} id={id} row={row} />
        ))}
      </ul>
      {mayRun('commentFigure') && <Ask id={id} code={code} />}
    </>
  )
}

function Ask({ id, code }: { readonly id: string; readonly code: string }) {
  const [times, setTimes] = useState(0)
  return (
    <SmallForm
      key={times}
      command="comment-figure"
      preset={{ account: id, figure: code }}
      words={{ zh: '提交批注', en: 'Post the comment' }}
      done={() => setTimes(times + 1)}
    />
  )
}

function CommentShown({ id, row, named }: { readonly id: string; readonly row: Row; readonly named?: boolean }) {
  const { t, lang } = useLanguage()
  const { mayRun } = useMenu()
  const roleTitle = useRoleTitle()
  const [answering, setAnswering] = useState(false)
  const resolve = useSubmit()
  const comment = textOf(row, 'id')!
  const status = textOf(row, 'status') ?? 'open'
  const answers = (row['answers'] ?? []) as readonly Answer[]
  const open = status !== 'resolved'
  return (
    <li className={`comment comment-${status}`}>
      {named && (
        <h3>
          <Link href={`/w/gep/${id}/comments?why=${textOf(row, 'code') ?? ''}&thread=comments`}>
            {lang === 'zh' ? textOf(row, 'titleZh') : textOf(row, 'titleEn')}
          </Link>{' '}
          <code className="code">{textOf(row, 'code')}</code>
        </h3>
      )}
      <p className="said">
        <span className="kind">{t(STATUS[status] ?? { zh: status, en: status })}</span> {textOf(row, 'text')}
      </p>
      <p className="hint">
        <NameOf who={textOf(row, 'by') ?? ''} /> · {t(roleTitle(textOf(row, 'role') ?? ''))} ·{' '}
        {momentText(textOf(row, 'recorded'), lang)}{' '}
        <Link href={`/w/acts/${comment}`}>{t({ zh: '凭证', en: 'proof' })}</Link>
      </p>
      {answers.map((a) => (
        <div key={a.id} className="answer">
          <p className="said">{a.text}</p>
          <p className="hint">
            <NameOf who={a.by} /> · {t(roleTitle(a.role))} · {momentText(a.recorded, lang)}
          </p>
        </div>
      ))}
      {open && answering && (
        <SmallForm
          command="answer-comment"
          preset={{ comment }}
          words={{ zh: '提交答复', en: 'Post the answer' }}
          done={() => setAnswering(false)}
        />
      )}
      {open && (
        <p className="buttons">
          {mayRun('answerComment') && !answering && (
            <Button size="small" onClick={() => setAnswering(true)}>
              {t({ zh: '答复', en: 'Answer' })}
            </Button>
          )}
          {mayRun('resolveComment') && (
            <Button
              size="small"
              loading={resolve.isPending}
              onClick={() => resolve.mutate({ command: 'resolve-comment', input: { comment } })}
            >
              {t({ zh: '办结', en: 'Resolve' })}
            </Button>
          )}
        </p>
      )}
      {resolve.isError && <Problems problems={saidOf(resolve.error)} />}
    </li>
  )
}
