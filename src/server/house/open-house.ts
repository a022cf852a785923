// Opens a data folder: lock, database, migrations, journal, record. Everything that knows people, rules and files is plugged in
// here; the command line and the server work with what this returns.
// Always holds: on the embedded database nothing is acknowledged before the journal has it, and one process holds the folder.

import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { civilDateIn, idMaker, ProblemError, type CivilDate, type Instant, type Uuid } from '../../kernel/index.ts'
import {
  anyVerifierOf,
  collectCosignatures,
  httpPost,
  publishLog,
  signerOf,
  sm2Signer,
  tileReader,
  type HashReader,
  type Signer,
  type Trust,
  type Verifier,
} from '../../core/evidence/index.ts'
import { loadCalendar } from '../../core/calendar/index.ts'
import { eraseDisposed, type FileStore } from '../../core/files/index.ts'
import {
  loadRoles,
  missingRegions,
  keepingPermit,
  permitOf,
  readRegions,
  scopesOf,
  stageRegions,
  type RoleBook,
} from '../../core/identity/index.ts'
import { restageImports, type ImportWorld } from '../../core/imports/index.ts'
import {
  ask,
  askPage,
  openRecorder,
  readHead,
  type Answer,
  type PageAnswer,
  type PageWanted,
  type Question,
  type Recorder,
  type Registry,
} from '../../core/record/index.ts'
import { loadRuleBook } from '../../core/rules/index.ts'
import {
  lockFolder,
  migrate,
  openJournal,
  openPglite,
  openPostgresql,
  sql,
  type Journal,
  type Store,
} from '../../core/store/index.ts'
import { storedPackages, type Packages } from '../../domains/accounting/office/index.ts'
import { logFolder, placesOf, readSettings, type HouseSettings } from './data-folder.ts'
import { houseRegistry, IMPORTS, MIGRATIONS } from './house-parts.ts'
import { personalKeyOf } from './personal-key.ts'
import { recordedFiles } from './recorded-files.ts'
import { documentsOf } from './documents-store.ts'
import { houseProblem } from './problems.ts'
import { takingTurns } from './taking-turns.ts'

export interface World {
  /** Folder of the checkout: rules/, roles/, regions/. */
  readonly checkout: string
  readonly now: () => Instant
  readonly random: (count: number) => Uint8Array
  readonly pid: number
}

export interface House {
  readonly folder: string
  readonly settings: HouseSettings
  readonly store: Store
  readonly journal: Journal | undefined
  readonly recorder: Recorder
  readonly registry: Registry
  readonly roles: RoleBook
  readonly files: FileStore
  /** Account packages of the file store, opened once for everybody. */
  readonly packages: Packages
  /** What imports are read with. */
  readonly importWorld: ImportWorld
  readonly world: World
  readonly newId: () => Uuid
  ask(question: Question): Promise<Answer>
  /** One page of a query that has a `table`. */
  askPage(question: Question, page: PageWanted): Promise<PageAnswer>
  /** Writes the log's tiles up to now and signs a checkpoint; asks the witnesses. Returns the checkpoint. */
  publish(): Promise<string>
  /** Public keys that proofs of this house are verified with. */
  trust(): Promise<Trust>
  /** Hashes of the published log of a size. */
  readonly tiles: (size: number) => HashReader
  close(): Promise<void>
}

/** PostgreSQL where DATABASE_URL names one, else the embedded database in the folder. */
export async function openStoreOf(folder: string, databaseUrl: string | undefined): Promise<Store> {
  if (databaseUrl !== undefined && databaseUrl !== '') return openPostgresql({ url: databaseUrl, connections: 16 })
  await mkdir(placesOf(folder).database, { recursive: true })
  return openPglite({ folder: placesOf(folder).database })
}

