// `qingshan sample county|ganzi DIR`: sample data made by the generators of this project, and the published example.

import type { Command } from 'commander'
import { writeCounty, writeExample } from '../domains/accounting/index.ts'
import type { AccountEnv } from './account-files.ts'

export function addSampleCommand(program: Command, env: AccountEnv): void {
  const sample = program.command('sample').description('示范数据 / sample data')
  sample
    .command('county <folder>')
    .description('示范县的资料与清单 / files and list of the sample county')
    .option('--seed <n>', '种子 / seed', '2026')
    .option('--year <year>', '年份 / year', '2024')
    .action(async (folder: string, o: { seed: string; year: string }) => {
      await writeCounty(folder, Number(o.seed), Number(o.year))
      env.out(`示范数据写在 / sample written to ${folder}`)
    })
  sample
    .command('ganzi <folder>')
    .description('已发表的甘孜州 2010 年核算 / the published Ganzi 2010 account')
    .action(async (folder: string) => {
      await writeExample(folder)
      env.out(`写在 / written to ${folder}`)
    })
}
