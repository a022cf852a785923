// Which requests of a batch touch what an earlier one of it touches: once that is approved, the later one may come out otherwise
// or be refused. Pure; serves whoever approves several at once and is told before anything is sent.

interface Touching {
  readonly id: string
  readonly subjects: readonly string[]
}

export interface Clash {
  /** The earlier request. */
  readonly with: string
  readonly subject: string
}

/** Acts of one person or organisation stand beside one another; they do not change the same thing. */
const SIDE_BY_SIDE = /^(person|organisation):/

/** By the id of the later request; of several earlier ones the first. */
export function clashesOf(requests: readonly Touching[]): ReadonlyMap<string, Clash> {
  const touched = new Map<string, string>()
  const clashes = new Map<string, Clash>()
  for (const { id, subjects } of requests)
    for (const subject of subjects.filter((s) => !SIDE_BY_SIDE.test(s))) {
      const earlier = touched.get(subject)
      if (earlier === undefined) touched.set(subject, id)
      else if (earlier !== id && !clashes.has(id)) clashes.set(id, { with: earlier, subject })
    }
  return clashes
}
