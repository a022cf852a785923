// Turns: of several batches under way one decides at a time, and each is written after the one decided before it.

/** Who has the turn gives it back by calling what it was given; calling twice is the same as once. */
export function turns(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let leave!: () => void
    last = new Promise((resolve) => (leave = resolve))
    await before
    return leave
  }
}
