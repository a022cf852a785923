// The report of one unit, four to eight pages: what it is worth and for what use, right and boundary, products, evidence,
// calculation, what one step would change, risks and limits, sign-off, index of codes. Serves "VEP of a place".
// Always holds: school, use, validity and the sentence that VEP is never added to GEP stand on the first pages.

import { convert, problemText, type Lang, type Text } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import {
  FONTS,
  printedCodes,
  shownText,
  unitLabel,
  type Block,
  type Cell,
  type Column,
  type ReportDocument,
  type Row,
  type Run,
} from '../report/index.ts'
import { boundaryMap, MAP_HEIGHT, MAP_WIDTH } from './boundary-map.ts'
import { EVIDENCE, KINDS, METHODS, NEVER_ADDED, SCHOOLS, USES, type UnitResult, type VepResult } from './model.ts'
import { calculation } from './report-methods.ts'
import { figureText, moneyDifference, originText, vepPage, type VepPage } from './report-page.ts'

export interface VepReportOptions {
  readonly lang: Lang
  readonly book: RuleBook
}

/** The report of a unit that was valued. @throws Error for a refused unit */
export function vepDocument(result: VepResult, unit: UnitResult, options: VepReportOptions): ReportDocument {
  const page = vepPage(result, unit, options.lang)
  const body: readonly Block[] = [
    { kind: 'page-break', next: 'portrait' },
    ...summary(page),
    ...rightAndBoundary(page),
    ...products(page),
    ...evidence(page),
    ...calculation(page, options.book),
    ...sensitivity(page),
    ...limits(page, options.book),
    ...signOff(page),
  ]
  const { head } = result
  return {
    lang: options.lang,
    title: page.t(unit.unit.name),
    subtitle: page.say(
      '特定地域单元生态产品价值核算报告',
      'Value of the ecological products of a place: accounting report',
    ),
    status: page.say(`有效期至 ${unit.unit.valid.to}`, `valid until ${unit.unit.valid.to}`),
    coverLines: coverLines(page),
    coverNotes: [
      ...(head.sample
        ? [
            page.say(
              '示范数据：由本软件按种子生成，不代表任何真实地块。',
              'Demonstration data made by this software from a seed; it stands for no real place.',
            ),
          ]
        : []),
      page.t(NEVER_ADDED),
    ],
    marks: head.sample ? [page.say('示范数据', 'Demonstration data')] : [],
    fonts: FONTS[options.lang],
    blocks: [...body, ...codeIndex(page, body)],
    date: head.date,
  }
}

function coverLines(page: VepPage): ReportDocument['coverLines'] {
  const { unit } = page.result
  return [
    { label: page.say('单元', 'Unit'), value: `${unit.id}  ${page.t(KINDS[unit.kind])}` },
    { label: page.say('地区', 'Region'), value: page.t(unit.region.name) },
    { label: page.say('权利人', 'Holder'), value: unit.right.holder },
    { label: page.say('核算口径', 'School'), value: unit.school ? page.t(SCHOOLS[unit.school]) : '—' },
    { label: page.say('用途', 'Use'), value: page.t(USES[unit.use]) },
    { label: page.say('核算基准日', 'Valuation date'), value: page.head.date },
    { label: page.say('结果有效期', 'Valid'), value: `${unit.valid.from} — ${unit.valid.to}` },
    {
      label: page.say('编制单位', 'Prepared by'),
      ...(page.head.prepared.organisation ? { value: page.head.prepared.organisation } : {}),
    },
  ]
}

const h = (text: string): Block => ({ kind: 'heading', level: 1, text })
const p = (...runs: readonly Run[]): Block => ({ kind: 'paragraph', runs })
const say = (text: string): Run => ({ text })

function summary(page: VepPage): readonly Block[] {
  const { unit } = page.result
  const method = page.t(METHODS[unit.method])
  return [
    h(page.say('结论', 'Result')),
    {
      kind: 'paragraph',
      style: 'lead',
      runs: [
        say(
          page.say(
            `截至 ${page.head.date}，${page.t(unit.name)}按${method}核算的特定地域单元生态产品价值为 `,
            `As of ${page.head.date}, by the ${method.toLowerCase()}, the ecosystem product value of ${page.t(unit.name)} is `,
          ),
        ),
        ...page.run('value'),
        say(page.say('。', '.')),
      ],
    },
    {
      kind: 'key-values',
      pairs: [
        { key: page.say('口径', 'School'), value: [say(unit.school ? page.t(SCHOOLS[unit.school]) : '—')] },
        { key: page.say('方法', 'Method'), value: [say(method)] },
        {
          key: page.say('用途', 'Use'),
          value: [say(page.say(`仅供${page.t(USES[unit.use])}参考`, `for ${page.t(USES[unit.use])} only`))],
        },
        { key: page.say('有效期', 'Valid'), value: [say(`${unit.valid.from} — ${unit.valid.to}`)] },
        { key: page.say('面积', 'Area'), value: areaRuns(page) },
        ...spread(page),
      ],
    },
    {
      kind: 'callout',
      tone: 'warn',
      title: page.say('不与 GEP 相加', 'Never added to GEP'),
      lines: [[say(page.t(NEVER_ADDED))]],
    },
  ]
}

