// Memory does not grow with the maps: the same account over maps sixteen times as large takes hardly more of it. Each size
// is run by a process of its own, since what a process has once taken it does not give back.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import { putWideMaps } from '../../src/domains/accounting/maps/wide-maps.fixture.ts'
import { storyFolder } from '../stories/folders.ts'

const home = storyFolder('memory')
const root = fileURLToPath(new URL('../..', import.meta.url))
const runner = join(home, 'run.cjs')

/** Reads, computes and says what it took; writes no report. */
const RUN = `
import { loadRuleBook } from './src/core/rules/index.ts'
import { parseListText } from './src/domains/accounting/inputs/index.ts'
import { runAccount } from './src/domains/accounting/run.ts'
import { readFileSync } from 'node:fs'
const [folder, rules] = process.argv.slice(2)
loadRuleBook(rules).then(({ book }) => {
  const { list } = parseListText(readFileSync(folder + '/account.yaml', 'utf8'), 'account.yaml')
  const { account, problems } = runAccount({ folder, list, book, engine: 'test' })
  if (!account) throw new Error(JSON.stringify(problems))
  const sums = account.figures.flatMap((f) => (f.recipe.kind === 'pixels' ? [f.recipe.sum.pixels] : []))
  const megabytes = process.resourceUsage().maxRSS / 1024
  process.stdout.write(JSON.stringify({ pixels: sums.reduce((a, b) => a + b, 0), megabytes }))
})
`

beforeAll(() =>
  build({
    stdin: { contents: RUN, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: runner,
    logLevel: 'error',
  }),
)

function taken(edge: number): { readonly pixels: number; readonly megabytes: number } {
  const folder = join(home, String(edge))
  putWideMaps(folder, edge)
  const ran = spawnSync(process.execPath, [runner, folder, join(root, 'rules')], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(ran.stdout) as ReturnType<typeof taken>
}

test('maps of 4096 pixels a side take less than 100 MB more than maps of 1024', () => {
  const [small, large] = [taken(1024), taken(4096)]
  expect(large.pixels).toBeGreaterThan(15 * small.pixels)
  expect(large.megabytes - small.megabytes).toBeLessThan(100)
})
