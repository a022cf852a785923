// The ledger's laws over the whole database, by itself and without the acts: zero sum, limits, balances against postings, each
// line of an account against the line before, lots covered exactly by their pieces, postings by their serials.

import { zeroSumReport } from '../../ledger/index.ts'
import { join, sql, trusted, type Reader, type Sql } from '../../store/index.ts'
import type { Checking } from './checking.ts'
import { checkProblem } from './problems.ts'

export async function checkLedger(tx: Reader, work: Checking): Promise<void> {
  const parts = [zeroSums, balances, lines, lots, moves]
  for (const [i, part] of parts.entries()) {
    await part(tx, work)
    work.progress({ stage: 'ledger', done: i + 1, of: parts.length })
  }
}

async function zeroSums(tx: Reader, work: Checking): Promise<void> {
  const report = await zeroSumReport(tx)
  for (const s of report.assets)
    if (!s.fits)
      work.tell(
        checkProblem('check.not-zero-sum', {
          asset: s.asset,
          debits: `${s.debitsPosted} + ${s.debitsPending}`,
          credits: `${s.creditsPosted} + ${s.creditsPending}`,
        }),
      )
  for (const { account: a, flag } of report.broken)
    work.tell(checkProblem('check.flag-broken', { account: a.id, owner: a.owner, purpose: a.purpose, flag }))
  for (const { account: a, units, reserved } of report.misfit)
    work.tell(
      checkProblem('check.units-differ', {
        account: a.id,
        owner: a.owner,
        purpose: a.purpose,
        units: units.toString(),
        reserved: reserved.toString(),
      }),
    )
}

const COUNTERS = ['debits_pending', 'debits_posted', 'credits_pending', 'credits_posted'] as const

const posted = sql`case when p.kind in ('plain', 'post') then p.amount else 0 end`
const pending = sql`case when p.kind = 'pending' then p.amount else -coalesce(p.pending_amount, 0) end`
const counters = (side: 'debit' | 'credit'): Sql =>
  join(
    COUNTERS.map((c) => trusted(`p.${side}_${c} as ${c}`)),
    ', ',
  )

/** Both sides of every posting, with what it adds to each counter (`+`) and the balance stored with it. */
const sides = sql`(
  select p.id, p.debit_account_id as account, p.debit_line as line, ${pending} as add_debits_pending,
    ${posted} as add_debits_posted, 0::int8 as add_credits_pending, 0::int8 as add_credits_posted, ${counters('debit')}
  from posting p
  union all
  select p.id, p.credit_account_id, p.credit_line, 0, 0, ${pending}, ${posted}, ${counters('credit')} from posting p
) s`

async function balances(tx: Reader, work: Checking): Promise<void> {
  const columns = [...COUNTERS, 'lines']
  const sums = join(
    [
      ...COUNTERS.map((c) => trusted(`coalesce(sum(s.add_${c}), 0)::int8 as f_${c}`)),
      trusted('count(s.id)::int8 as f_lines'),
    ],
    ', ',
  )
  const rows = await tx.query<Record<string, string>>(
    sql`select * from (
          select a.id::text as id, ${join(
            columns.map((c) => trusted(`a.${c}::text as ${c}`)),
            ', ',
          )}, ${sums}
          from account a left join ${sides} on s.account = a.id group by a.id) x
        where ${join(
          columns.map((c) => trusted(`x.${c} <> x.f_${c}::text`)),
          ' or ',
        )}`,
  )
  for (const row of rows)
    for (const column of columns)
      if (row[column] !== String(row[`f_${column}`]))
        work.tell(
          checkProblem('check.balance-differs', {
            account: row['id']!,
            column,
            stored: row[column]!,
            expected: String(row[`f_${column}`]),
          }),
        )
}

async function lines(tx: Reader, work: Checking): Promise<void> {
  const before = join(
    ['line', ...COUNTERS].map((c) => trusted(`coalesce(lag(s.${c}) over w, 0) as b_${c}`)),
    ', ',
  )
  const odd = join(
    COUNTERS.map((c) => trusted(`x.${c} <> x.b_${c} + x.add_${c}`)),
    ' or ',
  )
  const rows = await tx.query<{ account: string; line: string; id: string }>(
    sql`select x.account::text as account, x.line::text as line, x.id::text as id from (
          select s.*, ${before} from ${sides} window w as (partition by s.account order by s.line)) x
        where x.line <> x.b_line + 1 or ${odd} order by 1, x.line`,
  )
  for (const { account, line, id } of rows)
    work.tell(checkProblem('check.line-differs', { account, line, posting: id }))
}

async function lots(tx: Reader, work: Checking): Promise<void> {
  const rows = await tx.query<{ id: string; size: string; found: string }>(
    sql`select l.id::text as id, l.size::text as size, coalesce(sum(p.to_serial - p.from_serial), 0)::text as found
        from lot l left join (select *, lag(to_serial) over (partition by lot order by from_serial) as before from lot_piece) p
          on p.lot = l.id
        group by l.id
        having coalesce(sum(p.to_serial - p.from_serial), 0) <> l.size or bool_or(p.from_serial <> coalesce(p.before, 0))
        order by 1`,
  )
  for (const { id, size, found } of rows) work.tell(checkProblem('check.lot-not-covered', { lot: id, size, found }))
}

async function moves(tx: Reader, work: Checking): Promise<void> {
  const rows = await tx.query<{ id: string; amount: string; found: string }>(
    sql`select p.id::text as id, p.amount::text as amount, coalesce(sum(m.to_serial - m.from_serial), 0)::text as found
        from posting p join asset a on a.code = p.asset left join lot_move m on m.posting_id = p.id
        where a.lots and p.kind in ('plain', 'pending', 'post')
        group by p.id having coalesce(sum(m.to_serial - m.from_serial), 0) <> p.amount order by 1`,
  )
  for (const { id, amount, found } of rows)
    work.tell(checkProblem('check.move-differs', { posting: id, amount, found }))
}
