// The test vectors of the domain text, T01 to T28: each is held by a worked example of a rule or by a test that cites it,
// and every worked example comes out. So a vector cannot be lost when a rule is renamed or an example rewritten.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadRuleBook, runExamples } from '../../src/core/rules/index.ts'

const { book, problems } = await loadRuleBook('rules')
const citing = new Map<string, number>()
for (const rule of book.rules)
  for (const { cite } of rule.examples) if (cite !== undefined) citing.set(cite, (citing.get(cite) ?? 0) + 1)

/** Vectors with how many worked examples they need at least: one for each case in the text. */
const VECTORS: Readonly<Record<string, number>> = {
  T01: 1, // water balance
  T02: 3, // Fu at three shapes
  T03: 2, // ω, and the evapotranspiration with it
  T04: 1, // Zhang 2001
  T05: 1, // erosivity by Wischmeier
  T06: 2, // erodibility raw and calibrated
  T07: 4, // LS by slope length on four slopes
  T08: 5, // cover factor
  T09: 2, // daily erosivity
  T10: 6, // retention, silt, nitrogen, phosphorus and their values
  T11: 3, // curve numbers
  T12: 15, // lakes of five regions and three areas
  T13: 6, // climate regulation of three kinds of vegetation, quantity and value
  T14: 4, // water surface, two terms by two
  T15: 1, // wind erosion with and without cover
  T15b: 6, // its parts
  T16: 2, // area kept from sand
  T17: 4, // temperature stress
  T18: 2, // carbon dioxide fixed
  T19: 14, // tax prices of two provinces
  T20: 1, // index numbers
  T21: 1, // net income of a plot
  T22: 1, // with and without
  T23: 1, // retention fraction
  T23b: 1, // where the topographic index is negative
  T24: 2, // Fournier
  T25: 1, // respiration
  T26: 4, // air of a prefecture, quantity and value
  T27: 1, // reservoirs
  T28: 1, // marsh soil
}

test.each(Object.entries(VECTORS))('%s is held by %i worked examples or more', (id, least) => {
  expect(citing.get(id) ?? 0).toBeGreaterThanOrEqual(least)
})

test('the list of vectors has no hole', () => {
  const numbers = Object.keys(VECTORS).filter((id) => /\d$/.test(id))
  expect(numbers).toEqual(Array.from({ length: 28 }, (_, i) => `T${String(i + 1).padStart(2, '0')}`))
})

test('no rule or test cites a vector that is none', () => {
  const texts = ['rules', 'test/published'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.(yaml|ts)$/.test(f))
      .map((f) => readFileSync(join(folder, f), 'utf8')),
  )
  const cited = texts.flatMap((t) => [...t.matchAll(/cite: (T\d\w*)/g)].map((m) => m[1]!))
  expect([...new Set(cited)].filter((id) => !(id in VECTORS))).toEqual([])
})

test('every worked example of the rule book comes out', () => {
  expect(problems.filter((p) => p.severity === 'red')).toEqual([])
  expect(runExamples(book)).toEqual([])
})
