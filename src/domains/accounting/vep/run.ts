// One run over a folder of units: read, value, write result, reports and register. Serves the command line and later the
// workbench. Always holds: files are written whole, and a run that finds a red problem of the folder writes nothing.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ProblemError, type CivilDate, type Lang } from '../../../kernel/index.ts'
import { writeWorkbook } from '../../../core/exchange-formats/index.ts'
import type { RuleBook } from '../../../core/rules/index.ts'
import { writeSafely } from '../inputs/index.ts'
import { renderDocx, renderHtml } from '../report/index.ts'
import { computeVep } from './compute.ts'
import type { VepResult } from './model.ts'
import { problem } from './problems.ts'
import { readVepFolder } from './read.ts'
import { registerRows, registerSheet } from './register.ts'
import { vepDocument } from './report.ts'
import { readResultText, RESULT_NAME, resultText, type StoredVep } from './stored.ts'

export interface VepRunOptions {
  readonly book: RuleBook
  readonly lang: Lang
  readonly engine: string
  /** The day the results are to be used; the valuation date where left out. */
  readonly on?: CivilDate
  /** Called with the steps done and all steps. */
  readonly onProgress?: (done: number, all: number, what: string) => void
}

export interface VepRun {
  readonly result: VepResult
  /** Names of the files written, in the out folder. */
  readonly written: readonly string[]
}

/** @throws ProblemError where the folder as a whole cannot be used */
export async function runVep(folder: string, out: string, options: VepRunOptions): Promise<VepRun> {
  const file = readVepFolder(folder)
  if (file.problems.some((p) => p.severity === 'red')) throw new ProblemError(file.problems)
  const result = computeVep(file, options)
  const valued = result.units.filter((u) => u.status === 'computed')
  const all = valued.length + 2
  const written: string[] = []
  const put = async (name: string, content: string | Uint8Array): Promise<void> => {
    await writeSafely(join(out, name), content)
    written.push(name)
  }
  const tell = (done: number, what: string): void => options.onProgress?.(done, all, what)
  await put(RESULT_NAME, resultText(result))
  tell(1, RESULT_NAME)
  for (const [i, unit] of valued.entries()) {
    const document = vepDocument(result, unit, { lang: options.lang, book: options.book })
    await put(`${unit.unit.id}.docx`, await renderDocx(document))
    await put(`${unit.unit.id}.html`, renderHtml(document))
    tell(i + 2, unit.unit.id)
  }
  const rows = registerRows([result])
  await put(
    'G11.xlsx',
    await writeWorkbook({
      title: result.head.title[options.lang],
      lang: options.lang,
      sheets: [registerSheet(rows, options.lang)],
    }),
  )
  tell(all, 'G11.xlsx')
  return { result, written }
}

/** Reads vep-result.json, or the one in a folder. @throws ProblemError `vep.unlike-result` */
export async function readVepResult(path: string): Promise<StoredVep> {
  for (const candidate of [path, join(path, RESULT_NAME)])
    try {
      return readResultText(await readFile(candidate, 'utf8'), RESULT_NAME)
    } catch (e) {
      if (e instanceof ProblemError) throw e
      // Not a file to read: try the folder, then say so.
    }
  throw new ProblemError(problem('vep.unlike-result', { file: path }))
}
