// Preview, filling in, letting go, and filling in again after a loss. Rows are filled in before the act that puts them in force;
// until then no query counts them.
// Always holds: filling in the same again changes nothing; what was accepted once is never written again but from a loss.

import { ProblemError, type Json, type Uuid } from '../../kernel/index.ts'
import { personalValueTable } from '../record/index.ts'
import { insertMissingRows, insertCells, cellsOf, name, putRows, sql, type Reader, type Store } from '../store/index.ts'
import { inputOf, type ImportInput } from './import-input.ts'
import type { Finding } from './findings.ts'
import type { AnyImport, Wish } from './model.ts'
import { importsProblem } from './problems.ts'
import { readImport, type ImportProgress, type Reading, type Sink } from './read-import.ts'
import { importStageTable, type ImportBatchRow } from './schema.ts'
import { openSource, type Source } from './source.ts'

export interface ImportWorld {
  readonly store: Store
  readonly readFile: (hash: string) => Promise<Uint8Array | undefined>
  /** The house's key for personal values, `HOUSE_KEY_BYTES` long. */
  readonly key: Uint8Array
}

export interface Preview {
  readonly batch: Uuid
  readonly sheets: readonly string[]
  readonly sheet: string | undefined
  readonly headings: readonly string[]
  readonly mapping: Readonly<Record<string, string>>
  readonly unmapped: readonly string[]
  readonly counts: Reading['counts']
  readonly findings: readonly Finding[]
  readonly digest: string
  /** What the command is submitted with, beside reasons; absent where something is red. */
  readonly input?: ImportInput
}

/** Writes nothing. @throws ProblemError what keeps the file from being read at all */
export const previewImport = (
  world: ImportWorld,
  declared: AnyImport,
  wish: Wish,
  progress?: ImportProgress,
): Promise<Preview> => run(world, declared, wish, { stage: false, ...(progress ? { progress } : {}) })

/** The same, and fills the rows in where nothing is red. They count when the act has put them in force. */
export const stageImport = (
  world: ImportWorld,
  declared: AnyImport,
  wish: Wish,
  progress?: ImportProgress,
): Promise<Preview> => run(world, declared, wish, { stage: true, ...(progress ? { progress } : {}) })

async function run(
  world: ImportWorld,
  declared: AnyImport,
  wish: Wish,
  { stage, progress }: { readonly stage: boolean; readonly progress?: ImportProgress },
): Promise<Preview> {
  const source = await sourceOf(world, declared, wish)
  const remembered = await rememberedMapping(world.store, declared.name, wish.place)
  let accepted: ImportBatchRow | undefined
  const sink = async (batch: Uuid): Promise<Sink | undefined> => {
    accepted = await batchRow(world.store, batch)
    if (!stage || accepted) return undefined
    await dropStage(world.store, declared, batch)
    return sinkOf(world.store, batch)
  }
  const reading = await readImport(
    declared,
    world.store,
    {
      source,
      mapping: { ...(wish.mapping ? { said: wish.mapping } : {}), remembered },
      version: declared.version,
      place: wish.place,
      file: wish.file,
      options: wish.options ?? {},
      key: world.key,
    },
    { sink, ...(progress ? { progress } : {}) },
  )
  const { batch } = reading
  const findings = accepted?.in_force === true ? [...doneAlready(accepted), ...reading.findings] : reading.findings
  const red = findings.some((f) => f.severity === 'red')
  if (stage && !accepted) {
    if (red) await dropStage(world.store, declared, batch)
    else await noteStage(world.store, reading)
  }
  return {
    batch,
    sheets: source.sheets,
    sheet: source.sheet,
    headings: source.headings.map((h) => h.text || `#${h.column}`),
    mapping: reading.mapping,
    unmapped: reading.unmapped,
    counts: { ...reading.counts, red: findings.reduce((n, f) => n + (f.severity === 'red' ? f.count : 0), 0) },
    findings,
    digest: reading.digest,
    ...(red ? {} : { input: inputOf(reading, wish, source.sheet) }),
  }
}

const doneAlready = (row: ImportBatchRow): readonly Finding[] => {
  const problem = importsProblem('imports.done-already', { name: row.file_name })
  return [{ code: problem.code, severity: 'red', count: 1, first: [problem] }]
}

async function sourceOf(
  world: ImportWorld,
  declared: AnyImport,
  wish: Pick<Wish, 'file' | 'fileName' | 'sheet'>,
): Promise<Source> {
  const bytes = await world.readFile(wish.file)
  if (!bytes) throw new ProblemError(importsProblem('imports.file-missing', { file: wish.file }))
  return openSource({
    bytes,
    name: wish.fileName,
    ...(wish.sheet === undefined ? {} : { sheet: wish.sheet }),
    maps: declared.maps === true,
    title: declared.title,
  })
}

async function rememberedMapping(reader: Reader, of: string, place: string): Promise<Readonly<Record<string, string>>> {
  const [found] = await reader.query<{ mapping: Json }>(
    sql`select mapping from import_mapping where import = ${of} and place = ${place}`,
  )
  return (found?.mapping ?? {}) as Readonly<Record<string, string>>
}

