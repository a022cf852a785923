// The JSON Schema says what the check says: an independent reader of JSON Schema accepts what is stored and refuses what
// is plainly not.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  canonicalJson,
  check,
  describeForm,
  exampleOf,
  field,
  form,
  isSealed,
  jsonSchema,
  mask,
  text,
  walk,
  type JsonObject,
  type Side,
} from '../index.ts'
import { everyKind } from './forms.fixture.ts'

const reader = (side: Side): z.ZodType =>
  z.fromJSONSchema(jsonSchema(everyKind, side) as Parameters<typeof z.fromJSONSchema>[0])
const given = reader('given')
const example = exampleOf(everyKind)
const sealed = walk(everyKind, example, (_, { grade }) => (isSealed(grade) ? `~${'0f'.repeat(32)}` : undefined))

describe('JSON Schema', () => {
  test('the example of every kind passes its own check and the schema', () => {
    expect(new Set(describeForm(everyKind).map((row) => row.kind)).size).toBe(22)
    expect(check(everyKind, example)).toEqual({ ok: true, json: example })
    expect(given.safeParse(example).error).toBeUndefined()
  })

  test('an example its field would refuse is a bug of the declaration', () => {
    const title = text('甲', 'A')
    expect(() => exampleOf(form({ a: field.amount({ title, example: '-1' }) }))).toThrow(/example: a/)
  })

  test('stored JSON passes the schema of what is stored, and masked JSON that of what is shown', () => {
    expect(reader('stored').safeParse(sealed).success).toBe(true)
    expect(reader('stored').safeParse(example).success).toBe(false)
    const opened = walk(everyKind, sealed, (_, { path }) => (path === 'phone' ? '13800000000' : undefined))
    for (const may of ['public', 'internal', 'personal'] as const)
      for (const json of [sealed, opened])
        expect(reader('shown').safeParse(mask(everyKind, json, may)).error).toBeUndefined()
  })

  test('it is plain JSON, and strict at every level', () => {
    const schema = jsonSchema(everyKind)
    expect(JSON.parse(canonicalJson(schema))).toEqual(schema)
    expect(given.safeParse({ ...example, colour: 1 }).success).toBe(false)
    expect(given.safeParse({ ...example, lines: [{ lot: 'a', quantity: '1', colour: 1 }] }).success).toBe(false)
    expect(given.safeParse({ ...example, area: { value: '1', unit: 'm2', colour: 1 } }).success).toBe(false)
  })

  test('each field carries its titles, hint, grade, unit and choices', () => {
    const { area, status, lines } = jsonSchema(everyKind)['properties'] as Record<string, JsonObject>
    expect(area).toMatchObject({
      title: '面积',
      'x-title': { zh: '面积', en: 'Area' },
      'x-hint': { zh: '按宗地图', en: 'From the map of the parcel' },
      'x-kind': 'quantity',
      'x-grade': 'internal',
      'x-unit': 'km2',
      'x-least': '0',
      'x-most': '1000',
      examples: [{ value: '1.5', unit: 'km2' }],
    })
    expect(area!['description']).toBe('Area · 按宗地图 · From the map of the parcel · 内部 internal')
    expect(status).toMatchObject({
      enum: ['draft', 'in-force'],
      'x-choices': [{ value: 'draft' }, { value: 'in-force' }],
    })
    expect(lines).toMatchObject({ type: 'array', minItems: 1, maxItems: 5 })
  })

  test('whatever the check keeps, the schema accepts; what JSON Schema can say is refused by both', () => {
    const names = fc.constantFrom(...Object.keys(everyKind.fields))
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      names.map((name) => example[name]!),
      fc.record({ value: fc.integer().map(String), unit: fc.constantFrom('m2', '亩', '') }),
    )
    fc.assert(
      fc.property(names, value, (name, one) => {
        const submitted = { ...example, [name]: one } as JsonObject
        const checked = check(everyKind, submitted)
        if (checked.ok) expect(given.safeParse(checked.json).error).toBeUndefined()
        else if (typeof one !== 'string' && name !== 'area' && name !== 'term')
          expect(given.safeParse(submitted).success).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the rows of a form', () => {
  test('tell path, title, kind, grade and whether it must be given', () => {
    const rows = describeForm(everyKind)
    expect(rows.find((row) => row.path === 'bank.name')).toMatchObject({
      grade: 'personal',
      required: true,
      kind: 'text',
    })
    expect(rows.find((row) => row.path === 'bank')).toMatchObject({ required: false, kind: 'group' })
    expect(rows.find((row) => row.path === 'lines.*.remark')).toMatchObject({ required: false, title: { zh: '备注' } })
    expect(rows.find((row) => row.path === 'area')).toMatchObject({ unit: 'km2', hint: { zh: '按宗地图' } })
  })
})
