// What is filled in becomes what is submitted: nothing typed is lost, nothing is made up, what was left alone is left out.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldKind } from '../../kernel/index.ts'
import type { FieldSchema, GroupSchema } from './schema.ts'
import { emptyOf, inputOf, missingOf, presetOf, setAt, type Group } from './values.ts'

const title = { zh: '名', en: 'name' }
const of = (kind: FieldKind, more: Partial<FieldSchema> = {}): FieldSchema => ({
  'x-kind': kind,
  'x-title': title,
  ...more,
})

const FORM: GroupSchema = {
  properties: {
    firm: of('organisation'),
    amountKg: of('amount'),
    year: of('year'),
    urgent: of('flag'),
    remark: of('long-text'),
    value: of('group', { properties: { value: of('code'), unit: of('text') }, required: ['value', 'unit'] }),
    lines: of('list', {
      items: of('group', {
        properties: { lot: of('text'), area: of('quantity', { 'x-unit': 'ha' }) },
        required: ['lot'],
      }),
    }),
  },
  required: ['firm', 'amountKg', 'lines'],
}

describe('a form', () => {
  test('left alone submits empty lists that are required and nothing else', () => {
    expect(inputOf(FORM, emptyOf(FORM))).toEqual({ lines: [] })
  })

  test('names every required field that is empty by its path, also inside rows and begun groups', () => {
    expect(missingOf(FORM, emptyOf(FORM))).toEqual(['firm', 'amountKg'])
    const begun = setAt(setAt(emptyOf(FORM), ['value', 'value'], '1.2'), ['lines', 0, 'area', 'value'], '3')
    expect(missingOf(FORM, begun)).toEqual(['firm', 'amountKg', 'value.unit', 'lines.0.lot'])
  })

  test('a group that may be left out is left out while its lists hold rows that nobody wrote in', () => {
    const list: FieldSchema = of('list', { items: of('text'), minItems: 1 })
    const form: GroupSchema = { properties: { list: of('group', { properties: { rows: list }, required: ['rows'] }) } }
    expect([missingOf(form, emptyOf(form)), inputOf(form, emptyOf(form))]).toEqual([[], {}])
    const begun = setAt(emptyOf(form), ['list', 'rows', 1], '王＊')
    expect(missingOf(form, begun)).toEqual(['list.rows.0'])
  })

  test('keeps amounts as the text that was typed, whatever their size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (n) => {
        expect(inputOf(FORM, setAt(emptyOf(FORM), ['amountKg'], ` ${n} `))['amountKg']).toBe(String(n))
      }),
    )
  })

  test('makes whole numbers of years, and passes on what is none for the server to judge', () => {
    const year = (typed: string): unknown => inputOf(FORM, setAt(emptyOf(FORM), ['year'], typed))['year']
    expect(year('2026')).toBe(2026)
    expect(year('二〇二六')).toBe('二〇二六')
    expect(year('99999999999999999999')).toBe('99999999999999999999')
  })

  test('setting a value changes nothing beside it and nothing in the whole it came from', () => {
    const before = setAt(emptyOf(FORM), ['lines', 0, 'lot'], 'a')
    const after = setAt(before, ['lines', 1, 'lot'], 'b') as Group
    expect((before as Group)['lines']).toHaveLength(1)
    expect(inputOf(FORM, after)['lines']).toEqual([{ lot: 'a' }, { lot: 'b' }])
  })

  test('takes from a link what it knows, also inside groups, and nothing else', () => {
    const filled = presetOf(
      FORM,
      { firm: 'f', 'value.unit': 't/m3', urgent: 'true', lines: 'x', unknown: 'y', 'value.no': 'z' },
      emptyOf(FORM),
    )
    expect(inputOf(FORM, filled)).toEqual({ firm: 'f', urgent: true, value: { unit: 't/m3' }, lines: [] })
  })
})
