// npm run soak: the long rounds of the tests of the record, on every database the machine has: 300 histories, every call failed,
// dozens of kills. `npm run soak -- --long` runs 10 000 histories; a number is a number of rounds; other words choose files
// as with `npm test`. The seed of the first round is printed, and taken from QINGSHAN_SEED.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './set-up.mjs'

const words = process.argv.slice(2)
const named = words.find((w) => /^\d+$/.test(w))
const rounds = named ?? (words.includes('--long') ? '10000' : '300')
/** A kill takes seconds where a history takes a fraction of one. */
const kills = String(Math.max(1, Math.ceil(Number(rounds) / 15)))
const seed = process.env.QINGSHAN_SEED ?? '1'
const chosen = words.filter((w) => !w.startsWith('--') && w !== named)
await setUp()
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const run = (files, count) => {
  const wanted = files.filter((f) => chosen.length === 0 || chosen.some((w) => f.includes(w)))
  if (wanted.length === 0) return 0
  console.log(`${count} × from seed ${seed}: ${wanted.join(' ')}`)
  const env = { ...process.env, QINGSHAN_SOAK: count, QINGSHAN_SEED: seed }
  const options = ['--testTimeout=0', '--hookTimeout=0', '--no-file-parallelism']
  return (
    spawnSync(process.execPath, [vitest, 'run', ...options, ...wanted], { cwd: root, stdio: 'inherit', env }).status ??
    1
  )
}
const statuses = [
  run(['test/laws/record-histories.test.ts'], rounds),
  run(['test/laws/record-failures.test.ts', 'test/laws/record-clients.test.ts'], kills),
  run(['test/stories/crash-embedded.test.ts', 'test/stories/crash-server.test.ts'], kills),
]
process.exit(Math.max(...statuses))
