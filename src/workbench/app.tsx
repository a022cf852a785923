// The workbench from the outside in: who sits here, what they must do first, then the frame with one page in it. Pages are
// loaded when they are opened, so the first view stays small.

import { Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { SessionProvider, useSession } from './api/session.tsx'
import { Fallen } from './frame/fallen.tsx'
import { Frame } from './frame/frame.tsx'
import { Page } from './frame/page.tsx'
import { PAGES } from './pages.ts'
import { ChangePassword } from './sign-in/change-password.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { Nothing, Waiting } from './states.tsx'

export function App() {
  return (
    <SessionProvider signIn={<SignIn />}>
      <Office />
    </SessionProvider>
  )
}

function Office() {
  const { me, role } = useSession()
  if (me.mustChange) return <ChangePassword />
  return (
    <Frame>
      {role ? (
        // The other role sees a fresh page, not what this one had opened.
        <Fallen key={role.role}>
          <Suspense fallback={<Waiting />}>
            <Switch>
              {PAGES.map(({ path, page: Shown }) => (
                <Route key={path} path={path} component={Shown} />
              ))}
              <Route>
                <NotThere />
              </Route>
            </Switch>
          </Suspense>
        </Fallen>
      ) : (
        <NoRole />
      )}
    </Frame>
  )
}

function NotThere() {
  return (
    <Page title={{ zh: '没有这一页', en: 'No such page' }}>
      <Nothing
        what={{ zh: '地址可能写错了。请从左边的菜单打开。', en: 'The address may be wrong. Open it from the menu.' }}
      />
    </Page>
  )
}

function NoRole() {
  return (
    <Page title={{ zh: '还没有授权', en: 'No role yet' }}>
      <Nothing
        what={{
          zh: '您的账号现在没有任何有效的角色。请联系安全管理员授权。',
          en: 'Your account holds no role today. Ask the security officer for one.',
        }}
      />
    </Page>
  )
}
