// Verbs: what is typed as the example says is accepted, and the words that name people are asked for.

import { describe, expect, test } from 'vitest'
import { check, exampleOf, fromWords } from '../../../kernel/index.ts'
import { declared, issue } from './declared.fixture.ts'
import { verbs } from './index.ts'

const [permit, close, find] = verbs(declared)

describe('verbs', () => {
  test('a verb has an option for every field that can be typed', () => {
    expect(permit!.options.map((o) => o.flags)).toEqual([
      '--holder <ORGANISATION>',
      '--place <REGION>',
      '--permitted <QUANTITY>',
      '--issued-on <CIVIL-DATE>',
      '--kind <CHOICE>',
      '--remark <TEXT>',
      '--contact.name <TEXT>',
      '--contact.urgent <FLAG>',
      '--outlets <JSON...>',
      '--notes <TEXT...>',
    ])
    expect(close).toMatchObject({ kind: 'command', verb: 'close-year', options: [], example: 'close-year' })
    expect(find).toMatchObject({ kind: 'query', verb: 'find-permits', help: { zh: '查询许可证' } })
  })

  test('options say what they want in both languages', () => {
    const option = permit!.options.find((o) => o.path === 'permitted')!
    expect(option.help.zh).toBe('许可量，每年：例如 1.5 t')
    expect(option.help.en).toBe('Permitted, a year: such as 1.5 t')
  })

  test('choices are listed, personal words asked for, optional ones optional', () => {
    const by = new Map(permit!.options.map((o) => [o.path, o]))
    expect(by.get('kind')!.choices).toEqual(['water', 'air'])
    expect([...by.values()].filter((o) => o.ask).map((o) => o.path)).toEqual(['contact.name'])
    expect([...by.values()].filter((o) => !o.required).map((o) => o.path)).toEqual(['remark', 'notes'])
    expect(find!.options.find((o) => o.path === 'size.least')!.required).toBe(false)
  })

  test('the line of the example, typed into a shell, is the example of the form', () => {
    const [verb, ...args] = shellWords(permit!.example)
    expect(verb).toBe('issue-permit')
    const words: Record<string, string[]> = {}
    for (let i = 0; i < args.length; i += 2) (words[args[i]!.slice(2)] ??= []).push(args[i + 1]!)
    expect(check(issue.input, fromWords(issue.input, words))).toEqual({ ok: true, json: exampleOf(issue.input) })
  })
})

/** A shell's reading of words, single quotes and backslashes. */
function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s'\\]|\\.|'[^']*')+/g)].map(([word]) =>
    word.replace(/'([^']*)'|\\(.)/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
  )
}
