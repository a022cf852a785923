// `qingshan why posting`, `statement`, `holdings`, `zero-sum`: reading the ledger.

import { Option, type Command } from 'commander'
import { withPerson, type DeskOptions, type RecordEnv } from './desk.ts'

export interface StatementOptions extends DeskOptions {
  readonly owner: string
  readonly asset: string
  readonly purpose: string
  readonly at?: string
  readonly from?: string
  readonly to?: string
  readonly by: 'effective' | 'recorded'
}

export function addLedgerCommands(program: Command, env: RecordEnv): void {
  const why = program.command('why').description('一个数从哪里来 / where a figure comes from')
  withPerson(why.command('posting <id>'))
    .description('一笔分录（或一件行为的全部分录）的理由 / why a posting is there; or all of an act')
    .action(async (id: string, o: DeskOptions) => (await import('./why-text.ts')).why(id, o, env))

  withPerson(program.command('statement'))
    .description('账户明细 / statement of an account')
    .requiredOption('--owner <id>', '户主：单位编号或行政区代码 / owner')
    .requiredOption('--asset <code>', '资产，如 permit.COD / asset')
    .option('--purpose <purpose>', '用途 / purpose', 'holding')
    .option('--at <date>', '到某日为止 / up to a day')
    .option('--from <date>', '起 / from')
    .option('--to <date>', '止（含） / to')
    .addOption(
      new Option('--by <by>', '按法定日期或记录时间 / by legal date or recording')
        .choices(['effective', 'recorded'])
        .default('effective'),
    )
    .action(async (o: StatementOptions) => (await import('./ledger-text.ts')).statement(o, env))

  withPerson(program.command('holdings'))
    .description('一个单位持有什么 / what an owner holds')
    .requiredOption('--owner <id>', '户主 / owner')
    .action(async (o: DeskOptions & { readonly owner: string }) => (await import('./ledger-text.ts')).holdings(o, env))

  withPerson(program.command('zero-sum'))
    .description('零和报告：每种资产借贷相等 / zero-sum report')
    .action(async (o: DeskOptions) => (await import('./ledger-text.ts')).zeroSum(o, env))
}
