// The first screen of those who keep the house: what is not well with it, who failed to sign in, who is signed in now, what was last
// done to people and roles. What a role may not ask is not there.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { ChecksTable } from '../health/checks-table.tsx'
import type { Diagnosis, Level } from '../health/diagnosis.ts'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { textOf } from '../table/rows.ts'
import { RowsPart } from './rows-part.tsx'

const HOUR = 3_600_000
/** A week of failures shows a pattern; a session sleeps no longer than half an hour. */
const FAILED_MS = 7 * 24 * HOUR
const SEEN_MS = HOUR / 2

const RESULTS = {
  result: {
    failed: { zh: '密码不对', en: 'wrong password' },
    locked: { zh: '已锁定', en: 'locked' },
    disabled: { zh: '账号已停用', en: 'disabled' },
  },
}
const METHODS = {
  method: {
    password: { zh: '密码', en: 'password' },
    oidc: { zh: '统一认证', en: 'identity provider' },
  },
}

export function Keepers() {
  const { t } = useLanguage()
  // Fixed when the page is opened, so that asking again asks the same.
  const [now] = useState(() => Date.now())
  const since = (ms: number): string => new Date(now - ms).toISOString()
  return (
    <>
      <Health />
      <RowsPart
        query="signInEvents"
        title={{ zh: '一周内失败的登录', en: 'Failed sign-ins of a week' }}
        input={{ since: since(FAILED_MS), result: 'failed' }}
        columns={['at', 'login', 'method', 'result']}
        choices={{ ...RESULTS, ...METHODS }}
        empty={{ zh: '一周内没有失败的登录。', en: 'Nobody failed to sign in this week.' }}
      />
      <RowsPart
        query="openSessions"
        title={{ zh: '在线会话', en: 'Open sessions' }}
        input={{ since: since(SEEN_MS) }}
        columns={['login', 'method', 'opened', 'lastSeen']}
        choices={METHODS}
        empty={{ zh: '现在没有人在线。', en: 'Nobody is signed in.' }}
      />
      <RowsPart
        query="keepingActs"
        title={{ zh: '最近的人员与权限变动', en: 'Latest changes of people and roles' }}
        columns={['recorded', 'command', 'whom', 'by', 'place']}
        empty={{ zh: '还没有变动。', en: 'Nothing was changed yet.' }}
        before={(row) => <Link href={`/w/acts/${textOf(row, 'id')}/proof`}>{t({ zh: '凭证', en: 'Proof' })}</Link>}
      />
    </>
  )
}

/** What is looked at every day even when it is well. */
const ALWAYS: readonly string[] = ['passwords', 'backup']

function Health() {
  const { t } = useLanguage()
  const { ask, role } = useSession()
  const asked = useQuery({ queryKey: ['doctor', role?.role], queryFn: () => ask<Diagnosis>('/api/v1/doctor') })
  const title = { zh: '系统体检', en: 'Health of the system' }
  if (asked.isPending) return <Waiting />
  if (asked.isError) return <Failed error={asked.error} again={() => void asked.refetch()} />
  const { checks } = asked.data
  const count = (level: Level): number => checks.filter((c) => c.level === level).length
  const shown = checks.filter((c) => c.level !== 'green' || ALWAYS.includes(c.name))
  return (
    <Part
      title={title}
      actions={<Link href="/w/doctor">{t({ zh: '全部项目、打印', en: 'All of it, to print' })}</Link>}
    >
      <p role="status">
        {t({
          zh: `红 ${count('red')} 项，黄 ${count('yellow')} 项，正常 ${count('green')} 项。`,
          en: `${count('red')} red, ${count('yellow')} yellow, ${count('green')} well.`,
        })}
      </p>
      <ChecksTable title={title} checks={shown} />
    </Part>
  )
}
