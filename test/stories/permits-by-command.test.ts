// First light of the record, driven wholly through the built command, on each engine: a house is founded, permits are issued by
// two people, transferred and retired in part; one is begun as a draft and signed on paper; a posting is asked for its reason; a
// submission that is killed again and again is done once; the log is published and a proof verified offline; one byte changed
// in a tile or in the database is found; a backup restored into the other engine says the same.

import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINES, openTestStore, type TestStore } from '../../src/core/store/fresh-store.fixture.ts'
import { openPglite, sql, type Engine, type Store } from '../../src/core/store/index.ts'
import { killed, run, type Ran } from './command.ts'
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

  /** How long the last command took, in milliseconds. */
  let took = 0
  const say = async (words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> => {
    const started = Date.now()
    const ran = await run(words, { env: { ...env, ...more } })
    took = Date.now() - started
    return ran
  }
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
    expect(approved).toContain('登记排污权证：')
    expect(approved).toContain('单位＝示范造纸有限公司')
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

  test('a permit begun as a draft is asked for, signed on paper, and entered with the scan of the sheet', async () => {
    const issue = ['do', 'issue-permit', '--as', CLERK!]
    const begun = ['--firm', brewery, '--pollutant', '氨氮', '--amount-kg', '50', '--place', '430100']
    const { draft } = await json<{ draft: string }>([...issue, ...begun, '--draft'])
    const rest = ['--decided-on', '2026-03-01', '--valid-from', '2026-01-01', '--valid-to', '2030-12-31']
    const { act, answer } = await json<{ act: string; answer: { request: string; sheet: string } }>([
      ...[...issue, '--from-draft', draft, '--amount-kg', '60'],
      ...[...rest, '--basis', '示范〔2026〕2 号'],
    ])
    expect(act).toBe(draft)
    expect(await json(['drafts', '--as', CLERK!])).toEqual([])
    const scan = join(home, engine, 'scan.pdf')
    writeFileSync(scan, '%PDF-1.7 scan of the signed sheet')
    const { hash, type } = await json<{ hash: string; type: string }>(['file', 'put', scan, '--as', CLERK!])
    expect(type).toBe('pdf')
    const entered = await told([
      ...['do', 'approve-on-paper', '--request', answer.request, '--sheet', answer.sheet, '--scan', hash],
      ...['--signer', '王某某（局长）', '--signed-on', '2026-03-02', '--as', CLERK!],
    ])
    expect(entered).toContain('permit-issued')
    await told(['file', 'get', hash, `${scan}.again`, '--as', AUDITOR!])
    expect(readFileSync(`${scan}.again`)).toEqual(readFileSync(scan))
  })

  test('a submission killed at random moments and repeated under its id is done once', async () => {
    const id = '019e2f6a-7c00-7000-8000-0000000000aa'
    const transfer = [
      ...['do', 'transfer-permit', '--seller', paper, '--buyer', brewery, '--pollutant', 'COD', '--amount-kg', '7'],
      ...['--place', '430100', '--on', '2026-03-06', '--contract', '示范交易 2026-008', '--id', id, '--as', TRADER!],
    ]
    const before = await statement()
    const whole = took
    const atRandom = (from: number, to: number) => (kill: () => void) => {
      const timer = setTimeout(kill, whole * (from + (to - from) * Math.random()))
      return () => clearTimeout(timer)
    }
    const asJournalGrows = (kill: () => void) => {
      const watching = watch(join(folder, 'journal'), kill)
      return () => watching.close()
    }
    const last = engine === 'pglite' ? asJournalGrows : atRandom(0.8, 1.2)
    for (const moment of [atRandom(0, 1), atRandom(0.7, 1.1), last]) await killed(transfer, { env, moment })
    const receipt = await json<{ act: string; leaf: number }>(transfer)
    expect(receipt.act).toBe(id)
    const acts = await json<readonly { id: string; leaf: string }[]>(['ask', 'acts', '--as', AUDITOR!])
    expect(acts.filter((a) => a.id === id).map((a) => a.leaf)).toEqual([String(receipt.leaf)])
    expect((await statement()).map((l) => l.balance)).toEqual([
      ...before.slice(0, -1).map((l) => l.balance),
      ...['593', '593'],
    ])
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
