// The store over the thread of the embedded database. Statements within a transaction are prepared once by their text, and a
// statement is one message with its values: a message to the thread costs more than many a statement.
// Always holds: one transaction, or one statement outside of any, at a time, in the order in which they were asked for.

import { telling } from './failures.ts'
import { readAnswer, requestBytes, type Answer, type Ask, type ColumnReader } from './pglite-protocol.ts'
import type { DatabaseThread } from './pglite-thread.ts'
import { StoreError, type LineFate, type Reader, type Store } from './port.ts'
import { sql, statement, type Sql } from './sql.ts'
import { PARSERS } from './values.ts'

/** A longer statement is a bulk statement with its own text each time: it is not worth a name. */
const PREPARED_CHARS = 20_000
/** As many different statements as the house may have; beyond them the one without a name serves. */
const NAMES = 2000

const asText: ColumnReader = (text) => text
const columnReader = (oid: number): ColumnReader => PARSERS[oid] ?? asText

/** One after the other. */
function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** Puts the port over a thread. @throws ProblemError `store.…` */
export async function pgliteStore(thread: DatabaseThread): Promise<Store> {
  const exclusively = inTurn()
  let closed: Promise<void> | undefined
  const names = new Map<string, string>()
  let given = 0

  function read<R>(bytes: Uint8Array): Answer<R> {
    const answer = readAnswer<R>(bytes, columnReader)
    if (answer.refused) throw Object.assign(new Error(answer.refused.message), answer.refused)
    return answer
  }
  const run = async <R>(asks: readonly Ask[]): Promise<Answer<R>> => read<R>(await thread.run(requestBytes(asks)))
  const plain = (text: string): Ask => ({ name: '', text, values: [] })

  /** Statements within a transaction are prepared once by their text. @returns what asks for it, and a word once that went well */
  function prepared(text: string, values: readonly (string | null)[]): readonly [Ask, stands?: () => void] {
    const known = names.get(text)
    if (known !== undefined) return [{ name: known, values }]
    if (values.length === 0 || text.length > PREPARED_CHARS || names.size >= NAMES) return [{ name: '', text, values }]
    // Never given twice: one that failed leaves nothing, or stands without being known.
    const name = `q${given++}`
    return [{ name, text, values }, () => void names.set(text, name)]
  }

  /** Of a transaction that has failed the database makes a rollback. */
  function committed({ done }: Answer<unknown>): void {
    if (done !== 'COMMIT') throw new StoreError('the transaction had failed', '25P02')
  }

  /** Why a transaction ended before its line. */
  const refusal = async (bytes: Uint8Array, wanted: readonly string[]): Promise<LineFate> => {
    const why = await telling(() => Promise.resolve(read(bytes))).then(
      ({ rows }) => new StoreError(`${wanted.join(' ')} was to be answered, not ${JSON.stringify(rows)}`, '40001'),
      (e: unknown) => e as Error,
    )
    return { what: 'refused', why }
  }

  const store: Store = {
    engine: 'pglite',
    query: <R>(q: Sql) =>
      telling(() =>
        exclusively(async () => {
          const { text, params } = statement(q)
          return (await run<R>([{ name: '', text, values: params }])).rows
        }),
      ),
    transaction: (work, how) =>
      exclusively(async () => {
        // Goes with the first statement: a message to the thread costs more than many a statement.
        let begin: readonly Ask[] = [plain(how?.snapshot === true ? 'begin isolation level repeatable read' : 'begin')]
        let over = false
        const tx: Reader = {
          engine: 'pglite',
          query: <R>(q: Sql) =>
            telling(() => {
              if (over) throw new Error('a statement after its transaction')
              const { text, params } = statement(q)
              const before = begin
              begin = []
              const [ask, stands] = prepared(text, params)
              return run<R>([...before, ask]).then(({ rows }) => {
                stands?.()
                return rows
              })
            }),
        }
        try {
          const result = await work(tx)
          over = true
          if (begin.length === 0) await telling(async () => committed(await run([plain('commit')])))
          return result
        } catch (e) {
          over = true
          // Where it cannot be rolled back, the thread has ended and the database with it.
          if (begin.length === 0) await run([plain('rollback')]).catch(() => undefined)
          throw e
        }
      }),
    writeWithLine: async (q, wanted, line) => {
      const { text, params } = statement(q)
      // Its turn ends when it is on its way: the thread takes what follows after it.
      const sent = await exclusively(() => {
        const [ask, stands] = prepared(text, params)
        const begin = requestBytes([plain('begin'), ask])
        const [commit, rollback] = [requestBytes([plain('commit')]), requestBytes([plain('rollback')])]
        const answer = thread.runWithLine({ begin, wanted, line, commit, rollback })
        answer.catch(() => undefined)
        return Promise.resolve({ answer, stands })
      })
      const { step, bytes, code } = await telling(() => sent.answer)
      if (step === 'begin') return refusal(bytes, wanted)
      sent.stands?.()
      if (step !== 'commit') return { what: 'unwritten', step, code: code! }
      return telling(() => Promise.resolve(committed(read(bytes)))).then(
        () => ({ what: 'kept' }),
        (uncommitted: unknown) => ({ what: 'kept', uncommitted: uncommitted as Error }),
      )
    },
    version: async () =>
      (await store.query<{ v: string }>(sql`select current_setting('server_version') as v`))[0]?.v ?? '',
    close: () => telling(() => (closed ??= exclusively(() => thread.close()))),
  }
  // Nobody gathers statistics here (no autovacuum), and statements are planned once, while tables are empty: a plan that reads
  // a whole table would stay when it has grown. So an index is taken wherever there is one.
  await telling(() => run([plain(`set time zone 'UTC'`), plain('set enable_seqscan = off')]))
  return store
}
