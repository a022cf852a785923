// Every bad input of the house, made by spoiling a copy of a good folder: each has a problem of its own that names file,
// sheet, cell or line and says what to do. Red stops the run and leaves nothing; yellow wants a reason that is one.

import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Problem, Severity } from '../../src/kernel/index.ts'
import { compoundFile } from '../../src/core/exchange-formats/workbook-fixture.ts'
import type { InputList } from '../../src/domains/accounting/index.ts'
import { run } from './command.ts'
import {
  compute,
  countyFolder,
  editWorkbook,
  ganziFolder,
  putList,
  sayInstead,
  setCell,
  storyFolder,
  type Folder,
} from './folders.ts'

const home = storyFolder('bad-input')
let made = 0
const place = (): string => join(home, `folder-${(made += 1)}`)

const LAND = '1 生态系统面积.xlsx'
const AMOUNTS = '2 实物量.xlsx'
const PRICES = '5 价格.xlsx'
const COUNTY_LAND = '1 自然资源局 土地利用.xlsx'
const SOIL = '3 林业局 森林与土壤.xlsx'
const SHEET = (n: number): string => `xl/worksheets/sheet${n}.xml`

interface Case {
  readonly what: string
  readonly of: 'ganzi' | 'county'
  readonly spoil: (folder: string) => void
  readonly code: string
  readonly severity: Severity
  readonly at: Problem['at']
  /** Part of what the owner is told to do. */
  readonly hint: string
}

