// Seeing and sealing: every value is visited with its grade, and no reader is shown a value above theirs.

import { describe, expect, test } from 'vitest'
import {
  canonicalJson,
  decode,
  describeForm,
  exampleOf,
  field,
  form,
  gradeOf,
  GRADES,
  isSealed,
  mask,
  MASK,
  sees,
  text,
  titleOf,
  walk,
  type Json,
  type JsonObject,
} from '../index.ts'
import { everyKind } from './forms.fixture.ts'

const COMMITTED = `~${'0f'.repeat(32)}`
const example = exampleOf(everyKind)
const sealed = walk(everyKind, example, (_, { grade }) => (isSealed(grade) ? COMMITTED : undefined))

/** All texts and numbers anywhere in a value. */
const scalars = (json: Json | undefined): readonly Json[] =>
  typeof json === 'object' && json !== null ? Object.values(json as JsonObject).flatMap(scalars) : [json ?? null]

describe('walk', () => {
  test('visits every value with its path, rows by number', () => {
    const paths: string[] = []
    const same = walk(everyKind, example, (_, { path }) => {
      paths.push(path)
      return undefined
    })
    expect(same).toEqual(example)
    const declared = describeForm(everyKind).map((row) => row.path)
    expect(declared.filter((path) => !paths.includes(path.replaceAll('*', '0')))).toEqual([])
    expect(paths).toContain('lines.0.quantity')
  })

  test('what is put in the place of a group is not gone into', () => {
    const paths: string[] = []
    walk(everyKind, example, (_, { path, grade }) => {
      paths.push(path)
      return isSealed(grade) ? COMMITTED : undefined
    })
    expect(paths).toContain('bank')
    expect(paths.filter((path) => path.startsWith('bank.'))).toEqual([])
  })

  test('sealing leaves no personal or secret text, and what is left is readable', () => {
    const all = scalars(sealed)
    for (const open of ['13800000000', '99.99', '李四', '农商行', '6222000000000000'])
      expect(all.some((value) => value === open)).toBe(false)
    expect(decode(everyKind, sealed).bid).toBe(COMMITTED)
  })

  test('a member no field is declared for is left out', () => {
    const small = form({ a: field.flag({ title: text('甲', 'A'), example: true }) })
    expect(walk(small, { a: true, b: 1 }, () => undefined)).toEqual({ a: true })
  })
})

describe('mask', () => {
  test.each(GRADES)('a reader of grade %s sees what is theirs and nothing above', (may) => {
    const seen = mask(everyKind, example, may)
    walk(everyKind, example, (value, { path, grade, field: { kind } }) => {
      const shown = path.split('.').reduce<Json | undefined>((at, step) => (at as JsonObject | undefined)?.[step], seen)
      if (kind !== 'list' && kind !== 'group')
        expect(shown === value || canonicalJson(shown!) === canonicalJson(value)).toBe(sees(may, grade))
      if (!sees(may, grade)) {
        expect(shown).toBe(MASK)
        return MASK
      }
      return undefined
    })
  })

  test('a grade covers what is inside', () => {
    expect(mask(everyKind, example, 'restricted')['bank']).toBe(MASK)
    expect(gradeOf(everyKind, 'bank.name')).toBe('personal')
  })

  test('masking what is masked changes nothing', () => {
    const once = mask(everyKind, sealed, 'public')
    expect(mask(everyKind, once, 'public')).toEqual(once)
  })
})

describe('titles', () => {
  test('a path is told in words, rows from one', () => {
    expect(titleOf(everyKind, 'lines.2.quantity')).toEqual({ zh: '明细 第 3 项 数量', en: 'Lines, item 3, Quantity' })
    expect(titleOf(everyKind, 'lines.*.quantity').zh).toBe('明细 各项 数量')
  })

  test('a path without a field is a bug', () => {
    expect(() => titleOf(everyKind, 'lines.0.colour')).toThrow()
    expect(() => gradeOf(everyKind, 'constructor')).toThrow()
  })
})
