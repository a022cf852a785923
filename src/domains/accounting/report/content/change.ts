// Chapter: change since last year. By service at current prices in its effects, and at the prices of the base year.
// Always holds: the effects are those of compare/, so they add up to the change to the last fen; growth that means nothing
// (other methods, other parameters, moving constant prices) is not printed, and the reasons stand in its place.

import { fenToQuantity, type Dec, type Fen, type Problem } from '../../../../kernel/index.ts'
import { ALL_EFFECTS, changeBetween, type BasisChange, type Effect, type Effects } from '../../compare/index.ts'
import { valueKey } from '../../figure-key.ts'
import type { Basis } from '../../model.ts'
import { SERVICES, type ServiceId } from '../../services.ts'
import type { Block, Cell, Column, Row } from '../document.ts'
import { quantityCellText, scaled, signedText } from '../number-text.ts'
import { moneyCell, type Page } from './page.ts'

export function changeChapter(page: Page): readonly Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: page.say('与上年相比', 'Change since last year') }
  const { previous } = page.options
  if (!previous)
    return [
      heading,
      say(page, '没有提供上年账户，本章缺。', 'No account of last year was given; this chapter is missing.'),
    ]
  const { bases } = changeBetween(previous, page.account)
  if (previous.head.region !== page.root) return [heading, ...refusals(page, bases)]
  const of = (basis: Basis): BasisChange | undefined => bases.find((b) => b.basis === basis)
  const [constant, current] = [of('constant'), of('current')]
  return [
    heading,
    ...bases.map((b) => growthLine(page, b)),
    ...refusals(page, bases),
    ...(current ? [effectsTable(page, current, previous.head.year), ...methodNote(page, current)] : []),
    ...(constant ? [constantTable(page, constant, previous.head.year)] : []),
  ]
}

const say = (page: Page, zh: string, en: string): Block => ({ kind: 'paragraph', runs: [{ text: page.say(zh, en) }] })

interface Amounts {
  readonly before: Fen
  readonly after: Fen
  readonly effects: Effects
}

/** Lines summed by service, in the order of the services. */
function byService(b: BasisChange): readonly (Amounts & { readonly service: ServiceId })[] {
  return SERVICES.flatMap(({ id }) => {
    const lines = b.lines.filter((l) => l.service === id)
    if (lines.length === 0) return []
    const sum = (pick: (l: Amounts) => Fen): Fen => lines.reduce((s, l) => s + pick(l), 0n)
    const effects = Object.fromEntries(ALL_EFFECTS.map((e) => [e, sum((l) => l.effects[e])])) as Record<Effect, Fen>
    return [{ service: id, before: sum((l) => l.before), after: sum((l) => l.after), effects }]
  })
}

const amount = (page: Page, fen: Fen): Cell => ({
  text: quantityCellText(fenToQuantity(fen), page.money),
  derived: true,
})
const signed = (page: Page, fen: Fen): Cell => ({
  text: signedText(scaled(fenToQuantity(fen), page.money), page.money.decimals),
  derived: true,
})

/** This year's amount with its code, where the lines come to the account's own figure. */
function nowCell(page: Page, basis: Basis, service: string, fen: Fen): Cell {
  const key = valueKey(basis, page.root, '*', service)
  return page.yuan(key)?.eq(yuan(fen)) ? moneyCell(page, key) : amount(page, fen)
}

const yuan = (fen: Fen): Dec => fenToQuantity(fen).value

const moneyColumn = (page: Page, title: string, width = 1.5): Column => ({
  title,
  unit: page.moneyLabel,
  align: 'right',
  width,
})
const serviceColumn = (page: Page): Column => ({ title: page.say('服务', 'Service'), align: 'left', width: 2 })

const HEADS: Readonly<Record<Effect, readonly [zh: string, en: string]>> = {
  quantity: ['数量', 'Quantity'],
  price: ['价格', 'Price'],
  cross: ['共同', 'Joint'],
  undivided: ['不可分解', 'Undivided'],
  method: ['方法或参数', 'Method, parameters'],
  added: ['新增', 'Added'],
  removed: ['消失', 'Removed'],
}
const ALWAYS: ReadonlySet<Effect> = new Set(['quantity', 'price', 'cross'])

