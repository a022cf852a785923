// What this room brings to the house.

import { text } from '../../kernel/index.ts'
import type { Domain, TableWords } from '../record/index.ts'
import { changeCommands } from './commands/change.ts'
import { mandateCommands } from './commands/mandates.ts'
import { registerCommands } from './commands/register.ts'
import type { PartyWorld } from './judge.ts'
import { PARTY_KINDS, PARTY_STATUS } from './model.ts'
import { partyQueries } from './queries.ts'
import { lookupTable, partyTables } from './schema.ts'

/** @param world the house's key, without which codes are not found */
export const partiesDomain = (world: PartyWorld): Domain => ({
  name: 'parties',
  title: text('主体', 'Parties'),
  commands: [...registerCommands(world), ...changeCommands, ...mandateCommands(world)],
  queries: partyQueries(world),
  tables: [...partyTables, lookupTable],
})

const titles = (choices: readonly { readonly value: string; readonly title: ReturnType<typeof text> }[]) =>
  Object.fromEntries(choices.map((c) => [c.value, c.title]))

export const partyWords: readonly TableWords[] = [
  {
    table: 'party',
    title: text('主体', 'Party'),
    columns: {
      kind: text('类型', 'kind'),
      name: text('名称', 'name'),
      code: text('统一社会信用代码', 'unified social credit code'),
      household_code: text('户号', 'number of the household'),
      place: text('行政区', 'region'),
      people: text('人口', 'people'),
      status: text('状态', 'status'),
      merged_into: text('并入', 'merged into'),
      since: text('起始日期', 'since'),
      until: text('终止日期', 'until'),
    },
    values: { kind: titles(PARTY_KINDS), status: titles(PARTY_STATUS) },
  },
  {
    table: 'party_mandate',
    title: text('委托', 'Mandate'),
    columns: {
      principal: text('委托人', 'principal'),
      agent: text('代理人', 'agent'),
      account: text('代理人账号', 'account of the agent'),
      matter: text('事项', 'matter'),
      basis: text('依据', 'ground'),
      valid_from: text('起日', 'from'),
      valid_to: text('止日', 'to'),
      ended: text('提前终止', 'ended'),
    },
  },
]
