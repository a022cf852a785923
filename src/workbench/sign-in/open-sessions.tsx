// Where the person is signed in now, and ending what should not be: a machine one forgot, or a stranger.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../api/session.tsx'
import { Part } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Failed, Problems, saidOf, Waiting } from '../states.tsx'
import { momentText } from '../words.ts'

interface OpenSession {
  readonly id: string
  readonly opened: string
  readonly lastSeen: string
  readonly fromAddress?: string
  readonly device?: string
  readonly current: boolean
}

export function OpenSessions() {
  const { t, lang } = useLanguage()
  const { ask } = useSession()
  const asked = useQueryClient()
  const open = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => (await ask<{ sessions: readonly OpenSession[] }>('/api/v1/sessions')).sessions,
  })
  const end = useMutation({
    mutationFn: (id: string) => ask(`/api/v1/sessions/${id}`, { method: 'DELETE' }),
    onSettled: () => asked.invalidateQueries({ queryKey: ['sessions'] }),
  })
  return (
    <Part title={{ zh: '现在登录的地方', en: 'Where you are signed in' }}>
      {open.isPending ? (
        <Waiting />
      ) : open.isError ? (
        <Failed error={open.error} />
      ) : (
        <ul className="inbox">
          {open.data.map((s) => (
            <li key={s.id}>
              <span className="kind">
                {s.current ? t({ zh: '本机', en: 'here' }) : t({ zh: '别处', en: 'elsewhere' })}
              </span>
              <span>
                {[momentText(s.opened, lang), s.fromAddress, s.device?.slice(0, 80)].filter(Boolean).join(' · ')}
              </span>
              {!s.current && (
                <Button size="small" loading={end.isPending} onClick={() => end.mutate(s.id)}>
                  {t({ zh: '结束', en: 'End it' })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {end.isError && <Problems problems={saidOf(end.error)} />}
    </Part>
  )
}
