// Units whose shape was changed after their notice was posted: what the public read is no longer what stands, so the notice does
// not count for them. Decided: such a unit wants a new notice, of itself or of its import; the others of the import do not.
// The order of acts is that of the log, not of days or of ids that callers made.

import { list, sql, type Reader } from '../store/index.ts'

export interface Reshaped {
  readonly unit: string
  readonly name: string
  /** Of the last notice that was posted. */
  readonly number: string
}

/** A brought shape never counts as changed: the id of its import follows from the file. Withdrawn notices do not count.
 *  @param announced what the notice is about, `import:…` or `unit:…` @returns none where nothing was posted: the gate says so */
export const reshapedSince = (
  reader: Reader,
  units: readonly string[],
  announced: string,
): Promise<readonly Reshaped[]> =>
  reader.query<Reshaped>(
    sql`select p.id::text as unit, p.name, n.number
        from place_unit p
          join place_unit_shape s on s.unit = p.id and s.version = p.version
          join log_leaf changed on changed.act = s.act
          cross join (select n.number, l.leaf_index from public_notice n join log_leaf l on l.act = n.id
            where n.about = ${announced} and n.status <> 'withdrawn' order by l.leaf_index desc limit 1) n
        where p.id = any(${list('uuid', [...units])}) and not (p.batch is not null and s.version = 1)
          and changed.leaf_index > n.leaf_index
        order by p.name, p.id`,
  )
