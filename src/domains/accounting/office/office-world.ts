// What of the house the office needs, given to it when the house is put together.

import type { RuleBook } from '../../../core/rules/index.ts'

export interface OfficeWorld {
  /** Content of the file store by hash; undefined where there is none. */
  readonly readFile: (hash: string) => Promise<Uint8Array | undefined>
  readonly hasFile: (hash: string) => Promise<boolean>
  /** The rules that come along with the program, for looking up. */
  readonly book: RuleBook | undefined
}

/** A house that only tells what it could do: documents of the interface, a list of commands. */
export const NO_WORLD: OfficeWorld = {
  readFile: () => Promise.resolve(undefined),
  hasFile: () => Promise.resolve(false),
  book: undefined,
}
