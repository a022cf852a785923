// Writing everything a run of the sample county leaves behind, step by step.

import { join } from 'node:path'
import { loadRuleBook } from '../src/core/rules/index.ts'
import { runAccount, writeOutputs } from '../src/domains/accounting/index.ts'
import { peak, timed, type Measured } from './measure.ts'
import { withCounty } from './region.ts'

/** CPU seconds by the English name of each step as the progress bar tells it; equal names add up. */
export async function writingBench(): Promise<Measured> {
  const { book, files: rules } = await loadRuleBook('rules')
  return withCounty(async (folder, list) => {
    const run = await timed(() => runAccount({ folder, list, book, engine: 'bench' }))
    const account = run.result.account
    if (!account) throw new Error('the sample county has no red problem')
    const steps: Record<string, number> = {}
    let last = { name: '', at: process.cpuUsage() }
    const onProgress = (_done: number, _of: number, what: { readonly en: string }): void => {
      const { user, system } = process.cpuUsage(last.at)
      if (last.name !== '') steps[last.name] = (steps[last.name] ?? 0) + (user + system) / 1e6
      last = { name: what.en, at: process.cpuUsage() }
    }
    const out = join(folder, 'report')
    const wrote = await timed(() =>
      writeOutputs({ account, list, folder, book, rules, out, withInputs: true, onProgress }),
    )
    return { 'reading and computing': run.cpu, ...steps, 'all files': wrote.cpu, peak: peak() }
  })
}
