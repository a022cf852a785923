// A new account: choose the sample or upload a folder, look at its check list with what is red and yellow, compute with progress
// and a way to stop, look at the outcome, register it as 试算. Each step stands under the one before it.

import { Button, Progress } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useLocation } from 'wouter'
import type { Text } from '../../kernel/index.ts'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { SmallForm } from '../form/small-form.tsx'
import { Page, Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Nothing, Problems, saidOf, Waiting } from '../states.tsx'
import { momentText } from '../words.ts'
import { useWord } from './ask.ts'
import type { FolderChecked, Run } from '../../server/told/index.ts'
import { Check } from './run-check.tsx'
import { isOver, SAMPLE, useMakeFolder, useRun, useRuns } from './runs.ts'

/** The sample county, as its list names it. */
const SAMPLE_REGION = '439901'

export function RunPage() {
  const { mayRun, isPending } = useMenu()
  const [data, setData] = useWord('data')
  const [run, setRun] = useWord('run')
  if (isPending) return <Waiting />
  return (
    <Page
      title={{ zh: '新核算', en: 'New account' }}
      about={{
        zh: '一、选资料；二、看输入检查单；三、核算；四、登记为试算。',
        en: 'One: choose the data. Two: look at the check list. Three: compute. Four: register it as a trial.',
      }}
    >
      {!mayRun('registerAccount') ? (
        <Nothing what={{ zh: '您现在的角色不做核算。', en: 'Your present role makes no accounts.' }} />
      ) : run !== undefined ? (
        <Going id={run} again={() => setRun(undefined)} />
      ) : (
        <>
          <Choose chosen={data} choose={setData} />
          {data !== undefined && <Check data={data} begun={setRun} />}
          <Earlier open={setRun} />
        </>
      )}
    </Page>
  )
}

function Choose({
  chosen,
  choose,
}: {
  readonly chosen: string | undefined
  readonly choose: (data: string | undefined) => void
}) {
  const { t } = useLanguage()
  const id = useId()
  const make = useMakeFolder()
  const [done, setDone] = useState<readonly [number, number]>()
  const upload = useMutation({
    mutationFn: (files: readonly File[]) => {
      setDone([0, files.length])
      return make(files, (n) => setDone([n, files.length]))
    },
    onSuccess: (folder) => choose(folder),
    onSettled: () => setDone(undefined),
  })
  const take = (files: FileList | null): void => {
    if (files && files.length > 0) upload.mutate([...files])
  }
  return (
    <Part title={{ zh: '一、选资料', en: 'One: choose the data' }}>
      <div className="choices">
        <button type="button" className="choice-card" aria-pressed={chosen === SAMPLE} onClick={() => choose(SAMPLE)}>
          <strong>{t({ zh: '示范数据', en: 'Sample data' })}</strong>
          <span className="hint">
            {t({ zh: '虚构的示范县，带地图，约一分钟', en: 'a made-up county with maps, about a minute' })}
          </span>
        </button>
        <div className="choice-card">
          <label htmlFor={`${id}-folder`}>
            <strong>{t({ zh: '一个文件夹', en: 'A folder' })}</strong>
          </label>
          <span className="hint">
            {t({
              zh: '工作簿、地图、边界，有输入清单就一起放',
              en: 'workbooks, maps, boundaries, and the input list if there is one',
            })}
          </span>
          <input
            id={`${id}-folder`}
            type="file"
            multiple
            {...FOLDER}
            disabled={upload.isPending}
            onChange={(e) => take(e.target.files)}
          />
        </div>
        <div className="choice-card">
          <label htmlFor={`${id}-zip`}>
            <strong>{t({ zh: '压缩包或几个文件', en: 'An archive, or some files' })}</strong>
          </label>
          <span className="hint">.zip</span>
          <input
            id={`${id}-zip`}
            type="file"
            multiple
            disabled={upload.isPending}
            onChange={(e) => take(e.target.files)}
          />
        </div>
      </div>
      {done && (
        <p role="status">{t({ zh: `正在上传 ${done[0]} / ${done[1]}`, en: `Uploading ${done[0]} of ${done[1]}` })}</p>
      )}
      {upload.isError && <Problems problems={saidOf(upload.error)} />}
    </Part>
  )
}

/** Not known to the types of the page: lets a whole folder be picked. */
const FOLDER: Record<string, string> = { webkitdirectory: '' }

