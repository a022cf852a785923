// Answers to queries, kept for ten seconds while nothing is written: many people look at the same lists, and one person turns
// the pages of one list.
// Always holds: an answer is kept for one person in one role; no answer is older than the last write of this process, nor than
// the log's head where other processes write too.

import { canonicalJson, civilDateIn, type Json } from '../../kernel/index.ts'
import { readHead, type Answer, type PageAnswer, type PageWanted, type Question } from '../../core/record/index.ts'
import type { Watched } from './watch-writes.ts'

export interface Answers {
  ask(question: Question): Promise<Answer>
  /** Of a query that has a `table`. */
  page(question: Question, page: PageWanted): Promise<PageAnswer>
}

/** Beside what is written there is time itself: what is due, what has ended. */
const KEPT_MS = 10_000
const MOST_ANSWERS = 500
/** Rows of all kept answers together: some two hundred megabytes. */
const MOST_ROWS = 300_000

type Kept = Answer | PageAnswer
interface Slot {
  readonly stamp: string
  readonly until: number
  readonly answer: Promise<Kept>
  rows: number
}

/** @param clock milliseconds that only go forward */
export function answerCache({ house, writes }: Watched, clock: () => number): Answers {
  const slots = new Map<string, Slot>()
  let rows = 0
  const drop = (key: string): void => {
    rows -= slots.get(key)?.rows ?? 0
    slots.delete(key)
  }
  /** Only this process writes to an embedded database; to a server's others may. */
  const stampNow = async (): Promise<string> => {
    const today = civilDateIn(house.world.now(), house.settings.zone)
    const own = `${today} ${writes()}`
    return house.store.engine === 'pglite' ? own : `${own} ${(await readHead(house.store)).frontier.size}`
  }
  const makeRoom = (): void => {
    for (const oldest of slots.keys()) {
      if (slots.size <= MOST_ANSWERS && rows <= MOST_ROWS) return
      drop(oldest)
    }
  }

  async function keep<A extends Kept>(of: Json, make: () => Promise<A>): Promise<A> {
    const key = canonicalJson(of)
    const stamp = await stampNow()
    const known = slots.get(key)
    if (known && known.stamp === stamp && known.until > clock()) return known.answer as Promise<A>
    drop(key)
    const answer = make()
    const slot: Slot = { stamp, until: clock() + KEPT_MS, answer, rows: 0 }
    slots.set(key, slot)
    const mine = (): boolean => slots.get(key) === slot
    try {
      const given = await answer
      if (!given.ok && mine()) drop(key)
      if (given.ok && mine()) {
        slot.rows = given.rows.length
        rows += slot.rows
        makeRoom()
      }
      return given
    } catch (e) {
      if (mine()) drop(key)
      throw e
    }
  }

  const whoAsks = ({ query, role, person, input }: Question): Json => [query, role, person, input as Json]
  return {
    ask: (question) => keep(whoAsks(question), () => house.ask(question)),
    page: (question, page) => keep([whoAsks(question), { ...page }], () => house.askPage(question, page)),
  }
}
