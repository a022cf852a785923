// `qingshan db check`: the database against its acts, its journal and the zero sum; or a backup against its own hashes.

import { resolve } from 'node:path'
import { filesProblem, findDisposed } from '../../core/files/index.ts'
import { broughtBatchIds, checkImports } from '../../core/imports/index.ts'
import { zeroSumReport } from '../../core/ledger/index.ts'
import { secondOpinion } from '../../core/places/index.ts'
import { checkRecord, type CheckReport } from '../../core/record/index.ts'
import { checkArchive } from '../../core/store/index.ts'
import type { Problem } from '../../kernel/index.ts'
import { BESIDE, IMPORTS, placesOf, recordedFiles } from '../../server/index.ts'
import { printProblems, progressBar } from '../terminal.ts'
import type { CheckOptions } from './database-commands.ts'
import { inHouse, type RecordEnv } from './desk.ts'
import { pairsText } from './rows-text.ts'

const STAGES = { acts: '行为', rows: '数据行', personal: '个人信息', ledger: '账本', journal: '操作日志' } as const

export async function check(o: CheckOptions, env: RecordEnv): Promise<void> {
  if (o.backup !== undefined) return checkBackup(o.backup, o, env)
  await inHouse(o, async (house) => {
    const found: Problem[] = [...(house.journal?.problems ?? [])]
    const bar = progressBar({ zh: '核对', en: 'check' })
    const { journal } = house
    const start = house.settings.journalStart
    const report = await checkRecord(house.store, house.registry, {
      tell: (p) => found.push(p),
      progress: (at) => bar.step(at.done, at.of, { zh: STAGES[at.stage], en: at.stage }),
      beside: BESIDE,
      brought: await broughtBatchIds(house.store),
      ...(journal
        ? {
            journal: {
              dir: placesOf(house.folder).journal,
              read: () => journal.read((start?.n ?? 0) + 1),
              ...(start ? { start } : {}),
            },
          }
        : {}),
    }).finally(bar.end)
    const imports = await checkImports(house.store, IMPORTS, (p) => found.push(p))
    const named = await recordedFiles(house.store)
    const files = await house.files.check(named)
    found.push(...files.problems)
    for (const file of await findDisposed(house.store, house.files, named))
      found.push(filesProblem('files.disposed-stands', { file }))
    const postgis = await secondOpinion(house.store, (p) => found.push(p))
    const zero = await zeroSumReport(house.store)
    const red = found.filter((p) => p.severity === 'red').length
    if (red > 0 || !zero.fits) process.exitCode = 1
    if (o.json)
      return env.out(
        JSON.stringify(
          { acts: report.acts, rows: Object.fromEntries(report.rows), zeroSum: zero.fits, problems: found },
          null,
          2,
        ),
      )
    printProblems(found, env.out)
    const rows = [...report.rows.values()].reduce((s, n) => s + n, 0)
    env.out(
      red === 0 && zero.fits
        ? '✓ 数据库与全部行为一致 / the database says what its acts say'
        : `✗ 发现 ${red} 处问题 / ${red} findings`,
    )
    env.out(
      pairsText([
        ['行为 acts', String(report.acts)],
        ['数据行 rows', String(rows)],
        ['个人信息 personal values', `${report.personal.kept}（已删除 ${report.personal.erased} erased）`],
        ['导入 imports', `${imports.batches} 批，${imports.rows} 行 / ${imports.rows} rows`],
        ['附件 documents', `${files.files} 份，${files.bytes} 字节 / ${files.bytes} bytes`],
        ...(postgis
          ? [[`PostGIS ${postgis.version}`, `复核图形 ${postgis.shapes} 个 / ${postgis.shapes} shapes seen`] as const]
          : []),
        ['零和 zero sum', zero.fits ? '平衡 fits' : '不平衡 does not fit'],
        ...leftOutPairs(report.leftOut),
      ]),
    )
  })
}

/** Tables that were not compared, one line a reason. */
function leftOutPairs(leftOut: CheckReport['leftOut']): readonly (readonly [string, string])[] {
  const whys = [...new Set(leftOut.map((l) => l.why.zh))]
  return whys.map((why, i) => [
    i === 0 ? '未核对 left out' : '',
    `${why}：${leftOut
      .filter((l) => l.why.zh === why)
      .map((l) => l.table)
      .join('、')}`,
  ])
}

async function checkBackup(file: string, o: CheckOptions, env: RecordEnv): Promise<void> {
  const s = await checkArchive(file)
  if (o.json) return env.out(JSON.stringify({ rows: s.rows, files: s.files, meta: s.header.meta }, null, 2))
  env.out(`✓ 备份完好 / the backup is whole: ${resolve(file)}`)
  env.out(
    pairsText([
      ['来源 from', `${s.header.engine}，${s.header.createdAt}`],
      ['数据 data', `${s.tables.length} 张表，${s.rows} 行，${s.files} 份文件 / ${s.rows} rows, ${s.files} documents`],
    ]),
  )
  printProblems(s.problems, env.out)
}