const CASES: readonly Case[] = [
  {
    what: 'a missing file',
    of: 'ganzi',
    spoil: (f) => rmSync(join(f, PRICES)),
    code: 'folder.file-missing',
    severity: 'red',
    at: { file: PRICES },
    hint: '请把文件放进文件夹',
  },
  {
    what: 'an unmapped class',
    of: 'ganzi',
    spoil: (f) => editWorkbook(join(f, LAND), sayInstead('冰川', '雪线以上')),
    code: 'input.unmapped-class',
    severity: 'red',
    at: { file: LAND, sheet: '面积', cell: 'A9' },
    hint: '最接近的',
  },
  {
    what: 'percentages typed as fractions',
    of: 'county',
    spoil: (f) =>
      editWorkbook(join(f, SOIL), (parts) => {
        parts[SHEET(1)] = parts[SHEET(1)]!.replace(
          /(<c r="C\d+" s="\d+">)<v>(\d\d)(?:\.(\d+))?<\/v>/g,
          (_, head: string, whole: string, rest = '') => `${head}<v>0.${whole}${rest as string}</v>`,
        )
      }),
    code: 'input.fraction-as-percent',
    severity: 'red',
    at: { file: SOIL, sheet: '土壤' },
    hint: '请把清单的单位改为 1',
  },
  {
    what: 'text in a number cell',
    of: 'ganzi',
    spoil: (f) => editWorkbook(join(f, PRICES), setCell(SHEET(1), 'B3', '<is><t>约七元</t></is>', ' t="inlineStr"')),
    code: 'table.text-in-number-cell',
    severity: 'red',
    at: { file: PRICES, sheet: '价格', cell: 'B3' },
    hint: '请填纯数字',
  },
  {
    what: 'a heading merged over two columns of numbers',
    of: 'ganzi',
    spoil: (f) =>
      editWorkbook(join(f, AMOUNTS), (parts) => {
        setCell(SHEET(4), 'C2', '')(parts)
        parts[SHEET(4)] = parts[SHEET(4)]!.replace(
          '<mergeCells count="1">',
          '<mergeCells count="2"><mergeCell ref="B2:C2"/>',
        )
      }),
    code: 'table.merged-heading',
    severity: 'red',
    at: { file: AMOUNTS, sheet: '固碳释氧', cell: 'B2' },
    hint: '请取消合并',
  },
  {
    what: 'a county that stands twice in the region list',
    of: 'county',
    spoil: (f) =>
      editWorkbook(join(f, COUNTY_LAND), (parts) => {
        parts[SHEET(1)] = parts[SHEET(1)]!.replace(/(<c r="A5"[^>]*>)<v>8<\/v>/, '$1<v>6</v>')
      }),
    code: 'region.duplicate',
    severity: 'red',
    at: { file: COUNTY_LAND, sheet: '行政区划', cell: 'A5' },
    hint: '请删去重复的一行',
  },
  {
    what: 'a place whose numbers stand twice',
    of: 'county',
    spoil: (f) =>
      editWorkbook(join(f, SOIL), (parts) => {
        const code = /<c r="A3"[^>]*>(<v>\d+<\/v>)/.exec(parts[SHEET(1)]!)![1]!
        parts[SHEET(1)] = parts[SHEET(1)]!.replace(/(<c r="A4"[^>]*>)<v>\d+<\/v>/, `$1${code}`)
      }),
    code: 'input.duplicate',
    severity: 'red',
    at: { file: SOIL, sheet: '土壤', cell: 'C4' },
    hint: '请留下正确的一个',
  },
  {
    what: 'a unit that is not the one listed',
    of: 'ganzi',
    spoil: (f) => editWorkbook(join(f, PRICES), sayInstead('元/m²', '元/hm²')),
    code: 'input.unit-mismatch',
    severity: 'red',
    at: { file: PRICES, sheet: '价格', cell: 'C7' },
    hint: '请核对后改正清单或原表',
  },
  {
    what: 'a workbook with macros',
    of: 'ganzi',
    spoil: (f) => editWorkbook(join(f, PRICES), (parts) => void (parts['xl/vbaProject.bin'] = 'macro')),
    code: 'workbook.macros',
    severity: 'red',
    at: { file: PRICES },
    hint: '另存为 .xlsx',
  },
  {
    what: 'a formula without a stored result',
    of: 'ganzi',
    spoil: (f) => editWorkbook(join(f, PRICES), setCell(SHEET(1), 'B3', '<f>7+0.06</f>')),
    code: 'workbook.formula-without-value',
    severity: 'red',
    at: { file: PRICES, sheet: '价格', cell: 'B3' },
    hint: '粘贴为数值',
  },
  {
    what: 'a formula where a value is wanted',
    of: 'ganzi',
    spoil: (f) => editWorkbook(join(f, PRICES), setCell(SHEET(1), 'B3', '<f>7+0.06</f><v>7.06</v>')),
    code: 'workbook.formulas-taken',
    severity: 'yellow',
    at: { file: PRICES, sheet: '价格' },
    hint: '粘贴为数值',
  },
  {
    what: 'a workbook behind a password',
    of: 'ganzi',
    spoil: (f) => writeFileSync(join(f, PRICES), compoundFile(['EncryptionInfo', 'EncryptedPackage'])),
    code: 'workbook.password',
    severity: 'red',
    at: { file: PRICES },
    hint: '去掉密码',
  },
  {
    what: 'a million empty rows',
    of: 'ganzi',
    spoil: (f) =>
      editWorkbook(join(f, PRICES), (parts) => {
        const empty = Array.from({ length: 1_000_000 }, (_, i) => `<row r="${i + 22}" ht="15"/>`).join('')
        parts[SHEET(1)] = parts[SHEET(1)]!.replace('</sheetData>', `${empty}</sheetData>`)
      }),
    code: 'workbook.empty-rows',
    severity: 'yellow',
    at: { file: PRICES, sheet: '价格' },
    hint: '请删除数据下方的空行',
  },
]

const folderOf = async (of: Case['of']): Promise<Folder> =>
  of === 'ganzi' ? ganziFolder(place()) : countyFolder(place())

