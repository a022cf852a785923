// An auditor of the record that shares no code with it: reads the tables in the plainest way and says everything that is
// wrong. Each act stands in the log once, in its place; the log's root is that of the acts; every row is what the acts,
// folded in the log's order, left there; numbers have no gaps; nothing personal stands outside its own table.

import { createHash } from 'node:crypto'
import type { Account, Lot, Piece, Posting } from '../../src/core/ledger/index.ts'
import { trusted, type Reader, type Table } from '../../src/core/store/index.ts'
import { lawsOf, type Written } from './ledger-histories.ts'

interface Plain {
  readonly [column: string]: unknown
}

interface ActPlain {
  readonly id: string
  readonly content: string
  readonly effects: string
  readonly salt: Uint8Array
  readonly leaf: bigint | null
  readonly entry: Uint8Array | null
  readonly [column: string]: unknown
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const p of parts) hash.update(p)
  return hash.digest()
}

/** The Merkle tree hash, straight from its definition (RFC 6962 section 2.1). */
export function treeHash(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256('')
  if (entries.length === 1) return sha256(Uint8Array.of(0), entries[0]!)
  let half = 1
  while (half * 2 < entries.length) half *= 2
  return sha256(Uint8Array.of(1), treeHash(entries.slice(0, half)), treeHash(entries.slice(half)))
}

/** The root that a stored frontier stands for: its subtrees from right to left. */
function frontierRoot(frontier: Uint8Array): Buffer {
  const edge: Buffer[] = []
  for (let at = 8; at < frontier.length; at += 32) edge.push(Buffer.from(frontier.subarray(at, at + 32)))
  return edge.length === 0 ? sha256('') : edge.reduceRight((right, left) => sha256(Uint8Array.of(1), left, right))
}

/** Everything that is wrong; empty when all holds. @param secrets texts that were given as personal values */
export async function auditRecord(
  db: Reader,
  tables: readonly Table[],
  secrets: readonly string[] = [],
): Promise<readonly string[]> {
  const wrong: string[] = []
  const acts = await db.query<ActPlain>(
    trusted(
      `select a.*, l.leaf_index as leaf, l.entry from act a left join log_leaf l on l.act = a.id order by l.leaf_index`,
    ),
  )
  const [head] = await db.query<{ size: bigint; frontier: Uint8Array; recorded_at: string }>(
    trusted('select * from log_head'),
  )
  if (!head) return acts.length === 0 ? [] : ['acts without a log']
  if (head.size !== BigInt(acts.length)) wrong.push(`the log counts ${head.size}, the acts ${acts.length}`)
  const [leaves] = await db.query<{ n: bigint }>(trusted('select count(*) as n from log_leaf'))
  if (leaves!.n !== head.size) wrong.push(`${leaves!.n} leaves, not ${head.size}`)
  acts.forEach((a, i) => wrong.push(...actWrong(a, i, acts[i - 1])))
  if (acts.every((a) => a.entry)) {
    const root = treeHash(acts.map((a) => a.entry!))
    if (!root.equals(frontierRoot(head.frontier))) wrong.push('the root of the log is not that of its leaves')
  }
  wrong.push(...(await rowsWrong(db, tables, acts)))
  wrong.push(...(await personalWrong(db, acts, secrets)))
  wrong.push(...(await numbersWrong(db, acts)))
  wrong.push(...(await approvalsWrong(db, acts)))
  wrong.push(...lawsOf(await readLedger(db)))
  return wrong
}

