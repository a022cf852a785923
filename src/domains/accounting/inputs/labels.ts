// What a heading or row label says: which argument, and which item, class, region or year it holds besides.
// Always holds: a label with a word nobody knows (粮食播种面积) is a weak match, however well its end fits.

import { ARGUMENTS, findArgument, type Argument } from '../arguments.ts'
import { itemWords, type ClassNames, type RegionNames } from './names.ts'
import { plainName } from './plain-name.ts'

export interface Vocabulary {
  readonly classes: ClassNames
  readonly regions: RegionNames
}

/** `strength` 1: the label is a name of the argument; 0.9 and above: with known words besides; below 0.5: with unknown ones. */
export interface LabelMatch {
  readonly argument: Argument
  readonly strength: number
  readonly item?: string
  readonly class?: string
  readonly region?: string
}

const YEAR = /(?<!\d)((?:19|20)\d{2})\s*(年度?末?|年底)?(?!\d)/
/** The year a label names, and the label without it. */
export function splitYear(label: string): { readonly text: string; readonly year?: number } {
  const m = YEAR.exec(label.normalize('NFKC'))
  return m ? { text: label.normalize('NFKC').replace(YEAR, '').trim(), year: Number(m[1]) } : { text: label }
}

const GENERIC =
  /^(列|字段|数据|数值|数|值|量|本年|当年|本期|指标值|实际|合计|总计|value|val|data|amount|number|col|column|field|total|var|unnamed|sheet|[a-z])?\d*$/
/** A heading that says nothing: only then may units and values speak for themselves. */
export const saysNothing = (label: string): boolean => GENERIC.test(plainName(splitYear(label).text))

/** Words that change nothing about what is counted. */
const FILLERS = [
  ...[
    '全县',
    '全州',
    '全市',
    '全区',
    '全省',
    '全域',
    '县域',
    '区域',
    '年度',
    '多年平均',
    '多年',
    '年均',
    '年平均',
    '平均',
    '均值',
  ],
  ...[
    '总',
    '各',
    '各类',
    '本年',
    '当年',
    '年末',
    '年',
    '量',
    '值',
    '因子',
    '数',
    '总量',
    '合计',
    '情况',
    '统计',
    '表',
    '数据',
    '一览',
    '汇总',
    '结果',
    '旅行费用法',
  ],
  ...[
    'annual',
    'mean',
    'total',
    'average',
    'avg',
    'yearly',
    'by',
    'class',
    'type',
    'of',
    'the',
    'in',
    'per',
    'factor',
    'county',
    'all',
    'table',
    'data',
  ],
].map(plainName)
const FILLER = new Set(FILLERS)

function isFiller(rest: string): boolean {
  if (rest === '' || FILLER.has(rest)) return true
  return FILLERS.some((f) => rest.startsWith(f) && isFiller(rest.slice(f.length)))
}

/** Products by the sector they belong to; words a yearbook uses. */
const PRODUCTS: Readonly<Record<string, string>> = {
  'crop-output':
    '粮食 稻谷 水稻 小麦 玉米 大豆 豆类 薯类 马铃薯 红薯 油料 油菜籽 花生 棉花 蔬菜 水果 柑橘 茶叶 烟叶 中药材 药材 甘蔗 瓜果 食用菌 grain rice wheat maize corn soybean potato rapeseed peanut cotton vegetables vegetable fruit citrus tea tobacco herbs',
  'wood-output': '油茶籽 油桐籽 竹材 竹笋 松脂 核桃 板栗 生漆 棕片 林产品 camellia seed bamboo resin walnut chestnut',
  'livestock-output':
    '猪肉 牛肉 羊肉 禽肉 肉类 禽蛋 蛋 鸡蛋 牛奶 奶类 羊毛 蜂蜜 pork beef mutton poultry eggs milk wool honey meat',
  'fish-output': '鱼类 鱼 淡水鱼 水产品 虾蟹 虾 贝类 fish shrimp aquatic',
  'timber-output': '木材 原木 timber logs',
}
const SECTOR = new Map(
  Object.entries(PRODUCTS).flatMap(([argument, words]) =>
    words.split(' ').map((w) => [plainName(w), argument] as const),
  ),
)
/** The output argument a product belongs to. */
export const sectorOf = (product: string): string | undefined => SECTOR.get(plainName(product))
/** Arguments whose items are products. */
export const PRODUCT_ARGUMENTS: ReadonlySet<string> = new Set(Object.keys(PRODUCTS))

