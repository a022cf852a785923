// Answers to queries, kept for ten seconds while nothing is written: many people look at the same lists, and one person turns
// the pages of one list.
// Always holds: an answer is kept for one person in one role; no answer is older than the last write of this process, nor than
// the log's head where other processes write too.

import { canonicalJson, civilDateIn, type Json } from '../../kernel/index.ts'
import { readHead, type Answer, type Question } from '../../core/record/index.ts'
import type { Watched } from './watch-writes.ts'

export interface Answers {
  ask(question: Question): Promise<Answer>
}

/** Beside what is written there is time itself: what is due, what has ended. */
const KEPT_MS = 10_000
const MOST_ANSWERS = 500
/** Rows of all kept answers together: some two hundred megabytes. */
const MOST_ROWS = 300_000

interface Kept {
  readonly stamp: string
  readonly until: number
  readonly answer: Promise<Answer>
  rows: number
}

/** @param clock milliseconds that only go forward */
export function answerCache({ house, writes }: Watched, clock: () => number): Answers {
  const kept = new Map<string, Kept>()
  let rows = 0
  const drop = (key: string): void => {
    rows -= kept.get(key)?.rows ?? 0
    kept.delete(key)
  }
  /** Only this process writes to an embedded database; to a server's others may. */
  const stampNow = async (): Promise<string> => {
    const today = civilDateIn(house.world.now(), house.settings.zone)
    const own = `${today} ${writes()}`
    return house.store.engine === 'pglite' ? own : `${own} ${(await readHead(house.store)).frontier.size}`
  }

  return {
    ask: async (question) => {
      const key = canonicalJson([question.query, question.role, question.person, question.input as Json])
      const stamp = await stampNow()
      const known = kept.get(key)
      if (known && known.stamp === stamp && known.until > clock()) return known.answer
      drop(key)
      const made: Kept = { stamp, until: clock() + KEPT_MS, answer: house.ask(question), rows: 0 }
      kept.set(key, made)
      try {
        const answer = await made.answer
        if (kept.get(key) !== made) return answer
        if (!answer.ok) drop(key)
        else {
          made.rows = answer.rows.length
          rows += made.rows
          for (const oldest of kept.keys()) {
            if (kept.size <= MOST_ANSWERS && rows <= MOST_ROWS) break
            drop(oldest)
          }
        }
        return answer
      } catch (e) {
        if (kept.get(key) === made) drop(key)
        throw e
      }
    },
  }
}
