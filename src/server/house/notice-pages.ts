// The public pages of notices over the record: what is posted, the form for an objection and what came of it, the copy for the
// board with its code. Nobody signs in for them.
// Always holds: nothing of who objected is read here; a receipt is found by the id that only who objected was given.

import { isUuid, ownMarkup, type CivilDate, type Instant, type Problem, type Uuid } from '../../kernel/index.ts'
import { SYSTEM_PERSON } from '../../core/identity/index.ts'
import {
  boardCopyPage,
  noticePage,
  NOTICES_PATH,
  noticesIndexPage,
  objectionFormPage,
  receiptPage,
  type ListedNotice,
  type NoticeStatus,
  type ObjectionStatus,
  type PublishedNotice,
  type Receipt,
  type Typed,
} from '../../core/notices/index.ts'
import { sql } from '../../core/store/index.ts'
import type { House } from './open-house.ts'

export interface NoticePages {
  index(): Promise<string>
  /** Undefined: there is no such notice. */
  page(id: string): Promise<string | undefined>
  form(id: string, more?: { readonly typed: Typed; readonly problems: readonly Problem[] }): Promise<string | undefined>
  /** Takes an objection in. @param submission as the form was given it; the same one is taken once */
  object(
    id: string,
    submission: string,
    typed: Typed,
  ): Promise<{ readonly receipt: string } | { readonly problems: readonly Problem[] }>
  receipt(id: string, objection: string): Promise<string | undefined>
  /** @param base address of this server as people outside type it, `https://log.example.gov.cn` */
  print(id: string, base: string): Promise<string | undefined>
  /** Hash of the list that was attached, while the notice runs. */
  listDocument(id: string): Promise<string | undefined>
}

/** Notices of the list; older ones are found by their address. */
const LISTED = 500

interface Row extends Omit<PublishedNotice, 'list' | 'hasListDocument' | 'reason' | 'suspended'> {
  readonly list: PublishedNotice['list'] | null
  readonly list_document: string | null
  readonly reason: string | null
  readonly clock: string
}

export function noticePages(house: House): NoticePages {
  const { store, recorder } = house

  const find = async (
    id: string,
  ): Promise<(PublishedNotice & { readonly document: string | undefined }) | undefined> => {
    if (!isUuid(id)) return undefined
    const [row] = await store.query<Row>(
      sql`select n.id::text as id, n.number, n.title, n.body, n.clause, n.contact, n.status, n.reason, n.list, n.list_document,
            n.from_on::text as "fromOn", d.due_on::text as "dueOn", n.days + d.extended as days, n.kind, d.unconfirmed,
            d.status as clock,
            coalesce((select name_zh from region where code = n.place
              and edition = (select edition from region_edition where in_force)), n.place) as place,
            (select count(*)::int4 from public_notice_objection o where o.public_notice = n.id) as objections,
            (select count(*)::int4 from public_notice_objection o where o.public_notice = n.id and o.status <> 'closed') as open
          from public_notice n join deadline d on d.id = n.deadline where n.id = ${id}`,
    )
    if (!row) return undefined
    const { list, list_document: document, reason, clock, ...rest } = row
    return {
      ...rest,
      suspended: clock === 'suspended',
      hasListDocument: document !== null,
      document: document ?? undefined,
      ...(list === null ? {} : { list: list! }),
      ...(reason === null ? {} : { reason }),
    }
  }
  const made = async (
    id: string,
    make: (n: PublishedNotice) => string | Promise<string>,
  ): Promise<string | undefined> => {
    const n = await find(id)
    return n && (await make(n))
  }

  return {
    index: async () =>
      noticesIndexPage(
        (
          await store.query<{ [K in keyof ListedNotice]: ListedNotice[K] }>(
            sql`select n.id::text as id, n.number, n.title, n.status, d.due_on::text as "dueOn",
                  coalesce((select name_zh from region where code = n.place
                    and edition = (select edition from region_edition where in_force)), n.place) as place
                from public_notice n join deadline d on d.id = n.deadline
                order by n.status = 'running' desc, n.id desc limit ${LISTED}`,
          )
        ).map((r) => ({ ...r, status: r.status as NoticeStatus, dueOn: r.dueOn as CivilDate })),
      ),
    page: (id) => made(id, noticePage),
    form: (id, more) => made(id, (n) => objectionFormPage(n, { id: house.newId(), ...more })),
    object: async (id, submission, typed) => {
      const outcome = await recorder.submit({
        id: submission as Uuid,
        command: 'objectOnline',
        input: { publicNotice: id, ...typed },
        person: SYSTEM_PERSON,
        role: 'system',
      })
      return outcome.ok
        ? { receipt: `${NOTICES_PATH}/${id}/receipt/${outcome.receipt.act}` }
        : { problems: outcome.problems }
    },
    receipt: async (id, objection) => {
      const n = await find(id)
      if (!n || !isUuid(objection)) return undefined
      const [row] = await store.query<{
        number: string
        status: string
        outcome: string | null
        answered: string | null
        closed: string | null
        at: string
      }>(
        sql`select o.number, o.status, o.outcome, o.answered_on::text as answered, o.closed_on::text as closed, a.recorded_at as at
            from public_notice_objection o join act a on a.id = o.id
            where o.id = ${objection} and o.public_notice = ${id} and o.way = 'online'`,
      )
      if (!row) return undefined
      return receiptPage(n, {
        number: row.number,
        receivedAt: row.at as Instant,
        status: row.status as ObjectionStatus,
        ...(row.outcome === null ? {} : { outcome: row.outcome as NonNullable<Receipt['outcome']> }),
        ...(row.answered === null ? {} : { answeredOn: row.answered }),
        ...(row.closed === null ? {} : { closedOn: row.closed }),
      })
    },
    print: (id, base) =>
      made(id, async (n) => {
        const { renderSVG } = await import('uqr')
        const address = `${base}${NOTICES_PATH}/${n.id}`
        return boardCopyPage(n, address, ownMarkup(renderSVG(address, { ecc: 'M', border: 1 })))
      }),
    listDocument: async (id) => {
      const n = await find(id)
      return n?.status === 'running' ? n.document : undefined
    },
  }
}
