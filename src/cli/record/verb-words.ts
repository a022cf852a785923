// What was typed after a verb, read into its input: options by the fields of its form, the rest from a JSON file, personal and
// secret fields at a hidden prompt.
// Always holds: nothing personal is taken from the command line itself.

import { readFileSync } from 'node:fs'
import { fromWords, ProblemError, type Form } from '../../kernel/index.ts'
import type { Verb, VerbOption } from '../../core/record/index.ts'
import { deskProblem } from './problems.ts'

/** Names the command line keeps for itself. */
const OURS = new Set(['as', 'role', 'id', 'input', 'draft', 'from-draft', 'data', 'database', 'json', 'help', 'yes'])

const nameOf = (option: VerbOption): string => /^--(\S+)/.exec(option.flags)![1]!

/** `--firm`, or `--field-role` where `--role` means who acts. */
export const typedAs = (option: VerbOption): string =>
  OURS.has(nameOf(option)) ? `--field-${nameOf(option)}` : `--${nameOf(option)}`

/** The example of a verb as it is typed here. */
export function exampleLine(verb: Verb): string {
  return verb.options.reduce(
    (line, option) => line.replaceAll(` --${nameOf(option)} `, ` ${typedAs(option)} `),
    verb.example,
  )
}

export type TypedWords = Readonly<Record<string, readonly string[]>>

/** @throws ProblemError `desk.no-option`, `desk.no-value`, `desk.not-on-the-line` */
export function typedWords(verb: Verb, words: readonly string[]): TypedWords {
  const typed: Record<string, string[]> = {}
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const [name, inline] = word.startsWith('--') ? cut(word) : [word, undefined]
    const option = verb.options.find((o) => typedAs(o) === name)
    if (!option)
      throw new ProblemError(
        deskProblem('desk.no-option', { option: word, options: verb.options.map(typedAs).join(' ') || '（无 none）' }),
      )
    if (option.ask) throw new ProblemError(deskProblem('desk.not-on-the-line', { option: name }))
    const value = inline ?? words[++i]
    if (value === undefined) throw new ProblemError(deskProblem('desk.no-value', { option: name }))
    typed[option.path] = [...(typed[option.path] ?? []), value]
  }
  return typed
}

function cut(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=')
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

/** @param ask how a hidden value is asked for; undefined where there is nobody to ask
 *  @param below what stands where neither words nor file say anything: a draft
 *  @throws ProblemError `desk.input-file` */
export async function verbInput(
  form: Form,
  verb: Verb,
  typed: TypedWords,
  file: string | undefined,
  ask: ((question: string) => Promise<string>) | undefined,
  below: Slots = {},
): Promise<unknown> {
  const given = file === undefined ? below : merged(below, readObject(file))
  const hidden: Record<string, readonly string[]> = {}
  for (const option of verb.options.filter((o) => o.ask && !has(given, o.path))) {
    if (!ask) continue
    const skip = option.required ? '' : '（可不填，直接回车 / Enter to skip）'
    const said = await ask(`${option.help.zh}${skip}: `)
    if (said !== '') hidden[option.path] = [said]
  }
  const words = { ...typed, ...hidden }
  if (Object.keys(words).length === 0) return given
  return merged(given, fromWords(form, words) as Slots)
}

export type Slots = Readonly<Record<string, unknown>>
const isSlots = (v: unknown): v is Slots => typeof v === 'object' && v !== null && !Array.isArray(v)

const has = (given: Slots, path: string): boolean => {
  let at: unknown = given
  for (const step of path.split('.')) {
    if (!isSlots(at) || !Object.hasOwn(at, step)) return false
    at = at[step]
  }
  return true
}

/** What was typed goes over what the file says. */
const merged = (file: Slots, typed: Slots): Slots => ({
  ...file,
  ...Object.fromEntries(
    Object.entries(typed).map(([k, v]) => {
      const below = Object.hasOwn(file, k) ? file[k] : undefined
      return [k, isSlots(v) && isSlots(below) ? merged(below, v) : v]
    }),
  ),
})

function readObject(file: string): Slots {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isSlots(value)) return value
  } catch {
    // Told below, like a file that holds something else.
  }
  throw new ProblemError(deskProblem('desk.input-file', { file }))
}
