// What people call those who stand in the record by their ids. Whoever knows people and regions plugs it in: the record itself
// knows ids only.

import type { Reader } from '../../store/index.ts'

export interface Directory {
  /** Login names, and names as their commitments: whoever shows them leaves the opening to the reader's grade. */
  people(
    reader: Reader,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly login: string; readonly name?: string }>>
  /** Names of organisations and regions, by id and code. */
  owners(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

export const NAMELESS: Directory = {
  people: () => Promise.resolve(new Map()),
  owners: () => Promise.resolve(new Map()),
}
