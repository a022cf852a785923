// The first page of a copy: what it covers, what lies where, the sample with its links, how to check all of it without us.

import { html, type Piece } from '../../../kernel/index.ts'
import { localTime } from './figures.ts'
import type { ShownGrant } from './grants.ts'
import type { AuditAsk, AuditReport } from './model.ts'
import { both, grid, page, pair } from './page.ts'
import { paths } from './paths.ts'

export interface SampledRow {
  readonly leaf: number
  readonly id: string
  readonly date: string
  readonly title: string
  readonly place: string
  readonly person: string
  readonly outcome: string
  readonly withheld: boolean
}

export interface IndexWorld {
  readonly ask: AuditAsk
  readonly region: string
  readonly gradeTitle: string
  readonly report: Omit<AuditReport, 'files' | 'manifest' | 'folder'>
  readonly checkpoint: string
  readonly workbooks: readonly {
    readonly title: string
    readonly en: string
    readonly rows: number
    readonly files: readonly string[]
  }[]
  readonly sample: readonly SampledRow[]
  readonly grants: readonly ShownGrant[]
}

export function indexPage(w: IndexWorld): string {
  const { ask, report } = w
  const title = `审计副本：${w.region} ${ask.from} 至 ${ask.to}`
  return page(
    title,
    html`<h1>审计副本<span class="en" lang="en">audit copy</span></h1>
      <dl>
        ${pair('地区', 'region', w.region)}
        ${pair('期间', 'period', `${ask.from} 至 ${ask.to}（法定日期或记录日期在内）`)}
        ${pair('数据等级', 'grade', `${w.gradeTitle}；以上等级的内容显示为 ＊＊＊`)}
        ${pair('写出时间', 'written', localTime(ask.now, ask.zone))}
        ${pair('内容', 'contents', `行为 ${report.acts} 件，分录 ${report.postings} 笔，指标数值 ${report.values} 个，文件 ${report.documents} 份`)}
        ${report.withoutPlace > 0 ? pair('未列入', 'not in it', `期间内有 ${report.withoutPlace} 件行为不属于任何地区（如本人改密码）`) : ''}
        ${report.withheld > 0 ? pair('无凭证文件', 'without proof', `${report.withheld} 件行为的原文超出等级，只列摘要`) : ''}
      </dl>
      <h2>${both('目录', 'what lies where')}</h2>
      ${grid(
        [
          { zh: '文件', en: 'file' },
          { zh: '内容', en: 'what it is' },
          { zh: '行数', en: 'rows' },
        ],
        [
          ...w.workbooks.map((b): Piece[] => [
            b.files.map((f, i) => html`${i > 0 ? '、' : ''}<a href="${f}">${f}</a>`),
            both(b.title, ` ${b.en}`),
            b.rows,
          ]),
          [
            html`<a href="${paths.verifier}">${paths.verifier}</a>`,
            both('核验页：离线核对凭证', ' verifier page, offline'),
            '',
          ],
          ['proofs/', both('凭证文件，按日志序号', ' proof files by leaf'), report.acts - report.withheld],
          ['log/', both('公开日志的全部文件与签名检查点', ' tiles and signed checkpoint of the log'), ''],
          ['documents/', both('文件原件，以 SHA-256 命名', ' documents, named by SHA-256'), report.documents],
          [html`<a href="${paths.readme}">${paths.readme}</a>`, both('说明', ' how to read this copy'), ''],
          ['MANIFEST.sha256', both('每个文件的 SHA-256', ' SHA-256 of every file'), ''],
        ],
        ['', '', 'num'],
      )}
      <h2>${both(`随机样本 ${w.sample.length} 件`, `random sample of ${w.sample.length} acts`)}</h2>
      <p>
        种子 <span class="mono">${ask.seed}</span>。对每件行为取 SHA-256(种子 + 换行 + 行为编号)，取值最小的
        ${w.sample.length} 件；任何人可用 acts.xlsx 重新抽取。
        <span class="en" lang="en"
          >Of each act SHA-256(seed, line feed, act id) is taken; the smallest make the sample. Anyone can draw it again
          from acts.xlsx.</span
        >
      </p>
      ${grid(
        [
          { zh: '序号', en: 'leaf' },
          { zh: '法定日期', en: 'legal date' },
          { zh: '事项', en: 'matter' },
          { zh: '地区', en: 'place' },
          { zh: '办理人', en: 'person' },
          { zh: '结果', en: 'outcome' },
          { zh: '凭证', en: 'proof' },
        ],
        w.sample.map((s) => [
          html`<a href="${paths.act(s.leaf)}">${s.leaf}</a>`,
          s.date,
          html`<a href="${paths.act(s.leaf)}">${s.title}</a>`,
          s.place,
          s.person,
          s.outcome,
          s.withheld ? '只有摘要' : html`<a href="${paths.act(s.leaf)}#proof">凭证</a>`,
        ]),
        ['num', 'tight', '', '', '', '', 'tight'],
      )}
      <h2>${both('谁可能改动过', 'who could have changed what')}</h2>
      <p>
        期间内有效、效力及于本地区的授权 ${w.grants.length} 项；各角色可办的业务见
        grants.xlsx。能接触数据库文件的系统管理人员不在此列：他们若绕过系统改动，凭证和日志会对不上。
        <span class="en" lang="en"
          >Grants in force in the period that reach this region. Whoever has the database files themselves is not
          listed: a change made behind the system's back breaks the proofs.</span
        >
      </p>
      ${
        w.grants.length === 0
          ? ''
          : grid(
              [
                { zh: '人员', en: 'person' },
                { zh: '角色', en: 'role' },
                { zh: '地区', en: 'place' },
                { zh: '自', en: 'from' },
                { zh: '至', en: 'to' },
                { zh: '备注', en: 'remark' },
              ],
              w.grants
                .slice(0, MOST_GRANTS)
                .map((g) => [
                  g.person,
                  g.role,
                  g.place,
                  g.from,
                  g.to,
                  [g.standInFor === '' ? '' : `代 ${g.standInFor}`, g.revoked === '' ? '' : `${g.revoked} 撤销`]
                    .filter((t) => t !== '')
                    .join('，'),
                ]),
              ['', '', '', 'tight', 'tight'],
            )
      }
      <h2>${both('签名的检查点', 'signed checkpoint')}</h2>
      <p class="note">
        请与公布的检查点和公开密钥对照。<span class="en" lang="en"
          >Compare it with the published checkpoint and keys.</span
        >
      </p>
      <pre>${w.checkpoint}</pre>
      <p class="note">
        日志证明的是先后次序和没有被悄悄改写，不证明最初填报的内容属实。<span class="en" lang="en"
          >A log proves order and that nothing was silently rewritten, not that the first entry was true.</span
        >
      </p>`,
  )
}

/** All of them stand in grants.xlsx. */
const MOST_GRANTS = 200
