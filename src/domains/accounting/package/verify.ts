// Re-running a package and comparing every digit of its result tables. The rendered report is not compared.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { ProblemError, type Problem, type Text } from '../../../kernel/index.ts'
import { parseRuleBook } from '../../../core/rules/index.ts'
import { parseListText } from '../inputs/index.ts'
import { accountProblem } from '../problems.ts'
import { runAccount } from '../run.ts'
import { below, LIST_NAME, resultFiles, textOf, type OpenPackage } from './package.ts'

export interface Verification {
  readonly same: boolean
  /** Rows compared over all result tables. */
  readonly rows: number
  readonly problems: readonly Problem[]
}

const MAX_REPORTED = 20

/** @param inputs a folder with the input files, needed where the package holds their hashes only */
export async function verifyPackage(
  p: OpenPackage,
  options: { readonly inputs?: string; readonly onProgress?: (done: number, of: number, what: Text) => void } = {},
): Promise<Verification> {
  const { book, problems } = parseRuleBook([...below(p, 'rules')].map(([path, b]) => ({ path, text: textOf(b) })))
  const red = problems.filter((x) => x.severity === 'red')
  if (red.length > 0) return { same: false, rows: 0, problems: red }
  const list = parseListText(textOf(p.files.get(LIST_NAME)!), 'account.yaml')
  if (!list.list) return { same: false, rows: 0, problems: list.problems }
  return withInputs(p, options.inputs, async (folder) => {
    const run = runAccount({
      folder,
      list: list.list!,
      book,
      engine: p.manifest.engine,
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    })
    if (!run.account) return { same: false, rows: 0, problems: run.problems }
    return compare(p.files, resultFiles(run.account))
  })
}

/** Input files of a package in a folder: the one given, else unpacked for as long as `work` runs. */
export async function withInputs<T>(
  p: OpenPackage,
  given: string | undefined,
  work: (folder: string) => Promise<T> | T,
): Promise<T> {
  if (given !== undefined) return work(given)
  const folder = await mkdtemp(join(tmpdir(), 'qingshan-'))
  try {
    await unpackInputs(p, folder)
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the input files into a folder and nowhere else. @throws ProblemError `package.damaged` */
export async function unpackInputs(p: OpenPackage, folder: string): Promise<void> {
  for (const [name, bytes] of below(p, 'inputs')) {
    const path = resolve(folder, name)
    if (!path.startsWith(folder + sep)) throw new ProblemError(accountProblem('package.damaged', { what: name }))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
}

function compare(have: ReadonlyMap<string, Uint8Array>, want: ReadonlyMap<string, Uint8Array>): Verification {
  const problems: Problem[] = []
  let rows = 0
  for (const [file, bytes] of want) {
    const [a, b] = [textOf(have.get(file) ?? new Uint8Array()).split('\n'), textOf(bytes).split('\n')]
    rows += b.length - 1
    for (let i = 0; i < Math.max(a.length, b.length) && problems.length < MAX_REPORTED; i++)
      if (a[i] !== b[i])
        problems.push(
          accountProblem('package.differs', { file, line: i + 1, have: shorten(a[i]), want: shorten(b[i]) }),
        )
  }
  return { same: problems.length === 0, rows, problems }
}

const shorten = (s: string | undefined): string => (s === undefined ? '—' : s.length > 200 ? `${s.slice(0, 200)}…` : s)
