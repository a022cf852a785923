// `qingshan db init`: a house with its first two people, whose passwords are shown once.

import { resolve } from 'node:path'
import { civilDateIn } from '../../kernel/index.ts'
import { firstPassword } from '../../core/identity/index.ts'
import { addSamplePeople, initHouse, personByLogin, SAMPLE_FIRMS, SAMPLE_PEOPLE } from '../../server/index.ts'
import { textTable } from '../terminal.ts'
import { databaseUrl, realWorld } from '../real-world.ts'
import type { InitOptions } from './database-commands.ts'
import type { RecordEnv } from './desk.ts'
import { pairsText } from './rows-text.ts'

const FIRST = [
  { login: 'gly-001', role: 'administrator', name: '系统管理员' },
  { login: 'aqy-001', role: 'security-officer', name: '安全管理员' },
] as const

export async function init(folder: string, o: InitOptions, env: RecordEnv): Promise<void> {
  const world = realWorld()
  const url = databaseUrl(o.database)
  const people = FIRST.map((p) => ({ ...p, password: firstPassword(world.random, p.login) }))
  const origin = o.origin ?? `qingshan-${o.place}.local/record`
  const house = await initHouse(
    folder,
    {
      origin,
      zone: o.zone,
      place: o.place,
      people,
      ...(url === undefined || url === '' ? {} : { databaseUrl: url }),
      ...(o.regions === undefined ? {} : { regions: o.regions }),
    },
    world,
  )
  try {
    const samples = new Map<string, string>()
    const made = o.sample
      ? await addSamplePeople(
          house,
          {
            administrator: (await personByLogin(house, FIRST[0].login))!,
            officer: (await personByLogin(house, FIRST[1].login))!,
          },
          (login) => {
            const password = firstPassword(world.random, login)
            samples.set(login, password)
            return password
          },
        )
      : undefined
    if (o.json) {
      const said = {
        folder: resolve(folder),
        origin,
        verifierKey: house.settings.verifierKey,
        engine: house.store.engine,
        people: people.map(({ login, role, password }) => ({ login, role, password })),
        sample: made && {
          people: SAMPLE_PEOPLE.map((p) => ({ ...p, password: samples.get(p.login) })),
          firms: SAMPLE_FIRMS.map((f) => ({ key: f.key, name: f.name, organisation: made.firms.get(f.key) })),
        },
      }
      return env.out(JSON.stringify(said, null, 2))
    }
    const title = (role: string): string => house.roles.find(role)?.title.zh ?? role
    env.out(`✓ 已建立 / founded: ${resolve(folder)}`)
    env.out(
      pairsText([
        ['日志名称 log', origin],
        ['日志公钥 public key', house.settings.verifierKey],
        ['时区 zone', o.zone],
        ['建立日期 founded on', civilDateIn(world.now(), o.zone)],
        [
          '数据库 database',
          house.store.engine === 'pglite'
            ? '内嵌 PGlite：适合一个县；市级及以上请用 PostgreSQL（--database） / embedded, for one county; PostgreSQL for a city and up'
            : 'PostgreSQL',
        ],
      ]),
    )
    env.out('\n最初的两个账号（三员分立：须由两个人分别掌握） / the first two accounts, for two different people')
    env.out(accountTable(people.map((p) => [p.login, title(p.role), p.name, p.password])))
    if (made) {
      env.out('\n示范人员（示范数据，勿用于正式环境） / sample people, never for real use')
      env.out(accountTable(SAMPLE_PEOPLE.map((p) => [p.login, title(p.role), p.name, samples.get(p.login)!])))
      env.out('\n示范单位 / sample firms')
      env.out(
        textTable(
          ['单位', '编号'],
          SAMPLE_FIRMS.map((f) => [f.name, made.firms.get(f.key)!]),
          ['left', 'left'],
        ),
      )
    }
    env.out(
      '\n! 密码只显示这一次，首次登录须修改：qingshan password --data 文件夹 --as 登录名\n  Passwords are shown this once and must be changed at the first sign-in.',
    )
    env.out('! 请另行备份 keys/ 中的签名密钥 / Keep a copy of the signing key in keys/ elsewhere.')
  } finally {
    await house.close()
  }
}

const accountTable = (rows: readonly (readonly string[])[]): string =>
  textTable(['登录名', '角色', '姓名', '初始密码'], rows, ['left', 'left', 'left', 'left'])
