// The check list of chosen data: what is red and yellow, the input list as found, proposed or changed, what each service lacks. What
// is changed in the list is checked at once, in one question to the server.

import { Alert, Button } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Text } from '../../kernel/index.ts'
import type { FolderChecked, Run, WholeList } from '../../server/told/index.ts'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { NameOf } from '../inbox/person-name.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { ListForm } from './list-form.tsx'
import { SAMPLE } from './runs.ts'

export function Check({ data, begun }: { readonly data: string; readonly begun: (run: string) => void }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const start = useMutation({
    mutationFn: () => ask<Run>('/api/v1/runs', { method: 'POST', body: { kind: 'account', data } }),
    onSuccess: (run) => begun(run.id),
  })
  const begin = (
    <>
      <p className="buttons">
        <Button type="primary" onClick={() => start.mutate()} loading={start.isPending}>
          {t({ zh: '开始核算', en: 'Compute' })}
        </Button>
      </p>
      {start.isError && <Problems problems={saidOf(start.error)} />}
    </>
  )
  return (
    <Part title={{ zh: '二、输入检查单', en: 'Two: the check list' }}>
      {data !== SAMPLE ? (
        <FolderCheck data={data}>{begin}</FolderCheck>
      ) : (
        <>
          <p className="good">
            ✓{' '}
            {t({
              zh: '示范数据自带已确认的输入清单，没有红色项。',
              en: 'The sample brings an accepted input list; nothing is red.',
            })}
          </p>
          {begin}
        </>
      )}
    </Part>
  )
}

function FolderCheck({ data, children }: { readonly data: string; readonly children: ReactNode }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const kept = useQueryClient()
  const path = `/api/v1/folders/${data}`
  const key = ['folder', data]
  const asked = useQuery({
    queryKey: key,
    queryFn: () => ask<FolderChecked>(`${path}/check`),
    staleTime: Infinity,
  })
  const take = (told: FolderChecked): void => {
    // What was not placed is looked for once, with the proposal.
    kept.setQueryData<FolderChecked>(key, (before) => ({
      ...told,
      ...(before?.unplaced && !told.unplaced ? { unplaced: before.unplaced } : {}),
    }))
  }
  const change = useMutation({
    mutationFn: (list: WholeList) => ask<FolderChecked>(`${path}/list`, { method: 'PUT', body: { list } }),
    onSuccess: take,
  })
  const drop = useMutation({
    mutationFn: () => ask<FolderChecked>(`${path}/list`, { method: 'DELETE' }),
    onSuccess: take,
  })
  const accept = useMutation({
    mutationFn: () => ask(`${path}/accept`, { method: 'POST', body: {} }),
    onSuccess: () => kept.invalidateQueries({ queryKey: key }),
  })
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const f = asked.data
  const reds = f.problems.filter((p) => p.severity === 'red').length
  const whole = f.list?.whole
  const open = whole?.arguments.filter((p) => p.question).length ?? 0
  return (
    <>
      {f.list && whole && (
        <p>
          <strong>{t(whole.title)}</strong> · {whole.year} · {t(whole.region.name)} {whole.region.code} ·{' '}
          {t(f.list.set)} ·{' '}
          {t({ zh: `读到 ${f.facts} 个数、${f.files} 个文件`, en: `${f.facts} numbers of ${f.files} files` })}
        </p>
      )}
      <Counted checked={f} reds={reds} busy={change.isPending || drop.isPending} />
      {f.list?.proposed && (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: '文件夹里没有输入清单，下面是提出的清单。',
            en: 'The folder has no input list; below is a proposal.',
          })}
          description={t({
            zh: '核对每一行，在下面直接改；改一处，检查一次。也可以下载清单，填好后放回文件夹（文件名 输入清单.xlsx），重新上传。',
            en: 'Look at each line and change it below; every change is checked. Or download the list, fill it in, put it back into the folder as 输入清单.xlsx and upload again.',
          })}
        />
      )}
      {f.list && (
        <ListForm
          key={drop.isSuccess ? drop.submittedAt : 0}
          data={data}
          checked={f}
          save={(list, done) => change.mutate(list, { onSuccess: done })}
          saving={change.isPending}
        />
      )}
      {change.isError && <Problems problems={saidOf(change.error)} />}
      <p className="buttons">
        <a href={`${path}/sheet`} download>
          {t({ zh: '下载 输入清单.xlsx', en: 'Download the list' })}
        </a>
        {f.list?.changed === true && (
          <Button type="link" onClick={() => drop.mutate()} loading={drop.isPending}>
            {t({ zh: '丢开改动', en: 'Drop the changes' })}
          </Button>
        )}
        {whole && !whole.accepted && open === 0 && (
          <Button onClick={() => accept.mutate()} loading={accept.isPending}>
            {t({ zh: '我已核对，确认这份清单', en: 'I have looked at it and accept this list' })}
          </Button>
        )}
      </p>
      {(accept.isError || drop.isError) && <Problems problems={saidOf(accept.error ?? drop.error)} />}
      {whole?.accepted && (
        <p className="hint">
          {t({ zh: '清单已确认：', en: 'Accepted: ' })}
          <NameOf who={whole.accepted.by} /> {whole.accepted.on}
        </p>
      )}
      {reds === 0 ? (
        children
      ) : (
        <p className="bad">
          {t({
            zh: '改好红色项，才能核算：清单的在上面改，资料的改好后重新上传。',
            en: 'Mend what is red, then it can be computed: the list above, the data by uploading them again.',
          })}
        </p>
      )}
    </>
  )
}

/** What to do here, where the general hint speaks of the command line. */
const HINTS: Readonly<Record<string, Text>> = {
  'list.not-accepted': {
    zh: '待答的都答过之后，按“我已核对，确认这份清单”。',
    en: 'When every question is answered, press "I have looked at it and accept this list".',
  },
  'list.open-question': {
    zh: '在下面的清单里，对的按“对”，不对的按“改”或“删”。',
    en: 'In the list below press Right where it is, else Change or Remove.',
  },
}

/** How many are red and yellow, and each of them. */
function Counted({
  checked: f,
  reds,
  busy,
}: {
  readonly checked: FolderChecked
  readonly reds: number
  readonly busy: boolean
}) {
  const { t } = useLanguage()
  const yellows = f.problems.length - reds
  return (
    <>
      <p role="status" aria-live="polite">
        {busy ? (
          t({ zh: '正在检查…', en: 'Checking…' })
        ) : (
          <>
            <span className={reds > 0 ? 'bad' : 'good'}>
              {reds > 0 ? '✗' : '✓'} {t({ zh: `红色 ${reds} 项`, en: `${reds} red` })}
            </span>{' '}
            <span className={yellows > 0 ? 'warn' : 'good'}>
              {yellows > 0 ? '!' : '✓'} {t({ zh: `黄色 ${yellows} 项`, en: `${yellows} yellow` })}
            </span>
          </>
        )}
      </p>
      <ul className="findings">
        {f.problems.map((p, i) => (
          <li key={i} className={`finding-${p.severity}`}>
            <p>
              <span className="kind">
                {p.severity === 'red' ? t({ zh: '红', en: 'red' }) : t({ zh: '黄', en: 'yellow' })}
              </span>{' '}
              {t(p)}
            </p>
            <p className="hint">
              {p.place !== '' && `${p.place} · `}
              {t(HINTS[p.code] ?? p.hint)} <code className="code">{p.code}</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
