// Which workbooks a copy has and what stands in their columns, Chinese first.

import { sees } from '../../../kernel/index.ts'
import { REQUEST_STATUS, type RequestStatus } from '../../../core/record/index.ts'
import { jsonText } from './act-view.ts'
import { localTime } from './figures.ts'
import type { GatheredAct } from './gather.ts'
import type { ShownGrant } from './grants.ts'
import type { AuditAsk, AuditReport } from './model.ts'
import type { Names } from './names.ts'
import { stepText } from './paths.ts'
import { sheetBook, type Column, type SheetBook } from './sheets.ts'
import type { WholeFolder } from './whole-folder.ts'

export interface Books {
  take(act: GatheredAct, sampled: boolean): Promise<void>
  grant(grant: ShownGrant): Promise<void>
  counts(): Pick<AuditReport, 'postings' | 'values' | 'requests'>
  finish(): Promise<readonly BookWritten[]>
}

export interface BookWritten {
  readonly title: string
  readonly en: string
  readonly rows: number
  readonly files: readonly string[]
}

const c = (zh: string, en: string, width: number, number = false): Column => ({ zh, en, width, number })
const LEAF = c('日志序号', 'leaf', 9, true)

const BOOKS = {
  acts: {
    title: '行为',
    en: 'acts',
    columns: [
      LEAF,
      c('样本', 'sampled', 6),
      c('法定日期', 'legal date', 11),
      c('记录时间', 'recorded', 24),
      c('事项', 'matter', 16),
      c('行为', 'act', 20),
      c('地区', 'place', 18),
      c('办理人', 'person', 20),
      c('角色', 'role', 18),
      c('代办', 'in the stead of', 14),
      c('条款', 'clause', 8),
      c('更正序号', 'corrects leaf', 9, true),
      c('被更正于', 'corrected by leaf', 9, true),
      c('提交内容', 'submitted', 50),
      c('理由', 'reasons', 40),
      c('办理结果', 'answer', 30),
      c('行为编号', 'act id', 38),
      c('申请编号', 'request', 38),
      c('日志摘要', 'log entry', 40),
    ],
  },
  postings: {
    title: '分录',
    en: 'postings with running balances',
    columns: [
      LEAF,
      c('序', 'no.', 5, true),
      c('生效日', 'effective', 11),
      c('资产', 'asset', 18),
      c('单位', 'unit', 7),
      c('类别', 'kind', 9),
      c('借（付出）账户', 'debit account', 30),
      c('借方行号', 'line', 8, true),
      c('借方余', 'debit account after', 14, true),
      c('贷（收入）账户', 'credit account', 30),
      c('贷方行号', 'line', 8, true),
      c('贷方余', 'credit account after', 14, true),
      c('数量', 'amount', 14, true),
      c('事由', 'why', 40),
      c('编号区间', 'serials', 30),
      c('分录编号', 'posting id', 38),
    ],
  },
  indicators: {
    title: '指标数值',
    en: 'indicator values with their recipes',
    columns: [
      LEAF,
      c('指标', 'indicator', 18),
      c('名称', 'title', 18),
      c('地区', 'place', 18),
      c('期间', 'period', 10),
      c('维度', 'dims', 20),
      c('口径', 'basis', 12),
      c('版本', 'version', 6, true),
      c('数值', 'value', 16, true),
      c('单位', 'unit', 8),
      c('状态', 'status', 8),
      c('适用', 'fit for', 16),
      c('推算方法', 'recipe', 50),
    ],
  },
  requests: {
    title: '申请与审批',
    en: 'requests with their steps',
    columns: [
      LEAF,
      c('事项', 'matter', 18),
      c('状态', 'status', 11),
      c('法定日期', 'legal date', 11),
      c('申请人', 'requester', 20),
      c('角色', 'role', 18),
      c('应经步骤', 'steps', 24),
      c('审批记录', 'steps taken', 60),
      c('退回理由', 'reason of a return', 30),
      c('申请编号', 'request', 38),
    ],
  },
  grants: {
    title: '谁可能改动过',
    en: 'grants in force in the period',
    columns: [
      c('人员', 'person', 22),
      c('角色', 'role', 22),
      c('地区', 'place', 18),
      c('单位', 'organisation', 24),
      c('自', 'from', 11),
      c('至', 'to', 11),
      c('代', 'stands in for', 16),
      c('撤销时间', 'revoked', 24),
      c('可办业务', 'may run', 70),
    ],
  },
  documents: {
    title: '文件',
    en: 'documents attached',
    columns: [
      LEAF,
      c('名称', 'name', 36),
      c('对象', 'about', 40),
      c('字节', 'bytes', 12, true),
      c('等级', 'grade', 10),
      c('状态', 'status', 10),
      c('SHA-256', 'SHA-256', 68),
    ],
  },
} as const satisfies Record<
  string,
  { readonly title: string; readonly en: string; readonly columns: readonly Column[] }