function actWrong(a: ActPlain, i: number, before: ActPlain | undefined): string[] {
  const wrong: string[] = []
  const say = (what: string): void => void wrong.push(`act ${a.id}: ${what}`)
  if (a.leaf !== BigInt(i)) say(`leaf ${a.leaf}, not ${i}`)
  if (!a.entry || !sha256(a.salt, a.content).equals(Buffer.from(a.entry))) say('leaf is not its digest')
  const c = JSON.parse(a.content) as Record<string, unknown> & { readonly actor: Record<string, unknown> }
  if (c['effects'] !== sha256(a.effects).toString('hex')) say('effects differ from their digest')
  if (sortedJson(c) !== a.content) say('is not canonical')
  const columns: readonly (readonly [string, unknown])[] = [
    ['id', c['id']],
    ['kind', c['kind']],
    ['command', c['command']],
    ['legal_date', c['legalDate']],
    ['recorded_at', c['recorded']],
    ['person', c.actor['person']],
    ['role', c.actor['role']],
    ['place', c['place'] ?? null],
    ['request', c['request'] ?? null],
    ['corrects', c['corrects'] ?? null],
  ]
  for (const [column, value] of columns) if (a[column] !== value) say(`${column} is not that of its content`)
  if (sortedJson(a['answer']) !== sortedJson(c['answer'])) say('answer is not that of its content')
  if ((JSON.parse(a.effects) as Plain)['act'] !== a['kind']) say('effects are of another kind')
  if (before && String(before['recorded_at']) > String(a['recorded_at'])) say('recorded before the act before it')
  return wrong
}

const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1)))
      : v,
  )

// ---- rows: what the acts left

/** Tables that are not written by effects. */
const OUTSIDE = ['act', 'act_subject', 'log_head', 'log_leaf', 'personal_value', 'job', 'draft', 'session']

type RowText = Readonly<Record<string, string | null>>

async function rowsWrong(db: Reader, tables: readonly Table[], acts: readonly ActPlain[]): Promise<readonly string[]> {
  const wrong: string[] = []
  const byName = new Map(tables.map((t) => [t.name, t]))
  const folded = new Map<string, Map<string, RowText>>()
  for (const a of acts) {
    const said = JSON.parse(a.effects) as {
      rows: readonly {
        table: string
        how: string
        columns: readonly string[]
        values: readonly (string | null | readonly (string | null)[])[]
      }[]
    }
    const rows = said.rows.flatMap(({ table, how, columns, values }) => {
      const count = Array.isArray(values[0]) ? values[0].length : 1
      const value = (column: number, row: number): string | null => {
        const v = values[column]
        return typeof v === 'object' && v !== null ? (v[row] ?? null) : (v ?? null)
      }
      return Array.from({ length: count }, (_, row): readonly [string, string, RowText] => [
        table,
        how,
        Object.fromEntries(columns.map((c, column) => [c, value(column, row)])),
      ])
    })
    for (const [name, how, cells] of rows) {
      const t = byName.get(name)
      if (!t) {
        wrong.push(`act ${a.id} writes the unknown table ${name}`)
        continue
      }
      const key = t.key.map((k) => cells[k]).join(' ')
      const stand = folded.get(name) ?? new Map<string, RowText>()
      folded.set(name, stand)
      if (how === 'insert' && stand.has(key)) wrong.push(`act ${a.id} inserts ${name} ${key}, which stands`)
      stand.set(key, cells)
    }
  }
  for (const t of tables) {
    if (OUTSIDE.includes(t.name)) continue
    const stand = await readTexts(db, t)
    const expected = folded.get(t.name) ?? new Map<string, RowText>()
    if (stand.size !== expected.size) wrong.push(`${t.name}: ${stand.size} rows, the acts left ${expected.size}`)
    for (const [key, cells] of expected) {
      const row = stand.get(key)
      if (!row) wrong.push(`${t.name} ${key}: missing`)
      else
        for (const c of Object.keys(t.columns))
          if (row[c] !== plainCell(t, c, cells[c] ?? null))
            wrong.push(`${t.name} ${key}: ${c} is ${row[c]}, the acts left ${cells[c]}`)
    }
  }
  return wrong
}

const typeOf = (t: Table, c: string): string => {
  const declared = t.columns[c]!
  return typeof declared === 'string' ? declared : declared.type
}

/** A cell as the acts have it, in the form `readTexts` gives it. */
function plainCell(t: Table, c: string, cell: string | null): string | null {
  if (cell === null) return null
  const type = typeOf(t, c)
  if (type === 'jsonb') return sortedJson(JSON.parse(cell))
  if (type === 'text[]') return JSON.stringify([...cell.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1]))
  return cell
}

