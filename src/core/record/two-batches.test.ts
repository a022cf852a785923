// On the embedded database one batch is decided while another waits for the disk: what a crash, a full disk or a broken one
// does to the two, and that the second always finds what the first left.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditRecord } from '../../../test/laws/record-audit.ts'
import { CLERK, codes, done, openTestHouse, type TestHouse } from '../../../test/record-house.fixture.ts'
import { memoryDisk, type MemoryDisk } from '../store/journal/memory-disk.fixture.ts'
import { openJournal, sql, type Journal, type JournalDisk } from '../store/index.ts'
import type { AnyCommand, Command, Domain, Outcome, Submission } from './model.ts'
import { payFirm, type wordInput } from './pay-firm.fixture.ts'
import { openRecorder, type Recorder } from './recorder.ts'

const decided: string[] = []

const pay = payFirm((word) => decided.push(word))
const series = { kind: 'T', place: '430100', year: 2026 } as const
const number: Command<typeof wordInput> = {
  ...pay,
  name: 'takeNumber',
  title: { zh: '取号', en: 'take a number' },
  reads: [() => ({ series: [series] })],
  decide: (state, i) => {
    decided.push(i.word)
    return { act: 'numbered', answer: { number: state.number(series) } }
  },
}
const domain: Domain = {
  name: 'two',
  title: { zh: '两批', en: 'two' },
  commands: [pay, number] as unknown as readonly AnyCommand[],
}

/** A disk whose syncs can be held, and let go well or ill. */
function heldDisk(under: MemoryDisk) {
  let waiting: { go: () => void; fail: (e: Error) => void }[] | undefined
  let arrived = (): void => undefined
  const disk: JournalDisk = {
    ...under,
    open: async (name, mode) => {
      const file = await under.open(name, mode)
      return {
        ...file,
        sync: async () => {
          const held = waiting
          if (held)
            await new Promise<void>((go, fail) => {
              held.push({ go, fail })
              arrived()
            })
          return file.sync()
        },
      }
    },
  }
  return {
    disk,
    /** @returns once a sync is held */
    hold: () => {
      waiting = []
      return new Promise<void>((resolve) => (arrived = resolve))
    },
    letGo: (e?: Error) => {
      const held = waiting ?? []
      waiting = undefined
      for (const w of held)
        if (e) w.fail(e)
        else w.go()
    },
  }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

describe('two batches under way', () => {
  let house: TestHouse
  let memory: MemoryDisk
  let held: ReturnType<typeof heldDisk>
  let journal: Journal
  let recorder: Recorder
  beforeAll(async () => {
    house = await openTestHouse('pglite', { domains: [domain] })
  })
  beforeEach(async () => {
    await house.fresh()
    decided.length = 0
    await open(memoryDisk())
  })
  afterAll(() => house.close())

  async function open(disk: MemoryDisk): Promise<void> {
    memory = disk
    held = heldDisk(disk)
    journal = await openJournal('journal', { disk: held.disk })
    recorder = await openRecorder({ ...house.recorder.options, journal })
  }
  const close = async (): Promise<void> => {
    await recorder.close()
    await journal.close().catch(() => undefined)
  }
  const by = (command: string, word: string): Submission => ({
    id: house.id(),
    command,
    input: { word },
    person: CLERK,
    role: 'clerk',
  })
  const submit = (s: Submission): Promise<Outcome> => recorder.submit(s)
  const acts = async (): Promise<number> =>
    Number((await house.store.query<{ n: bigint }>(sql`select count(*) as n from act`))[0]!.n)
  const sound = () => auditRecord(house.store, recorder.registry.tables, [])

  /** One waits for the disk, the next is decided on what it leaves. */
  async function twoUnderWay(): Promise<{ one: Submission; two: Submission; answers: Promise<Outcome>[] }> {
    done(await submit(by('payFirm', 'zero')))
    const [one, two] = [by('payFirm', 'one'), by('payFirm', 'two')]
    const onDisk = held.hold()
    const first = submit(one)
    await onDisk
    const second = submit(two)
    await until(() => decided.includes('two'))
    return { one, two, answers: [first, second] }
  }

  test('the second is decided before the first is on the disk, and both stand in their order', async () => {
    const { one, two, answers } = await twoUnderWay()
    held.letGo()
    const leaves = (await Promise.all(answers)).map((o) => done(o).leaf)
    expect(leaves).toEqual([1, 2])
    const order: string[] = []
    for await (const entry of journal.read()) order.push(entry.body)
    await close()
    expect(order.map((b) => [one.id, two.id].findIndex((id) => b.includes(id)))).toEqual([-1, 0, 1])
    expect(await sound()).toEqual([])
  })

  test('a crash between them: the first is found in the journal, the second is as if it had never come', async () => {
    const { one, two, answers } = await twoUnderWay()
    const left = memory.afterKill()
    held.letGo()
    await Promise.all(answers)
    await close()
    await house.store.empty()
    await open(left)
    expect(await acts()).toBe(2)
    expect(done(await submit(one)).replayed).toBe(true)
    expect(done(await submit(two))).toMatchObject({ leaf: 2, replayed: false })
    expect(await sound()).toEqual([])
    await close()
  })

  test('a disk that fails under the first: neither is taken, and both may come again', async () => {
    const { one, two, answers } = await twoUnderWay()
    held.letGo(Object.assign(new Error('EIO'), { code: 'EIO' }))
    expect((await Promise.all(answers)).map(codes)).toEqual([['journal.write-failed'], ['journal.write-failed']])
    expect(await acts()).toBe(1)
    await close()
    await open(memory.afterKill())
    expect((await Promise.all([one, two].map(submit))).map((o) => o.ok)).toEqual([true, true])
    expect(await acts()).toBe(3)
    expect(await sound()).toEqual([])
    await close()
  })

  test('of two that take a number the second finds the number of the first', async () => {
    const answers: Promise<Outcome>[] = []
    const onDisk = held.hold()
    answers.push(submit(by('takeNumber', 'one')))
    await onDisk
    answers.push(submit(by('takeNumber', 'two')), submit(by('takeNumber', 'three')))
    held.letGo()
    const numbers = (await Promise.all(answers)).map((o) => (done(o).answer as { number: string }).number)
    expect(new Set(numbers).size).toBe(3)
    const last = await house.store.query(sql`select last from number_series`)
    expect(last).toEqual([{ last: 3n }])
    await close()
  })

  test('the same submission in both is done once', async () => {
    const one = by('takeNumber', 'one')
    const onDisk = held.hold()
    const first = submit(one)
    await onDisk
    const again = submit(one)
    held.letGo()
    expect([done(await first).replayed, done(await again).replayed]).toEqual([false, true])
    expect(await acts()).toBe(1)
    await close()
  })
})
