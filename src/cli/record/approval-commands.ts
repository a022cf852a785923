// `qingshan inbox|approve|return|sheet`: what waits for me, and answering it, on screen or on paper.

import type { Command } from 'commander'
import { withPerson, type DeskOptions, type RecordEnv } from './desk.ts'

export interface ApproveOptions extends DeskOptions {
  readonly outcome?: string
  readonly remark?: string
  readonly yes?: true
}

export function addApprovalCommands(program: Command, env: RecordEnv): void {
  withPerson(program.command('inbox'))
    .description('我的待办 / what waits for me')
    .action(async (o: DeskOptions) => (await import('./approvals.ts')).inbox(o, env))

  withPerson(program.command('approve <request...>'))
    .description(
      '同意一项或几项申请：逐项列出，确认一次，每项各办一次 / approve requests: listed, confirmed once, one act each',
    )
    .option('--outcome <digest>', '结果与预览不同时，已核对的结果校验码 / digest of an outcome other than the preview')
    .option('--remark <text>', '意见 / remark')
    .option('--yes', '不再询问 / do not ask')
    .action(async (requests: readonly string[], o: ApproveOptions) =>
      (await import('./approvals.ts')).approve(requests, o, env),
    )

  withPerson(program.command('return <request>'))
    .description('退回申请并说明理由 / return a request with a reason')
    .requiredOption('--reason <text>', '理由 / why')
    .action(async (request: string, o: DeskOptions & { readonly reason: string }) =>
      (await import('./approvals.ts')).returnRequest(request, o, env),
    )

  withPerson(program.command('sheet <request> <file>'))
    .description('写出可打印的签批单（A4 网页） / write the approval sheet for paper')
    .action(async (request: string, file: string, o: DeskOptions) =>
      (await import('./approvals.ts')).sheet(request, file, o, env),
    )
}
