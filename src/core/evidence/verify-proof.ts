// Judges the proof of an act step by step, each step named after the standard it checks, in words for the person who
// asks. Runs offline in a terminal and in a browser. Always holds: it never throws on a foreign file, a step whose ground
// failed is not called good, and the only things trusted are the keys the reader brought along.

import { canonicalJson, ProblemError, type Json, type Text } from '../../kernel/index.ts'
import { isWholeText, sameBytes } from './bytes.ts'
import { openCheckpoint, type OpenedCheckpoint, type Trust } from './checkpoint.ts'
import { opensCommitment } from './commitment.ts'
import { actLeafHash } from './leaf.ts'
import { rootFromInclusion } from './merkle.ts'
import { parseProof, type Proof, type Revealed } from './proof.ts'

export interface ProofTrust extends Trust {
  /** Cosignatures of known witnesses that are wanted; 0 where the log has none. */
  readonly quorum: number
}

export type StepName = 'proof-file' | 'canonical-act' | 'checkpoint' | 'inclusion' | 'cosignatures' | 'personal-value'

export interface Step extends Text {
  readonly name: StepName
  /** What it is checked against. */
  readonly standard: string
  readonly outcome: 'ok' | 'failed' | 'not-checked'
}

const STANDARD = {
  'proof-file': 'Qingshan proof v1',
  'canonical-act': 'RFC 8785',
  checkpoint: 'C2SP signed-note, tlog-checkpoint',
  inclusion: 'RFC 6962 §2.1.1, RFC 9162 §2.1.3.2',
  cosignatures: 'C2SP tlog-cosignature v1',
  'personal-value': 'Qingshan personal v1',
} as const satisfies Record<StepName, string>

export interface Verdict {
  /** True only when every step was checked and is good. */
  readonly holds: boolean
  readonly steps: readonly Step[]
  /** What was proved, and only where it was. */
  readonly proved?: { readonly act: string; readonly index: number; readonly checkpoint: OpenedCheckpoint }
}

/** Verified checkpoints by their text: the proofs of one audit share a few. */
export type KnownCheckpoints = Map<string, OpenedCheckpoint>

const step = (name: StepName, outcome: Step['outcome'], zh: string, en: string): Step => ({
  name,
  standard: STANDARD[name],
  outcome,
  zh,
  en,
})
const ok = (name: StepName, zh: string, en: string): Step => step(name, 'ok', zh, en)
const failed = (name: StepName, zh: string, en: string): Step => step(name, 'failed', zh, en)
const notChecked = (name: StepName): Step =>
  step(name, 'not-checked', '前一步不成立，无从核对。', 'Not checked, because an earlier step failed.')

/** `text` is the file as it came: attacker-controlled. */
export function verifyProof(text: string, trust: ProofTrust, known: KnownCheckpoints = new Map()): Verdict {
  const read = readProof(text)
  if (!('proof' in read)) {
    const rest = (['canonical-act', 'checkpoint', 'inclusion', 'cosignatures'] as const).map(notChecked)
    return { holds: false, steps: [read.step, ...rest] }
  }
  const { proof } = read
  const act = verifyCanonicalAct(proof.act)
  const head = verifyCheckpoint(proof.checkpoint, trust, known)
  const inclusion = head.opened ? verifyInclusionOfAct(proof, head.opened) : notChecked('inclusion')
  const cosignatures = head.opened ? verifyCosignatures(head.opened, trust) : notChecked('cosignatures')
  const personal = proof.revealed.map((r) =>
    inclusion.outcome === 'ok' && act.strings ? verifyRevealed(r, act.strings) : notChecked('personal-value'),
  )
  const steps = [read.step, act.step, head.step, inclusion, cosignatures, ...personal]
  const holds = steps.every((s) => s.outcome === 'ok')
  return {
    holds,
    steps,
    ...(holds && head.opened ? { proved: { act: proof.act, index: proof.index, checkpoint: head.opened } } : {}),
  }
}

function readProof(text: string): { readonly step: Step; readonly proof: Proof } | { readonly step: Step } {
  try {
    const proof = parseProof(text)
    return { step: ok('proof-file', '文件是一份凭证。', 'The file is a proof.'), proof }
  } catch (e) {
    return { step: failedBy('proof-file', e) }
  }
}

/** The problem in its own words; anything else is a bug of ours and goes up. */
function failedBy(name: StepName, e: unknown): Step {
  const first = e instanceof ProblemError ? e.problems[0] : undefined
  if (!first) throw e
  return failed(name, first.zh, first.en)
}