function areaRuns(page: VepPage): readonly Run[] {
  const f = page.figure('area')
  const as = (to: string, decimals: number): string =>
    `${shownText(convert(f.quantity, to).value, decimals)} ${unitLabel(to, page.lang)}`
  return [say(`${as('hm2', 4)} = ${as('亩', 2)} = ${as('m2', 2)} `), { code: f.code }]
}

/** The lowest and highest of what the report itself prints: deals or what-ifs. */
function spread(page: VepPage): readonly { readonly key: string; readonly value: readonly Run[] }[] {
  if (page.find('range.low'))
    return [
      {
        key: page.say('案例区间', 'Range of deals'),
        value: [...page.run('range.low'), say(' — '), ...page.run('range.high')],
      },
    ]
  const steps = page.result.whatIfs.flatMap((w) => (w.figure ? [w.figure.split('|')[2]!] : []))
  if (steps.length === 0) return []
  const ranked = [...steps].sort((a, b) =>
    convert(page.figure(a).quantity, '元').value.cmp(convert(page.figure(b).quantity, '元').value),
  )
  return [
    {
      key: page.say('一步之差的区间', 'Within one step'),
      value: [...page.run(ranked[0]!), say(' — '), ...page.run(ranked.at(-1)!)],
    },
  ]
}

function rightAndBoundary(page: VepPage): readonly Block[] {
  const { unit } = page.result
  const { right } = unit
  const pair = (key: string, value: string): { readonly key: string; readonly value: readonly Run[] } => ({
    key,
    value: [say(value)],
  })
  return [
    h(page.say('权利与边界', 'Right and boundary')),
    {
      kind: 'key-values',
      pairs: [
        pair(page.say('权利', 'Right'), right.kind),
        pair(page.say('权利人', 'Holder'), right.holder),
        pair(page.say('权属证明', 'Proof'), right.proof.number),
        pair(page.say('权利期限', 'Term of the right'), `${right.from} — ${right.to}`),
        ...(unit.term
          ? [
              pair(
                page.say('核算年限', 'Term n'),
                `${unit.term.typed} ${page.say('年（不超过剩余权利年限）', 'years, within the remaining right')}`,
              ),
            ]
          : []),
      ],
    },
    {
      kind: 'map',
      svg: boundaryMap({
        polygon: unit.boundary,
        name: page.t(unit.name),
        lang: page.lang,
        sample: page.head.sample,
        ...(page.head.mapNumber ? { mapNumber: page.head.mapNumber } : {}),
      }),
      width: MAP_WIDTH,
      height: MAP_HEIGHT,
      alt: page.say(`${page.t(unit.name)}边界图`, `Boundary of ${page.t(unit.name)}`),
      caption: page.say(
        '单元边界（面积按 CGCS2000 椭球面计算）',
        'Boundary of the unit; area on the CGCS2000 ellipsoid',
      ),
    },
  ]
}

const column = (title: string, width: number, align: Column['align'] = 'left', unit?: string): Column => ({
  title,
  width,
  align,
  ...(unit ? { unit } : {}),
})
const cell = (text: string): Cell => ({ text })

function products(page: VepPage): readonly Block[] {
  const rows = page.result.unit.products.map((x, i): Row => {
    const f = page.figure(`product.${i + 1}`)
    const shown = shownText(f.quantity.value, f.quantity.value.isInteger() ? 0 : 2)
    return {
      cells: [
        cell(x.name),
        cell(x.service),
        cell(x.ecosystem),
        { text: shown, code: f.code },
        cell(unitLabel(f.quantity.unit.text, page.lang)),
        cell(x.period),
        cell(x.source),
      ],
    }
  })
  return [
    h(page.say('产品与实物量', 'Products and physical quantities')),
    {
      kind: 'table',
      caption: page.say('生态产品清单', 'Ecological products'),
      columns: [
        column(page.say('产品', 'Product'), 16),
        column(page.say('服务', 'Service'), 12),
        column(page.say('生态系统类型', 'Ecosystem'), 16),
        column(page.say('实物量', 'Quantity'), 20, 'right'),
        column(page.say('单位', 'Unit'), 9),
        column(page.say('期间', 'Period'), 9),
        column(page.say('数据来源', 'Source'), 18),
      ],
      rows,
      codes: 'below',
      rowHeads: 1,
    },
  ]
}

