// The one write path, as types: somebody submits a command; `decide` turns state and input into effects or a problem; the
// runner writes act, effects and proof together. Everything a domain declares is here: commands, queries, listeners.
// Always holds: `decide` is pure; effects are plain data; an act is never changed, only followed by another.

import type {
  CivilDate,
  Decoded,
  Form,
  Grade,
  Instant,
  Json,
  JsonObject,
  Problem,
  Text,
  Uuid,
} from '../../kernel/index.ts'
import type { AccountName, Asset, Book, Entry, PostingId } from '../ledger/index.ts'
import type { Citation, IndicatorCard, IndicatorKey, IndicatorValue } from '../indicators/index.ts'
import type { RuleBook } from '../rules/index.ts'
import type { AnyRow, Param, Reader, RowOf, Sql, Table } from '../store/index.ts'

/** Who acts: one person in one role at one place, never in the union of all their roles. */
export interface Actor {
  readonly person: Uuid
  readonly role: string
  /** The place of the grant that allows it. */
  readonly place: string
  readonly organisation?: Uuid
  /** The absent person in whose stead. */
  readonly standInFor?: Uuid
}

/** What a decision may know beside state and input. */
export interface Context {
  /** Id of the thing this act creates: the act's own id, or its request's, so that a preview and the acceptance agree. */
  readonly subject: Uuid
  readonly today: CivilDate
  readonly legalDate: CivilDate
  readonly recorded: Instant
  readonly actor: Actor
  /** Who takes the last step, when what was requested is carried out. May refuse, and must not change the outcome: the
   *  requester's preview knows of nobody. On paper there is none, for the signer has no account. */
  readonly approver?: Actor
  /** The rules; a decision chooses by legal date. */
  readonly rules: RuleBook
  /** What another command would do now. Nothing comes of it: numbers are not taken, nothing is booked. */
  readonly rehearse: (target: Rehearsal) => Rehearsed | readonly Problem[]
}

export interface Rehearsal {
  readonly command: AnyCommand
  /** Stored JSON of the command's form. */
  readonly input: Json
  readonly prepared: unknown
  readonly context: Pick<Context, 'subject' | 'legalDate' | 'actor' | 'approver'>
}
export interface Rehearsed {
  readonly effects: Effects
  /** The effects as plain JSON, without what differs each time. */
  readonly outcome: Json
  readonly digest: string
}

/** Rows, accounts and postings a command reads, named before anything is locked. */
export interface Wanted {
  readonly rows?: readonly { readonly table: Table; readonly key: AnyRow }[]
  /** All rows of a table with these values in these columns. */
  readonly sets?: readonly { readonly table: Table; readonly where: Readonly<Record<string, Param>> }[]
  readonly accounts?: readonly AccountName[]
  readonly assets?: readonly string[]
  /** Series a number may be taken from. */
  readonly series?: readonly SeriesName[]
  readonly pendings?: readonly PostingId[]
  /** Postings to be taken back. */
  readonly reversals?: readonly PostingId[]
  readonly indicators?: readonly IndicatorKey[]
}

export interface SeriesName {
  readonly kind: string
  readonly place: string
  readonly year: number
}

/** State as the acts before this one left it, those of the same batch included. Asking for what was not wanted is a bug. */
export interface State {
  row<T extends Table>(table: T, key: AnyRow): RowOf<T> | undefined
  rows<T extends Table>(table: T, where: Readonly<Record<string, Param>>): readonly RowOf<T>[]
  readonly book: Book
  /** The value in force of an indicator. */
  indicator(key: IndicatorKey): IndicatorValue | undefined
  card(indicator: string): IndicatorCard | undefined
  /** The next number of a series, with its check character; taken only if the act is accepted. */
  number(series: SeriesName): string
}

/** A row of one of our tables: inserted (refused if it stands) or put over what stands. */
export interface RowChange {
  readonly table: Table
  readonly how: 'insert' | 'put'
  readonly row: AnyRow
}
export const insert = <T extends Table>(table: T, row: RowOf<T>): RowChange => ({
  table,
  how: 'insert',
  row: row as AnyRow,
})
export const put = <T extends Table>(table: T, row: RowOf<T>): RowChange => ({ table, how: 'put', row: row as AnyRow })

/** Something a person should look at: appears in the 待办 of whom it is for until somebody closes it. */
export interface Notice {
  readonly text: Text
  readonly toPerson?: Uuid
  readonly toRole?: string
  readonly place: string
  readonly about: string
}

