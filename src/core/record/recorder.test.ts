// Who shares a batch or comes at a bad moment is not hurt by it: a bug in one command, a house that closes, an account
// that is known from before.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CLERK, codes, openTestHouse, type TestHouse } from '../../../test/record-house.fixture.ts'
import { civilDate, field, form } from '../../kernel/index.ts'
import { account, cny } from '../ledger/ledger.fixture.ts'
import { accountId, openBook, purposes, ZERO_BALANCE, type Account } from '../ledger/index.ts'
import { ENGINES } from '../store/fresh-store.fixture.ts'
import { KeptBook } from './kept-book.ts'
import type { AnyCommand, Command, Domain, Outcome } from './model.ts'
import { WorkingSet } from './working-set.ts'

const input = form({ word: field.text({ title: { zh: '词', en: 'word' }, grade: 'public', example: 'fine' }) })

describe.each(ENGINES)('the runner on %s', (engine) => {
  let house: TestHouse
  /** What the command waits for before it can be decided. */
  let ready: Promise<void>
  const say: Command<typeof input> = {
    name: 'sayWord',
    version: 1,
    title: { zh: '说', en: 'say a word' },
    input,
    prepare: async () => {
      await ready
    },
    place: () => '430000',
    legalDate: (_, today) => today,
    subjects: (i) => [`word:${i.word}`],
    decide: (_, i) => {
      if (i.word === 'bug') throw new Error('a bug of the command')
      return { act: 'word-said' }
    },
  }
  const domain: Domain = {
    name: 'words',
    title: { zh: '词', en: 'words' },
    commands: [say as unknown as AnyCommand],
  }
  beforeAll(async () => {
    house = await openTestHouse(engine, { domains: [domain] })
  })
  beforeEach(async () => {
    ready = Promise.resolve()
    await house.fresh()
  })
  afterAll(() => house.close())

  const submit = (word: string): Promise<Outcome> =>
    house.recorder.submit({ id: house.id(), command: 'sayWord', input: { word }, person: CLERK, role: 'clerk' })

  test('a bug in one command is told to whoever met it, and the others of its batch are written', async () => {
    const [one, bug, two] = await Promise.allSettled([submit('one'), submit('bug'), submit('two')])
    expect(bug).toMatchObject({ status: 'rejected', reason: { message: 'a bug of the command' } })
    expect([one, two]).toMatchObject([{ value: { ok: true } }, { value: { ok: true } }])
  })

  test('what is still being looked up when the record closes is refused', async () => {
    let go = (): void => undefined
    ready = new Promise((resolve) => (go = resolve))
    const late = submit('late')
    await house.recorder.close()
    go()
    expect(codes(await late)).toEqual(['record.closing'])
  })

  test('an account that an act of the batch has moved is not taken back to what was known before', async () => {
    const name = account(cny, 'firm')
    const before: Account = {
      ...name,
      id: accountId(name),
      flags: purposes.holding.flags,
      balance: ZERO_BALANCE,
    }
    const known = new KeptBook()
    known.keep(openBook({ assets: [cny], accounts: [before] }))
    const set = new WorkingSet(house.store, { lock: false, today: civilDate('2026-03-02'), known })
    const moved = { ...before, balance: { ...ZERO_BALANCE, creditsPosted: 5n } }
    set.book.accounts.set(moved.id, moved)
    await set.load([{ accounts: [name] }])
    expect(set.book.accounts.get(moved.id)).toEqual(moved)
  })
})
