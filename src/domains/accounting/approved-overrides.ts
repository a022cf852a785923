// Approved changes of parameters on their way into a run: as a file between the house and a run elsewhere, and as part of the
// input list, whose package then carries them with their proofs.

import { defineProblems, ProblemError } from '../../kernel/index.ts'
import type { InputList, ParameterOverride } from './input-list.ts'
import { overridesSchema } from './inputs/index.ts'

const FORMAT = 'qingshan overrides 1'

const problem = defineProblems({
  'list.overrides-file': {
    severity: 'red',
    zh: '“{file}”不是参数改动的导出文件。',
    en: '"{file}" is no file of exported changes of parameters.',
    hint: { zh: '请用 qingshan overrides export 导出。', en: 'Make it with qingshan overrides export.' },
  },
})

export const overridesText = (overrides: readonly ParameterOverride[]): string =>
  `${JSON.stringify({ format: FORMAT, overrides }, null, 2)}\n`

/** @throws ProblemError `list.overrides-file` */
export function readOverrides(text: string, file: string): readonly ParameterOverride[] {
  const bad = new ProblemError(problem('list.overrides-file', { file }, { file }))
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw bad
  }
  const { format, overrides } = (data ?? {}) as { readonly format?: unknown; readonly overrides?: unknown }
  const parsed = overridesSchema.safeParse(overrides)
  if (format !== FORMAT || !parsed.success) throw bad
  return parsed.data
}

/** The list with the approved changes: they take the place of what it says itself of the same values, and of earlier exports. */
export function withApproved(list: InputList, approved: readonly ParameterOverride[]): InputList {
  const sameValue = (a: ParameterOverride, b: ParameterOverride): boolean =>
    a.parameter === b.parameter && (a.key ?? '') === (b.key ?? '')
  const own = (list.overrides ?? []).filter((o) => o.act === undefined && !approved.some((x) => sameValue(x, o)))
  const { overrides: _, ...rest } = list
  const all = [...own, ...approved]
  return all.length === 0 ? rest : { ...rest, overrides: all }
}
