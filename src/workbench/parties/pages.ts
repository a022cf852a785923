// Pages of parties, letters and documents by their addresses, their entries in the menu, and what the menu need not list a second time.

import { lazy } from 'react'
import type { MenuEntry } from '../frame/menu-tree.ts'
import type { PageAt } from '../pages.ts'

export const PARTY_PAGES: readonly PageAt[] = [
  { path: '/w/parties', page: lazy(async () => ({ default: (await import('./parties-page.tsx')).PartiesPage })) },
  {
    path: '/w/parties/new',
    page: lazy(async () => ({ default: (await import('./register-page.tsx')).RegisterPartyPage })),
  },
  {
    path: '/w/letters',
    page: lazy(async () => ({ default: (await import('../letters/letters-page.tsx')).LettersPage })),
  },
  {
    path: '/w/letters/:id',
    page: lazy(async () => ({ default: (await import('../letters/letter-page.tsx')).LetterPage })),
  },
  {
    path: '/w/documents/past',
    page: lazy(async () => ({ default: (await import('../documents/past-page.tsx')).PastDocumentsPage })),
  },
  { path: '/w/parties/:id', page: lazy(async () => ({ default: (await import('./party-page.tsx')).PartyPage })) },
]

export const PARTY_MENU: readonly MenuEntry[] = [
  { title: { zh: '当事人', en: 'Parties' }, to: '/w/parties', needs: ['parties', 'findParties'] },
  { title: { zh: '文书', en: 'Letters' }, to: '/w/letters', needs: ['letterTemplates'] },
  { title: { zh: '到期附件', en: 'Documents past their time' }, to: '/w/documents/past', needs: ['disposeDocument'] },
]

/** Commands and queries that the pages offer. */
export const PARTY_ELSEWHERE: readonly string[] = [
  'registerNaturalPerson',
  'registerHousehold',
  'registerBody',
  'updateParty',
  'mergeDoubles',
  'recordSuccession',
  'splitHousehold',
  'joinHouseholds',
  'giveMandate',
  'endMandate',
  'registerBankAccount',
  'closeBankAccount',
  'eraseParty',
  'disposeDocument',
  'registerTemplate',
  'letterTemplates',
  'parties',
  'findParties',
  'partyDoubles',
  'mandates',
  'successions',
  'bankAccounts',
]
