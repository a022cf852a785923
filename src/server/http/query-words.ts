// What a query is asked with, read: the words of its form, and beside them the page that is wanted: `_search`, `_sort`, `_limit` … of
// an address, the same without the stroke of a body.

import * as z from 'zod'
import type { Lang } from '../../kernel/index.ts'
import type { AnyQuery } from '../../core/record/index.ts'
import { ROLE_WORD } from './caller.ts'
import { columnsOf, type Page } from './paging.ts'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'

export const FORMATS = ['json', 'csv', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

export interface Wanted {
  readonly words: Readonly<Record<string, string | readonly string[]>>
  readonly page: Page
  readonly format: Format
  readonly lang: Lang
}

export const LIMIT = 50
/** A screen scrolls no further; files hold all rows. */
const LIMIT_MOST = 1_000
const SEARCH_MOST = 200

/** @throws ProblemError `http.parameter`, all of them together */
export function readWanted(query: AnyQuery, given: Readonly<Record<string, string | readonly string[]>>): Wanted {
  const problems: ReturnType<typeof httpProblem>[] = []
  const wrong = (name: string, zh: string, en: string): undefined =>
    void problems.push(httpProblem('http.parameter', { name: name.slice(0, 60), why: `${zh} ${en}` }, { field: name }))
  const words: Record<string, string | readonly string[]> = {}
  const own = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith('_')) words[name] = value
    else if (!OWN.includes(name)) wrong(name, '没有这个参数', 'there is no such parameter')
    else if (typeof value !== 'string') wrong(name, '只能给一次', 'may be given once')
    else own.set(name, value)
  }
  const columns = columnsOf(query.row).map((c) => c.name)
  const count = (name: string, least: number, most: number): number | undefined => {
    const text = own.get(name)
    if (text === undefined) return undefined
    const n = /^\d{1,9}$/.test(text) ? Number(text) : -1
    return n >= least && n <= most ? n : wrong(name, `应为 ${least} 到 ${most}`, `must be ${least} to ${most}`)
  }
  const column = (name: string, text: string): string | undefined =>
    columns.includes(text) ? text : wrong(name, '没有这一列', 'there is no such column')
  const choice = <T extends string>(name: string, all: readonly T[]): T => {
    const text = own.get(name) ?? all[0]!
    const found = all.find((c) => c === text)
    return found ?? (wrong(name, `应为 ${all.join('、')}`, `must be one of ${all.join(', ')}`), all[0]!)
  }
  const search = own.get('_search')
  if (search !== undefined && search.length > SEARCH_MOST) wrong('_search', '太长', 'is too long')
  const sort = own.get('_sort')
  const by = sort === undefined || sort === '' ? undefined : column('_sort', sort.replace(/^-/, ''))
  const list = own.get('_columns')
  const picked =
    list === undefined || list === ''
      ? undefined
      : list.split(',').flatMap((c) => {
          const one = column('_columns', c)
          return one === undefined ? [] : [one]
        })
  const wanted: Wanted = {
    words,
    page: {
      ...(search === undefined ? {} : { search }),
      ...(by === undefined ? {} : { sort: { column: by, descending: sort!.startsWith('-') } }),
      limit: count('_limit', 1, LIMIT_MOST) ?? LIMIT,
      offset: count('_offset', 0, 999_999_999) ?? 0,
      ...(picked === undefined ? {} : { columns: [...new Set(picked)] }),
    },
    format: choice('_format', FORMATS),
    lang: choice<Lang>('_lang', ['zh', 'en']),
  }
  if (problems.length > 0) refuse(...problems)
  return wanted
}

const OWN: readonly string[] = ['_search', '_sort', '_limit', '_offset', '_columns', '_format', '_lang', ROLE_WORD]

/** The body of a question. `input` is judged by the query's own form. */
export const posted = z.strictObject({
  input: z.unknown(),
  search: z.string().optional(),
  sort: z.string().optional(),
  limit: z.int().optional(),
  offset: z.int().optional(),
  columns: z.array(z.string()).optional(),
  format: z.string().optional(),
  lang: z.string().optional(),
})

/** As the words of an address, so that both are read by one rule. */
export const wordsOfPage = (page: Omit<z.infer<typeof posted>, 'input'>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(page).flatMap(([name, value]) =>
      value === undefined ? [] : [[`_${name}`, Array.isArray(value) ? value.join(',') : String(value)]],
    ),
  )
