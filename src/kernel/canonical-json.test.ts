// RFC 8785 where it touches us: order of keys, escapes, no number but whole ones.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from './index.ts'

describe('canonical JSON', () => {
  test('keys sort by UTF-16 code units (RFC 8785, 3.2.3)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object).sort()).toEqual(Object.values(value).sort())
    const order = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((m) => m[1])
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  test('strings escape only what must be (RFC 8785, 3.2.2.2)', () => {
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
    expect(canonicalJson('青山')).toBe('"青山"')
  })

  test('literals, no space, nested', () => {
    expect(canonicalJson({ b: [1, true, null], a: { d: 'x', c: '' } })).toBe('{"a":{"c":"","d":"x"},"b":[1,true,null]}')
  })

  test('undefined members are left out and minus zero is zero', () => {
    expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}')
  })

  test.each([0.1, NaN, Infinity, 2 ** 53])('the number %s is refused: a quantity is text', (n) => {
    expect(() => canonicalJson(n)).toThrow()
  })

  test('the order in which members were set does not matter, and it reads back', () => {
    const json = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((k) => k !== '__proto__'),
          tie('value'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    })).value
    const reversed = (v: Json): Json => {
      if (Array.isArray(v)) return (v as readonly Json[]).map(reversed)
      if (typeof v !== 'object' || v === null) return v
      return Object.fromEntries(
        Object.entries(v)
          .reverse()
          .map(([k, x]) => [k, reversed(x as Json)]),
      )
    }
    fc.assert(
      fc.property(json, (v) => {
        const text = canonicalJson(v)
        expect(canonicalJson(reversed(v))).toBe(text)
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text)
      }),
    )
  })
})