function evidence(page: VepPage): readonly Block[] {
  const { unit } = page.result
  const all = [
    {
      kind: 'right-proof' as const,
      title: unit.right.proof.number,
      file: unit.right.proof.file,
      sha256: unit.right.proof.sha256,
    },
    ...unit.evidence,
  ]
  const rows = all.map((e): Row => ({
    cells: [
      cell(page.t(EVIDENCE[e.kind])),
      cell(e.title),
      cell(e.file),
      { text: e.sha256.slice(0, 12), emphasis: 'mono' },
    ],
  }))
  return [
    h(page.say('证据材料', 'Evidence')),
    {
      kind: 'table',
      caption: page.say('材料清单', 'Papers'),
      columns: [
        column(page.say('种类', 'Kind'), 20),
        column(page.say('名称', 'Title'), 34),
        column(page.say('文件', 'File'), 30),
        column('SHA-256', 16),
      ],
      rows,
      note: page.say(
        'SHA-256 取前 12 位，全文见 vep-result.json；文件改动一个字节，摘要即不同。',
        'First 12 digits of SHA-256, in full in vep-result.json; one byte changed changes the digest.',
      ),
    },
  ]
}

function sensitivity(page: VepPage): readonly Block[] {
  const { whatIfs, unit } = page.result
  const title = h(page.say('敏感性', 'What one step would change'))
  if (unit.method === 'market')
    return [
      title,
      p(
        say(
          page.say(
            '市场比较法没有折现率、年限和贡献率；结果随案例而变，见上文案例区间。',
            'Market comparison has no rate, term or contribution; the result moves with the deals, see their range above.',
          ),
        ),
      ),
    ]
  if (whatIfs.length === 0)
    return [
      title,
      p(
        say(
          page.say(
            '本结果是一年的变化量，没有选定的折现率与年限。',
            'This result is the change of one year; no rate or term was chosen.',
          ),
        ),
      ),
    ]
  const base = page.figure('value')
  const rows = whatIfs.map((w): Row => {
    if (!w.figure)
      return {
        cells: [cell(page.t(w.label)), { text: page.t(w.why!), status: 'not-applicable' }, cell('—'), cell('—')],
      }
    const what = w.figure.split('|')[2]!
    const d = moneyDifference(page.figure(what), base)
    return {
      cells: [
        cell(page.t(w.label)),
        page.money(what),
        { text: d.text, derived: true },
        { text: d.percent, derived: true },
      ],
    }
  })
  return [
    title,
    p(
      say(page.say('选定的数各移一步，其余不变：', 'Each chosen number moved one step, everything else as it stands:')),
    ),
    {
      kind: 'table',
      caption: page.say('移动一步的价值', 'Value after one step'),
      columns: [
        column(page.say('移动', 'Step'), 40),
        column(page.say('价值', 'Value'), 28, 'right', page.say('万元', '10,000 yuan')),
        column(page.say('相差', 'Difference'), 18, 'right', page.say('万元', '10,000 yuan')),
        column(page.say('幅度', 'Share'), 14, 'right'),
      ],
      rows: [
        {
          cells: [
            { text: page.say('现在取值', 'As stated'), emphasis: 'strong' },
            page.money('value'),
            cell('—'),
            cell('—'),
          ],
        },
        ...rows,
      ],
      codes: 'beside',
      rowHeads: 1,
    },
  ]
}

const MARKS: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已确认', en: 'confirmed' },
  'back-solved': { zh: '反推', en: 'back-solved' },
  unconfirmed: { zh: '未确认', en: 'unconfirmed' },
}

