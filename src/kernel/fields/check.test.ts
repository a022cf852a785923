// What is submitted: accepted in one canonical form, or refused with every mistake named at its field.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalJson,
  check,
  decode,
  encode,
  exampleOf,
  field,
  form,
  isSealed,
  ProblemError,
  quantityText,
  text,
  walk,
  type Commitment,
  type Decoded,
  type Encoded,
  type Field,
  type Fields,
  type Form,
  type Json,
  type JsonObject,
  type Problem,
  type Quantity,
} from '../index.ts'
import { everyKind } from './forms.fixture.ts'

const title = text('甲', 'A')
const COMMITTED = `~${'0f'.repeat(32)}`
const seal = (f: Form, json: JsonObject): JsonObject =>
  walk(f, json, (_, { grade }) => (isSealed(grade) ? COMMITTED : undefined))

const example = exampleOf(everyKind)
const withField = (name: string, value: unknown): unknown => ({ ...example, [name]: value })

/** The problems of one field of the permit that holds `value`. */
const problemsOf = (name: string, value: unknown): readonly Problem[] => {
  const checked = check(everyKind, withField(name, value))
  return checked.ok ? [] : checked.problems
}
const codesOf = (name: string, value: unknown): readonly string[] => problemsOf(name, value).map((p) => p.code)
const accepted = (name: string, value: unknown): Json | undefined => {
  const checked = check(everyKind, withField(name, value))
  expect(checked.ok ? [] : checked.problems).toEqual([])
  return checked.ok ? checked.json[name] : undefined
}

