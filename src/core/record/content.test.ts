// The text of what an act wrote: canonical, and read back to the same rows, whatever stands in them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from '../../kernel/index.ts'
import { blockOfCells, table, type Cells } from '../store/index.ts'
import { effectsOf, effectsText, writtenOf, type WrittenRows } from './content.ts'

const tables = [
  table({ name: 'one', key: ['a'], columns: { a: 'text', b: 'text', c: 'text' } }),
  table({ name: 'two', key: ['b', 'a'], columns: { b: 'text', a: 'text' } }),
]
/** Few values, so that rows often agree in a column. */
const cell = fc.constantFrom(null, '', '1', 'x"\\', '付款', '\u0001\ud800')

const written: fc.Arbitrary<WrittenRows> = fc
  .record({ t: fc.constantFrom(...tables), how: fc.constantFrom('insert' as const, 'put' as const) })
  .chain(({ t, how }) =>
    fc
      .array(fc.record(Object.fromEntries(Object.keys(t.columns).map((c) => [c, cell]))), {
        minLength: 1,
        maxLength: 4,
      })
      .map((rows) => ({ table: t.name, how, block: blockOfCells(t, rows as Cells[]) })),
  )

describe('the text of what an act wrote', () => {
  test('is canonical JSON and gives back every row', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 4 }), fc.boolean(), (rows, more) => {
        const said = { act: 'done', ...(more ? { erases: ['~1'], reasons: { b: 1, a: { z: null } } } : {}) }
        const text = effectsText(said, rows)
        expect(text).toBe(canonicalJson(JSON.parse(text) as Json))
        expect(writtenOf(text)).toEqual(rows)
        // The plain twin: row by row.
        const plain = rows.flatMap(({ table, how, block }) =>
          Array.from({ length: block.count }, (_, i) => [
            table,
            how,
            Object.fromEntries(Object.keys(block.columns).map((c) => [c, block.columns[c]![i]])),
          ]),
        )
        expect(effectsOf(text)).toEqual({ ...said, rows: plain })
      }),
    )
  })
})
