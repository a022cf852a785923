// Files of results: written beside, then renamed, so that nothing half written is left under the name asked for.

import { renameSync, writeFileSync } from 'node:fs'

export function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.part`, content)
  renameSync(`${path}.part`, path)
}
