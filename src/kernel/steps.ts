// Long work cut into steps: a generator that yields wherever somebody else may have a turn. One writing of the work serves a
// terminal, which wants it done at once, and a server, which must answer others meanwhile.
// Always holds: both ways give the same result, and an error comes out as it was thrown.

export type Steps<T> = Generator<void, T, void>

/** Done without a stop. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Where nobody has to wait for a turn, nothing is returned. */
export type GiveWay = () => Promise<void> | undefined

/** Done with a chance for others between the steps; whether they get one is up to `giveWay`. */
export async function inTurns<T>(steps: Steps<T>, giveWay: GiveWay): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await giveWay()
  }
}
