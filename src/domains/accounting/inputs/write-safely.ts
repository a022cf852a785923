// Files are written whole or not at all: first beside their place under a passing name, then renamed.

import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Replaces `path` by the given content in one step; a failure leaves what stood there before. */
export async function writeSafely(path: string, content: string | Uint8Array): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const passing = join(folder, `.${basename(path)}.${process.pid}.part`)
  try {
    const handle = await open(passing, 'w')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(passing, path)
  } catch (e) {
    await rm(passing, { force: true })
    throw e
  }
}
