// What of the house the office needs, given to it when the house is put together.

import type { FindFile } from '../../../core/files/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { storedPackages, type Packages } from './stored-package.ts'

export interface OfficeWorld {
  /** Account packages of the file store, the same ones that the rest of the house looks into. */
  readonly packages: Packages
  readonly findFile: FindFile
  /** The rules that come along with the program, for looking up. */
  readonly book: RuleBook | undefined
}

/** A house that only tells what it could do: documents of the interface, a list of commands. */
export const NO_WORLD: OfficeWorld = {
  packages: storedPackages(() => Promise.resolve(undefined)),
  findFile: () => Promise.resolve(undefined),
  book: undefined,
}
