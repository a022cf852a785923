// The `qingshan` command. Chinese first, English second; a problem prints what to do and gives exit code 1.

import { Command, CommanderError } from 'commander'
import { ProblemError } from '../kernel/index.ts'
import { pagesFor } from './command-pages.ts'
import { engineName, rulesFolder } from './house.ts'
import { printProblems } from './terminal.ts'
import type { RunWatch } from './watch/watch.ts'

/** Who reads our lines may stop early (`| head`): then there is nobody to write to, and nothing has gone wrong. */
function endWithReader(): void {
  process.stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e
    process.exit()
  })
}

/** @param watch whom a run tells how far it is */
export async function main(words: readonly string[], watch?: RunWatch): Promise<void> {
  endWithReader()
  const env = {
    rulesDir: rulesFolder(),
    engine: engineName(),
    out: (s: string): void => void process.stdout.write(`${s}\n`),
    ...(watch ? { watch } : {}),
  }
  const program = new Command('qingshan')
    .description(
      '青山：每个数都能说清来历的生态产品核算 / Qingshan: ecosystem accounts in which every figure explains itself',
    )
    .version(env.engine)
    .exitOverride()
    .showHelpAfterError()
  for (const page of pagesFor(words)) {
    const add = await page.load()
    add(program, env)
  }
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
