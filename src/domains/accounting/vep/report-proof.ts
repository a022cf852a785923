// Parts of the report that say what was counted and what it rests on: products, evidence, and what one step would change.

import { shownText, unitLabel, type Block, type Row } from '../report/index.ts'
import { EVIDENCE } from './model.ts'
import { cell, column, h, p, say } from './report-blocks.ts'
import { moneyDifference, type VepPage } from './report-page.ts'
export function products(page: VepPage): readonly Block[] {
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

export function evidence(page: VepPage): readonly Block[] {
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

export function sensitivity(page: VepPage): readonly Block[] {
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
