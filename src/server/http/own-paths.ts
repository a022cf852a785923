// The addresses that follow from no command or query, as the OpenAPI document tells them. A test compares the list with the
// routes the server has: none may be missing here.

import type { Json, JsonObject } from '../../kernel/index.ts'
import { API } from '../../core/record/index.ts'
import { object, text, type OwnPath } from './own-path.ts'
import { PAPER_PATHS } from './paper-paths.ts'

/** What somebody wants brought in. */
const WISH: Readonly<Record<string, JsonObject>> = {
  file: text,
  fileName: text,
  place: text,
  sheet: text,
  mapping: { type: 'object', additionalProperties: text },
  options: { type: 'object' },
}
const WISH_MAY = ['sheet', 'mapping', 'options']

/** What is told of a registered account, read from its package. */
const ACCOUNT_PATHS: readonly OwnPath[] = (
  [
    ['', '一份核算', 'One account'],
    ['/statement', '核算表', 'The statement of a region'],
    ['/regions', '各地区', 'Its regions'],
    ['/classes', '各生态系统类型', 'Its ecosystem types'],
    ['/findings', '检查结果', 'What the checks found'],
    ['/grounds', '参数、方法、资料', 'Parameters, methods and files it stands on'],
    ['/why', '这个数为什么', 'A figure opened down to its cells'],
    ['/map', '地区边界与数', 'Its zones with a figure each, as GeoJSON'],
    ['/pixel', '一个像元', 'One pixel opened'],
    ['/compare', '与另一份比较', 'Compared with another'],
    ['/files', '报告文件', 'The files of its report'],
    ['/as/{role}/{name}', '取报告文件', 'One file of its report', 'application/octet-stream'],
  ] as const
).map(([end, zh, en, answers]) => ({
  method: 'get',
  path: `${API}/accounts/{id}${end}`,
  zh,
  en,
  tag: 'accounts',
  role: true,
  ...(answers === undefined ? {} : { answers }),
}))

/** Public notices, without signing in. */
const NOTICE_PATHS: readonly OwnPath[] = [
  ...(
    [
      ['', '公示一览（不用登录）', 'Public notices, without signing in'],
      ['/{id}', '一件公示', 'One public notice'],
      ['/{id}/object', '提出异议的表', 'The form for an objection'],
      ['/{id}/print', '张贴稿（大字）', 'The copy for the board, in large type'],
      ['/{id}/receipt/{objection}', '异议回执', 'The receipt of an objection'],
      ['/{id}/list', '名单文件', 'The list that is attached', 'application/octet-stream'],
    ] as const
  ).map(([end, zh, en, answers = 'text/html']): OwnPath => ({
    method: 'get',
    path: `/public/notices${end}`,
    zh,
    en,
    tag: 'log',
    answers,
  })),
  {
    method: 'post',
    path: '/public/notices/{id}/object',
    zh: '提交异议（网页表单，application/x-www-form-urlencoded：id、objector、phone、text）',
    en: 'Hand in an objection, as a plain form: id, objector, phone, text',
    tag: 'log',
    status: '303',
  },
]

