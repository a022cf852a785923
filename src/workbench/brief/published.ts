// What there is to brief about: the published accounts of the role's places, the latest first.

import { textOf } from '../table/rows.ts'
import { useRows } from '../table/use-rows.ts'
import type { YearOf } from '../term/places.ts'

/** What a brief is of. */
export interface Of {
  readonly id: string
  readonly place: string
  readonly year: string
  readonly publication: string
  readonly on: string
  /** On the record; the package still says what it was when it was computed. */
  readonly status: string
  readonly before: YearOf | undefined
}

export function usePublished() {
  const published = useRows('publications', { limit: 500 })
  const accounts = useRows('accounts', { input: { all: 'true' }, limit: 1_000 })
  const standing = (published.data?.rows ?? [])
    .filter((r) => r['status'] === 'published')
    .map((r) => ({
      account: textOf(r, 'account') ?? '',
      publication: textOf(r, 'id') ?? '',
      on: textOf(r, 'publishedOn') ?? '',
    }))
  return { published, accounts, standing }
}