const STATE: Readonly<Record<Run['state'], Text>> = {
  waiting: { zh: '排队等候', en: 'waiting in line' },
  running: { zh: '正在核算', en: 'computing' },
  done: { zh: '完成', en: 'done' },
  failed: { zh: '没有算成', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}

function Going({ id, again }: { readonly id: string; readonly again: () => void }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const run = useRun(id)
  const cancel = useMutation({ mutationFn: () => ask(`/api/v1/runs/${id}`, { method: 'DELETE' }) })
  if (!run) return <Waiting />
  const over = isOver(run)
  return (
    <>
      <Part title={{ zh: '三、核算', en: 'Three: compute' }}>
        <p role="status" aria-live="polite">
          <strong className={run.state === 'failed' ? 'bad' : run.state === 'done' ? 'good' : ''}>
            {t(STATE[run.state])}
          </strong>{' '}
          {!over && run.stage && t(run.stage)}
        </p>
        <Progress
          percent={run.percent}
          aria-label={t({ zh: '核算进度', en: 'Progress' })}
          status={run.state === 'failed' ? 'exception' : run.state === 'done' ? 'success' : 'active'}
        />
        {run.problems.length > 0 && <Problems problems={run.problems} />}
        {run.output !== '' && (
          <details open={run.state === 'failed'}>
            <summary>{t({ zh: '程序说了什么', en: 'What the program said' })}</summary>
            <pre className="output">{run.output}</pre>
          </details>
        )}
        <p className="buttons">
          {over ? (
            <Button onClick={again}>{t({ zh: '再算一份', en: 'Another one' })}</Button>
          ) : (
            <Button danger onClick={() => cancel.mutate()} loading={cancel.isPending}>
              {t({ zh: '取消', en: 'Cancel' })}
            </Button>
          )}
          {run.state === 'done' && run.files.includes('index.html') && (
            <a
              href={`/api/v1/runs/${id}/files/${t({ zh: 'index.html', en: 'report.en.html' })}`}
              target="_blank"
              rel="noreferrer"
            >
              {t({ zh: '先看报告', en: 'Look at the report first' })}
            </a>
          )}
        </p>
      </Part>
      {run.state === 'done' && run.package && <Register run={run} hash={run.package.hash} />}
    </>
  )
}

function Register({ run, hash }: { readonly run: Run; readonly hash: string }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const [, go] = useLocation()
  const folder = useQuery({
    queryKey: ['folder', run.data],
    queryFn: () => ask<FolderChecked>(`/api/v1/folders/${run.data}/check`),
    enabled: run.data !== SAMPLE,
    staleTime: Infinity,
  })
  const place = run.data === SAMPLE ? SAMPLE_REGION : folder.data?.list?.whole.region.code
  const kept = useQueryClient()
  return (
    <Part title={{ zh: '四、登记为试算', en: 'Four: register it as a trial' }}>
      <p className="hint">
        {t({
          zh: '登记后，核算包和每个数进入存证日志，别人才能看、批注、审定。同一年再登记的，是新版本。',
          en: 'Once registered, the package and every figure stand in the log, and others may look, comment and sign. A second one of the year is a new version.',
        })}
      </p>
      {run.data !== SAMPLE && folder.isPending ? (
        <Waiting />
      ) : (
        <SmallForm
          command="register-account"
          preset={{ package: hash, ...(place === undefined ? {} : { place }) }}
          words={{ zh: '登记', en: 'Register' }}
          done={(receipt) => {
            void kept.invalidateQueries({ queryKey: ['rows'] })
            const { account } = (receipt.answer ?? {}) as { readonly account?: string }
            go(account === undefined ? '/w/gep' : `/w/gep/${account}`)
          }}
        />
      )}
    </Part>
  )
}

function Earlier({ open }: { readonly open: (run: string) => void }) {
  const { t, lang } = useLanguage()
  const asked = useRuns()
  const runs = asked.data?.runs ?? []
  if (runs.length === 0) return null
  return (
    <Part title={{ zh: '我算过的', en: 'My runs' }}>
      <ul className="inbox">
        {runs.slice(0, 10).map((r) => (
          <li key={r.id}>
            <span className="kind">{t(STATE[r.state])}</span>
            <button type="button" className="figure" onClick={() => open(r.id)}>
              {r.data === SAMPLE
                ? t({ zh: '示范数据', en: 'Sample data' })
                : t({ zh: '上传的文件夹', en: 'Uploaded folder' })}{' '}
              · {momentText(r.askedAt, lang)}
            </button>
            {!isOver(r) && `${r.percent} %`}
          </li>
        ))}
      </ul>
    </Part>
  )
}