>
type BookName = keyof typeof BOOKS

export function openBooks(out: WholeFolder, names: Names, ask: AuditAsk): Books {
  const note = `${ask.region} · ${ask.from} 至 ${ask.to} · 等级 ${ask.grade} · 写出 ${localTime(ask.now, ask.zone)}`
  const book = (file: BookName): SheetBook =>
    sheetBook(out, { file, note, title: BOOKS[file].title, columns: BOOKS[file].columns })
  const books = {
    acts: book('acts'),
    postings: book('postings'),
    indicators: book('indicators'),
    requests: book('requests'),
    grants: book('grants'),
    documents: book('documents'),
  } satisfies Record<BookName, SheetBook>
  const internal = sees(ask.grade, 'internal')
  const inside = (text: string): string => (internal ? text : '＊＊＊')
  const leafText = (leaf: number | undefined): string => (leaf === undefined ? '' : String(leaf))

  async function request(act: GatheredAct): Promise<void> {
    const r = act.request
    // A request stands where it was made; the act that carried it out shows it on its page.
    if (!r || r.row.id !== act.row.id) return
    const steps = r.row.steps as unknown as readonly { readonly title: { readonly zh: string } }[]
    await books.requests.add([
      String(act.leaf),
      r.row.title_zh,
      REQUEST_STATUS[r.row.status as RequestStatus].zh,
      r.row.legal_date,
      inside(names.person(r.row.person)),
      names.role(r.row.role),
      steps.map((s) => s.title.zh).join(' → '),
      inside(r.steps.map((s) => `${s.step + 1}. ${stepText(s, names)}`).join('；')),
      inside(r.row.remarks ?? ''),
      r.row.id,
    ])
  }

  return {
    take: async (act, sampled) => {
      const { row, view } = act
      const leaf = String(act.leaf)
      await books.acts.add([
        leaf,
        sampled ? '✓' : '',
        row.legal_date,
        localTime(row.recorded_at, ask.zone),
        view.title.zh,
        row.kind,
        row.place === null ? '' : names.place(row.place),
        inside(names.person(row.person)),
        names.role(row.role),
        row.stand_in_for === null ? '' : inside(names.person(row.stand_in_for)),
        row.clause ?? '',
        leafText(act.correctsLeaf),
        leafText(act.correctedBy),
        view.fields.map((f) => `${f.title.zh}：${f.value}`).join('；'),
        Object.entries(act.reasons)
          .map(([k, v]) => `${k}：${jsonText(v)}`)
          .join('；'),
        view.answer,
        row.id,
        row.request ?? '',
        Buffer.from(act.entry).toString('hex'),
      ])
      for (const p of act.postings)
        await books.postings.add([
          leaf,
          String(p.ordinal + 1),
          p.effective,
          p.asset?.title_zh ?? '',
          p.asset?.unit ?? '',
          p.kind,
          p.debit,
          p.debitLine,
          p.debitAfter,
          p.credit,
          p.creditLine,
          p.creditAfter,
          p.amount,
          p.why,
          p.units,
          p.id,
        ])
      for (const v of act.values)
        await books.indicators.add([
          leaf,
          v.indicator,
          v.title,
          v.place,
          v.period,
          v.dims,
          v.basis,
          String(v.version),
          v.value,
          v.unit,
          v.status,
          v.fit,
          jsonText(v.recipe),
        ])
      for (const d of act.documents)
        await books.documents.add([leaf, d.name, d.about, d.size.toString(), d.grade, d.status, d.hash])
      await request(act)
    },
    grant: (g) =>
      books.grants.add([
        g.person,
        g.role,
        g.place,
        g.organisation,
        g.from,
        g.to,
        g.standInFor,
        g.revoked === '' ? '' : localTime(g.revoked, ask.zone),
        g.commands.join('、'),
      ]),
    counts: () => ({
      postings: books.postings.rows,
      values: books.indicators.rows,
      requests: books.requests.rows,
    }),
    finish: async () => {
      const written: BookWritten[] = []
      for (const name of Object.keys(BOOKS) as BookName[])
        written.push({
          title: BOOKS[name].title,
          en: BOOKS[name].en,
          rows: books[name].rows,
          files: await books[name].finish(),
        })
      return written
    },
  }
}
