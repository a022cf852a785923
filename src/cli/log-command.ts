// `qingshan log publish|proof|verify|fsck|key|page` and `qingshan witness`: the public log. Publishing needs the data folder;
// verifying needs the files and the public keys only, and no network.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { defineProblems, MASK, ProblemError, type Uuid } from '../kernel/index.ts'
import { houseFolder } from './house.ts'
import { databaseUrl, dataFolder, realWorld } from './real-world.ts'
import { printProblems, progressBar } from './terminal.ts'
import { writeWhole } from './write-whole.ts'

const problem = defineProblems({
  'log-command.no-key': {
    severity: 'red',
    zh: '没有给出公钥。',
    en: 'No public key was given.',
    hint: {
      zh: '用 --key 给出日志的公钥（从可信处得到），或用 --data 指向数据文件夹。',
      en: 'Give the log’s public key with --key, from a place you trust, or the data folder with --data.',
    },
  },
  'log-command.no-file': {
    severity: 'red',
    zh: '找不到“{file}”。',
    en: '"{file}" is not there.',
    hint: { zh: '请核对路径。', en: 'Check the path.' },
  },
  'log-command.no-act': {
    severity: 'red',
    zh: '没有编号为 {act} 的行为，或不在您的范围内。',
    en: 'There is no act {act}, or it is outside your reach.',
    hint: { zh: '请核对编号和所用角色。', en: 'Check the id and the role.' },
  },
  'log-command.not-shown': {
    severity: 'red',
    zh: '该行为的内容高于此角色可见的等级，不能导出凭证。',
    en: 'The act is graded above what this role may see; its proof cannot be exported.',
    hint: { zh: '请以可见该内容的角色导出。', en: 'Export it in a role that may see it.' },
  },
  'log-command.not-published': {
    severity: 'red',
    zh: '该行为（第 {leaf} 条）尚未发布；已发布到第 {size} 条之前。',
    en: 'The act (leaf {leaf}) is not published yet; published are the first {size}.',
    hint: { zh: '先执行 qingshan log publish。', en: 'Run qingshan log publish first.' },
  },
  'log-command.has-sm2': {
    severity: 'red',
    zh: '该日志已有 SM2 密钥。',
    en: 'The log has an SM2 key already.',
    hint: { zh: '换钥须先由安全管理员停用旧钥。', en: 'To change it, the security officer retires the old one first.' },
  },
  'log-command.page-missing': {
    severity: 'red',
    zh: '缺少核验页的脚本 dist/verifier-page.js。',
    en: 'The script of the verifier page, dist/verifier-page.js, is missing.',
    hint: {
      zh: '执行一次 npm start 或 node tools/qingshan.mjs 即会生成。',
      en: 'Run npm start or node tools/qingshan.mjs once.',
    },
  },
})

interface DataOptions {
  readonly data?: string
  readonly database?: string
}
interface KeyOptions extends DataOptions {
  readonly key?: readonly string[]
  readonly witness?: readonly string[]
  readonly quorum?: string
}

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

export interface LogEnv {
  readonly out: (s: string) => void
}

/** The script of the verifier page as the build made it. @throws ProblemError `log-command.page-missing` */
export function verifierScript(): string {
  const file = join(houseFolder(), 'dist', 'verifier-page.js')
  if (!existsSync(file)) throw new ProblemError(problem('log-command.page-missing'))
  return readFileSync(file, 'utf8').trim()
}

