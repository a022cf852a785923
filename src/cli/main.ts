// The `qingshan` command. Chinese first, English second; a problem prints what to do and gives exit code 1.

import { Command, CommanderError } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import { addAccountCommand } from './account-command.ts'
import { addAuditCommand } from './audit-command.ts'
import { addCertificateCommand } from './certificate-command.ts'
import { addClockCommand } from './clock-command.ts'
import { addDocsCommand } from './docs-command.ts'
import { addDoctorCommand } from './doctor-command.ts'
import { engineName, rulesFolder } from './house.ts'
import { addLetterCommand } from './letter-command.ts'
import { addLogCommand } from './log-command.ts'
import { addOidcCommand } from './oidc-command.ts'
import { addOverridesCommand } from './overrides-command.ts'
import { addRasterCommand } from './raster-command.ts'
import { addRecordCommands } from './record/index.ts'
import { addRulesCommand } from './rules-command.ts'
import { addSampleCommand } from './sample-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addStartCommand } from './start-command.ts'
import { printProblems } from './terminal.ts'
import { addVepCommand } from './vep-command.ts'

/** Who reads our lines may stop early (`| head`): then there is nobody to write to, and nothing has gone wrong. */
function endWithReader(): void {
  process.stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e
    process.exit()
  })
}

export async function main(words: readonly string[]): Promise<void> {
  endWithReader()
  const env = {
    rulesDir: rulesFolder(),
    engine: engineName(),
    out: (s: string): void => void process.stdout.write(`${s}\n`),
  }
  const program = new Command('qingshan')
    .description(
      '青山：每个数都能说清来历的生态产品核算 / Qingshan: ecosystem accounts in which every figure explains itself',
    )
    .version(env.engine)
    .exitOverride()
    .showHelpAfterError()
  addAccountCommand(program, env)
  addOverridesCommand(program, env.out)
  addRulesCommand(program, env)
  addRasterCommand(program, env)
  addRecordCommands(program, env)
  addCertificateCommand(program, env)
  addLetterCommand(program, env)
  addLogCommand(program, env)
  addAuditCommand(program, env)
  addClockCommand(program, env)
  addVepCommand(program, env)
  addSampleCommand(program, env)
  addDocsCommand(program, env)
  addDoctorCommand(program, env)
  addServeCommand(program, env)
  addOidcCommand(program, env)
  addStartCommand(program, env)
  try {
    await program.parseAsync([...words], { from: 'user' })
  } catch (e) {
    if (e instanceof CommanderError) {
      process.exitCode = e.exitCode
      return
    }
    if (!(e instanceof ProblemError)) throw e
    printProblems(e.problems, env.out)
    process.exitCode = 1
  }
}
