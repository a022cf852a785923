// Cover, responsibility page and the one page for the leader.
// Always holds: dates of signing stay blank for the hand, and both price bases stand side by side with their codes.

import { dec, type Dec } from '../../../../kernel/index.ts'
import { valueKey } from '../../figure-key.ts'
import { STATUS_TEXT, type Basis } from '../../model.ts'
import type { Block, Cell, CoverLine, Row, Run } from '../document.ts'
import { percentText } from '../number-text.ts'
import { changeSentence } from './change.ts'
import { groupChart, perAreaMap } from './pictures.ts'
import { absentNote, linesOf, moneyCell, type Page } from './page.ts'

export function coverLines(page: Page): readonly CoverLine[] {
  const { head } = page.account
  return [
    {
      label: page.say('核算地区', 'Region'),
      value: `${page.regionName(head.region)}${page.say('（', ' (')}${head.region}${page.say('）', ')')}`,
    },
    { label: page.say('核算年份', 'Accounting year'), value: String(head.year) },
    { label: page.say('指标集', 'Indicator set'), value: page.t(head.setTitle) },
    { label: page.say('价格基年', 'Price base year'), value: String(head.priceYear) },
    { label: page.say('状态', 'Status'), value: page.t(STATUS_TEXT[head.status]) },
    {
      label: page.say('编制单位', 'Prepared by'),
      ...(head.prepared?.organisation !== undefined ? { value: head.prepared.organisation } : {}),
    },
    { label: page.say('编制日期', 'Date') },
  ]
}

export const coverNotes = (page: Page): readonly string[] => [
  ...(page.account.head.sample
    ? [
        page.say(
          '示范数据：由本软件按种子生成，不代表任何真实地区。',
          'Demonstration data made by this software from a seed; it stands for no real place.',
        ),
      ]
    : []),
  page.say(
    '表中每个数字旁的灰色小字是凭证码，凭码可查公式、输入、参数和来源单元格。',
    'The small grey text beside each figure is its passport code: it leads to formula, inputs, parameters and source cells.',
  ),
]

export function responsibility(page: Page): readonly Block[] {
  const by = page.account.head.prepared
  const box = (title: string, role: string, name: string | undefined) => ({
    title,
    lines: [
      { label: role, ...(name !== undefined ? { value: name } : {}) },
      { label: page.say('签字', 'Signature') },
      { label: page.say('日期', 'Date') },
    ],
    stamp: page.say('（盖章处）', '(stamp)'),
  })
  return [
    { kind: 'page-break', next: 'portrait' },
    { kind: 'heading', level: 1, numbered: false, text: page.say('责任页', 'Responsibility') },
    {
      kind: 'paragraph',
      runs: [
        {
          text: page.say(
            '下列人员分别对所填数据、计算过程和审核意见负责。签字、日期和印章由本人手写、加盖。',
            'Each person named here answers for the data filled in, the computation or the review. Signature, date and stamp are put by hand.',
          ),
        },
      ],
    },
    {
      kind: 'stamp-box',
      boxes: [
        box(page.say('填报', 'Data'), page.say('填报人', 'Filled in by'), by?.filledBy),
        box(page.say('核算', 'Computation'), page.say('核算人', 'Computed by'), by?.computedBy),
        box(page.say('审核', 'Review'), page.say('审核人', 'Reviewed by'), by?.reviewedBy),
        box(page.say('批准', 'Approval'), page.say('负责人', 'Head of office'), undefined),
      ],
    },
    {
      kind: 'paragraph',
      style: 'note',
      runs: [
        {
          text: page.say(
            `计算程序：${page.account.head.engine}；规则取用日期：${page.account.head.legalDate}。`,
            `Computed with ${page.account.head.engine}; rules as in force on ${page.account.head.legalDate}.`,
          ),
        },
      ],
    },
  ]
}

const BASES: readonly Basis[] = ['constant', 'current']

function structureRow(page: Page, name: string, service: string, kind?: 'total'): Row {
  const pair = (basis: Basis): readonly Cell[] => {
    const key = valueKey(basis, page.root, '*', service)
    const [part, whole] = [page.yuan(key), page.yuan(valueKey(basis, page.root))]
    return [
      moneyCell(page, key, linesOf(page, { service })),
      part && whole ? { text: percentText(part, whole), derived: true } : { text: '—' },
    ]
  }
  return { ...(kind ? { kind } : {}), cells: [{ text: name }, ...BASES.flatMap(pair)] }
}

/** The largest services of the assessment basis. */
function largest(page: Page, count: number): readonly { readonly id: string; readonly value: Dec }[] {
  return page.services
    .map((id) => ({ id, value: page.yuan(valueKey('constant', page.root, '*', id)) ?? dec(0) }))
    .filter((s) => s.value.gt(0))
    .sort((a, b) => b.value.cmp(a.value) || (a.id < b.id ? -1 : 1))
    .slice(0, count)
}

