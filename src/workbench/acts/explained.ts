// An act in words, as the server explains it: what was done, by whom, under which clause, with which effects, approved by
// whom, correcting or corrected by what.

import { useQuery } from '@tanstack/react-query'
import { MASK, type Text } from '../../kernel/index.ts'
import { address, Refused } from '../api/call.ts'
import { kebab, useMenu } from '../api/menu.ts'
import { useSession, type Session } from '../api/session.tsx'
import type { CommandFormSchema, FieldSchema } from '../form/schema.ts'
import type { Filled, Person, StepTaken } from '../inbox/request.ts'

export interface Side {
  readonly owner: string
  readonly ownerId: string
  readonly purpose: string
  readonly purposeEn: string
  readonly after?: string
}

export interface PostingSaid extends Text {
  readonly id: string
  readonly kind: string
  readonly asset: string
  readonly amount: string
  readonly unit: string
  readonly effective: string
  readonly from: Side
  readonly to: Side
  readonly serials: readonly string[]
  readonly whyZh?: string
  readonly whyEn?: string
  readonly reverses?: string
}

export interface OtherAct {
  readonly act: string
  readonly kind: string
  readonly recorded: string
  readonly reason?: string
}

export interface Explained extends Text, Person {
  readonly act: string
  readonly kind: string
  readonly command: string
  readonly clause?: string
  readonly legalDate: string
  readonly recorded: string
  readonly place?: string
  readonly placeName?: string
  readonly standInFor?: string
  readonly request?: string
  readonly requester?: Person & { readonly recorded: string }
  readonly leaf: string
  readonly postings: readonly PostingSaid[]
  /** Rows that were written, in words. */
  readonly outcome?: readonly string[]
  readonly outcomeEn?: readonly string[]
  readonly steps: readonly StepTaken[]
  readonly input: readonly Filled[]
  readonly reasons: readonly {
    readonly about: string
    readonly aboutEn: string
    readonly name: string
    readonly nameEn: string
    readonly value: string
  }[]
  readonly corrects?: OtherAct
  readonly correctedBy?: OtherAct
}

export type WhyWhat = 'act' | 'posting'

export function useWhy(what: WhyWhat, id: string) {
  const { ask, role } = useSession()
  return useQuery({
    queryKey: ['why', what, id, role?.role],
    queryFn: async () => {
      try {
        return await ask<Explained>(`/api/v1/why/${what}/${id}`)
      } catch (e) {
        // What moved no value, or is not explained to this role, is told by the act itself.
        if (what === 'act' && e instanceof Refused && (e.status === 403 || e.status === 404))
          return actItself(ask, id, e)
        throw e
      }
    },
  })
}

/** The canonical text of an act, as far as it is read here. */
interface ActContent {
  readonly id: string
  readonly kind: string
  readonly command: string
  readonly input: unknown
  readonly legalDate: string
  readonly recorded: string
  readonly actor: { readonly person: string; readonly role: string; readonly standInFor?: string }
  readonly place?: string
  readonly clause?: string
  readonly request?: string
  readonly corrects?: string
}

/** What the act was about, for its history; nothing where the role may not read it. */
export function useSubject(id: string): string | undefined {
  const { ask, role } = useSession()
  const { mayAsk } = useMenu()
  const asked = useQuery({
    queryKey: ['subject', id, role?.role],
    queryFn: async () => {
      const { rows } = await ask<{ rows: readonly { content: string }[] }>(
        address('/api/v1/queries/act-content', { act: id }),
      )
      const content = rows[0]?.content ?? MASK
      const subjects =
        content === MASK ? [] : ((JSON.parse(content) as { subjects?: readonly string[] }).subjects ?? [])
      // Next to a thing of its own, who took part is not what the act is about.
      return subjects.find((s) => !/^(person|organisation):/.test(s)) ?? subjects[0] ?? null
    },
    enabled: mayAsk('actContent'),
    staleTime: Infinity,
  })
  return asked.data ?? undefined
}

/** @param refusal goes up where the text may not be read either */
async function actItself(ask: Session['ask'], id: string, refusal: Refused): Promise<Explained> {
  const { rows } = await ask<{ rows: readonly { content: string; leaf: string }[] }>(
    address('/api/v1/queries/act-content', { act: id }),
  )
  const [row] = rows
  if (!row) throw refusal
  if (row.content === MASK) throw refusal
  const c = JSON.parse(row.content) as ActContent
  const form = await ask<CommandFormSchema>(`/api/v1/forms/${kebab(c.command)}`).catch(() => undefined)
  return {
    zh: form?.title.zh ?? c.kind,
    en: form?.title.en ?? c.kind,
    act: c.id,
    kind: c.kind,
    command: c.command,
    legalDate: c.legalDate,
    recorded: c.recorded,
    role: c.actor.role,
    person: c.actor.person,
    leaf: row.leaf,
    postings: [],
    steps: [],
    reasons: [],
    input: filledOf(c.input, form?.schema.properties ?? {}),
    ...(c.actor.standInFor === undefined ? {} : { standInFor: c.actor.standInFor }),
    ...(c.place === undefined ? {} : { place: c.place }),
    ...(c.clause === undefined ? {} : { clause: c.clause }),
    ...(c.request === undefined ? {} : { request: c.request }),
    ...(c.corrects === undefined ? {} : { corrects: { act: c.corrects, kind: '', recorded: c.recorded } }),
  }
}

/** Every single value with the title of its field. */
function filledOf(
  value: unknown,
  fields: Readonly<Record<string, FieldSchema>>,
  above = '',
  named: Text = { zh: '', en: '' },
): readonly Filled[] {
  if (typeof value !== 'object' || value === null)
    return value === undefined ? [] : [{ path: above, ...named, value: String(value) }]
  const joined = (title: Text): Text => ({
    zh: [named.zh, title.zh].filter(Boolean).join(' · '),
    en: [named.en, title.en].filter(Boolean).join(' · '),
  })
  return Object.entries(value).flatMap(([key, part]) => {
    const field = fields[key]
    const title = field?.['x-title'] ?? (/^\d+$/.test(key) ? rowTitle(Number(key)) : { zh: key, en: key })
    const inner = field?.properties ?? field?.items?.properties ?? (/^\d+$/.test(key) ? fields : {})
    return filledOf(part, inner, above === '' ? key : `${above}.${key}`, joined(title))
  })
}

const rowTitle = (index: number): Text => ({ zh: `第 ${index + 1} 行`, en: `row ${index + 1}` })
