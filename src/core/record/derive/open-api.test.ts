// The OpenAPI document against its own rules: references resolve, examples pass, every field has a grade.

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  canonicalJson,
  check,
  exampleOf,
  field,
  form,
  fromWords,
  GRADES,
  MASK,
  text,
  type Json,
  type JsonObject,
} from '../../../kernel/index.ts'
import { curious, declared, find, issue } from './declared.fixture.ts'
import { formSchemas, openApi, problemBody, routes, statusOf } from './index.ts'

const document = openApi(declared, { title: '青山 Qingshan', version: '1' })

type Visit = (node: JsonObject, path: string) => void
/** All objects of a JSON value, with where they stand. */
function objects(json: Json | undefined, visit: Visit, path = ''): void {
  if (typeof json !== 'object' || json === null) return
  if (!Array.isArray(json)) visit(json as JsonObject, path)
  for (const [name, part] of Object.entries(json)) objects(part as Json, visit, `${path}/${name}`)
}
const at = (...steps: readonly string[]): JsonObject =>
  steps.reduce<Json | undefined>((node, step) => (node as JsonObject | undefined)?.[step], document) as JsonObject
const resolved = (node: JsonObject): JsonObject =>
  typeof node['$ref'] === 'string' ? at(...node['$ref'].slice(2).split('/')) : node

/** A reader of JSON Schema that is not ours, references put in their places. */
function reader(schema: JsonObject): z.ZodType {
  const whole = JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
    typeof value === 'object' && value !== null && '$ref' in value ? resolved(value as JsonObject) : value,
  ) as Parameters<typeof z.fromJSONSchema>[0]
  return z.fromJSONSchema(whole)
}

const postIssue = (): JsonObject => at('paths', '/api/v1/acts/issue-permit', 'post')
const getPermits = (): JsonObject => at('paths', '/api/v1/queries/find-permits', 'get')

describe('routes', () => {
  test('a command is posted to its own address, a query is asked at its own', () => {
    expect(routes(declared).map((route) => `${route.method} ${route.path}`)).toEqual([
      'POST /api/v1/acts/issue-permit',
      'POST /api/v1/acts/close-year',
      'GET /api/v1/queries/find-permits',
    ])
  })

  test('a query that asks for a personal value has no words of address: addresses are logged', () => {
    const input = form({ phone: field.text({ title: text('电话', 'Telephone'), example: '1', grade: 'personal' }) })
    const asks = { commands: [], queries: [curious(input)] }
    expect(routes(asks).map((route) => route.method)).toEqual(['POST'])
    const { paths } = openApi(asks, { title: 'x', version: '1' }) as { paths: Record<string, JsonObject> }
    expect(Object.values(paths).map((item) => Object.keys(item))).toEqual([['post']])
    expect(at('paths', '/api/v1/queries/find-permits')).toHaveProperty('get')
    expect(at('paths', '/api/v1/queries/find-permits')).toHaveProperty('post')
  })
})

