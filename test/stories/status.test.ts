// 试算, 初步, 正式: unconfirmed parameters and fall-backs keep the sample county from being 正式 until each is accepted by
// name with a reason that is one.

import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '../../src/kernel/index.ts'
import type { InputList, RunResult } from '../../src/domains/accounting/index.ts'
import { compute, countyFolder, storyFolder, type Folder } from './folders.ts'

const home = storyFolder('status')
let county: Folder
let refused: RunResult
let names: readonly string[]

const official = (more: Partial<InputList>): RunResult =>
  compute({ ...county, list: { ...county.list, status: 'official', ...more } })
const codesOf = (problems: readonly Problem[]): readonly string[] => [...new Set(problems.map((p) => p.code))].sort()
const red = (r: RunResult): readonly Problem[] => r.problems.filter((p) => p.severity === 'red')
const accept = (what: readonly string[], reason: string): InputList['accepts'] =>
  what.map((w) => ({ what: w, reason, by: '青山县统计局 陈某' }))
const REASON = '本县尚无自己的测定值，专家组 2025 年 3 月评审同意沿用文献值'

beforeAll(async () => {
  county = await countyFolder(join(home, 'county'))
  // The sample comes with its acceptances; here nobody has accepted anything yet.
  refused = official({ accepts: [] })
  names = red(refused).flatMap((p) => (p.values['what'] === undefined ? [] : [String(p.values['what'])]))
})

describe('an official account', () => {
  test('is refused while unconfirmed parameters and fall-backs are not accepted', () => {
    expect(refused.account).toBeUndefined()
    expect(codesOf(red(refused))).toEqual(
      expect.arrayContaining(['status.unaccepted-fallback', 'status.unaccepted-parameter']),
    )
  })

  test('the refusal names each one, the parameter by file and line, the fall-back by cell, and what to write', () => {
    const of = (code: string): Problem => red(refused).find((p) => p.code === code)!
    expect(of('status.unaccepted-parameter').at).toMatchObject({
      file: expect.any(String) as string,
      line: expect.any(Number) as number,
    })
    const fallback = of('status.unaccepted-fallback')
    expect(fallback.at).toMatchObject({ file: '3 林业局 森林与土壤.xlsx', sheet: '土壤呼吸' })
    expect(fallback.hint.zh).toContain(String(fallback.values['what']))
    expect(new Set(names).size).toBe(names.length)
  })

  test('all but one is not enough, and a stock phrase accepts nothing: the one that is left is named', () => {
    const left = names[0]!
    const r = official({ accepts: [...accept(names.slice(1), REASON)!, ...accept([left], '核实无误')!] })
    expect(r.account).toBeUndefined()
    expect(red(r).flatMap((p) => p.values['what'] ?? [])).toEqual([left])
    expect(codesOf(red(r))).toContain('check.stock-phrase')
  })

  test('passes when each is accepted by name, and still is not fit for assessment while it is sample data', () => {
    const r = official({ accepts: accept(names, REASON)! })
    expect(red(r)).toEqual([])
    expect(r.account!.head.status).toBe('official')
    const use = r.account!.fitness.find((f) => f.use === 'assessment')!
    expect(use.fit).toBe(false)
    expect(use.why.map((w) => w.zh).join()).toContain('示范数据')
    expect(use.why.map((w) => w.zh).join()).not.toContain('状态为')
  })
})