const batchRow = async (reader: Reader, batch: string): Promise<ImportBatchRow | undefined> =>
  (await reader.query<ImportBatchRow>(sql`select * from import_batch where id = ${batch}::uuid`))[0]

/** @param erased commitments whose values are gone for good */
const sinkOf = (store: Store, batch: Uuid, erased: ReadonlySet<string> = new Set()): Sink => ({
  rows: async (table, rows) => {
    await store.query(
      insertCells(
        table,
        rows.map((r) => cellsOf(table, r)),
      ),
    )
  },
  personal: async (values) => {
    await store.query(
      insertMissingRows(
        personalValueTable,
        values.map(({ commitment, path, grade, salt, value }) => ({
          commitment,
          act: batch,
          path,
          grade,
          ...(erased.has(commitment) ? { salt: null, value: null } : { salt, value }),
        })),
      ),
    )
  },
})

const noteStage = (store: Store, { batch, counts, digest, findings }: Reading): Promise<unknown> =>
  store.query(
    putRows(importStageTable, [
      {
        batch,
        complete: true,
        lines: counts.lines,
        left_out: counts.leftOut,
        digest,
        yellow: findings.filter((f) => f.severity === 'yellow').map((f) => f.code),
      },
    ]),
  )

/** Lets go of rows that were filled in and not accepted; does nothing to others. */
export async function dropStage(store: Store, declared: AnyImport, batch: Uuid): Promise<void> {
  await store.transaction(async (tx) => {
    if (await batchRow(tx, batch)) return
    await tx.query(sql`delete from import_stage where batch = ${batch}::uuid`)
    await clear(tx, declared, batch)
  })
}

/** Rows stand in files, not in the journal: what a rebuilt database lacks is read again from them.
 *  @returns batches that were filled in @throws ProblemError `imports.rows-missing`, `imports.digest-differs` */
export async function restageImports(world: ImportWorld, all: readonly AnyImport[]): Promise<readonly Uuid[]> {
  const batches = await world.store.query<ImportBatchRow>(
    sql`select b.* from import_batch b where not exists (select 1 from import_stage s where s.batch = b.id and s.complete)
        order by b.id`,
  )
  if (batches.length === 0) return []
  const erased = await erasedCommitments(world.store)
  for (const row of batches) {
    const declared = all.find((d) => d.name === row.import)
    if (!declared) throw new ProblemError(importsProblem('imports.unknown', { name: row.import, names: '' }))
    await restage(world, declared, row, erased)
  }
  return batches.map((b) => b.id as Uuid)
}

async function restage(
  world: ImportWorld,
  declared: AnyImport,
  row: ImportBatchRow,
  erased: ReadonlySet<string>,
): Promise<void> {
  const values = { batch: row.id, name: row.file_name, file: row.file }
  const source = await sourceOf(world, declared, {
    file: row.file,
    fileName: row.file_name,
    ...(row.sheet === null ? {} : { sheet: row.sheet }),
  }).catch((e: unknown) => {
    if (e instanceof ProblemError)
      throw new ProblemError([importsProblem('imports.rows-missing', values), ...e.problems])
    throw e
  })
  const mapping = row.mapping as Readonly<Record<string, string>>
  await clear(world.store, declared, row.id)
  // What was left out then is left out now: what the office chose since is no reason to read the file differently.
  const left = Object.keys(declared.columns.fields).filter((c) => !(c in mapping))
  const reading = await readImport(
    again(declared),
    world.store,
    {
      source,
      mapping: { said: { ...Object.fromEntries(left.map((c) => [c, '-'])), ...mapping } },
      version: row.version,
      place: row.place,
      file: row.file,
      options: row.options,
      key: world.key,
    },
    { sink: (batch) => Promise.resolve(sinkOf(world.store, batch, erased)) },
  )
  if (reading.batch !== row.id || reading.digest !== row.digest) {
    await clear(world.store, declared, row.id)
    throw new ProblemError(importsProblem('imports.digest-differs', values))
  }
  await noteStage(world.store, reading)
}

/** Nothing of a reading that was not right is left behind. */
async function clear(store: Reader, declared: AnyImport, batch: string): Promise<void> {
  for (const t of declared.tables) await store.query(sql`delete from ${name(t.name)} where batch = ${batch}::uuid`)
  await store.query(sql`delete from personal_value where act = ${batch}::uuid`)
}

/** Without what may depend on the day: the file was found right when it came. */
const again = ({ lookups: _, check: __, finish: ___, region: ____, ...rest }: AnyImport): AnyImport => rest

async function erasedCommitments(reader: Reader): Promise<ReadonlySet<string>> {
  const acts = await reader.query<{ effects: string }>(sql`select effects from act where effects like '%"erases":%'`)
  return new Set(
    acts.flatMap(({ effects }) => (JSON.parse(effects) as { readonly erases?: readonly string[] }).erases ?? []),
  )
}
