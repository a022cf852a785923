// `qingshan sample county|ganzi DIR`: sample data made by the generators of this project, and the published example.

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { countySample, GANZI_LIST, ganziWorkbooks, writeList, type InputList } from '../domains/accounting/index.ts'
import type { AccountEnv } from './account-command.ts'

async function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>, list: InputList): Promise<void> {
  for (const [name, bytes] of files) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
  await writeList(join(folder, 'account.yaml'), list)
}

/** The sample county of one year: its workbooks, boundaries and accepted list. */
export async function writeCounty(folder: string, seed: number, year: number): Promise<void> {
  const { files, list } = await countySample({ seed, year })
  await writeFolder(folder, files, list)
}

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
      await writeFolder(folder, await ganziWorkbooks(), GANZI_LIST)
      env.out(`写在 / written to ${folder}`)
    })
}
