// One command at one house: opened, used, closed. Who acts sits at a desk: a person in one role.
// Always holds: nothing of the house is loaded before a command wants it, so that other commands start fast.

import type { Command } from 'commander'
import { ProblemError, type Json, type JsonObject, type Problem, type Uuid } from '../../kernel/index.ts'
import type { House } from '../../server/index.ts'
import type { Receipt } from '../../core/record/index.ts'
import { databaseUrl, dataFolder, realWorld } from '../real-world.ts'
import { deskProblem } from './problems.ts'

export interface HouseOptions {
  readonly data?: string
  readonly database?: string
  readonly json?: true
}

export interface DeskOptions extends HouseOptions {
  readonly as?: string
  readonly role?: string
}

/** What every command of the record is given. */
export interface RecordEnv {
  readonly out: (s: string) => void
}

export const withHouse = (c: Command): Command =>
  c
    .option('--data <folder>', '数据文件夹，默认 qingshan-data 或环境变量 QINGSHAN_DATA / data folder')
    .option('--database <url>', 'PostgreSQL 地址，默认环境变量 DATABASE_URL / address of a PostgreSQL database')
    .option('--json', '机器可读 / as JSON')

export const withPerson = (c: Command): Command =>
  withHouse(c)
    .option('--as <login>', '以谁的身份（登录名） / who acts')
    .option('--role <role>', '以哪个角色；只有一个时可不填 / in which role; may be left out by who has one only')

export async function inHouse<T>(o: HouseOptions, run: (house: House) => Promise<T>): Promise<T> {
  const { openHouse } = await import('../../server/index.ts')
  const house = await openHouse(dataFolder(o.data), realWorld(), databaseUrl(o.database))
  try {
    return await run(house)
  } finally {
    await house.close()
  }
}

export interface Desk {
  readonly house: House
  readonly person: Uuid
  readonly role: string
  /** @throws ProblemError */
  ask(query: string, input: Json): Promise<readonly JsonObject[]>
  /** @throws ProblemError */
  submit(command: string, input: unknown, id?: Uuid): Promise<Receipt>
  tell(command: string, input: unknown, id?: Uuid): Promise<Receipt | readonly Problem[]>
}

export const atDesk = <T>(o: DeskOptions, run: (desk: Desk) => Promise<T>): Promise<T> =>
  inHouse(o, async (house) => {
    const { personAtTerminal } = await import('../who.ts')
    return run(await deskOf(house, await personAtTerminal(house, o), o.role))
  })

export async function deskOf(house: House, person: Uuid, role: string | undefined): Promise<Desk> {
  const acting = role ?? (await onlyRole(house, person))
  const tell: Desk['tell'] = async (command, input, id = house.newId()) => {
    const outcome = await house.recorder.submit({ id, command, input, person, role: acting })
    return outcome.ok ? outcome.receipt : outcome.problems
  }
  return {
    house,
    person,
    role: acting,
    tell,
    ask: async (query, input) => {
      const answer = await house.ask({ query, input, person, role: acting })
      if (!answer.ok) throw new ProblemError(answer.problems)
      return answer.rows
    },
    submit: async (command, input, id) => {
      const receipt = await tell(command, input, id)
      if (!('act' in receipt)) throw new ProblemError(receipt)
      return receipt
    },
  }
}

async function onlyRole(house: House, person: Uuid): Promise<string> {
  const { sql } = await import('../../core/store/index.ts')
  const rows = await house.store.query<{ role: string }>(
    sql`select distinct role from role_grant where person = ${person} and revoked is null order by role`,
  )
  const [only, ...more] = rows.map((r) => r.role)
  if (only === undefined) throw new ProblemError(deskProblem('desk.no-role'))
  if (more.length > 0) throw new ProblemError(deskProblem('desk.which-role', { roles: [only, ...more].join('、') }))
  return only
}

/** What a role is called. */
export const roleTitle = (house: House, role: string): string => house.roles.find(role)?.title.zh ?? role
