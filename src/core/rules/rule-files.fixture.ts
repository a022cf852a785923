// Rule files for tests, made by functions: a small sound book that a test bends in one place.

import type { FileText } from './read-file.ts'

export const SOURCES: FileText = {
  path: 'sources.yaml',
  text: `kind: sources
id: sources
title: { zh: 来源, en: Sources }
source: [P05]
mark: confirmed
force: { from: 2000-01-01 }
sources:
  - { key: P05, title: { zh: 论文五, en: Paper five } }
  - { key: T01, title: { zh: 表一, en: Table one }, locator: "GB/T 1" }
`,
}

export const INSTRUMENTS: FileText = {
  path: 'instruments.yaml',
  text: `kind: instruments
id: instruments
title: { zh: 依据, en: Instruments }
source: [P05]
mark: confirmed
force: { from: 2000-01-01 }
instruments:
  - { id: ndrc-2022-481, title: { zh: 规范, en: Specification }, number: "481", force: { from: 2022-03-31, to: 2025-12-31 }, supersededBy: gbt-46869 }
  - { id: gbt-46869, title: { zh: 国标, en: Standard }, force: { from: 2026-01-01 }, mark: unconfirmed }
`,
}

export const CLASSES: FileText = {
  path: 'national/classes.yaml',
  text: `kind: classification
id: eco.classes
title: { zh: 分类, en: Classes }
source: [P05]
mark: confirmed
force: { from: 2010-01-01 }
classes:
  - { code: forest, title: { zh: 森林, en: Forest }, number: "11" }
  - { code: forest.broadleaf, title: { zh: 阔叶林, en: Broadleaf }, names: [阔叶] }
  - { code: forest.broadleaf.evergreen, title: { zh: 常绿阔叶林, en: Evergreen broadleaf } }
  - { code: wetland, title: { zh: 湿地, en: Wetland } }
crosswalks:
  gbt-21010: { "0301": forest, "1106": wetland }
`,
}

export const RUNOFF: FileText = {
  path: 'national/runoff.yaml',
  text: `kind: parameters
id: gep.runoff
title: { zh: 径流系数, en: Runoff coefficient }
source: [P05]
mark: confirmed
force: { from: 2010-01-01 }
unit: "%"
by: class
values:
  - { key: forest, value: "3.00" }
  - { key: forest.broadleaf.evergreen, value: 4.65, mark: back-solved }
`,
}

export const WATER: FileText = {
  path: 'national/water.yaml',
  text: `kind: rule
id: gep.water
title: { zh: 水源涵养, en: Water retention }
instrument: ndrc-2022-481
source: [P05]
mark: confirmed
force: { from: 2010-01-01 }
inputs:
  降水量: { unit: mm, symbol: P, title: { zh: 年降水量, en: precipitation }, range: ["0", "5000"] }
  蒸散量: { unit: mm, symbol: ET, title: { zh: 蒸散量, en: evapotranspiration } }
  面积: { unit: km2, symbol: A, title: { zh: 面积, en: area } }
params:
  径流系数: { book: gep.runoff, by: class, symbol: α, title: { zh: 径流系数, en: runoff } }
formula:
  径流量: 降水量 * 径流系数
  水源涵养量: (降水量 - 径流量 - 蒸散量) * 面积
gives:
  水源涵养量: { unit: m3, symbol: Q, title: { zh: 水源涵养量, en: water retained } }
examples:
  - { given: { 降水量: 1400 mm, 蒸散量: 750 mm, 面积: 100 km2 }, keys: { class: forest.broadleaf.evergreen }, gives: { 水源涵养量: 58490000 m3 }, cite: T01 }
`,
}

export const BOOK: readonly FileText[] = [SOURCES, INSTRUMENTS, CLASSES, RUNOFF, WATER]

export const bend = (file: FileText, from: string | RegExp, to: string): FileText => {
  const text = file.text.replace(from, to)
  if (text === file.text) throw new Error(`nothing to bend: ${String(from)}`)
  return { ...file, text }
}

/** The book with one file replaced or added. */
export const withFile = (file: FileText, book: readonly FileText[] = BOOK): readonly FileText[] => [
  ...book.filter((f) => f.path !== file.path),
  file,
]

/** A whole rule around a formula: inputs `a: mm`, parameters and outputs as lines of YAML. */
export const ruleFile = (parts: {
  readonly inputs?: string
  readonly params?: string
  readonly tables?: string
  readonly formula: string
  readonly gives: string
  readonly round?: string
  readonly examples: string
}): FileText => ({
  path: 'national/sample.yaml',
  text: [
    'kind: rule',
    'id: test.sample',
    'title: { zh: 例, en: Sample }',
    'source: [P05]',
    'mark: unconfirmed',
    'force: { from: 2010-01-01 }',
    ...(['inputs', 'params', 'tables', 'formula', 'gives', 'round', 'examples'] as const).flatMap((k) =>
      parts[k] === undefined ? [] : [`${k}: ${parts[k]}`],
    ),
    '',
  ].join('\n'),
})
