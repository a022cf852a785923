// Chapter: change since last year, by service, split into quantity, price, joint and method or other effects.

import { valueKey } from '../../figure-key.ts'
import type { Dec } from '../../../../kernel/index.ts'
import type { Block, Cell, Row } from '../document.ts'
import { splitChange, type ChangeParts } from '../change-split.ts'
import { fixedText, percentText, signedText } from '../number-text.ts'
import { openPage, type Page } from './page.ts'

export function changeChapter(page: Page): readonly Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: page.say('与上年相比', 'Change since last year') }
  const { previous } = page.options
  if (!previous)
    return [
      heading,
      {
        kind: 'paragraph',
        runs: [
          {
            text: page.say('没有提供上年账户，本章缺。', 'No account of last year was given; this chapter is missing.'),
          },
        ],
      },
    ]
  const split = splitChange(page.account, previous)
  const divide = page.money.scale === '亿' ? '100000000' : '10000'
  const amount = (d: Dec): Cell => ({ text: fixedText(d.div(divide), 2), derived: true })
  const signed = (d: Dec): Cell => ({ text: signedText(d.div(divide), 2), derived: true })
  const row = (name: string, service: string, p: ChangeParts, kind?: 'total'): Row => {
    const now = page.find(valueKey('current', page.root, '*', service))
    return {
      ...(kind ? { kind } : {}),
      cells: [
        { text: name },
        amount(p.before),
        now && p.now.eq(page.yuan(now.key)!)
          ? { text: fixedText(p.now.div(divide), 2), code: now.code }
          : amount(p.now),
        signed(p.change),
        signed(p.quantity),
        signed(p.price),
        signed(p.joint),
        signed(p.other),
      ],
    }
  }
  const unit = page.moneyLabel
  const column = (zh: string, en: string, width = 1.5) => ({
    title: page.say(zh, en),
    unit,
    align: 'right' as const,
    width,
  })
  return [
    heading,
    {
      kind: 'table',
      caption: page.say(
        `价值变化的分解（现价，${previous.head.year} 年至 ${page.account.head.year} 年）`,
        `Change of value at current prices, ${previous.head.year} to ${page.account.head.year}`,
      ),
      codes: 'below',
      columns: [
        { title: page.say('服务', 'Service'), align: 'left', width: 2 },
        column('上年', 'Before'),
        column('本年', 'Now', 1.8),
        column('变化', 'Change'),
        column('数量', 'Quantity'),
        column('价格', 'Price'),
        column('共同', 'Joint'),
        column('方法与其他', 'Method, other'),
      ],
      rows: [
        ...split.rows.map((r) => row(page.serviceName(r.service), r.service, r)),
        row('GEP', '*', split.total, 'total'),
      ],
      note: page.say(
        '数量 =（q1−q0）·p0，价格 = q0·（p1−p0），共同 = Δq·Δp，其余归入“方法与其他”；四项相加等于变化，精确到分。上年数值的凭证码在上年账户内。',
        'Quantity = (q1−q0)·p0, price = q0·(p1−p0), joint = Δq·Δp, the rest is method and other; the four add up to the change to the last fen. Codes of last year stand in that account.',
      ),
    },
    growth(page, split.comparable),
    ...(split.methodBreaks.length === 0
      ? []
      : [
          {
            kind: 'callout' as const,
            tone: 'warn' as const,
            title: page.say('方法有变', 'Methods changed'),
            lines: split.methodBreaks.map((id) => [
              {
                text: page.say(
                  `${page.serviceName(id)}两年方法不同，其变化全部列入“方法与其他”，不作增减评价。`,
                  `${page.serviceName(id)} was computed by different methods; its whole change stands under method and other and is no growth.`,
                ),
              },
            ]),
          },
        ]),
  ]
}

/** Growth at constant prices, only between accounts that can be compared. */
function growth(page: Page, comparable: boolean): Block {
  const before = page.options.previous && openPage(page.options.previous, { lang: page.lang })
  const was = before?.yuan(valueKey('constant', page.root))
  const is = page.find(valueKey('constant', page.root))
  if (!comparable || !was || !is || was.isZero())
    return {
      kind: 'paragraph',
      runs: [
        {
          text: page.say(
            '两年的方法、价格基年或指标集不全相同，不列不变价增速。',
            'Methods, price base year or indicator set differ between the years, so no growth at constant prices is stated.',
          ),
        },
      ],
    }
  const rate = percentText(page.yuan(is.key)!.minus(was), was)
  return {
    kind: 'paragraph',
    runs: [
      {
        text: page.say(
          `按 ${page.account.head.priceYear} 年不变价，GEP 比上年变化 ${rate}%。`,
          `At constant prices of ${page.account.head.priceYear}, GEP changed by ${rate}% since last year.`,
        ),
      },
      { code: is.code },
    ],
  }
}
