// `qingshan db|do|drafts|ask|file|import|inbox|approve|return|sheet|why|statement|holdings|zero-sum|sign-in|password`: the record at the terminal.
// Each page of this folder declares its commands; what they do is loaded when one is called.

import type { Command } from 'commander'
import { addApprovalCommands } from './approval-commands.ts'
import { addDatabaseCommands } from './database-commands.ts'
import type { RecordEnv } from './desk.ts'
import { addFileCommands } from './file-commands.ts'
import { addImportCommands } from './import-commands.ts'
import { addLedgerCommands } from './ledger-commands.ts'
import { addSignInCommands } from './sign-in-commands.ts'
import { addVerbCommands } from './verb-commands.ts'

export function addRecordCommands(program: Command, env: RecordEnv): void {
  addDatabaseCommands(program, env)
  addSignInCommands(program, env)
  addVerbCommands(program, env)
  addApprovalCommands(program, env)
  addFileCommands(program, env)
  addImportCommands(program, env)
  addLedgerCommands(program, env)
}
