// Finds personal codes and names by equality without reading them all: a keyed hash of each, in a table that follows from what
// stands. It is brought up to date whenever somebody looks, so no act needs to hold a hash, and erasing leaves none.
// Always holds: an erased value is not found; with another key of the house the table is made again.

import { createHash } from 'node:crypto'
import { normaliseCode, passportNumber } from '../../kernel/index.ts'
import { keyedHash } from '../imports/index.ts'
import { insertMissingRows, sql, type Reader } from '../store/index.ts'
import { allBankAccounts, allParties } from './read-party.ts'
import { lookupTable } from './schema.ts'

export type LookupKind = 'id-number' | 'passport' | 'name' | 'bank'

/** One writing of a value, whoever wrote it. */
export const plainValue = (kind: LookupKind, given: string): string => {
  if (kind === 'passport') return passportNumber(given) ?? normaliseCode(given)
  return kind === 'name' ? given.normalize('NFKC').replace(/[\s·•．.]/g, '') : normaliseCode(given)
}

export const lookupHash = (key: Uint8Array, kind: LookupKind, given: string): string =>
  keyedHash(key, `party ${kind}`, plainValue(kind, given))

const keyId = (key: Uint8Array): string => createHash('sha256').update('key id').update(key).digest('hex').slice(0, 16)

/** Values hashed at a time. */
const PAGE = 5_000

/** Hashes what has come since, lets go of what was erased or hashed with another key. */
export async function bringUpToDate(reader: Reader, key: Uint8Array): Promise<void> {
  const id = keyId(key)
  await reader.query(sql`delete from party_lookup where key_id <> ${id} and hash <> ''`)
  for (;;) {
    const fresh = await reader.query<{ commitment: string; kind: LookupKind; value: string }>(
      sql`with named as (
            select id_number as commitment, 'id-number' as kind from ${allParties()} p where id_number is not null
            union all select passport, 'passport' from ${allParties()} p where passport is not null
            union all select name, 'name' from ${allParties()} p where kind in ('person', 'household')
            union all select number, 'bank' from ${allBankAccounts()} b)
          select n.commitment, n.kind, v.value from named n join personal_value v on v.commitment = n.commitment
          where v.value is not null and not exists (select 1 from party_lookup l where l.commitment = n.commitment)
          limit ${PAGE}::int4`,
    )
    if (fresh.length === 0) return
    await reader.query(
      insertMissingRows(
        lookupTable,
        fresh.map(({ commitment, kind, value }) => ({
          commitment,
          kind,
          hash: lookupHash(key, kind, value),
          key_id: id,
        })),
      ),
    )
  }
}

/** Commitments of an equal value. */
export async function findCommitments(
  reader: Reader,
  key: Uint8Array,
  kind: LookupKind,
  given: string,
): Promise<readonly string[]> {
  await bringUpToDate(reader, key)
  const rows = await reader.query<{ commitment: string }>(
    sql`select l.commitment from party_lookup l join personal_value v on v.commitment = l.commitment
        where l.hash = ${lookupHash(key, kind, given)} and l.kind = ${kind} and v.value is not null`,
  )
  return rows.map((r) => r.commitment)
}
