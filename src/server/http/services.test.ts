// What stands beside acts and queries: documents, drafts, the public log with its proofs, reasons, health and measurements; and
// what happens to requests when the database goes away or the server stops.

import { createHash, randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyProof } from '../../core/evidence/index.ts'
import { codesOf, openServed, PASSWORD, permitOf, type Browser, type Served } from './server.fixture.ts'

const SCRIPT = 'console.log(1)'
let served: Served
let clerk: Browser
let reviewer: Browser
beforeAll(async () => {
  served = await openServed({ verifierScript: SCRIPT, limits: { fileBytes: 200_000 } })
  clerk = await served.signedIn('shifan-jbr')
  reviewer = await served.signedIn('shifan-shy')
})
afterAll(() => served.close())

const issue = async (): Promise<string> => {
  const asked = await clerk.act('issue-permit', permitOf(served), 'department-contact')
  const approved = await reviewer.act('approve', { request: String(asked.json['act']) }, 'reviewer')
  return String(approved.json['act'])
}

describe('documents', () => {
  const put = (raw: Buffer | string, headers: Readonly<Record<string, string>> = {}) =>
    clerk.call('PUT', '/api/v1/files', { raw, headers: { 'content-type': 'application/pdf', ...headers } })
  const PDF = Buffer.from('%PDF-1.4\nscan')
  const hash = createHash('sha256').update(PDF).digest('hex')

  test('content is stored under its hash, and shown to nobody before an act says whose it is', async () => {
    const told = await put(PDF, { 'x-name': encodeURIComponent('../../核定书.pdf') })
    expect(told.json).toEqual({ hash, size: PDF.length, kind: 'pdf', name: '核定书.pdf' })
    expect((await clerk.get(`/api/v1/files/${hash}`, 'department-contact')).status).toBe(404)
    const attached = await clerk.act(
      'attach-document',
      { hash, name: '核定书.pdf', grade: 'internal', about: 'permit:x', place: '430100' },
      'department-contact',
    )
    expect(attached.status).toBe(200)
    const shown = await clerk.get(`/api/v1/files/${hash}`, 'department-contact')
    expect([shown.status, shown.type, shown.text]).toEqual([200, 'application/pdf', PDF.toString()])
    expect(shown.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'",
    )
    expect((await clerk.get(`/api/v1/files/${hash}?_role=department-contact`)).status).toBe(200)
    const firm = await served.signedIn('shifan-qy1')
    expect((await firm.get(`/api/v1/files/${hash}`, 'firm-manager')).status).toBe(404)
  })

  test('a page in the dress of a picture is only offered for saving', async () => {
    const page = '<html><script>alert(1)</script></html>'
    const { json } = await put(page, { 'content-type': 'image/png' })
    await clerk.act(
      'attach-document',
      { hash: json['hash'], name: 'x.png', grade: 'internal', about: 'permit:x', place: '430100' },
      'department-contact',
    )
    const shown = await clerk.get(`/api/v1/files/${String(json['hash'])}`, 'department-contact')
    expect(shown.type).toBe('application/octet-stream')
    expect(String(shown.headers['content-disposition'])).toMatch(/^attachment/)
  })

  test('what is empty, too large, or badly named is refused and leaves nothing', async () => {
    expect(codesOf(await put(''))).toEqual(['files.empty'])
    const large = await put(randomBytes(200_001))
    expect([large.status, codesOf(large)]).toEqual([413, ['http.body-too-large']])
    for (const name of ['%zz', '%00', '%2F', encodeURIComponent('x'.repeat(201))])
      expect(codesOf(await put(PDF, { 'x-name': name })), name).toEqual(['http.parameter'])
    for (const at of ['..%2f..%2fhouse.json', 'x', 'A'.repeat(64)])
      expect((await clerk.get(`/api/v1/files/${at}`, 'department-contact')).status).toBe(404)
  })

  test('who is not signed in stores nothing', async () => {
    const told = await served.browser().call('PUT', '/api/v1/files', { raw: PDF })
    expect(told.status).toBe(401)
  })

  test('who can do nothing with a file brings none', async () => {
    const firm = await served.signedIn('shifan-qy1')
    const told = await firm.call('PUT', '/api/v1/files', { raw: PDF })
    expect([told.status, codesOf(told)]).toEqual([403, ['http.may-not-bring']])
  })
})

