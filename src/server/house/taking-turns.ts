// Long work in this process lets others have a turn: whoever asked meanwhile is answered, then the work goes on.
// Always holds: between two turns the work keeps the process for about `SLICE_MS` and one step of its own.

import type { GiveWay } from '../../kernel/index.ts'

/** As long as nobody notices, and long enough that changing over costs nothing. */
const SLICE_MS = 10

export function takingTurns(): GiveWay {
  let since = performance.now()
  return () =>
    performance.now() - since < SLICE_MS
      ? undefined
      : new Promise((resolve) =>
          setImmediate(() => {
            since = performance.now()
            resolve()
          }),
        )
}
