// Signing in: login and password, and the code of the authenticator once the server asks for it. The address that was
// opened stays, so that a link from a colleague leads there after signing in, whichever way it is done.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import type { Text } from '../../kernel/index.ts'
import { address, call, Refused } from '../api/call.ts'
import { SESSION, type Me } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'
import { Door, Line } from './door.tsx'

const TITLE: Text = { zh: '登录', en: 'Sign in' }

export function SignIn() {
  const { t } = useLanguage()
  const asked = useQueryClient()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const signIn = useMutation({
    mutationFn: () =>
      call<Me>('/api/v1/session', {
        method: 'POST',
        body: { login: login.trim(), password, ...(code === '' ? {} : { code: code.trim() }) },
      }),
    onSuccess: (me) => {
      // Where a session ran out, what its person was shown is still kept; the next one may be somebody else.
      asked.removeQueries({ type: 'inactive' })
      asked.setQueryData(SESSION, me)
    },
  })
  const wantsCode =
    code !== '' ||
    (signIn.error instanceof Refused && signIn.error.problems.some((p) => p.code === 'identity.code-wanted'))
  const submit = (e: SyntheticEvent): void => {
    e.preventDefault()
    if (!signIn.isPending) signIn.mutate()
  }
  return (
    <Door title={TITLE}>
      <p className="about">
        {t({
          zh: '生态产品价值核算与实现平台',
          en: 'Platform for ecosystem accounts and the realisation of their value',
        })}
      </p>
      <form onSubmit={submit}>
        <Line
          id="login"
          label={{ zh: '登录名', en: 'Login name' }}
          autoComplete="username"
          autoFocus
          required
          value={login}
          set={setLogin}
        />
        <Line
          id="password"
          label={{ zh: '密码', en: 'Password' }}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          set={setPassword}
        />
        {wantsCode && (
          <Line
            id="code"
            label={{ zh: '验证器上的六位数字', en: 'Six digits of your authenticator' }}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            set={setCode}
          />
        )}
        {signIn.isError && <Problems problems={saidOf(signIn.error)} />}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t(TITLE)}
        </Button>
      </form>
      <OtherWay />
      <p className="hint">
        <a href="/public/">{t({ zh: '公开结果（不用登录）', en: 'Published results (no sign-in)' })}</a>
        {' · '}
        <a href="/verify">{t({ zh: '核验凭证', en: 'Verify a proof' })}</a>
      </p>
    </Door>
  )
}

interface Ways {
  readonly provider?: { readonly title: Text; readonly begin: string }
}

/** The identity provider of the office, where the house has one. It leads back to the page that was opened. */
function OtherWay() {
  const { t } = useLanguage()
  const ways = useQuery({ queryKey: ['ways'], queryFn: () => call<Ways>('/api/v1/sign-in-ways'), staleTime: Infinity })
  const provider = ways.data?.provider
  if (!provider) return null
  const { pathname, search } = window.location
  return (
    <Button block href={address(provider.begin, { to: pathname + search })}>
      {t(provider.title)}
    </Button>
  )
}
