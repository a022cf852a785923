// The pages of public notices and where they stand in the menu.

import { lazy } from 'react'
import type { MenuEntry } from '../frame/menu-tree.ts'
import type { PageAt } from '../pages.ts'

export const NOTICE_PAGES: readonly PageAt[] = [
  { path: '/w/notices', page: lazy(async () => ({ default: (await import('./notices-page.tsx')).NoticesPage })) },
  { path: '/w/notices/new', page: lazy(async () => ({ default: (await import('./publish-page.tsx')).PublishPage })) },
  { path: '/w/notices/:id', page: lazy(async () => ({ default: (await import('./notice-page.tsx')).NoticePage })) },
  {
    path: '/w/objections/:id',
    page: lazy(async () => ({ default: (await import('./notice-page.tsx')).ObjectionPage })),
  },
]

export const NOTICE_MENU: readonly MenuEntry[] = [
  { title: { zh: '公示与异议', en: 'Public notices' }, to: '/w/notices', needs: ['publicNotices'] },
  { title: { zh: '发布公示', en: 'Post a notice' }, to: '/w/notices/new', needs: ['publishNotice'] },
]

/** What the pages above offer at its place, so that the menu does not list it a second time. */
export const NOTICE_ELSEWHERE: readonly string[] = [
  'publishNotice',
  'withdrawPublicNotice',
  'objectOnPaper',
  'answerObjection',
  'closeObjection',
  'publicNotices',
  'noticeContent',
  'whatWaits',
  'objections',
]
