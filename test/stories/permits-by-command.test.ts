// First light of the record, driven wholly through the built command, on each engine: a house is founded, permits are issued by
// two people, transferred and retired in part; a posting is asked for its reason; the log is published and a proof verified
// offline; one byte changed in a tile or in the database is found; a backup restored into the other engine says the same.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { openPglite, sql, type Engine, type Store } from '../../src/core/store/index.ts'
import { run, type Ran } from './command.ts'
import { storyFolder } from './folders.ts'

const PASSWORD = 'Luna-vore-tisa-58'
/** Of every sample person, the one who does it here. */
const [CLERK, REVIEWER, TRADER, FIRM, AUDITOR] = ['shifan-jbr', 'shifan-shy', 'shifan-jyy', 'shifan-qy1', 'shifan-sjy']

interface Founded {
  readonly sample: {
    readonly people: readonly { readonly login: string; readonly password: string }[]
    readonly firms: readonly { readonly organisation: string }[]
  }
}
interface Line {
  readonly kind: string
  readonly balance: string
  readonly posting?: string
  readonly in?: string
}

const home = storyFolder('permits-by-command')
const served: TestStore[] = []
afterAll(async () => {
  for (const s of served) await s.close()
})

/** An empty database of the engine, as an environment for the command. */
async function databaseOf(engine: Engine): Promise<{ readonly store?: Store; readonly DATABASE_URL: string }> {
  if (engine === 'pglite') return { DATABASE_URL: '' }
  const store = await openTestStore('postgresql', [])
  served.push(store)
  return { store, DATABASE_URL: store.url! }
}

