// The facts, judged: each thing green, yellow or red, with what to do. Pure: the same facts give the same page.
// Always holds: red is what loses data, lets somebody in or stops work; yellow is what an office should decide about.

import { instantMs, text, type Instant, type Text } from '../../kernel/index.ts'
import type { Facts } from './facts.ts'

export type Level = 'green' | 'yellow' | 'red'

export interface Check {
  readonly name: string
  readonly title: Text
  readonly level: Level
  readonly said: Text
  readonly hint?: Text
}

export interface Diagnosis {
  readonly at: Instant
  readonly level: Level
  readonly checks: readonly Check[]
}

const GB = 1024 ** 3
const DAY = 86_400_000
const gb = (bytes: number): string => (bytes / GB).toFixed(1)
/** A database that cannot write stops all work; an account over maps writes some gigabytes. */
const DISK_RED = GB
const DISK_YELLOW = 5 * GB
const MEMORY_RED = GB / 4
const MEMORY_YELLOW = GB
/** What a county can afford to type in again. */
const BACKUP_YELLOW_DAYS = 7
const BACKUP_RED_DAYS = 30
/** GB/T 22239-2019, 8.1.10.12: recovery is tried regularly. */
const RESTORE_DAYS = 180
/** As the record itself allows. */
const CLOCK_BACK_MS = 120_000

export function judge(f: Facts): Diagnosis {
  const checks = CHECKS.flatMap((check) => check(f) ?? [])
  const level = (['red', 'yellow'] as const).find((l) => checks.some((c) => c.level === l)) ?? 'green'
  return { at: f.at, level, checks }
}

const days = (f: Facts, since: Instant): number => Math.floor((instantMs(f.at) - instantMs(since)) / DAY)
const level = (red: boolean, yellow: boolean): Level => (red ? 'red' : yellow ? 'yellow' : 'green')
/** Without a hint where all is well. */
const found = (name: string, title: Text, at: Level, said: Text, hint: Text): Check => ({
  name,
  title,
  level: at,
  said,
  ...(at === 'green' ? {} : { hint }),
})

