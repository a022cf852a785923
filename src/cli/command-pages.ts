// Which page of this folder declares which commands of `qingshan`. A page is loaded when one of its commands is called, so that
// an account starts without the house, its database and its server. Always holds: every command that a page declares is named here.

import type { Command } from 'commander'

export interface CommandEnv {
  readonly rulesDir: string
  readonly engine: string
  readonly out: (s: string) => void
}

type Add = (program: Command, env: CommandEnv) => void

export interface CommandPage {
  readonly names: readonly string[]
  readonly load: () => Promise<Add>
}

const RECORD =
  'db do drafts ask file import inbox approve return sheet why statement holdings zero-sum sign-in sign-out password'

/** In the order of the help. */
export const COMMAND_PAGES: readonly CommandPage[] = [
  { names: ['account'], load: async () => (await import('./account-command.ts')).addAccountCommand },
  {
    names: ['overrides'],
    load: async () => {
      const { addOverridesCommand } = await import('./overrides-command.ts')
      return (program, env) => addOverridesCommand(program, env.out)
    },
  },
  { names: ['rules'], load: async () => (await import('./rules-command.ts')).addRulesCommand },
  { names: ['raster'], load: async () => (await import('./raster-command.ts')).addRasterCommand },
  { names: RECORD.split(' '), load: async () => (await import('./record/index.ts')).addRecordCommands },
  { names: ['certificate'], load: async () => (await import('./certificate-command.ts')).addCertificateCommand },
  { names: ['letter'], load: async () => (await import('./letter-command.ts')).addLetterCommand },
  { names: ['log', 'witness'], load: async () => (await import('./log-command.ts')).addLogCommand },
  { names: ['audit'], load: async () => (await import('./audit-command.ts')).addAuditCommand },
  { names: ['clock'], load: async () => (await import('./clock-command.ts')).addClockCommand },
  { names: ['vep'], load: async () => (await import('./vep-command.ts')).addVepCommand },
  { names: ['sample'], load: async () => (await import('./sample-command.ts')).addSampleCommand },
  { names: ['docs'], load: async () => (await import('./docs-command.ts')).addDocsCommand },
  { names: ['doctor'], load: async () => (await import('./doctor-command.ts')).addDoctorCommand },
  { names: ['serve'], load: async () => (await import('./serve-command.ts')).addServeCommand },
  { names: ['oidc'], load: async () => (await import('./oidc-command.ts')).addOidcCommand },
  { names: ['start'], load: async () => (await import('./start-command.ts')).addStartCommand },
]

/** The page of the command called, none for the version, all where help or an unknown word is asked for, and for `docs`, which
 *  lists the problems of every room that is loaded. */
export function pagesFor(words: readonly string[]): readonly CommandPage[] {
  const first = words[0] ?? ''
  if (words.length === 1 && /^(-V|--version)$/.test(first)) return []
  if (first === 'docs') return COMMAND_PAGES
  const page = COMMAND_PAGES.find((p) => p.names.includes(first))
  return page ? [page] : COMMAND_PAGES
}
