// The skeleton is a test that runs: over a plain twin of the runner its promises hold, and over twins with one fault
// each the right promise breaks.

import { createRequire } from 'node:module'
import { transformSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { canonicalJson, check, instant, uuidv7, type Json, type Problem, type Uuid } from '../../../kernel/index.ts'
import type { AnyCommand, Outcome, Submission } from '../model.ts'
import { close, issue } from './declared.fixture.ts'
import { skeletonFor, type Bench } from './index.ts'
import { otherContent } from './other-content.ts'

const MODULES = { command: './commands.ts', bench: './bench.fixture.ts' }
type Fault = 'none' | 'lets anyone' | 'forgets' | 'takes anything' | 'ignores content'

/** A runner of one command as short as it can be, with one fault. */
function twin(command: AnyCommand, fault: Fault): Bench {
  const [role, otherRole] = ['clerk', 'auditor']
  const done = new Map<Uuid, readonly [content: string, outcome: Outcome & { ok: true }]>()
  const refused = (code: string): Outcome => ({ ok: false, problems: [{ code } as Problem] })
  let made = 0
  const submit = (s: Submission): Outcome => {
    const checked = check(command.input, s.input)
    if (!checked.ok && fault !== 'takes anything') return { ok: false, problems: checked.problems }
    if (s.role !== role && fault !== 'lets anyone') return refused('identity.role-may-not')
    const content = fault === 'ignores content' ? '' : canonicalJson(s.input as Json)
    const before = fault === 'forgets' ? undefined : done.get(s.id)
    if (before && before[0] !== content) return refused('act.replayed-differently')
    if (before) return { ok: true, receipt: { ...before[1].receipt, replayed: true } }
    const receipt = {
      act: s.id,
      kind: 'x',
      recorded: instant('2026-01-01T00:00:00Z'),
      leaf: made++,
      answer: null,
      replayed: false,
    }
    done.set(s.id, [content, { ok: true, receipt }])
    return { ok: true, receipt }
  }
  return {
    newId: () => uuidv7(made++, new Uint8Array(10)),
    person: uuidv7(0, new Uint8Array(10)),
    role,
    otherRole,
    submit: (s) => Promise.resolve(submit(s)),
    close: () => Promise.resolve(),
  }
}

/** Runs the text as vitest would. @returns the names of the promises, and of those that broke */
async function run(command: AnyCommand, fault: Fault): Promise<{ readonly kept: string[]; readonly broken: string[] }> {
  const promises: (readonly [string, () => Promise<void>])[] = []
  let before = (): Promise<void> => Promise.resolve()
  const each =
    (values: readonly string[]) =>
    (name: string, body: (value: string) => Promise<void>): void => {
      for (const value of values) promises.push([name.replace('%s', value), () => body(value)])
    }
  const modules: Readonly<Record<string, unknown>> = {
    vitest: {
      expect,
      describe: (_: string, body: () => void) => body(),
      beforeEach: (body: typeof before) => (before = body),
      afterEach: () => undefined,
      test: Object.assign((name: string, body: () => Promise<void>) => promises.push([name, body]), { each }),
    },
    [MODULES.bench]: { openBench: (c: AnyCommand) => Promise.resolve(twin(c, fault)) },
    [MODULES.command]: { [command.name]: command },
  }
  const { code } = transformSync(skeletonFor(command, MODULES), { loader: 'ts', format: 'cjs', target: 'es2022' })
  const program = new Function('require', 'module', code) as (
    require: (name: string) => unknown,
    module: object,
  ) => void
  program((name) => modules[name] ?? createRequire(import.meta.url)(name), {})
  const [kept, broken]: [string[], string[]] = [[], []]
  for (const [name, body] of promises) {
    await before()
    await body().then(
      () => kept.push(name),
      () => broken.push(name),
    )
  }
  return { kept, broken }
}

describe('the skeleton of a test', () => {
  test('promises of every command, for this one', async () => {
    expect(await run(issue, 'none')).toEqual({
      kept: [
        'its example is accepted',
        ...['holder', 'place', 'permitted', 'issuedOn', 'kind', 'contact', 'outlets'].map(
          (f) => `without ${f} it is refused`,
        ),
        'a field it does not know is refused',
        'another role is refused',
        'the same id again gives the same answer and does nothing',
        'the same id with other content is refused',
      ],
      broken: [],
    })
  })

  test('a command without fields has fewer to keep', async () => {
    const { kept, broken } = await run(close, 'none')
    expect([kept.length, broken]).toEqual([4, []])
  })

  test.each<[Fault, string]>([
    ['lets anyone', 'another role is refused'],
    ['forgets', 'the same id again gives the same answer and does nothing'],
    ['takes anything', 'without holder it is refused'],
    ['ignores content', 'the same id with other content is refused'],
  ])('a runner that %s breaks: %s', async (fault, promise) => {
    expect((await run(issue, fault)).broken).toContain(promise)
  })

  test('other content is right as well and differs', () => {
    const other = otherContent(issue.input)!
    expect(check(issue.input, other)).toEqual({ ok: true, json: other })
    expect(otherContent(close.input)).toBeUndefined()
  })

  test('it opens by saying what it is and is no longer than a page', () => {
    const text = skeletonFor(issue, MODULES)
    expect(text.split('\n')[0]).toContain('核发许可证 Issue a permit')
    expect(text.split('\n').length).toBeLessThan(100)
  })
})
