// `qingshan audit copy`: a folder an auditor opens without network. Who may draw it, and what it shows, is the auditor's own
// role, region and grade.

import type { Command } from 'commander'
import { civilDate, defineProblems, ProblemError, type Text } from '../kernel/index.ts'
import { verifierScript } from './log-command.ts'
import { databaseUrl, dataFolder, realWorld } from './real-world.ts'
import { printProblems, progressBar } from './terminal.ts'

const problem = defineProblems({
  'audit-command.outside': {
    severity: 'red',
    zh: '地区 {region} 不在您的审计范围内。',
    en: 'Region {region} is outside your reach.',
    hint: { zh: '请核对地区代码和所用角色。', en: 'Check the code of the region and the role.' },
  },
  'audit-command.nothing-published': {
    severity: 'red',
    zh: '日志还没有发布过。',
    en: 'The log has not been published yet.',
    hint: { zh: '先执行 qingshan log publish。', en: 'Run qingshan log publish first.' },
  },
})

const STAGES = {
  acts: { zh: '行为', en: 'acts' },
  log: { zh: '日志', en: 'log' },
  workbooks: { zh: '工作簿', en: 'workbooks' },
  manifest: { zh: '清单', en: 'manifest' },
} as const satisfies Record<string, Text>

interface Options {
  readonly region: string
  readonly from: string
  readonly to: string
  readonly as?: string
  readonly role: string
  readonly seed?: string
  readonly sample?: string
  readonly data?: string
  readonly database?: string
}

export function addAuditCommand(program: Command, env: { readonly out: (s: string) => void }): void {
  program
    .command('audit')
    .description('审计 / audit')
    .command('copy <folder>')
    .description('写出审计副本：不联网即可查阅、核验 / write an audit copy that is read and verified offline')
    .requiredOption('--region <code>', '地区代码 / code of the region')
    .requiredOption('--from <date>', '起日 / from')
    .requiredOption('--to <date>', '止日 / to')
    .option('--as <login>', '以谁的身份 / who asks')
    .option('--role <role>', '以哪个角色 / in which role', 'auditor')
    .option('--seed <text>', '抽样种子，印在副本上 / seed of the sample, printed in the copy')
    .option('--sample <n>', '抽样件数 / acts in the sample')
    .option('--data <folder>', '数据文件夹 / data folder')
    .option('--database <url>', 'PostgreSQL 地址 / address of a PostgreSQL server')
    .action(async (folder: string, o: Options) => {
      try {
        await copy(folder, o, env.out)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, env.out)
        process.exitCode = 1
      }
    })
}

async function copy(folder: string, o: Options, out: (s: string) => void): Promise<void> {
  const { logFolder, openHouse } = await import('../server/index.ts')
  const { writeAuditCopy } = await import('../domains/supervision/index.ts')
  const { askAs } = await import('./who.ts')
  const world = realWorld()
  const house = await openHouse(dataFolder(o.data), world, databaseUrl(o.database))
  try {
    const [reach] = await askAs(house, o, 'auditReach', { region: o.region })
    if (!reach) throw new ProblemError(problem('audit-command.outside', { region: o.region }))
    const log = logFolder(house.folder)
    const checkpoint = await log.read('checkpoint')
    if (!checkpoint) throw new ProblemError(problem('audit-command.nothing-published'))
    const { verifierKey, sm2VerifierKey, witnesses, zone } = house.settings
    const bar = progressBar({ zh: '审计副本', en: 'audit copy' })
    const report = await writeAuditCopy(
      {
        store: house.store,
        registry: house.registry,
        roles: house.roles,
        files: house.files,
        log: { read: log.read, checkpoint: Buffer.from(checkpoint).toString('utf8') },
        verifier: {
          script: verifierScript(),
          keys: {
            logs: [verifierKey, ...(sm2VerifierKey === undefined ? [] : [sm2VerifierKey])],
            witnesses: witnesses.map((w) => w.verifierKey),
            quorum: 0,
          },
        },
      },
      {
        region: o.region,
        from: civilDate(o.from),
        to: civilDate(o.to),
        grade: reach['grade'] as 'public' | 'internal' | 'restricted' | 'personal',
        seed: o.seed ?? Buffer.from(world.random(8)).toString('hex'),
        now: world.now(),
        zone,
        ...(o.sample === undefined ? {} : { sample: Number(o.sample) }),
      },
      folder,
      (at) => bar.step(at.done, at.of, STAGES[at.stage]),
    )
    bar.end()
    out(
      `✓ 审计副本：${report.acts} 件行为、${report.postings} 条分录、抽样 ${report.sampled.length} 件 / audit copy: ${report.acts} acts, ${report.postings} postings, sample of ${report.sampled.length}\n  ${report.folder}/index.html\n  清单校验值（写入随附公函） / hash of the manifest, for the letter that goes with it:\n  ${report.manifest}`,
    )
  } finally {
    await house.close()
  }
}
