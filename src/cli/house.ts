// Where the checkout stands and which engine this is.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json, found upwards, so that the bundle and the sources agree on it. */
export function houseFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let dir = from; ; dir = dirname(dir)) {
    const file = join(dir, 'package.json')
    if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'qingshan')
      return dir
    if (dirname(dir) === dir) throw new Error('package.json of qingshan was not found')
  }
}

export const rulesFolder = (): string => join(houseFolder(), 'rules')

/** `qingshan 0.1.0`: the version every figure carries. */
export function engineName(): string {
  const { name, version } = JSON.parse(readFileSync(join(houseFolder(), 'package.json'), 'utf8')) as {
    name: string
    version: string
  }
  return `${name} ${version}`
}
