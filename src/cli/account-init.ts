// `qingshan account init`: proposes a list for a folder and says what was placed, what not and what to answer.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '../kernel/index.ts'
import {
  accountProblem,
  classificationOf,
  findArgument,
  findService,
  METHODS,
  proposeList,
  requiredArguments,
  writeList,
} from '../domains/accounting/index.ts'
import { LIST_FILE, openRules, type AccountEnv } from './account-files.ts'
import { printProblems } from './terminal.ts'

/** Proposes a list for a folder and writes it; says what was placed, what not and what to answer. */
export async function initList(
  folder: string,
  env: AccountEnv,
  options: { readonly year?: string; readonly set?: string } = {},
): Promise<string> {
  const { book } = await openRules(env.rulesDir)
  const needs = METHODS.filter((m) => m.path !== 'raster').map((m) => ({
    service: m.service,
    method: m.id,
    arguments: requiredArguments(m),
  }))
  const proposal = proposeList(folder, {
    classification: classificationOf(book),
    needs,
    ...(options.year ? { year: Number(options.year) } : {}),
    ...(options.set ? { set: options.set } : {}),
  })
  const path = join(folder, LIST_FILE)
  if (existsSync(path)) throw new ProblemError(accountProblem('list.exists', { file: LIST_FILE }, { file: LIST_FILE }))
  await writeList(path, proposal.list)
  env.out(`放好 ${proposal.placed.length} 项 / placed ${proposal.placed.length}:`)
  for (const p of proposal.placed)
    env.out(
      `  ${p.sure ? '✓' : '?'} ${findArgument(p.argument)?.title.zh ?? p.argument} ← ${[p.file, p.sheet, p.column].filter(Boolean).join(' › ')} （${p.unit}）`,
    )
  if (proposal.questions.length > 0) env.out(`\n请回答 ${proposal.questions.length} 个问题 / questions:`)
  for (const q of proposal.questions) env.out(`  ? ${q.about}：${q.question.zh}\n      ${q.question.en}`)
  if (proposal.unplaced.length > 0) env.out(`\n没有放下的 / not placed:`)
  for (const u of proposal.unplaced)
    env.out(`  · ${[u.file, u.sheet, u.column].filter(Boolean).join(' › ')}：${u.why.zh} / ${u.why.en}`)
  for (const m of proposal.maps) env.out(`  ▦ ${m.file}`)
  if (proposal.emptyServices.length > 0) env.out(`\n还不能核算的服务 / services that stay empty:`)
  for (const e of proposal.emptyServices) {
    const names = e.missing.map((a) => findArgument(a)?.title.zh ?? a).join('、')
    env.out(`  · ${e.service} ${findService(e.service)?.title.zh ?? ''}：缺 ${names}`)
  }
  printProblems(proposal.problems, env.out)
  env.out(
    `\n清单写在 ${path}。核对、回答问题并补上方法与价格后，运行：\n  npx qingshan account accept ${folder} --by 姓名 --on 日期\nThe list is in ${path}. Check it, answer the questions, then accept it.`,
  )
  return path
}
