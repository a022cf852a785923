// The program of the crash stories: the market and the nursery over a data folder (or a server), driven by lines of JSON:
// submissions come in, outcomes go out in whatever order they are ready. It is killed at any moment.

import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { indicatorMigrations } from '../../src/core/indicators/index.ts'
import { ledgerMigrations } from '../../src/core/ledger/index.ts'
import {
  openRecorder,
  recordDomain,
  recordMigrations,
  registryOf,
  subjectTable,
  type AnyCommand,
  type Permit,
  type Submission,
} from '../../src/core/record/index.ts'
import type { RuleBook } from '../../src/core/rules/index.ts'
import {
  lockFolder,
  migrate,
  openJournal,
  openPglite,
  openPostgresql,
  restoreArchive,
  writeArchive,
} from '../../src/core/store/index.ts'
import { marketDomain, marketMigrations } from '../../src/domains/market/index.ts'
import { ProblemError, type Instant } from '../../src/kernel/index.ts'
import { auditRecord } from '../laws/record-audit.ts'
import { nurseryDomain, nurseryMigrations } from '../nursery.fixture.ts'

/** What comes in on one line. */
export type Asked = { readonly submit: Submission } | { readonly audit: true } | { readonly backup: string }

const everybodyMay: Permit = (_, asks) =>
  Promise.resolve(asks.map((a) => ({ person: a.person, role: a.role, place: a.place ?? '' })))
const say = (answer: unknown): void => void process.stdout.write(`${JSON.stringify(answer)}\n`)

const [folder, url, archive] = process.argv.slice(2) as [string, string, string | undefined]
const now = (): Instant => new Date().toISOString() as Instant

async function main(): Promise<void> {
  const embedded = url === 'embedded'
  await mkdir(folder, { recursive: true })
  if (embedded) await lockFolder(folder, { pid: process.pid, startedAt: now() })
  const store = embedded ? await openPglite({ folder: join(folder, 'database') }) : await openPostgresql({ url })
  await migrate(store, [
    ...ledgerMigrations,
    ...indicatorMigrations,
    ...recordMigrations,
    ...marketMigrations,
    ...nurseryMigrations,
  ])
  if (archive !== undefined) await restoreArchive(archive, { store })
  const found: { by?: (name: string) => AnyCommand | undefined } = {}
  const registry = registryOf([recordDomain((name) => found.by?.(name)), marketDomain, nurseryDomain])
  found.by = registry.findCommand
  const recorder = await openRecorder({
    store,
    registry,
    permit: everybodyMay,
    rules: {} as RuleBook,
    now,
    random: (n) => Uint8Array.from(randomBytes(n)),
    zone: '+08:00',
    ...(embedded ? { journal: await openJournal(join(folder, 'journal')) } : {}),
  })
  say({ ready: true })
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line) as Asked
    if ('submit' in asked) void recorder.submit(asked.submit).then((outcome) => say({ id: asked.submit.id, outcome }))
    else if ('audit' in asked) say({ audit: await auditRecord(store, registry.tables, ['欧阳某某']) })
    else {
      await writeArchive({ store, tables: [...registry.tables, subjectTable], createdAt: now() }, asked.backup)
      say({ backup: true })
    }
  }
  await recorder.close()
  await store.close()
}

main().catch((e: unknown) => {
  say({ stopped: e instanceof ProblemError ? e.problems.map((p) => p.code) : String(e) })
  process.exit(1)
})
