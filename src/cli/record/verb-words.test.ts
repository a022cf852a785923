// What is typed after a verb: fields by their options, collisions with our own options resolved, personal values never on the line.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { field, form, ProblemError } from '../../kernel/index.ts'
import { verbs, type AnyCommand } from '../../core/record/index.ts'
import { exampleLine, typedAs, typedWords, verbInput } from './verb-words.ts'

const FORM = form({
  role: field.text({ title: { zh: '岗位', en: 'role' }, example: 'clerk' }),
  amountKg: field.amount({ title: { zh: '数量', en: 'amount' }, example: '5' }),
  name: field.text({ title: { zh: '姓名', en: 'name' }, grade: 'personal', example: '王芳' }),
  lines: field.optional(
    field.list(field.text({ title: { zh: '行', en: 'line' }, example: 'a' }), { title: { zh: '明细', en: 'lines' } }),
  ),
})
const COMMAND = { name: 'tryThis', version: 1, title: { zh: '试', en: 'try' }, input: FORM } as unknown as AnyCommand
const [VERB] = verbs({ commands: [COMMAND], queries: [] })

const codesOf = (words: readonly string[]): readonly string[] => {
  try {
    typedWords(VERB!, words)
    return []
  } catch (e) {
    return e instanceof ProblemError ? e.problems.map((p) => p.code) : ['?']
  }
}

test('a field with the name of one of our options is typed with field- before it, also in the example', () => {
  expect(VERB!.options.map(typedAs)).toContain('--field-role')
  expect(exampleLine(VERB!)).toContain('--field-role clerk')
  expect(typedWords(VERB!, ['--field-role', 'x', '--amount-kg=5', '--lines', 'a', '--lines', 'b'])).toEqual({
    role: ['x'],
    amountKg: ['5'],
    lines: ['a', 'b'],
  })
})

test.each([
  [['--colour', 'red'], 'desk.no-option'],
  [['stray'], 'desk.no-option'],
  [['--amount-kg'], 'desk.no-value'],
  [['--name', '王芳'], 'desk.not-on-the-line'],
])('%j is refused', (words, code) => {
  expect(codesOf(words)).toEqual([code])
})

test('what was typed goes over the file, and what is personal is asked for where the file has it not', async () => {
  const home = mkdtempSync(join(tmpdir(), 'qs-words-'))
  try {
    const file = join(home, 'input.json')
    writeFileSync(file, JSON.stringify({ role: 'a', amountKg: '1' }))
    const asked: string[] = []
    const hidden = (question: string): Promise<string> => {
      asked.push(question)
      return Promise.resolve('李四')
    }
    const words = typedWords(VERB!, ['--amount-kg', '7'])
    expect({ ...((await verbInput(FORM, VERB!, words, file, hidden)) as object) }).toEqual({
      role: 'a',
      amountKg: '7',
      name: '李四',
    })
    expect(asked).toHaveLength(1)
    writeFileSync(file, JSON.stringify({ name: '王芳' }))
    await verbInput(FORM, VERB!, words, file, hidden)
    expect(asked).toHaveLength(1)
    writeFileSync(file, '[1]')
    await expect(verbInput(FORM, VERB!, words, file, hidden)).rejects.toThrow('desk.input-file')
  } finally {
    rmSync(home, { recursive: true })
  }
})
