// `qingshan do`, `qingshan ask`: every command and every query by its verb, with its fields as options; and `qingshan drafts`.
// A field that has the name of an option of ours is typed with `field-` before it: `--field-role`.

import type { Command } from 'commander'
import { withPerson, type DeskOptions, type RecordEnv } from './desk.ts'

export interface VerbOptions extends DeskOptions {
  readonly id?: string
  readonly input?: string
  readonly draft?: true
  readonly fromDraft?: string
}

export interface DraftsOptions extends DeskOptions {
  readonly discard?: string
}

export function addVerbCommands(program: Command, env: RecordEnv): void {
  withPerson(program.command('do'))
    .description('办理业务；不写业务名则列出全部 / run a command; without its name lists them all')
    .argument('[words...]', '业务名和字段，如 issue-permit --firm … / the command and its fields')
    .option('--id <uuid>', '提交编号；同一编号只办一次 / id of the submission: the same one is done once')
    .option('--input <file>', '从 JSON 文件读取字段 / fields from a JSON file')
    .option('--draft', '不提交，把已填的存为草稿 / do not submit: save what is filled in as a draft')
    .option(
      '--from-draft <id>',
      '从草稿填起，命令行上写的优先；办成后草稿作废 / fill in from a draft; done with it after',
    )
    .helpOption(false)
    .allowUnknownOption()
    .action(async (words: readonly string[], o: VerbOptions) =>
      (await import('./do-command.ts')).doCommand(words, o, env),
    )

  withPerson(program.command('drafts'))
    .description('我的草稿 / my drafts')
    .option('--discard <id>', '作废一份草稿 / discard one')
    .action(async (o: DraftsOptions) => (await import('./drafts.ts')).drafts(o, env))

  withPerson(program.command('ask'))
    .description('查询；不写查询名则列出全部 / ask a query; without its name lists them all')
    .argument('[words...]', '查询名和条件，如 permits --firm … / the query and its conditions')
    .option('--input <file>', '从 JSON 文件读取条件 / conditions from a JSON file')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (words: readonly string[], o: VerbOptions) =>
      (await import('./ask-command.ts')).askCommand(words, o, env),
    )
}