function limits(page: VepPage, book: RuleBook): readonly Block[] {
  const { unit, problems } = page.result
  const used = new Set(
    page.result.figures.flatMap((key) => {
      const f = page.find(key.split('|')[2]!)
      return f?.recipe.kind === 'rule' ? [f.recipe.rule] : []
    }),
  )
  const open = [...used].flatMap((name) => {
    const rule = book.rules.find((r) => `${r.id}@${r.version}` === name)
    return rule && rule.mark !== 'confirmed' ? [`${rule.id}（${page.t(MARKS[rule.mark]!)}）`] : []
  })
  const items: Run[][] = [
    ...unit.risks.map((r) => [say(page.t(r))]),
    [
      say(
        page.say(
          '本结果不是报价，也不是已经收到的收入；仅在所写用途和有效期内使用。',
          'The result is neither an offer of a price nor income received; it serves the stated use within its validity only.',
        ),
      ),
    ],
    [
      say(
        page.say(
          '两种口径的结果不可比：市场价值口径与项目增值口径不得放在同一张表里合计。',
          'Results of the two schools do not compare and are not totalled in one table.',
        ),
      ),
    ],
    ...(open.length > 0
      ? [
          [
            say(
              page.say(
                `所用规则尚有未确认的：${open.join('、')}。标准公式正文未见，算式据公开资料，不能称为国家标准的结果。`,
                `Rules not confirmed: ${open.join(', ')}. The text of the standard was not seen; the formula rests on public sources and is not to be called the result of a national standard.`,
              ),
            ),
          ],
        ]
      : []),
    [say(page.t(NEVER_ADDED))],
  ]
  const yellow = problems.filter((x) => x.severity === 'yellow')
  return [
    h(page.say('风险与局限', 'Risks and limits')),
    { kind: 'list', items },
    ...(yellow.length > 0
      ? [
          {
            kind: 'callout',
            tone: 'warn',
            title: page.say('待说明的问题', 'Open points'),
            lines: yellow.map((x) => [say(problemText(x, page.lang))]),
          } as const,
        ]
      : []),
  ]
}

function signOff(page: VepPage): readonly Block[] {
  const by = page.head.prepared
  const box = (
    title: string,
    role: string,
    name: string | undefined,
  ): {
    readonly title: string
    readonly lines: readonly { readonly label: string; readonly value?: string }[]
    readonly stamp: string
  } => ({
    title,
    lines: [
      { label: role, ...(name ? { value: name } : {}) },
      { label: page.say('签字', 'Signature') },
      { label: page.say('日期', 'Date') },
    ],
    stamp: page.say('（盖章处）', '(stamp)'),
  })
  return [
    h(page.say('签字', 'Sign-off')),
    p(
      say(
        page.say(
          '权利人对账册和材料的真实性负责，核算人对计算负责，审核人对审核意见负责。签字、日期和印章由本人手写、加盖。',
          'The holder answers for books and papers, the computer for the computation, the reviewer for the review. Signature, date and stamp are put by hand.',
        ),
      ),
    ),
    {
      kind: 'stamp-box',
      boxes: [
        box(page.say('权利人', 'Holder'), page.say('名称', 'Name'), page.result.unit.right.holder),
        box(page.say('核算', 'Computation'), page.say('核算人', 'Computed by'), by.computedBy),
        box(page.say('审核', 'Review'), page.say('审核人', 'Reviewed by'), by.reviewedBy),
        box(page.say('登记', 'Registration'), page.say('登记机构', 'Registered by'), undefined),
      ],
    },
  ]
}

/** Every code printed above, two to a row. */
function codeIndex(page: VepPage, body: readonly Block[]): readonly Block[] {
  const byCode = new Map(
    page.result.figures.flatMap((key) => {
      const f = page.find(key.split('|')[2]!)
      return f ? [[f.code, f] as const] : []
    }),
  )
  const printed = printedCodes(body).flatMap((c) => byCode.get(c) ?? [])
  const half = Math.ceil(printed.length / 2)
  const trio = (i: number): readonly Cell[] => {
    const f = printed[i]
    return f
      ? [{ text: f.code, emphasis: 'mono' }, cell(page.t(f.title)), { text: figureText(f.quantity, page.lang) }]
      : [cell(''), cell(''), cell('')]
  }
  const heads = [
    column(page.say('编码', 'Code'), 14),
    column(page.say('名称', 'What'), 23),
    column(page.say('数值', 'Value'), 15, 'right'),
  ]
  return [
    h(page.say('编码索引', 'Index of codes')),
    p(
      say(
        page.say(
          '用 qingshan vep why 结果文件 编码，可查看算式、依据和来源单元格。边界来自 ',
          'qingshan vep why RESULT CODE opens formula, clause and source cells. The boundary is from ',
        ),
      ),
      say(originText(page.result.unit.area)),
      say(page.say('。', '.')),
    ),
    {
      kind: 'table',
      caption: page.say('印出的编码', 'Printed codes'),
      columns: [...heads, ...heads],
      rows: Array.from({ length: half }, (_, i): Row => ({ cells: [...trio(i), ...trio(half + i)] })),
    },
  ]
}
