// All pages of the workbench by their address, each a part of its own that the browser fetches when it is first opened.
// A chapter with pages of its own adds them here and its entries in frame/menu-tree.ts.

import { lazy, type ComponentType } from 'react'
import { CERTIFICATE_PAGES } from './certificates/pages.ts'
import { GEP_PAGES } from './gep/pages.ts'
import { NOTICE_PAGES } from './notices/pages.ts'
import { PARTY_PAGES } from './parties/pages.ts'

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
  { path: '/w/acts/:id', page: lazy(async () => ({ default: (await import('./acts/act-page.tsx')).ActPage })) },
  {
    path: '/w/acts/:id/proof',
    page: lazy(async () => ({ default: (await import('./acts/proof-page.tsx')).ProofPage })),
  },
  {
    path: '/w/why/posting/:id',
    page: lazy(async () => ({ default: (await import('./acts/act-page.tsx')).WhyPostingPage })),
  },
  { path: '/w/history', page: lazy(async () => ({ default: (await import('./acts/history-page.tsx')).HistoryPage })) },
  {
    path: '/w/password',
    page: lazy(async () => ({ default: (await import('./sign-in/change-password.tsx')).PasswordPage })),
  },
  { path: '/w/imports', page: lazy(async () => ({ default: (await import('./imports/import-page.tsx')).ImportPage })) },
  { path: '/w/units', page: lazy(async () => ({ default: (await import('./land/units-page.tsx')).UnitsPage })) },
  { path: '/w/units/:id', page: lazy(async () => ({ default: (await import('./land/unit-page.tsx')).UnitPage })) },
  { path: '/w/ledger', page: lazy(async () => ({ default: (await import('./ledger/ledger-page.tsx')).LedgerPage })) },
  {
    path: '/w/retirements/:id',
    page: lazy(async () => ({ default: (await import('./ledger/retirement-page.tsx')).RetirementPage })),
  },
  { path: '/w/people', page: lazy(async () => ({ default: (await import('./people/people-page.tsx')).PeoplePage })) },
  {
    path: '/w/organisations',
    page: lazy(async () => ({ default: (await import('./people/organisations-page.tsx')).OrganisationsPage })),
  },
  {
    path: '/w/regions',
    page: lazy(async () => ({ default: (await import('./people/regions-page.tsx')).RegionsPage })),
  },
  { path: '/w/rules', page: lazy(async () => ({ default: (await import('./grounds/rules-page.tsx')).RulesPage })) },
  { path: '/w/rules/:id', page: lazy(async () => ({ default: (await import('./grounds/rule-page.tsx')).RulePage })) },
  {
    path: '/w/clauses',
    page: lazy(async () => ({ default: (await import('./grounds/clauses-page.tsx')).ClausesPage })),
  },
  { path: '/w/doctor', page: lazy(async () => ({ default: (await import('./health/doctor-page.tsx')).DoctorPage })) },
  { path: '/w/remind', page: lazy(async () => ({ default: (await import('./remind/remind-page.tsx')).RemindPage })) },
  { path: '/w/term', page: lazy(async () => ({ default: (await import('./term/term-page.tsx')).TermPage })) },
  ...PARTY_PAGES,
  ...NOTICE_PAGES,
  ...CERTIFICATE_PAGES,
  {
    path: '/w/handover',
    page: lazy(async () => ({ default: (await import('./handover/handover-page.tsx')).HandOverPage })),
  },
  { path: '/w/brief', page: lazy(async () => ({ default: (await import('./brief/brief-page.tsx')).BriefPage })) },
  ...GEP_PAGES,
]
