// `qingshan do`: one command, submitted or kept as a draft; the receipt in words.

import { check, isUuid, ProblemError, type Json, type JsonObject, type Uuid } from '../../kernel/index.ts'
import type { Receipt } from '../../core/record/index.ts'
import type { House } from '../../server/index.ts'
import { hiddenLine } from '../who.ts'
import { atDesk, roleTitle, type Desk, type RecordEnv } from './desk.ts'
import { dropDraft, keepDraft, ownDraft } from './drafts.ts'
import { deskProblem } from './problems.ts'
import { cellText, localTime, pairsText } from './rows-text.ts'
import type { VerbOptions } from './verb-commands.ts'
import { typedWords, verbInput, type Slots } from './verb-words.ts'
import { catalogue, catalogueRows, catalogueText, findVerb, verbHelp } from './verbs-text.ts'

export async function doCommand(words: readonly string[], o: VerbOptions, env: RecordEnv): Promise<void> {
  const [name, ...rest] = words
  const known = await catalogue()
  if (name === undefined || name === '--help' || name === '-h')
    return env.out(o.json ? JSON.stringify(catalogueRows(known, 'command'), null, 2) : catalogueText(known, 'command'))
  const verb = findVerb(known.registry, 'command', name)
  if (!verb) throw new ProblemError(deskProblem('desk.no-command', { name }))
  if (rest.includes('--help') || rest.includes('-h')) return env.out(verbHelp(known, verb))
  if (o.id !== undefined && !isUuid(o.id)) throw new ProblemError(deskProblem('desk.id', { id: o.id }))
  if (o.fromDraft !== undefined && !isUuid(o.fromDraft))
    throw new ProblemError(deskProblem('desk.id', { id: o.fromDraft }))
  const command = known.registry.getCommand(verb.name)
  const typed = typedWords(verb, rest)
  const filled = (below: Slots, ask?: typeof hiddenLine): Promise<unknown> =>
    verbInput(command.input, verb, typed, o.input, ask, below)
  const hidden = process.stdin.isTTY ? hiddenLine : undefined
  if (o.draft) return keepDraft(command, filled, o, env)
  const submitted = async (desk: Desk, input: unknown): Promise<void> => {
    // A draft is submitted under its own id, so that doing it again after a crash does nothing a second time.
    const receipt = await desk.submit(verb.name, input, (o.id ?? o.fromDraft) as Uuid | undefined)
    if (o.fromDraft !== undefined) await dropDraft(desk, o.fromDraft as Uuid)
    env.out(o.json ? JSON.stringify(receipt, null, 2) : receiptText(desk.house, receipt))
  }
  const { fromDraft } = o
  if (fromDraft !== undefined)
    return atDesk(o, async (desk) =>
      submitted(desk, await filled(await ownDraft(desk, command, fromDraft as Uuid), hidden)),
    )
  const input = await filled({}, hidden)
  // What can be said without the house is said before it is opened and a password is asked for.
  const checked = check(command.input, input)
  if (!checked.ok) throw new ProblemError(checked.problems)
  await atDesk(o, (desk) => submitted(desk, input))
}

/** Words of an answer that every request has. */
interface RequestAnswer {
  readonly request: string
  readonly status: string
  readonly step: number
  readonly of: number
  readonly waitsFor: string | null
  readonly outcome: string
  readonly sheet: string
}

const isRequest = (answer: Json): answer is JsonObject =>
  typeof answer === 'object' && answer !== null && 'request' in answer && 'sheet' in answer

export function receiptText(house: House, r: Receipt): string {
  const zone = house.settings.zone
  const head = r.replayed
    ? '✓ 此编号已办理过，未重复办理 / done before under this id; nothing was done now'
    : isRequest(r.answer) && r.answer['status'] === 'waiting'
      ? '✓ 已提交，等待审批 / submitted, waiting for approval'
      : '✓ 已办理 / done'
  return [
    head,
    pairsText([
      ['行为 act', r.kind],
      ['编号 id', r.act],
      ['记录时间 recorded', localTime(r.recorded, zone)],
      ['日志序号 leaf', String(r.leaf)],
      ...(isRequest(r.answer)
        ? requestPairs(house, r.answer as unknown as RequestAnswer)
        : typeof r.answer === 'object' && r.answer !== null
          ? Object.entries<Json>(r.answer as unknown as Readonly<Record<string, Json>>).map(
              ([k, v]) => [`${ANSWERS[k] ?? ''} ${k}`.trim(), cellText(v, zone)] as const,
            )
          : []),
    ]),
  ].join('\n')
}

/** What answers commonly hold, in Chinese. */
const ANSWERS: Readonly<Record<string, string>> = {
  permit: '权证编号',
  number: '证号',
  person: '人员编号',
  organisation: '单位编号',
  grant: '授权编号',
  amount: '数量',
  document: '文件编号',
}

const requestPairs = (house: House, a: RequestAnswer): readonly (readonly [string, string | undefined])[] => [
  ['申请编号 request', a.request],
  ['步骤 step', `${a.step}/${a.of}`],
  ['下一步审批 next', a.waitsFor === null ? undefined : `${roleTitle(house, a.waitsFor)}（${a.waitsFor}）`],
  ['结果校验码 outcome', a.outcome],
  ['签批单校验码 sheet', a.sheet],
]
