// The states every page may be in, designed once: waiting, nothing there, not allowed, failed. Each says in words what is
// the matter and what to do next; none speaks by colour alone.

import { Alert, Button, Spin } from 'antd'
import type { ReactNode } from 'react'
import type { Text } from '../kernel/index.ts'
import { Refused, type Said } from './api/call.ts'
import { useLanguage } from './language.tsx'

export function Waiting() {
  const { t } = useLanguage()
  return (
    <div className="state" role="status">
      <Spin /> <span>{t({ zh: '正在读取…', en: 'Reading…' })}</span>
    </div>
  )
}

/** @param what says what is missing, and what would bring it here */
export function Nothing({ what, children }: { readonly what: Text; readonly children?: ReactNode }) {
  const { t } = useLanguage()
  return (
    <div className="state nothing" role="status">
      <p>{t(what)}</p>
      {children}
    </div>
  )
}

const UNKNOWN: Said = {
  code: 'workbench.bug',
  severity: 'red',
  zh: '页面出了意外。',
  en: 'The page met something unexpected.',
  hint: {
    zh: '刷新页面再试；还是这样，请把下面的文字告诉信息中心。',
    en: 'Reload and try again; if it stays, tell the text below to the information centre.',
  },
}

export const saidOf = (error: unknown): readonly Said[] =>
  error instanceof Refused ? error.problems : [{ ...UNKNOWN, hint: { ...UNKNOWN.hint!, ...said(error) } }]

const said = (error: unknown): Text => ({
  zh: `${UNKNOWN.hint!.zh} ${String(error)}`,
  en: `${UNKNOWN.hint!.en} ${String(error)}`,
})

/** Not allowed (403) reads differently from not done: the first is nobody's mistake. */
export function Failed({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const { t } = useLanguage()
  const forbidden = error instanceof Refused && error.status === 403
  return (
    <div className="state">
      <Alert
        type={forbidden ? 'warning' : 'error'}
        showIcon
        title={
          forbidden
            ? t({ zh: '您现在的角色不能看这里。', en: 'Your present role may not see this.' })
            : t({ zh: '没有办成。', en: 'This did not work.' })
        }
        description={<Problems problems={saidOf(error)} />}
      />
      {again && !forbidden && (
        <p>
          <Button onClick={again}>{t({ zh: '再试一次', en: 'Try again' })}</Button>
        </p>
      )}
    </div>
  )
}

/** Problems as sentences with what to do next; announced when they appear. */
export function Problems({ problems }: { readonly problems: readonly Said[] }) {
  const { t } = useLanguage()
  return (
    <div role="alert">
      <ul className="problems">
        {problems.map((p, i) => (
          <li key={i}>
            <strong>{p.severity === 'yellow' ? t({ zh: '【需说明】', en: '[Explain] ' }) : ''}</strong>
            {t(p)} {p.hint && <span className="hint">{t(p.hint)}</span>}{' '}
            <code className="code" title={t({ zh: '问题代码', en: 'code of the problem' })}>
              {p.code}
            </code>
          </li>
        ))}
      </ul>
    </div>
  )
}
