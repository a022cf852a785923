// Bodies that are no form of a command, read strictly: an unknown member is refused by its name.

import type * as z from 'zod'
import { httpProblem } from './problems.ts'
import { refuse } from './refuse.ts'

/** Long enough for every field that is ours, short enough to be repeated in a sentence. */
const NAME_MOST = 60

/** @throws ProblemError `http.body`, all of them together */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  return refuse(
    ...read.error.issues.map((issue) => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys : []
      const field = [...issue.path, ...unknown].join('.').slice(0, NAME_MOST) || '{}'
      const why =
        unknown.length > 0 ? '没有这个字段 no such field' : (REASONS[issue.code ?? ''] ?? '写法不对 malformed')
      return httpProblem('http.body', { field, why }, { field })
    }),
  )
}

const REASONS: Readonly<Record<string, string>> = {
  invalid_type: '缺少，或类型不对 missing or of another type',
  too_big: '太大 too large',
  too_small: '太小或是空的 too small or empty',
}
