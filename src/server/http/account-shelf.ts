// Account packages that are being looked at: opened once, by the hash of their bytes, and kept while somebody asks, so that a
// figure explains itself at once. Always holds: a package never changes, so nothing kept is ever stale; the one that was asked
// for longest ago makes room, and its maps are closed with it.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { ProblemError, type Text } from '../../kernel/index.ts'
import { parseRuleBook, type RuleBook } from '../../core/rules/index.ts'
import {
  accountProblem,
  below,
  classTitles,
  explainer,
  LIST_NAME,
  openPackage,
  openPixels,
  parseListText,
  textOf,
  valueKey,
  type Account,
  type Explainer,
  type Figure,
  type InputList,
  type OpenPackage,
  type OpenPixels,
} from '../../domains/accounting/index.ts'

export interface Shelved {
  readonly pack: OpenPackage
  readonly account: Account
  readonly list: InputList
  readonly book: RuleBook
  readonly explained: Explainer
  readonly figures: ReadonlyMap<string, Figure>
  readonly className: (code: string) => Text
  /** Its maps, opened at the first look. @throws ProblemError where there are none */
  pixels(): Promise<OpenPixels>
}

export interface Shelf {
  /** @throws ProblemError `package.…` */
  open(hash: string): Promise<Shelved>
  close(): Promise<void>
}

/** A county with maps takes some 150 MB in memory. */
const MOST = 4

interface Kept {
  readonly shelved: Promise<Shelved>
  close(): Promise<void>
}

/** @param read bytes of the file store by hash; undefined where there are none */
export function accountShelf(read: (hash: string) => Promise<Uint8Array | undefined>): Shelf {
  const kept = new Map<string, Kept>()
  return {
    open: (hash) => {
      const hit = kept.get(hash) ?? put(hash, read)
      // The order of the map is the order of asking.
      kept.delete(hash)
      kept.set(hash, hit)
      hit.shelved.catch(() => kept.delete(hash))
      for (const [oldest, made] of kept) {
        if (kept.size <= MOST) break
        kept.delete(oldest)
        void made.close()
      }
      return hit.shelved
    },
    close: async () => {
      const all = [...kept.values()]
      kept.clear()
      await Promise.all(all.map((k) => k.close()))
    },
  }
}

function put(hash: string, read: (hash: string) => Promise<Uint8Array | undefined>): Kept {
  let maps: Promise<{ readonly pixels: OpenPixels; readonly folder: string }> | undefined
  const shelved = shelve(hash, read, (opened) => {
    maps ??= openMapsOf(opened)
    maps.catch(() => (maps = undefined))
    return maps.then((m) => m.pixels)
  })
  return {
    shelved,
    close: async () => {
      const open = await maps?.catch(() => undefined)
      open?.pixels.close()
      if (open) await rm(open.folder, { recursive: true, force: true })
    },
  }
}

async function shelve(
  hash: string,
  read: (hash: string) => Promise<Uint8Array | undefined>,
  pixels: (opened: Shelved) => Promise<OpenPixels>,
): Promise<Shelved> {
  const file = `${hash.slice(0, 12)}.zip`
  const bytes = await read(hash)
  if (!bytes) throw new ProblemError(accountProblem('package.missing', { file }, { file }))
  const pack = openPackage(bytes, file, { report: false })
  const { book } = parseRuleBook([...below(pack, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  const { list, problems } = parseListText(textOf(pack.files.get(LIST_NAME)!), 'account.yaml')
  if (!list) throw new ProblemError(problems)
  const opened: Shelved = {
    pack,
    account: pack.account,
    list,
    book,
    explained: explainer(pack.account, book, list.overrides ?? []),
    figures: new Map(pack.account.figures.map((f) => [f.key, f])),
    className: classTitles(book),
    pixels: () => pixels(opened),
  }
  // What a first question would work out for all others is worked out now: whoever asks why waits for one figure only.
  opened.explained.byKey(valueKey('constant', pack.account.head.region))
  return opened
}

async function openMapsOf({ pack, list, book, account }: Shelved) {
  if (!pack.manifest.withInputs) throw new ProblemError(accountProblem('package.needs-inputs', {}))
  const folder = await mkdtemp(join(tmpdir(), 'qingshan-maps-'))
  try {
    for (const [name, bytes] of below(pack, 'inputs')) {
      const path = resolve(folder, name)
      if (!path.startsWith(folder + sep)) throw new ProblemError(accountProblem('package.damaged', { what: name }))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, bytes)
    }
    return { pixels: openPixels({ folder, list, book, account }), folder }
  } catch (e) {
    await rm(folder, { recursive: true, force: true })
    throw e
  }
}
