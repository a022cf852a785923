// Fields that several commands of people share, and reading a person's home before a command waits.

import { field, text, type Problem, type Uuid } from '../../../kernel/index.ts'
import { sql, type Reader } from '../../store/index.ts'
import { problem } from '../problems.ts'

const EXAMPLE = '0198c3a4-0000-7000-8000-000000000001'

export const personField = field.person({ title: text('人员', 'Person'), example: EXAMPLE })
export const organisationField = field.organisation({ title: text('单位', 'Organisation'), example: EXAMPLE })
export const placeField = field.region({ title: text('区域', 'Region'), example: '430725' })
export const roleField = field.code({
  title: text('角色', 'Role'),
  pattern: /^[a-z][a-z-]{1,39}$/,
  expects: text('角色代码，例如 county-clerk', 'the code of a role such as county-clerk'),
  example: 'county-clerk',
})
export const reasonField = field.text({ title: text('理由', 'Reason'), example: '角色调整' })

/** Where a person is registered: never changes. */
export interface Home {
  readonly place: string
}

export async function homeOf(reader: Reader, person: Uuid): Promise<Home | readonly Problem[]> {
  const row = (await reader.query<Home>(sql`select place from person where id = ${person}`))[0]
  return row ?? [problem('identity.person-unknown', {})]
}

export const aboutPerson = (person: Uuid): readonly string[] => [`person:${person}`]
