// Who may do and see what, as a table of data and as a page an office can read and sign.

import { describeForm, GRADE_TITLES, type FieldRow, type Text } from '../../../kernel/index.ts'
import type { Declared } from './declared.ts'

/** As much of a role as the table needs; roles themselves are declared further to the right. */
export interface NamedRole {
  readonly id: string
  readonly title: Text
}

export interface AskedOf {
  readonly kind: 'command' | 'query'
  readonly name: string
  readonly groups?: readonly string[]
}

export interface PermissionRow {
  readonly kind: 'command' | 'query'
  readonly name: string
  readonly title: Text
  readonly clause?: string
  /** Whether it may wait for approval before it takes effect. */
  readonly approval: boolean
  /** Ids of the roles that may, in the order given. */
  readonly roles: readonly string[]
  /** What is submitted, or what a query shows. */
  readonly fields: readonly FieldRow[]
}

/** @param may whether a role may run it anywhere at all; place and organisation are judged for each request */
export function permissionRows<R extends NamedRole>(
  { commands, queries }: Declared,
  roles: readonly R[],
  may: (role: R, asked: AskedOf) => boolean,
): readonly PermissionRow[] {
  const who = (kind: AskedOf['kind'], { name, groups }: Omit<AskedOf, 'kind'>): readonly string[] =>
    roles.filter((role) => may(role, { kind, name, ...(groups ? { groups } : {}) })).map((role) => role.id)
  return [
    ...commands.map((c): PermissionRow => ({
      kind: 'command',
      name: c.name,
      title: c.title,
      ...(c.clause === undefined ? {} : { clause: c.clause }),
      approval: c.approval !== undefined,
      roles: who('command', c),
      fields: describeForm(c.input),
    })),
    ...queries.map((q): PermissionRow => ({
      kind: 'query',
      name: q.name,
      title: q.title,
      approval: false,
      roles: who('query', q),
      fields: describeForm(q.row),
    })),
  ]
}

/** The page: roles, then each command and query with who may, then the fields with their grades. Markdown. */
export function permissionPage(rows: readonly PermissionRow[], roles: readonly NamedRole[]): string {
  const titleOf = new Map(roles.map((role) => [role.id, role.title]))
  const names = (ids: readonly string[], lang: 'zh' | 'en'): string =>
    ids.length === 0
      ? { zh: '（无）', en: '(nobody)' }[lang]
      : ids.map((id) => titleOf.get(id)?.[lang] ?? id).join({ zh: '、', en: ', ' }[lang])
  return [
    '# Permissions 权限表',
    '',
    'Made from the declared commands and queries and the role files. 由业务声明和角色文件生成。',
    '',
    '| name | 名称 | who may | 谁可以 | approval 审批 | clause 依据 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) =>
      line([
        `\`${row.name}\` ${row.title.en}`,
        row.title.zh,
        names(row.roles, 'en'),
        names(row.roles, 'zh'),
        row.approval ? '✓' : '',
        row.clause ?? '',
      ]),
    ),
    ...rows.flatMap((row) => ['', `## \`${row.name}\` ${row.title.zh}`, '', ...fieldTable(row.fields)]),
    '',
  ].join('\n')
}

const fieldTable = (fields: readonly FieldRow[]): readonly string[] =>
  fields.length === 0
    ? ['No fields. 没有字段。']
    : [
        '| field 字段 | title 名称 | kind 类型 | grade 保密等级 | required 必填 |',
        '| --- | --- | --- | --- | --- |',
        ...fields.map((f) => {
          const grade = GRADE_TITLES[f.grade]
          return line([
            `\`${f.path}\``,
            `${f.title.zh} ${f.title.en}`,
            f.unit ? `${f.kind} (${f.unit})` : f.kind,
            `${grade.zh} ${grade.en}`,
            f.required ? '✓' : '',
          ])
        }),
      ]

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