export function addLogCommand(program: Command, env: LogEnv): void {
  const log = program.command('log').description('公开日志：发布、凭证、核验 / the public log: publish, prove, verify')
  const telling =
    <A extends unknown[]>(run: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      try {
        await run(...args)
      } catch (e) {
        if (!(e instanceof ProblemError)) throw e
        printProblems(e.problems, env.out)
        process.exitCode = 1
      }
    }
  const withData = (c: Command): Command =>
    c
      .option('--data <folder>', '数据文件夹 / data folder')
      .option('--database <url>', 'PostgreSQL 地址 / address of a PostgreSQL server')
  const withKeys = (c: Command): Command =>
    withData(c)
      .option('--key <key>', '日志公钥，可多次 / public key of the log, repeatable', many)
      .option('--witness <key>', '见证方公钥，可多次 / public key of a witness, repeatable', many)
      .option('--quorum <n>', '要求的见证方数 / cosignatures wanted')

  const open = async (o: DataOptions) => {
    const { openHouse } = await import('../server/index.ts')
    return openHouse(dataFolder(o.data), realWorld(), databaseUrl(o.database))
  }

  withData(log.command('publish'))
    .description('写出日志文件并签名 / write the log’s files and sign them')
    .action(
      telling(async (o: DataOptions) => {
        const house = await open(o)
        try {
          const checkpoint = await house.publish()
          const [origin, size] = checkpoint.split('\n')
          env.out(`✓ 日志已发布：${size} 条 / published: ${size} entries\n  ${origin}\n  ${join(house.folder, 'log')}`)
        } finally {
          await house.close()
        }
      }),
    )

  withData(log.command('key'))
    .description('显示日志的公钥 / show the public key of the log')
    .action(
      telling(async (o: DataOptions) => {
        const { readSettings } = await import('../server/index.ts')
        const { verifierKey, sm2VerifierKey } = await readSettings(dataFolder(o.data))
        env.out([verifierKey, ...(sm2VerifierKey === undefined ? [] : [sm2VerifierKey])].join('\n'))
      }),
    )

  withData(log.command('add-sm2'))
    .description('为日志加一把国密 SM2 联署密钥 / give the log an SM2 key to counter-sign with')
    .action(
      telling(async (o: DataOptions) => {
        const { placesOf, readSettings, writeSettings, writeWhole: keep } = await import('../server/index.ts')
        const { makeSm2Key } = await import('../core/evidence/index.ts')
        const folder = dataFolder(o.data)
        const settings = await readSettings(folder)
        if (settings.sm2VerifierKey !== undefined) throw new ProblemError(problem('log-command.has-sm2'))
        const key = await makeSm2Key(settings.origin, realWorld().random)
        await keep(placesOf(folder).sm2Key, `${key.signerKey}\n`, 0o600)
        await writeSettings(folder, { ...settings, sm2VerifierKey: key.verifierKey })
        env.out(`✓ SM2 公钥，下次发布起联署 / SM2 public key, signs from the next publication on:\n${key.verifierKey}`)
      }),
    )

  withData(log.command('add-witness <url> <key>'))
    .description('登记一位见证方 / name a witness')
    .action(
      telling(async (url: string, key: string, o: DataOptions) => {
        const { readSettings, writeSettings } = await import('../server/index.ts')
        const { anyVerifierOf } = await import('../core/evidence/index.ts')
        const folder = dataFolder(o.data)
        const settings = await readSettings(folder)
        const { name } = await anyVerifierOf(key)
        const others = settings.witnesses.filter((w) => w.verifierKey !== key)
        await writeSettings(folder, { ...settings, witnesses: [...others, { url, verifierKey: key }] })
        env.out(`✓ 见证方 ${name} / witness ${name}: ${url}`)
      }),
    )

  withData(log.command('proof <act> <file>'))
    .description('导出一件行为的凭证 / export the proof of an act')
    .requiredOption('--as <login>', '以谁的身份 / who asks')
    .requiredOption('--role <role>', '以哪个角色 / in which role')
    .action(
      telling(async (act: string, file: string, o: DataOptions & { readonly as: string; readonly role: string }) => {
        const { askAs } = await import('./who.ts')
        const { makeProof, publishedCheckpoint, writeProof } = await import('../core/evidence/index.ts')
        const { logFolder } = await import('../server/index.ts')
        const house = await open(o)
        try {
          const [found] = await askAs(house, o, 'actContent', { act: act as Uuid })
          if (!found) throw new ProblemError(problem('log-command.no-act', { act }))
          const { content, salt, leaf } = found as Readonly<Record<string, string>>
          if (content === MASK || salt === MASK) throw new ProblemError(problem('log-command.not-shown'))
          const folder = logFolder(house.folder)
          const published = await publishedCheckpoint(folder, { ...(await house.trust()), witnesses: [] })
          const size = published?.size ?? 0
          if (Number(leaf) >= size) throw new ProblemError(problem('log-command.not-published', { leaf: leaf!, size }))
          const checkpoint = Buffer.from((await folder.read('checkpoint'))!).toString('utf8')
          const proof = await makeProof({
            act: content!,
            salt: Uint8Array.from(Buffer.from(salt!, 'hex')),
            index: Number(leaf),
            revealed: [],
            read: folder.read,
            checkpoint,
          })
          writeWhole(file, Buffer.from(writeProof(proof)))
          env.out(`✓ 凭证已写入 / proof written: ${file}`)
        } finally {
          await house.close()
        }
      }),
    )

  withKeys(log.command('verify <file>'))
    .description('离线核验一份凭证 / verify a proof, offline')
    .action(
      telling(async (file: string, o: KeyOptions) => {
        const { verifyProof } = await import('../core/evidence/index.ts')
        if (!existsSync(file)) throw new ProblemError(problem('log-command.no-file', { file }))
        const verdict = verifyProof(readFileSync(file, 'utf8'), await trustOf(o))
        const mark = { ok: '✓', failed: '✗', 'not-checked': '·' } as const
        for (const s of verdict.steps) env.out(`${mark[s.outcome]} ${s.zh}（${s.standard}）\n    ${s.en}`)
        env.out(verdict.holds ? '✓ 凭证成立 / the proof holds' : '✗ 凭证不成立 / the proof does not hold')
        if (!verdict.holds) process.exitCode = 1
      }),
    )

  withKeys(log.command('fsck [folder]'))
    .description(
      '核对日志的全部文件；加 --acts 连同数据库里的行为 / check all files of a log; with --acts the acts of the database too',
    )
    .option('--acts', '同时核对数据库 / with the database')
    .action(
      telling(async (folder: string | undefined, o: KeyOptions & { readonly acts?: true }) => {
        const { fsck } = await import('../core/evidence/index.ts')
        const root = folder ?? join(dataFolder(o.data), 'log')
        const read = async (path: string): Promise<Uint8Array | undefined> => {
          const bytes = await readFile(join(root, path)).catch(() => undefined)
          return bytes && Uint8Array.from(bytes)
        }
        const checkpoint = await read('checkpoint')
        if (!checkpoint) throw new ProblemError(problem('log-command.no-file', { file: join(root, 'checkpoint') }))
        const house = o.acts ? await open(o) : undefined
        try {
          const { keptActs } = await import('../core/record/index.ts')
          const bar = progressBar({ zh: '核对日志', en: 'checking the log' })
          const found = await fsck({
            read,
            checkpoint,
            trust: await trustOf(o),
            progress: (leaves) => bar.step(leaves, leaves, { zh: `${leaves} 条`, en: `${leaves} entries` }),
            ...(house ? { acts: keptActs(house.store) } : {}),
          })
          bar.end()
          printProblems(found.problems, env.out)
          if (found.problems.length > 0) process.exitCode = 1
          else env.out(`✓ 日志完好：${found.size} 条 / the log is whole: ${found.size} entries`)
        } finally {
          await house?.close()
        }
      }),
    )

  withKeys(log.command('page <file>'))
    .description('写出不联网的核验网页 / write the verifier page, which works offline')
    .action(
      telling(async (file: string, o: KeyOptions) => {
        const { buildVerifierPage } = await import('../core/evidence/index.ts')
        const { logs, witnesses, quorum } = await keysOf(o)
        writeFileSync(file, buildVerifierPage(verifierScript(), { logs, witnesses, quorum }))
        env.out(`✓ 核验页 / verifier page: ${file}`)
      }),
    )

  program
    .command('witness')
    .description('见证方：核对各日志只增不改并联署 / a witness: sees that logs only grow, and cosigns')
    .requiredOption('--key <file>', '见证方密钥文件，没有则新建 / key file of the witness, made if missing')
    .requiredOption('--state <file>', '状态文件 / state file')
    .requiredOption('--log <key>', '所见证日志的公钥，可多次 / public key of a log it watches, repeatable', many)
    .option('--name <name>', '新建密钥时的名称 / name for a new key', 'witness.example')
    .option('--port <port>', '端口 / port', '7791')
    .option('--host <host>', '监听地址 / address to listen on', '127.0.0.1')
    .action(
      telling(
        async (o: {
          readonly key: string
          readonly state: string
          readonly log: readonly string[]
          readonly name: string
          readonly port: string
          readonly host: string
        }) => {
          const e = await import('../core/evidence/index.ts')
          const world = realWorld()
          if (!existsSync(o.key)) {
            const made = e.makeKey(o.name, 'cosignature', world.random)
            writeFileSync(o.key, `${made.signerKey}\n`, { mode: 0o600 })
            env.out(`新的见证方公钥 / public key of the new witness:\n${made.verifierKey}`)
          }
          const verifiers = await Promise.all(o.log.map((k) => e.anyVerifierOf(k)))
          const running = await e.startWitness({
            signer: e.signerOf(readFileSync(o.key, 'utf8').trim()),
            logs: new Map(verifiers.map((v) => [v.name, [v]])),
            stateFile: o.state,
            port: Number(o.port),
            host: o.host,
            nowSeconds: () => Math.floor(Date.parse(world.now()) / 1000),
          })
          env.out(`见证方在 ${running.address} / the witness listens at ${running.address}`)
          const stop = (): void => void running.close().then(() => process.exit(0))
          process.once('SIGINT', stop)
          process.once('SIGTERM', stop)
        },
      ),
    )
}

