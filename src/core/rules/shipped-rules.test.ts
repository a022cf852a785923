// The rules that ship with the platform: every file is read, every unit checked, every worked example run.

import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { problemText } from '../../kernel/index.ts'
import { loadRuleBook, runExamples } from './index.ts'

const dir = fileURLToPath(new URL('../../../rules', import.meta.url))

describe('shipped rules', async () => {
  const { book, problems } = await loadRuleBook(dir)

  test('no shipped file has a red problem', () => {
    const red = problems.filter((p) => p.severity === 'red').map((p) => problemText(p, 'zh'))
    expect(red.join('\n')).toBe('')
  })

  test('every worked example comes out', () => {
    const failing = runExamples(book).map((p) => problemText(p, 'zh'))
    expect(failing.join('\n')).toBe('')
  })
})