export async function leaderPage(page: Page): Promise<readonly Block[]> {
  const { head } = page.account
  const gep = (b: Basis): readonly Run[] => {
    const cell = moneyCell(page, valueKey(b, page.root))
    return [{ text: page.amount(cell.text), bold: true }, ...(cell.code !== undefined ? [{ code: cell.code }] : [])]
  }
  const pictures = [await groupChart(page), perAreaMap(page, 'constant', 'half')].filter((p) => p !== undefined)
  const top = largest(page, 5)
  const whole = page.yuan(valueKey('constant', page.root)) ?? dec(0)
  return [
    { kind: 'page-break', next: 'portrait' },
    { kind: 'heading', level: 1, numbered: false, text: page.say('结果一页', 'Results on one page') },
    {
      kind: 'paragraph',
      style: 'lead',
      runs: [
        {
          text: page.say(
            `${head.year} 年${page.regionName(page.root)}生态产品总值（GEP）：考核口径 `,
            `Gross ecosystem product (GEP) of ${page.regionName(page.root)} in ${head.year}: on the assessment basis `,
          ),
        },
        ...gep('constant'),
        {
          text: page.say(
            `（${head.priceYear} 年价），贡献口径 `,
            ` (prices of ${head.priceYear}), on the contribution basis `,
          ),
        },
        ...gep('current'),
        { text: page.say(`（${head.year} 年价）。`, ` (prices of ${head.year}).`) },
      ],
    },
    {
      kind: 'table',
      caption: page.say('GEP 的构成', 'Structure of GEP'),
      columns: [
        { title: page.say('类别', 'Group'), align: 'left', width: 2 },
        { title: page.say('考核口径', 'Assessment basis'), unit: page.moneyLabel, align: 'right', width: 3 },
        { title: page.say('占比', 'Share'), unit: '%', align: 'right', width: 1.2 },
        { title: page.say('贡献口径', 'Contribution basis'), unit: page.moneyLabel, align: 'right', width: 3 },
        { title: page.say('占比', 'Share'), unit: '%', align: 'right', width: 1.2 },
      ],
      rows: [
        ...(['M', 'R', 'C'] as const).map((g) => structureRow(page, page.serviceName(g), g)),
        structureRow(page, 'GEP', '*', 'total'),
      ],
    },
    {
      kind: 'paragraph',
      runs: [
        {
          text: page.say('价值最大的五项（考核口径）：', 'The five largest services (assessment basis): '),
          bold: true,
        },
        ...top.flatMap(({ id, value }, i): readonly Run[] => {
          const cell = moneyCell(page, valueKey('constant', page.root, '*', id))
          const share = page.say(`（${percentText(value, whole)}%）`, ` (${percentText(value, whole)}%)`)
          return [
            { text: `${i === 0 ? '' : page.say('；', '; ')}${page.serviceName(id)} ${cell.text}${share}` },
            ...(cell.code !== undefined ? [{ code: cell.code }] : []),
          ]
        }),
        { text: page.say('。', '.') },
      ],
    },
    ...pictures,
    changeLine(page),
    {
      kind: 'callout',
      tone: 'warn',
      title: page.say('使用时请留意', 'Beware'),
      lines: beware(page).map((s) => [{ text: s }]),
    },
  ]
}

const changeLine = (page: Page): Block => ({
  kind: 'paragraph',
  runs: [{ text: page.say('与上年相比：', 'Since last year: '), bold: true }, { text: changeSentence(page) }],
})

function beware(page: Page): readonly string[] {
  const { account } = page
  const open = account.findings.filter((f) => !f.explained).length
  const unconfirmed = account.parameters.filter((p) => p.mark === 'unconfirmed').length
  const fallbacks = account.facts.filter((f) => f.fallback).length
  const absent = absentNote(page)
  return [
    ...(account.head.status === 'official'
      ? []
      : [
          page.say(
            `本账户状态为“${page.t(STATUS_TEXT[account.head.status])}”，不是正式结果。`,
            `The status of this account is "${page.t(STATUS_TEXT[account.head.status])}": it is not an official result.`,
          ),
        ]),
    ...(absent !== undefined ? [absent] : []),
    ...(unconfirmed + fallbacks + open > 0
      ? [
          page.say(
            `未确认参数 ${unconfirmed} 个，替代数据 ${fallbacks} 处，未说明的检核提示 ${open} 条。`,
            `Unconfirmed parameters: ${unconfirmed}; fall-back data: ${fallbacks}; findings without an explanation: ${open}.`,
          ),
        ]
      : []),
    page.say(
      'GEP 不是收入，不是 GDP，也不能与特定地域单元价值（VEP）相加。',
      'GEP is not income, it is not GDP, and it is never added to the value of a single site (VEP).',
    ),
  ]
}
