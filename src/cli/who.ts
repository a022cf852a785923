// Who sits at the terminal: a session token from QINGSHAN_SESSION, else a login name with its password from QINGSHAN_PASSWORD or
// a hidden prompt. And asking as that person.

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { defineProblems, ProblemError, type Json, type JsonObject, type Uuid } from '../kernel/index.ts'
import type { House } from '../server/index.ts'

const problem = defineProblems({
  'who.must-change': {
    severity: 'red',
    zh: '首次登录或密码到期，须先改密码。',
    en: 'The password must be changed first.',
    hint: { zh: '执行 qingshan password --as 登录名。', en: 'Run qingshan password --as LOGIN.' },
  },
  'who.unknown': {
    severity: 'red',
    zh: '没有说明以谁的身份。',
    en: 'Who acts was not said.',
    hint: {
      zh: '用 --as 登录名，或先 qingshan sign-in 并设置 QINGSHAN_SESSION。',
      en: 'Say --as LOGIN, or sign in with qingshan sign-in and set QINGSHAN_SESSION.',
    },
  },
})

export interface Who {
  readonly as?: string
  readonly role: string
}

/** What signing in needs of a house. */
export const signInWorld = (house: House) => ({
  store: house.store,
  now: house.world.now,
  random: house.world.random,
  newId: house.newId,
  note: (changes: Parameters<House['recorder']['writeLoose']>[0]) => house.recorder.writeLoose(changes),
  zone: house.settings.zone,
})

/** Lines given through a pipe, which nobody sees typed; read once for all questions of a command. */
let piped: string[] | undefined

/** A line typed without being shown. */
export async function hiddenLine(question: string): Promise<string> {
  process.stderr.write(question)
  if (!process.stdin.isTTY) {
    piped ??= (await text(process.stdin)).split('\n')
    process.stderr.write('\n')
    return piped.shift() ?? ''
  }
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}

/** @throws ProblemError `who.…`, `identity.…` */
export async function personAtTerminal(house: House, who: Pick<Who, 'as'>): Promise<Uuid> {
  const { findSession, signIn } = await import('../core/identity/index.ts')
  const token = process.env['QINGSHAN_SESSION']
  if (token !== undefined && token !== '' && who.as === undefined) {
    const found = await findSession(signInWorld(house), token)
    if ('code' in found) throw new ProblemError(found)
    if (found.mustChange) throw new ProblemError(problem('who.must-change'))
    return found.person
  }
  if (who.as === undefined) throw new ProblemError(problem('who.unknown'))
  const password = process.env['QINGSHAN_PASSWORD'] ?? (await hiddenLine('密码 / password: '))
  const code = process.env['QINGSHAN_CODE']
  const signed = await signIn(signInWorld(house), {
    login: who.as,
    password,
    device: 'terminal',
    ...(code === undefined ? {} : { code }),
  })
  if ('hint' in signed) throw new ProblemError(signed)
  if (signed.mustChange) throw new ProblemError(problem('who.must-change'))
  return signed.person
}

/** @throws ProblemError whatever speaks against the question */
export async function askAs(house: House, who: Who, query: string, input: Json): Promise<readonly JsonObject[]> {
  const person = await personAtTerminal(house, who)
  const answer = await house.ask({ query, input, person, role: who.role })
  if (!answer.ok) throw new ProblemError(answer.problems)
  return answer.rows
}
