// The interface against garbage, made from its own description: whatever is sent to whichever address, by whom, the server
// answers with a result or with a problem, and never by a mistake of its own. And the description names every address there is.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../kernel/index.ts'
import { openServed, type Browser, type Served, type Told } from './server.fixture.ts'

interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: Json }[]
  readonly example: Json | undefined
}

let served: Served
let operations: readonly Operation[]
const browsers: Browser[] = []
beforeAll(async () => {
  served = await openServed({ entry: 'no/such/program.mjs', verifierScript: '1' })
  browsers.push(served.browser())
  for (const login of ['shifan-jbr', 'shifan-shy', 'gly-001', 'aqy-001', 'shifan-qy1', 'shifan-sjy'])
    browsers.push(await served.signedIn(login))
  const document = (await served.browser().get('/openapi.json')).json
  const at = (ref: string): JsonObject =>
    ref
      .slice(2)
      .split('/')
      .reduce<JsonObject>((node, step) => node[step] as JsonObject, document)
  operations = Object.entries(document['paths'] as Record<string, Record<string, JsonObject>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, of]) => {
      const body = of['requestBody'] as { content: Record<string, { example?: Json }> } | undefined
      return {
        method: method.toUpperCase() as Operation['method'],
        path,
        parameters: (of['parameters'] as readonly JsonObject[]).map(
          (p) => (typeof p['$ref'] === 'string' ? at(p['$ref']) : p) as unknown as Operation['parameters'][number],
        ),
        example: body?.content['application/json']?.example,
      }
    }),
  )
})
afterAll(() => served.close())

const ROLES = [
  'department-contact',
  'reviewer',
  'administrator',
  'security-officer',
  'firm-manager',
  'auditor',
  'public',
  'system',
  'x',
  '',
]
const WORDS = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  '9223372036854775808',
  'null',
  'true',
  '430100',
  '2026-01-31',
  '[',
  '{"a":1}',
  '\u0000',
  '\ud800',
  "'; drop table act; --",
  '%',
  '＝1',
  '../../x',
  '山'.repeat(300),
  '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  'ab'.repeat(32),
  '-code',
  '__proto__',
]
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
)
const anything = fc.oneof(word, fc.jsonValue({ maxDepth: 3 }), fc.integer(), fc.constant(null))

/** The example with some of its values replaced, or something else altogether. */
const bodyOf = (example: Json | undefined): fc.Arbitrary<unknown> => {
  const garbage = fc.jsonValue({ maxDepth: 3 })
  if (example === undefined) return garbage
  const spoilt = fc
    .array(fc.tuple(fc.nat(40), anything), { minLength: 0, maxLength: 3 })
    .map((changes) => changes.reduce((body, [at, value]) => spoil(body, at, value), example as unknown))
  return fc.oneof({ weight: 5, arbitrary: spoilt }, { weight: 1, arbitrary: garbage })
}

/** Replaces the n-th value of a tree. */
function spoil(tree: unknown, n: number, by: unknown): unknown {
  let left = n
  const go = (node: unknown): unknown => {
    if (left-- === 0) return by
    if (Array.isArray(node)) return node.map(go)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, go(v)]))
  }
  return go(tree)
}

const isAnswer = (told: Told): boolean =>
  told.status < 400
    ? told.status >= 200
    : told.status < 500 || told.status === 503
      ? told.type.startsWith('application/problem+json') &&
        told.json['status'] === told.status &&
        (told.json['problems'] as readonly unknown[]).length > 0
      : false

test('garbage at every address is answered by a result or a problem', async () => {
  const request = fc.nat(operations.length - 1).chain((i) => {
    const { method, path, parameters, example } = operations[i]!
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!)
    const inQuery = parameters.filter((p) => p.in === 'query')
    return fc.record({
      method: fc.constant(method),
      url: fc
        .tuple(
          fc.array(word, { minLength: inPath.length, maxLength: inPath.length }),
          fc.array(fc.tuple(fc.constantFrom(...inQuery.map((p) => p.name), '_x', 'constructor'), word), {
            maxLength: 4,
          }),
          fc.array(fc.constantFrom(...inQuery.filter((p) => p.example !== undefined), undefined), { maxLength: 4 }),
        )
        .map(([values, words, right]) => {
          const at = inPath.reduce((p, name, k) => p.replace(`{${name}}`, encode(values[k]!)), path)
          const said = [...right.flatMap((p) => (p ? [[p.name, String(p.example)]] : [])), ...words]
          return `${at}?${said.map(([k, v]) => `${encode(k!)}=${encode(v!)}`).join('&')}`
        }),
      who: fc.nat(browsers.length - 1),
      role: fc.constantFrom(...ROLES),
      body: method === 'GET' ? fc.constant(undefined) : bodyOf(example),
    })
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ method, url, who, role, body }) => {
      // Signing out and passwords are tried by whoever is not signed in: the others are still needed.
      const browser = /session|password/.test(url) && method !== 'GET' ? browsers[0]! : browsers[who]!
      const told = await browser.call(method, url, { role, ...(body === undefined ? {} : { body }) })
      expect(isAnswer(told), `${method} ${url} ${told.status} ${told.text.slice(0, 300)}`).toBe(true)
      expect(served.lines.filter((line) => line.includes('"bug"'))).toEqual([])
    }),
    { numRuns: 600 },
  )
})

/** A lone surrogate cannot stand in an address. */
const encode = (s: string): string => encodeURIComponent(s.replace(/[\ud800-\udfff]/g, '?'))

test('the description names every address the server has', () => {
  const described = new Set(operations.map((o) => `${o.method} ${o.path.replace(/\{\w+\}/g, '*')}`))
  const has = served.server.routes.map(
    ({ method, path }) => `${method} ${path.replace(/:\w+/g, '*').replace(/(.)\/$/, '$1')}`,
  )
  expect(has.length).toBeGreaterThan(100)
  expect(has.filter((r) => !described.has(r))).toEqual([])
})
