// The OpenAPI 3.1 document of all routes. Always holds: every reference resolves, every example passes the form it is
// an example of, every field carries its grade.

import {
  check,
  describeForm,
  exampleOf,
  field,
  form,
  fromWords,
  jsonSchema,
  mask,
  text,
  toWords,
  type FieldRow,
  type Form,
  type Json,
  type JsonObject,
  type Problem,
} from '../../../kernel/index.ts'
import type { AnyCommand, AnyQuery } from '../model.ts'
import { pascal, type Declared } from './declared.ts'
import { problemBody, STATUSES, type Status } from './http-status.ts'
import { saidAs } from './said-as.ts'
import { ROLE_HEADER, routes, type CommandRoute, type QueryRoute } from './routes.ts'

const AN_ID = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'

/** What surrounds every command's input. */
const envelope = form({
  id: field.actId({
    title: text('编号', 'Id'),
    hint: text(
      '由提交方生成；重试时用同一编号，不会办两次',
      'Made by who submits; the same id again does nothing a second time',
    ),
    example: AN_ID,
  }),
  version: field.optional(
    field.integer({ title: text('表单版本', 'Version of the form'), example: 1, min: 1, max: 10_000 }),
  ),
})

const receipt = form({
  act: field.actId({ title: text('编号', 'Id of the act'), example: AN_ID, grade: 'public' }),
  kind: field.code({
    title: text('已办事项', 'What was done'),
    example: 'permit-issued',
    pattern: /^[a-z][a-z0-9-]*$/,
    expects: text('事项名称', 'the name of an act'),
    grade: 'public',
  }),
  recorded: field.instant({
    title: text('记录时刻', 'Recorded at'),
    example: '2026-01-31T08:00:00.000Z',
    grade: 'public',
  }),
  leaf: field.integer({ title: text('存证序号', 'Place in the log'), example: 41, min: 0, grade: 'public' }),
  replayed: field.flag({
    title: text('此前已提交', 'Submitted before'),
    hint: text('为 true 时这次没有再办', 'When true, nothing was done this time'),
    example: false,
    grade: 'public',
  }),
})

export interface ApiInfo {
  readonly title: string
  readonly version: string
}

export function openApi(declared: Declared, { title, version }: ApiInfo): JsonObject {
  const all = routes(declared)
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title,
      version,
      description:
        '每项业务一个 POST；每项查询一个 GET，也可用 POST，条件含个人信息的只用 POST；字段的保密等级在 x-grade。 One POST a command; one GET a query, or POST, and POST alone where a condition is personal; the grade of a field is its x-grade.',
    },
    paths: Object.fromEntries(
      all.map((route) => [
        route.path,
        route.kind === 'command'
          ? { post: commandOperation(route) }
          : { ...(route.method === 'GET' ? { get: queryOperation(route) } : {}), post: postedQuery(route) },
      ]),
    ),
    components: {
      schemas: {
        ...Object.fromEntries(declared.commands.map((c) => [inputName(c), jsonSchema(c.input)])),
        ...Object.fromEntries(declared.queries.map((q) => [rowName(q), jsonSchema(q.row, 'shown')])),
        Receipt: receiptSchema(),
        Column: COLUMN,
        Refusal: REFUSAL,
      },
      parameters: {
        Role: {
          name: ROLE_HEADER,
          in: 'header',
          required: true,
          description: '以哪个角色办理 The role in which the person acts',
          schema: { type: 'string' },
        },
        ...PAGING,
      },
      responses: Object.fromEntries(
        Object.entries(STATUSES).map(([status, { zh, en }]) => [
          `Refused${status}`,
          {
            description: `${zh} ${en}`,
            content: { 'application/problem+json': { schema: ref('schemas', 'Refusal') } },
          },
        ]),
      ),
    },
  }
}

const ref = (part: 'schemas' | 'parameters' | 'responses', name: string): JsonObject => ({
  $ref: `#/components/${part}/${name}`,
})
const inputName = ({ name }: { readonly name: string }): string => `${pascal(name)}Input`
const rowName = ({ name }: { readonly name: string }): string => `${pascal(name)}Row`
const refusals = (...statuses: readonly Status[]): JsonObject =>
  Object.fromEntries(statuses.map((status) => [String(status), ref('responses', `Refused${status}`)]))

