// The report of one unit, four to eight pages: what it is worth and for what use, right and boundary, products, evidence,
// calculation, what one step would change, risks and limits, sign-off, index of codes. Serves "VEP of a place".
// Always holds: school, use, validity and the sentence that VEP is never added to GEP stand on the first pages.

import { convert, type Lang } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { FONTS, shownText, unitLabel, type Block, type ReportDocument, type Run } from '../report/index.ts'
import { boundaryMap, MAP_HEIGHT, MAP_WIDTH } from './boundary-map.ts'
import { KINDS, METHODS, NEVER_ADDED, SCHOOLS, USES, type UnitResult, type VepResult } from './model.ts'
import { h, say } from './report-blocks.ts'
import { codeIndex, limits, signOff } from './report-end.ts'
import { calculation } from './report-methods.ts'
import { vepPage, type VepPage } from './report-page.ts'
import { evidence, products, sensitivity } from './report-proof.ts'

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
