// A folder that holds what no run writes is refused, so that results never take the place of somebody's own files.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storyFolder } from '../../../test/stories/folders.ts'
import type { ProblemError } from '../../kernel/index.ts'
import { refuseForeignFiles } from './own-folder.ts'

const RESULTS = [
  'account.zip',
  'start.html',
  'index.html',
  'report.en.docx',
  '核算报告.docx',
  '核算表.xlsx',
  'passports.html',
  'passports-439901001.en.html',
  'VEP-TEA-01.docx',
  'figures.csv',
]

function filled(names: readonly string[]): string {
  const folder = storyFolder('own-folder')
  mkdirSync(folder, { recursive: true })
  for (const name of names) writeFileSync(join(folder, name), '')
  return folder
}

test('a folder of results, an empty one and one that is not there may be replaced', () => {
  for (const names of [[], RESULTS, [...RESULTS, '.DS_Store', '~$核算报告.docx', 'Thumbs.db']])
    expect(() => refuseForeignFiles(filled(names))).not.toThrow()
  expect(() => refuseForeignFiles(join(filled([]), 'nowhere'))).not.toThrow()
})

test.each(['家庭照片.jpg', 'account.yaml', '1 自然资源局 土地利用.xlsx', 'report.docx', 'xaccount.zip'])(
  'one that holds %s is refused by its name',
  (name) => {
    const folder = filled([...RESULTS, name])
    try {
      refuseForeignFiles(folder)
      expect.unreachable()
    } catch (e) {
      const [problem] = (e as ProblemError).problems
      expect(problem).toMatchObject({ code: 'output.not-ours' })
      expect(problem!.zh).toContain(name)
    }
  },
)
