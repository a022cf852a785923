// The random sample: the n acts whose SHA-256 of seed and act id is smallest. Anyone can draw it again with sha256sum, and
// nobody who did not know the seed could have kept an act out of it.

import { createHash } from 'node:crypto'

export interface Drawable {
  readonly id: string
  readonly leaf: number
}

/** SHA-256 of `SEED`, a line feed and the act's id. */
export const lotOf = (seed: string, id: string): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex')

/** @returns the sample in the order of the log */
export const drawSample = <T extends Drawable>(acts: readonly T[], count: number, seed: string): readonly T[] =>
  acts
    .map((act) => ({ act, lot: lotOf(seed, act.id) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, count)
    .map(({ act }) => act)
    .sort((a, b) => a.leaf - b.leaf)