/** Keys said on the command line, else those of the data folder. @throws ProblemError `log-command.no-key` */
async function keysOf(
  o: KeyOptions,
): Promise<{ logs: readonly string[]; witnesses: readonly string[]; quorum: number }> {
  const quorum = Number(o.quorum ?? 0)
  if (o.key && o.key.length > 0) return { logs: o.key, witnesses: o.witness ?? [], quorum }
  const { placesOf, readSettings } = await import('../server/index.ts')
  const folder = dataFolder(o.data)
  if (!existsSync(placesOf(folder).settings)) throw new ProblemError(problem('log-command.no-key'))
  const settings = await readSettings(folder)
  return {
    logs: [settings.verifierKey, ...(settings.sm2VerifierKey === undefined ? [] : [settings.sm2VerifierKey])],
    witnesses: o.witness ?? settings.witnesses.map((w) => w.verifierKey),
    quorum,
  }
}

async function trustOf(o: KeyOptions) {
  const { anyVerifierOf } = await import('../core/evidence/index.ts')
  const { logs, witnesses, quorum } = await keysOf(o)
  return {
    logs: await Promise.all(logs.map((k) => anyVerifierOf(k))),
    witnesses: await Promise.all(witnesses.map((k) => anyVerifierOf(k))),
    quorum,
  }
}
