// What `qingshan letter` does.

import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { ProblemError, type Json } from '../kernel/index.ts'
import { readTemplate, type TemplateField } from '../core/letters/index.ts'
import { writeLetter } from '../server/index.ts'
import { atDesk, type DeskOptions, type RecordEnv } from './record/desk.ts'
import { deskProblem } from './record/problems.ts'
import { printProblems } from './terminal.ts'
import { writeWhole } from './write-whole.ts'

const read = (file: string): Promise<Buffer> =>
  readFile(file).catch((e: NodeJS.ErrnoException) => {
    throw new ProblemError(deskProblem('desk.unreadable', { file, reason: e.code ?? e.message }))
  })

/** Rows of a repeated part stand below it. */
const linesOf = (fields: readonly TemplateField[], indent = '  '): readonly string[] =>
  fields.flatMap((f) => [
    `${indent}${f.name}${f.form === undefined ? '' : `（${f.form}）`}${f.rows ? '：重复 rows' : ''}`,
    ...linesOf(f.rows ?? [], `${indent}  `),
  ])

export async function checkTemplate(file: string, o: { readonly json?: true }, env: RecordEnv): Promise<void> {
  const template = readTemplate(await read(file))
  if (!('parts' in template)) throw new ProblemError(template)
  if (o.json) return env.out(JSON.stringify({ fields: template.fields }, null, 2))
  env.out(['✓ 可以登记 / can be registered', ...linesOf(template.fields)].join('\n'))
}

export const fillLetter = (
  given: { readonly template: string; readonly values: string; readonly out: string },
  o: DeskOptions,
  env: RecordEnv,
): Promise<void> =>
  atDesk(o, async ({ house, ask }) => {
    const text = (await read(given.values)).toString('utf8')
    const [row] = await ask('letterTemplates', { template: given.template })
    const shape = extname(given.out).toLowerCase() === '.html' ? 'html' : 'docx'
    const { content, remarks } = await writeLetter(house, row, { values: jsonOf(text, given.values), shape })
    const file = resolve(given.out)
    writeWhole(file, content)
    if (o.json) return env.out(JSON.stringify({ file, bytes: content.length, remarks }, null, 2))
    printProblems(remarks, env.out)
    env.out(`✓ ${file}　${content.length} 字节 / bytes`)
  })

function jsonOf(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new ProblemError(deskProblem('desk.input-file', { file }))
  }
}
