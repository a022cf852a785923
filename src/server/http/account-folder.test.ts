// An input list changed by hand: proposed for a folder that brings none, changed entry by entry, checked each time.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ganziWorkbooks, type InputList } from '../../domains/accounting/index.ts'
import { changeList, dropChanges, folderChoices, folderView } from './account-folder.ts'

const home = mkdtempSync(join(tmpdir(), 'qingshan-list-'))
const folder = join(home, 'data')
afterAll(() => rmSync(home, { recursive: true, force: true }))
beforeAll(async () => {
  mkdirSync(folder)
  for (const [name, bytes] of await ganziWorkbooks()) writeFileSync(join(folder, name), bytes)
})

const wholeOf = (view: Awaited<ReturnType<typeof folderView>>): InputList => view.list!.whole as InputList
const reds = (view: Awaited<ReturnType<typeof folderView>>) =>
  view.problems.filter((p) => p.severity === 'red').map((p) => `${p.code} ${p.place}`)

test('a changed list is checked and kept; one with a red entry names it and is not kept; changes can be dropped', async () => {
  const proposed = await folderView(folder, 'rules')
  expect(proposed.list).toMatchObject({ proposed: true, changed: false })
  const list = wholeOf(proposed)
  const [first, ...others] = list.arguments
  const choices = await folderChoices(folder, 'rules')
  const sheet = choices.sheets.find((s) => s.file === first!.file && (first!.sheet ?? s.sheet) === s.sheet)
  expect(sheet?.columns).toContain(first!.column)
  expect(choices.arguments.map((a) => a.id)).toContain(first!.argument)

  const wrong = await changeList(folder, 'rules', { ...list, arguments: [...others, { ...first!, unit: 'furlong' }] })
  expect(reds(wrong)).toContain(`list.unknown-unit 清单 list › ${list.arguments.length}`)
  expect((await folderView(folder, 'rules')).list).toMatchObject({ proposed: true, changed: false })

  const settled = list.arguments.map(({ question: _, ground: __, ...b }) => b)
  const region = { code: '513300', name: { zh: '甘孜州', en: 'Ganzi' } }
  const notApplicable = { R7: '本地没有海岸带' }
  const changed = await changeList(folder, 'rules', { ...list, region, notApplicable, arguments: settled })
  expect(changed.list).toMatchObject({ proposed: false, changed: true, whole: { region } })
  expect(changed.services.find((s) => s.id === 'R7')).toMatchObject({ leftOut: '本地没有海岸带' })
  expect(readFileSync(join(folder, 'account.yaml'), 'utf8')).toContain('甘孜州')
  expect(wholeOf(await folderView(folder, 'rules'))).toEqual(wholeOf(changed))

  const fewer = await changeList(folder, 'rules', { ...wholeOf(changed), arguments: settled.slice(1) })
  expect(wholeOf(fewer).arguments).toHaveLength(settled.length - 1)
  expect((await dropChanges(folder, 'rules')).list).toMatchObject({ proposed: true, changed: false, whole: list })
})

test('whoever changes an accepted list takes the acceptance back, and dropping the changes brings it again', async () => {
  const { ...list } = wholeOf(await folderView(folder, 'rules'))
  const settled = list.arguments.map(({ question: _, ground: __, ...b }) => b)
  await changeList(folder, 'rules', { ...list, arguments: settled })
  rmSync(join(home, 'list-before-changes.yaml'))
  const { acceptFolder } = await import('./account-folder.ts')
  await acceptFolder(folder, 'rules', 'jsy-001', '2026-03-02' as never)
  const changed = await changeList(folder, 'rules', wholeOf(await folderView(folder, 'rules')))
  expect(changed.list!.whole.accepted).toBeUndefined()
  expect((await dropChanges(folder, 'rules')).list!.whole.accepted).toEqual({ by: 'jsy-001', on: '2026-03-02' })
})
