// What the public reads without signing in: the list of publications, the page of one, its downloads and its proof. Made from the
// record, the package and the published log whenever somebody asks; kept while nothing of it changes.
// Always holds: only what was published is shown, and nothing here depends on who asks.

import { isUuid, text, type Text, type Uuid } from '../../kernel/index.ts'
import { NOTICES_PATH } from '../../core/notices/index.ts'
import { sql } from '../../core/store/index.ts'
import { classTitles, type Account, type Status } from '../../domains/accounting/index.ts'
import {
  publicAccountPage,
  publicIndexPage,
  publishedCsv,
  publishedWorkbook,
  under,
  type DownloadHead,
} from '../../domains/accounting/office/index.ts'
import { actProof, type ActProof } from './act-proof.ts'
import type { House } from './open-house.ts'

export interface PublicAddresses {
  /** Of the list; a page stands below it: `/public/<id>`, `/public/<id>.csv`, `.xlsx`, `.proof`. */
  readonly base: string
  readonly verify: string
}

export interface PublicPages {
  index(): Promise<string>
  /** Undefined: there is no such publication, or it has no such file. */
  page(id: string): Promise<string | undefined>
  csv(id: string): Promise<Uint8Array | undefined>
  xlsx(id: string): Promise<Uint8Array | undefined>
  proof(id: string): Promise<string | undefined>
}

interface Row {
  readonly id: Uuid
  readonly place: string
  readonly year: number
  readonly title_zh: string
  readonly title_en: string
  readonly note: string | null
  readonly with_map: boolean
  readonly map_number: string | null
  readonly status: string
  readonly published_on: string
  readonly reason: string | null
  readonly number: string
  readonly version: number
  readonly account_status: Status
  readonly package: string
  readonly package_id: string
  readonly place_zh: string | null
  readonly later: string | null
}

/** Pages kept; a province has some hundred counties. */
const MOST_KEPT = 200

/** @param publishUpTo publishes the log as far as that leaf; a server has one that does so once at a time */
export function publicPages(
  house: House,
  at: PublicAddresses,
  publishUpTo: (leaf: number) => Promise<unknown> = () => house.publish(),
): PublicPages {
  const kept = new Map<string, string>()
  const href = (id: string, more = ''): string => `${at.base}/${id}${more}`

  const find = async (id: string): Promise<Row | undefined> => {
    if (!isUuid(id)) return undefined
    const [row] = await house.store.query<Row>(
      sql`select p.*, g.number, g.version, g.status as account_status, g.package, g.package_id,
            (select name_zh from region where code = p.place
              and edition = (select edition from region_edition where in_force)) as place_zh,
            (select l.id::text from gep_publication l where l.place = p.place and l.year = p.year and l.status = 'published'
              and l.id > p.id order by l.id desc limit 1) as later
          from gep_publication p join gep_account g on g.id = p.account where p.id = ${id}`,
    )
    return row
  }

  const opened = async (row: Row) => {
    const pack = await house.packages(row.package)
    return 'account' in pack ? { pack, account: under(pack.account, row.account_status) } : undefined
  }

  /** The log is published where it does not reach the act yet; where that fails the page says that the proof follows. */
  const proofOf = async (id: Uuid): Promise<ActProof | undefined> => {
    const [leaf] = await house.store.query<{ n: bigint }>(sql`select leaf_index as n from log_leaf where act = ${id}`)
    if (!leaf) return undefined
    try {
      await publishUpTo(Number(leaf.n))
      return await actProof(house, id)
    } catch {
      return undefined
    }
  }

  const download = (row: Row): DownloadHead => ({
    title: { zh: row.title_zh, en: row.title_en },
    number: row.number,
    packageId: row.package_id,
    page: href(row.id),
  })

  const withAccount = async <T>(
    id: string,
    make: (row: Row, account: Account) => T,
  ): Promise<Awaited<T> | undefined> => {
    const row = await find(id)
    const found = row && (await opened(row))
    return row && found ? await make(row, found.account) : undefined
  }

  return {
    index: async () => {
      const rows = await house.store.query<Row>(
        sql`select p.* from gep_publication p order by p.year desc, p.place, p.published_on desc`,
      )
      const entries = rows.map((r) => ({
        href: href(r.id),
        title: { zh: r.title_zh, en: r.title_en },
        place: r.place,
        year: r.year,
        publishedOn: r.published_on,
        withdrawn: r.status === 'withdrawn',
      }))
      return publicIndexPage(entries, { verify: at.verify, notices: NOTICES_PATH, certificates: '/check' })
    },
    page: async (id) => {
      const row = await find(id)
      if (!row) return undefined
      const key = [row.id, row.status, row.account_status, row.later].join(' ')
      const hit = kept.get(key)
      if (hit !== undefined) return hit
      const found = await opened(row)
      if (!found) return undefined
      const proof = await proofOf(row.id)
      const { account, pack } = found
      const titles = classTitles(pack.book)
      const className = (code: string): Text => titles(code)
      const made = publicAccountPage({
        account,
        publication: {
          id: row.id,
          title: { zh: row.title_zh, en: row.title_en },
          ...(row.note === null ? {} : { note: row.note }),
          withMap: row.with_map,
          ...(row.map_number === null ? {} : { mapNumber: row.map_number }),
          publishedOn: row.published_on,
          ...(row.status === 'withdrawn' ? { withdrawn: row.reason ?? '' } : {}),
          ...(row.later === null ? {} : { later: href(row.later) }),
        },
        registered: {
          number: row.number,
          version: row.version,
          packageHash: row.package,
          packageId: row.package_id,
          placeName:
            account.head.regions.find((r) => r.code === row.place)?.name ?? text(row.place_zh ?? row.place, row.place),
          className,
        },
        ...(proof ? { proof: { act: proof.act, leaf: proof.leaf, checkpoint: proof.checkpoint } } : {}),
        links: {
          all: at.base,
          csv: href(row.id, '.csv'),
          xlsx: href(row.id, '.xlsx'),
          proof: href(row.id, '.proof'),
          verify: at.verify,
        },
      })
      // Without its proof the page is not finished.
      if (proof) kept.set(key, made)
      if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]!)
      return made
    },
    csv: (id) => withAccount(id, (row, account) => publishedCsv(account, download(row))),
    xlsx: (id) => withAccount(id, (row, account) => publishedWorkbook(account, download(row))),
    proof: async (id) => {
      const row = await find(id)
      return row && (await proofOf(row.id))?.proof
    },
  }
}