/** A clock: when due, the command is submitted as `system`, with an id derived from subject and clock. */
export interface TimerStart {
  readonly subject: string
  readonly clock: string
  readonly due: Instant
  readonly command: string
  readonly input: Json
}
export interface TimerStop {
  readonly subject: string
  readonly clock: string
}

/** Everything an act does, as data. */
export interface Effects {
  /** Past tense: `permit-issued`. */
  readonly act: string
  /** Whose history this belongs to: `permit:…`, `person:…`. */
  readonly subjects?: readonly string[]
  readonly rows?: readonly RowChange[]
  readonly assets?: readonly Asset[]
  readonly postings?: readonly Entry[]
  readonly cards?: readonly IndicatorCard[]
  readonly indicators?: readonly IndicatorValue[]
  /** Figures this act leans on, each with the use it is put to; one that is not fit for the use refuses the act. */
  readonly cites?: readonly Citation[]
  /** How an amount came about: formula, inputs, parameters; by what it explains (`posting:0`, `value:gep`). */
  readonly reasons?: Readonly<Record<string, Json>>
  readonly notices?: readonly Notice[]
  /** Notices that are dealt with. */
  readonly closes?: readonly Uuid[]
  /** Commitments of personal values that are erased. */
  readonly erases?: readonly string[]
  /** Effects that must be possible now and are not carried out: what a request asks for. */
  readonly tries?: Effects
  /** The act belongs to another command than the one submitted: the last approval carries out what was requested. */
  readonly as?: ActedAs
  readonly timers?: readonly (TimerStart | TimerStop)[]
  /** What whoever submitted it gets back. */
  readonly answer?: Json
}

export interface ActedAs {
  readonly command: AnyCommand
  readonly input: Json
  readonly legalDate: CivilDate
  readonly request: Uuid
  /** The last step was signed on paper. */
  readonly paper?: boolean
}

/** One step of an approval: who may take it. */
export interface ApprovalStep {
  readonly role: string
  readonly title: Text
}

/** A command, declared once; route, form, verb, permission row and skeleton are derived from it. `P` is what `prepare` found. */
export interface Command<F extends Form = Form, P = unknown> {
  /** Imperative: `issuePermit`. */
  readonly name: string
  readonly version: number
  readonly title: Text
  /** Clause of the policy or law it serves. */
  readonly clause?: string
  /** Groups a role file may name it by. */
  readonly groups?: readonly string[]
  readonly input: F
  /** Past input versions and how they become today's. */
  readonly past?: Readonly<Record<number, { readonly input: Form; readonly toNext: (old: Json) => Json }>>
  /** The region the act happens in; undefined where it has none (one's own password). */
  readonly place: (input: Decoded<F>, prepared: P) => string | undefined
  /** The organisation it happens in, for roles bound to one. */
  readonly organisation?: (input: Decoded<F>, prepared: P) => Uuid | undefined
  readonly legalDate: (input: Decoded<F>, today: CivilDate, prepared: P) => CivilDate
  /** Reads what never changes (an earlier act), before the command waits in the queue. `plain` is the input with personal values
   *  open, to be judged and never to be kept; absent where a request is carried out later. */
  readonly prepare?: (reader: Reader, input: Decoded<F>, plain?: JsonObject) => Promise<P | readonly Problem[]>
  /** Keys that serialise: two commands on one subject never share a batch. */
  readonly subjects: (input: Decoded<F>, prepared: P) => readonly string[]
  /** Reads in stages, each knowing what the ones before found. */
  readonly reads?: readonly ((input: Decoded<F>, state: State, context: Context, prepared: P) => Wanted)[]
  /** Steps before it takes effect; none: it takes effect when submitted. */
  readonly approval?: (input: Decoded<F>, prepared: P) => readonly ApprovalStep[]
  readonly decide: (state: State, input: Decoded<F>, context: Context, prepared: P) => Effects | readonly Problem[]
  /** The act this one corrects. */
  readonly corrects?: (input: Decoded<F>) => Uuid | undefined
  /** How the act is taken back, beside its postings; without it an act that wrote rows of a domain cannot be. */
  readonly reverse?: (
    state: State,
    input: Decoded<F>,
    context: Context,
    original: ActRecord,
  ) => Pick<Effects, 'rows' | 'indicators' | 'timers' | 'notices'> | readonly Problem[]
  readonly reverseReads?: (input: Decoded<F>, original: ActRecord) => Wanted
}