async function readTexts(db: Reader, t: Table): Promise<ReadonlyMap<string, RowText>> {
  const columns = Object.keys(t.columns).map((c) => {
    const q = `"${c}"`
    switch (typeOf(t, c)) {
      case 'timestamptz':
        return `to_char(${q} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${q}`
      case 'bytea':
        return `'\\x' || encode(${q}, 'hex') as ${q}`
      case 'text[]':
        return `array_to_json(${q})::text as ${q}`
      default:
        return `${q}::text as ${q}`
    }
  })
  const rows = await db.query<Record<string, string | null>>(trusted(`select ${columns.join(', ')} from "${t.name}"`))
  const jsonColumns = Object.keys(t.columns).filter((c) => ['jsonb', 'text[]'].includes(typeOf(t, c)))
  return new Map(
    rows.map((r) => {
      const row = { ...r }
      for (const c of jsonColumns) if (row[c] !== null) row[c] = sortedJson(JSON.parse(row[c]!))
      return [t.key.map((k) => row[k]).join(' '), row]
    }),
  )
}

// ---- personal values, numbers, approvals

async function personalWrong(
  db: Reader,
  acts: readonly ActPlain[],
  secrets: readonly string[],
): Promise<readonly string[]> {
  const wrong: string[] = []
  const values = await db.query<{ commitment: string; act: string; salt: Uint8Array | null; value: string | null }>(
    trusted('select commitment, act, salt, value from personal_value'),
  )
  const known = new Set(values.map((v) => v.commitment))
  for (const v of values) {
    if ((v.salt === null) !== (v.value === null)) wrong.push(`${v.commitment}: half erased`)
    if (v.salt && `~${sha256('qingshan personal v1\n', v.salt, v.value!).toString('hex')}` !== v.commitment)
      wrong.push(`${v.commitment} does not open`)
  }
  for (const a of acts) {
    for (const [c] of a.content.matchAll(/~[0-9a-f]{64}/g))
      if (!known.has(c)) wrong.push(`act ${a.id}: ${c} is nowhere`)
    for (const s of secrets) if (a.content.includes(s) || a.effects.includes(s)) wrong.push(`act ${a.id} tells ${s}`)
  }
  return wrong
}

async function numbersWrong(db: Reader, acts: readonly ActPlain[]): Promise<readonly string[]> {
  const wrong: string[] = []
  const taken = new Map<string, number[]>()
  for (const a of acts) {
    const number = (a['answer'] as { number?: string } | null)?.number
    const m = /^([A-Z]+-\d+-\d{4})-(\d{6})-[0-9A-Z]$/.exec(number ?? '')
    if (m) taken.set(m[1]!, [...(taken.get(m[1]!) ?? []), Number(m[2])])
  }
  for (const [name, numbers] of taken)
    numbers.forEach((n, i) => {
      if (n !== i + 1) wrong.push(`${name}: number ${n} in place ${i + 1}`)
    })
  const rows = await db.query<{ kind: string; place: string; year: number; last: bigint }>(
    trusted('select * from number_series'),
  )
  for (const r of rows) {
    const name = `${r.kind}-${r.place}-${r.year}`
    if (BigInt(taken.get(name)?.length ?? 0) !== r.last) wrong.push(`${name}: last ${r.last}`)
  }
  return wrong
}

