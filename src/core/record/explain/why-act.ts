// Why an act is there, and what it did: who, in which role, under which clause and approval, what was filled in, the rows it wrote
// in words of an office, and its postings. Serves acts that move no value as well as those that do.
// Always holds: an act of a place is explained to whoever may see that place; a party of its postings is told those postings and no
// rows; of the rows only tables with words are told, so that nothing is shown that nobody meant to be read.

import { field, form, type Json } from '../../../kernel/index.ts'
import { sql } from '../../store/index.ts'
import { query } from '../ask.ts'
import { effectsOf } from '../content.ts'
import type { AnyQuery } from '../model.ts'
import { saidOutcome } from './said-outcome.ts'
import type { TableWords } from './table-words.ts'
import { explainedAct, explainedFields, inReach, type Explaining } from './why-posting.ts'

export const whyAct = (world: Explaining, words: readonly TableWords[]): AnyQuery =>
  query({
    name: 'whyAct',
    title: { zh: '行为的理由', en: 'why an act is there' },
    groups: ['acts', 'ledger', 'holdings'],
    input: form({
      act: field.actId({ title: { zh: '行为编号', en: 'act' }, example: '019e2f6a-7c00-7000-8000-000000000001' }),
    }),
    row: form({
      ...explainedFields,
      // Rows hold fields of every grade below the sealed ones, as the text of the act does.
      outcome: effects('结果', 'effects'),
      outcomeEn: effects('结果（英）', 'effects in English'),
    }),
    run: async (reader, { act }, scope) => {
      const [seen] = await reader.query<{ effects: string }>(
        sql`select a.effects from act a where a.id = ${act}
              and (a.place is null or ${scope.within(sql`a.place`, sql`a.organisation`)})`,
      )
      const open = await inReach(reader, scope, undefined, act)
      if (!seen && open.length === 0) return []
      const told = await explainedAct(world, reader, scope, act, open)
      const rows = (seen ? effectsOf(seen.effects).rows : []).filter(([table]) => words.some((w) => w.table === table))
      const said = await saidOutcome(reader, outcome(rows), world.directory, words)
      return [{ ...told, outcome: [...said.zh], outcomeEn: [...said.en] }]
    },
  })

const effects = (zh: string, en: string) =>
  field.list(field.longText({ title: { zh, en }, grade: 'restricted', max: 100_000, example: '—' }), {
    title: { zh, en },
  })

/** Rows only: postings stand beside them, and indicators are rows of their table. */
const outcome = (rows: ReturnType<typeof effectsOf>['rows']): Json => ({ rows: rows as unknown as Json })
