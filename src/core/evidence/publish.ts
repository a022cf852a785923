// Publishes the log: tiles up to a new size, then the signed checkpoint that needs them. Always holds: what is signed
// continues what was signed before, and its root is the one the record keeps by itself; whatever is interrupted leaves the
// old checkpoint with all its files, and publishing again ends in the same files.

import { ProblemError } from '../../kernel/index.ts'
import { fromUtf8, sameBytes, toUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint, type OpenedCheckpoint, type Trust } from './checkpoint.ts'
import { consistencyProof, emptyRoot, root, type Frontier, type Hash } from './merkle.ts'
import type { Signer } from './note.ts'
import { problem } from './problems.ts'
import { tileReader } from './tile.ts'
import { writeTiles, type LogFolder } from './write-tiles.ts'

/** Where the newest checkpoint lies in the folder. */
export const CHECKPOINT_PATH = 'checkpoint'

export interface Publication {
  readonly origin: string
  /** The log as the record keeps it. */
  readonly frontier: Frontier
  /** Entries `from` to `to - 1`, in order. */
  readonly entries: (from: number, to: number) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  /** The log's own key first, then an SM2 counter-signer where there is one. */
  readonly signers: readonly Signer[]
  /** The log's own public keys: what was published before must be signed by one of them. */
  readonly trust: Trust
  readonly atSeconds: number
  /** Asks witnesses; returns the checkpoint with what they signed. `proofFrom` proves growth from an older size. */
  readonly cosign?: (checkpoint: string, proofFrom: (oldSize: number) => Promise<readonly Hash[]>) => Promise<string>
}

/** The newest checkpoint of a folder, verified, or undefined where nothing was published yet.
 *  @throws ProblemError log.note-broken, log.checkpoint-broken, log.signature-wrong, log.signature-missing */
export async function publishedCheckpoint(folder: LogFolder, trust: Trust): Promise<OpenedCheckpoint | undefined> {
  const bytes = await folder.read(CHECKPOINT_PATH)
  return bytes && openCheckpoint(bytes, trust)
}

/** Returns the new checkpoint as written, or the old one where nothing is new.
 *  @throws ProblemError as `writeTiles` and `publishedCheckpoint`, log.publish-older, log.tree-differs */
export async function publishLog(folder: LogFolder, work: Publication): Promise<string> {
  const before = (await publishedCheckpoint(folder, work.trust)) ?? { size: 0, root: emptyRoot() }
  const { size } = work.frontier
  const differs = new ProblemError(problem('log.tree-differs', { size }))
  if (size < before.size) throw new ProblemError(problem('log.publish-older', { size, published: before.size }))
  if (size === before.size && 'note' in before) {
    if (!sameBytes(before.root, root(work.frontier))) throw differs
    return fromUtf8((await folder.read(CHECKPOINT_PATH))!)!
  }
  const entries = work.entries(before.size, size)
  const written = await writeTiles(folder, { from: { size: before.size, root: before.root }, to: size, entries })
  if (!sameBytes(root(written), root(work.frontier))) throw differs
  const head = { origin: work.origin, size, root: root(written), extensions: [] }
  const signed = signCheckpoint(head, work.signers, work.atSeconds)
  const proofFrom = (oldSize: number): Promise<readonly Hash[]> =>
    consistencyProof(tileReader(folder.read, size), oldSize, size)
  const checkpoint = work.cosign ? await work.cosign(signed, proofFrom) : signed
  // Ours, too, is believed only after it opens: a key that does not fit its name is met here, not by the public.
  openCheckpoint(checkpoint, work.trust)
  await folder.write(CHECKPOINT_PATH, toUtf8(checkpoint))
  return checkpoint
}
