// Turns: of several batches under way one decides at a time. Batches are numbered as they are taken; one that must be decided again
// comes before those behind it, so that who submitted first is decided first, whatever fails.

/** Gives the turn back; calling twice is the same as once. */
export type Leave = () => void

export interface Turns {
  /** Waits for the turn. Of those who wait, who has the lowest number is next; of equal ones, who came first. */
  take(number: number): Promise<Leave>
  /** Whether somebody waits whose number is lower. */
  waitsBefore(number: number): boolean
}

export function turns(): Turns {
  let taken = false
  const waiting: { readonly number: number; readonly go: () => void }[] = []
  const leaving = (): Leave => {
    let left = false
    return () => {
      if (left) return
      left = true
      const next = waiting.shift()
      if (next) next.go()
      else taken = false
    }
  }
  return {
    take: async (number) => {
      if (taken)
        await new Promise<void>((go) => {
          const behind = waiting.findIndex((w) => w.number > number)
          waiting.splice(behind < 0 ? waiting.length : behind, 0, { number, go })
        })
      taken = true
      return leaving()
    },
    waitsBefore: (number) => (waiting[0]?.number ?? number) < number,
  }
}
