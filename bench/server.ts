// The server: lists a second over HTTP, a page of a table of a hundred thousand rows, the reason of a figure. The server runs in a
// process of its own over an embedded database in a temporary folder; whoever asks sits in this one. What the server's process
// itself used of a processor is printed beside the clock, which a busy machine makes worse many times over.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { newPassword, signIn } from '../src/core/identity/index.ts'
import { addSamplePeople, initHouse, openServer, personByLogin, type House } from '../src/server/index.ts'
import { civilDateIn, instantOfMs, type Json, type Uuid } from '../src/kernel/index.ts'
import type { Measured } from './measure.ts'

type Row = readonly [what: string, value: string, beside: string]

const VALUES = 100_000
/** The most one act takes. */
const VALUES_OF_ACT = 5_000
const CLIENTS = 32
const SECONDS = 8
const COST = { memoryKib: 8, passes: 1, lanes: 1 }
const [FIRST, PASSWORD] = ['Founding-pass-1', 'correct-Horse-7']

/** Tells its address, a session and an act, and serves until its parent ends it. */
export async function serveBench([folder]: readonly string[]): Promise<Measured> {
  const now = () => instantOfMs(Date.now())
  const house = await initHouse(
    join(folder!, 'data'),
    {
      origin: 'bench.example/record',
      zone: '+08:00',
      place: '430000',
      cost: COST,
      people: [
        { login: 'gly-001', role: 'administrator', name: '管理员', password: FIRST },
        { login: 'aqy-001', role: 'security-officer', name: '安全员', password: FIRST },
      ],
    },
    { checkout: '.', now, random: (n) => randomBytes(n), pid: process.pid },
  )
  const administrator = (await personByLogin(house, 'gly-001'))!
  const officer = (await personByLogin(house, 'aqy-001'))!
  const { people, firms } = await addSamplePeople(house, { administrator, officer }, () => FIRST, COST)
  const [clerk, reviewer, auditor] = ['shifan-jbr', 'shifan-shy', 'shifan-sjy'].map((login) => people.get(login)!) as [
    Uuid,
    Uuid,
    Uuid,
  ]
  await settle(house, officer, clerk, reviewer, auditor)
  const act = await fill(house, { clerk, reviewer, firm: firms.get('paper')! })
  const server = await openServer(house, {
    engine: 'bench',
    secure: false,
    limits: { requestsPerMinute: 1e9, signInsPerMinute: 1e9 },
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const world = {
    store: house.store,
    now,
    random: house.world.random,
    newId: house.newId,
    note: house.recorder.writeLoose,
    zone: '+08:00',
    cost: COST,
  }
  const signed = await signIn(world, { login: 'shifan-sjy', password: PASSWORD })
  if ('hint' in signed) throw new Error(signed.code)
  process.stderr.write(`${JSON.stringify({ address, token: signed.token, act })}\n`)
  return new Promise(() => undefined)
}

async function act(house: House, person: Uuid, role: string, command: string, input: Json): Promise<Uuid> {
  const outcome = await house.recorder.submit({ id: house.newId(), command, input, person, role })
  if (!outcome.ok) throw new Error(`${command}: ${outcome.problems.map((p) => p.zh).join()}`)
  return outcome.receipt.act
}

/** Own passwords, and a person who may keep indicators. */
async function settle(house: House, officer: Uuid, ...people: readonly Uuid[]): Promise<void> {
  const from = civilDateIn(house.world.now(), '+08:00')
  await act(house, officer, 'security-officer', 'grantRole', {
    person: people[1]!,
    role: 'provincial-office',
    place: '430000',
    from,
  })
  const roles = ['department-contact', 'reviewer', 'auditor']
  for (const [i, person] of people.entries()) {
    const world = { store: house.store, random: house.world.random, cost: COST }
    const made = await newPassword(world, { person, present: FIRST, password: PASSWORD })
    if (!('hash' in made)) throw new Error('password')
    await act(house, person, roles[i]!, 'changePassword', { ...made })
  }
}

/** A hundred thousand values, and a permit of which somebody may ask why. @returns the act of the permit */
async function fill(
  house: House,
  { clerk, reviewer, firm }: { clerk: Uuid; reviewer: Uuid; firm: Uuid },
): Promise<Uuid> {
  await act(house, reviewer, 'provincial-office', 'registerIndicator', {
    indicator: 'water.quality',
    place: '430000',
    titleZh: '断面水质类别',
    titleEn: 'water quality',
    definitionZh: '年均类别',
    definitionEn: 'yearly class',
    unit: '1',
    boundaryZh: '国控断面',
    boundaryEn: 'national sections',
    clause: 'A7',
    overlaps: [],
    custodian: '生态环境局',
    grade: 'public',
  })
  for (let from = 0; from < VALUES; from += VALUES_OF_ACT)
    await act(house, clerk, 'department-contact', 'recordIndicatorValues', {
      place: '430100',
      legalDate: '2025-12-31',
      status: 'trial',
      source: '年报',
      values: Array.from({ length: VALUES_OF_ACT }, (_, i) => ({
        indicator: 'water.quality',
        at: `断面-${from + i}`,
        period: '2025',
        dims: [],
        value: String(((from + i) * 7919) % 1000),
        unit: '1',
        fit: ['research'],
        unfit: [],
      })),
    })
  const today = civilDateIn(house.world.now(), '+08:00')
  const request = await act(house, clerk, 'department-contact', 'issuePermit', {
    firm,
    pollutant: 'COD',
    amountKg: '1000',
    place: '430100',
    decidedOn: today,
    validFrom: today,
    validTo: '2035-12-31',
    basis: '示范〔2026〕1 号',
  })
  return act(house, reviewer, 'reviewer', 'approve', { request })
}

interface Serving {
  readonly address: string
  readonly token: string
  readonly act: string
}

const serving = (folder: string): Promise<Serving & { readonly pid: number; readonly stop: () => void }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1]!, 'child', 'server', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const line = said.split('\n').find((l) => l.startsWith('{"address"'))
      if (line !== undefined)
        resolve({ ...(JSON.parse(line) as Serving), pid: child.pid!, stop: () => child.kill('SIGKILL') })
    })
    child.on('exit', () => reject(new Error(said)))
  })

