// What is looked at: plain facts about machine, database, log, people and ports, gathered in one go. Nothing is judged here.
// Always holds: nothing is changed, and what cannot be seen is left out instead of guessed.

import { existsSync } from 'node:fs'
import { readFile, statfs } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { freemem, totalmem } from 'node:os'
import { ProblemError, text, type Instant, type Text } from '../../kernel/index.ts'
import { CHECKPOINT_PATH, openCheckpoint } from '../../core/evidence/index.ts'
import { connectOidc } from '../../core/identity/index.ts'
import { readHead } from '../../core/record/index.ts'
import { sql } from '../../core/store/index.ts'
import { logFolder, oidcSettingsOf, readUpkeep, type House, type SignInProvider } from '../house/index.ts'

export interface Facts {
  readonly at: Instant
  readonly engine: string
  readonly node: string
  /** Bytes. */
  readonly disk?: { readonly free: number; readonly total: number }
  readonly memory: { readonly free: number; readonly total: number }
  readonly font: boolean
  readonly database?: {
    readonly engine: string
    readonly version: string
    readonly acts: number
    readonly lastAct: Instant
    /** Since when the house exists. */
    readonly founded?: Instant
    /** People whose password is somebody else's choice; how many of them keep the house. */
    readonly unchanged: number
    readonly keepersUnchanged: number
    readonly failedJobs: number
    readonly failedClocks: number
    readonly samplePeople: number
  }
  /** Why the database does not answer. */
  readonly trouble?: string
  readonly journalProblems: number
  readonly backup?: { readonly at: Instant; readonly there: boolean; readonly restored?: Instant }
  readonly published?: {
    readonly size: number
    readonly at?: Instant
    readonly opens: boolean
    readonly cosigned: number
  }
  readonly witnesses: number
  /** The identity provider, where the house has one, and why it does not answer. */
  readonly provider?: { readonly issuer: string; readonly trouble?: Text }
  /** Addresses somebody listens at. */
  readonly ports: readonly { readonly host: string; readonly port: number; readonly behindProxy: boolean }[]
}

export interface Looking {
  readonly engine: string
  readonly ports: Facts['ports']
}

const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'

function hasFont(): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve(FONT))
  } catch {
    return false
  }
}

export async function lookAt(house: House, { engine, ports }: Looking): Promise<Facts> {
  const disk = await statfs(house.folder).catch(() => undefined)
  const database = await databaseFacts(house).catch((e: unknown) =>
    e instanceof ProblemError ? e : Promise.reject(e as Error),
  )
  const published = await publishedFacts(house)
  const { backup } = await readUpkeep(house.folder)
  const { signInProvider } = house.settings
  return {
    at: house.world.now(),
    engine,
    node: process.versions.node,
    ...(disk ? { disk: { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize } } : {}),
    memory: { free: await availableMemory(), total: totalmem() },
    font: hasFont(),
    ...(database instanceof ProblemError ? { trouble: database.problems[0]!.zh } : { database }),
    journalProblems: house.journal?.problems.length ?? 0,
    ...(backup ? { backup: await backupFacts(backup) } : {}),
    ...(published ? { published } : {}),
    witnesses: house.settings.witnesses.length,
    ...(signInProvider ? { provider: await providerFacts(signInProvider) } : {}),
    ports,
  }
}

/** What programs could still have; what the system caches counts as free. */
async function availableMemory(): Promise<number> {
  const told = await readFile('/proc/meminfo', 'utf8').catch(() => '')
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(told)?.[1]
  return kib === undefined ? freemem() : Number(kib) * 1024
}

async function databaseFacts({ store }: House): Promise<NonNullable<Facts['database']>> {
  const { frontier, recorded } = await readHead(store)
  const one = async (q: ReturnType<typeof sql>): Promise<number> =>
    Number((await store.query<{ n: bigint }>(q))[0]?.n ?? 0n)
  const [first] = await store.query<{ at: Instant }>(
    sql`select a.recorded_at as at from act a join log_leaf l on l.act = a.id where l.leaf_index = 0`,
  )
  const keepers = sql`exists (select 1 from role_grant g where g.person = c.person and g.revoked is null
    and g.role in ('administrator', 'security-officer'))`
  return {
    engine: store.engine,
    version: await store.version(),
    acts: frontier.size,
    lastAct: recorded,
    ...(first ? { founded: first.at } : {}),
    unchanged: await one(sql`select count(*) as n from credential c where c.must_change and c.password is not null`),
    keepersUnchanged: await one(sql`select count(*) as n from credential c where c.must_change and ${keepers}`),
    failedJobs: await one(sql`select count(*) as n from job where status = 'failed'`),
    failedClocks: await one(sql`select count(*) as n from timer where status = 'failed'`),
    samplePeople: await one(sql`select count(*) as n from person where login like 'shifan-%' and not disabled`),
  }
}

async function publishedFacts(house: House): Promise<Facts['published']> {
  const bytes = await logFolder(house.folder).read(CHECKPOINT_PATH)
  if (!bytes) return undefined
  try {
    const opened = openCheckpoint(bytes, await house.trust())
    return { size: opened.size, opens: true, cosigned: opened.cosignedBy.length }
  } catch {
    return { size: 0, opens: false, cosigned: 0 }
  }
}

/** Its metadata is read; nothing is signed in and no secret sent. */
async function providerFacts(provider: SignInProvider): Promise<NonNullable<Facts['provider']>> {
  const { issuer } = provider
  const found = await connectOidc(oidcSettingsOf(provider, undefined))
  return 'code' in found ? { issuer, trouble: text(found.zh, found.en) } : { issuer }
}

async function backupFacts(of: { readonly at: Instant; readonly file: string }): Promise<NonNullable<Facts['backup']>> {
  const mark = await readFile(`${of.file}.restored`, 'utf8').catch(() => '')
  const restored = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(mark)?.[0] as Instant | undefined
  return { at: of.at, there: existsSync(of.file), ...(restored === undefined ? {} : { restored }) }
}
