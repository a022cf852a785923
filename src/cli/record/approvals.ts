// What waits, and how it is answered. Several approvals are listed item by item and confirmed once; each is an act of its own,
// and one that is refused does not stop the others.

import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { resolve } from 'node:path'
import { isUuid, ProblemError, type Form, type JsonObject, type Uuid } from '../../kernel/index.ts'
import { printProblems } from '../terminal.ts'
import type { ApproveOptions } from './approval-commands.ts'
import { atDesk, roleTitle, type Desk, type DeskOptions, type RecordEnv } from './desk.ts'
import { receiptText } from './do-command.ts'
import { deskProblem } from './problems.ts'
import { localTime, pairsText, rowsText } from './rows-text.ts'
import { sheetPage, type Sheet } from './sheet-page.ts'

export const inbox = (o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async ({ house, ask, role }) => {
    const rows = await ask('inbox', {})
    if (o.json) return env.out(JSON.stringify(rows, null, 2))
    const { fields } = house.registry.getQuery('inbox').row
    const told = rows.map((r) => ({ ...r, kind: r['kind'] === 'approval' ? '待审批' : '通知' }) as JsonObject)
    // The English words stand in the answer for machines; a clerk reads the matter once.
    const { kind, id, zh, place, step } = fields
    env.out(`待办（${roleTitle(house, role)}） / what waits\n`)
    env.out(rowsText({ fields: { kind, zh, place, step, id } } as unknown as Form, told, house.settings.zone))
    if (rows.some((r) => r['kind'] === 'approval'))
      env.out(
        '\n同意：qingshan approve 编号…；退回：qingshan return 编号 --reason 理由；打印：qingshan sheet 编号 文件.html',
      )
    if (rows.some((r) => r['kind'] === 'notice'))
      env.out('\n通知看过、办完后：qingshan do close-notice --notice 编号 / close a notice when it is dealt with')
  })

async function sheetOf(desk: Desk, request: string): Promise<Sheet> {
  if (!isUuid(request)) throw new ProblemError(deskProblem('desk.id', { id: request }))
  const [row] = await desk.ask('requestSheet', { request })
  if (!row) throw new ProblemError(deskProblem('desk.nothing-found', { id: request, what: '申请', whatEn: 'request' }))
  return row as unknown as Sheet
}

export const approve = (requests: readonly string[], o: ApproveOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async (desk) => {
    const sheets: Sheet[] = []
    for (const request of requests) sheets.push(await sheetOf(desk, request))
    if (!o.json) sheets.forEach((s, i) => env.out(itemText(desk, s, i + 1)))
    if (!o.yes && !(await confirmed(`同意以上 ${sheets.length} 项？/ Approve these ${sheets.length}? (y/N) `)))
      throw new ProblemError(deskProblem('desk.not-confirmed'))
    const results = []
    for (const s of sheets) {
      const input = {
        request: s.id,
        ...(o.outcome === undefined ? {} : { outcome: o.outcome }),
        ...(o.remark === undefined ? {} : { remark: o.remark }),
      }
      const answer = await desk.tell('approve', input)
      results.push(answer)
      if ('act' in answer) {
        if (!o.json) env.out(`\n${s.zh}\n${receiptText(desk.house, answer)}`)
        continue
      }
      process.exitCode = 1
      if (!o.json) {
        env.out(`\n✗ ${s.zh}（${s.id}）`)
        printProblems(answer, env.out)
      }
    }
    if (o.json) env.out(JSON.stringify(results, null, 2))
  })

/** One item of the list: what, where, and what it will do. */
function itemText(desk: Desk, s: Sheet, n: number): string {
  return [
    `── ${n} ── ${s.zh} / ${s.en}${s.clause === undefined ? '' : `（条款 ${s.clause}）`}`,
    pairsText([
      ['申请编号', s.id],
      ['地区', s.place === undefined ? undefined : `${s.placeName ?? ''} ${s.place}`.trim()],
      ['法定日期', s.legalDate],
      ['申请人', whoText(desk, s)],
      ['提交时间', localTime(s.recorded, desk.house.settings.zone)],
      ...s.input.map((f) => [f.zh, f.value] as const),
    ]),
    '  同意后 / what it will do:',
    ...s.outcome.map((line) => `    · ${line}`),
    `  结果校验码 ${s.digest}`,
  ].join('\n')
}

export function whoText(
  desk: Pick<Desk, 'house'>,
  p: { readonly role: string; readonly login?: string; readonly name?: string; readonly person: string },
): string {
  const name = p.name === undefined || p.name.startsWith('＊') ? '' : ` ${p.name}`
  return `${roleTitle(desk.house, p.role)}${name}（${p.login ?? p.person}）`
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|yes|是|同意)$/i.test((await lines.question(question)).trim())
  } finally {
    lines.close()
  }
}

export const returnRequest = (
  request: string,
  o: DeskOptions & { readonly reason: string },
  env: RecordEnv,
): Promise<void> =>
  atDesk(o, async (desk) => {
    const receipt = await desk.submit('returnRequest', { request: request as Uuid, reason: o.reason })
    env.out(
      o.json ? JSON.stringify(receipt, null, 2) : `${receiptText(desk.house, receipt)}\n  已退回给申请人 / returned`,
    )
  })

export const sheet = (request: string, file: string, o: DeskOptions, env: RecordEnv): Promise<void> =>
  atDesk(o, async (desk) => {
    const s = await sheetOf(desk, request)
    writeFileSync(
      file,
      sheetPage(s, {
        log: desk.house.settings.origin,
        zone: desk.house.settings.zone,
        who: (p) => whoText(desk, p),
        role: (r) => roleTitle(desk.house, r),
      }),
    )
    env.out(
      o.json
        ? JSON.stringify({ file: resolve(file), sheet: s.sheet, leafHash: s.leafHash }, null, 2)
        : [
            `✓ 签批单 / approval sheet: ${resolve(file)}`,
            `  校验码 ${s.sheet}；签字后扫描，用 qingshan do approve-on-paper 录入 / sign, scan, and enter it`,
          ].join('\n'),
    )
  })
