// Names for the ids that stand in the record: people by login name and sealed name, organisations and regions as they are called
// now.

import type { Directory } from '../record/index.ts'
import { list, sql } from '../store/index.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const directory: Directory = {
  people: async (reader, ids) => {
    if (ids.length === 0) return new Map()
    const rows = await reader.query<{ id: string; login: string; name: string }>(
      sql`select id::text as id, login, name from person where id = any(${list('uuid', ids)})`,
    )
    return new Map(rows.map(({ id, login, name }) => [id, { login, name }]))
  },
  owners: async (reader, ids) => {
    if (ids.length === 0) return new Map()
    const rows = await reader.query<{ id: string; name: string }>(
      sql`select id::text as id, name from organisation where id = any(${list(
        'uuid',
        ids.filter((i) => UUID.test(i)),
      )})
          union all
          select code as id, name_zh as name from region
          where edition = (select edition from region_edition where in_force) and code = any(${list('text', ids)})`,
    )
    return new Map(rows.map((r) => [r.id, r.name]))
  },
}
