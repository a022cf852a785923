// `qingshan letter …`: a template looked through before it is registered, and letters filled from one.

import type { Command } from 'commander'
import { withPerson, type DeskOptions, type RecordEnv } from './record/desk.ts'

export function addLetterCommand(program: Command, env: RecordEnv): void {
  const letter = program
    .command('letter')
    .description('文书：模板用 Word 编辑，字段写在花括号里 / letters from templates edited in Word')
  letter
    .command('check <docx>')
    .description('检查一份模板，列出字段 / look through a template and list its fields')
    .option('--json', '机器可读 / as JSON')
    .action(async (file: string, o: { readonly json?: true }) =>
      (await import('./letter-work.ts')).checkTemplate(file, o, env),
    )
  withPerson(letter.command('fill <template> <values> <out>'))
    .description('用 JSON 文件里的值填写，写成 .docx 或 .html / fill with the values of a JSON file, as .docx or .html')
    .action(async (template: string, values: string, out: string, o: DeskOptions) =>
      (await import('./letter-work.ts')).fillLetter({ template, values, out }, o, env),
    )
}