describe('what is accepted takes one canonical form', () => {
  test.each<[string, unknown, Json]>([
    ['project', '  资江\u3000', '资江'],
    ['project', 'e\u0301', '\u00e9'],
    ['note', 'a\r\nb\rc', 'a\nb\nc'],
    ['number', ' ＸＪ－２０２６－００１', 'XJ-2026-001'],
    ['parcel', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'],
    ['issued', '２０２６-01-31', '2026-01-31'],
    ['seen', '2026-01-31T16:00:00+08:00', '2026-01-31T08:00:00.000Z'],
    ['area', { value: '１,234.50', unit: '亩' }, { value: '1234.5', unit: '亩' }],
    ['area', { value: '0.000', unit: 'km²' }, { value: '0', unit: 'km2' }],
    ['fee', '1,200.50', '1200.5'],
    ['fee', '0.00', '0'],
    ['permitted', '+0012', '12'],
    ['permitted', '9223372036854775807', '9223372036854775807'],
    ['outlets', -0, 0],
    ['map', 'AB'.repeat(32), 'ab'.repeat(32)],
    ['term', { from: '2026-01-01' }, { from: '2026-01-01' }],
    ['witnesses', undefined, null],
  ])('%s: %j is kept as %j', (name, given, kept) => {
    expect(accepted(name, given) ?? null).toEqual(kept)
  })

  test('a quantity of 34 digits loses none', () => {
    const value = '0.1234567890123456789012345678901234'
    expect(accepted('area', { value, unit: 'km2' })).toEqual({ value, unit: 'km2' })
  })
})

describe('what is refused', () => {
  test.each<[string, unknown, string]>([
    ['project', undefined, 'field.missing'],
    ['project', '  ', 'field.empty'],
    ['project', 12, 'field.wrong-form'],
    ['project', null, 'field.wrong-form'],
    ['project', '山'.repeat(21), 'field.too-long'],
    ['project', 'a\nb', 'field.unreadable-character'],
    ['project', 'a\u202eb', 'field.unreadable-character'],
    ['project', 'a\ud800', 'field.unreadable-character'],
    ['number', 'xj-2026-001', 'field.wrong-form'],
    ['number', 'X'.repeat(65), 'field.wrong-form'],
    ['parcel', '00000000-0000-0000-0000-000000000000', 'field.wrong-form'],
    ['act', '919108f7-52d1-4320-9bac-f847db4148a8', 'field.wrong-form'],
    ['issued', '2026-02-30', 'field.wrong-form'],
    ['seen', '2026-01-31T08:00:00', 'field.wrong-form'],
    ['budget', 26, 'field.below-least'],
    ['budget', '2026', 'field.wrong-form'],
    ['budget', 2026.5, 'field.wrong-form'],
    ['term', { from: '2026-02-01', to: '2026-01-01' }, 'field.period-backwards'],
    ['term', '2026', 'field.wrong-form'],
    ['area', { value: '1', unit: '' }, 'field.no-unit'],
    ['area', { value: '1', unit: 'furlong' }, 'field.unknown-unit'],
    ['area', { value: '1', unit: 'tC' }, 'field.wrong-unit'],
    ['area', { value: '1', unit: '10^999999999m2' }, 'field.unknown-unit'],
    ['area', { value: '-0.1', unit: '亩' }, 'field.below-least'],
    ['area', { value: '1500001', unit: '亩' }, 'field.above-most'],
    ['area', { value: '1.1234567890123456789012345678901234', unit: 'm2' }, 'field.too-many-digits'],
    ['area', { value: '1e3', unit: 'm2' }, 'field.wrong-form'],
    ['area', { value: 1, unit: 'm2' }, 'field.wrong-form'],
    ['area', '1 km2', 'field.wrong-form'],
    ['fee', '1.005', 'field.wrong-form'],
    ['fee', 12, 'field.wrong-form'],
    ['fee', '-1', 'field.below-least'],
    ['fee', '1000000.01', 'field.above-most'],
    ['permitted', '0', 'field.below-least'],
    ['permitted', '9223372036854775808', 'field.above-most'],
    ['permitted', '1.0', 'field.wrong-form'],
    ['outlets', 100, 'field.above-most'],
    ['outlets', 2 ** 53, 'field.above-most'],
    ['outlets', NaN, 'field.not-json'],
    ['urgent', 1, 'field.wrong-form'],
    ['urgent', 'true', 'field.wrong-form'],
    ['status', '有效', 'field.not-a-choice'],
    ['place', '43/0725', 'field.wrong-form'],
    ['map', 'ab', 'field.wrong-form'],
    ['lines', [], 'field.too-few'],
    ['lines', Array(6).fill({ lot: 'a', quantity: '1' }), 'field.too-many'],
    ['lines', { 0: { lot: 'a', quantity: '1' } }, 'field.wrong-form'],
    ['colour', 'red', 'field.unknown'],
    ['constructor', 'x', 'field.unknown'],
    ['project', () => 1, 'field.not-json'],
    ['project', Symbol('x'), 'field.not-json'],
    ['project', new Date(0), 'field.not-json'],
  ])('%s: %j', (name, given, code) => {
    expect(codesOf(name, given)).toContain(code)
  })

  test.each([[undefined], [null], [5], ['x'], [[]], [[{}]], [new Map()]])('a form that is %j', (given) => {
    const checked = check(everyKind, given)
    expect(checked.ok ? [] : checked.problems.map((p) => p.code)).toHaveLength(1)
  })

  test('all mistakes are told at once, each at its field and under its title', () => {
    const lines = [
      { lot: 'a', quantity: 1 },
      { lot: '', quantity: '2', weight: '3' },
    ]
    const checked = check(everyKind, { ...example, status: 'x', lines, colour: 1 })
    const told = checked.ok ? [] : checked.problems
    expect(told.map((p) => [p.at?.field, p.code])).toEqual([
      ['status', 'field.not-a-choice'],
      ['lines.0.quantity', 'field.wrong-form'],
      ['lines.1.lot', 'field.empty'],
      ['lines.1.weight', 'field.unknown'],
      ['colour', 'field.unknown'],
    ])
    expect(told[1]!.zh).toBe('“明细 第 1 项 数量”填写的 1 不对。')
    expect(told[1]!.en).toBe('"Lines, item 1, Quantity" cannot be 1.')
    expect(told[3]!.hint.zh).toBe('可填的字段：lot, quantity, remark。')
  })

  test('no sentence keeps an unfilled place', () => {
    for (const [name, given] of [
      ['area', { value: '1', unit: 'x' }],
      ['area', { value: '2000', unit: 'km2' }],
      ['term', { from: '2' }],
      ['status', 3],
      ['fee', undefined],
    ] as const)
      for (const p of problemsOf(name, given)) expect(p.zh + p.en + p.hint.zh + p.hint.en).not.toMatch(/[{]\w+[}]/)
  })

  test('what was given for a personal or secret field is not repeated', () => {
    for (const [name, given] of [
      ['phone', 13812345678],
      ['bid', '13812345678 yuan'],
      ['bank', { name: 13812345678, account: '13812345678\u0007' }],
      ['witnesses', [13812345678]],
    ] as const) {
      expect(problemsOf(name, given)).not.toEqual([])
      expect(JSON.stringify(problemsOf(name, given))).not.toContain('13812345678')
    }
  })

  test('a hundred problems are listed, the others counted', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x${i}`, i]))
    const checked = check(everyKind, { ...example, ...many })
    const problems = checked.ok ? [] : checked.problems
    expect(problems).toHaveLength(101)
    expect(problems.at(-1)).toMatchObject({ code: 'field.more-problems', values: { count: 50 } })
  })
})

describe('untrusted input', () => {
  test('a key __proto__ is an unknown field and reaches no prototype', () => {
    const given = JSON.parse(`{"__proto__": {"status": "draft"}, "lines": [{"__proto__": {"lot": "a"}}]}`) as unknown
    const checked = check(everyKind, given)
    const places = (checked.ok ? [] : checked.problems)
      .filter((p) => p.code === 'field.unknown')
      .map((p) => p.at?.field)
    expect(places.sort()).toEqual(['__proto__', 'lines.0.__proto__'])
    expect(({} as Record<string, unknown>)['status']).toBeUndefined()
  })

  test('nesting without end, circles and huge forms are refused', () => {
    let deep: unknown = 'x'
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(codesOf('lines', deep)).toContain('field.too-deep')
    const circle: Record<string, unknown> = {}
    circle['project'] = circle
    expect(codesOf('project', circle)).toContain('field.too-deep')
    expect(codesOf('lines', Array(300_000).fill(0))).toEqual(['field.too-large'])
    expect(codesOf('note', '山'.repeat(5_000_000))).toEqual(['field.too-large'])
  })

  test('any JSON is answered and never thrown at', () => {
    const names = fc.constantFrom(...Object.keys(everyKind.fields), '__proto__', 'toString', 'value', 'unit', 'from')
    const anything = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom('1', '2026-01-01', 'km2', '10^4m3', '-', '/', '((', '0', '1e5', '\ud800', ''),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 6, noNullPrototype: true }),
      ),
    })).value
    fc.assert(
      fc.property(anything, names, (value, name) => {
        for (const given of [value, withField(name, value)]) {
          const checked = check(everyKind, given)
          if (checked.ok) expect(check(everyKind, checked.json)).toEqual(checked)
          else expect(checked.problems.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('values and their JSON', () => {
  test('an amount is a bigint, a quantity keeps its unit, a personal value is its commitment', () => {
    const values = decode(everyKind, seal(everyKind, example))
    expect(values.permitted).toBe(1200n)
    expect(values.fee).toBe(120050n)
    expect(quantityText(values.area)).toEqual({ value: '1.5', unit: 'km2' })
    expect(values.phone).toBe(COMMITTED)
    expect(values.bank).toBe(COMMITTED)
    expect(values.witnesses).toEqual([COMMITTED])
    expect(values.lines[0]?.quantity).toBe(7n)
  })

  test('the types follow from the declaration', () => {
    const f = form({
      name: field.text({ title, example: 'x', grade: 'personal' }),
      area: field.quantity({ title, unit: 'km2', example: { value: '1', unit: 'km2' } }),
      status: field.choice({
        title,
        example: 'a',
        choices: [
          { value: 'a', title },
          { value: 'b', title },
        ],
      }),
      rows: field.optional(
        field.list(
          field.group(
            { n: field.amount({ title, example: '1' }), o: field.optional(field.flag({ title, example: true })) },
            { title },
          ),
          { title },
        ),
      ),
    })
    type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
    const decoded: Same<
      Decoded<typeof f>,
      {
        readonly name: Commitment
        readonly area: Quantity
        readonly status: 'a' | 'b'
        readonly rows?: readonly { readonly n: bigint; readonly o?: boolean }[]
      }
    > = true
    const encoded: Encoded<typeof f> = {
      name: COMMITTED,
      area: { value: '1', unit: 'm2' },
      status: 'a',
      rows: [{ n: '1' }],
    }
    expect(decoded).toBe(true)
    expect(encode(f, decode(f, encoded))).toEqual(encoded)
  })

  test('stored JSON that the form does not store is a problem', () => {
    expect(() => decode(everyKind, example)).toThrow(ProblemError)
    expect(() => decode(everyKind, { ...seal(everyKind, example), colour: 'red' })).toThrow(ProblemError)
    expect(() => decode(everyKind, null)).toThrow(ProblemError)
  })

  test('a value that is none of its field is a bug of who made it', () => {
    const values = decode(everyKind, seal(everyKind, example))
    expect(() => encode(everyKind, { ...values, permitted: -1n })).toThrow()
    expect(() => encode(everyKind, { ...values, permitted: 1 as unknown as bigint })).toThrow()
  })

  test('what is accepted is accepted again unchanged, and read and written gives the same canonical text', () => {
    fc.assert(
      fc.property(formAndInput, ([f, given]) => {
        const checked = check(f, given)
        if (!checked.ok) throw new ProblemError(checked.problems)
        expect(check(f, checked.json)).toEqual(checked)
        const stored = seal(f, checked.json)
        expect(canonicalJson(encode(f, decode(f, stored)))).toBe(canonicalJson(stored))
      }),
    )
  })
})

/** A field and something right to give for it, written in one of the ways people write. */
type FieldAndInput = readonly [Field<unknown, unknown, true>, unknown]
const readable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((s) => s.normalize('NFC').trim() !== '' && !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/u.test(s))
const grade = fc.constantFrom('public', 'internal', 'restricted', 'personal', 'secret')
const whole = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })
const leaf: fc.Arbitrary<FieldAndInput> = fc.oneof(
  fc.tuple(readable, grade).map(([s, g]) => [field.text({ title, grade: g, example: s }), s] as const),
  readable.map((s) => [field.longText({ title, example: s }), `${s}\r\n${s} `] as const),
  fc.tuple(whole, grade).map(([n, g]) => [field.amount({ title, grade: g, example: '1' }), `0${n}`] as const),
  whole.map((n) => [field.money({ title, example: '1' }), `${n / 100n}.${String(n % 100n).padStart(2, '0')}`] as const),
  fc
    .tuple(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.nat(999),
      fc.constantFrom('m²', '亩', '万亩', 'ha', '10⁴m2'),
    )
    .map(([n, d, unit]) => {
      const example = { value: '1', unit: 'km2' }
      return [field.quantity({ title, unit: 'km2', example }), { value: `${n}.${d}`, unit }] as const
    }),
  fc.integer().map((n) => [field.integer({ title, example: 0 }), n] as const),
  fc.boolean().map((b) => [field.flag({ title, example: true }), b] as const),
  fc
    .date({ noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z'), max: new Date('9998-12-31T00:00:00Z') })
    .map((d) => [field.instant({ title, example: '' }), d.toISOString().replace('Z', '-05:30')] as const),
)
const tree = fc.letrec<{ any: FieldAndInput; rows: FieldAndInput; group: FieldAndInput }>((tie) => ({
  any: fc.oneof({ maxDepth: 2 }, leaf, tie('rows'), tie('group')),
  rows: fc
    .tuple(tie('any'), fc.nat(3))
    .map(([[f, v], n]) => [field.list(f, { title }), Array.from({ length: n }, () => v)] as const),
  group: fc
    .tuple(fc.array(tie('any'), { minLength: 1, maxLength: 3 }), fc.constantFrom('public', 'personal'))
    .map(([all, g]) => {
      const fields: Fields = Object.fromEntries(all.map(([f], i) => [`f${i}`, f]))
      const input = Object.fromEntries(all.map(([, v], i) => [`f${i}`, v]))
      return [field.group(fields, { title, grade: g }) as Field<unknown, unknown, true>, input] as const
    }),
})).any
const formAndInput = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tree, { minKeys: 1 }).map((all) => {
  const fields: Fields = Object.fromEntries(Object.entries(all).map(([name, [f]]) => [name, f]))
  return [form(fields), Object.fromEntries(Object.entries(all).map(([name, [, v]]) => [name, v]))] as const
})