const tokens = (s: string): readonly string[] =>
  s
    .normalize('NFKC')
    .replace(/([a-z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((t) => t !== '')
const isLatin = (s: string): boolean => /^[\x20-\x7e]+$/.test(s)

interface Name {
  readonly argument: Argument
  readonly plain: string
  readonly tokens: readonly string[] | undefined
}
const NAMES: readonly Name[] = ARGUMENTS.flatMap((argument) =>
  [...new Set([...argument.headings, argument.title.zh, argument.title.en, argument.id])].map((h) => ({
    argument,
    plain: plainName(h),
    tokens: isLatin(h) ? tokens(h) : undefined,
  })),
)

/** The arguments a label may mean, best first; one entry per argument. */
export function matchLabel(label: string, words: Vocabulary): readonly LabelMatch[] {
  const { text } = splitYear(label)
  if (text.trim() === '') return []
  const best = new Map<string, LabelMatch>()
  const offer = (m: LabelMatch | undefined): void => {
    if (m && m.strength > (best.get(m.argument.id)?.strength ?? 0)) best.set(m.argument.id, m)
  }
  const latin = isLatin(text)
  const [plain, parts] = [plainName(text), tokens(text)]
  offer(transition(text, words))
  for (const name of NAMES) offer(latin && name.tokens ? byTokens(name, parts, words) : byEnding(name, plain, words))
  for (const argument of ARGUMENTS)
    for (const [item, names] of itemWords(argument)) if (names.includes(plain)) offer({ argument, strength: 0.7, item })
  return [...best.values()].sort((a, b) => b.strength - a.strength || (a.argument.id < b.argument.id ? -1 : 1))
}

const TRANSITION = findArgument('area.transition')!

/** 水田转城镇, paddy to urban: both sides are classes, so land that changed is meant. */
function transition(label: string, words: Vocabulary): LabelMatch | undefined {
  const m = /^(.+?)\s*(?:转换?[为成]?|变[为成]?|→|->|=>|\bto\b)\s*(.+?)(?:面积|\barea)?$/i.exec(
    label.normalize('NFKC').trim(),
  )
  if (!m) return undefined
  const [from, to] = [words.classes.find(m[1]!), words.classes.find(m[2]!)]
  return from && to && 'code' in from && 'code' in to
    ? { argument: TRANSITION, strength: 1, class: to.code, item: from.code }
    : undefined
}

/** A bare 单价 or 价格: the row label says of what. */
export const saysOnlyPrice = (label: string): boolean =>
  /^(平均)?(单价|价格|均价|price|unitprice|unitcost)$/.test(plainName(splitYear(label).text))

/** Chinese compounds carry their head at the end: 二氧化硫排放量 is an 排放量. */
function byEnding(name: Name, label: string, words: Vocabulary): LabelMatch | undefined {
  const { argument, plain } = name
  if (label === plain) return { argument, strength: 1 }
  if (plain.length < 2) return undefined
  if (label.endsWith(plain)) return withRest(argument, label.slice(0, -plain.length), words)
  if (label.startsWith(plain)) {
    const rest = label.slice(plain.length)
    return isFiller(rest) ? { argument, strength: 0.93 } : { argument, strength: 0.3 }
  }
  return plain.length > 2 && label.includes(plain) ? { argument, strength: 0.3 } : undefined
}

function byTokens(name: Name, label: readonly string[], words: Vocabulary): LabelMatch | undefined {
  const { argument } = name
  const wanted = name.tokens!
  const start = label.findIndex((_, k) => wanted.every((t, n) => label[k + n] === t))
  if (wanted.length === 0 || start < 0) return undefined
  const rest = [...label.slice(0, start), ...label.slice(start + wanted.length)].filter((t) => !FILLER.has(t))
  return rest.length === 0
    ? { argument, strength: label.length === wanted.length ? 1 : 0.95 }
    : withRest(argument, rest.join(''), words)
}

/** What stands beside the name decides how sure the match is. */
function withRest(argument: Argument, rest: string, words: Vocabulary): LabelMatch {
  if (isFiller(rest)) return { argument, strength: 0.95 }
  const item = itemWords(argument).find(([, names]) => names.includes(rest))?.[0]
  if (item !== undefined) return { argument, strength: 0.97, item }
  const sector = sectorOf(rest)
  if (sector !== undefined && (PRODUCT_ARGUMENTS.has(argument.id) || argument.id === 'product-price'))
    return sector === argument.id || argument.id === 'product-price'
      ? { argument, strength: 0.96, item: rest }
      : { argument, strength: 0.2 }
  const cls = words.classes.find(rest)
  if (cls && 'code' in cls && argument.by.includes('class') && !/^\d/.test(rest))
    return { argument, strength: 0.95, class: cls.code }
  const region = words.regions.find(rest)
  if (region && 'code' in region) return { argument, strength: 0.95, region: region.code }
  return { argument, strength: 0.3 }
}

/** What titles, sheet and file names are about. Weaker than a heading: a name inside a longer text counts too. */
export function matchTopic(texts: readonly string[], words: Vocabulary): ReadonlyMap<string, number> {
  const out = new Map<string, number>()
  const offer = (id: string, strength: number): void => void out.set(id, Math.max(out.get(id) ?? 0, strength))
  for (const whole of texts) {
    const { text } = splitYear(whole)
    for (const m of matchLabel(text, words)) if (m.strength >= 0.9) offer(m.argument.id, 0.9)
    const [plain, parts] = [plainName(text), tokens(text)]
    for (const { argument, plain: name, tokens: latin } of NAMES) {
      if (latin) {
        if (name.length > 3 && latin.every((t) => parts.includes(t))) offer(argument.id, 0.7)
      } else {
        const head = name.replace(/量$/, '')
        if (name.length > 2 && plain.includes(name)) offer(argument.id, 0.75)
        else if (head.length > 2 && plain.includes(head)) offer(argument.id, 0.65)
      }
    }
  }
  return out
}
