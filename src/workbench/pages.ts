// All pages of the workbench by their address, each a part of its own that the browser fetches when it is first opened.
// A chapter with pages of its own adds them here and its entries in frame/menu-tree.ts.

import { lazy, type ComponentType } from 'react'
import { GEP_PAGES } from './gep/pages.ts'

export interface PageAt {
  /** As wouter reads it: `/w/acts/:id`. */
  readonly path: string
  readonly page: ComponentType
}

const HomePage = lazy(async () => ({ default: (await import('./home/home-page.tsx')).HomePage }))

export const PAGES: readonly PageAt[] = [
  { path: '/', page: HomePage },
  { path: '/w', page: HomePage },
  { path: '/w/inbox', page: lazy(async () => ({ default: (await import('./inbox/inbox-page.tsx')).InboxPage })) },
  {
    path: '/w/requests/:id',
    page: lazy(async () => ({ default: (await import('./inbox/request-page.tsx')).RequestPage })),
  },
  { path: '/w/do/:command', page: lazy(async () => ({ default: (await import('./form/form-page.tsx')).FormPage })) },
  { path: '/w/ask/:query', page: lazy(async () => ({ default: (await import('./table/query-page.tsx')).QueryPage })) },
  {
    path: '/w/password',
    page: lazy(async () => ({ default: (await import('./sign-in/change-password.tsx')).PasswordPage })),
  },
  ...GEP_PAGES,
]
