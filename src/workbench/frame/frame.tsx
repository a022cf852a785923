// The frame of every page: who sits here in which role, the menu by role on the left, the page. One reaches the page by
// the first key (skip link), and printing leaves only the page.

import { Button } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { call } from '../api/call.ts'
import { useMenu } from '../api/menu.ts'
import { SESSION, useSession } from '../api/session.tsx'
import { useLanguage } from '../language.tsx'
import { keep, kept } from '../kept.ts'
import { menuTree } from './menu-tree.ts'

export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useLanguage()
  return (
    <div className="frame">
      <a className="skip" href="#page">
        {t({ zh: '跳到正文', en: 'Skip to the page' })}
      </a>
      <Header />
      <MenuTree />
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

export function LanguageButton() {
  const { lang, change } = useLanguage()
  return (
    <Button size="small" lang={lang === 'zh' ? 'en' : 'zh-CN'} onClick={() => change(lang === 'zh' ? 'en' : 'zh')}>
      {lang === 'zh' ? 'English' : '中文'}
    </Button>
  )
}

function Header() {
  const { t } = useLanguage()
  const { me, role, changeRole } = useSession()
  const asked = useQueryClient()
  const [, go] = useLocation()
  const signOut = async (): Promise<void> => {
    await call('/api/v1/session', { method: 'DELETE' }).catch(() => undefined)
    // What stood on the screen goes too: the next person starts at the beginning. The session itself is told, not removed:
    // who watches it would not hear of another in its place.
    go('/w')
    asked.setQueryData(SESSION, null)
    asked.removeQueries({ predicate: ({ queryKey: [first] }) => first !== SESSION[0] })
  }
  return (
    <header className="header">
      <Link href="/w" className="brand">
        青山 <span lang="en">Qingshan</span>
      </Link>
      <span className="fill" />
      {role && (
        <label className="role">
          <span>{t({ zh: '角色', en: 'Role' })}</span>
          <select
            value={role.role}
            onChange={(e) => {
              changeRole(e.target.value)
              go('/w')
            }}
          >
            {me.roles.map((r) => (
              <option key={r.role} value={r.role}>
                {t(r.title)}
                {r.places.length > 0 ? ` · ${placesOf(r.places, t({ zh: '、', en: ', ' }))}` : ''}
              </option>
            ))}
          </select>
        </label>
      )}
      <Link href="/w/password" title={t({ zh: '修改密码', en: 'Change password' })}>
        {me.person.name || me.person.login}
      </Link>
      <LanguageButton />
      <Button size="small" onClick={() => void signOut()}>
        {t({ zh: '退出', en: 'Sign out' })}
      </Button>
    </header>
  )
}

const placesOf = (places: readonly { readonly name: string }[], comma: string): string =>
  places.length <= 2 ? places.map((p) => p.name).join(comma) : `${places[0]!.name}…（${places.length}）`

function MenuTree() {
  const { t } = useLanguage()
  const [at] = useLocation()
  const state = useMenu()
  return (
    <nav className="menu" aria-label={t({ zh: '菜单', en: 'Menu' })}>
      {menuTree(state).map(({ title, entries }) => {
        const key = `menu.${title.zh}`
        const inside = entries.some((e) => e.to === at)
        return (
          <details
            key={key}
            open={inside || kept(key) !== 'closed'}
            onToggle={(e) => keep(key, e.currentTarget.open ? 'open' : 'closed')}
          >
            <summary>{t(title)}</summary>
            <ul>
              {entries.map((e) => (
                <li key={e.to}>
                  <Link href={e.to} {...(e.to === at ? { 'aria-current': 'page' as const } : {})}>
                    {t(e.title)}
                  </Link>
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </nav>
  )
}
