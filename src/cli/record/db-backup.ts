// `qingshan db backup`: documents and database of one moment in one file, which is read back whole before it is called good.
// Keys stay in the house: whoever finds a backup must not be able to sign. `--with-keys` writes them beside, on purpose.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ProblemError } from '../../kernel/index.ts'
import { root } from '../../core/evidence/index.ts'
import { readHead } from '../../core/record/index.ts'
import { checkArchive, NO_ENTRY, writeArchive } from '../../core/store/index.ts'
import { archivedTables, findPersonalKey, noteBackup, placesOf, writeWhole } from '../../server/index.ts'
import { printProblems, progressBar } from '../terminal.ts'
import type { BackupOptions } from './database-commands.ts'
import { inHouse, type RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'
import { pairsText } from './rows-text.ts'

/** What stands beside a backup when keys were wanted, and where. */
export interface KeysFile {
  readonly signerKey: string
  readonly verifierKey: string
  /** Of personal codes; absent in files of earlier versions. */
  readonly personalKey?: string
}
export const keysFileOf = (file: string): string => `${file}.keys`

/** What the bars of backup and restore count. */
export const TABLES = { zh: '张表', en: 'tables' }

export async function backup(file: string, o: BackupOptions, env: RecordEnv): Promise<void> {
  if (o.withKeys && existsSync(keysFileOf(file)))
    throw new ProblemError(deskProblem('desk.exists', { file: keysFileOf(file) }))
  await inHouse(o, async (house) => {
    const bar = progressBar({ zh: '备份', en: 'backup' })
    const tables = archivedTables(house.registry)
    const place = new Map(tables.map((t, i) => [t.name, i]))
    const summary = await writeArchive(
      {
        store: house.store,
        tables,
        files: house.files.archive,
        createdAt: house.world.now(),
        meta: async (tx) => {
          const head = await readHead(tx)
          const journal = house.journal?.head()
          const { origin, zone, verifierKey, witnesses } = house.settings
          return {
            origin,
            zone,
            verifierKey,
            witnesses: witnesses.map((w) => ({ ...w })),
            log: { size: head.frontier.size, root: Buffer.from(root(head.frontier)).toString('hex') },
            journal: { n: Number(head.journal), chain: journal?.chain ?? NO_ENTRY.chain },
          }
        },
      },
      file,
      ({ part }) => bar.step(place.get(part) ?? 0, tables.length, TABLES),
    ).finally(bar.end)
    const read = await checkArchive(file)
    await noteBackup(house.folder, { at: house.world.now(), file: resolve(file) })
    if (o.withKeys) {
      const personalKey = await findPersonalKey(house.folder)
      const keys: KeysFile = {
        signerKey: readFileSync(placesOf(house.folder).key, 'utf8').trim(),
        verifierKey: house.settings.verifierKey,
        ...(personalKey === undefined ? {} : { personalKey }),
      }
      await writeWhole(keysFileOf(file), `${JSON.stringify(keys, null, 2)}\n`, 0o600)
    }
    if (o.json)
      return env.out(
        JSON.stringify(
          {
            file: resolve(file),
            rows: read.rows,
            tables: read.tables.length,
            files: read.files,
            meta: read.header.meta,
          },
          null,
          2,
        ),
      )
    const log = read.header.meta['log'] as { readonly size: number; readonly root: string }
    env.out(`✓ 已备份并读回核对 / backed up and read back: ${resolve(file)}`)
    env.out(
      pairsText([
        ['数据 data', `${read.tables.length} 张表，${read.rows} 行 / ${read.tables.length} tables, ${read.rows} rows`],
        ['文件 documents', `${read.files} 份，${read.fileBytes} 字节 / ${read.files}, ${read.fileBytes} bytes`],
        ['日志 log', `${log.size} 条，根 ${log.root} / ${log.size} entries`],
        [
          '密钥 keys',
          o.withKeys
            ? `另存于 ${resolve(keysFileOf(file))}，请分开保管 / written beside; keep it apart`
            : '未包含；恢复后换用新密钥，或用 --with-keys 另存 / not included; a restored house gets a new key',
        ],
      ]),
    )
    printProblems(summary.problems, env.out)
  })
}
