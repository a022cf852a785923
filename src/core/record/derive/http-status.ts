// Problems as HTTP tells them (RFC 9457): the one place where a code becomes a status.

import type { JsonObject, Problem } from '../../../kernel/index.ts'

export const STATUSES = {
  400: { zh: '填写有误', en: 'What was submitted is not as the form wants it' },
  403: { zh: '没有权限', en: 'This role may not do this here' },
  404: { zh: '没有这一项', en: 'There is no such thing' },
  409: { zh: '编号已用于另一次提交', en: 'The id was used for another submission' },
  422: { zh: '不能办理', en: 'Refused as things stand' },
  503: { zh: '暂时不能办理', en: 'Not possible just now; try again with the same id' },
} as const
export type Status = keyof typeof STATUSES

/** What asks for trying again first, then what hides everything else. Codes by their whole or by their area. */
const BY_CODE: readonly (readonly [Status, readonly string[]])[] = [
  [503, ['record.busy', 'record.closing', 'record.clock-backwards']],
  [404, ['record.unknown-command', 'record.unknown-query', 'approval.no-request']],
  [
    403,
    [
      'identity.role-unknown',
      'identity.role-may-not',
      'identity.no-grant',
      'identity.place-not-covered',
      'identity.other-organisation',
    ],
  ],
  [409, ['act.replayed-differently']],
  [400, ['field', 'unit', 'date', 'instant', 'record.bad-id', 'record.unknown-version']],
]

/** The status of a refusal; 422 for all that a decision refuses. */
export function statusOf(problems: readonly Problem[]): Status {
  const has = (code: string): boolean => problems.some((p) => p.code === code || p.code.split('.')[0] === code)
  return BY_CODE.find(([, codes]) => codes.some(has))?.[0] ?? 422
}

/** The body of a refusal, `application/problem+json`. */
export function problemBody(problems: readonly Problem[]): JsonObject {
  const status = statusOf(problems)
  const { zh, en } = STATUSES[status]
  return {
    type: problems.length === 1 ? `urn:qingshan:problem:${problems[0]!.code}` : 'about:blank',
    title: `${zh} ${en}`,
    status,
    detail: problems.map((p) => p.zh).join(' '),
    problems: problems.map(({ code, severity, zh, en, hint, at, values }) => ({
      code,
      severity,
      zh,
      en,
      hint: { ...hint },
      ...(at?.field === undefined ? {} : { field: at.field }),
      values: { ...values },
    })),
  }
}
