// One's own password: at the first sign-in before anything else, later from the name in the header. The server says what
// a password needs; here it is only typed twice alike.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import type { Text } from '../../kernel/index.ts'
import type { Said } from '../api/call.ts'
import { SESSION, useSession } from '../api/session.tsx'
import { Door, Line } from './door.tsx'
import { OpenSessions } from './open-sessions.tsx'
import { Page } from '../frame/page.tsx'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'

const TITLE: Text = { zh: '修改密码', en: 'Change password' }
const NEEDS: Text = {
  zh: '至少十个字符，含大写、小写、数字、符号中的三种，不能含登录名。',
  en: 'At least ten characters of three kinds out of capitals, small letters, digits and signs; not your login name.',
}
const DIFFER: Said = {
  code: 'workbench.passwords-differ',
  severity: 'red',
  zh: '两次输入的新密码不一样。',
  en: 'The new password was typed differently the second time.',
}

/** The whole screen, before anything else is shown. */
export function ChangePassword() {
  const { t } = useLanguage()
  return (
    <Door title={TITLE}>
      <p className="about">
        {t({
          zh: '现在的密码是别人设的，或已到期。请先改成只有您自己知道的。',
          en: 'Your password was set by somebody else or has expired. Choose one that only you know.',
        })}
      </p>
      <PasswordForm />
    </Door>
  )
}

export function PasswordPage() {
  return (
    <Page title={TITLE}>
      <div className="narrow">
        <PasswordForm />
      </div>
      <OpenSessions />
    </Page>
  )
}

const CHOSEN = { type: 'password', autoComplete: 'new-password', required: true } as const

function PasswordForm() {
  const { t } = useLanguage()
  const { ask, me } = useSession()
  const asked = useQueryClient()
  const [old, setOld] = useState('')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [differ, setDiffer] = useState(false)
  const change = useMutation({
    mutationFn: () => ask('/api/v1/password', { method: 'POST', body: { old, new: first } }),
    onSuccess: async () => {
      setOld('')
      setFirst('')
      setSecond('')
      await asked.invalidateQueries({ queryKey: SESSION })
    },
  })
  const submit = (e: SyntheticEvent): void => {
    e.preventDefault()
    setDiffer(first !== second)
    if (first === second && !change.isPending) change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <input hidden readOnly autoComplete="username" value={me.person.login} />
      <Line
        id="old"
        label={{ zh: '现在的密码', en: 'Present password' }}
        type="password"
        autoComplete="current-password"
        required
        value={old}
        set={setOld}
      />
      <Line id="new" label={{ zh: '新密码', en: 'New password' }} {...CHOSEN} value={first} set={setFirst} />
      <p className="hint">{t(NEEDS)}</p>
      <Line
        id="again"
        label={{ zh: '再输一次新密码', en: 'New password again' }}
        {...CHOSEN}
        value={second}
        set={setSecond}
      />
      {differ && <Problems problems={[DIFFER]} />}
      {change.isError && <Problems problems={saidOf(change.error)} />}
      {change.isSuccess && (
        <p role="status" className="good">
          ✓ {t({ zh: '密码已修改。', en: 'The password is changed.' })}
        </p>
      )}
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        {t(TITLE)}
      </Button>
    </form>
  )
}
