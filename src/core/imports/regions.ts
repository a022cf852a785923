// Whether the region of a line is in force and lies where the act is done.

import { sql, type Reader } from '../store/index.ts'

export type RegionOf = (code: string) => 'inside' | 'outside' | 'unknown'

/** @param place region of the act; everything below it is inside */
export async function regionsOf(reader: Reader, place: string): Promise<RegionOf> {
  const found = await reader.query<{ code: string; inside: boolean }>(
    sql`select r.code, c.descendant is not null as inside from region r
        left join region_closure c on c.edition = r.edition and c.descendant = r.code and c.ancestor = ${place}
        where r.edition = (select edition from region_edition where in_force) and r.valid_to is null`,
  )
  const inside = new Map(found.map((f) => [f.code, f.inside]))
  return (code) => {
    const is = inside.get(code)
    return is === undefined ? 'unknown' : is ? 'inside' : 'outside'
  }
}