/** `act` is attacker-controlled until the inclusion step has tied it to the log. */
function verifyCanonicalAct(act: string): { readonly step: Step; readonly strings?: ReadonlySet<string> } {
  const name = 'canonical-act'
  const wrong = failed(
    name,
    '行为的文字不是规范写法，可能被改动过。',
    'The text of the act is not canonical; it may have been changed.',
  )
  try {
    const value = JSON.parse(act) as Json
    if (!isWholeText(act) || canonicalJson(value) !== act) return { step: wrong }
    const strings = new Set<string>()
    collectStrings(value, strings)
    return { step: ok(name, '行为的文字是规范写法。', 'The text of the act is canonical.'), strings }
  } catch {
    // No JSON, a number that is no integer, or nesting deeper than any act: JSON.parse and canonicalJson say so by throwing.
    return { step: wrong }
  }
}

function collectStrings(value: Json | undefined, into: Set<string>): void {
  if (typeof value === 'string') into.add(value)
  else if (typeof value === 'object' && value !== null)
    for (const v of Object.values(value)) collectStrings(v as Json, into)
}

/** `checkpoint` is attacker-controlled until a key of `trust` has verified it. */
function verifyCheckpoint(
  checkpoint: string,
  trust: ProofTrust,
  known: KnownCheckpoints,
): { readonly step: Step; readonly opened?: OpenedCheckpoint } {
  const name = 'checkpoint'
  try {
    const opened = known.get(checkpoint) ?? openCheckpoint(checkpoint, trust)
    known.set(checkpoint, opened)
    const signers = opened.signedBy.map((v) => (v.kind === 'note' ? 'Ed25519' : 'SM2')).join('、')
    return {
      step: ok(
        name,
        `检查点由日志“${opened.origin}”签名（${signers}），共 ${opened.size} 条。`,
        `The checkpoint is signed by the log "${opened.origin}" (${signers}) over ${opened.size} entries.`,
      ),
      opened,
    }
  } catch (e) {
    return { step: failedBy(name, e) }
  }
}

/** Act, salt, index, size and path are attacker-controlled; size and root are the log's own words. */
function verifyInclusionOfAct(proof: Proof, head: OpenedCheckpoint): Step {
  const name = 'inclusion'
  const { index, size, path } = proof
  if (size !== head.size)
    return failed(
      name,
      `凭证说日志有 ${size} 条，签名的检查点说有 ${head.size} 条。`,
      `The proof speaks of ${size} entries, the signed checkpoint of ${head.size}.`,
    )
  const reached = rootFromInclusion({ index, size, leaf: actLeafHash(proof.salt, proof.act) }, path)
  if (!reached)
    return failed(
      name,
      `路径有 ${path.length} 步，与第 ${index} 条（共 ${size} 条）不相配。`,
      `A path of ${path.length} steps does not go with entry ${index} of ${size}.`,
    )
  if (!sameBytes(reached, head.root))
    return failed(
      name,
      `行为、盐值、序号或路径被改动：算出的根哈希与检查点不同（第 ${index} 条）。`,
      `The act, its salt, its index or its path was changed: they do not lead to the signed root (entry ${index}).`,
    )
  return ok(
    name,
    `行为就是日志第 ${index} 条，一字未改。`,
    `The act is entry ${index} of the log, unchanged to the letter.`,
  )
}

function verifyCosignatures(head: OpenedCheckpoint, trust: ProofTrust): Step {
  const name = 'cosignatures'
  const { length } = head.cosignedBy
  const names = head.cosignedBy.map((c) => c.witness.name).join('、')
  if (length < trust.quorum)
    return failed(
      name,
      `需要 ${trust.quorum} 个见证方联署，只有 ${length} 个${names ? `（${names}）` : ''}。`,
      `${trust.quorum} cosignatures of witnesses are wanted, ${length} found${names ? ` (${names})` : ''}.`,
    )
  return length === 0
    ? ok(name, '这份日志不要求见证方联署，也没有。', 'This log asks for no witness, and none has cosigned.')
    : ok(name, `见证方联署：${names}。`, `Cosigned by ${names}.`)
}

/** Commitment, value and salt are attacker-controlled; the strings are those of an act the log holds. */
function verifyRevealed(revealed: Revealed, strings: ReadonlySet<string>): Step {
  const name = 'personal-value'
  if (!strings.has(revealed.commitment))
    return failed(
      name,
      `行为里没有承诺值 ${revealed.commitment.slice(0, 9)}…。`,
      `The act holds no commitment ${revealed.commitment.slice(0, 9)}….`,
    )
  if (!opensCommitment(revealed.commitment, revealed.salt, revealed.value))
    return failed(
      name,
      `出示的个人信息“${revealed.value.slice(0, 40)}”不是当时提交的内容。`,
      `The personal value shown, "${revealed.value.slice(0, 40)}", is not the one that was committed to.`,
    )
  return ok(
    name,
    `出示的个人信息“${revealed.value.slice(0, 40)}”就是当时提交的内容。`,
    `The personal value shown, "${revealed.value.slice(0, 40)}", is the one that was committed to.`,
  )
}
