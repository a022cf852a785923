// The account package: one ZIP with inputs, rules, results and report, that anyone can re-run to the same digits.
// Always holds: equal content gives equal bytes; the id is the SHA-256 of the manifest; the manifest names every file but
// the rendered report, whose look may change while its numbers may not.

import { createHash } from 'node:crypto'
import { atOnce, canonicalJson, ProblemError, type Json, type Steps } from '../../../kernel/index.ts'
import { openZip, writeZip, ZIP_LIMITS, zipSteps } from '../../../core/exchange-formats/index.ts'
import type { FileText } from '../../../core/rules/index.ts'
import { listText } from '../inputs/index.ts'
import type { InputList } from '../input-list.ts'
import type { Account } from '../model.ts'
import { accountProblem } from '../problems.ts'
import { accountJson, accountSteps, resultTables } from './serialise.ts'

export const PACKAGE_SCHEMA = 'qingshan-package/1'
export const LIST_NAME = 'inputs/account.yaml'
export const ACCOUNT_NAME = 'results/account.json'

export interface PackageContent {
  readonly account: Account
  readonly list: InputList
  /** Input files by name; left out, the package holds their hashes only and a re-run needs the folder. */
  readonly inputs?: ReadonlyMap<string, Uint8Array>
  readonly rules: readonly FileText[]
  /** Rendered report files by name. */
  readonly report: ReadonlyMap<string, Uint8Array>
}

export interface Manifest {
  readonly schema: string
  readonly engine: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly region: string
  readonly year: number
  readonly set: string
  readonly status: string
  readonly withInputs: boolean
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[]
}

export interface OpenPackage {
  readonly id: string
  readonly manifest: Manifest
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly account: Account
}

const sha256 = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex')
const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)
export const textOf = (b: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(b)

/** The files whose digits a re-run must reproduce. */
export function resultFiles(account: Account): ReadonlyMap<string, Uint8Array> {
  return new Map([...resultTables(account), [ACCOUNT_NAME, utf8(`${accountJson(account)}\n`)]])
}

export function writePackage(content: PackageContent): { readonly bytes: Uint8Array; readonly id: string } {
  const files = new Map<string, Uint8Array>()
  files.set(LIST_NAME, utf8(listText(content.list)))
  for (const [name, bytes] of content.inputs ?? []) files.set(`inputs/${name}`, bytes)
  for (const r of content.rules) files.set(`rules/${r.path}`, utf8(r.text))
  for (const [name, bytes] of resultFiles(content.account)) files.set(name, bytes)
  const names = [...files.keys()].sort()
  const { head } = content.account
  const manifest: Manifest = {
    schema: PACKAGE_SCHEMA,
    engine: head.engine,
    title: head.title,
    region: head.region,
    year: head.year,
    set: head.set,
    status: head.status,
    withInputs: content.inputs !== undefined,
    files: names.map((name) => ({ name, sha256: sha256(files.get(name)!), bytes: files.get(name)!.length })),
  }
  const manifestBytes = utf8(`${canonicalJson(manifest as unknown as Json)}\n`)
  const sums = [...manifest.files.map((f) => `${f.sha256}  ${f.name}`), `${sha256(manifestBytes)}  manifest.json`].join(
    '\n',
  )
  files.set('manifest.json', manifestBytes)
  files.set('SHA256SUMS', utf8(`${sums}\n`))
  for (const [name, bytes] of content.report) files.set(`report/${name}`, bytes)
  return { bytes: writeZip(files), id: sha256(manifestBytes) }
}

/** What people read stands here; its hashes are in no manifest. */
const isReport = (name: string): boolean => name.startsWith('report/')

/** Opens and checks every hash.
 *  @param report false leaves the report packed, which is most of the work where only figures are asked for
 *  @throws ProblemError package.not-a-package, package.damaged */
export const openPackage = (...of: Parameters<typeof packageSteps>): OpenPackage => atOnce(packageSteps(...of))

/** The same in steps. */
export function* packageSteps(bytes: Uint8Array, file: string, { report = true } = {}): Steps<OpenPackage> {
  const files = yield* zipSteps(bytes, ZIP_LIMITS, undefined, (name) => report || !isReport(name))
  const manifestBytes = files.get('manifest.json')
  if (!manifestBytes) throw new ProblemError(accountProblem('package.not-a-package', { file }, { file }))
  const damaged = (what: string): never => {
    throw new ProblemError(accountProblem('package.damaged', { what }, { file }))
  }
  const manifest = parseManifest(manifestBytes) ?? damaged('manifest.json')
  const listed = new Set(manifest.files.map((f) => f.name))
  for (const f of manifest.files) {
    const content = files.get(f.name)
    if (!content) damaged(f.name)
    else if (sha256(content) !== f.sha256) damaged(f.name)
    yield
  }
  for (const name of files.keys())
    if (!listed.has(name) && name !== 'manifest.json' && name !== 'SHA256SUMS' && !isReport(name)) damaged(name)
  const account = files.get(ACCOUNT_NAME) ?? damaged(ACCOUNT_NAME)
  return { id: sha256(manifestBytes), manifest, files, account: yield* accountSteps(textOf(account)) }
}

/** Files of the report by their name below it, with their size; each unpacks when it is asked for. */
export const reportFiles = (
  bytes: Uint8Array,
): ReadonlyMap<string, { readonly size: number; readonly bytes: () => Uint8Array }> =>
  new Map(
    openZip(bytes)
      .filter((e) => isReport(e.name) && !e.name.endsWith('/'))
      .map((e) => [e.name.slice('report/'.length), { size: e.size, bytes: () => e.bytes() }]),
  )

function parseManifest(bytes: Uint8Array): Manifest | undefined {
  try {
    const m = JSON.parse(textOf(bytes)) as Manifest
    return m.schema === PACKAGE_SCHEMA && Array.isArray(m.files) ? m : undefined
  } catch {
    return undefined
  }
}

/** Files under a folder of the package, by their name below it. */
export const below = (p: OpenPackage, folder: string): ReadonlyMap<string, Uint8Array> =>
  new Map([...p.files].filter(([n]) => n.startsWith(`${folder}/`)).map(([n, b]) => [n.slice(folder.length + 1), b]))