/** @throws ProblemError `house.…`, `store.…`, `journal.…` */
export async function openHouse(folder: string, world: World, databaseUrl?: string): Promise<House> {
  const settings = await readSettings(folder)
  const closing: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    while (closing.length > 0) await closing.pop()!()
  }
  try {
    closing.push(await lockFolder(folder, { pid: world.pid, startedAt: world.now() }))
    const store = await openStoreOf(folder, databaseUrl)
    closing.push(() => store.close())
    await migrate(store, MIGRATIONS)
    const journal =
      store.engine === 'pglite'
        ? await openJournal(placesOf(folder).journal, settings.journalStart ? { start: settings.journalStart } : {})
        : undefined
    if (journal) closing.push(() => journal.close())
    const { book: roles, problems } = await loadRoles(`${world.checkout}/roles`)
    if (problems.length > 0) throw new ProblemError(problems)
    const { book: rules } = await loadRuleBook(`${world.checkout}/rules`)
    const { calendar, problems: calendarProblems } = await loadCalendar(`${world.checkout}/calendar`)
    if (calendarProblems.length > 0) throw new ProblemError(calendarProblems)
    const files = await documentsOf(folder, settings)
    await files.sweep()
    const key = await personalKeyOf(folder, world.random)
    const packages = storedPackages((hash) => contentOf(files, hash), takingTurns())
    const readFile = (hash: string): Promise<Uint8Array | undefined> => contentOf(files, hash)
    const office = { packages, book: rules }
    const registry = houseRegistry(roles, (hash) => files.find(hash), office, calendar, key, readFile)
    const opened = await openRecorder({
      store,
      registry,
      permit: journal ? keepingPermit(roles) : permitOf(roles),
      rules,
      now: world.now,
      random: world.random,
      zone: settings.zone,
      ...(journal ? { journal } : {}),
    })
    closing.push(() => opened.close())
    // What could not be erased is told by a check of the house and tried again at the next start.
    const erase = async (): Promise<void> => {
      try {
        await eraseDisposed(store, files, await recordedFiles(store))
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
      }
    }
    // What was disposed of before an interruption, or stood in a backup that was restored.
    await erase()
    const recorder: Recorder = {
      ...opened,
      submit: async (submission) => {
        const outcome = await opened.submit(submission)
        if (outcome.ok && outcome.receipt.kind === 'document-disposed') await erase()
        return outcome
      },
    }
    await stageRegionsInForce(store, folder)
    const importWorld: ImportWorld = { store, readFile, key }
    await restageImports(importWorld, IMPORTS)
    const scopeOf = scopesOf(roles)
    const today = (): CivilDate => civilDateIn(world.now(), settings.zone)
    const trust = await trustOf(settings)
    return {
      folder,
      settings,
      store,
      journal,
      recorder,
      registry,
      roles,
      files,
      packages,
      importWorld,
      world,
      newId: idMaker({ now: world.now, random: world.random }),
      ask: (question) => ask({ registry, scopeOf, today: today() }, store, question),
      askPage: (question, page) => askPage({ registry, scopeOf, today: today() }, store, question, page),
      publish: () => publish(folder, settings, store, trust, world),
      trust: () => Promise.resolve(trust),
      tiles: (size) => tileReader(logFolder(folder).read, size),
      close,
    }
  } catch (e) {
    await close()
    throw e
  }
}

/** A whole document; undefined where it is not stored. @throws ProblemError `files.…` where it cannot be read */
export async function contentOf(files: FileStore, hash: string): Promise<Uint8Array | undefined> {
  if (!(await files.has(hash))) return undefined
  const pieces: Uint8Array[] = []
  for await (const piece of files.read(hash)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Whose signatures this house's log is believed by. */
async function trustOf(settings: HouseSettings): Promise<Trust> {
  const own = [settings.verifierKey, ...(settings.sm2VerifierKey === undefined ? [] : [settings.sm2VerifierKey])]
  return {
    logs: await Promise.all(own.map((k) => anyVerifierOf(k))),
    witnesses: await Promise.all(settings.witnesses.map((w) => anyVerifierOf(w.verifierKey))),
  }
}

async function signersOf(folder: string, settings: HouseSettings, random: World['random']): Promise<readonly Signer[]> {
  const read = async (path: string): Promise<string> => (await readFile(path, 'utf8')).trim()
  const own = signerOf(await read(placesOf(folder).key))
  return settings.sm2VerifierKey === undefined
    ? [own]
    : [own, await sm2Signer(await read(placesOf(folder).sm2Key), random)]
}

async function publish(
  folder: string,
  settings: HouseSettings,
  store: Store,
  trust: Trust,
  world: World,
): Promise<string> {
  const { frontier } = await readHead(store)
  const tiles = logFolder(folder)
  const post = httpPost
  return publishLog(tiles, {
    origin: settings.origin,
    frontier,
    entries: (from, to) => entriesOf(store, from, to),
    signers: await signersOf(folder, settings, world.random),
    trust: { logs: trust.logs, witnesses: [] },
    atSeconds: Math.floor(Date.parse(world.now()) / 1000),
    ...(settings.witnesses.length === 0
      ? {}
      : {
          cosign: async (checkpoint, proofFrom) =>
            (
              await collectCosignatures(
                settings.witnesses.map((w, i) => ({
                  url: w.url,
                  verifier: (trust.witnesses ?? [])[i] as Verifier,
                  lastSize: 0,
                })),
                { checkpoint, size: frontier.size, proofFrom, post },
              )
            ).checkpoint,
        }),
  })
}

/** How many entries are read at a time. */
const ENTRIES = 5000

async function* entriesOf(store: Store, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += ENTRIES) {
    const rows = await store.query<{ entry: Uint8Array }>(
      sql`select entry from log_leaf where leaf_index >= ${at} and leaf_index < ${Math.min(to, at + ENTRIES)} order by leaf_index`,
    )
    for (const r of rows) yield r.entry
  }
}

/** Regions stand in a file, not in the journal: where a rebuilt database lacks the edition in force, it is filled in again. */
async function stageRegionsInForce(store: Store, folder: string): Promise<void> {
  const missing = await missingRegions(store)
  if (missing === undefined) return
  const { rows, hash } = await readRegionsFile(placesOf(folder).regions)
  if (hash !== missing) throw new ProblemError(houseProblem('house.regions-missing', { hash: missing }))
  await stageRegions(store, rows, hash)
}

/** @throws ProblemError whatever is wrong with the file */
export async function readRegionsFile(file: string) {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new ProblemError(houseProblem('house.no-regions', { file }))
  const reading = readRegions(text)
  if (reading.problems.length > 0) throw new ProblemError(reading.problems)
  const hash = createHash('sha256').update(text).digest('hex')
  const { heading, rows } = reading
  if (!heading) throw new Error('regions.csv has no heading, and the reading says nothing of it')
  return { text, heading, rows, hash }
}