function effectsTable(page: Page, b: BasisChange, before: number): Block {
  // An effect that is nowhere would only make the table wider.
  const shown = ALL_EFFECTS.filter((e) => ALWAYS.has(e) || b.lines.some((l) => l.effects[e] !== 0n))
  const row = (name: string, service: string, x: Amounts, kind?: 'total'): Row => ({
    ...(kind ? { kind } : {}),
    cells: [
      { text: name },
      amount(page, x.before),
      nowCell(page, b.basis, service, x.after),
      signed(page, x.after - x.before),
      ...shown.map((e) => signed(page, x.effects[e])),
    ],
  })
  return {
    kind: 'table',
    caption: page.say(
      `价值变化的分解（现价，${before} 年至 ${page.account.head.year} 年）`,
      `Change of value at current prices, ${before} to ${page.account.head.year}`,
    ),
    codes: 'below',
    columns: [
      serviceColumn(page),
      moneyColumn(page, page.say('上年', 'Before')),
      moneyColumn(page, page.say('本年', 'Now'), 1.8),
      moneyColumn(page, page.say('变化', 'Change')),
      ...shown.map((e) => moneyColumn(page, page.say(...HEADS[e]))),
    ],
    rows: [...byService(b).map((r) => row(page.serviceName(r.service), r.service, r)), row('GEP', '*', b, 'total')],
    note: page.say(
      '数量 =（q1−q0）·p0，价格 = q0·（p1−p0），共同 = Δq·Δp，逐行计算后相加；没有单价的行（净产值、旅行费用等）不可分解。各项按分计算，相加等于变化（表中各数分别修约）；全为零的项不列。上年数值的凭证码在上年账户内。',
      'Quantity = (q1−q0)·p0, price = q0·(p1−p0), joint = Δq·Δp, line by line and added up; lines without one price (net output, travel cost) are not divided. The effects add up to the change to the last fen (each is rounded for print); those that are nil throughout are left out. Codes of last year stand in that account.',
    ),
  }
}

const growthCell = ({ before, after }: Amounts): Cell =>
  before === 0n
    ? { text: '—' }
    : {
        text: signedText(
          yuan(after - before)
            .times(100)
            .div(yuan(before)),
          2,
        ),
        derived: true,
      }

function constantTable(page: Page, b: BasisChange, before: number): Block {
  const growth = b.refused.length === 0
  const row = (name: string, service: string, x: Amounts, kind?: 'total'): Row => ({
    ...(kind ? { kind } : {}),
    cells: [
      { text: name },
      amount(page, x.before),
      nowCell(page, b.basis, service, x.after),
      signed(page, x.after - x.before),
      ...(growth ? [growthCell(x)] : []),
    ],
  })
  const { priceYear } = page.account.head
  return {
    kind: 'table',
    caption: page.say(
      `不变价价值的变化（${priceYear} 年价，${before} 年至 ${page.account.head.year} 年）`,
      `Change of value at prices of ${priceYear}, ${before} to ${page.account.head.year}`,
    ),
    columns: [
      serviceColumn(page),
      moneyColumn(page, page.say('上年', 'Before')),
      moneyColumn(page, page.say('本年', 'Now'), 2.4),
      moneyColumn(page, page.say('变化', 'Change')),
      ...(growth ? [{ title: page.say('增速', 'Growth'), unit: '%', align: 'right' as const, width: 1.2 }] : []),
    ],
    rows: [...byService(b).map((r) => row(page.serviceName(r.service), r.service, r)), row('GEP', '*', b, 'total')],
  }
}

