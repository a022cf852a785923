// Taking the steps of a request: approve, approve on paper, return with a reason, withdraw, remind. The last step decides the
// request again on the state of that day and the request's own legal date; an outcome other than the one that was previewed
// is shown before it is accepted.

import {
  field,
  form,
  type CivilDate,
  type Decoded,
  type Form,
  type Problem,
  type Text,
  type Uuid,
} from '../../../kernel/index.ts'
import {
  insert,
  put,
  type AnyCommand,
  type Command,
  type Context,
  type Effects,
  type Notice,
  type State,
} from '../model.ts'
import { outcomeWords } from '../explain/outcome-words.ts'
import type { TableWords } from '../explain/table-words.ts'
import { recordProblem } from '../problems.ts'
import { requestStepTable, requestTable, type RequestRow, type RequestStepRow } from '../schema.ts'
import { prepareRequest, requester, type PreparedRequest } from './prepared.ts'
import {
  advanced,
  isLastStep,
  requestAnswer,
  requestSubject,
  sheetCode,
  statusProblem,
  stepProblems,
  stepsOf,
} from './steps.ts'

const request = field.actId({
  title: { zh: '申请编号', en: 'request' },
  hint: { zh: '待办中显示的编号', en: 'the id shown in the inbox' },
  example: '019e2f6a-7c00-7000-8000-000000000001',
})
const outcome = field.optional(
  field.code({
    title: { zh: '已核对的结果', en: 'outcome looked at' },
    hint: { zh: '结果与预览不同时，填写提示中的校验码', en: 'where the outcome differs from the preview: its digest' },
    pattern: /^[0-9a-f]{16}$/,
    expects: { zh: '16 位十六进制', en: '16 hexadecimal digits' },
    example: '0123456789abcdef',
  }),
)
const remark = field.optional(field.longText({ title: { zh: '意见', en: 'remark' }, example: '同意' }))
const reason = field.longText({
  title: { zh: '理由', en: 'reason' },
  hint: { zh: '退回必须写明理由', en: 'a return says why' },
  example: '核定量与许可证副本不一致，请核对后重报',
})

type Asked = { readonly request: Uuid }
type Find = (name: string) => AnyCommand | undefined
/** Whether the content of that hash was received. */
export type HasFile = (hash: string) => Promise<boolean>

/** Stages of reads a command may have; the approval of a command reads what the command reads. */
const STAGES = 4

/** What all steps have in common. */
function step<F extends Form>(
  find: Find,
  declared: Pick<Command<F, PreparedRequest>, 'name' | 'title' | 'groups' | 'input' | 'decide'> & {
    readonly carriesOut?: boolean
    /** What must be there before it is looked at. */
    readonly wants?: (input: Decoded<F>) => Promise<readonly Problem[]>
  },
): Command<F, PreparedRequest> {
  const { carriesOut, wants, ...rest } = declared
  const idOf = (input: Decoded<F>): Uuid => (input as unknown as Asked).request
  return {
    ...rest,
    version: 1,
    prepare: async (reader, input) => {
      const missing = (await wants?.(input)) ?? []
      return missing.length > 0 ? missing : prepareRequest(reader, idOf(input), find)
    },
    place: (_, p) => p.request.place ?? undefined,
    legalDate: (_, __, p) => p.request.legal_date as CivilDate,
    subjects: (input, p) => [
      requestSubject(idOf(input)),
      ...(carriesOut === true ? p.target.subjects(p.input, p.prepared) : []),
    ],
    reads: Array.from(
      { length: STAGES },
      (_, k) => (input: Decoded<F>, state: State, context: Context, p: PreparedRequest) => {
        const own =
          k === 0
            ? {
                rows: [{ table: requestTable, key: { id: idOf(input) } }],
                sets: [{ table: requestStepTable, where: { request: idOf(input) } }],
              }
            : {}
        const target =
          carriesOut === true
            ? p.target.reads?.[k]?.(p.input, state, asRequester(context, p.request), p.prepared)
            : undefined
        return {
          ...target,
          rows: [...(own.rows ?? []), ...(target?.rows ?? [])],
          sets: [...(own.sets ?? []), ...(target?.sets ?? [])],
        }
      },
    ),
  }
}

