// Pages of parties and letters by their addresses, their entries in the menu, and what need not stand in the menu a second time.

import { lazy } from 'react'
import type { MenuEntry } from '../frame/menu-tree.ts'
import type { PageAt } from '../pages.ts'

export const PARTY_PAGES: readonly PageAt[] = [
  { path: '/w/parties', page: lazy(async () => ({ default: (await import('./parties-page.tsx')).PartiesPage })) },
  {
    path: '/w/parties/new',
    page: lazy(async () => ({ default: (await import('./register-page.tsx')).RegisterPartyPage })),
  },
  { path: '/w/parties/:id', page: lazy(async () => ({ default: (await import('./party-page.tsx')).PartyPage })) },
]

export const PARTY_MENU: readonly MenuEntry[] = [
  { title: { zh: '当事人', en: 'Parties' }, to: '/w/parties', needs: ['parties', 'findParties'] },
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
  'parties',
  'findParties',
  'partyDoubles',
  'mandates',
  'successions',
  'bankAccounts',
]