const CHECKS: readonly ((f: Facts) => Check | undefined)[] = [
  (f) => {
    const [major, minor] = f.node.split('.').map(Number)
    const old = major! < 20 || (major === 20 && minor! < 19)
    const db = f.database ? `${f.database.engine} ${f.database.version}` : '—'
    return found(
      'versions',
      text('版本', 'Versions'),
      level(old, false),
      text(`${f.engine}，Node ${f.node}，数据库 ${db}`, `${f.engine}, Node ${f.node}, database ${db}`),
      text('请升级到 Node 20.19 或更新版本。', 'Upgrade to Node 20.19 or newer.'),
    )
  },
  ({ disk }) =>
    disk &&
    found(
      'disk',
      text('磁盘', 'Disk'),
      level(disk.free < DISK_RED, disk.free < DISK_YELLOW),
      text(
        `数据文件夹所在磁盘余 ${gb(disk.free)} GB，共 ${gb(disk.total)} GB`,
        `${gb(disk.free)} of ${gb(disk.total)} GB free where the data folder lies`,
      ),
      text(
        '请腾出空间：清理 work/ 里不用的核算，或换大的磁盘。',
        'Make room: remove runs in work/ nobody needs, or use a larger disk.',
      ),
    ),
  ({ memory }) =>
    found(
      'memory',
      text('内存', 'Memory'),
      level(memory.free < MEMORY_RED, memory.free < MEMORY_YELLOW),
      text(
        `可用 ${gb(memory.free)} GB，共 ${gb(memory.total)} GB`,
        `${gb(memory.free)} of ${gb(memory.total)} GB available`,
      ),
      text(
        '请结束别的程序，或增加内存；带地图的核算需要 2 GB 以上。',
        'End other programs or add memory; an account over maps wants more than 2 GB.',
      ),
    ),
  ({ font }) =>
    found(
      'fonts',
      text('字体', 'Fonts'),
      level(false, !font),
      font
        ? text('随附的中文字体在', 'the Chinese font that comes along is there')
        : text('缺少随附的中文字体', 'the Chinese font that comes along is missing'),
      text(
        '请重新安装依赖（npm ci）；报告里的图会缺字。',
        'Install the packages again (npm ci); pictures in reports lack signs.',
      ),
    ),
  (f) =>
    f.database
      ? found(
          'database',
          text('数据库', 'Database'),
          'green',
          text(`正常，${f.database.acts} 件行为`, `answers; ${f.database.acts} acts`),
          text('', ''),
        )
      : found(
          'database',
          text('数据库', 'Database'),
          'red',
          text(f.trouble ?? '没有回答', 'does not answer'),
          text(
            '请检查数据库服务；内嵌数据库请查看磁盘后重新启动。',
            'Look at the database server; with the embedded one look at the disk and start again.',
          ),
        ),
  (f) => {
    if (!f.database) return undefined
    const behind = instantMs(f.database.lastAct) - instantMs(f.at)
    return found(
      'clock',
      text('时钟', 'Clock'),
      level(behind > CLOCK_BACK_MS, behind > 0),
      behind > 0
        ? text(
            `本机时钟比最近一次记录早 ${Math.ceil(behind / 1000)} 秒`,
            `the clock stands ${Math.ceil(behind / 1000)} s before the last record`,
          )
        : text(`在最近一次记录（${f.database.lastAct}）之后`, `stands after the last record (${f.database.lastAct})`),
      text(
        '请校正时钟（NTP）；相差两分钟以上不能办理。',
        'Set the clock right (NTP); beyond two minutes nothing is recorded.',
      ),
    )
  },
  (f) =>
    f.journalProblems > 0
      ? found(
          'journal',
          text('操作日志', 'Journal'),
          'yellow',
          text(`打开时有 ${f.journalProblems} 处提示`, `${f.journalProblems} remarks when it was opened`),
          text('请执行 qingshan db check。', 'Run qingshan db check.'),
        )
      : undefined,
  (f) => {
    const age = f.backup ? days(f, f.backup.at) : undefined
    const young = f.database?.founded !== undefined && days(f, f.database.founded) < BACKUP_YELLOW_DAYS
    return found(
      'backup',
      text('最近备份', 'Last backup'),
      level(
        age === undefined ? !young : age > BACKUP_RED_DAYS,
        age === undefined || age > BACKUP_YELLOW_DAYS || !f.backup!.there,
      ),
      f.backup
        ? f.backup.there
          ? text(`${age} 天前`, `${age} days ago`)
          : text(`${age} 天前；文件已不在原处`, `${age} days ago; the file is no longer where it was`)
        : text('还没有备份过', 'there is none'),
      text('请执行 qingshan db backup，并存到另一台机器上。', 'Run qingshan db backup and keep it on another machine.'),
    )
  },
  (f) => {
    const age = f.backup?.restored === undefined ? undefined : days(f, f.backup.restored)
    return found(
      'restore',
      text('最近恢复演练', 'Last restore that was tried'),
      level(false, age === undefined || age > RESTORE_DAYS),
      age === undefined
        ? text('最近的备份没有试过恢复', 'the last backup was never restored')
        : text(`${age} 天前`, `${age} days ago`),
      text(
        '请把备份恢复到一个新文件夹试一次：qingshan db restore。',
        'Try to restore the backup into a new folder: qingshan db restore.',
      ),
    )
  },
  (f) => {
    const size = f.published?.size ?? 0
    const acts = f.database?.acts ?? size
    const broken = f.published?.opens === false || size > acts
    return found(
      'log',
      text('公开日志', 'Public log'),
      level(broken, size === 0),
      broken
        ? text('检查点打不开，或比数据库更长', 'the checkpoint does not open, or is ahead of the database')
        : text(`已发布 ${size} 条，共 ${acts} 条`, `${size} of ${acts} entries published`),
      broken
        ? text('请停止使用，执行 qingshan log fsck --acts。', 'Stop, and run qingshan log fsck --acts.')
        : text('请执行 qingshan log publish。', 'Run qingshan log publish.'),
    )
  },
  (f) => {
    const cosigned = f.published?.cosigned ?? 0
    return found(
      'witness',
      text('见证方', 'Witnesses'),
      level(false, f.witnesses === 0 || cosigned < f.witnesses),
      f.witnesses === 0
        ? text('没有见证方', 'there are none')
        : text(
            `${f.witnesses} 位，最近的检查点有 ${cosigned} 位联署`,
            `${f.witnesses}; ${cosigned} cosigned the newest checkpoint`,
          ),
      text(
        '请别的单位运行 qingshan witness；没有见证，持钥者可以另写一份历史。',
        'Ask another office to run qingshan witness; without one, whoever holds the key could write another history.',
      ),
    )
  },
  ({ provider }) =>
    provider &&
    found(
      'provider',
      text('单位统一身份', 'Office identity'),
      level(false, provider.trouble !== undefined),
      provider.trouble ?? text(`${provider.issuer} 有回答`, `${provider.issuer} answers`),
      text(
        '请检查网络和设置（qingshan oidc show）；其间用密码登录。',
        'Look at the network and the settings (qingshan oidc show); meanwhile people sign in with passwords.',
      ),
    ),
  ({ database }) =>
    database &&
    found(
      'passwords',
      text('初始密码', 'Passwords set by others'),
      level(database.keepersUnchanged > 0, database.unchanged > 0),
      text(
        `${database.unchanged} 人还没有改过初始密码，其中管理员 ${database.keepersUnchanged} 人`,
        `${database.unchanged} people have not changed theirs, ${database.keepersUnchanged} of them administrators`,
      ),
      text(
        '请他们登录一次并修改；用不到的账号请停用。',
        'Have them sign in and change it; disable accounts nobody uses.',
      ),
    ),
  ({ database }) =>
    database && database.samplePeople > 0
      ? found(
          'sample',
          text('示范人员', 'Sample people'),
          'yellow',
          text(`有 ${database.samplePeople} 个示范账号`, `there are ${database.samplePeople} sample accounts`),
          text('试用以外请停用。', 'Disable them unless this is a trial.'),
        )
      : undefined,
  ({ database }) =>
    database &&
    found(
      'jobs',
      text('后台办理', 'Work in the background'),
      level(false, database.failedJobs + database.failedClocks > 0),
      text(
        `未办成：后续办理 ${database.failedJobs} 件，到期 ${database.failedClocks} 件`,
        `failed: ${database.failedJobs} jobs, ${database.failedClocks} clocks`,
      ),
      text('请管理员在待办里查看原因后重试。', 'Administrators find them in their to-do list and try again.'),
    ),
  ({ ports }) => {
    const open = ports.filter((p) => !isLocal(p.host) && !p.behindProxy)
    const list = ports.map((p) => `${p.host}:${p.port}`).join('，')
    return found(
      'ports',
      text('监听端口', 'Listening at'),
      level(false, open.length > 0),
      ports.length === 0 ? text('服务没有运行', 'the server does not run') : text(list, list.replaceAll('，', ', ')),
      text(
        '对外请用 HTTPS 反向代理，服务本身只在本机监听。',
        'Towards others use a reverse proxy with HTTPS; the server itself listens on this machine only.',
      ),
    )
  },
]

const isLocal = (host: string): boolean => host === '::1' || host === 'localhost' || host.startsWith('127.')