/** CPU seconds a process has used, where the system tells (ticks of a hundredth, proc(5)). */
function cpuOf(pid: number): number {
  try {
    const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(after[11]) + Number(after[12])) / 100
  } catch {
    return NaN
  }
}

interface Took {
  /** Milliseconds of an answer in the middle, by the clock. */
  readonly clock: number
  /** Of the server's CPU, on average. */
  readonly cpu: number
}

/** Each address is another, so that none was answered before. */
async function asked(urls: readonly string[], headers: Readonly<Record<string, string>>, pid: number): Promise<Took> {
  const took: number[] = []
  const before = cpuOf(pid)
  for (const url of urls) {
    const began = performance.now()
    const answer = await fetch(url, { headers })
    const text = await answer.text()
    if (!answer.ok) throw new Error(text)
    took.push(performance.now() - began)
  }
  took.sort((a, b) => a - b)
  return { clock: took[took.length >> 1]!, cpu: ((cpuOf(pid) - before) * 1000) / urls.length }
}

export async function serverRows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'qs-bench-server-'))
  const { address, token, act: permit, pid, stop } = await serving(folder)
  try {
    const headers = { cookie: `qingshan_session=${token}`, 'qingshan-role': 'auditor' }
    const at = (path: string): string => `${address}/api/v1/${path}`
    const page = (words: string): string => at(`queries/indicator-values?_limit=50&${words}`)
    const many = async (what: string, url: string): Promise<Row> => {
      const before = cpuOf(pid)
      const { requests, latency, non2xx } = await autocannon({ url, headers, connections: CLIENTS, duration: SECONDS })
      if (non2xx > 0) throw new Error(`${what}: ${non2xx} refused`)
      const each = requests.total / (cpuOf(pid) - before)
      const beside = `${Math.round(each)} a second of the server’s CPU; ${CLIENTS} clients, 99 % within ${Math.round(latency.p99)} ms`
      return [what, `${Math.round(requests.average)} /s`, beside]
    }
    const once = async (what: string, urls: readonly string[]): Promise<Row> => {
      const { clock, cpu } = await asked(urls, headers, pid)
      return [what, `${Math.round(cpu)} ms`, `first time each; ${Math.round(clock)} ms by the clock`]
    }
    return [
      await many('GET of a list of 50 rows', at('queries/regions?_limit=50')),
      await many('GET of 50 rows of a table of 100 000', page('')),
      await once(
        'a table of 100 000 rows, searched',
        [3, 33, 333, 3333, 33333].map((n) => page(`_search=-${n}`)),
      ),
      await once(
        'the same, ordered by a column',
        [0, 50, 5000, 50_000, 99_000].map((n) => page(`_sort=-value&_offset=${n}`)),
      ),
      await once('the reason of a posting', [at(`why/act/${permit}`), at(`why/record/${permit}?_role=auditor`)]),
    ]
  } finally {
    stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
