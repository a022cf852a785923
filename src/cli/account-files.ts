// What the account commands open: a list in a folder, the rule book, a package.

import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { ProblemError } from '../kernel/index.ts'
import { loadRuleBook, type FileText, type RuleBook } from '../core/rules/index.ts'
import {
  accountProblem,
  openPackage,
  readList,
  readPackageFile,
  type InputList,
  type OpenPackage,
} from '../domains/accounting/index.ts'
import { keptWork } from './kept-work.ts'
import type { RunWatch } from './watch/watch.ts'

export interface AccountEnv {
  readonly rulesDir: string
  readonly engine: string
  readonly out: (s: string) => void
  /** Who is told how far a run is; a bar in the terminal where it is nobody. */
  readonly watch?: RunWatch
}

export interface ListAt {
  readonly folder: string
  readonly path: string
  readonly list: InputList
}

export const LIST_FILE = 'account.yaml'
export const SHEET_FILE = '输入清单.xlsx'

/** A folder means its account.yaml, else its 输入清单.xlsx. */
export function listPath(target: string): string {
  const path = resolve(target)
  if (!existsSync(path) || !statSync(path).isDirectory()) return path
  const found = [LIST_FILE, SHEET_FILE].map((f) => join(path, f)).find((f) => existsSync(f))
  return found ?? join(path, LIST_FILE)
}

/** @throws ProblemError with everything wrong in the list */
export async function openList(target: string): Promise<ListAt> {
  const path = listPath(target)
  const read = await readList(path)
  if (!read.list) throw new ProblemError(read.problems)
  return { folder: dirname(path), path, list: read.list }
}

/** @param fresh also parses a book that an earlier run has checked */
export async function openRules(
  dir: string,
  fresh = false,
): Promise<{ readonly book: RuleBook; readonly files: readonly FileText[] }> {
  const { book, problems, files } = await loadRuleBook(dir, keptWork({ fresh }))
  const red = problems.filter((p) => p.severity === 'red')
  if (red.length > 0) throw new ProblemError(red)
  return { book, files }
}

export const openAccount = async (path: string): Promise<OpenPackage> => {
  if (!existsSync(path)) throw new ProblemError(accountProblem('package.missing', { file: path }, { file: path }))
  return openPackage(await readPackageFile(path), basename(path))
}