describe('the OpenAPI document', () => {
  test('is plain JSON and names its version', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: '青山 Qingshan', version: '1' } })
    expect(JSON.parse(canonicalJson(document))).toEqual(JSON.parse(JSON.stringify(document)))
  })

  test('every reference resolves', () => {
    const wanted: string[] = []
    objects(document, (node) => {
      if (typeof node['$ref'] === 'string') wanted.push(node['$ref'])
    })
    expect(new Set(wanted).size).toBeGreaterThan(8)
    expect(wanted.filter((to) => !to.startsWith('#/') || at(...to.slice(2).split('/')) === undefined)).toEqual([])
  })

  test('every operation has an id of its own, a summary and a success', () => {
    const operations = Object.values(document['paths'] as JsonObject).flatMap((item) =>
      Object.values(item as JsonObject),
    ) as JsonObject[]
    const ids = operations.map((operation) => operation['operationId'])
    expect(ids).toEqual(['issuePermit', 'closeYear', 'findPermits', 'askFindPermits'])
    for (const operation of operations) {
      expect(operation['summary']).toMatch(/\p{Script=Han}/u)
      expect(Object.keys(operation['responses'] as JsonObject)).toContain('200')
    }
  })

  test('every parameter is named once, says where it stands and has a schema', () => {
    objects(document, (node, path) => {
      if (!Array.isArray(node['parameters'])) return
      const all = (node['parameters'] as readonly JsonObject[]).map(resolved)
      for (const parameter of all)
        expect(Object.keys(parameter), path).toEqual(expect.arrayContaining(['name', 'in', 'required', 'schema']))
      expect(new Set(all.map((parameter) => parameter['name'])).size).toBe(all.length)
    })
  })

  test('every example passes the schema beside it, as an independent reader judges', () => {
    let judged = 0
    objects(document, (node, path) => {
      if (node['schema'] === undefined || node['example'] === undefined) return
      judged++
      expect(reader(node['schema'] as JsonObject).safeParse(node['example']).error, path).toBeUndefined()
    })
    expect(judged).toBe(2 * 3 + 2 + 1 + 6)
  })

  test('the example of a command passes its form, and the words of a query theirs', () => {
    const body = postIssue()['requestBody'] as { content: Record<string, { example: { input: Json } }> }
    expect(check(issue.input, body.content['application/json']!.example.input).ok).toBe(true)
    const parameters = (getPermits()['parameters'] as readonly JsonObject[]).filter(
      (p) => p['in'] === 'query' && !String(p['name']).startsWith('_'),
    )
    const words = Object.fromEntries(
      parameters.map((p) => [
        p['name'] as string,
        Array.isArray(p['example']) ? (p['example'] as readonly string[]) : String(p['example']),
      ]),
    )
    expect(check(find.input, fromWords(find.input, words))).toEqual({ ok: true, json: exampleOf(find.input) })
  })

  test('an unknown field of a body is refused by the schema', () => {
    const body = postIssue()['requestBody'] as { content: Record<string, { schema: JsonObject; example: JsonObject }> }
    const { schema, example } = body.content['application/json']!
    expect(reader(schema).safeParse({ ...example, colour: 1 }).success).toBe(false)
    expect(
      reader(schema).safeParse({ ...example, input: { ...(example['input'] as JsonObject), colour: 1 } }).success,
    ).toBe(false)
  })

  test('every field carries its grade', () => {
    const schemas = document['components'] as { schemas: Record<string, JsonObject> }
    for (const name of ['IssuePermitInput', 'FindPermitsRow'])
      objects(schemas.schemas[name], (node, path) => {
        if (/(^|\/)properties\/[A-Za-z]+$/.test(path) && !/permitted\/properties|anyOf/.test(path))
          expect(GRADES as readonly unknown[], `${name}${path}`).toContain(node['x-grade'])
      })
  })

  test('the example of an answer shows that a personal value may be masked', () => {
    const rows = getPermits()['responses'] as Record<
      string,
      { content: Record<string, { example: { rows: JsonObject[] } }> }
    >
    expect(rows['200']!.content['application/json']!.example.rows[0]!['name']).toBe(MASK)
  })

  test('a command says whether it may wait for approval, and its clause', () => {
    expect(postIssue()).toMatchObject({ 'x-approval': true, 'x-clause': '第十条', 'x-version': 2, tags: ['permits'] })
    expect(at('paths', '/api/v1/acts/close-year', 'post')).toMatchObject({ 'x-approval': false, tags: ['acts'] })
  })

  test('parameters inside an optional group need not be given', () => {
    const required = (getPermits()['parameters'] as readonly JsonObject[])
      .map(resolved)
      .map((p) => [p['name'], p['required']])
    expect(required).toEqual([
      ['Qingshan-Role', true],
      ['place', true],
      ['year', false],
      ['kind', false],
      ['kinds', false],
      ['size.least', false],
      ['size.large', false],
      ...['_search', '_sort', '_limit', '_offset', '_columns', '_format', '_lang'].map((name) => [name, false]),
    ])
  })
})

describe('forms', () => {
  test('every command and query has its schema and example', () => {
    const all = formSchemas(declared)
    expect(all.map((one) => [one.kind, one.verb, one.version])).toEqual([
      ['command', 'issue-permit', 2],
      ['command', 'close-year', 1],
      ['query', 'find-permits', undefined],
    ])
    for (const one of all) expect(reader(one.schema).safeParse(one.example).error).toBeUndefined()
  })
})

describe('problems as HTTP tells them', () => {
  const problemsOf = (given: unknown): Parameters<typeof problemBody>[0] => {
    const checked = check(issue.input, given)
    return checked.ok ? [] : checked.problems
  }
  const coded = (code: string): Parameters<typeof problemBody>[0] => [{ ...problemsOf({})[0]!, code }]

  test.each([
    ['field.missing', 400],
    ['unit.unknown', 400],
    ['record.bad-id', 400],
    ['identity.role-may-not', 403],
    ['record.unknown-command', 404],
    ['act.replayed-differently', 409],
    ['ledger.overdrawn', 422],
    ['record.busy', 503],
  ])('%s is %i', (code, status) => {
    expect(statusOf(coded(code))).toBe(status)
  })

  test('of several, what may be tried again comes first', () => {
    expect(statusOf([...coded('field.missing'), ...coded('record.busy')])).toBe(503)
  })

  test('the body passes the schema it is declared with', () => {
    const body = problemBody(problemsOf({ colour: 1 }))
    expect(body['status']).toBe(400)
    expect(reader(at('components', 'schemas', 'Refusal')).safeParse(body).error).toBeUndefined()
  })
})
