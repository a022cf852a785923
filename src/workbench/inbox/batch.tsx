// Several requests approved at once: each is listed with what it will do before anything happens, and with the earlier one that may
// change it; then the chosen ones are approved one after the other, and each tells how it went. What was not approved still waits.

import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'wouter'
import { newActId } from '../act-id.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { clashesOf } from './clashes.ts'
import { OutcomeShown } from './outcome.tsx'
import { useRequests, type RequestSheet } from './request.ts'

type Went = 'done' | { readonly error: unknown }

export function Batch({ rows, close }: { readonly rows: readonly Row[]; readonly close: () => void }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const asked = useQueryClient()
  const [went, setWent] = useState<ReadonlyMap<string, Went>>(new Map())
  const [own, choose] = useState<ReadonlyMap<string, boolean>>(new Map())
  // Made once: approving again after a lost connection does nothing twice.
  const [ids] = useState(() => new Map(rows.map((r) => [textOf(r, 'id')!, newActId()])))
  const all = [...ids.keys()]
  const sheets = useRequests(all)
  const clashes = clashesOf(sheets.flatMap((s) => (s.data ? [s.data] : [])))
  /** Unless somebody says otherwise, all that no earlier one of the batch gets in the way of. */
  const isChosen = (id: string): boolean => own.get(id) ?? !clashes.has(id)
  const chosen = all.filter(isChosen)
  const approve = useMutation({
    mutationFn: async () => {
      for (const request of chosen) {
        if (went.get(request) === 'done') continue
        const body = { id: ids.get(request)!, input: { request } }
        const how: Went = await ask('/api/v1/acts/approve', { method: 'POST', body }).then(
          () => 'done' as const,
          (error: unknown) => ({ error }),
        )
        setWent((before) => new Map([...before, [request, how]]))
      }
    },
    onSettled: () => asked.invalidateQueries({ queryKey: ['rows'] }),
  })
  const finished = went.size > 0 && !approve.isPending && chosen.every((id) => went.has(id))
  const ready = sheets.every((s) => !s.isPending)
  return (
    <Part title={{ zh: `将同意以下 ${chosen.length} 件`, en: `These ${chosen.length} will be approved` }}>
      {clashes.size > 0 && went.size === 0 && (
        <p role="note" className="corrected">
          {t({
            zh: `有 ${clashes.size} 件与前面的一件改的是同一个对象，先不勾选。可以勾上一起批；结果变了的不会办，仍留在待办里，等您重看。`,
            en: `${clashes.size} of them change what an earlier one changes and are not chosen yet. You may choose them too; one whose outcome has changed is not done and stays in your list for you to look at again.`,
          })}
        </p>
      )}
      <ol className="batch">
        {rows.map((row, i) => {
          const id = all[i]!
          const clash = clashes.get(id)
          return (
            <Item
              key={id}
              row={row}
              sheet={sheets[i]!}
              went={went.get(id)}
              after={clash && all.indexOf(clash.with) + 1}
              chosen={isChosen(id)}
              choose={went.size > 0 ? undefined : (yes) => choose((before) => new Map([...before, [id, yes]]))}
            />
          )
        })}
      </ol>
      <p className="buttons">
        {!finished && (
          <Button
            type="primary"
            loading={approve.isPending}
            disabled={!ready || chosen.length === 0}
            onClick={() => approve.mutate()}
          >
            {t({
              zh: `都看过了，同意这 ${chosen.length} 件`,
              en: `I have looked at each; approve these ${chosen.length}`,
            })}
          </Button>
        )}
        <Button onClick={close}>{finished ? t({ zh: '完成', en: 'Close' }) : t({ zh: '返回', en: 'Back' })}</Button>
      </p>
    </Part>
  )
}

interface ItemProps {
  readonly row: Row
  readonly sheet: UseQueryResult<RequestSheet>
  readonly went: Went | undefined
  /** Which one before it changes the same thing, counted from 1. */
  readonly after: number | undefined
  readonly chosen: boolean
  /** Undefined once it was sent. */
  readonly choose: ((yes: boolean) => void) | undefined
}

function Item({ row, sheet, went, after, chosen, choose }: ItemProps) {
  const { t } = useLanguage()
  const title = t({ zh: textOf(row, 'zh') ?? '', en: textOf(row, 'en') ?? '' })
  const id = textOf(row, 'id')!
  return (
    <li>
      <Checkbox checked={chosen} disabled={!choose} onChange={(e) => choose?.(e.target.checked)}>
        <strong>{title}</strong>
      </Checkbox>{' '}
      {went === 'done' && <span className="good">✓ {t({ zh: '已同意', en: 'approved' })}</span>}
      {after !== undefined && (
        <p className="hint">
          {t({
            zh: `与第 ${after} 件改的是同一个对象：那一件同意后，这一件的结果可能不同。`,
            en: `Changes what number ${after} changes: once that is approved, this may come out otherwise.`,
          })}
        </p>
      )}
      {sheet.isPending ? (
        <Waiting />
      ) : sheet.isError ? (
        <Failed error={sheet.error} />
      ) : (
        <OutcomeShown of={sheet.data} />
      )}
      {went !== undefined && went !== 'done' && (
        <>
          <Problems problems={saidOf(went.error)} />
          <p>
            {t({ zh: '没有办，仍在待办里。', en: 'Not done; it still waits.' })}{' '}
            <Link href={`/w/requests/${id}`}>{t({ zh: '打开重看', en: 'Open it and look again' })}</Link>
          </p>
        </>
      )}
    </li>
  )
}
