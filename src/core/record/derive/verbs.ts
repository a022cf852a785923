// The verbs of the command line: one for every command and query, as plain data that the terminal builds its parser from.
// Words typed for them go through `fromWords` and `check` like everything else.

import {
  describeForm,
  exampleOf,
  isSealed,
  toWords,
  type FieldRow,
  type Form,
  type Grade,
  type Text,
} from '../../../kernel/index.ts'
import { kebab, type Declared } from './declared.ts'
import { saidAs } from './said-as.ts'

export interface VerbOption {
  /** `--issued-to <TEXT>`; `--lines <JSON...>` where it may be given several times. */
  readonly flags: string
  /** The key under which `fromWords` takes its words: `issuedTo`, `bank.name`. */
  readonly path: string
  readonly help: Text
  readonly required: boolean
  readonly repeats: boolean
  readonly grade: Grade
  /** Personal and secret words stay in the history of a shell: ask for them instead. */
  readonly ask: boolean
  readonly choices?: readonly string[]
}

export interface Verb {
  readonly kind: 'command' | 'query'
  /** As declared: `issuePermit`. */
  readonly name: string
  /** As typed: `issue-permit`. */
  readonly verb: string
  readonly help: Text
  readonly clause?: string
  readonly options: readonly VerbOption[]
  /** A line that works as it stands, but for the values: `issue-permit --amount 100 …`. */
  readonly example: string
}

export const verbs = ({ commands, queries }: Declared): readonly Verb[] => [
  ...commands.map((c) => verb('command', c, c.clause)),
  ...queries.map((q) => verb('query', q)),
]

function verb(
  kind: Verb['kind'],
  { name, title, input }: { readonly name: string; readonly title: Text; readonly input: Form },
  clause?: string,
): Verb {
  const rows = describeForm(input)
  const said = toWords(input, exampleOf(input))
  const line = Object.entries(said).flatMap(([path, word]) =>
    (typeof word === 'string' ? [word] : word).map((w) => `--${optionName(path)} ${quoted(w)}`),
  )
  return {
    kind,
    name,
    verb: kebab(name),
    help: title,
    ...(clause === undefined ? {} : { clause }),
    options: rows.filter((row) => isTyped(row, rows)).map((row) => option(row, rows, input, said)),
    example: [kebab(name), ...line].join(' '),
  }
}

/** Groups are typed by their fields, the items of a list at the list. */
const isTyped = (row: FieldRow, rows: readonly FieldRow[]): boolean =>
  !row.path.includes('*') && (row.kind !== 'group' || !rows.some((r) => r.path.startsWith(`${row.path}.`)))

function option(row: FieldRow, rows: readonly FieldRow[], input: Form, said: ReturnType<typeof toWords>): VerbOption {
  const repeats = row.kind === 'list'
  const item = rows.find((r) => r.path === `${row.path}.*`) ?? row
  const above = rows.filter((r) => row.path.startsWith(`${r.path}.`))
  const choices = input.fields[row.path]?.choices?.map((c) => c.value)
  return {
    flags: `--${optionName(row.path)} <${placeholder(item)}${repeats ? '...' : ''}>`,
    path: row.path,
    help: saidAs(row, said[row.path], item),
    required: row.required && above.every((r) => r.required),
    repeats,
    grade: row.grade,
    ask: isSealed(item.grade),
    ...(choices ? { choices } : {}),
  }
}

const optionName = (path: string): string => path.split('.').map(kebab).join('.')

const placeholder = ({ kind }: FieldRow): string => (kind === 'list' || kind === 'group' ? 'JSON' : kind.toUpperCase())

const quoted = (word: string): string =>
  /^[\p{L}\p{N}._:/+-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