describe('a bad input has its own problem, its place and what to do', () => {
  test.each(CASES)('$what: $code', async ({ of, spoil, code, severity, at, hint }) => {
    const given = await folderOf(of)
    spoil(given.folder)
    const { account, problems } = compute(given)
    const found = problems.find((p) => p.code === code)
    expect(found, problems.map((p) => p.code).join(' ')).toBeDefined()
    expect(found).toMatchObject({ severity, at })
    expect(found!.hint.zh).toContain(hint)
    expect(found!.hint.en).not.toBe('')
    expect(account === undefined, 'red stops the run, yellow does not').toBe(severity === 'red')
  })

  test('none of these problems is met in the good folders', async () => {
    const codes = new Set(CASES.map((c) => c.code))
    for (const of of ['ganzi', 'county'] as const) {
      const { account, problems } = compute(await folderOf(of))
      expect(account).toBeDefined()
      expect(problems.filter((p) => codes.has(p.code))).toEqual([])
    }
  })
})

describe('red stops the run', () => {
  test('exit code 1, the place in the terminal, no output folder and no temporary one beside it', async () => {
    const given = ganziFolder(place())
    editWorkbook(join(given.folder, PRICES), setCell(SHEET(1), 'B3', '<is><t>约七元</t></is>', ' t="inlineStr"'))
    putList(given)
    const beside = join(home, 'red')
    const ran = await run(['account', 'run', given.folder, '--out', join(beside, 'report')])
    expect(ran.code).toBe(1)
    expect(ran.out).toContain(`[table.text-in-number-cell] ${PRICES} › 价格 › B3`)
    expect(ran.out).toContain('[run.red]')
    expect(existsSync(beside) ? readdirSync(beside) : []).toEqual([])
  })

  test('a rule file with a typo is told with file and line', async () => {
    const copy = place()
    cpSync('rules', copy, { recursive: true })
    const file = 'national/gep/r1/water-balance.yaml'
    const text = readFileSync(join(copy, file), 'utf8')
    writeFileSync(join(copy, file), text.replace(/^title:/m, 'titel:'))
    const line = text.split('\n').findIndex((l) => l.startsWith('title:')) + 1
    const checked = await run(['rules', 'check', copy])
    expect(checked.code).toBe(1)
    expect(checked.out).toContain('titel')
    expect(checked.out).toMatch(new RegExp(`water-balance\\.yaml\\D*${line}\\b`))
  })

  test('a list with an unknown key is told with its line', async () => {
    const given = ganziFolder(place())
    putList(given)
    appendFileSync(join(given.folder, 'account.yaml'), 'prizes: []\n')
    const lines = readFileSync(join(given.folder, 'account.yaml'), 'utf8').split('\n').length - 1
    const ran = await run(['account', 'run', given.folder, '--out', join(home, 'never')])
    expect(ran.code).toBe(1)
    expect(ran.out).toContain('[list.unknown-key]')
    expect(ran.out).toContain(`account.yaml:${lines}：`)
    expect(existsSync(join(home, 'never'))).toBe(false)
  })
})

describe('yellow wants a reason', () => {
  const withList = (more: Partial<InputList>): Folder => {
    const given = ganziFolder(place())
    return { ...given, list: { ...given.list, ...more } }
  }
  const reason = (text: string): NonNullable<InputList['explained']> => [
    { finding: 'QA-13', reason: text, by: '审核人' },
  ]

  test('without one the account may be tried and not be called preliminary', () => {
    const { account, problems } = compute(withList({ explained: [] }))
    expect(account).toBeDefined()
    expect(problems.find((p) => 'check' in p && p.check === 'QA-13')).toMatchObject({ severity: 'yellow' })
    const preliminary = compute(withList({ explained: [], status: 'preliminary' }))
    expect(preliminary.account).toBeUndefined()
    expect(preliminary.problems.map((p) => p.code)).toContain('status.unexplained')
  })

  test('a real reason opens the way to a preliminary account', () => {
    const { account, problems } = compute(withList({ status: 'preliminary' }))
    expect(problems.filter((p) => p.severity === 'red')).toEqual([])
    expect(account!.head.status).toBe('preliminary')
  })

  test.each(['核实无误', '已核实，数据无误。', '情况属实', 'checked, all correct'])('“%s” is refused', (stock) => {
    const { account, problems } = compute(withList({ explained: reason(stock) }))
    expect(account).toBeUndefined()
    expect(problems.find((p) => p.code === 'check.stock-phrase')).toMatchObject({ severity: 'red' })
  })
})
