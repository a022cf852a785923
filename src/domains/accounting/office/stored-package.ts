// Packages out of the file store, opened and checked, for everybody in the house: commands, screens and public pages. The last ones
// asked for stay open, since whoever signs, comments and asks why works on the same account for a while.
// Always holds: a package never changes under its hash, so what is kept is never stale; packages with the same rules share one book;
// opening one goes in steps, between which others are answered.

import { inTurns, ProblemError, type GiveWay, type Problem, type Steps } from '../../../kernel/index.ts'
import { ruleBookSteps, type RuleBook } from '../../../core/rules/index.ts'
import { explainer, type Explainer } from '../explain.ts'
import type { InputList } from '../input-list.ts'
import { parseListText } from '../inputs/index.ts'
import type { Account } from '../model.ts'
import { below, LIST_NAME, packageSteps, textOf, type OpenPackage } from '../package/package.ts'
import { officeProblem } from './problems.ts'

export interface StoredPackage {
  readonly id: string
  /** Size of the file. */
  readonly bytes: number
  readonly engine: string
  /** Its files, without the report. */
  readonly pack: OpenPackage
  readonly account: Account
  readonly list: InputList
  readonly book: RuleBook
  readonly explain: () => Explainer
}

export type Packages = (hash: string) => Promise<StoredPackage | readonly Problem[]>

/** Open at once; a county with its maps takes some 150 MB of memory. */
const MOST_OPEN = 4

/** @param readFile content of the file store by hash; undefined where there is none
 *  @param giveWay lets others have a turn; without it a package is opened in one go */
export function storedPackages(
  readFile: (hash: string) => Promise<Uint8Array | undefined>,
  giveWay: GiveWay = () => undefined,
): Packages {
  const open = new Map<string, ReturnType<Packages>>()
  const books: Books = new Map()
  const make = (hash: string): ReturnType<Packages> => {
    const made = readFile(hash).then((bytes) =>
      bytes ? inTurns(opened(bytes, hash, books), giveWay) : [officeProblem('gep.no-package', { file: hash })],
    )
    const forget = (): void => void open.delete(hash)
    // What is not there today may be uploaded tomorrow.
    made.then((p) => ('account' in p ? undefined : forget()), forget)
    return made
  }
  return (hash) => {
    const found = open.get(hash) ?? make(hash)
    // The order of the map is the order of asking.
    open.delete(hash)
    open.set(hash, found)
    if (open.size > MOST_OPEN) open.delete(open.keys().next().value!)
    return found
  }
}

type Books = Map<string, RuleBook>

/** Most accounts of a house stand on the rules of a few years. */
const MOST_BOOKS = 4

/** The rules of a package; undefined where something red is in them. Which rules they are is said by the manifest's hashes. */
function* bookOf(pack: OpenPackage, books: Books): Steps<RuleBook | undefined> {
  const rules = pack.manifest.files.filter((f) => f.name.startsWith('rules/'))
  const key = rules.map((f) => `${f.sha256} ${f.name}`).join('\n')
  const known = books.get(key)
  if (known) return known
  const read = yield* ruleBookSteps([...below(pack, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  if (read.problems.some((p) => p.severity === 'red')) return undefined
  books.set(key, read.book)
  if (books.size > MOST_BOOKS) books.delete(books.keys().next().value!)
  return read.book
}

function* opened(bytes: Uint8Array, hash: string, books: Books): Steps<StoredPackage | readonly Problem[]> {
  const bad = [officeProblem('gep.not-a-package', { file: hash })]
  try {
    const pack = yield* packageSteps(bytes, 'account.zip', { report: false })
    const book = yield* bookOf(pack, books)
    const text = pack.files.get(LIST_NAME)
    const { list } = text ? parseListText(textOf(text), LIST_NAME) : {}
    if (!list || !book) return bad
    let explained: Explainer | undefined
    return {
      id: pack.id,
      bytes: bytes.length,
      engine: pack.manifest.engine,
      pack,
      account: pack.account,
      list,
      book,
      explain: () => (explained ??= explainer(pack.account, book, list.overrides ?? [])),
    }
  } catch (e) {
    if (e instanceof ProblemError) return bad
    throw e
  }
}
