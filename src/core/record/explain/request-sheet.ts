// Everything an approver signs for, of one request: who asks for what, with which input, what it will do, which steps it takes;
// with the hash of the act in the log and the code of the paper sheet. Serves approval on screen and on paper alike.

import { field, form, type JsonObject } from '../../../kernel/index.ts'
import { leafHash } from '../../evidence/index.ts'
import { sql } from '../../store/index.ts'
import { query } from '../ask.ts'
import { sheetCode, stepsOf } from '../approval/steps.ts'
import type { AnyCommand, AnyQuery } from '../model.ts'
import type { RequestRow } from '../schema.ts'
import { stepsTaken } from './act-parts.ts'
import type { Directory } from './directory.ts'
import { filled, maybe, personFields, said } from './fields.ts'
import { formOf, saidInput } from './said-input.ts'
import { saidOutcome } from './said-outcome.ts'
import type { TableWords } from './table-words.ts'

const lines = <F extends Parameters<typeof field.group>[0]>(zh: string, en: string, fields: F) =>
  field.list(field.group(fields, { title: { zh, en } }), { title: { zh, en } })

export const requestSheet = (
  find: (name: string) => AnyCommand | undefined,
  directory: Directory,
  words: readonly TableWords[],
): AnyQuery =>
  query({
    name: 'requestSheet',
    title: { zh: '签批单', en: 'approval sheet' },
    groups: ['everybody'],
    input: form({
      request: field.actId({
        title: { zh: '申请编号', en: 'request' },
        example: '019e2f6a-7c00-7000-8000-000000000001',
      }),
    }),
    row: form({
      id: said('申请编号', 'request'),
      zh: said('事项', 'matter in Chinese'),
      en: said('事项（英）', 'matter'),
      clause: maybe('依据条款', 'clause'),
      status: said('状态', 'status'),
      place: maybe('地区', 'place'),
      placeName: maybe('地区名称', 'name of the place'),
      legalDate: said('法定日期', 'legal date'),
      recorded: said('提交时间', 'submitted'),
      role: said('申请人角色', 'role of the requester'),
      ...personFields,
      waitsFor: maybe('等待角色', 'waits for'),
      declared: lines('审批步骤', 'steps', {
        zh: said('名称', 'title in Chinese'),
        en: said('名称（英）', 'title'),
        role: said('角色', 'role'),
      }),
      taken: lines('已办步骤', 'steps taken', {
        step: said('步骤', 'step'),
        zh: said('名称', 'title in Chinese'),
        en: said('名称（英）', 'title'),
        role: said('角色', 'role'),
        ...personFields,
        recorded: said('记录时间', 'recorded'),
        paperSigner: maybe('纸质签批人', 'signed on paper by'),
        paperDate: maybe('签批日期', 'signed on'),
      }),
      input: lines('填报内容', 'what was filled in', {
        path: said('字段', 'field'),
        zh: said('名称', 'title in Chinese'),
        en: said('名称（英）', 'title'),
        value: said('内容', 'value'),
        valueEn: maybe('内容（英）', 'value in English'),
      }),
      subjects: field.list(said('对象', 'subject'), { title: { zh: '所办对象', en: 'what it is about' } }),
      outcome: field.list(said('结果', 'outcome'), { title: { zh: '同意后的结果', en: 'what it will do' } }),
      outcomeEn: field.list(said('结果（英）', 'outcome'), {
        title: { zh: '同意后的结果（英）', en: 'what it will do, in English' },
      }),
      digest: said('结果校验码', 'digest of the outcome'),
      sheet: said('签批单校验码', 'code of the sheet'),
      leaf: said('日志序号', 'leaf'),
      leafHash: said('日志散列', 'hash in the log'),
      remarks: maybe('退回理由', 'reason of the return'),
    }),
    run: async (reader, input, scope) => {
      const r = (
        await reader.query<RequestRow & { recorded: string; leaf: string; entry: Uint8Array }>(
          sql`select r.*, a.recorded_at as recorded, l.leaf_index::text as leaf, l.entry from request r
              join act a on a.id = r.id join log_leaf l on l.act = a.id
              where r.id = ${input.request} and (r.person = ${scope.person}::uuid or r.place is null
                or ${scope.within(sql`r.place`, sql`r.organisation`)})`,
        )
      )[0]
      if (!r) return []
      const command = find(r.command)
      const inputForm = command && formOf(command, r.version)
      const people = await directory.people(reader, [r.person])
      const places = await directory.owners(reader, r.place === null ? [] : [r.place])
      // What it would touch beside itself, as it was rehearsed: two requests that share one may change one another's outcome.
      const subjects = await reader.query<{ subject: string }>(
        sql`select subject from act_subject where act = ${r.id} and subject not like ${`%:${r.id}`} order by subject`,
      )
      const outcome = await saidOutcome(reader, r.preview, directory, words)
      return [
        filled({
          id: r.id,
          zh: r.title_zh,
          en: r.title_en,
          clause: command?.clause,
          status: r.status,
          place: r.place,
          placeName: places.get(r.place ?? ''),
          legalDate: r.legal_date,
          recorded: r.recorded,
          role: r.role,
          person: r.person,
          ...people.get(r.person),
          waitsFor: r.waits_for,
          declared: stepsOf(r).map((s) => ({ ...s.title, role: s.role })),
          taken: (await stepsTaken(reader, r, directory)).map((s) => filled({ ...s })),
          input: inputForm
            ? (await saidInput(reader, inputForm, r.input as JsonObject, scope.grade, directory)).map((f) => ({ ...f }))
            : [],
          subjects: subjects.map((s) => s.subject),
          outcome: outcome.zh,
          outcomeEn: outcome.en,
          digest: r.preview_digest,
          sheet: sheetCode(r),
          leaf: r.leaf,
          leafHash: Buffer.from(leafHash(r.entry)).toString('hex'),
          remarks: r.remarks,
        }),
      ]
    },
  })