describe('drafts', () => {
  test('are saved over, seen by their owner only, and discarded', async () => {
    const id = served.house.newId()
    const save = (b: Browser, input: unknown) =>
      b.call('PUT', `/api/v1/drafts/${id}`, { body: { command: 'issuePermit', input } })
    expect((await save(clerk, { pollutant: 'COD' })).json).toMatchObject({ draft: id, leftOut: [] })
    expect((await save(clerk, { pollutant: 'NH3-N' })).status).toBe(200)
    expect((await save(reviewer, { pollutant: 'COD' })).status).toBe(404)
    const mine = await clerk.get('/api/v1/queries/drafts', 'department-contact')
    expect(mine.json['total']).toBe(1)
    expect((await reviewer.get('/api/v1/queries/drafts', 'reviewer')).json['total']).toBe(0)
    expect((await reviewer.call('DELETE', `/api/v1/drafts/${id}`)).status).toBe(404)
    expect((await clerk.call('DELETE', `/api/v1/drafts/${id}`)).status).toBe(204)
    expect((await clerk.get('/api/v1/queries/drafts', 'department-contact')).json['total']).toBe(0)
  })
})

describe('the public log', () => {
  test('an act is proved by a file that holds without the server, and one changed letter breaks it', async () => {
    const act = await issue()
    const told = await reviewer.get(`/api/v1/acts/${act}/proof`, 'reviewer')
    expect(told.status).toBe(200)
    const proof = String(told.json['proof'])
    const trust = { ...(await served.house.trust()), quorum: 0 }
    expect(verifyProof(proof, trust).holds).toBe(true)
    expect(verifyProof(proof.replace('1000', '9000'), trust).holds).toBe(false)
    expect((await reviewer.get('/api/v1/acts/not-an-id/proof', 'reviewer')).status).toBe(404)
  })

  test('its files are there for everybody, and no address leaves the folder', async () => {
    const anybody = served.browser()
    const checkpoint = await anybody.get('/log/checkpoint')
    expect(checkpoint.text).toContain(served.house.settings.origin)
    const size = Number(checkpoint.text.split('\n')[1])
    expect((await anybody.get(`/log/tile/0/000.p/${size}`)).status).toBe(200)
    for (const path of [
      '/log/../house.json',
      '/log/%2e%2e/house.json',
      '/log/tile/0/../../../keys/log.key',
      '/log/tile/0/999',
    ])
      expect((await anybody.get(path)).status, path).toBe(404)
  })

  test('the page that verifies allows its own script and nothing else', async () => {
    const page = await served.browser().get('/verify')
    const hash = createHash('sha256').update(SCRIPT).digest('base64')
    expect(page.headers['content-security-policy']).toContain(`script-src 'sha256-${hash}'`)
    expect(page.text).toContain(served.house.settings.verifierKey.slice(0, 20))
  })
})

describe('reasons', () => {
  test('a posting and its act say who, under which clause, approved by whom', async () => {
    const act = await issue()
    const auditor = await served.signedIn('shifan-sjy')
    const told = await auditor.get(`/api/v1/why/act/${act}`, 'auditor')
    expect(told.json).toMatchObject({ act, kind: 'permit-issued' })
    expect((await auditor.get('/api/v1/why/nothing/x', 'auditor')).status).toBe(404)
    expect((await auditor.get('/api/v1/why/posting/x', 'auditor')).status).toBe(400)
  })
})

