// `qingshan docs problems|methods|arguments|permissions|openapi`: writes the pages of docs/ that derive from declarations.
// Always holds: the committed pages are what this command prints (docs-pages.test.ts).

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Argument, type Command } from 'commander'
import { problemKinds, ProblemError } from '../kernel/index.ts'
import { loadRuleBook, type RuleBook } from '../core/rules/index.ts'
import { ARGUMENTS, METHODS } from '../domains/accounting/index.ts'
import { argumentsPage, methodsPage, problemsPage } from './docs-pages.ts'
import { houseFolder } from './house.ts'

export interface DocsEnv {
  readonly rulesDir: string
  readonly out: (s: string) => void
}

export const PAGES = {
  problems: () => problemsPage(problemKinds()),
  methods: (book) => methodsPage(METHODS, book),
  arguments: () => argumentsPage(ARGUMENTS),
  permissions: async () => {
    const { permissionPage, permissionRows } = await import('../core/record/index.ts')
    const { roleMay } = await import('../core/identity/index.ts')
    const { roles, registry } = await declared()
    return permissionPage(permissionRows(registry, roles.all, roleMay), roles.all)
  },
  openapi: async () => {
    const { apiDocument } = await import('../server/index.ts')
    const { registry } = await declared()
    return `${JSON.stringify(apiDocument(registry, '1'), null, 2)}\n`
  },
} as const satisfies Record<string, (book: RuleBook) => string | Promise<string>>

/** Everything the house knows to do, without a database. */
async function declared() {
  const { houseRegistry } = await import('../server/index.ts')
  const { loadRoles } = await import('../core/identity/index.ts')
  const { book: roles, problems } = await loadRoles(join(houseFolder(), 'roles'))
  if (problems.length > 0) throw new ProblemError(problems)
  return { roles, registry: houseRegistry(roles) }
}

export function addDocsCommand(program: Command, env: DocsEnv): void {
  program
    .command('docs')
    .description('由声明生成说明页 / pages made from declarations')
    .addArgument(new Argument('<page>', '哪一页 / which page').choices(Object.keys(PAGES)))
    .option('--out <file>', '写入文件 / write to a file')
    .action(async (name: keyof typeof PAGES, o: { out?: string }) => {
      const { book, problems } = await loadRuleBook(env.rulesDir)
      const red = problems.filter((p) => p.severity === 'red')
      if (red.length > 0) throw new ProblemError(red)
      // Rooms are loaded when their commands are called; the page of problems wants the tables of all.
      await Promise.all([
        import('../server/index.ts'),
        import('./log-command.ts'),
        import('./who.ts'),
        import('./audit-command.ts'),
      ])
      const text = await PAGES[name](book)
      if (o.out === undefined) return env.out(text.trimEnd())
      await writeFile(o.out, text)
      env.out(o.out)
    })
}