describe.each(ENGINES)('permits by command on %s', (engine) => {
  const folder = join(home, engine, 'data')
  let env: NodeJS.ProcessEnv
  let own: Store | undefined
  let paper = ''
  let brewery = ''
  let request = ''
  let issued = ''

  const say = async (words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> =>
    run(words, { env: { ...env, ...more } })
  /** What the command printed. @throws Error where it was refused */
  const told = async (words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> => {
    const ran = await say(words, more)
    if (ran.code !== 0) throw new Error(`${words.join(' ')}\n${ran.out}${ran.err}`)
    return ran.out
  }
  const json = async <T>(words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<T> =>
    JSON.parse(await told([...words, '--json'], more)) as T

  beforeAll(async () => {
    mkdirSync(join(home, engine), { recursive: true })
    const database = await databaseOf(engine)
    own = database.store
    env = {
      QINGSHAN_DATA: folder,
      QINGSHAN_PASSWORD: PASSWORD,
      QINGSHAN_SESSION: '',
      DATABASE_URL: database.DATABASE_URL,
    }
    const founded = await json<Founded>([
      'db',
      'init',
      folder,
      '--sample',
      '--regions',
      'test/fixtures/regions-small.csv',
    ])
    ;[paper, brewery] = founded.sample.firms.map((f) => f.organisation) as [string, string]
    for (const { login, password } of founded.sample.people)
      await told(['password', '--as', login], { QINGSHAN_PASSWORD: password, QINGSHAN_NEW_PASSWORD: PASSWORD })
  })

  const statement = (more: NodeJS.ProcessEnv = {}): Promise<readonly Line[]> =>
    json(['statement', '--owner', paper, '--asset', 'permit.COD', '--as', AUDITOR!], more)

  test('a permit is asked for by one person and issued by another', async () => {
    const asked = await told([
      ...[
        'do',
        'issue-permit',
        '--firm',
        paper,
        '--pollutant',
        '化学需氧量',
        '--amount-kg',
        '1000',
        '--place',
        '430100',
      ],
      ...['--decided-on', '2026-03-01', '--valid-from', '2026-01-01', '--valid-to', '2030-12-31'],
      ...['--basis', '示范〔2026〕1 号', '--as', CLERK!],
    ])
    expect(asked).toContain('等待审批')
    expect(asked).toContain('审核专家（reviewer）')
    request = /申请编号 request\s+(\S+)/.exec(asked)![1]!
    const unanswered = await say(['approve', request, '--as', REVIEWER!])
    expect(unanswered.code).toBe(1)
    expect(unanswered.out).toContain('desk.not-confirmed')
    const approved = await told(['approve', request, '--yes', '--as', REVIEWER!])
    expect(approved).toContain('长沙市（核发） → 示范造纸有限公司（持有）')
    expect(approved).toMatch(/证号 number\s+PW-430100-2026-000001-E/)
    issued = /编号 id\s+(\S+)/.exec(approved)![1]!
  })

  test('part of it is transferred, part retired, and more than is held is refused', async () => {
    const transfer = (amount: string): readonly string[] => [
      ...['do', 'transfer-permit', '--seller', paper, '--buyer', brewery, '--pollutant', 'COD', '--amount-kg', amount],
      ...['--place', '430100', '--on', '2026-03-02', '--contract', '示范交易 2026-007', '--as', TRADER!],
    ]
    expect(await told(transfer('300'))).toContain('permit-transferred')
    const retired = await told([
      ...['do', 'retire-permit', '--firm', paper, '--pollutant', 'COD', '--amount-kg', '100', '--place', '430100'],
      ...['--on', '2026-03-05', '--purpose', '抵扣 2026 年度排放', '--as', FIRM!],
    ])
    expect(retired).toContain('permit-retired')
    const refused = await say(transfer('601'))
    expect(refused.code).toBe(1)
    expect(refused.out).toContain('ledger.insufficient')
    expect((await statement()).map((l) => l.balance)).toEqual(['0', '1000', '700', '600', '600'])
  })

  test('a posting tells why it is there', async () => {
    const why = await told(['why', 'posting', (await statement())[1]!.posting!, '--as', AUDITOR!])
    for (const words of [
      '化学需氧量排污权　1000 kg',
      'PW-430100-2026-000001-E-000001–001000',
      '核发排污权 / issue an emission permit',
      '部门数据联络员 示范经办（shifan-jbr）',
      '1/1 审核（审核专家）：审核专家 示范审核（shifan-shy）',
      '示范〔2026〕1 号',
      '尚未发布',
    ])
      expect(why).toContain(words)
  })

  test('the log is published, and a proof is verified without the house', async () => {
    await told(['log', 'publish'])
    const key = (await told(['log', 'key'])).trim()
    const proof = join(home, engine, 'issued.proof')
    await told(['log', 'proof', issued, proof, '--as', AUDITOR!, '--role', 'auditor'])
    expect(await told(['log', 'verify', proof, '--key', key])).toContain('凭证成立')
    const text = readFileSync(proof, 'utf8')
    writeFileSync(`${proof}.forged`, text.replace('permit-issued', 'permit-issueD'))
    expect((await say(['log', 'verify', `${proof}.forged`, '--key', key])).code).toBe(1)
  })

  test('a backup restored into the other engine gives the same statement', async () => {
    const file = join(home, engine, 'house.qsb')
    const there = join(home, engine, 'restored')
    await told(['db', 'backup', file])
    const { DATABASE_URL } = await databaseOf(ENGINES.find((e) => e !== engine) ?? engine)
    const other = { DATABASE_URL }
    expect(await told(['db', 'restore', file, there], other)).toContain('已恢复')
    expect(await statement({ ...other, QINGSHAN_DATA: there })).toEqual(await statement())
  })

  test('one byte changed in a tile is found', async () => {
    const tiles = join(folder, 'log')
    expect((await say(['log', 'fsck'])).code).toBe(0)
    const tile = readdirSync(tiles, { recursive: true, encoding: 'utf8' }).find((f) => f.includes('entries'))!
    const path = filesUnder(join(tiles, tile))[0]!
    const whole = readFileSync(path)
    const bytes = Buffer.from(whole)
    bytes[40]! ^= 1
    writeFileSync(path, bytes)
    const found = await say(['log', 'fsck'])
    writeFileSync(path, whole)
    expect(found.code).toBe(1)
    expect(found.out).toContain('✗')
  })

  test('one character changed in the database is found and named', async () => {
    expect(await told(['db', 'check'])).toContain('✓ 数据库与全部行为一致')
    const change = (store: Store): Promise<unknown> =>
      store.query(sql`update posting set why_zh = replace(why_zh, '注销', '转让') where why_zh like '注销%'`)
    if (engine === 'postgresql') await change(own!)
    else {
      const store = await openPglite({ folder: join(folder, 'db') })
      await change(store)
      await store.close()
    }
    const found = await say(['db', 'check'])
    expect(found.code).toBe(1)
    expect(found.out).toContain('posting')
    expect(found.out).toContain('why_zh')
    rmSync(folder, { recursive: true })
  })
})

const filesUnder = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
