// `qingshan db restore`: a backup into a new folder, on either engine. The database gets exactly the migrations of the backup,
// then its rows, then what is newer. The key is the one beside the backup (FILE.keys) or a new one; which of them is said.
// Always holds: the folder is complete or it is no data folder: the settings are written last.

import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ProblemError, type Json } from '../../kernel/index.ts'
import { makeKey, root, verifierKeyOf } from '../../core/evidence/index.ts'
import { openFileStore } from '../../core/files/index.ts'
import { readHead } from '../../core/record/index.ts'
import { checkArchive, migrate, restoreArchive, type ArchiveHeader, type JournalHead } from '../../core/store/index.ts'
import {
  isPersonalKey,
  MIGRATIONS,
  noteRestore,
  openHouse,
  openStoreOf,
  placesOf,
  requireEmpty,
  writePersonalKey,
  writeSettings,
  writeWhole,
} from '../../server/index.ts'
import { databaseUrl, realWorld } from '../real-world.ts'
import { printProblems, progressBar } from '../terminal.ts'
import { keysFileOf, TABLES, type KeysFile } from './db-backup.ts'
import type { HouseOptions, RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'
import { pairsText } from './rows-text.ts'

interface Meta {
  readonly origin: string
  readonly zone: string
  readonly verifierKey: string
  readonly witnesses: readonly { readonly url: string; readonly verifierKey: string }[]
  readonly log: { readonly size: number; readonly root: string }
  readonly journal: JournalHead
}

export async function restore(file: string, folder: string, o: HouseOptions, env: RecordEnv): Promise<void> {
  requireEmpty(folder)
  const checked = await checkArchive(file)
  const meta = metaOf(file, checked.header)
  const keys = keysOf(file, meta)
  const world = realWorld()
  const url = databaseUrl(o.database)
  await mkdir(folder, { recursive: true })
  const store = await openStoreOf(folder, url)
  let problems
  try {
    await migrate(store, migrationsOf(checked.header))
    const bar = progressBar({ zh: '恢复', en: 'restore' })
    const names = checked.tables.map((t) => t.table)
    const summary = await restoreArchive(
      file,
      { store, files: openFileStore(placesOf(folder).files).archive },
      ({ part }) => bar.step(Math.max(0, names.indexOf(part)), names.length, TABLES),
    ).finally(bar.end)
    problems = summary.problems
    await migrate(store, MIGRATIONS)
    const { frontier } = await readHead(store)
    if (frontier.size !== meta.log.size || Buffer.from(root(frontier)).toString('hex') !== meta.log.root)
      throw new ProblemError(deskProblem('desk.backup-meta', { file }))
  } finally {
    await store.close()
  }
  const key = keys ?? makeKey(meta.origin, 'ed25519', world.random)
  await writeWhole(placesOf(folder).key, `${key.signerKey}\n`, 0o600)
  if (keys?.personalKey !== undefined && isPersonalKey(keys.personalKey))
    await writePersonalKey(folder, keys.personalKey)
  await writeSettings(folder, {
    origin: meta.origin,
    zone: meta.zone,
    verifierKey: key.verifierKey,
    witnesses: meta.witnesses,
    journalStart: meta.journal,
  })
  // Opening it is the proof: journal, record and roles come together.
  const house = await openHouse(folder, world, url)
  await house.close()
  // Beside the backup, so that the house it is of can say when it was last tried; a backup on a disk nobody may write is one too.
  await noteRestore(file, world.now()).catch(() => undefined)
  if (o.json)
    return env.out(
      JSON.stringify(
        {
          folder: resolve(folder),
          engine: house.store.engine,
          rows: checked.rows,
          log: meta.log,
          newKey: keys === undefined,
          verifierKey: key.verifierKey,
        },
        null,
        2,
      ),
    )
  env.out(`✓ 已恢复并打开核对 / restored and opened: ${resolve(folder)}`)
  env.out(
    pairsText([
      ['来源 from', `${checked.header.engine}，${checked.header.createdAt}`],
      ['数据库 database', house.store.engine],
      [
        '数据 data',
        `${checked.tables.length} 张表，${checked.rows} 行，${checked.files} 份文件 / ${checked.rows} rows`,
      ],
      ['日志 log', `${meta.log.size} 条，根一致 ${meta.log.root} / ${meta.log.size} entries, same root`],
      ['公钥 public key', key.verifierKey],
    ]),
  )
  env.out(
    keys
      ? `  已沿用 ${keysFileOf(file)} 中的签名密钥。/ The signing key of the backup goes on.`
      : '! 备份不含密钥，已生成新的签名密钥：请公布上面的新公钥，旧的检查点仍用旧公钥核验。\n  A new signing key was made: publish the key above; older checkpoints are verified with the old one.',
  )
  env.out('  恢复后请执行 qingshan log publish。/ Run qingshan log publish next.')
  printProblems(problems, env.out)
}

function metaOf(file: string, header: ArchiveHeader): Meta {
  const { origin, zone, log, journal } = header.meta as Readonly<Record<string, Json>>
  if (typeof origin !== 'string' || typeof zone !== 'string' || log === undefined || journal === undefined)
    throw new ProblemError(deskProblem('desk.backup-meta', { file }))
  return header.meta as unknown as Meta
}

/** The migrations the backup was made with, in its order. */
function migrationsOf(header: ArchiveHeader) {
  return header.migrations.map(({ id }) => {
    const found = MIGRATIONS.find((m) => m.id === id)
    if (!found) throw new ProblemError(deskProblem('desk.migrations-unknown', { id }))
    return found
  })
}

function keysOf(file: string, meta: Meta): KeysFile | undefined {
  const path = keysFileOf(file)
  if (!existsSync(path)) return undefined
  const differ = new ProblemError(deskProblem('desk.keys-differ', { file: path }))
  try {
    const keys = JSON.parse(readFileSync(path, 'utf8')) as KeysFile
    if (keys.verifierKey === meta.verifierKey && verifierKeyOf(keys.signerKey) === keys.verifierKey) return keys
  } catch {
    throw differ
  }
  throw differ
}
