// The page of one sampled act: what was submitted, what it booked and measured, on what ground and document, who approved it,
// and its proof. From here every link of the chain is a click away.

import { html, type Json, type Markup } from '../../../kernel/index.ts'
import { jsonText } from './act-view.ts'
import { groupedDigits, localTime } from './figures.ts'
import type { GatheredAct, ShownRequest } from './gather.ts'
import type { Names } from './names.ts'
import { both, grid, page, pair } from './page.ts'
import { paths, stepText } from './paths.ts'

export interface ActPageWorld {
  readonly names: Names
  /** Where a document lies in the copy; undefined where it was not copied. */
  readonly documentAt: (hash: string) => string | undefined
  /** Leaves with a page of their own. */
  readonly pages: ReadonlySet<number>
  readonly internal: boolean
  readonly zone: string
}

export function actPage(act: GatheredAct, world: ActPageWorld): string {
  const { row, view, leaf } = act
  const title = `${view.title.zh}：日志第 ${leaf} 条`
  return page(
    title,
    html`<nav>
        <a href="../index.html">← 返回目录 index</a> <a href="#source">依据与来源 source</a>
        <a href="#proof">凭证 proof</a>
      </nav>
      <h1>${view.title.zh}<span class="en" lang="en">${view.title.en}</span></h1>
      ${act.correctedBy === undefined ? '' : html`<p class="warn">此行为已被更正：见日志第 ${leafLink(act.correctedBy, world)} 条。<span class="en" lang="en">This act was corrected by leaf ${act.correctedBy}.</span></p>`}
      <dl>
        ${pair('行为', 'act', row.kind)} ${pair('编号', 'id', html`<span class="mono">${row.id}</span>`)}
        ${pair('日志序号', 'leaf', leaf)} ${pair('法定日期', 'legal date', row.legal_date)}
        ${pair('记录时间', 'recorded', localTime(row.recorded_at, world.zone))}
        ${pair('地区', 'place', row.place === null ? '' : world.names.place(row.place))}
        ${pair('办理人', 'person', world.internal ? `${world.names.person(row.person)}，${world.names.role(row.role)}` : '＊＊＊')}
        ${row.stand_in_for === null ? '' : pair('代办', 'in the stead of', world.names.person(row.stand_in_for))}
        ${act.correctsLeaf === undefined ? '' : pair('更正', 'corrects', html`日志第 ${leafLink(act.correctsLeaf, world)} 条`)}
      </dl>
      <h2>${both('提交内容', 'what was submitted')}</h2>
      ${grid(
        [
          { zh: '项目', en: 'field' },
          { zh: '内容', en: 'value' },
        ],
        view.fields.map((f) => [both(f.title.zh, ` ${f.title.en}`), f.value]),
      )}
      ${postings(act)} ${values(act)} ${act.request ? approval(act.request, world) : ''} ${source(act, world)}
      ${proof(act)}`,
  )
}

const leafLink = (leaf: number, world: ActPageWorld): Markup =>
  world.pages.has(leaf) ? html`<a href="${leaf}.html">${leaf}</a>` : html`${leaf}`

function postings({ postings: all }: GatheredAct): Markup | '' {
  if (all.length === 0) return ''
  const unit = (p: (typeof all)[number]): string => p.asset?.unit ?? ''
  return html`<h2>${both('分录', 'postings')}</h2>
    ${grid(
      [
        { zh: '资产', en: 'asset' },
        { zh: '借（付出）', en: 'debit' },
        { zh: '贷（收入）', en: 'credit' },
        { zh: '数量', en: 'amount' },
        { zh: '借方余', en: 'debit after' },
        { zh: '贷方余', en: 'credit after' },
        { zh: '事由与编号', en: 'why, serials' },
      ],
      all.map((p) => [
        `${p.asset?.title_zh ?? ''}（${p.kind}）`,
        p.debit,
        p.credit,
        `${groupedDigits(p.amount)} ${unit(p)}`,
        `${groupedDigits(p.debitAfter)} ${unit(p)}`,
        `${groupedDigits(p.creditAfter)} ${unit(p)}`,
        [p.why, p.units].filter((t) => t !== '').join('\n'),
      ]),
      ['', '', '', 'num', 'num', 'num'],
    )}`
}

