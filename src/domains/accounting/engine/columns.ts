// Many values of which few differ, as a list of those and a place in it for each. Serves results that are kept from run to run:
// tens of thousands of rows are read in milliseconds.

export interface Column<T> {
  readonly of: readonly T[]
  readonly at: readonly number[]
}

/** @param nameOf equal for values that are to be one; left out: the value itself */
export function column<T>(values: readonly T[], nameOf: (value: T) => unknown = (value) => value): Column<T> {
  const of: T[] = []
  const places = new Map<unknown, number>()
  const at = values.map((value) => {
    const name = nameOf(value)
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, of.length)
    return of.push(value) - 1
  })
  return { of, at }
}

export const inColumn = <T>({ of, at }: Column<T>, i: number): T => of[at[i]!]!
