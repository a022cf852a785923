// What a permit need not read again where nobody else writes to the database: the grants of people and which regions lie in which.
// It is given up as soon as a batch is decided that writes one of its tables, and read again once that batch has ended; so a batch
// whose people are known is decided while the one before it is still being written.
// Always holds: what is kept is what the database would answer.

import type { Grant } from './permission.ts'

/** Tables that a permit rests on. */
export const PERMIT_TABLES: ReadonlySet<string> = new Set([
  'person',
  'role_grant',
  'region',
  'region_closure',
  'region_edition',
])
/** People and pairs of regions that are kept; beyond, all are given up. */
const MOST = 50_000

/** Pairs of an ancestor and a descendant, as one text. */
export const pairOf = (ancestor: string, descendant: string): string => `${ancestor} ${descendant}`

export interface KeptGrants {
  /** The grants of a person and those they rest on; reads those of all who are not known together. */
  grantsOf(
    people: readonly string[],
    read: (unknown: readonly string[]) => Promise<readonly Grant[]>,
  ): Promise<readonly Grant[]>
  /** Which of the places lie within which; reads where one pair is not known.
   *  @param edition of the regions: in one edition they never change, whoever writes */
  coversOf(
    ancestors: readonly string[],
    descendants: readonly string[],
    read: () => Promise<ReadonlySet<string>>,
    edition?: number,
  ): Promise<(ancestor: string, descendant: string) => boolean>
  forget(): void
}

export function keptGrants(): KeptGrants {
  const grants = new Map<string, readonly Grant[]>()
  const pairs = new Map<string, boolean>()
  const forget = (): void => {
    grants.clear()
    pairs.clear()
  }
  return {
    grantsOf: async (people, read) => {
      const unknown = people.filter((p) => !grants.has(p))
      if (unknown.length > 0) {
        const found = await read(unknown)
        if (grants.size + unknown.length > MOST) forget()
        for (const person of unknown) grants.set(person, grantsFor(person, found))
        // Some of the others may have been given up just now.
        if (people.some((p) => !grants.has(p))) return read(people)
      }
      return onceEach(people.flatMap((p) => grants.get(p)!))
    },
    coversOf: async (ancestors, descendants, read, edition) => {
      const named = (pair: string): string => `${edition ?? ''} ${pair}`
      const all = ancestors.flatMap((a) => descendants.map((d) => pairOf(a, d)))
      if (all.some((pair) => !pairs.has(named(pair)))) {
        const found = await read()
        if (pairs.size + all.length > MOST) pairs.clear()
        if (all.length > MOST) return (ancestor, descendant) => found.has(pairOf(ancestor, descendant))
        for (const pair of all) pairs.set(named(pair), found.has(pair))
      }
      return (ancestor, descendant) => pairs.get(named(pairOf(ancestor, descendant))) === true
    },
    forget,
  }
}

/** Those of the person, and of the absent ones whom the person stands in for. */
function grantsFor(person: string, all: readonly Grant[]): readonly Grant[] {
  const own = all.filter((g) => g.person === person)
  const absent = new Set(own.flatMap((g) => (g.standInFor === undefined ? [] : [g.standInFor])))
  return [...own, ...all.filter((g) => g.person !== person && g.standInFor === undefined && absent.has(g.person))]
}

const onceEach = (all: readonly Grant[]): readonly Grant[] => [...new Map(all.map((g) => [g.id, g])).values()]
