// A folder of results is replaced whole: what stands in it must be results. Anything else is somebody's own and would be lost.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { ProblemError } from '../../kernel/index.ts'
import { accountProblem } from './problems.ts'

/** What runs write, by name. */
const RESULTS = [
  /^(account\.zip|start\.html|index\.html|report\.en\.(html|docx)|核算报告\.docx|核算表\.xlsx|maps)$/,
  /^passports(-.+)?(\.en)?\.html$/,
  /^VEP-.+\.(html|docx)$/,
  /^(figures|lines|facts|parameters|prices|findings)\.csv$/,
]
/** What systems and offices leave in a folder by themselves. */
const LITTER = /^(\..*|~\$.*|Thumbs\.db|desktop\.ini)$/i

/** As many names as are told. */
const TOLD = 3

/** @throws ProblemError `output.not-ours` where the folder holds what no run writes */
export function refuseForeignFiles(folder: string): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return
  const foreign = readdirSync(folder).filter((name) => ![...RESULTS, LITTER].some((own) => own.test(name)))
  if (foreign.length === 0) return
  const names = foreign.sort().slice(0, TOLD)
  throw new ProblemError(
    accountProblem('output.not-ours', {
      folder,
      count: foreign.length,
      names: names.join('、'),
      namesEn: names.join(', '),
    }),
  )
}
