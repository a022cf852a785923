// What supervision brings to the house: who may draw an audit copy of which region, answered like every other question, so
// that the law of permissions asks it too.

import { field, form, text } from '../../kernel/index.ts'
import { query, type Domain } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'

const auditReach = query({
  name: 'auditReach',
  title: text('审计范围', 'reach of an audit'),
  groups: ['audit'],
  input: form({ region: field.region({ title: text('地区', 'region'), example: '430725' }) }),
  row: form({
    region: field.region({ title: text('地区', 'region'), example: '430725' }),
    grade: field.text({ title: text('可见等级', 'grade'), example: 'personal' }),
  }),
  run: async (reader, { region }, scope) =>
    (await reader.query<{ ok: boolean }>(sql`select ${scope.within(sql`${region}::text`)} as ok`))[0]?.ok === true
      ? [{ region, grade: scope.grade }]
      : [],
})

export const supervisionDomain: Domain = {
  name: 'supervision',
  title: text('监督与审计', 'supervision and audit'),
  queries: [auditReach],
}
