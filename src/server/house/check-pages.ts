// What a stranger reads who checks a certificate: the page of one by its code, and the proofs behind it. Made from the
// record and the published log whenever somebody asks.
// Always holds: nothing depends on who asks; of people only the first sign of a name is shown. Numbers are no key here: they
// follow one another, and whoever counts would read all certificates of a county.

import { civilDateIn, parsePassportCode, type Text, type Uuid } from '../../kernel/index.ts'
import {
  certificateSubject,
  checkPage,
  kindOf,
  linesOf,
  lookUpPage,
  firstSignOnly,
  stateOn,
  type CertificateRow,
  type CheckLinks,
  type CheckProof,
} from '../../core/certificates/index.ts'
import { sql } from '../../core/store/index.ts'
import { actProof } from './act-proof.ts'
import type { House } from './open-house.ts'

export interface CheckPages {
  /** @param typed a code as somebody typed it @returns the code; undefined where there is no such certificate */
  find(typed: string): Promise<string | undefined>
  /** Undefined: there is none with this code. */
  page(code: string): Promise<string | undefined>
  /** @param which `issued` or `ended` */
  proof(code: string, which: string): Promise<string | undefined>
  lookUp(typed?: string): string
}

/** Acts that matter to a stranger, in the order of the log. */
const KINDS: Readonly<Record<string, Text>> = {
  'certificate-issued': { zh: '发证', en: 'issue' },
  'certificate-superseded': { zh: '换证', en: 'replacement' },
  'certificate-revoked': { zh: '撤销', en: 'revocation' },
  'act-corrected': { zh: '更正', en: 'correction' },
}

/** @param at address of the page one begins on; a certificate's stands below it: `/check/<code>`, its proofs below that */
export function checkPages(
  house: House,
  at: { readonly base: string; readonly verify: string },
  publishUpTo: (leaf: number) => Promise<unknown> = () => house.publish(),
): CheckPages {
  const links: CheckLinks = { lookUp: at.base, verify: at.verify }
  const href = (code: string, more = ''): string => `${at.base}/${encodeURIComponent(code)}${more}`

  const byCode = async (code: string): Promise<CertificateRow | undefined> =>
    (await house.store.query<CertificateRow>(sql`select * from certificate where code = ${code}`))[0]
  const byId = async (id: string | null) => {
    if (id === null) return undefined
    const [row] = await house.store.query<CertificateRow>(sql`select * from certificate where id = ${id}`)
    return row && { number: row.number, href: href(row.code) }
  }

  const actsOf = async (id: string) =>
    (
      await house.store.query<{ id: Uuid; kind: string; leaf: bigint }>(
        sql`select a.id::text as id, a.kind, l.leaf_index as leaf from act_subject s join act a on a.id = s.act
              join log_leaf l on l.act = a.id where s.subject = ${certificateSubject(id)} order by l.leaf_index`,
      )
    ).filter((a) => a.kind in KINDS)

  /** The first made it, the last, where there is another, left it as it is. */
  const proven = async (
    row: CertificateRow,
  ): Promise<readonly { readonly which: string; readonly act: Uuid; readonly kind: string }[]> => {
    const acts = await actsOf(row.id)
    const [first, last] = [acts[0], acts.at(-1)]
    if (!first || !last) return []
    return [
      { which: 'issued', act: first.id, kind: first.kind },
      ...(last === first ? [] : [{ which: 'ended', act: last.id, kind: last.kind }]),
    ]
  }

  /** Where the log cannot be published the page says that the proof follows. */
  const proofsOf = async (row: CertificateRow) => {
    const leaves = (await actsOf(row.id)).map((a) => Number(a.leaf))
    const found: CheckProof[] = []
    let checkpoint: string | undefined
    try {
      if (leaves.length > 0) await publishUpTo(Math.max(...leaves))
      for (const { which, act, kind } of await proven(row)) {
        const proof = await actProof(house, act)
        checkpoint = proof.checkpoint
        found.push({ title: KINDS[kind]!, act, leaf: proof.leaf, href: href(row.code, `/${which}.proof`) })
      }
      return { proofs: found, checkpoint }
    } catch {
      return { proofs: [], checkpoint: undefined }
    }
  }

  /** As strangers see it; undefined where it was erased. */
  const holderOf = async ({ holder_name: name }: CertificateRow): Promise<string | undefined> => {
    if (!name.startsWith('~')) return name
    const [kept] = await house.store.query<{ value: string | null }>(
      sql`select value from personal_value where commitment = ${name} and grade = ${'personal'}`,
    )
    return kept?.value === undefined || kept.value === null ? undefined : firstSignOnly(kept.value)
  }

  return {
    lookUp: (typed) => lookUpPage(links, typed),
    find: async (typed) => {
      const code = parsePassportCode(typed)
      return code === undefined ? undefined : (await byCode(code))?.code
    },
    page: async (code) => {
      const row = await byCode(code)
      if (!row) return undefined
      const today = civilDateIn(house.world.now(), house.settings.zone)
      return checkPage({
        certificate: {
          number: row.number,
          code: row.code,
          kind: kindOf(row.kind).title,
          title: { zh: row.title_zh, en: row.title_en ?? undefined },
          holder: await holderOf(row),
          placeName: await placeName(house, row.place),
          issuer: row.issuer,
          basis: row.basis ?? undefined,
          lines: linesOf(row.lines),
          hidden: linesOf(row.personal_lines).map((l) => l.label),
          issuedOn: row.issued_on,
          validFrom: row.valid_from,
          validTo: row.valid_to ?? undefined,
          state: stateOn(today, row),
          endedOn: row.ended_on ?? undefined,
          reason: row.reason ?? undefined,
        },
        today,
        later: await byId(row.superseded_by),
        earlier: await byId(row.supersedes),
        ...(await proofsOf(row)),
        keys: [house.settings.verifierKey, house.settings.sm2VerifierKey].flatMap((k) => k ?? []),
        links,
      })
    },
    proof: async (code, which) => {
      const row = await byCode(code)
      const wanted = row && (await proven(row)).find((p) => p.which === which)
      if (!row || !wanted) return undefined
      const { proofs } = await proofsOf(row)
      return proofs.length === 0 ? undefined : (await actProof(house, wanted.act)).proof
    },
  }
}

/** A region by name, from the province down: `湖南省常德市桃源县`. The code where it has none. */
export async function placeName(house: House, code: string): Promise<string> {
  const [found] = await house.store.query<{ name: string | null }>(
    sql`with recursive up (code, parent, name_zh, level) as (
          select r.code, r.parent, r.name_zh, 0 from region r join region_edition e on e.edition = r.edition
            where e.in_force and r.code = ${code}
          union all
          select p.code, p.parent, p.name_zh, up.level + 1 from up join region p on p.code = up.parent
            join region_edition e on e.edition = p.edition where e.in_force)
        select string_agg(name_zh, '' order by level desc) as name from up`,
  )
  return found?.name ?? code
}
