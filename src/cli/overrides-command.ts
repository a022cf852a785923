// `qingshan overrides export FILE`: the approved changes of parameters of a region and a year, each with its proof, as a file that
// `qingshan account run --overrides FILE` takes on any machine.

import { writeFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { overridesText, type ParameterOverride } from '../domains/accounting/index.ts'
import { atDesk, withPerson, type DeskOptions } from './record/desk.ts'

interface ExportOptions extends DeskOptions {
  readonly place: string
  readonly year: string
}

/** What is in force for an account, asked by a person. */
export const approvedAt = (o: DeskOptions, place: string, year: number): Promise<readonly ParameterOverride[]> =>
  atDesk(o, async ({ house, person, role }) => {
    const { approvedOverrides } = await import('../server/index.ts')
    return approvedOverrides(house, { person, role, place, year })
  })

export function addOverridesCommand(program: Command, out: (s: string) => void): void {
  const overrides = program.command('overrides').description('参数改动 / changes of parameters')
  withPerson(overrides.command('export <file>'))
    .description('导出某地某年有效的参数改动，附凭证 / export the changes in force, with their proofs')
    .addOption(new Option('--place <code>', '地区代码 / code of the region').makeOptionMandatory())
    .addOption(new Option('--year <year>', '核算年份 / accounting year').makeOptionMandatory())
    .action(async (file: string, o: ExportOptions) => {
      const approved = await approvedAt(o, o.place, Number(o.year))
      writeFileSync(file, overridesText(approved))
      out(`✓ ${approved.length} 项参数改动 / changes → ${file}`)
    })
}
