// Permits as issued, and who holds what.

import { field, form, type Field, type Json } from '../../kernel/index.ts'
import { query, type AnyQuery } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'

const said = (zh: string, en: string): Field<string, string, true> => field.text({ title: { zh, en }, example: '—' })

const permits = query({
  name: 'permits',
  title: { zh: '排污权证', en: 'permits' },
  groups: ['permits'],
  input: form({
    firm: field.optional(
      field.organisation({ title: { zh: '单位', en: 'firm' }, example: '0190a5b4-0000-7000-8000-0000000000f1' }),
    ),
  }),
  row: form({
    id: said('编号', 'id'),
    number: said('证号', 'number'),
    firm: said('单位', 'firm'),
    pollutant: said('污染物', 'pollutant'),
    amountKg: said('数量（千克）', 'amount in kg'),
    place: said('行政区', 'place'),
    validFrom: said('有效期起', 'valid from'),
    validTo: said('有效期止', 'valid to'),
    basis: said('依据', 'basis'),
    status: said('状态', 'status'),
  }),
  run: (reader, input, scope) =>
    reader.query<Readonly<Record<string, Json>>>(
      sql`select p.id::text as id, p.number, p.firm::text as firm, p.pollutant, p.amount_kg::text as "amountKg", p.place,
            p.valid_from::text as "validFrom", p.valid_to::text as "validTo", p.basis, p.status
          from permit p where ${scope.within(sql`p.place`, sql`p.firm`)}
            and (${input.firm ?? null}::uuid is null or p.firm = ${input.firm ?? null}::uuid)
          order by p.number`,
    ),
})

export const marketQueries: readonly AnyQuery[] = [permits]
