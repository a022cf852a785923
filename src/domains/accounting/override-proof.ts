// An override that names its act brings the proof along: what the list says must be what the act says, and the act must lead to
// the root of the checkpoint in the proof. Serves A3: a parameter is changed by an act, approved by a second person.
// Always holds: no network and no key is needed here. Whose signature the checkpoint bears is asked by `log verify`.

import { defineProblems, ProblemError, type Problem } from '../../kernel/index.ts'
import { actLeafHash, parseCheckpointText, parseNote, parseProof, verifyInclusion } from '../../core/evidence/index.ts'
import type { ParameterOverride } from './input-list.ts'

/** The act that puts an override in force. */
export const OVERRIDDEN = 'parameter-overridden'

const problem = defineProblems({
  'list.override-not-proved': {
    severity: 'red',
    zh: '参数“{parameter}”的改动与所附凭证不符：{why}。',
    en: 'The change of parameter "{parameter}" is not what its proof says: {whyEn}.',
    hint: {
      zh: '请用 qingshan overrides export 重新导出，不要手改数值。',
      en: 'Export it again with qingshan overrides export; do not edit the value by hand.',
    },
  },
})

export const overrideProblems = (overrides: readonly ParameterOverride[]): readonly Problem[] =>
  overrides.flatMap((o) => {
    const why = o.act === undefined ? undefined : notProved(o, o.act)
    return why === undefined
      ? []
      : [problem('list.override-not-proved', { parameter: o.parameter, why: why[0], whyEn: why[1] })]
  })

type Why = readonly [zh: string, en: string]

/** What does not agree, if anything. The proof is attacker-controlled. */
function notProved(o: ParameterOverride, act: NonNullable<ParameterOverride['act']>): Why | undefined {
  try {
    const proof = parseProof(act.proof)
    const { root, size } = parseCheckpointText(parseNote(proof.checkpoint).text)
    const leaf = actLeafHash(proof.salt, proof.act)
    if (proof.size !== size || !verifyInclusion({ index: proof.index, size, leaf, root }, proof.path))
      return ['行为到不了检查点的根哈希', 'its act does not lead to the root of the checkpoint']
    if (proof.index !== act.leaf) return ['日志序号不同', 'it stands at another place of the log']
    return differs(o, act.id, JSON.parse(proof.act) as ActSaid)
  } catch (e) {
    if (e instanceof ProblemError) return [e.problems[0]!.zh.replace(/。$/, ''), e.problems[0]!.en.replace(/\.$/, '')]
    if (e instanceof SyntaxError) return ['行为读不出来', 'its act cannot be read']
    throw e
  }
}

interface ActSaid {
  readonly id?: unknown
  readonly kind?: unknown
  readonly input?: Readonly<Record<string, unknown>>
}

function differs(o: ParameterOverride, id: string, said: ActSaid): Why | undefined {
  if (said.id !== id || said.kind !== OVERRIDDEN) return ['是另一件行为', 'it is another act']
  const input = said.input ?? {}
  const stated = input['value'] as { readonly value?: unknown; readonly unit?: unknown } | undefined
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['parameter', o.parameter, input['parameter']],
    ['key', o.key ?? '', input['key'] ?? ''],
    ['region', o.region, input['place']],
    ['value', o.value, stated?.value],
    ['unit', o.unit, stated?.unit],
    ['mark', o.mark ?? 'unconfirmed', input['mark']],
  ]
  const other = pairs.find(([, here, there]) => here !== there)
  return other && [`${other[0]} 不同`, `${other[0]} differs`]
}
