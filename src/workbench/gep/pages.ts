// The pages of the account (GEP) and where they stand in the menu.

import { lazy } from 'react'
import type { MenuEntry } from '../frame/menu-tree.ts'
import type { PageAt } from '../pages.ts'

const AccountPage = lazy(async () => ({ default: (await import('./account-page.tsx')).AccountPage }))

export const GEP_PAGES: readonly PageAt[] = [
  { path: '/w/gep', page: lazy(async () => ({ default: (await import('./account-list.tsx')).AccountList })) },
  { path: '/w/gep/run', page: lazy(async () => ({ default: (await import('./run-page.tsx')).RunPage })) },
  { path: '/w/gep/compare', page: lazy(async () => ({ default: (await import('./compare-page.tsx')).ComparePage })) },
  {
    path: '/w/gep/:id/opinion',
    page: lazy(async () => ({ default: (await import('./opinion-page.tsx')).OpinionPage })),
  },
  { path: '/w/gep/:id', page: AccountPage },
  { path: '/w/gep/:id/:tab', page: AccountPage },
]

export const GEP_MENU: readonly MenuEntry[] = [
  { title: { zh: '核算清单', en: 'Accounts' }, to: '/w/gep', needs: ['accounts'] },
  { title: { zh: '新核算', en: 'New account' }, to: '/w/gep/run', needs: ['registerAccount'] },
  { title: { zh: '比较两份', en: 'Compare two' }, to: '/w/gep/compare', needs: ['accounts'] },
  { title: { zh: '任期对比', en: 'A term of office' }, to: '/w/term', needs: ['termChanges'] },
  { title: { zh: '四页纸', en: 'Four pages' }, to: '/w/brief', needs: ['comments'] },
  { title: { zh: '部门要交的表', en: 'Tables owed' }, to: '/w/handover', needs: ['owedTables'] },
]

/** What the pages above offer at its place, so that the menu does not list it a second time. */
export const GEP_ELSEWHERE: readonly string[] = [
  'registerAccount',
  'advanceAccount',
  'commentFigure',
  'answerComment',
  'resolveComment',
  'publishAccount',
  'withdrawPublication',
  'accounts',
  'accountFigures',
  'accountFigure',
  'whyFigure',
  'weakestFigures',
  'reviewOpinion',
]
