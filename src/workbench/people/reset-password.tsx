// A new password for somebody else: made by the server, told once to who asked for it, good for one sign-in.

import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMenu } from '../api/menu.ts'
import { useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'

/** Who may reset a password may also take an authenticator away; the secret command itself is in no menu. */
const SAME_RIGHT = 'removeTotp'

export function ResetPassword({ person, login }: { readonly person: string; readonly login: string }) {
  const { t } = useLanguage()
  const { ask } = useSession()
  const { mayRun } = useMenu()
  const reset = useMutation({
    mutationFn: () =>
      ask<{ login: string; password: string }>(`/api/v1/people/${person}/password`, { method: 'POST', body: {} }),
  })
  if (!mayRun(SAME_RIGHT)) return null
  if (reset.isSuccess)
    return (
      <span role="status">
        {t({ zh: `${login} 的一次性密码：`, en: `Password of ${login}, for one sign-in: ` })}
        <strong className="code">{reset.data.password}</strong>
        {t({ zh: '（只显示这一次）', en: ' (shown this once)' })}
      </span>
    )
  return (
    <>
      <Button loading={reset.isPending} onClick={() => reset.mutate()}>
        {t({ zh: '重设密码', en: 'Reset the password' })}
      </Button>
      {reset.isError && <Problems problems={saidOf(reset.error)} />}
    </>
  )
}