/** Growth on one basis in words; where it is refused, that it is. */
function growthLine(page: Page, b: BasisChange): Block {
  const name = page.basisName(b.basis)
  if (b.refused.length > 0)
    return say(page, `${name}：不列增长率，原因见下。`, `${name}: no growth is stated, for the reasons below.`)
  if (!b.growth)
    return say(page, `${name}：上年为零，没有增长率。`, `${name}: there was nothing last year, so no growth.`)
  const rate = signedText(b.growth.times(100), 2)
  const now = page.find(valueKey(b.basis, page.root))
  const { year, priceYear } = page.account.head
  return {
    kind: 'paragraph',
    runs: [
      {
        text:
          b.basis === 'constant'
            ? page.say(
                `按 ${priceYear} 年不变价，GEP 比上年变化 ${rate}%。`,
                `At constant prices of ${priceYear}, GEP changed by ${rate}% since last year.`,
              )
            : page.say(
                `按当年价，GEP 比上年变化 ${rate}%，其中含价格变动，不能当作生态的增减。`,
                `At prices of each year (${year}), GEP changed by ${rate}%; this includes prices and is no growth of nature.`,
              ),
      },
      ...(now ? [{ code: now.code }] : []),
    ],
  }
}

/** Why growth is refused: each reason once, with what to do about it. */
function refusals(page: Page, bases: readonly BasisChange[]): readonly Block[] {
  const reasons = new Map<string, Problem>()
  for (const b of bases) for (const p of b.refused) reasons.set(p.zh, p)
  if (reasons.size === 0) return []
  return [
    {
      kind: 'callout',
      tone: 'warn',
      title: page.say('为什么不列增长率', 'Why no growth is stated'),
      lines: [...reasons.values()].map((p) => [
        { text: `${p[page.lang]}${page.lang === 'en' ? ' ' : ''}${page.t(p.hint)}` },
      ]),
    },
  ]
}

function methodNote(page: Page, b: BasisChange): readonly Block[] {
  const broken = byService(b).filter((r) => r.effects.method !== 0n)
  if (broken.length === 0) return []
  return [
    {
      kind: 'callout',
      tone: 'warn',
      title: page.say('方法或参数有变', 'Methods or parameters changed'),
      lines: broken.map(({ service }) => [
        {
          text: page.say(
            `${page.serviceName(service)}两年的方法或参数不同，其变化全部列入“方法或参数”，不作增减评价。`,
            `${page.serviceName(service)} was computed by other methods or parameters; its whole change stands under these and is no growth.`,
          ),
        },
      ]),
    },
  ]
}

/** The change in one sentence, for the leader's page. */
export function changeSentence(page: Page): string {
  const { previous } = page.options
  if (!previous)
    return page.say('没有提供上年账户，不作比较。', 'no account of last year was given, so nothing is compared.')
  const { bases } = changeBetween(previous, page.account)
  const of = (basis: Basis): BasisChange | undefined => bases.find((b) => b.basis === basis)
  const [constant, current] = [of('constant'), of('current')]
  const show = (fen: Fen): string => page.amount(signed(page, fen).text)
  const rest = (e: Effects): Fen => e.undivided + e.method + e.added + e.removed
  const parts = [
    ...(constant
      ? [
          constant.growth
            ? page.say(
                `按不变价变化 ${show(constant.after - constant.before)}（${signedText(constant.growth.times(100), 2)}%）`,
                `change at constant prices ${show(constant.after - constant.before)} (${signedText(constant.growth.times(100), 2)}%)`,
              )
            : page.say('两年不可比，不列不变价增速', 'the years cannot be compared, so no growth at constant prices'),
        ]
      : []),
    ...(current
      ? [
          page.say(
            `现价变化 ${show(current.after - current.before)}，其中数量 ${show(current.effects.quantity)}、价格 ${show(current.effects.price)}、二者共同 ${show(current.effects.cross)}、其他 ${show(rest(current.effects))}`,
            `change at current prices ${show(current.after - current.before)}, of it quantity ${show(current.effects.quantity)}, price ${show(current.effects.price)}, both together ${show(current.effects.cross)}, other ${show(rest(current.effects))}`,
          ),
        ]
      : []),
  ]
  return `${parts.join(page.say('；', '; '))}${page.say('（详见“与上年相比”一章）。', ' (see the chapter on change).')}`
}
