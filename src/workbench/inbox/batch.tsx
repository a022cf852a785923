// Several requests approved at once: each is listed with what it will do before anything happens, then they are approved
// one after the other, and each tells how it went.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { newActId } from '../act-id.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { textOf, type Row } from '../table/rows.ts'
import { useRequest } from './request.ts'

type Went = 'done' | { readonly error: unknown }

export function Batch({ rows, close }: { readonly rows: readonly Row[]; readonly close: () => void }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const asked = useQueryClient()
  const [went, setWent] = useState<ReadonlyMap<string, Went>>(new Map())
  // Made once: approving again after a lost connection does nothing twice.
  const [ids] = useState(() => new Map(rows.map((r) => [textOf(r, 'id')!, newActId()])))
  const approve = useMutation({
    mutationFn: async () => {
      for (const [request, id] of ids) {
        if (went.get(request) === 'done') continue
        const how: Went = await ask('/api/v1/acts/approve', { method: 'POST', body: { id, input: { request } } }).then(
          () => 'done' as const,
          (error: unknown) => ({ error }),
        )
        setWent((all) => new Map([...all, [request, how]]))
      }
    },
    onSettled: () => asked.invalidateQueries({ queryKey: ['rows'] }),
  })
  const finished = went.size === rows.length && !approve.isPending
  return (
    <Part title={{ zh: `将同意以下 ${rows.length} 件`, en: `These ${rows.length} will be approved` }}>
      <ol className="batch">
        {rows.map((row) => (
          <Item key={textOf(row, 'id')} row={row} went={went.get(textOf(row, 'id')!)} />
        ))}
      </ol>
      <p className="buttons">
        {!finished && (
          <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
            {t({ zh: '都看过了，全部同意', en: 'I have looked at each; approve all' })}
          </Button>
        )}
        <Button onClick={close}>{finished ? t({ zh: '完成', en: 'Close' }) : t({ zh: '返回', en: 'Back' })}</Button>
      </p>
    </Part>
  )
}

function Item({ row, went }: { readonly row: Row; readonly went: Went | undefined }) {
  const { t } = useLanguage()
  const request = useRequest(textOf(row, 'id')!)
  return (
    <li>
      <strong>{t({ zh: textOf(row, 'zh') ?? '', en: textOf(row, 'en') ?? '' })}</strong>{' '}
      {went === 'done' && <span className="good">✓ {t({ zh: '已同意', en: 'approved' })}</span>}
      {request.isPending ? (
        <Waiting />
      ) : request.isError ? (
        <Failed error={request.error} />
      ) : (
        <ul className="outcome">
          {request.data.outcome.map((line, i) => (
            <li key={i}>{line}</li>
          ))}
        </ul>
      )}
      {went !== undefined && went !== 'done' && <Problems problems={saidOf(went.error)} />}
    </li>
  )
}