/** What needed two people was done by two (and the requester is a third), and nothing is corrected twice. */
async function approvalsWrong(db: Reader, acts: readonly ActPlain[]): Promise<readonly string[]> {
  const wrong: string[] = []
  const requests = await db.query<{
    id: string
    status: string
    person: string
    steps: unknown[]
    accepted_by: string
  }>(trusted('select id, status, person, steps, accepted_by from request'))
  const steps = await db.query<{ request: string; person: string; paper_signer: string | null }>(
    trusted('select request, person, paper_signer from request_step order by request, step'),
  )
  const ids = new Set(acts.map((a) => a.id))
  for (const r of requests) {
    const taken = steps.filter((s) => s.request === r.id)
    const people = [r.person, ...taken.filter((s) => s.paper_signer === null).map((s) => s.person)]
    if (new Set(people).size !== people.length) wrong.push(`request ${r.id}: one person twice`)
    if ((r.status === 'accepted') !== (taken.length === r.steps.length)) wrong.push(`request ${r.id}: ${r.status}`)
    if (r.status === 'accepted' && !ids.has(r.accepted_by)) wrong.push(`request ${r.id}: accepted by no act`)
    const carried = acts.filter((a) => a['request'] === r.id)
    if (carried.length !== (r.status === 'accepted' ? 1 : 0)) wrong.push(`request ${r.id}: ${carried.length} acts`)
  }
  const corrected = acts.flatMap((a) => (a['corrects'] === null ? [] : [a['corrects']]))
  if (new Set(corrected).size !== corrected.length) wrong.push('an act is corrected twice')
  return wrong
}

// ---- the ledger, as the auditor of its histories wants it

export async function readLedger(db: Reader): Promise<Written> {
  const all = (q: string) => db.query<Record<string, never>>(trusted(q))
  const moves = new Map<string, Posting['picks'][number][]>()
  for (const m of await all('select * from lot_move order by posting_id, lot, from_serial')) {
    const of = moves.get(m['posting_id']!) ?? []
    moves.set(m['posting_id']!, of)
    of.push({ lot: m['lot']!, from: m['from_serial']!, to: m['to_serial']! })
  }
  const after = (r: Record<string, never>, side: 'debit' | 'credit') => ({
    debitsPending: r[`${side}_debits_pending`]!,
    debitsPosted: r[`${side}_debits_posted`]!,
    creditsPending: r[`${side}_credits_pending`]!,
    creditsPosted: r[`${side}_credits_posted`]!,
    lines: r[`${side}_line`]!,
  })
  const postings = (
    await all('select p.* from posting p join log_leaf l on l.act = p.act order by l.leaf_index, p.ordinal')
  ).map((r): Posting => ({
    id: r['id']!,
    act: r['act']!,
    ordinal: r['ordinal']!,
    asset: r['asset']!,
    debit: r['debit_account_id']!,
    credit: r['credit_account_id']!,
    amount: r['amount']!,
    kind: r['kind']!,
    ...(r['pending_id'] === null ? {} : { pendingId: r['pending_id']! }),
    ...(r['reverses'] === null ? {} : { reverses: r['reverses']! }),
    effective: r['effective']!,
    recorded: r['recorded']!,
    picks: moves.get(r['id']!) ?? [],
    debitAfter: after(r, 'debit'),
    creditAfter: after(r, 'credit'),
  }))
  const accounts = (await all('select * from account')).map((r): Account => ({
    id: r['id']!,
    asset: r['asset']!,
    owner: r['owner']!,
    purpose: r['purpose']!,
    flags: {
      debitsMustNotExceedCredits: r['debits_must_not_exceed_credits']!,
      creditsMustNotExceedDebits: r['credits_must_not_exceed_debits']!,
      creditsOnly: r['credits_only']!,
    },
    balance: {
      debitsPending: r['debits_pending']!,
      debitsPosted: r['debits_posted']!,
      creditsPending: r['credits_pending']!,
      creditsPosted: r['credits_posted']!,
      lines: r['lines']!,
    },
  }))
  const lots = (await all('select * from lot')).map((r): Lot => ({
    id: r['id']!,
    asset: r['asset']!,
    act: r['act']!,
    size: r['size']!,
    issued: r['issued']!,
    prefix: r['prefix']!,
  }))
  const pieces = (await all('select * from lot_piece')).map((r): Piece => ({
    lot: r['lot']!,
    from: r['from_serial']!,
    to: r['to_serial']!,
    account: r['account_id']!,
    ...(r['pending_id'] === null ? {} : { pending: r['pending_id']! }),
  }))
  return { accounts, postings, lots, pieces }
}
