// The last parts of the report: risks and limits, sign-off, and the index of all codes printed before.

import { problemText, type Text } from '../../../kernel/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { printedCodes, type Block, type Cell, type Row, type Run } from '../report/index.ts'
import { NEVER_ADDED } from './model.ts'
import { cell, column, h, p, say } from './report-blocks.ts'
import { figureText, originText, type VepPage } from './report-page.ts'
const MARKS: Readonly<Record<string, Text>> = {
  confirmed: { zh: '已确认', en: 'confirmed' },
  'back-solved': { zh: '反推', en: 'back-solved' },
  unconfirmed: { zh: '未确认', en: 'unconfirmed' },
}

export function limits(page: VepPage, book: RuleBook): readonly Block[] {
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

export function signOff(page: VepPage): readonly Block[] {
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
export function codeIndex(page: VepPage, body: readonly Block[]): readonly Block[] {
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