const asRequester = (context: Context, r: RequestRow): Context => ({
  ...context,
  subject: r.id as Uuid,
  legalDate: r.legal_date as CivilDate,
  actor: requester(r),
})

const standing = (state: State, id: Uuid): RequestRow => state.row(requestTable, { id })!

const toRequester = (r: RequestRow, text: Text): Notice => ({
  text,
  toPerson: r.person as Uuid,
  place: r.place ?? '',
  about: requestSubject(r.id),
})

interface Paper {
  readonly signer: string
  readonly date: CivilDate
  readonly scan: string
}

function stepRow(r: RequestRow, act: Uuid, context: Context, paper?: Paper): RequestStepRow {
  return {
    request: r.id,
    step: r.step,
    act,
    person: context.actor.person,
    role: context.actor.role,
    stand_in_for: context.actor.standInFor ?? null,
    paper_signer: paper?.signer ?? null,
    paper_date: paper?.date ?? null,
    paper_scan: paper?.scan ?? null,
    paper_by_requester: paper !== undefined && context.actor.person === r.person,
  }
}

/** What taking the next step does: the next one waits, or what was requested is carried out. */
function take(
  words: readonly TableWords[],
  state: State,
  input: { readonly request: Uuid; readonly outcome?: string },
  context: Context,
  p: PreparedRequest,
  paper?: Paper,
): Effects | readonly Problem[] {
  const r = standing(state, input.request)
  if (!isLastStep(r)) {
    const next = advanced(r)
    return {
      act: paper ? 'step-approved-on-paper' : 'step-approved',
      subjects: [requestSubject(r.id)],
      rows: [put(requestTable, next), insert(requestStepTable, stepRow(r, context.subject, context, paper))],
      answer: requestAnswer(next),
    }
  }
  const inner = { ...asRequester(context, r), ...(paper ? {} : { approver: context.actor }) }
  const now = context.rehearse({ command: p.target, input: r.input, prepared: p.prepared, context: inner })
  if (!('effects' in now)) return now
  if (now.digest !== r.preview_digest && input.outcome !== now.digest)
    return [
      recordProblem('approval.outcome-changed', {
        now: outcomeWords(now.outcome, words).lines.join('；').slice(0, 2000),
        digest: now.digest,
      }),
    ]
  const effects = p.target.decide(state, p.input, inner, p.prepared)
  if (!('act' in effects)) return effects
  const accepted: RequestRow = { ...advanced(r), status: 'accepted', waits_for: null, accepted_by: context.subject }
  const title = { zh: r.title_zh, en: r.title_en }
  return {
    ...effects,
    rows: [
      ...(effects.rows ?? []),
      put(requestTable, accepted),
      insert(requestStepTable, stepRow(r, context.subject, context, paper)),
    ],
    notices: [
      ...(effects.notices ?? []),
      toRequester(r, { zh: `“${title.zh}”已通过`, en: `"${title.en}" was accepted` }),
    ],
    as: {
      command: p.target,
      input: r.input,
      legalDate: r.legal_date as CivilDate,
      request: r.id as Uuid,
      ...(paper ? { paper: true } : {}),
    },
  }
}

/** @param find the commands of the house, which are not yet known where these are declared
 *  @param hasFile looks for the scan of a sheet that was signed by hand
 *  @param words what people call the tables an outcome writes */
