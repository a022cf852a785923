// Files of results: written beside, then renamed, so that nothing half written is left under the name asked for, nor beside it.

import { renameSync, rmSync, writeFileSync } from 'node:fs'

export function writeWhole(path: string, content: string | Uint8Array): void {
  const part = `${path}.part`
  try {
    writeFileSync(part, content)
    renameSync(part, path)
  } catch (e) {
    rmSync(part, { force: true, recursive: true })
    throw e
  }
}
