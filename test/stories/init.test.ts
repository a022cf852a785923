// From a folder without a list to an account: `account init` proposes, `accept` refuses while a question is open, the
// answered list is accepted and runs; next year takes the list over; `npm start -- --data FOLDER` does what fits.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  classificationOf,
  gepOf,
  listText,
  parseListText,
  readFacts,
  type InputList,
} from '../../src/domains/accounting/index.ts'
import { run, type Ran } from './command.ts'
import { accountOf, compute, countyFolder, ganziFolder, putList, rules, storyFolder, type Folder } from './folders.ts'

const home = storyFolder('init')
const listIn = (folder: string): InputList =>
  parseListText(readFileSync(join(folder, 'account.yaml'), 'utf8'), 'account.yaml').list!

/** What bindings read: argument, sheet and cell of every number. */
const cellsOf = ({ folder, list }: Folder, bindings: InputList['arguments']): ReadonlySet<string> =>
  new Set(
    readFacts(folder, { ...list, arguments: bindings }, { classification: classificationOf(rules.book) }).facts.map(
      (f) => [f.argument, f.origin.file, f.origin.sheet, f.origin.cell].join('|'),
    ),
  )

describe('account init', () => {
  let county: Folder
  let said: Ran
  let proposed: InputList
  const accept = (): Promise<Ran> =>
    run(['account', 'accept', county.folder, '--by', '青山县统计局 陈某', '--on', '2025-04-20'])

  beforeAll(async () => {
    county = await countyFolder(join(home, 'county'))
    said = await run(['account', 'init', county.folder, '--year', '2024', '--set', '481-2022'])
    proposed = listIn(county.folder)
  })

  test('opens every file, tells what it placed and why, what it asks and which services stay empty', () => {
    expect(said.code).toBe(0)
    for (const file of new Set(county.list.arguments.map((b) => b.file))) expect(said.out).toContain(file)
    expect(proposed.arguments.every((b) => b.ground !== undefined)).toBe(true)
    expect(said.out).toContain(`放好 ${proposed.arguments.length} 项`)
    expect(said.out).toContain('R10 噪声消减：缺 道路绿带长度')
    expect(proposed.accepted).toBeUndefined()
  })

  test('at least nine of ten numbers of the county are placed, and none wrong without a question', () => {
    const wanted = cellsOf(county, county.list.arguments)
    const placed = cellsOf(county, proposed.arguments)
    expect([...wanted].filter((c) => placed.has(c)).length / wanted.size).toBeGreaterThanOrEqual(0.9)
    const sure = cellsOf(
      county,
      proposed.arguments.filter((b) => b.question === undefined),
    )
    expect([...sure].filter((c) => !wanted.has(c))).toEqual([])
  })

  test('a second init does not overwrite the list', async () => {
    const again = await run(['account', 'init', county.folder])
    expect(again.code).toBe(1)
    expect(again.out).toContain('[list.exists]')
    expect(listIn(county.folder)).toEqual(proposed)
  })

  test('accept is refused while questions are open, each named with its argument; the list stays a proposal', async () => {
    const open = proposed.arguments.filter((b) => b.question !== undefined)
    expect(open.length).toBeGreaterThan(0)
    const refused = await accept()
    expect(refused.code).toBe(1)
    expect(refused.out.match(/\[list\.open-question\]/g)).toHaveLength(open.length)
    for (const b of open) expect(refused.out).toContain(b.question!.zh)
    expect(listIn(county.folder).accepted).toBeUndefined()
    expect(compute({ ...county, list: proposed }).account).toBeUndefined()
  })

  test('answered and completed, it is accepted and runs to the account of the county’s own list', async () => {
    // What pixel codes mean, and which map a table by code belongs to, is for people to say.
    const told = county.list.arguments.filter((b) => b.file.endsWith('.tif') || b.code !== undefined)
    const answered = [
      ...proposed.arguments.filter((b) => !told.some((t) => t.file === b.file && t.argument === b.argument)),
      ...told,
    ].map(({ question: _, ground: __, ...b }) => b)
    const placed = cellsOf(county, answered)
    const open = new Set([...cellsOf(county, county.list.arguments)].filter((c) => !placed.has(c)))
    const sheetOf = (c: string): string => c.split('|').slice(0, 3).join('|')
    const sheets = new Set([...open].map(sheetOf))
    const added = county.list.arguments.filter((b) => sheets.has([b.argument, b.file, b.sheet].join('|')))
    expect(added.map((b) => b.argument).sort()).toEqual(['nature-share', 'soil-respiration'])
    const { accepted: _, ...own } = county.list
    writeFileSync(join(county.folder, 'account.yaml'), listText({ ...own, arguments: [...answered, ...added] }))
    const accepted = await accept()
    expect(accepted.code, accepted.out).toBe(0)
    const ready = listIn(county.folder)
    expect(ready.accepted).toEqual({ by: '青山县统计局 陈某', on: '2025-04-20' })
    const [mine, theirs] = [accountOf({ ...county, list: ready }), accountOf(county)]
    expect(gepOf(mine)).toEqual(gepOf(theirs))
  })
})

describe('account new --from', () => {
  test('takes over last year’s list and shows only what must change', async () => {
    const last = await countyFolder(join(home, 'county-2023'), 2023)
    putList(last)
    const now = await countyFolder(join(home, 'county-2024'), 2024)
    const made = await run(['account', 'new', now.folder, '--from', last.folder, '--year', '2024'])
    expect(made.code, made.out).toBe(0)
    const [, kept, changes] = /沿用 (\d+) 项；要改 (\d+) 处/.exec(made.out)!
    expect(Number(kept)).toBeGreaterThan(Number(changes))
    const list = listIn(now.folder)
    expect(list.year).toBe(2024)
    expect(list.accepted).toBeUndefined()
    expect(new Set(list.arguments.map((b) => b.argument))).toEqual(new Set(last.list.arguments.map((b) => b.argument)))
    expect(made.out.match(/^ {2}· /gm)).toHaveLength(Number(changes))
  })
})

describe('npm start -- --data FOLDER', () => {
  test('without a list it writes one and says so, and runs nothing', async () => {
    const { folder } = ganziFolder(join(home, 'no-list'))
    const said = await run(['start', '--once', '--data', folder])
    expect(said.code).toBe(0)
    expect(said.out).toContain(`清单写在 ${join(folder, 'account.yaml')}`)
    expect(said.out).toContain('account accept')
    expect(listIn(folder).accepted).toBeUndefined()
    expect(existsSync(join(folder, 'qingshan-report'))).toBe(false)
  })

  test('with a list that is not accepted it stops and says what to do', async () => {
    const given = ganziFolder(join(home, 'not-accepted'))
    const { accepted: _, ...list } = given.list
    putList({ ...given, list })
    const said = await run(['start', '--once', '--data', given.folder])
    expect(said.code).toBe(1)
    expect(said.out).toContain('[list.not-accepted]')
    expect(existsSync(join(given.folder, 'qingshan-report'))).toBe(false)
  })

  test('with an accepted list it runs it and says where the report is', async () => {
    const given = ganziFolder(join(home, 'accepted'))
    putList(given)
    const said = await run(['start', '--once', '--data', given.folder])
    expect(said.code).toBe(0)
    expect(said.out).toContain(`报告文件在 / report files in ${join(given.folder, 'qingshan-report')}`)
    expect(existsSync(join(given.folder, 'qingshan-report', 'index.html'))).toBe(true)
    rmSync(join(given.folder, 'qingshan-report'), { recursive: true })
  })
})
