// A command that no page names could be called by nobody.

import { Command } from 'commander'
import { expect, it } from 'vitest'
import { COMMAND_PAGES, pagesFor } from './command-pages.ts'

const env = { rulesDir: 'rules', engine: 'test', out: () => undefined }

it('every page declares exactly the commands it is named for', { timeout: 60_000 }, async () => {
  for (const page of COMMAND_PAGES) {
    const program = new Command()
    const add = await page.load()
    add(program, env)
    expect(program.commands.map((c) => c.name()).sort()).toEqual([...page.names].sort())
  }
})

it('a command loads its page alone, the version none; help, unknown words and the pages of problems load all', () => {
  expect(pagesFor(['account', 'run', '--help']).map((p) => p.names)).toEqual([['account']])
  expect(pagesFor(['--version'])).toEqual([])
  for (const words of [[], ['--help'], ['help', 'account'], ['acount'], ['--version', 'account'], ['docs', 'problems']])
    expect(pagesFor(words)).toBe(COMMAND_PAGES)
})
