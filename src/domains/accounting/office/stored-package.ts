// Packages out of the file store, opened and checked. The last ones stay open: whoever signs, comments and asks why works on the
// same account for a while. A package never changes under its hash, so what is kept is never stale.

import { ProblemError, type Problem } from '../../../kernel/index.ts'
import { parseRuleBook, type RuleBook } from '../../../core/rules/index.ts'
import { explainer, type Explainer } from '../explain.ts'
import type { InputList } from '../input-list.ts'
import { parseListText } from '../inputs/index.ts'
import type { Account } from '../model.ts'
import { below, LIST_NAME, openPackage, textOf } from '../package/package.ts'
import type { OfficeWorld } from './office-world.ts'
import { officeProblem } from './problems.ts'

export interface StoredPackage {
  readonly id: string
  /** Size of the file. */
  readonly bytes: number
  readonly engine: string
  readonly account: Account
  readonly list: InputList
  readonly book: RuleBook
  readonly explain: () => Explainer
}

export type Packages = (hash: string) => Promise<StoredPackage | readonly Problem[]>

/** Open at once; an account of a county with townships takes some fifty megabytes. */
const MOST_OPEN = 3

export function storedPackages({ readFile }: Pick<OfficeWorld, 'readFile'>): Packages {
  const open = new Map<string, Promise<StoredPackage | readonly Problem[]>>()
  return (hash) => {
    const hit = open.get(hash)
    if (hit) return hit
    const made = readFile(hash).then((bytes) =>
      bytes ? opened(bytes, hash) : [officeProblem('gep.no-package', { file: hash })],
    )
    open.set(hash, made)
    const forget = (): void => void open.delete(hash)
    // What is not there today may be uploaded tomorrow.
    made.then((p) => (Array.isArray(p) ? forget() : undefined), forget)
    if (open.size > MOST_OPEN) open.delete([...open.keys()][0]!)
    return made
  }
}

function opened(bytes: Uint8Array, hash: string): StoredPackage | readonly Problem[] {
  const bad = [officeProblem('gep.not-a-package', { file: hash })]
  try {
    const pack = openPackage(bytes, 'account.zip', { report: false })
    const { book, problems } = parseRuleBook([...below(pack, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
    const text = pack.files.get(LIST_NAME)
    const { list } = text ? parseListText(textOf(text), LIST_NAME) : {}
    if (!list || problems.some((p) => p.severity === 'red')) return bad
    let explained: Explainer | undefined
    return {
      id: pack.id,
      bytes: bytes.length,
      engine: pack.manifest.engine,
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