export function approvalCommands(find: Find, hasFile: HasFile, words: readonly TableWords[]): readonly AnyCommand[] {
  const approve = step(find, {
    name: 'approve',
    groups: ['approval'],
    title: { zh: '审批同意', en: 'approve' },
    input: form({ request, outcome, remark }),
    carriesOut: true,
    decide: (state, input, context, p) => {
      const r = standing(state, input.request)
      const problems = stepProblems(r, state.rows(requestStepTable, { request: r.id }), context.actor)
      return problems.length > 0 ? problems : take(words, state, known(input), context, p)
    },
  })
  const approveOnPaper = step(find, {
    name: 'approveOnPaper',
    groups: ['paper'],
    title: { zh: '录入纸质签批', en: 'enter an approval on paper' },
    input: form({
      request,
      outcome,
      sheet: field.code({
        title: { zh: '签批单校验码', en: 'code on the sheet' },
        hint: { zh: '签批单右上角的 8 位码', en: 'the eight characters in its upper right corner' },
        pattern: /^[0-9A-Fa-f]{8}$/,
        expects: { zh: '8 位十六进制', en: '8 hexadecimal digits' },
        example: '0A1B2C3D',
      }),
      signer: field.text({ title: { zh: '签批人', en: 'who signed' }, example: '王某某（局长）' }),
      signedOn: field.civilDate({ title: { zh: '签批日期', en: 'signed on' }, example: '2026-03-02' }),
      scan: field.fileHash({
        title: { zh: '签批单扫描件', en: 'scan of the signed sheet' },
        hint: { zh: '先上传扫描件，填上传后显示的校验值', en: 'upload it first; the hash shown after that' },
        example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      }),
    }),
    carriesOut: true,
    wants: async ({ scan }) => ((await hasFile(scan)) ? [] : [recordProblem('approval.no-scan', { file: scan })]),
    decide: (state, input, context, p) => {
      const r = standing(state, input.request)
      if (r.status !== 'waiting') return [statusProblem(r)]
      if (input.sheet.toUpperCase() !== sheetCode(r)) return [recordProblem('approval.paper-code')]
      const paper = { signer: input.signer, date: input.signedOn, scan: input.scan }
      return take(words, state, known(input), context, p, paper)
    },
  })
  const returnRequest = step(find, {
    name: 'returnRequest',
    groups: ['approval'],
    title: { zh: '退回申请', en: 'return a request' },
    input: form({ request, reason }),
    decide: (state, input, context) => {
      const r = standing(state, input.request)
      const problems = stepProblems(r, state.rows(requestStepTable, { request: r.id }), context.actor)
      if (problems.length > 0) return problems
      const returned: RequestRow = { ...r, status: 'returned', waits_for: null, remarks: input.reason }
      const text = { zh: `“${r.title_zh}”被退回：${input.reason}`, en: `"${r.title_en}" was returned: ${input.reason}` }
      return ended('request-returned', returned, [toRequester(r, text)])
    },
  })
  const withdrawRequest = step(find, {
    name: 'withdrawRequest',
    groups: ['everybody'],
    title: { zh: '撤回申请', en: 'withdraw a request' },
    input: form({ request }),
    decide: (state, input, context) => {
      const r = standing(state, input.request)
      if (r.status !== 'waiting') return [statusProblem(r)]
      if (r.person !== context.actor.person) return [recordProblem('approval.not-requester')]
      return ended('request-withdrawn', { ...r, status: 'withdrawn', waits_for: null }, [])
    },
  })
  const remind = step(find, {
    name: 'remind',
    groups: ['everybody'],
    title: { zh: '催办', en: 'remind' },
    input: form({ request }),
    decide: (state, input, context) => {
      const r = standing(state, input.request)
      if (r.status !== 'waiting') return [statusProblem(r)]
      if (r.person !== context.actor.person) return [recordProblem('approval.not-requester')]
      const toRole = stepsOf(r)[r.step]?.role
      const text = { zh: `催办：“${r.title_zh}”等待审批`, en: `Reminder: "${r.title_en}" is waiting for approval` }
      return {
        act: 'reminded',
        subjects: [requestSubject(r.id)],
        notices: [
          { text, ...(toRole === undefined ? {} : { toRole }), place: r.place ?? '', about: requestSubject(r.id) },
        ],
        answer: requestAnswer(r),
      }
    },
  })
  return [approve, approveOnPaper, returnRequest, withdrawRequest, remind] as unknown as readonly AnyCommand[]
}

const ended = (act: string, r: RequestRow, notices: readonly Notice[]): Effects => ({
  act,
  subjects: [requestSubject(r.id)],
  rows: [put(requestTable, r)],
  notices,
  answer: requestAnswer(r),
})

/** Leaves out what was not given. */
const known = (input: {
  readonly request: Uuid
  readonly outcome?: string | undefined
}): { readonly request: Uuid; readonly outcome?: string } => ({
  request: input.request,
  ...(input.outcome === undefined ? {} : { outcome: input.outcome }),
})