/** A command whose types are known only where it was declared. */
// The registry holds commands of many input types; each is called only with its own input, checked by its own form.
export type AnyCommand = Command<Form, never>

/** What a query may answer: rows within these places, of this organisation if any, fields up to this grade. */
export interface Scope {
  readonly grade: Grade
  readonly person: Uuid
  readonly role: string
  /** A condition on a column that holds a region code and, where given, one that holds an organisation. */
  readonly within: (place: Sql, organisation?: Sql) => Sql
}

export interface Query<I extends Form = Form, O extends Form = Form> {
  readonly name: string
  readonly title: Text
  readonly groups?: readonly string[]
  readonly input: I
  /** One row of the answer; grades of its fields decide what a reader sees. */
  readonly row: O
  /** May answer from a replica. */
  readonly mayLag?: boolean
  readonly run: (reader: Reader, input: Decoded<I>, scope: Scope) => Promise<readonly Json[]>
  /** All rows as one statement, where there may be more than anybody wants read: whoever asks for a page has the database search,
   *  order and cut it. Its columns are the fields of the row, instants as `instantColumn` writes them, null where missing, none of
   *  them sealed; and what else `order` names. */
  readonly table?: (input: Decoded<I>, scope: Scope) => Sql
  /** The order of `table`, by names of its columns; `-` before a name: downwards. */
  readonly order?: readonly string[]
}
export type AnyQuery = Query<Form, Form>

/** Hears acts of some kinds after they are committed and submits a command of its own as `system`. */
export interface Listener {
  readonly name: string
  readonly hears: readonly string[]
  readonly submit: (
    act: ActRecord,
    reader: Reader,
  ) => Promise<{ readonly command: string; readonly input: Json } | undefined>
}

/** What one domain brings to the house. */
export interface Domain {
  readonly name: string
  readonly title: Text
  readonly commands?: readonly AnyCommand[]
  readonly queries?: readonly AnyQuery[]
  readonly tables?: readonly Table[]
  readonly listeners?: readonly Listener[]
}

export interface Submission {
  /** Made by whoever submits: the same id again gives the same answer and does nothing. */
  readonly id: Uuid
  readonly command: string
  readonly version?: number
  readonly input: unknown
  readonly person: Uuid
  readonly role: string
  /** The clock that submits it: its row says `fired` by the same act. `id` must be that firing's (`firingId`). */
  readonly timer?: Uuid
}

/** An act as it stands in the record. */
export interface ActRecord {
  readonly id: Uuid
  readonly kind: string
  readonly command: string
  readonly version: number
  readonly input: Json
  readonly legalDate: CivilDate
  readonly recorded: Instant
  readonly actor: Actor
  readonly place: string | undefined
  readonly clause?: string
  readonly request?: Uuid
  readonly corrects?: Uuid
  readonly answer: Json
  /** Tables the act wrote rows of. */
  readonly wrote: readonly string[]
}

export interface Receipt {
  readonly act: Uuid
  readonly kind: string
  readonly recorded: Instant
  /** Place in the log, from 0. */
  readonly leaf: number
  readonly answer: Json
  /** The id had been submitted before with the same content; nothing was done now. */
  readonly replayed: boolean
}

export type Outcome =
  { readonly ok: true; readonly receipt: Receipt } | { readonly ok: false; readonly problems: readonly Problem[] }

/** Asked once a batch, for all its commands: may this person, in this role, run this here today? */
export interface PermitAsk {
  readonly person: Uuid
  readonly role: string
  readonly command: AnyCommand
  readonly place: string | undefined
  readonly organisation: Uuid | undefined
  readonly date: CivilDate
}
export interface Permit {
  (reader: Reader, asks: readonly PermitAsk[]): Promise<readonly (Actor | Problem)[]>
  /** The tables it rests on: whoever comes behind an act that writes one is asked for anew. */
  readonly restsOn?: ReadonlySet<string>
  /** Gives up what it keeps of them. Whoever comes next reads after the act that wrote them has ended. */
  readonly forget?: () => void
}

export const refused = (...problems: readonly Problem[]): Outcome => ({ ok: false, problems })

export const isProblems = (x: unknown): x is readonly Problem[] => Array.isArray(x)
