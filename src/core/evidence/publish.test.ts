// Publishing survives being cut off at any write, never signs what does not continue the log, and takes witnesses along.

import { describe, expect, it } from 'vitest'
import { fromUtf8 } from './bytes.ts'
import { openCheckpoint } from './checkpoint.ts'
import { entriesTo, logSigner, memoryFolder, ORIGIN, trust, witnessSigner } from './evidence.fixture.ts'
import { fsck } from './fsck.ts'
import { append, EMPTY_FRONTIER, leafHash } from './merkle.ts'
import { addSignatures, parseNote, writeNote } from './note.ts'
import { CHECKPOINT_PATH, publishLog, type Publication } from './publish.ts'
import type { LogFolder } from './write-tiles.ts'

const all = entriesTo(800)
const upTo = (size: number, entries = all): Publication => ({
  origin: ORIGIN,
  frontier: append(EMPTY_FRONTIER, entries.slice(0, size).map(leafHash)),
  entries: (from, to) => entries.slice(from, to),
  signers: [logSigner],
  trust,
  atSeconds: 0,
})
const whole = async (folder: LogFolder) => {
  const bytes = await folder.read(CHECKPOINT_PATH)
  return bytes && (await fsck({ read: folder.read, checkpoint: bytes, trust }))
}

describe('publishing', () => {
  it('writes a log that checks, again and again as it grows, and the empty one too', async () => {
    const folder = memoryFolder()
    for (const size of [0, 0, 1, 1, 255, 256, 700, 800]) {
      const checkpoint = await publishLog(folder, upTo(size))
      expect(fromUtf8(folder.files.get(CHECKPOINT_PATH)!)).toBe(checkpoint)
      expect(await whole(folder)).toEqual({ size, problems: [] })
    }
  })

  it('cut off at any write leaves the old log whole, and done again ends in the same files', async () => {
    const done = memoryFolder()
    await publishLog(done, upTo(250))
    await publishLog(done, upTo(520))
    const [older, newer] = [upTo(250), upTo(520)]
    for (let left = 0; ; left++) {
      const folder = memoryFolder()
      await publishLog(folder, older)
      let writes = 0
      const failing: LogFolder = {
        read: folder.read,
        write: (path, bytes) => {
          if (writes++ === left) throw new Error('no space left on device')
          return folder.write(path, bytes)
        },
      }
      const outcome = await publishLog(failing, newer).catch((e: Error) => e.message)
      if (writes <= left) {
        expect(left).toBeGreaterThan(7)
        break
      }
      expect(outcome).toBe('no space left on device')
      expect(await whole(folder)).toEqual({ size: 250, problems: [] })
      await publishLog(folder, newer)
      expect(folder.files).toEqual(done.files)
    }
  })

  it('never signs a record that is older than the log, or of another history', async () => {
    const folder = memoryFolder()
    await publishLog(folder, upTo(300))
    const before = new Map(folder.files)
    const other = all.map((e, i) => (i === 5 ? all[6]! : e))
    await expect(publishLog(folder, upTo(299))).rejects.toThrow('log.publish-older')
    await expect(publishLog(folder, upTo(300, other))).rejects.toThrow('log.tree-differs')
    expect(folder.files).toEqual(before)
    // Its new entries are the same: only the record's own head tells.
    await expect(publishLog(folder, upTo(400, other))).rejects.toThrow('log.tree-differs')
    expect(await whole(folder)).toEqual({ size: 300, problems: [] })
  })

  it('does not build on a checkpoint it cannot verify', async () => {
    const folder = memoryFolder()
    await publishLog(folder, upTo(300))
    folder.files.set(
      CHECKPOINT_PATH,
      folder.files.get(CHECKPOINT_PATH)!.map((b, i) => (i === 2 ? b ^ 1 : b)),
    )
    await expect(publishLog(folder, upTo(400))).rejects.toThrow('log.signature')
  })

  it('shows the new tree to witnesses before anybody else', async () => {
    const folder = memoryFolder()
    await publishLog(folder, upTo(300))
    const checkpoint = await publishLog(folder, {
      ...upTo(500),
      cosign: async (signed, proofFrom) => {
        expect(fromUtf8(folder.files.get(CHECKPOINT_PATH)!)).toContain('\n300\n')
        expect((await proofFrom(300)).length).toBeGreaterThan(0)
        return writeNote(addSignatures(parseNote(signed), [witnessSigner], 1_700_000_000))
      },
    })
    expect(openCheckpoint(checkpoint, trust).cosignedBy.length).toBe(1)
  })
})
