// What long work in memory tells while it goes. Always holds: it is asked every few million pixels, well within a second, and
// what it throws stops the work.

/** The share that is done, 0 to 1, of one step of the work. Throws to stop it. */
export type Watch = (step: TerrainStep, done: number) => void

export const TERRAIN_STEPS = ['fill', 'directions', 'order', 'accumulation', 'delivery'] as const
export type TerrainStep = (typeof TERRAIN_STEPS)[number]

/** Pixels between two calls, less one: a mask for counters. */
export const WATCHED = (1 << 21) - 1
export const UNWATCHED: Watch = () => undefined
