// The rule commands from outside: what is printed and with which exit code.

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, describe, expect, test } from 'vitest'
import { addRulesCommand } from './rules-command.ts'

const FILES: Readonly<Record<string, string>> = {
  'sources.yaml': `kind: sources
id: sources
title: { zh: 来源, en: Sources }
source: [P05]
mark: confirmed
force: { from: 2000-01-01 }
sources: [ { key: P05, title: { zh: 论文五, en: Paper five }, locator: "10.1/x" } ]
`,
  'instruments.yaml': `kind: instruments
id: instruments
title: { zh: 依据, en: Instruments }
source: [P05]
mark: confirmed
force: { from: 2000-01-01 }
instruments: [ { id: spec, title: { zh: 规范, en: Specification }, number: 发改〔1〕号, force: { from: 2015-01-01, to: 2024-12-31 } } ]
`,
  'national/rain.yaml': `kind: rule
id: gep.rain
title: { zh: 降雨量, en: Rain volume }
instrument: spec
source: [P05]
mark: back-solved
force: { from: 2010-01-01 }
inputs:
  日: { rows: { 雨: { unit: mm } }, title: { zh: 逐日, en: daily } }
  面积: { unit: km2, symbol: A, title: { zh: 面积, en: area } }
params:
  系数: { book: gep.share, by: class, title: { zh: 系数, en: share } }
formula:
  量: sum(日, 日.雨) * 面积 * 系数
gives:
  量: { unit: m3, symbol: Q, title: { zh: 量, en: volume } }
examples:
  - { given: { 日: [{ 雨: 10 }], 面积: 1 }, keys: { class: forest }, gives: { 量: 5000 } }
`,
  'national/share.yaml': `kind: parameters
id: gep.share
title: { zh: 系数, en: Share }
source: [P05]
mark: unconfirmed
force: { from: 2010-01-01 }
unit: "%"
by: class
values: [ { key: forest, value: "50" } ]
`,
  'hunan/hunan-share.yaml': `kind: override
id: hunan-share
title: { zh: 湖南系数, en: Hunan share }
source: [P05]
mark: confirmed
force: { from: 2020-01-01 }
region: "430000"
of: gep.share
reason: { zh: 实测, en: measured }
approver: 省厅
values: [ { key: forest, value: "40" } ]
`,
}

async function rulesFolder(change: Readonly<Record<string, string>> = {}): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rules-'))
  for (const [path, text] of Object.entries({ ...FILES, ...change })) {
    await mkdir(join(dir, path, '..'), { recursive: true })
    await writeFile(join(dir, path), text)
  }
  return dir
}

async function qingshan(rulesDir: string, ...args: string[]): Promise<{ text: string; code: number }> {
  const printed: string[] = []
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} })
  addRulesCommand(program, { rulesDir, out: (s) => printed.push(s) })
  await program.parseAsync(['node', 'qingshan', 'rules', ...args])
  return { text: printed.join('\n'), code: Number(process.exitCode ?? 0) }
}

afterEach(() => {
  process.exitCode = undefined
})

const EVAL = [
  'eval',
  'gep.rain',
  '--date',
  '2024-12-31',
  '--input',
  '日=[{"雨":"10 mm"},{"雨":"0.02 m"}]',
  '面积=100',
  '亩',
  '--key',
  'class=forest',
]

