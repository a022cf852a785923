// `qingshan import`: rows of a file, looked at first and then brought in as one act.

import type { Command } from 'commander'
import { withPerson, type DeskOptions, type RecordEnv } from './desk.ts'

export interface ImportOptions extends DeskOptions {
  readonly place?: string
  readonly sheet?: string
  readonly map?: readonly string[]
  readonly option?: readonly string[]
  readonly reason?: readonly string[]
  readonly preview?: true
  readonly accept?: true
}

const gathered = (word: string, before: readonly string[] = []): readonly string[] => [...before, word]

export function addImportCommands(program: Command, env: RecordEnv): void {
  withPerson(program.command('import'))
    .description('从文件导入；不写名称则列出全部 / bring rows in from a file; without a name lists what can come in')
    .argument('[name]', '导入什么，如 households / what comes in')
    .argument('[file]', '.xlsx、.csv 或地图文件 / the file')
    .option('--place <code>', '行政区 / region of the act')
    .option('--sheet <name>', '工作表或图层 / sheet or layer')
    .option('--map <column=heading>', '列的对应，可写几次；#C 是列号，- 是不要 / mapping, may be repeated', gathered)
    .option('--option <name=value>', '选项，可写几次 / options, may be repeated', gathered)
    .option('--reason <code=text>', '对提示的说明，可写几次 / a reason for a finding, may be repeated', gathered)
    .option('--preview', '只看，不导入（默认） / look only, which is the default')
    .option('--accept', '导入 / bring it in')
    .action(async (name: string | undefined, file: string | undefined, o: ImportOptions) =>
      (await import('./import-file.ts')).importCommand(name, file, o, env),
    )
}
