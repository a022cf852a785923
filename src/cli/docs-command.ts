// `qingshan docs problems|methods|arguments`: writes the pages of docs/ that derive from declarations.
// Always holds: the committed pages are what this command prints (docs-pages.test.ts).

import { writeFile } from 'node:fs/promises'
import { Argument, type Command } from 'commander'
import { problemKinds, ProblemError } from '../kernel/index.ts'
import { loadRuleBook, type RuleBook } from '../core/rules/index.ts'
import { ARGUMENTS, METHODS } from '../domains/accounting/index.ts'
import { argumentsPage, methodsPage, problemsPage } from './docs-pages.ts'

export interface DocsEnv {
  readonly rulesDir: string
  readonly out: (s: string) => void
}

export const PAGES = {
  problems: () => problemsPage(problemKinds()),
  methods: (book) => methodsPage(METHODS, book),
  arguments: () => argumentsPage(ARGUMENTS),
} as const satisfies Record<string, (book: RuleBook) => string>

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
      const text = PAGES[name](book)
      if (o.out === undefined) return env.out(text.trimEnd())
      await writeFile(o.out, text)
      env.out(o.out)
    })
}