function commandOperation({ command, title }: CommandRoute): JsonObject {
  const input = ref('schemas', inputName(command))
  const { properties, required } = jsonSchema(envelope)
  return {
    operationId: command.name,
    summary: title.zh,
    description: [title.en, command.clause].filter((s) => s !== undefined).join(' · '),
    tags: command.groups && command.groups.length > 0 ? [...command.groups] : ['acts'],
    ...(command.clause === undefined ? {} : { 'x-clause': command.clause }),
    'x-version': command.version,
    'x-approval': command.approval !== undefined,
    parameters: [ref('parameters', 'Role')],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { ...(properties as JsonObject), input },
            required: [...(required as readonly string[]), 'input'],
            additionalProperties: false,
          },
          example: { ...exampleOf(envelope), version: command.version, input: exampleOf(command.input) },
        },
      },
    },
    responses: {
      '200': {
        description: '已办理，已入存证日志 Done and in the log',
        content: {
          'application/json': { schema: ref('schemas', 'Receipt'), example: { ...exampleOf(receipt), answer: null } },
        },
      },
      ...refusals(401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
      ...wrongForm(command),
    },
  }
}

/** The refusal of a form with one mistake in it: what the reader of the document will meet first. */
function wrongForm({ input }: AnyCommand): JsonObject {
  const { zh, en } = STATUSES[400]
  const wrong = check(input, { ...exampleOf(input), noSuchField: '' })
  return {
    '400': {
      description: `${zh} ${en}`,
      content: {
        'application/problem+json': {
          schema: ref('schemas', 'Refusal'),
          example: problemBody(wrong.ok ? [] : wrong.problems),
        },
      },
    },
  }
}

function queryOperation({ query, title }: QueryRoute): JsonObject {
  return {
    operationId: query.name,
    summary: title.zh,
    description: title.en,
    tags: query.groups && query.groups.length > 0 ? [...query.groups] : ['queries'],
    parameters: [
      ref('parameters', 'Role'),
      ...parameters(query.input),
      ...Object.keys(PAGING).map((name) => ref('parameters', name)),
    ],
    responses: answersOf(query),
  }
}

/** The same question with a body: for what may not stand in an address. */
function postedQuery({ query, title }: QueryRoute): JsonObject {
  return {
    operationId: `ask${pascal(query.name)}`,
    summary: title.zh,
    description: title.en,
    tags: query.groups && query.groups.length > 0 ? [...query.groups] : ['queries'],
    parameters: [ref('parameters', 'Role')],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { input: jsonSchema(query.input), ...POSTED_PAGE },
            required: ['input'],
            additionalProperties: false,
          },
          example: { input: exampleOf(query.input), limit: 50 },
        },
      },
    },
    responses: { ...answersOf(query), ...refusals(413, 415) },
  }
}

const answersOf = (query: AnyQuery): JsonObject => ({
  '200': {
    description: '本角色可见的各行 The rows this role may see',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            rows: { type: 'array', items: ref('schemas', rowName(query)) },
            total: { type: 'integer', description: '未分页前的行数 Rows before the page was cut' },
            columns: { type: 'array', items: ref('schemas', 'Column') },
          },
          required: ['rows', 'total', 'columns'],
          additionalProperties: false,
        },
        example: { rows: [mask(query.row, exampleOf(query.row), 'restricted')], total: 1, columns: [] },
      },
      'text/csv': { schema: { type: 'string' } },
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
        schema: { type: 'string', format: 'binary' },
      },
    },
  },
  ...refusals(400, 401, 403, 404, 429, 500, 503),
})

/** A form as the words of an address: groups spread over dotted names, lists repeated, quantities as `1.5 km2`. */
function parameters(input: Form): readonly JsonObject[] {
  const words = toWords(input, exampleOf(input))
  const rows = describeForm(input)
  return Object.entries(words).map(([path, said]) => {
    const row = rows.find((r) => r.path === path)!
    const item = rows.find((r) => r.path === `${path}.*`)
    const { zh, en } = saidAs(row, said, item)
    return {
      name: path,
      in: 'query',
      required: requiredAll(rows, path),
      description: `${zh} · ${en}`,
      ...(typeof said === 'string'
        ? worded(input, path, said)
        : { schema: { type: 'array', items: { type: 'string' } }, example: [...said] }),
      'x-grade': row.grade,
    }
  })
}

