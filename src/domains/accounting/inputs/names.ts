// From the names people write to codes: ecosystem classes (through names and crosswalks), regions, items of closed lists.
// Always holds: a name that could mean two things is ambiguous and never picked by order.

import type { Classification } from '../../../core/rules/index.ts'
import type { Region } from '../../../kernel/index.ts'
import type { Argument } from '../arguments.ts'
import { plainName } from './plain-name.ts'

export type Found = { readonly code: string } | { readonly several: readonly string[] } | undefined

export interface ClassNames {
  /** A code, number or name; with a crosswalk named, its keys count before everything else. */
  find(name: string, crosswalk?: string): Found
  readonly crosswalks: readonly string[]
  readonly titles: readonly string[]
}

export type ClassSource = Pick<Classification, 'classes' | 'crosswalks'>

/** The names of a classification. Numbers such as `11` mean the classification's own; other lists need their crosswalk named. */
export function classNames(of: ClassSource): ClassNames {
  const codes = new Set(of.classes.map((c) => c.code))
  const byName = new Map<string, Set<string>>()
  const learn = (name: string, code: string): void => {
    const key = plainName(name)
    byName.set(key, (byName.get(key) ?? new Set()).add(code))
  }
  const byNumber = new Map(of.classes.flatMap((c) => (c.number === undefined ? [] : [[c.number, c.code] as const])))
  for (const c of of.classes) for (const name of [c.title.zh, c.title.en, ...c.names]) learn(name, c.code)
  for (const keys of Object.values(of.crosswalks))
    for (const [key, code] of Object.entries(keys)) if (!/^\d/.test(key)) learn(key, code)
  return {
    crosswalks: Object.keys(of.crosswalks),
    titles: of.classes.map((c) => c.title.zh),
    find: (name, crosswalk) => {
      const typed = name.normalize('NFKC').trim()
      if (crosswalk !== undefined) {
        const keys = of.crosswalks[crosswalk] ?? {}
        // Workbooks drop the leading zero of a code.
        const code = keys[typed] ?? (/^\d$|^\d{3}$/.test(typed) ? keys[`0${typed}`] : undefined)
        if (code !== undefined) return { code }
      }
      if (codes.has(typed)) return { code: typed }
      const named = byName.get(plainName(typed)) ?? byName.get(plainName(typed.replace(/^\d+\s*/, '')))
      if (named) return named.size === 1 ? { code: [...named][0]! } : { several: [...named].sort() }
      const number = byNumber.get(typed)
      return crosswalk === undefined && number !== undefined ? { code: number } : undefined
    },
  }
}

export interface RegionNames {
  find(nameOrCode: string): Found
  readonly titles: readonly string[]
}

const ADMINISTRATIVE =
  /(土家族苗族|藏族|苗族侗族|布依族苗族|[\u4e00-\u9fff]{1,3}族)?(自治州|自治县|自治区|省|市|县|区|州|盟|旗)$/

/** Codes and names; `吉首` finds 吉首市 where only one region is called so. */
export function regionNames(regions: readonly Region[]): RegionNames {
  const codes = new Set(regions.map((r) => r.code))
  const full = new Map<string, Set<string>>()
  const short = new Map<string, Set<string>>()
  const learn = (map: Map<string, Set<string>>, name: string, code: string): void => {
    if (name !== '') map.set(name, (map.get(name) ?? new Set()).add(code))
  }
  for (const r of regions) {
    for (const name of [r.name.zh, r.name.en]) learn(full, plainName(name), r.code)
    learn(short, plainName(r.name.zh.replace(ADMINISTRATIVE, '')), r.code)
    learn(short, plainName(r.name.en.replace(/\s+(county|city|prefecture|district)$/i, '')), r.code)
  }
  return {
    titles: regions.map((r) => r.name.zh),
    find: (typed) => {
      const name = typed.normalize('NFKC').trim()
      if (codes.has(name)) return { code: name }
      for (const map of [full, short]) {
        const hit = map.get(plainName(name))
        if (hit) return hit.size === 1 ? { code: [...hit][0]! } : { several: [...hit].sort() }
      }
      return undefined
    },
  }
}

/** Words beside the titles under which the items of closed lists are met. */
const ITEM_WORDS: Readonly<Record<string, readonly string[]>> = {
  SO2: ['二氧化硫'],
  NOx: ['氮氧化物', 'nox', 'no2'],
  dust: ['粉尘', '烟粉尘', '烟尘', '颗粒物', '工业粉尘', 'particulate', 'pm'],
  COD: ['化学需氧量', 'codcr'],
  'NH3-N': ['氨氮', 'nh3n', 'ammonia'],
  TN: ['总氮'],
  TP: ['总磷'],
  domestic: ['生活', '生活用水', '居民生活', '居民生活用水', '城乡生活', 'domesticwater'],
  industrial: ['工业', '工业用水', 'industry', 'industrialwater'],
  farm: ['农业', '农业用水', '农田灌溉', '农田灌溉用水', 'agriculture', 'irrigation', 'agricultural'],
}
const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTHS_LONG = 'january february march april may june july august september october november december'.split(' ')

const wordsOf = (key: string, title: { readonly zh: string; readonly en: string }): readonly string[] => {
  const month = /^\d\d$/.test(key) ? Number(key) : undefined
  const months =
    month === undefined
      ? []
      : [
          String(month),
          `${'一 二 三 四 五 六 七 八 九 十 十一 十二'.split(' ')[month - 1]!}月`,
          MONTH_NAMES[month - 1]!,
          MONTHS_LONG[month - 1]!,
        ]
  return [key, title.zh, title.en, ...(ITEM_WORDS[key] ?? []), ...months].map(plainName)
}

/** The item a text names: a key of a closed list, else the text itself (a lake, a product). */
export function findItem(argument: Pick<Argument, 'items'>, typed: string): string | undefined {
  const name = typed.trim()
  if (!argument.items) return name === '' ? undefined : name
  return Object.entries(argument.items).find(([key, title]) => itemMatches(key, title, name))?.[0]
}

function itemMatches(key: string, title: { readonly zh: string; readonly en: string }, typed: string): boolean {
  const words = wordsOf(key, title)
  if (words.includes(plainName(typed))) return true
  // `二氧化硫（SO2）`: the part before the bracket or the part inside it.
  const m = /^([^（(]+)[（(]([^）)]+)[）)]$/.exec(typed.trim())
  return m !== null && words.includes(plainName(m[1]!)) && words.includes(plainName(m[2]!))
}

/** All words of an item, for looking inside a longer heading (`二氧化硫排放量`). */
export const itemWords = (
  argument: Pick<Argument, 'items'>,
): readonly (readonly [item: string, words: readonly string[]])[] =>
  Object.entries(argument.items ?? {}).map(([key, title]) => [key, wordsOf(key, title)] as const)
