// How soon V8 makes machine code of what runs often. Serves runs of an account, which call some thousand functions a few hundred
// times each and few of them longer. Always holds: nothing but time depends on it.

import { setFlagsFromString } from 'node:v8'

/** What a function has run through, in bytes of its bytecode, before it is looked at again; V8's own is 67584.
 *  At that, a fifth to a third of the processor's work of a short run was spent on code that hardly ran again: three models at 2000² took
 *  2.4 s and take 1.95, all services 10.8 and 9.1. More (1 500 000) is no better. */
const LATER_BYTES = 600_000

/** The last V8 that counts so (Node 20 and 21); later ones count calls, compile later by themselves, and complain of the word. */
const LAST_BUDGET = 11

/** For this process and its threads, from now on. */
export function compileLater(): void {
  if (Number.parseInt(process.versions.v8) <= LAST_BUDGET) setFlagsFromString(`--interrupt-budget=${LATER_BYTES}`)
}
