// A test to begin with for a new command: what must hold of every command, written out for this one. Its author adds the
// state the example needs and the promises of the domain.

import { canonicalJson, exampleOf, type Json, type Uuid } from '../../../kernel/index.ts'
import type { AnyCommand, Outcome, Submission } from '../model.ts'
import { kebab } from './declared.ts'
import { otherContent } from './other-content.ts'

/** What a skeleton runs on; the fixture it imports gives one with `openBench`. */
export interface Bench {
  readonly newId: () => Uuid
  readonly person: Uuid
  /** A role that may run the command at the place of its example, and one that may not. */
  readonly role: string
  readonly otherRole: string
  /** Submits, and where the command wants approval, requests and approves. */
  readonly submit: (submission: Submission) => Promise<Outcome>
  readonly close: () => Promise<void>
}

export interface SkeletonNames {
  /** Module that exports the command under its own name. */
  readonly command: string
  /** Module that exports `openBench(command): Promise<Bench>`. */
  readonly bench: string
}

/** The text of a vitest file. */
export function skeletonFor(command: AnyCommand, modules: SkeletonNames): string {
  const { name, input } = command
  const required = Object.entries(input.fields)
    .filter(([, field]) => field.required)
    .map(([field]) => field)
  const other = otherContent(input)
  const verb = kebab(name)
  return [
    `// ${command.title.zh} ${command.title.en}: what must hold of every command. Add what only this one promises.`,
    '',
    `import { afterEach, beforeEach, describe, expect, test } from 'vitest'`,
    `import { openBench } from '${modules.bench}'`,
    `import { ${name} } from '${modules.command}'`,
    '',
    `const example = ${literal(exampleOf(input))}`,
    ...(other ? [`const other = ${literal(other)}`] : []),
    '',
    `describe('${verb}', () => {`,
    `  let bench: Awaited<ReturnType<typeof openBench>>`,
    `  beforeEach(async () => {`,
    `    bench = await openBench(${name})`,
    `  })`,
    `  afterEach(() => bench.close())`,
    '',
    `  const submit = (id: ReturnType<typeof bench.newId>, input: unknown, role = bench.role) =>`,
    `    bench.submit({ id, command: ${name}.name, version: ${name}.version, input, person: bench.person, role })`,
    `  const refusals = async (input: unknown, role = bench.role): Promise<readonly (string | undefined)[]> => {`,
    `    const outcome = await submit(bench.newId(), input, role)`,
    `    return outcome.ok ? [] : outcome.problems.map((p) => (p.at?.field ? \`\${p.code} \${p.at.field}\` : p.code))`,
    `  }`,
    '',
    `  test('its example is accepted', async () => {`,
    `    expect(await submit(bench.newId(), example)).toMatchObject({ ok: true, receipt: { replayed: false } })`,
    `  })`,
    ...(required.length > 0
      ? [
          '',
          `  test.each(${inline(required)})('without %s it is refused', async (name) => {`,
          `    const rest = Object.fromEntries(Object.entries(example).filter(([field]) => field !== name))`,
          `    expect(await refusals(rest)).toEqual([\`field.missing \${name}\`])`,
          `  })`,
        ]
      : []),
    '',
    `  test('a field it does not know is refused', async () => {`,
    `    expect(await refusals({ ...example, noSuchField: 1 })).toEqual(['field.unknown noSuchField'])`,
    `  })`,
    '',
    `  test('another role is refused', async () => {`,
    `    expect(await refusals(example, bench.otherRole)).toContain('identity.role-may-not')`,
    `  })`,
    '',
    `  test('the same id again gives the same answer and does nothing', async () => {`,
    `    const id = bench.newId()`,
    `    const first = await submit(id, example)`,
    `    const again = await submit(id, example)`,
    `    expect(again).toEqual(first.ok ? { ok: true, receipt: { ...first.receipt, replayed: true } } : 'accepted')`,
    `  })`,
    ...(other
      ? [
          '',
          `  test('the same id with other content is refused', async () => {`,
          `    const id = bench.newId()`,
          `    await submit(id, example)`,
          `    const outcome = await submit(id, other)`,
          `    expect(outcome.ok ? [] : outcome.problems.map((p) => p.code)).toEqual(['act.replayed-differently'])`,
          `  })`,
        ]
      : []),
    `})`,
    '',
  ].join('\n')
}

/** JSON as it may stand in TypeScript: names without quotes, texts in single quotes, lines of bearable length. */
function literal(json: Json, indent = ''): string {
  const short = inline(json)
  if (indent.length + short.length <= 100 || typeof json !== 'object' || json === null) return short
  const inner = `${indent}  `
  const parts = Array.isArray(json)
    ? (json as readonly Json[]).map((part) => `${inner}${literal(part, inner)},`)
    : Object.entries(json).map(([name, part]) => `${inner}${name}: ${literal(part as Json, inner)},`)
  const [open, close] = Array.isArray(json) ? '[]' : '{}'
  return [open, ...parts, `${indent}${close}`].join('\n')
}

function inline(json: Json): string {
  if (typeof json === 'string')
    return `'${JSON.stringify(json).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (typeof json !== 'object' || json === null) return canonicalJson(json)
  if (Array.isArray(json)) return `[${(json as readonly Json[]).map(inline).join(', ')}]`
  const members = Object.entries(json).map(([name, part]) => `${name}: ${inline(part as Json)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
