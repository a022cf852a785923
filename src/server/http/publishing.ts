// Publishing the log while the server runs: a moment after something was done, and at once where a proof is asked for.
// Always holds: one publication at a time; one that fails leaves the log as it was and is tried again.

import { ProblemError } from '../../kernel/index.ts'
import { CHECKPOINT_PATH, parseCheckpointText, parseNote } from '../../core/evidence/index.ts'
import { readHead } from '../../core/record/index.ts'
import { logFolder, type House } from '../house/index.ts'

export interface Publishing {
  /** The newest checkpoint and its size; none before the first publication. */
  published(): Promise<{ readonly checkpoint: string; readonly size: number } | undefined>
  /** Publishes unless the log holds that leaf already. @throws ProblemError */
  upTo(leaf: number): Promise<void>
  stop(): Promise<void>
}

/** Between two looks whether there is something to publish. */
const PAUSE_MS = 5_000

/** @param onTrouble told what keeps the log from being published */
export function publishing(
  house: House,
  { loop, onTrouble }: { loop: boolean; onTrouble: (code: string) => void },
): Publishing {
  let running: Promise<void> | undefined
  const publish = (): Promise<void> => {
    running ??= house
      .publish()
      .then(() => undefined)
      .finally(() => void (running = undefined))
    return running
  }
  const published: Publishing['published'] = async () => {
    const bytes = await logFolder(house.folder).read(CHECKPOINT_PATH)
    if (!bytes) return undefined
    const checkpoint = Buffer.from(bytes).toString('utf8')
    return { checkpoint, size: parseCheckpointText(parseNote(checkpoint).text).size }
  }
  const look = async (): Promise<void> => {
    try {
      const { frontier } = await readHead(house.store)
      if (frontier.size > ((await published())?.size ?? 0)) await publish()
    } catch (e) {
      onTrouble(e instanceof ProblemError ? e.problems[0]!.code : 'bug')
    }
  }
  let looking: Promise<void> | undefined
  const timer = loop
    ? setInterval(() => void (looking ??= look().finally(() => void (looking = undefined))), PAUSE_MS)
    : undefined
  timer?.unref()
  return {
    published,
    upTo: async (leaf) => {
      if (((await published())?.size ?? 0) > leaf) return
      // One that is under way may have begun before the leaf was there.
      await running?.catch(() => undefined)
      if (((await published())?.size ?? 0) <= leaf) await publish()
    },
    stop: async () => {
      clearInterval(timer)
      await looking
      await running?.catch(() => undefined)
    },
  }
}
