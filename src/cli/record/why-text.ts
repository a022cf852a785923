// The reason of a posting as a clerk reads it from top to bottom: what moved, whose act it was, who agreed, on what grounds, and
// whether the public log holds it.

import { publishedCheckpoint } from '../../core/evidence/index.ts'
import { isUuid, ProblemError } from '../../kernel/index.ts'
import { logFolder } from '../../server/index.ts'
import { whoText } from './approvals.ts'
import { atDesk, roleTitle, type Desk, type DeskOptions, type RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'
import { localTime, pairsText } from './rows-text.ts'

interface Person {
  readonly role: string
  readonly person: string
  readonly login?: string
  readonly name?: string
  readonly standInFor?: string
}
interface Side {
  readonly owner: string
  readonly ownerId: string
  readonly purpose: string
  readonly after?: string
}
interface Other {
  readonly act: string
  readonly kind: string
  readonly recorded: string
  readonly reason?: string
}
/** The row of `whyPosting`. */
interface Why extends Person {
  readonly act: string
  readonly kind: string
  readonly zh: string
  readonly en: string
  readonly clause?: string
  readonly legalDate: string
  readonly recorded: string
  readonly place?: string
  readonly placeName?: string
  readonly request?: string
  readonly requester?: Person & { readonly recorded: string }
  readonly leaf: string
  readonly postings: readonly {
    readonly id: string
    readonly kind: string
    readonly zh: string
    readonly amount: string
    readonly unit: string
    readonly effective: string
    readonly from: Side
    readonly to: Side
    readonly serials: readonly string[]
    readonly whyZh?: string
    readonly whyEn?: string
    readonly reverses?: string
  }[]
  readonly steps: readonly (Person & {
    readonly step: string
    readonly zh: string
    readonly recorded: string
    readonly paperSigner?: string
    readonly paperDate?: string
    readonly paperScan?: string
    readonly enteredByRequester?: string
  })[]
  readonly input: readonly { readonly path: string; readonly zh: string; readonly en: string; readonly value: string }[]
  readonly reasons: readonly { readonly about: string; readonly name: string; readonly value: string }[]
  readonly corrects?: Other
  readonly correctedBy?: Other
}

export const why = (id: string, o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async (desk) => {
    if (!isUuid(id)) throw new ProblemError(deskProblem('desk.id', { id }))
    const [row = (await desk.ask('whyPosting', { act: id }))[0]] = await desk.ask('whyPosting', { posting: id })
    if (!row)
      throw new ProblemError(deskProblem('desk.nothing-found', { id, what: '分录或行为', whatEn: 'posting or act' }))
    const found = row as unknown as Why
    const published = await publishedSize(desk)
    if (o.json)
      return env.out(
        JSON.stringify({ ...row, published: { size: published, holds: Number(found.leaf) < published } }, null, 2),
      )
    env.out(whyText(desk, found, published))
  })

async function publishedSize({ house }: Desk): Promise<number> {
  const trust = await house.trust()
  return (await publishedCheckpoint(logFolder(house.folder), { logs: trust.logs, witnesses: [] }))?.size ?? 0
}

function whyText(desk: Desk, w: Why, published: number): string {
  const { zone } = desk.house.settings
  const parts: string[] = []
  for (const p of w.postings) {
    const side = (s: Side): string =>
      `${s.owner}（${s.purpose}）${s.after === undefined ? '' : `，此后余额 ${s.after} ${p.unit}`}`
    parts.push(
      `【分录】${p.zh}　${p.amount} ${p.unit}`,
      pairsText([
        ['付方 from', side(p.from)],
        ['收方 to', side(p.to)],
        ['编号段 serials', p.serials.join('；')],
        ['摘要 why', p.whyZh],
        ['', p.whyEn],
        ['法定日期 legal date', p.effective],
        ['冲回 takes back', p.reverses],
        ['分录编号 posting', p.id],
      ]),
    )
  }
  parts.push(
    `\n【行为】${w.zh} / ${w.en}`,
    pairsText([
      ['依据条款 clause', w.clause],
      ['法定日期 legal date', w.legalDate],
      ['记录时间 recorded', localTime(w.recorded, zone)],
      ['地区 place', w.place === undefined ? undefined : `${w.placeName ?? ''} ${w.place}`.trim()],
      ['申请 requested by', w.requester && `${whoText(desk, w.requester)}，${localTime(w.requester.recorded, zone)}`],
      [w.requester ? '办结 carried out by' : '经办 by', whoText(desk, w)],
      ['代办 in place of', w.standInFor],
      ['行为编号 act', `${w.act}（${w.kind}）`],
    ]),
  )
  if (w.steps.length > 0) {
    parts.push('\n【审批】approval')
    for (const s of w.steps) {
      const who =
        s.paperSigner === undefined
          ? `${whoText(desk, s)}${s.standInFor === undefined ? '' : '（代办 stand-in）'}`
          : `纸质签批 on paper：${s.paperSigner}，${s.paperDate ?? ''}；录入 entered by ${whoText(desk, s)}${s.enteredByRequester?.startsWith('是') ? '（申请人本人 the requester）' : ''}`
      parts.push(`  ${s.step} ${s.zh}（${roleTitle(desk.house, s.role)}）：${who}，${localTime(s.recorded, zone)}`)
      if (s.paperScan !== undefined) parts.push(`      扫描件 scan ${s.paperScan}`)
    }
  }
  if (w.input.length > 0) parts.push('\n【填报内容】what was filled in', pairsText(w.input.map((f) => [f.zh, f.value])))
  if (w.reasons.length > 0)
    parts.push('\n【数额的理由】reasons of the amounts', pairsText(w.reasons.map((r) => [r.name || r.about, r.value])))
  const others = [
    ['更正了 corrects', w.corrects],
    ['被更正 corrected by', w.correctedBy],
  ] as const
  for (const [title, other] of others)
    if (other)
      parts.push(
        `\n【${title}】${other.kind}　${localTime(other.recorded, zone)}`,
        pairsText([
          ['编号 act', other.act],
          ['理由 reason', other.reason],
        ]),
      )
  parts.push(
    '\n【公开日志】public log',
    Number(w.leaf) < published
      ? `  第 ${w.leaf} 条，已发布（共 ${published} 条）；凭证：qingshan log proof ${w.act} 文件 / published; a proof can be exported`
      : `  第 ${w.leaf} 条，尚未发布（已发布 ${published} 条）；发布：qingshan log publish / not yet published`,
  )
  return parts.join('\n')
}