/** A field inside an optional group may be left out with its group. */
const requiredAll = (rows: readonly FieldRow[], path: string): boolean =>
  rows.filter((row) => path === row.path || path.startsWith(`${row.path}.`)).every((row) => row.required)

/** Words are text, but for numbers and yes or no, which read the same either way. */
function worded(input: Form, path: string, said: string): JsonObject {
  const read = fromWords(input, { [path]: said })
  const value = path.split('.').reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>>)[step], read)
  const choices = input.fields[path]?.choices
  if (choices) return { schema: { type: 'string', enum: choices.map((c) => c.value) }, example: said }
  if (typeof value === 'boolean') return { schema: { type: 'boolean' }, example: value }
  if (typeof value === 'number') return { schema: { type: 'integer' }, example: value }
  return { schema: { type: 'string' }, example: said }
}

function receiptSchema(): JsonObject {
  const { properties, ...rest } = jsonSchema(receipt, 'stored')
  const answer: JsonObject = { description: '业务返回的内容 What the command answers', 'x-grade': 'internal' }
  return { ...rest, properties: { ...(properties as JsonObject), answer } }
}

const words: JsonObject = { type: 'string' }
const bothLanguages: JsonObject = {
  type: 'object',
  properties: { zh: words, en: words },
  required: ['zh', 'en'],
  additionalProperties: false,
}

/** A column of an answer. */
const COLUMN: JsonObject = {
  type: 'object',
  properties: { name: words, title: bothLanguages, kind: words, grade: words, unit: words },
  required: ['name', 'title', 'kind', 'grade'],
  additionalProperties: false,
}

const paging = (name: string, zh: string, en: string, schema: JsonObject): JsonObject => ({
  name,
  in: 'query',
  required: false,
  description: `${zh} · ${en}`,
  schema,
})

/** Beside the fields of its form every query takes these. */
const PAGING: Readonly<Record<string, JsonObject>> = {
  Search: paging('_search', '每个词都出现的行', 'Rows in which every word stands', words),
  Sort: paging('_sort', '按一列排序，前加 - 为倒序', 'A column to order by, with - before it from the last', words),
  Limit: paging('_limit', '行数，默认 50', 'How many rows, 50 if not said', {
    type: 'integer',
    minimum: 1,
    maximum: 1000,
  }),
  Offset: paging('_offset', '从第几行起', 'From which row on', { type: 'integer', minimum: 0 }),
  Columns: paging('_columns', '列名，用逗号隔开', 'Names of columns with commas between them', words),
  Format: paging('_format', '格式；文件含全部行', 'Format; a file holds all rows', { enum: ['json', 'csv', 'xlsx'] }),
  Lang: paging('_lang', '文件里列名的语言', 'Language of the columns of a file', { enum: ['zh', 'en'] }),
}

/** The same in a body. */
const POSTED_PAGE: JsonObject = Object.fromEntries(
  Object.values(PAGING).map(({ name, description, schema }): [string, JsonObject] => {
    const of = name === '_columns' ? { type: 'array', items: words } : (schema as JsonObject)
    return [String(name).slice(1), { ...of, description: description! }]
  }),
)

/** RFC 9457 with the list of problems, each in both languages with what to do next. */
const REFUSAL: JsonObject = {
  type: 'object',
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: words,
    status: { type: 'integer' },
    code: words,
    zh: words,
    en: words,
    hint: bothLanguages,
    problems: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          code: words,
          severity: { enum: ['red', 'yellow'] satisfies Problem['severity'][] },
          zh: words,
          en: words,
          hint: bothLanguages,
          path: { type: 'string', description: 'lines.2.amount' },
          values: { type: 'object', additionalProperties: { type: ['string', 'number'] satisfies Json } },
        },
        required: ['code', 'severity', 'zh', 'en', 'hint', 'values'],
        additionalProperties: false,
      },
    },
  },
  required: ['type', 'title', 'status', 'problems'],
  additionalProperties: false,
}
