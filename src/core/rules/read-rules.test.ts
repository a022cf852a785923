// Strict reading: a sound book loads, and every way a file can be wrong has its own problem at its own line.

import { mkdtemp, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { civilDate, decText, type Problem } from '../../kernel/index.ts'
import { loadRuleBook, parseRuleBook, type FileText, type RangeTable, type Rule } from './index.ts'
import { bend, BOOK, CLASSES, INSTRUMENTS, ruleFile, RUNOFF, SOURCES, WATER, withFile } from './rule-files.fixture.ts'

const brief = (problems: readonly Problem[]): string[] =>
  problems.map((p) => `${p.code} ${p.at?.file ?? ''}:${p.at?.line ?? 0}`)
const lineOf = (f: FileText, part: string): number => f.text.slice(0, f.text.indexOf(part)).split('\n').length

const price: FileText = {
  path: 'national/storage.yaml',
  text: `kind: prices
id: price.storage
title: { zh: 库容造价, en: Storage cost }
source: [P05]
mark: confirmed
force: { from: 2010-01-01 }
unit: 元/m3
values:
  - { value: "7.06", basis: capital, year: 2010, range: ["6", "8"], source: T01 }
`,
}
const override: FileText = {
  path: 'hunan/runoff-hunan.yaml',
  text: `kind: override
id: hunan.runoff-hunan
title: { zh: 湖南径流系数, en: Hunan runoff }
source: [P05]
mark: confirmed
force: { from: 2020-01-01 }
region: "430000"
of: gep.runoff
reason: { zh: 实测, en: measured }
approver: 省厅
values: [ { key: forest, value: "2.5" } ]
`,
}
const set: FileText = {
  path: 'national/basic.yaml',
  text: `kind: indicator-set
id: set.basic
title: { zh: 基本, en: Basic }
source: [P05]
mark: confirmed
force: { from: 2010-01-01 }
services: [r1, r2]
accepts:
  - { pair: [r1, r2], ground: { zh: 因为, en: because } }
`,
}
const table = ruleFile({
  inputs: '{ 坡度: { unit: "%", title: { zh: 坡, en: slope } } }',
  tables:
    '{ m: { of: [坡度], steps: [{ below: "1", gives: "0.2" }, { below: "3.5", gives: "0.3" }, { gives: "0.5" }] } }',
  formula: '{ 因子: "lookup(m, 坡度)" }',
  gives: '{ 因子: { unit: "1", title: { zh: 因子, en: factor } } }',
  examples: '[{ given: { 坡度: 3.5 }, gives: { 因子: 0.5 } }]',
})

describe('reading rule files', () => {
  const { book, problems } = parseRuleBook([...BOOK, price, override, set, table])

  test('a sound book has no problem and holds everything', () => {
    expect(brief(problems)).toEqual([])
    expect(book.rules.map((r) => r.id)).toEqual(['test.sample', 'gep.water'])
    expect(book.parameters.map((p) => p.id)).toEqual(['gep.runoff', 'price.storage'])
    expect(book.overrides.map((o) => o.of)).toEqual(['gep.runoff'])
    expect(book.sets[0]?.accepts[0]?.pair).toEqual(['r1', 'r2'])
    expect(book.classifications[0]?.crosswalks['gbt-21010']?.['0301']).toBe('forest')
    expect(book.instruments.get('gbt-46869')?.mark).toBe('unconfirmed')
    expect(book.sources.get('T01')?.locator).toBe('GB/T 1')
  })

  test('numbers keep the digits of their source text, quoted or bare', () => {
    const bare = parseRuleBook(withFile(bend(RUNOFF, '"3.00"', '0.1000000000000000000000000000000001'))).book
    expect(decText(bare.parameters[0]!.values[0]!.quantity.value)).toBe('0.1000000000000000000000000000000001')
    const example = book.rules.find((r) => r.id === 'gep.water')!.examples[0]!
    expect(example.gives['水源涵养量']).toMatchObject({ decimals: 0 })
    const printed = parseRuleBook(withFile(bend(WATER, '58490000 m3', '5849.00 万m3'))).book
    expect(printed.rules[0]!.examples[0]!.gives['水源涵养量']?.decimals).toBe(2)
  })

  test('values carry mark, source, basis, year, range, layer and line', () => {
    const [v] = book.parameters[1]!.values
    expect(v).toMatchObject({
      id: 'price.storage',
      key: '',
      mark: 'confirmed',
      source: ['T01'],
      basis: 'capital',
      year: 2010,
      layer: 'national',
      line: 9,
    })
    expect(v!.range!.map(decText)).toEqual(['6', '8'])
    expect(book.parameters[0]!.values.map((x) => [x.key, x.mark])).toEqual([
      ['forest', 'confirmed'],
      ['forest.broadleaf.evergreen', 'back-solved'],
    ])
    expect(book.overrides[0]).toMatchObject({ layer: 'province', region: '430000', approver: '省厅' })
  })

  test('a table keeps its limits and says what they are of', () => {
    const t = book.rules[0]!.tables['m'] as RangeTable
    expect(t.of).toBe('坡度')
    expect(t.steps.map((s) => s.below && decText(s.below))).toEqual(['1', '3.5', undefined])
  })

  test('the version follows the content and nothing else', () => {
    const version = (f: FileText): string =>
      (parseRuleBook(withFile(f)).book.findRule('gep.water', { date: civilDate('2020-01-01'), regions: [] }) as Rule)
        .version
    const was = version(WATER)
    expect(was).toMatch(/^[0-9a-f]{12}$/)
    expect(version({ ...WATER, text: `# a remark\n${WATER.text}` })).toBe(was)
    expect(version(bend(WATER, 'unit: mm,', 'unit:   "mm",'))).toBe(was)
    expect(version(bend(WATER, '1400 mm', '1400.0 mm'))).not.toBe(was)
  })

  test('the order of the files does not change the book', () => {
    const all = [...BOOK, price, override, set, table]
    const back = parseRuleBook([...all].reverse()).book
    expect(JSON.stringify(back, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))).toBe(
      JSON.stringify(book, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)),
    )
  })

  test('a later edition of one id may stand beside the first', () => {
    const first = bend(WATER, '{ from: 2010-01-01 }', '{ from: 2010-01-01, to: 2017-12-31 }')
    const later = {
      path: 'national/water@2018.yaml',
      text: bend(WATER, '{ from: 2010-01-01 }', '{ from: 2018-01-01 }').text,
    }
    const r = parseRuleBook([...withFile(first), later])
    expect(brief(r.problems)).toEqual([])
    const on = (date: string): string =>
      (r.book.findRule('gep.water', { date: civilDate(date), regions: [] }) as Rule).file
    expect(on('2017-12-31')).toBe('national/water.yaml')
    expect(on('2018-01-01')).toBe('national/water@2018.yaml')
  })

  test('a file with a red problem is left out, and the rest stays', () => {
    const r = parseRuleBook(withFile(bend(WATER, 'mark: confirmed', 'mark: sure')))
    expect(r.book.rules).toEqual([])
    expect(r.book.parameters).toHaveLength(1)
  })

  test('a folder is read with its sub-folders, in sorted order', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rules-'))
    await mkdir(join(dir, 'national'))
    for (const f of BOOK) await writeFile(join(dir, f.path), f.text)
    await writeFile(join(dir, 'national', 'notes.txt'), 'not a rule')
    const r = await loadRuleBook(dir)
    expect(brief(r.problems)).toEqual([])
    expect(r.files.map((f) => f.path)).toEqual([
      'instruments.yaml',
      'national/classes.yaml',
      'national/runoff.yaml',
      'national/water.yaml',
      'sources.yaml',
    ])
  })

  /** [what, the file bent, the code, a text that stands on the line named] */
  const sample = (formula: string, more: Partial<Parameters<typeof ruleFile>[0]> = {}): FileText =>
    ruleFile({
      inputs: '{ a: { unit: mm, title: { zh: 甲, en: a } }, b: { unit: mm, title: { zh: 乙, en: b } } }',
      formula,
      gives: '{ y: { unit: mm, title: { zh: 果, en: y } } }',
      examples: '[{ given: { a: 1, b: 2 }, gives: { y: 3 } }]',
      ...more,
    })
  const REFUSALS: readonly (readonly [what: string, file: FileText, code: string, line: string | number])[] = [
    ['broken YAML', bend(WATER, 'title: { zh: 水源涵养,', 'title: { zh: 水源涵养'), 'rules.yaml', 'title: {'],
    ['a second document', { ...WATER, text: `${WATER.text}---\na: 1\n` }, 'rules.yaml', '---'],
    ['a duplicate key', bend(WATER, 'mark: confirmed', 'mark: confirmed\nmark: confirmed'), 'rules.duplicate-key', 7],
    ['an anchor', bend(WATER, 'mark: confirmed', 'mark: &m confirmed'), 'rules.yaml-extra', 'mark:'],
    ['an alias', bend(WATER, /en: area.*/, 'en: &x area } }\n  q: *x'), 'rules.yaml-extra', 'en: &x'],
    ['a tag', bend(WATER, 'mark: confirmed', 'mark: !!str confirmed'), 'rules.yaml-extra', 'mark:'],
    ['a complex key', { ...WATER, text: `${WATER.text}? [a, b]\n: 1\n` }, 'rules.yaml', '? [a'],
    ['a file without content', { ...WATER, text: '' }, 'rules.unknown-kind', 1],
    ['a list at the top', { ...WATER, text: '- a\n' }, 'rules.unknown-kind', 1],
    ['an unknown kind', bend(WATER, 'kind: rule', 'kind: law'), 'rules.unknown-kind', 'kind:'],
    ['an unknown key at the top', bend(WATER, 'mark:', 'colour: green\nmark:'), 'rules.unknown-key', 'colour'],
    ['an unknown key inside', bend(WATER, 'symbol: P,', 'simbol: P,'), 'rules.unknown-key', '降水量: {'],
    ['a merge key', bend(WATER, 'mark:', '<<: { a: 1 }\nmark:'), 'rules.unknown-key', '<<'],
    ['a missing title', bend(WATER, 'title: { zh: 水源涵养, en: Water retention }\n', ''), 'rules.missing-key', 1],
    ['a title in one language', bend(WATER, ', en: Water retention', ''), 'rules.missing-key', 'title:'],
    ['a key with nothing behind it', bend(WATER, 'mark: confirmed', 'mark:'), 'rules.missing-key', 'mark:'],
    ['a missing source', bend(WATER, 'source: [P05]\n', ''), 'rules.missing-key', 1],
    ['a source not registered', bend(WATER, '[P05]', '[P05, P99]'), 'rules.unknown-source', 'source:'],
    ['a source of a value not registered', bend(price, 'source: T01', 'source: T99'), 'rules.unknown-source', '- {'],
    [
      'an instrument not registered',
      bend(WATER, 'ndrc-2022-481', 'ndrc-1999'),
      'rules.unknown-instrument',
      'instrument:',
    ],
    ['a wrong mark', bend(WATER, 'mark: confirmed', 'mark: sure'), 'rules.wrong-mark', 'mark:'],
    ['a wrong mark of a value', bend(RUNOFF, 'back-solved', 'guess'), 'rules.wrong-mark', 'key: forest.broadleaf'],
    ['a date that is none', bend(WATER, '2010-01-01', '2010-02-30'), 'rules.wrong-date', 'force:'],
    ['a year for a date', bend(WATER, '2010-01-01', '2010'), 'rules.wrong-date', 'force:'],
    [
      'an end before the start',
      bend(WATER, 'from: 2010-01-01', 'from: 2010-01-01, to: 2009-12-31'),
      'rules.wrong-date',
      'force:',
    ],
    ['an id with capitals', bend(WATER, 'id: gep.water', 'id: gep.Water'), 'rules.wrong-id', 'id:'],
    ['a file name that is not the id', { ...WATER, path: 'national/wasser.yaml' }, 'rules.file-name', 'id:'],
    [
      'an edition in the file name that is not the start',
      { ...WATER, path: 'national/water@2018.yaml' },
      'rules.file-name',
      'id:',
    ],
    ['a region under national', bend(WATER, 'mark:', 'region: "430000"\nmark:'), 'rules.wrong-region', 'region:'],
    [
      'no region under a province',
      { ...bend(WATER, 'id: gep.water', 'id: hunan.water'), path: 'hunan/water.yaml' },
      'rules.wrong-region',
      1,
    ],
    ['the same id twice', { ...WATER, path: 'national/z/water.yaml' }, 'rules.duplicate-id', 'id:'],
    ['an input without unit', bend(WATER, 'unit: mm, symbol: P,', 'symbol: P,'), 'rules.missing-unit', '降水量: {'],
    ['an output without unit', bend(WATER, 'unit: m3, ', ''), 'rules.missing-unit', '  水源涵养量: {'],
    ['parameters without unit', bend(RUNOFF, 'unit: "%"\n', ''), 'rules.missing-unit', 1],
    [
      'an unknown unit',
      bend(WATER, 'unit: mm, symbol: P', 'unit: furlong, symbol: P'),
      'rules.unknown-unit',
      '降水量: {',
    ],
    ['an unknown unit in an example', bend(WATER, '1400 mm', '1400 furlong'), 'rules.unknown-unit', '- { given'],
    ['no number in an example', bend(WATER, '1400 mm', 'much'), 'rules.wrong-number', '- { given'],
    ['a value that is no number', bend(RUNOFF, '"3.00"', 'three'), 'rules.wrong-number', 'key: forest,'],
    ['a value with a thousands separator', bend(RUNOFF, '"3.00"', '"3,000"'), 'rules.wrong-number', 'key: forest,'],
    [
      'an entry whose unit is another dimension',
      bend(RUNOFF, 'value: "3.00"', 'value: "3.00", unit: m'),
      'rules.unit-differs',
      'key: forest,',
    ],
    ['an entry without key in a keyed file', bend(RUNOFF, 'key: forest, ', ''), 'rules.missing-key', '{ value'],
    ['a key in a file that is not keyed', bend(price, '{ value', '{ key: x, value'), 'rules.missing-key', '{ key'],
    [
      'one key twice',
      bend(RUNOFF, 'key: forest.broadleaf.evergreen', 'key: forest'),
      'rules.duplicate-entry',
      'value: 4.65',
    ],
    ['a range upside down', bend(price, '["6", "8"]', '["8", "6"]'), 'rules.wrong-value', '- {'],
    ['an unknown price basis', bend(price, 'capital', 'fantasy'), 'rules.wrong-value', '- {'],
    ['no worked example', bend(WATER, /examples:\n.*\n/, ''), 'rules.no-example', 1],
    ['an empty list of examples', bend(WATER, /examples:\n.*\n/, 'examples: []\n'), 'rules.no-example', 'examples'],
    [
      'an example with an unknown input',
      bend(WATER, 'given: {', 'given: { 风速: 3,'),
      'rules.example-name',
      '- { given',
    ],
    [
      'an example with an unknown output',
      bend(WATER, 'gives: { 水源', 'gives: { 风: 3, 水源'),
      'rules.example-name',
      '- { given',
    ],
    [
      'an example with an unknown key',
      bend(WATER, 'keys: { class', 'keys: { item: x, class'),
      'rules.example-name',
      '- { given',
    ],
    [
      'an example with an unknown parameter',
      bend(WATER, 'keys:', 'params: { 风: 1 }, keys:'),
      'rules.example-name',
      '- { given',
    ],
    [
      'an example that wants nothing',
      bend(WATER, 'gives: { 水源涵养量: 58490000 m3 }', 'gives: {}'),
      'rules.missing-key',
      '- { given',
    ],
    ['an unreadable formula', bend(WATER, '降水量 * 径流系数', '降水量 ^ 径流系数'), 'rules.formula-sign', '  径流量:'],
    [
      'a name that is nothing',
      bend(WATER, '径流量 - 蒸散量', '径流量 - 蒸发量'),
      'rules.unknown-name',
      '  水源涵养量:',
    ],
    ['a step used before it stands', sample('{ y: a + z, z: b }'), 'rules.unknown-name', 'formula'],
    ['a step that uses itself', sample('{ y: a + b + y }'), 'rules.unknown-name', 'formula'],
    ['an unused input', sample('{ y: a + a }'), 'rules.unused', 'inputs'],
    [
      'an unused parameter',
      sample('{ y: a + b }', { params: '{ c: { value: "1", unit: mm, title: { zh: 丙, en: c } } }' }),
      'rules.unused',
      'params',
    ],
    [
      'an unused table',
      sample('{ y: a + b }', { tables: '{ t: { steps: [{ gives: "1" }] } }' }),
      'rules.unused',
      'tables',
    ],
    ['an unused step', sample('{ z: a, y: a + b }'), 'rules.unused', 'formula'],
    ['one name for two things', sample('{ a: b, y: a + b }'), 'rules.name-taken', 'formula'],
    ['the name of a function', sample('{ min: a, y: a + b }'), 'rules.wrong-name', 'formula'],
    ['a name with a space', sample('{ "x y": a, y: a + b }'), 'rules.wrong-name', 'formula'],
    ['an output that is no step', bend(WATER, /^ {2}水源涵养量: \{/m, '  水: {'), 'rules.not-a-step', '  水: {'],
    [
      'rounding of no step',
      sample('{ y: a + b }', { round: '{ x: { to: "1", mode: half-up } }' }),
      'rules.not-a-step',
      'round',
    ],
    [
      'rounding to nothing',
      sample('{ y: a + b }', { round: '{ y: { to: "0", mode: half-up } }' }),
      'rules.wrong-value',
      'round',
    ],
    [
      'an unknown rounding',
      sample('{ y: a + b }', { round: '{ y: { to: "1", mode: nearest } }' }),
      'rules.wrong-value',
      'round',
    ],
    [
      'rounding of a step without declared unit',
      sample('{ z: a + b, y: z }', { round: '{ z: { to: "1", mode: half-up } }' }),
      'rules.round-needs-unit',
      'formula',
    ],
    [
      'a parameter from no file',
      bend(WATER, 'book: gep.runoff', 'book: gep.nothing'),
      'rules.unknown-book',
      '径流系数: {',
    ],
    ['a keyed file without a key', bend(WATER, 'by: class, ', ''), 'rules.wrong-key-kind', '径流系数: {'],
    ['a fixed key the file has not', bend(WATER, 'by: class', 'key: sea'), 'rules.wrong-key-kind', '径流系数: {'],
    [
      'a file and an own value at once',
      bend(WATER, 'book: gep.runoff', 'book: gep.runoff, value: "1"'),
      'rules.unknown-key',
      '径流系数: {',
    ],
    [
      'an own value without unit',
      sample('{ y: a + b + c }', { params: '{ c: { value: "1", title: { zh: 丙, en: c } } }' }),
      'rules.missing-unit',
      'params',
    ],
    ['plain that is neither true nor false', bend(WATER, 'symbol: P', 'plain: ja'), 'rules.wrong-value', '降水量: {'],
    ['table limits that descend', bend(table, '"3.5"', '"0.5"'), 'rules.wrong-table', 'tables'],
    ['a table step without limit in the middle', bend(table, 'below: "1", ', ''), 'rules.wrong-table', 'tables'],
    ['a table of nothing', bend(table, 'of: [坡度]', 'of: [坡]'), 'rules.wrong-table', 'tables'],
    [
      'a table used as a number',
      bend(table, 'lookup(m, 坡度)', 'lookup(m, 坡度) + m'),
      'rules.unknown-name',
      'formula',
    ],
    ['a lookup in no table', bend(table, 'lookup(m, 坡度)', 'lookup(坡度, 坡度)'), 'rules.unknown-name', 'formula'],
    ['an override without reason', bend(override, /reason.*\n/, ''), 'rules.override-unexplained', 'of:'],
    ['an override without approver', bend(override, /approver.*\n/, ''), 'rules.override-unexplained', 'of:'],
    ['an override of nothing', bend(override, 'of: gep.runoff', 'of: gep.nothing'), 'rules.unknown-book', 'of:'],
    [
      'an accepted pair outside the set',
      bend(set, '[r1, r2], ground', '[r1, r9], ground'),
      'rules.wrong-set',
      '- { pair',
    ],
    ['a service twice', bend(set, 'services: [r1, r2]', 'services: [r1, r2, r1]'), 'rules.duplicate-entry', 'services'],
    ['a class twice', bend(CLASSES, 'code: wetland', 'code: forest'), 'rules.duplicate-entry', 'en: Wetland'],
    ['a crosswalk to nothing', bend(CLASSES, '"1106": wetland', '"1106": sea'), 'rules.wrong-crosswalk', 'gbt-21010'],
    [
      'an instrument twice',
      bend(INSTRUMENTS, 'id: gbt-46869, title', 'id: ndrc-2022-481, title'),
      'rules.duplicate-entry',
      'id: ndrc-2022-481, title: { zh: 国标',
    ],
    [
      'an instrument replaced by nothing',
      bend(INSTRUMENTS, 'supersededBy: gbt-46869', 'supersededBy: x'),
      'rules.unknown-instrument',
      '- { id: ndrc',
    ],
    ['a source twice', bend(SOURCES, 'key: T01', 'key: P05'), 'rules.duplicate-entry', 'en: Table one'],
    ['a key that is no class', bend(RUNOFF, 'key: forest,', 'key: forrest,'), 'rules.unknown-class', 'key: forrest'],
  ]

  test.each(REFUSALS)('refuses %s', (_, file, code, where) => {
    const found = brief(parseRuleBook(withFile(file)).problems)
    const line = typeof where === 'number' ? where : lineOf(file, where)
    expect(found).toContain(`${code} ${file.path}:${line}`)
  })

  test.each(REFUSALS)('%s is told at its file, with what to do, in both languages', (_, file) => {
    for (const p of parseRuleBook(withFile(file)).problems) {
      expect(p.at?.file).toBeTruthy()
      expect(p.zh + p.en + p.hint.zh + p.hint.en).not.toMatch(/\{\w+\}|undefined/)
    }
  })

  const UNITS: readonly (readonly [string, FileText, string])[] = [
    ['a sum of length and area', sample('{ y: a + b * b }'), 'rules.unit-mismatch'],
    ['a result of another dimension', sample('{ y: a * b }'), 'rules.unit-mismatch'],
    ['a number added to a length', sample('{ y: a + b + 1 }'), 'rules.unit-mismatch'],
    ['a length compared with a number', sample('{ y: "if(a > 25.4, a, b)" }'), 'rules.unit-mismatch'],
    ['branches that differ', sample('{ y: "if(a > b, a, b * b)" }'), 'rules.unit-mismatch'],
    ['exp of a length', sample('{ y: exp(a) * b }'), 'rules.needs-plain-number'],
    ['ln of a length', sample('{ y: ln(a) * b }'), 'rules.needs-plain-number'],
    ['a broken power of a length', sample('{ y: "pow(a, 0.5) * b" }'), 'rules.needs-plain-number'],
    ['a length as exponent', sample('{ y: "pow(2, a) * b" }'), 'rules.needs-plain-number'],
    ['a division that can only be by zero', sample('{ y: a / (0 * b) }'), 'rules.division-by-zero'],
    ['the root of a length', sample('{ y: sqrt(a) * b }'), 'rules.root-of-unit'],
    ['rounding a length to nothing', sample('{ y: round(a) + b }'), 'rules.needs-plain-number'],
  ]
  test.each(UNITS)('finds without running: %s', (_, file, code) => {
    expect(brief(parseRuleBook(withFile(file)).problems)).toEqual([`${code} ${file.path}:${lineOf(file, 'formula')}`])
  })

  test('units that agree after all pass: products, whole powers, roots of squares, and a bare zero', () => {
    const formula = '{ y: "if(a > 0, sqrt(pow(a, 2) + b * b), 0) + max(0, a - b) + a * exp(a / b)" }'
    expect(brief(parseRuleBook(withFile(sample(formula))).problems)).toEqual([])
  })

  test('one fault in a register is not told again in every file', () => {
    const r = parseRuleBook(withFile(bend(SOURCES, 'key: T01', 'colour: x, key: T01')))
    expect(brief(r.problems)).toEqual(['rules.unknown-key sources.yaml:9'])
  })

  test('layers of one parameter agree in dimension and in key', () => {
    const layer = (change: (s: string) => string): FileText => ({
      path: 'hunan/runoff.yaml',
      text: change(bend(RUNOFF, 'mark: confirmed', 'mark: confirmed\nregion: "430000"').text),
    })
    expect(brief(parseRuleBook(withFile(layer((s) => s))).problems)).toEqual([])
    const length = parseRuleBook(withFile(layer((s) => s.replace('unit: "%"', 'unit: m'))))
    expect(length.problems.map((p) => p.code)).toEqual(['rules.unit-differs'])
    const item = parseRuleBook(withFile(layer((s) => s.replace('by: class', 'by: item'))))
    expect(item.problems.map((p) => p.code)).toEqual(['rules.wrong-value'])
  })
})
