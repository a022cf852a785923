// Problems as HTTP tells them (RFC 9457): the one place where a code becomes a status.

import type { JsonObject, Problem } from '../../../kernel/index.ts'

export const STATUSES = {
  400: { zh: '填写有误', en: 'What was submitted is not as the form wants it' },
  401: { zh: '需要登录', en: 'Sign in first' },
  403: { zh: '没有权限', en: 'This role may not do this here' },
  404: { zh: '没有这一项', en: 'There is no such thing' },
  409: { zh: '编号已用于另一次提交', en: 'The id was used for another submission' },
  413: { zh: '内容太大', en: 'Too large' },
  415: { zh: '内容的类型不对', en: 'Not of the kind that is taken here' },
  422: { zh: '不能办理', en: 'Refused as things stand' },
  429: { zh: '请求太多', en: 'Too many requests' },
  500: { zh: '程序出错', en: 'A mistake of the program' },
  503: { zh: '暂时不能办理', en: 'Not possible just now; try again with the same id' },
} as const
export type Status = keyof typeof STATUSES

/** What asks for trying again first, then what hides everything else. Codes by their whole or by their area. */
const BY_CODE: readonly (readonly [Status, readonly string[]])[] = [
  [500, ['http.bug']],
  [
    503,
    [
      'record.busy',
      'record.closing',
      'record.reopen',
      'record.clock-backwards',
      'store',
      'journal',
      'files.write-failed',
      'files.unreadable',
      'http.not-ready',
      'identity.oidc-unreachable',
    ],
  ],
  [429, ['identity.sign-in-locked', 'http.too-many-requests']],
  [
    401,
    [
      'identity.session-ended',
      'identity.sign-in-failed',
      'identity.code-wanted',
      'identity.subject-not-linked',
      'identity.oidc-refused',
      'identity.oidc-too-late',
      'http.no-session',
      'http.sign-in-not-begun',
    ],
  ],
  [413, ['http.body-too-large', 'files.too-large', 'files.kind-too-large']],
  [415, ['http.wrong-content-type']],
  [
    404,
    [
      'record.unknown-command',
      'record.unknown-query',
      'approval.no-request',
      'certificate.not-found',
      'draft.not-found',
      'files.missing',
      'http.unknown-route',
      'http.not-found',
      'http.no-provider',
    ],
  ],
  [
    403,
    [
      'identity.role-unknown',
      'identity.role-may-not',
      'identity.no-grant',
      'identity.place-not-covered',
      'identity.other-organisation',
      'identity.own-account-only',
      'http.foreign-origin',
      'http.may-not-bring',
      'http.role-not-held',
      'http.must-change-password',
      'http.not-from-outside',
    ],
  ],
  [409, ['act.replayed-differently']],
  [
    400,
    [
      'field',
      'unit',
      'date',
      'instant',
      'record.bad-id',
      'record.unknown-version',
      'files.empty',
      'http',
      'upload',
      'zip',
    ],
  ],
]

/** The status of a refusal; 422 for all that a decision refuses. */
export function statusOf(problems: readonly Problem[]): Status {
  const has = (code: string): boolean => problems.some((p) => p.code === code || p.code.split('.')[0] === code)
  return BY_CODE.find(([, codes]) => codes.some(has))?.[0] ?? 422
}

/** The body of a refusal, `application/problem+json` (RFC 9457). What stands beside `problems` is the first of them, for readers
 *  that look at one only. */
export function problemBody(problems: readonly Problem[]): JsonObject {
  const status = statusOf(problems)
  const { zh, en } = STATUSES[status]
  const [first] = problems
  return {
    type: problems.length === 1 ? `urn:qingshan:problem:${first!.code}` : 'about:blank',
    title: `${zh} ${en}`,
    status,
    ...(first ? { code: first.code, zh: first.zh, en: first.en, hint: { ...first.hint } } : {}),
    problems: problems.map(({ code, severity, zh: said, en: saidEn, hint, at, values }) => ({
      code,
      severity,
      zh: said,
      en: saidEn,
      hint: { ...hint },
      ...(at?.field === undefined ? {} : { path: at.field }),
      values: { ...values },
    })),
  }
}
