// `qingshan ask`: one query, answered as a table within the asker's reach and grade.

import { ProblemError, type Json } from '../../kernel/index.ts'
import { atDesk, inHouse, type RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'
import { rowsText } from './rows-text.ts'
import type { VerbOptions } from './verb-commands.ts'
import { typedWords, verbInput } from './verb-words.ts'
import { catalogue, catalogueRows, catalogueText, findVerb, verbHelp } from './verbs-text.ts'

export async function askCommand(words: readonly string[], o: VerbOptions, env: RecordEnv): Promise<void> {
  const [name, ...rest] = words
  const known = await catalogue()
  if (name === undefined || name === '--help' || name === '-h')
    return env.out(o.json ? JSON.stringify(catalogueRows(known, 'query'), null, 2) : catalogueText(known, 'query'))
  const verb = findVerb(known.registry, 'query', name)
  if (!verb) throw new ProblemError(deskProblem('desk.no-query', { name }))
  if (rest.includes('--help') || rest.includes('-h')) return env.out(verbHelp(known, verb))
  const query = known.registry.getQuery(verb.name)
  const input = (await verbInput(query.input, verb, typedWords(verb, rest), o.input, undefined)) as Json
  const show = (rows: Parameters<typeof rowsText>[1], zone: string): void =>
    env.out(
      o.json
        ? JSON.stringify(rows, null, 2)
        : `${query.title.zh} / ${query.title.en}\n\n${rowsText(query.row, rows, zone)}`,
    )
  // Everybody may ask what is public, without a name.
  if (o.role === 'public' && o.as === undefined)
    return inHouse(o, async (house) => {
      const answer = await house.ask({ query: verb.name, input, person: NOBODY, role: 'public' })
      if (!answer.ok) throw new ProblemError(answer.problems)
      show(answer.rows, house.settings.zone)
    })
  await atDesk(o, async ({ house, ask }) => show(await ask(verb.name, input), house.settings.zone))
}

const NOBODY = '00000000-0000-7000-8000-000000000000' as never
