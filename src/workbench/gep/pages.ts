// The pages of the account (GEP) and where they stand in the menu. Empty until they are there.

import type { MenuEntry } from '../frame/menu-tree.ts'
import type { PageAt } from '../pages.ts'

export const GEP_PAGES: readonly PageAt[] = []
export const GEP_MENU: readonly MenuEntry[] = []
