// Signing in: login and password, and the code of the authenticator once the server asks for it. The address that was
// opened stays, so that a link from a colleague leads there after signing in.

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type SyntheticEvent } from 'react'
import { call, Refused } from '../api/call.ts'
import { SESSION, type Me } from '../api/session.tsx'
import { LanguageButton } from '../frame/frame.tsx'
import { useLanguage, useTitle } from '../language.tsx'
import { Problems, saidOf } from '../states.tsx'

export function SignIn() {
  const { t } = useLanguage()
  const title = t({ zh: '登录', en: 'Sign in' })
  useTitle(title)
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
    <main className="door">
      <div className="door-card">
        <div className="page-head">
          <p className="brand">
            青山 <span lang="en">Qingshan</span>
          </p>
          <LanguageButton />
        </div>
        <h1>{title}</h1>
        <p className="about">
          {t({
            zh: '生态产品价值核算与实现平台',
            en: 'Platform for ecosystem accounts and the realisation of their value',
          })}
        </p>
        <form onSubmit={submit}>
          <label htmlFor="login">{t({ zh: '登录名', en: 'Login name' })}</label>
          <Input
            id="login"
            autoComplete="username"
            autoFocus
            required
            value={login}
            onChange={(e) => setLogin(e.target.value)}
          />
          <label htmlFor="password">{t({ zh: '密码', en: 'Password' })}</label>
          <Input
            id="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(e) => setPassword(e.target.value)}
          />
          {wantsCode && (
            <>
              <label htmlFor="code">{t({ zh: '验证器上的六位数字', en: 'Six digits of your authenticator' })}</label>
              <Input
                id="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={(e) => setCode(e.target.value)}
              />
            </>
          )}
          {signIn.isError && <Problems problems={saidOf(signIn.error)} />}
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {title}
          </Button>
        </form>
        <p className="hint">
          <a href="/public/">{t({ zh: '公开结果（不用登录）', en: 'Published results (no sign-in)' })}</a>
          {' · '}
          <a href="/verify">{t({ zh: '核验凭证', en: 'Verify a proof' })}</a>
        </p>
      </div>
    </main>
  )
}
