// How the system is: each thing that was looked at, with its state in words and what to do; printed it fits one A4 page.

import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Text } from '../../kernel/index.ts'
import { useSession } from '../api/session.tsx'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Waiting } from '../states.tsx'
import { momentText } from '../words.ts'
import { ChecksTable } from './checks-table.tsx'
import type { Diagnosis } from './diagnosis.ts'

const TITLE: Text = { zh: '系统体检', en: 'Health of the system' }

export function DoctorPage() {
  const { t, lang } = useLanguage()
  const { ask, role } = useSession()
  const asked = useQuery({
    queryKey: ['doctor', role?.role],
    queryFn: () => ask<Diagnosis>('/api/v1/doctor'),
    staleTime: 0,
  })
  return (
    <Page
      title={TITLE}
      {...(asked.data ? { about: { zh: momentText(asked.data.at, lang), en: momentText(asked.data.at, lang) } } : {})}
      actions={
        <>
          <Button onClick={() => void asked.refetch()} loading={asked.isFetching}>
            {t({ zh: '再查一遍', en: 'Look again' })}
          </Button>
          <Button onClick={() => globalThis.print()}>{t({ zh: '打印', en: 'Print' })}</Button>
        </>
      }
    >
      {asked.isPending ? (
        <Waiting />
      ) : asked.isError ? (
        <Failed error={asked.error} again={() => void asked.refetch()} />
      ) : (
        <ChecksTable title={TITLE} checks={asked.data.checks} />
      )}
    </Page>
  )
}
