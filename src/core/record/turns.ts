// Turns: of several batches under way one decides at a time. Batches are numbered as they are taken; one that must be decided again
// keeps its place meanwhile, so that who submitted first is decided first, whatever fails.

/** Gives the turn back; calling twice is the same as once. */
export type Leave = () => void

export interface Turns {
  /** Waits for the turn. Of those who wait, who has the lowest number is next; of equal ones, who came first. */
  take(number: number): Promise<Leave>
  /** From now on nobody with a higher number gets the turn, until the place is given up. */
  keepPlace(number: number): void
  giveUpPlace(number: number): void
  /** Whether somebody with a lower number keeps a place. */
  isBehind(number: number): boolean
}

export function turns(): Turns {
  let taken = false
  const places = new Set<number>()
  const waiting: { readonly number: number; readonly go: (leave: Leave) => void }[] = []
  const isBehind = (number: number): boolean => [...places].some((place) => place < number)
  const next = (): void => {
    const first = waiting[0]
    if (taken || !first || isBehind(first.number)) return
    waiting.shift()
    taken = true
    let left = false
    first.go(() => {
      if (left) return
      left = true
      taken = false
      next()
    })
  }
  return {
    take: (number) =>
      new Promise((go) => {
        const behind = waiting.findIndex((w) => w.number > number)
        waiting.splice(behind < 0 ? waiting.length : behind, 0, { number, go })
        next()
      }),
    keepPlace: (number) => void places.add(number),
    giveUpPlace: (number) => {
      places.delete(number)
      next()
    },
    isBehind,
  }
}