function values({ values: all }: GatheredAct): Markup | '' {
  if (all.length === 0) return ''
  return html`<h2>${both('指标数值', 'indicator values')}</h2>
    ${grid(
      [
        { zh: '指标', en: 'indicator' },
        { zh: '地区', en: 'place' },
        { zh: '期间', en: 'period' },
        { zh: '维度与口径', en: 'dims, basis' },
        { zh: '数值', en: 'value' },
        { zh: '状态', en: 'status' },
        { zh: '推算方法', en: 'recipe' },
      ],
      all.map((v) => [
        `${v.title}（${v.indicator} 第 ${v.version} 版）`,
        v.place,
        v.period,
        [v.dims, v.basis].filter((t) => t !== '').join('，'),
        `${groupedDigits(v.value)} ${v.unit}`,
        v.status,
        jsonText(v.recipe),
      ]),
      ['', '', 'tight', '', 'num', 'tight'],
    )}`
}

function approval({ row, steps }: ShownRequest, { names }: ActPageWorld): Markup {
  return html`<h2>${both('审批', 'approval')}</h2>
    <dl>
      ${pair('申请', 'request', html`<span class="mono">${row.id}</span>，${row.title_zh}，申请人 ${names.person(row.person)}`)}
      ${steps.map((s) => pair(`第 ${s.step + 1} 步`, `step ${s.step + 1}`, stepText(s, names)))}
    </dl>`
}

/** Basis, reasons and documents: where the figures come from. */
function source(act: GatheredAct, world: ActPageWorld): Markup {
  const named = new Map<string, string>([
    ...act.view.fields.flatMap((f) => (f.file === undefined ? [] : [[f.file, f.title.zh] as const])),
    ...[...act.documents, ...act.related].map((d) => [d.hash, d.name] as const),
    ...(act.request?.steps ?? []).flatMap((s) =>
      s.paper_scan === null ? [] : [[s.paper_scan, '纸质签批扫描件'] as const],
    ),
  ])
  const reason = (value: Json): string => jsonText(value)
  return html`<h2 id="source">${both('依据与来源', 'basis and source')}</h2>
    <dl>
      ${act.row.clause === null ? '' : pair('条款', 'clause', act.row.clause)}
      ${Object.entries(act.reasons).map(([what, value]) => pair(`理由 ${what}`, 'reason', reason(value)))}
      ${[...named].map(([hash, name]) => {
        const at = world.documentAt(hash)
        const text = html`<span class="mono">SHA-256 ${hash}</span>`
        return pair(
          '文件',
          'document',
          html`${at === undefined ? `${name}（未随附）` : html`<a href="../${at}">${name}</a>`} ${text}`,
        )
      })}
      ${act.view.answer === '' ? '' : pair('办理结果', 'answer', act.view.answer)}
    </dl>`
}

function proof(act: GatheredAct): Markup {
  const entry = Buffer.from(act.entry).toString('hex')
  const head = html`<h2 id="proof">${both('凭证', 'proof')}</h2>`
  if (act.view.withheld)
    return html`${head}
      <p class="warn">
        此行为的原文含有超出本副本等级的内容，不随附凭证文件；其摘要在公开日志中，取得原文后可凭摘要核对。
        <span class="en" lang="en"
          >The text of this act holds more than this copy may show, so there is no proof file; its digest stands in the
          public log and can be compared once the text is at hand.</span
        >
      </p>
      <dl>${pair('日志摘要', 'log entry', html`<span class="mono">${entry}</span>`)}</dl>`
  const file = paths.proof(act.leaf)
  return html`${head}
    <p>
      打开 <a href="../${paths.verifier}">核验页 ${paths.verifier}</a>，把凭证文件
      <a href="../${file}">${file}</a> 拖入页面。全部在本机进行，不需要网络。
      <span class="en" lang="en"
        >Open the verifier page and drop the proof file into it. Everything happens on this computer, without
        network.</span
      >
    </p>
    <dl>${pair('日志摘要', 'log entry', html`<span class="mono">${entry}</span>`)}</dl>`
}