describe('qingshan rules', () => {
  test('list names everything, or one kind, or as JSON', async () => {
    const dir = await rulesFolder()
    const all = (await qingshan(dir, 'list')).text
    for (const id of ['gep.rain', 'gep.share', 'hunan-share', 'spec', 'P05']) expect(all).toContain(id)
    expect(all).toContain('［反算 back-solved］')
    const rules = (await qingshan(dir, 'list', '--kind', 'rule')).text
    expect(rules.split('\n')).toHaveLength(1)
    const json = JSON.parse((await qingshan(dir, 'list', '--json')).text) as { id: string }[]
    expect(json.map((l) => l.id)).toEqual(['gep.rain', 'gep.share', 'hunan-share', 'spec', 'P05'])
  })

  test('show prints formula, legend, sources, and says when an instrument has lapsed', async () => {
    const dir = await rulesFolder()
    const { text } = await qingshan(dir, 'show', 'gep.rain', '--date', '2025-06-30')
    expect(text).toContain('量 = sum(日, 日.雨) × 面积 × 系数')
    expect(text).toContain('Q = sum(日, 日.雨) × A × 系数')
    expect(text).toContain('系数 ← gep.share［class］')
    expect(text).toContain('依据已失效 lapsed: 规范')
    expect((await qingshan(dir, 'show', 'gep.share')).text).toContain('forest  50 %  未核实 unconfirmed  P05')
    expect((await qingshan(dir, 'show', 'hunan-share')).text).toContain('批准 approver: 省厅')
    expect((await qingshan(dir, 'show', 'hunan-share', '--date', '2024-12-31', '--region', '520000')).code).toBe(1)
    process.exitCode = undefined
    expect((await qingshan(dir, 'show', 'spec')).text).toContain('发改〔1〕号')
    expect((await qingshan(dir, 'show', 'P05')).text).toContain('10.1/x')
  })

  test('show of what is not there says so and fails', async () => {
    const { text, code } = await qingshan(await rulesFolder(), 'show', 'gep.wind')
    expect(text).toContain('没有找到“gep.wind”')
    expect(code).toBe(1)
  })

  test('check passes a sound folder and counts what it holds', async () => {
    const dir = await rulesFolder()
    const { text, code } = await qingshan('nowhere', 'check', dir)
    expect(text).toContain('规则 1 条，参数与价格 2 个，算例 1 个；红色问题 0 个')
    expect(code).toBe(0)
  })

  test('check prints file and line of every problem and fails', async () => {
    const dir = await rulesFolder({
      'national/share.yaml': FILES['national/share.yaml']!.replace('"50"', '"60"'),
      'national/extra.yaml': 'kind: rule\nid: extra\ncolour: green\n',
    })
    const { text, code } = await qingshan(dir, 'check')
    expect(text).toMatch(/^✗ national\/extra\.yaml:3: 不认识的键“colour”.*Unknown key "colour"/m)
    expect(text).toMatch(/^✗ national\/rain\.yaml:18: .*应为 5000 m3，算得 6000 m3/m)
    expect(code).toBe(1)
  })

  test('eval prints the value with its unit and the whole way to it', async () => {
    const { text, code } = await qingshan(await rulesFolder(), ...EVAL)
    expect(text.split('\n')[0]).toBe('量 = 1000 m3')
    expect(text).toContain('× 100 亩 × 50 %')
    expect(text).toContain('未核实 unconfirmed  gep.share［forest］@')
    expect(text).toContain('national/share.yaml:9')
    expect(code).toBe(0)
  })

  test('eval in a region takes its override and names reason and approver', async () => {
    const { text } = await qingshan(await rulesFolder(), ...EVAL, '--region', '430102')
    expect(text.split('\n')[0]).toBe('量 = 800 m3')
    expect(text).toContain('替换 replaced 50 %（hunan-share）：实测 / measured；批准 approved by 省厅')
  })

  test('eval takes a value in place of a parameter and prints JSON with quantities as text', async () => {
    const { text } = await qingshan(await rulesFolder(), ...EVAL, '--param', '系数=25 %', '--json')
    const json = JSON.parse(text) as Record<string, never>
    expect(json).toMatchObject({
      rule: 'gep.rain',
      version: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      values: { 量: { value: '500', unit: 'm3' } },
      steps: [{ name: '量', formula: 'sum(日, 日.雨) * 面积 * 系数', value: { value: '500', unit: 'm3' } }],
      params: { 系数: { id: 'gep.rain/系数', mark: 'unconfirmed', value: { value: '25', unit: '%' } } },
    })
  })

  test.each([
    [['eval', 'gep.wind', '--date', '2024-12-31'], 'gep.wind'],
    [['eval', 'gep.rain', '--date', '2009-12-31'], '没有适用的规则'],
    [['eval', 'gep.rain', '--date', 'yesterday'], '不是日期'],
    [['eval', 'gep.rain', '--date', '2024-12-31'], '缺少输入“面积”'],
    [['eval', 'gep.rain', '--date', '2024-12-31', '--input', '风速'], '“风速”应写成'],
    [[...EVAL, '--input', '风速'], '“面积=100 亩 风速”不是数值'],
    [[...EVAL, '--input', '=3'], '“=3”应写成'],
    [[...EVAL, '--input', '风速=3'], '没有“风速”这个输入'],
    [[...EVAL, '--input', '面积=much'], '“面积=much”不是数值'],
    [[...EVAL, '--input', '面积=3 t'], '应以 km2 计'],
    [[...EVAL, '--input', '日=[3'], '不是数值'],
    [[...EVAL, '--input', '日={"雨":3}'], '不是数值'],
    [[...EVAL, '--input', '日=[3]'], '不是数值'],
    [[...EVAL, '--input', '日=[{"风":3}]'], '没有“日.风”这个输入'],
    [[...EVAL, '--key', 'class=sea'], '没有“sea”的值'],
    [[...EVAL, '--param', '风=3'], '没有“风”这个参数'],
  ])('%j says what is wrong and fails', async (args, said) => {
    const { text, code } = await qingshan(await rulesFolder(), ...args)
    expect(text).toContain(said)
    expect(text).toMatch(/^✗ /)
    expect(code).toBe(1)
  })
})