describe('a server that listens', () => {
  let address: URL
  beforeAll(async () => {
    address = new URL(await served.server.listen({ host: '127.0.0.1', port: 0 }))
  })

  test('tells its measurements to the machine it runs on, and not through a proxy', async () => {
    const text = await (await fetch(new URL('/metrics', address))).text()
    expect(text).toMatch(
      /^qingshan_http_requests_total\{method="GET",route="\/api\/v1\/queries\/drafts",status="200"\} \d+$/m,
    )
    expect(text).toMatch(/^qingshan_http_request_duration_seconds_bucket\{.*le="\+Inf"\} \d+$/m)
    for (const name of [
      'qingshan_submissions_total{outcome="accepted"}',
      'qingshan_submissions_waiting',
      'qingshan_event_loop_lag_seconds',
      'qingshan_memory_resident_bytes',
      'qingshan_log_entries',
      'qingshan_log_published_entries',
      'qingshan_oldest_job_wait_seconds',
      'qingshan_database_up',
    ])
      expect(text).toMatch(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} [\\d.e-]+$`, 'm'))
    expect(text).not.toMatch(/shifan|示范/)
    const forwarded = await fetch(new URL('/metrics', address), { headers: { 'x-forwarded-for': '10.0.0.1' } })
    expect(forwarded.status).toBe(403)
  })

  test('what is no HTTP at all is answered by a problem', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(Number(address.port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
      let all = ''
      socket.on('data', (d) => (all += d.toString()))
      socket.on('close', () => resolve(all))
    })
    expect(text).toMatch(/^HTTP\/1.1 400/)
    expect(text).toContain('application/problem+json')
  })

  test('an upload that breaks off leaves nothing, and the next one works', async () => {
    const before: string[] = []
    for await (const h of served.house.files.list()) before.push(h)
    await new Promise<void>((resolve) => {
      const r = httpRequest(
        {
          host: '127.0.0.1',
          port: address.port,
          method: 'PUT',
          path: '/api/v1/files',
          headers: {
            cookie: `qingshan_session=${clerk.cookie}`,
            'qingshan-request': '1',
            origin: address.origin,
            'content-length': '100000',
            'content-type': 'application/pdf',
          },
        },
        () => undefined,
      )
      r.on('error', () => resolve())
      r.write('%PDF-1.4 half of it')
      setTimeout(() => r.destroy(), 50)
    })
    const again = await fetch(new URL('/api/v1/files', address), {
      method: 'PUT',
      body: '%PDF-1.4 all of it',
      headers: {
        cookie: `qingshan_session=${clerk.cookie}`,
        'qingshan-request': '1',
        origin: address.origin,
      },
    })
    expect(again.status).toBe(200)
    const after: string[] = []
    for await (const h of served.house.files.list()) after.push(h)
    expect(after).toHaveLength(before.length + 1)
  })

  test('rates: an address that tries passwords is told to wait, while others go on', async () => {
    const strict = await served.another({ limits: { signInsPerMinute: 5, requestsPerMinute: 12 } })
    try {
      const b = strict.browser
      const statuses: number[] = []
      for (let i = 0; i < 7; i++)
        statuses.push((await b.post('/api/v1/session', { login: `nobody-${i}`, password: PASSWORD })).status)
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
      const told = await b.post('/api/v1/session', { login: 'nobody', password: PASSWORD })
      expect(codesOf(told)).toEqual(['http.too-many-requests'])
      expect(Number(told.headers['retry-after'])).toBeGreaterThan(0)
      expect((await b.get('/health')).status).toBe(200)
      for (let i = 0; i < 12; i++) await b.get('/api/v1/session')
      expect((await b.get('/api/v1/session')).status).toBe(429)
    } finally {
      await strict.server.close()
    }
  })

  test('when the database goes away every request is answered so, the server says that it is not ready, and lives', async () => {
    const gone = await openServed()
    try {
      const b = await gone.signedIn('shifan-jbr')
      expect((await b.get('/ready')).json).toEqual({ ready: true, log: expect.any(Number) as number })
      const asked = b.get('/api/v1/queries/acts', 'department-contact')
      const submitted = b.act('withdraw-request', { request: gone.house.newId() }, 'department-contact')
      await gone.house.store.close()
      for (const told of [await asked, await submitted]) expect([200, 404, 503]).toContain(told.status)
      const after = await Promise.all([
        b.get('/api/v1/queries/inbox', 'department-contact'),
        b.act('withdraw-request', { request: gone.house.newId() }, 'department-contact'),
        b.post('/api/v1/session', { login: 'shifan-jbr', password: PASSWORD }),
        b.get('/ready'),
      ])
      for (const told of after)
        expect([told.status, told.type, codesOf(told)[0]]).toEqual([
          503,
          'application/problem+json; charset=utf-8',
          'store.unreachable',
        ])
      expect((await b.get('/health')).status).toBe(200)
      expect((await b.get('/metrics')).text).toContain('qingshan_database_up 0')
    } finally {
      await gone.close()
    }
  })

  test('told to stop it finishes what is under way and takes nothing new', async () => {
    const stopping = (await served.another({})).server
    const at = new URL(await stopping.listen({ host: '127.0.0.1', port: 0 }))
    let closed: Promise<void> | undefined
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const upload = httpRequest({
        host: '127.0.0.1',
        port: at.port,
        method: 'PUT',
        path: '/api/v1/files',
        headers: {
          cookie: `qingshan_session=${clerk.cookie}`,
          'qingshan-request': '1',
          origin: at.origin,
          'content-type': 'application/pdf',
          expect: '100-continue',
        },
      })
      upload.on('error', reject)
      upload.on('response', (answer) => (answer.resume(), resolve(answer.statusCode)))
      upload.on('continue', () => {
        closed = stopping.close()
        upload.write('%PDF-1.4 the first half, ')
        setTimeout(() => upload.end('and the second'), 50)
      })
      upload.flushHeaders()
    })
    expect(status).toBe(200)
    await closed
    await expect(fetch(new URL('/health', at))).rejects.toThrow()
  })
})
