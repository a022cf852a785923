// npm run docs: everything under docs/ and in ARCHITECTURE.md that is made from code is made again.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './set-up.mjs'

await setUp()
execFileSync(process.execPath, [join(root, 'tools', 'draw-house.mjs')], { stdio: 'inherit' })
const { main } = await import(pathToFileURL(join(root, 'dist', 'main.mjs')).href)
for (const page of ['problems.md', 'methods.md', 'arguments.md', 'permissions.md', 'openapi.json']) {
  await main(['docs', page.replace(/\..*/, ''), '--out', join(root, 'docs', page)])
  if (process.exitCode) break
}
