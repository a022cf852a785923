// The proof of one act as a file: the act, its salt, the path to the root, and the signed checkpoint; values of persons
// only where they are shown on purpose. This page writes and parses it; verify-proof.ts judges it. Everything in a parsed
// proof comes from anybody.

import { ProblemError } from '../../kernel/index.ts'
import { fromBase64, fromHex, toBase64, toHex } from './bytes.ts'
import { parseCheckpointText } from './checkpoint.ts'
import { PERSONAL_SALT_BYTES, isCommitment } from './commitment.ts'
import { ACT_SALT_BYTES } from './leaf.ts'
import { HASH_BYTES, inclusionProof, isSize, type Hash } from './merkle.ts'
import { parseNote } from './note.ts'
import { problem } from './problems.ts'
import { tileReader, type ReadFile } from './tile.ts'

export const PROOF_FORMAT = 'qingshan proof'
export const PROOF_VERSION = 1
/** Acts are held far below this where they enter; a larger file is no proof. */
export const MAX_PROOF_BYTES = 4 * 1024 * 1024
/** A tree of 2^53 leaves is no higher. */
const MAX_PATH = 53
const MAX_REVEALED = 1000

/** A value of a person, shown with the salt that opens its commitment in the act. */
export interface Revealed {
  readonly commitment: string
  readonly value: string
  readonly salt: Uint8Array
}

export interface Proof {
  /** Canonical text of the act (RFC 8785). */
  readonly act: string
  readonly salt: Uint8Array
  readonly index: number
  readonly size: number
  /** Leaf to root. */
  readonly path: readonly Hash[]
  /** The signed note with its cosignatures. */
  readonly checkpoint: string
  readonly revealed: readonly Revealed[]
}

export interface ProofToMake extends Pick<Proof, 'act' | 'salt' | 'index' | 'revealed'> {
  readonly read: ReadFile
  /** As published, with its cosignatures; the act must be older than it. */
  readonly checkpoint: string
}

/** A proof from the published files. @throws ProblemError log.tile-missing, log.tile-size, log.note-broken,
 *  log.checkpoint-broken; Error where the checkpoint is older than the act */
export async function makeProof(work: ProofToMake): Promise<Proof> {
  const { act, salt, index, revealed, checkpoint } = work
  const { size } = parseCheckpointText(parseNote(checkpoint).text)
  const path = await inclusionProof(tileReader(work.read, size), index, size)
  return { act, salt, index, size, path, checkpoint, revealed }
}

/** The file: JSON of one fixed order, readable by people. */
export function writeProof(proof: Proof): string {
  const document = {
    format: PROOF_FORMAT,
    version: PROOF_VERSION,
    act: proof.act,
    salt: toHex(proof.salt),
    index: proof.index,
    size: proof.size,
    path: proof.path.map(toBase64),
    checkpoint: proof.checkpoint,
    revealed: proof.revealed.map((r) => ({ commitment: r.commitment, value: r.value, salt: toHex(r.salt) })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** @throws ProblemError evidence.proof-broken, naming the member that does not fit */
export function parseProof(text: string): Proof {
  if (text.length > MAX_PROOF_BYTES) throw broken('文件太大', 'the file is too large')
  const value = parseJson(text)
  const document = members(value, '文件', 'the file', [
    'format',
    'version',
    'act',
    'salt',
    'index',
    'size',
    'path',
    'checkpoint',
    'revealed',
  ])
  if (document.format !== PROOF_FORMAT) throw broken('不是青山凭证', 'it is not in the proof format of Qingshan')
  if (document.version !== PROOF_VERSION) throw broken('版本不认识', 'its version is unknown')
  const { act, index, size, path, checkpoint, revealed } = document
  if (typeof act !== 'string' || typeof checkpoint !== 'string') throw notOf('act, checkpoint')
  if (!isCount(index) || !isCount(size)) throw notOf('index, size')
  if (!Array.isArray(path) || path.length > MAX_PATH) throw notOf('path')
  if (!Array.isArray(revealed) || revealed.length > MAX_REVEALED) throw notOf('revealed')
  return {
    act,
    salt: salt(document.salt, ACT_SALT_BYTES, 'salt'),
    index,
    size,
    path: path.map((p: unknown) => {
      const hash = typeof p === 'string' ? fromBase64(p) : undefined
      if (hash?.length !== HASH_BYTES) throw notOf('path')
      return hash
    }),
    checkpoint,
    revealed: revealed.map((r: unknown) => {
      const row = members(r, 'revealed', 'revealed', ['commitment', 'value', 'salt'])
      const { commitment, value: shown } = row
      if (typeof commitment !== 'string' || !isCommitment(commitment) || typeof shown !== 'string')
        throw notOf('revealed')
      return { commitment, value: shown, salt: salt(row.salt, PERSONAL_SALT_BYTES, 'revealed.salt') }
    }),
  }
}

const broken = (why: string, whyEn: string): ProblemError =>
  new ProblemError(problem('evidence.proof-broken', { why, whyEn }))
const notOf = (member: string): ProblemError => broken(`“${member}”写法不对`, `"${member}" is malformed`)
const isCount = (n: unknown): n is number => typeof n === 'number' && isSize(n)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw broken('不是 JSON', 'it is not JSON')
  }
}

/** An object with exactly these members; a strange member is refused, because nobody would verify it. */
function members(value: unknown, zh: string, en: string, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw broken(`${zh}不是对象`, `${en} is no object`)
  const keys = Object.keys(value)
  const odd = names.find((n) => !keys.includes(n)) ?? keys.find((k) => !names.includes(k))
  if (odd !== undefined)
    throw broken(`${zh}缺少或多出“${odd.slice(0, 40)}”`, `${en} lacks or has too much "${odd.slice(0, 40)}"`)
  return value as Record<string, unknown>
}

function salt(value: unknown, bytes: number, member: string): Uint8Array {
  const read = typeof value === 'string' ? fromHex(value) : undefined
  if (read?.length !== bytes) throw notOf(member)
  return read
}
