// Counts what this process writes, so that what was answered before a write is not answered after it.
// Always holds: the count has moved on before whoever wrote hears of it.

import type { Recorder } from '../../core/record/index.ts'
import type { House } from '../house/index.ts'

export interface Watched {
  readonly house: House
  readonly writes: () => number
  /** Submissions since the start, and those under way. */
  readonly acts: () => { readonly accepted: number; readonly refused: number; readonly waiting: number }
}

export function watchWrites(house: House): Watched {
  let writes = 0
  const counted = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      return await write()
    } finally {
      writes += 1
    }
  }
  const { recorder } = house
  let [accepted, refused, waiting] = [0, 0, 0]
  const watched: Recorder = {
    ...recorder,
    submit: (submission) =>
      counted(async () => {
        waiting += 1
        try {
          const outcome = await recorder.submit(submission)
          if (outcome.ok) accepted += 1
          else refused += 1
          return outcome
        } finally {
          waiting -= 1
        }
      }),
    writeLoose: (changes) => counted(() => recorder.writeLoose(changes)),
  }
  return {
    house: { ...house, recorder: watched },
    writes: () => writes,
    acts: () => ({ accepted, refused, waiting }),
  }
}
