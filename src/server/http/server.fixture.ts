// A server over a founded house in a folder of its own, for tests: small regions, the shipped roles, a clock that the test
// turns, cheap hashes, the sample people. Requests go through the server's own injection, as a page of ours sends them.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMs, instant, type Instant, type JsonObject, type Uuid } from '../../kernel/index.ts'
import { newPassword, type PasswordCost } from '../../core/identity/index.ts'
import {
  addSamplePeople,
  initHouse,
  personByLogin,
  type House,
  type HouseSettings,
  type World,
} from '../house/index.ts'
import { openServer, type Server } from './open-server.ts'
import type { ServerOptions } from './options.ts'

export const CHEAP: PasswordCost = { memoryKib: 8, passes: 1, lanes: 1 }
export const START = instant('2026-03-02T01:00:00Z')
export const FIRST_PASSWORD = 'Founding-pass-1'
export const PASSWORD = 'correct-Horse-7'
export const HOST = '127.0.0.1:8080'

export interface Told {
  readonly status: number
  readonly type: string
  readonly json: JsonObject
  readonly text: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface Browser {
  /** The session's token; empty where nobody is signed in. */
  cookie: string
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, more?: Sent): Promise<Told>
  get(path: string, role?: string): Promise<Told>
  post(path: string, body: unknown, role?: string): Promise<Told>
  act(verb: string, input: unknown, role: string, id?: Uuid): Promise<Told>
}

export interface Sent {
  readonly role?: string
  readonly body?: unknown
  readonly raw?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

export interface Served {
  readonly house: House
  readonly server: Server
  readonly firms: ReadonlyMap<string, Uuid>
  readonly people: ReadonlyMap<string, Uuid>
  readonly lines: string[]
  wait(ms: number): void
  browser(): Browser
  /** Another server over the same house, and a browser that goes there. */
  another(
    options: Partial<ServerOptions>,
    settings?: Partial<HouseSettings>,
  ): Promise<{ readonly server: Server; readonly browser: Browser }>
  /** A browser in which a person is signed in. */
  signedIn(login: string): Promise<Browser>
  close(): Promise<void>
}

export async function openServed(more: Partial<ServerOptions> = {}): Promise<Served> {
  const home = mkdtempSync(join(tmpdir(), 'qs-http-'))
  let clock: Instant = START
  const world: World = { checkout: '.', now: () => clock, random: (n) => randomBytes(n), pid: process.pid }
  const house = await initHouse(
    join(home, 'data'),
    {
      origin: 'log.example/record',
      zone: '+08:00',
      place: '430000',
      cost: CHEAP,
      regions: 'test/fixtures/regions-small.csv',
      people: [
        { login: 'gly-001', role: 'administrator', name: '管理员', password: FIRST_PASSWORD },
        { login: 'aqy-001', role: 'security-officer', name: '安全员', password: FIRST_PASSWORD },
      ],
    },
    world,
  )
  const administrator = (await personByLogin(house, 'gly-001'))!
  const officer = (await personByLogin(house, 'aqy-001'))!
  const { people, firms } = await addSamplePeople(house, { administrator, officer }, () => FIRST_PASSWORD, CHEAP)
  const all = new Map([...people, ['gly-001', administrator], ['aqy-001', officer]])
  for (const [login, person] of all) await choosePassword(house, login, person)
  const lines: string[] = []
  const serverOver = async (own: Partial<ServerOptions>, settings: Partial<HouseSettings> = {}): Promise<Server> => {
    const opened = await openServer(
      { ...house, settings: { ...house.settings, ...settings } },
      {
        engine: 'qingshan test',
        secure: false,
        cost: CHEAP,
        logLine: (line) => void lines.push(line),
        ...own,
        limits: { requestsPerMinute: 100_000, signInsPerMinute: 1_000, ...own.limits },
      },
    )
    await opened.app.ready()
    return opened
  }
  const server = await serverOver(more)
  const browser = (): Browser => browserOf(server, house)
  return {
    house,
    server,
    firms,
    people: all,
    lines,
    wait: (ms) => void (clock = addMs(clock, ms)),
    browser,
    another: async (own, settings) => {
      const opened = await serverOver(own, settings)
      return { server: opened, browser: browserOf(opened, house) }
    },
    signedIn: async (login) => {
      const b = browser()
      const told = await b.post('/api/v1/session', { login, password: PASSWORD })
      if (told.status !== 200) throw new Error(`${login}: ${told.text}`)
      return b
    },
    close: async () => {
      await server.close()
      await house.close().catch(() => undefined)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** What was set by somebody else is good for one sign-in: everybody has chosen an own password. */
async function choosePassword(house: House, login: string, person: Uuid): Promise<void> {
  const world = { store: house.store, random: house.world.random, cost: CHEAP }
  const made = await newPassword(world, { person, present: FIRST_PASSWORD, password: PASSWORD })
  if (!('hash' in made)) throw new Error(login)
  const [grant] = await house.store.query<{ role: string }>({
    pieces: ['select role from role_grant where person = ', { param: person }],
  })
  const id = house.newId()
  const outcome = await house.recorder.submit({ id, command: 'changePassword', input: made, person, role: grant!.role })
  if (!outcome.ok) throw new Error(outcome.problems.map((p) => p.code).join())
}

function browserOf(server: Server, house: House): Browser {
  const browser: Browser = {
    cookie: '',
    call: async (method, path, { role, body, raw, headers } = {}) => {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const answer = await server.app.inject({
        method,
        url: path,
        headers: {
          host: HOST,
          ...(browser.cookie === '' ? {} : { cookie: `qingshan_session=${browser.cookie}` }),
          ...(method === 'GET' ? {} : { origin: `http://${HOST}`, 'qingshan-request': '1' }),
          ...(role === undefined ? {} : { 'qingshan-role': role }),
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(payload === undefined ? {} : { payload }),
      })
      for (const c of answer.cookies) if (c.name === 'qingshan_session') browser.cookie = c.value
      const type = String(answer.headers['content-type'] ?? '')
      return {
        status: answer.statusCode,
        type,
        text: answer.payload,
        json: /[/+]json/.test(type) ? (JSON.parse(answer.payload) as JsonObject) : {},
        headers: answer.headers as Told['headers'],
      }
    },
    get: (path, role) => browser.call('GET', path, role === undefined ? {} : { role }),
    post: (path, body, role) => browser.call('POST', path, { body, ...(role === undefined ? {} : { role }) }),
    act: (verb, input, role, id = house.newId()) => browser.post(`/api/v1/acts/${verb}`, { id, input }, role),
  }
  return browser
}

/** The codes of a refusal. */
/** A permit that the sample's clerk may ask for. */
export const permitOf = ({ firms }: Served) => ({
  firm: firms.get('paper'),
  pollutant: 'COD',
  amountKg: '1000',
  place: '430100',
  decidedOn: '2026-03-01',
  validFrom: '2026-01-01',
  validTo: '2030-12-31',
  basis: '示范〔2026〕1 号',
})

export const codesOf = (told: Told): readonly string[] =>
  ((told.json['problems'] ?? []) as readonly { readonly code: string }[]).map((p) => p.code)
