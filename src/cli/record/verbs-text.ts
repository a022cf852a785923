// Lists of verbs and the help of one, as text.

import { loadRoles, roleMay, type RoleBook } from '../../core/identity/index.ts'
import { verbs, type AnyCommand, type AnyQuery, type Registry, type Verb } from '../../core/record/index.ts'
import { GRADE_TITLES, ProblemError } from '../../kernel/index.ts'
import { houseRegistry } from '../../server/index.ts'
import { houseFolder } from '../house.ts'
import { textTable } from '../terminal.ts'
import { exampleLine, typedAs } from './verb-words.ts'

/** What can be done and asked, and by which roles. Needs no database. */
export interface Catalogue {
  readonly registry: Registry
  readonly roles: RoleBook
}

export async function catalogue(): Promise<Catalogue> {
  const { book, problems } = await loadRoles(`${houseFolder()}/roles`)
  if (problems.length > 0) throw new ProblemError(problems)
  return { registry: houseRegistry(book), roles: book }
}

type Asked = { readonly name: string; readonly groups?: readonly string[] }

const rolesOf = ({ roles }: Catalogue, kind: 'command' | 'query', { name, groups }: Asked): readonly string[] => {
  const asked = { kind, name, ...(groups ? { groups } : {}) }
  const may = roles.all.filter((r) => roleMay(r, asked))
  return may.length >= roles.all.length - 2 ? ['全部 everybody'] : may.map((r) => r.title.zh)
}

export const findVerb = (registry: Registry, kind: Verb['kind'], name: string): Verb | undefined =>
  verbs(registry).find((v) => v.kind === kind && (v.verb === name || v.name === name))

export function catalogueRows(c: Catalogue, kind: 'command' | 'query') {
  const all = verbs(c.registry)
  return c.registry.domains.flatMap((d) =>
    ((kind === 'command' ? d.commands : d.queries) ?? []).map((x: AnyCommand | AnyQuery) => ({
      domain: d.title,
      name: x.name,
      verb: all.find((v) => v.kind === kind && v.name === x.name)!.verb,
      title: x.title,
      clause: 'clause' in x ? x.clause : undefined,
      approval: 'approval' in x && x.approval !== undefined,
      roles: rolesOf(c, kind, x),
    })),
  )
}

export function catalogueText(c: Catalogue, kind: 'command' | 'query'): string {
  const rows = catalogueRows(c, kind)
  const parts = c.registry.domains.flatMap((d) => {
    const here = rows.filter((r) => r.domain === d.title)
    if (here.length === 0) return []
    const clauses = here.some((r) => r.clause !== undefined)
    const head = [
      kind === 'command' ? '业务' : '查询',
      '名称',
      '',
      ...(clauses ? ['条款'] : []),
      ...(kind === 'command' ? ['审批'] : []),
      '角色',
    ]
    const table = textTable(
      head,
      here.map((r) => [
        r.verb,
        r.title.zh,
        r.title.en,
        ...(clauses ? [r.clause ?? ''] : []),
        ...(kind === 'command' ? [r.approval ? '需' : ''] : []),
        r.roles.join('、') || '（无）',
      ]),
      head.map(() => 'left' as const),
    )
    return [`\n${d.title.zh} / ${d.title.en}`, table]
  })
  const how = kind === 'command' ? 'do' : 'ask'
  return [...parts, `\n字段说明 / fields of one: qingshan ${how} 名称 --help`].join('\n').trimStart()
}

export function verbHelp(c: Catalogue, verb: Verb): string {
  const declared: Asked = verb.kind === 'command' ? c.registry.getCommand(verb.name) : c.registry.getQuery(verb.name)
  const fields = verb.options.map((o) => [
    typedAs(o) + (o.repeats ? ' …' : ''),
    o.required ? '必填' : '',
    o.ask ? `${GRADE_TITLES[o.grade].zh}，提示时输入` : '',
    o.help.zh,
    o.help.en,
  ])
  const how = verb.kind === 'command' ? 'do' : 'ask'
  return [
    `${verb.help.zh} / ${verb.help.en}${verb.clause === undefined ? '' : `（条款 ${verb.clause}）`}`,
    `角色 / roles: ${rolesOf(c, verb.kind, declared).join('、') || '（无 none）'}`,
    '',
    ...(fields.length === 0
      ? ['没有字段 / no fields']
      : fields.map(([flag, need, ask, zh, en]) => {
          const marks = [need, ask].filter((m) => m !== '').join('，')
          return `  ${flag!}${marks === '' ? '' : `（${marks}）`}\n      ${zh!}\n      ${en!}`
        })),
    '',
    `例 / example:\n  qingshan ${how} ${exampleLine(verb)} --as 登录名 --role 角色`,
  ].join('\n')
}