export const OWN_PATHS: readonly OwnPath[] = [
  {
    method: 'post',
    path: `${API}/session`,
    zh: '登录',
    en: 'Sign in',
    tag: 'session',
    body: object({ login: text, password: text, code: text }, ['code']),
  },
  {
    method: 'get',
    path: `${API}/sign-in-ways`,
    zh: '有哪些登录方式（不用登录）',
    en: 'The ways to sign in, without signing in',
    tag: 'session',
  },
  {
    method: 'get',
    path: `${API}/oidc/begin`,
    zh: '到单位统一身份平台登录；to 为登录后打开的页面',
    en: 'Go to the identity provider of the office; to is the page opened afterwards',
    tag: 'session',
    status: '302',
  },
  {
    method: 'get',
    path: `${API}/oidc/finish`,
    zh: '从单位统一身份平台回来',
    en: 'Come back from the identity provider',
    tag: 'session',
    status: '303',
  },
  { method: 'get', path: `${API}/session`, zh: '我是谁', en: 'Who I am', tag: 'session' },
  { method: 'delete', path: `${API}/session`, zh: '退出', en: 'Sign out', tag: 'session', status: '204' },
  { method: 'get', path: `${API}/sessions`, zh: '我的会话', en: 'My sessions', tag: 'session' },
  {
    method: 'delete',
    path: `${API}/sessions/{id}`,
    zh: '结束一个会话',
    en: 'End one session',
    tag: 'session',
    status: '204',
  },
  {
    method: 'post',
    path: `${API}/password`,
    zh: '修改本人密码',
    en: 'Change one’s password',
    tag: 'session',
    body: object({ old: text, new: text }),
    status: '204',
  },
  {
    method: 'post',
    path: `${API}/people/{person}/password`,
    zh: '为他人重设密码',
    en: 'Set a password for somebody else',
    tag: 'session',
    role: true,
    body: object({}),
  },
  {
    method: 'get',
    path: `${API}/menu`,
    zh: '本角色可办可查',
    en: 'What this role may do and ask',
    tag: 'menu',
    role: true,
  },
  { method: 'get', path: `${API}/forms/{name}`, zh: '一项业务的表单', en: 'The form of a command', tag: 'menu' },
  { method: 'get', path: `${API}/forms/query/{name}`, zh: '一项查询的表单', en: 'The form of a query', tag: 'menu' },
  {
    method: 'put',
    path: `${API}/drafts/{id}`,
    zh: '保存草稿',
    en: 'Save a draft',
    tag: 'menu',
    body: object({ command: text, input: {} }),
  },
  { method: 'delete', path: `${API}/drafts/{id}`, zh: '丢弃草稿', en: 'Discard a draft', tag: 'menu', status: '204' },
  { method: 'put', path: `${API}/files`, zh: '上传文件（任意内容）', en: 'Upload a file of any content', tag: 'files' },
  {
    method: 'get',
    path: `${API}/files/{hash}`,
    zh: '取文件',
    en: 'Get a file',
    tag: 'files',
    role: true,
    answers: 'application/octet-stream',
  },
  {
    method: 'get',
    path: `${API}/imports`,
    zh: '本角色可以导入什么',
    en: 'What this role may bring in',
    tag: 'files',
    role: true,
  },
  {
    method: 'post',
    path: `${API}/imports/{name}/preview`,
    zh: '看文件会带来什么（不写入；逐行 JSON，最后一行是结果）',
    en: 'What a file would bring (nothing is written; JSON line by line, the last is the answer)',
    tag: 'files',
    role: true,
    body: object(WISH, WISH_MAY),
    answers: 'application/x-ndjson',
  },
  {
    method: 'post',
    path: `${API}/imports/{name}`,
    zh: '导入一个文件，作为一件事（逐行 JSON，最后一行是结果）',
    en: 'Bring a file in as one act (JSON line by line, the last is the answer)',
    tag: 'files',
    role: true,
    body: object(
      { ...WISH, id: text, reasons: { type: 'array', items: object({ code: text, reason: text }) } },
      WISH_MAY,
    ),
    answers: 'application/x-ndjson',
  },
  {
    method: 'get',
    path: `${API}/places/tiles/{z}/{x}/{y}`,
    zh: '空间单元的矢量瓦片；on 为日期',
    en: 'Spatial units as a vector tile; on is the day',
    tag: 'files',
    role: true,
    answers: 'application/vnd.mapbox-vector-tile',
  },
  {
    method: 'get',
    path: `${API}/why/{what}/{id}`,
    zh: '为什么',
    en: 'Why a thing is as it is',
    tag: 'log',
    role: true,
  },
  { method: 'get', path: `${API}/acts/{id}/proof`, zh: '凭证', en: 'The proof of an act', tag: 'log', role: true },
  {
    method: 'get',
    path: '/log/{path}',
    zh: '公开日志的文件',
    en: 'Files of the public log',
    tag: 'log',
    answers: 'application/octet-stream',
  },
  {
    method: 'get',
    path: '/public',
    zh: '已公布的核算（不用登录）',
    en: 'Published accounts, without signing in',
    tag: 'log',
    answers: 'text/html',
  },
  {
    method: 'get',
    path: '/public/{file}',
    zh: '公布页；加 .csv、.xlsx、.proof 为下载',
    en: 'A published page; with .csv, .xlsx or .proof a download',
    tag: 'log',
    answers: 'text/html',
  },
  ...PAPER_PATHS,
  ...NOTICE_PATHS,
  {
    method: 'get',
    path: `${API}/deadlines.ics`,
    zh: '期限日历（iCalendar）',
    en: 'Deadlines as a calendar file',
    tag: 'menu',
    role: true,
    answers: 'text/calendar',
  },
  {
    method: 'get',
    path: '/favicon.ico',
    zh: '页面图标',
    en: 'The mark of the house, as browsers ask for it',
    tag: 'service',
    answers: 'image/svg+xml',
  },
  {
    method: 'get',
    path: '/verify',
    zh: '核验页',
    en: 'The page that verifies proofs',
    tag: 'log',
    answers: 'text/html',
  },
  {
    method: 'post',
    path: `${API}/folders`,
    zh: '由已上传的文件或压缩包建立资料文件夹',
    en: 'Make a folder of data from uploaded files or one archive',
    tag: 'runs',
    body: object({ files: { type: 'array', items: object({ path: text, hash: text }) }, zip: text }, ['files', 'zip']),
    status: '201',
  },
  {
    method: 'post',
    path: `${API}/runs`,
    zh: '开始核算',
    en: 'Start a run',
    tag: 'runs',
    body: object({ kind: { enum: ['account'] }, data: text }),
    status: '202',
  },
  { method: 'get', path: `${API}/runs`, zh: '我的核算', en: 'My runs', tag: 'runs' },
  { method: 'get', path: `${API}/runs/{id}`, zh: '进度', en: 'How far a run is', tag: 'runs' },
  { method: 'delete', path: `${API}/runs/{id}`, zh: '取消', en: 'Cancel a run', tag: 'runs' },
  {
    method: 'get',
    path: `${API}/runs/{id}/events`,
    zh: '进度（事件流）',
    en: 'How far a run is, as events',
    tag: 'runs',
    answers: 'text/event-stream',
  },
  {
    method: 'get',
    path: `${API}/runs/{id}/files/{name}`,
    zh: '核算写出的文件',
    en: 'A file that a run made',
    tag: 'runs',
    answers: 'application/octet-stream',
  },
  {
    method: 'get',
    path: `${API}/folders/{id}/check`,
    zh: '输入检查单',
    en: 'What stands in the way of computing a folder',
    tag: 'runs',
  },
  {
    method: 'get',
    path: `${API}/folders/{id}/choices`,
    zh: '改输入清单时可选的表、指标和指标集',
    en: 'What an input list may point at and name',
    tag: 'runs',
  },
  {
    method: 'put',
    path: `${API}/folders/{id}/list`,
    zh: '改输入清单，同时检查',
    en: 'Change the input list and check it',
    tag: 'runs',
    body: object({ list: { type: 'object' } }),
  },
  {
    method: 'delete',
    path: `${API}/folders/{id}/list`,
    zh: '丢开改过的输入清单',
    en: 'Drop the changed input list',
    tag: 'runs',
  },
  {
    method: 'get',
    path: `${API}/folders/{id}/sheet`,
    zh: '输入清单（Excel）',
    en: 'The input list as a workbook',
    tag: 'runs',
    answers: 'application/octet-stream',
  },
  {
    method: 'post',
    path: `${API}/folders/{id}/accept`,
    zh: '确认输入清单',
    en: 'Accept the input list',
    tag: 'runs',
    body: object({}),
    status: '204',
  },
  ...ACCOUNT_PATHS,
  { method: 'get', path: `${API}/doctor`, zh: '系统体检', en: 'How the system is', tag: 'service', role: true },
  {
    method: 'get',
    path: '/doctor',
    zh: '系统体检（仅本机）',
    en: 'How the system is, on this machine only',
    tag: 'service',
  },
  { method: 'get', path: '/health', zh: '进程是否活着', en: 'Whether the process lives', tag: 'service' },
  { method: 'get', path: '/ready', zh: '能否办理', en: 'Whether it can work', tag: 'service' },
  {
    method: 'get',
    path: '/metrics',
    zh: '度量（仅本机）',
    en: 'Measurements, on this machine only',
    tag: 'service',
    answers: 'text/plain',
  },
  { method: 'get', path: '/openapi.json', zh: '接口说明（机器可读）', en: 'This document', tag: 'service' },
  { method: 'get', path: '/docs', zh: '接口说明', en: 'This document as a page', tag: 'service', answers: 'text/html' },
]

const refusal = (status: string): JsonObject => ({ $ref: `#/components/responses/Refused${status}` })

function operation({ method, path, zh, en, tag, role, body, answers, status = '200' }: OwnPath): JsonObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
  const content: Json = { [answers ?? 'application/json']: answers === undefined ? {} : { schema: text } }
  return {
    operationId: `${method}${path.replace(/[^A-Za-z]+(\w)/g, (_, c: string) => c.toUpperCase()).replace(/\W/g, '')}`,
    summary: zh,
    description: en,
    tags: [tag],
    parameters: [
      ...(role ? [{ $ref: '#/components/parameters/Role' }] : []),
      ...names.map((name): JsonObject => ({ name, in: 'path', required: true, schema: text })),
    ],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [status]: { description: `${zh} ${en}`, ...(['204', '302', '303'].includes(status) ? {} : { content }) },
      ...Object.fromEntries(
        ['400', '401', '403', '404', '413', '415', '422', '429', '503'].map((s) => [s, refusal(s)]),
      ),
    },
  }
}

export function ownPaths(): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {}
  for (const own of OWN_PATHS) (paths[own.path] ??= {})[own.method] = operation(own)
  return paths
}
