// Accounts that are being looked at: the house's opened packages with what a screen wants beside, and their maps.
// Always holds: what is worked out for a package goes when the house lets go of the package; of the maps the one that was asked
// for longest ago makes room, and its files are closed and removed.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProblemError, type GiveWay, type Text } from '../../kernel/index.ts'
import type { RuleBook } from '../../core/rules/index.ts'
import {
  accountProblem,
  classTitles,
  openPixels,
  unpackInputs,
  valueKey,
  type Account,
  type Explainer,
  type Figure,
  type InputList,
  type OpenPackage,
  type OpenPixels,
} from '../../domains/accounting/index.ts'
import type { Packages, StoredPackage } from '../../domains/accounting/office/index.ts'

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
  /** @throws ProblemError `gep.no-package`, `gep.not-a-package` */
  open(hash: string): Promise<Shelved>
  close(): Promise<void>
}

/** As many accounts as the house keeps open. */
const MOST_MAPS = 4

interface Maps {
  readonly pixels: OpenPixels
  readonly folder: string
}

export function accountShelf(packages: Packages, giveWay: GiveWay): Shelf {
  const shelved = new WeakMap<StoredPackage, Shelved>()
  const maps = new Map<string, Promise<Maps>>()
  const pixelsOf = async (hash: string, stored: StoredPackage): Promise<OpenPixels> => {
    const open = maps.get(hash) ?? openMapsOf(stored)
    // The order of the map is the order of asking.
    maps.delete(hash)
    maps.set(hash, open)
    open.catch(() => maps.delete(hash))
    const [oldest, first] = maps.entries().next().value!
    if (maps.size > MOST_MAPS) {
      maps.delete(oldest)
      void closeMaps(first)
    }
    return (await open).pixels
  }
  return {
    open: async (hash) => {
      const stored = await packages(hash)
      if (!('account' in stored)) throw new ProblemError(stored)
      const known = shelved.get(stored)
      if (known) return known
      const explained = stored.explain()
      await giveWay()
      // What a first question would work out for all others is worked out now: whoever asks why waits for one figure only.
      explained.byKey(valueKey('constant', stored.account.head.region))
      await giveWay()
      const made = shelve(stored, explained, () => pixelsOf(hash, stored))
      shelved.set(stored, made)
      return made
    },
    close: async () => {
      const all = [...maps.values()]
      maps.clear()
      await Promise.all(all.map(closeMaps))
    },
  }
}

function shelve(
  { pack, account, list, book }: StoredPackage,
  explained: Explainer,
  pixels: () => Promise<OpenPixels>,
): Shelved {
  return {
    pack,
    account,
    list,
    book,
    explained,
    figures: new Map(account.figures.map((f) => [f.key, f])),
    className: classTitles(book),
    pixels,
  }
}

async function openMapsOf({ pack, list, book, account }: StoredPackage): Promise<Maps> {
  if (!pack.manifest.withInputs) throw new ProblemError(accountProblem('package.needs-inputs', {}))
  const folder = await mkdtemp(join(tmpdir(), 'qingshan-maps-'))
  try {
    await unpackInputs(pack, folder)
    return { pixels: openPixels({ folder, list, book, account }), folder }
  } catch (e) {
    await rm(folder, { recursive: true, force: true })
    throw e
  }
}

async function closeMaps(opening: Promise<Maps>): Promise<void> {
  const open = await opening.catch(() => undefined)
  if (!open) return
  open.pixels.close()
  await rm(open.folder, { recursive: true, force: true })
}
