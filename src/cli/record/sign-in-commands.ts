// `qingshan sign-in`, `sign-out`, `password`: a session for the commands that follow, and one's password.

import type { Command } from 'commander'
import { ProblemError } from '../../kernel/index.ts'
import { deskOf, inHouse, atDesk, withHouse, withPerson, type DeskOptions, type RecordEnv } from './desk.ts'
import { deskProblem } from './problems.ts'
import { pairsText } from './rows-text.ts'

export function addSignInCommands(program: Command, env: RecordEnv): void {
  withHouse(program.command('sign-in'))
    .description('登录，取得会话令牌 / sign in; prints a token for QINGSHAN_SESSION')
    .requiredOption('--as <login>', '登录名 / login name')
    .action(async (o: DeskOptions & { readonly as: string }) =>
      inHouse(o, async (house) => {
        const { signIn } = await import('../../core/identity/index.ts')
        const { hiddenLine, signInWorld } = await import('../who.ts')
        const password = process.env['QINGSHAN_PASSWORD'] ?? (await hiddenLine('密码 / password: '))
        const code = process.env['QINGSHAN_CODE']
        const signed = await signIn(signInWorld(house), {
          login: o.as,
          password,
          device: 'terminal',
          ...(code === undefined ? {} : { code }),
        })
        if ('hint' in signed) throw new ProblemError(signed)
        if (o.json)
          return env.out(
            JSON.stringify({ token: signed.token, person: signed.person, mustChange: signed.mustChange }, null, 2),
          )
        env.out(
          [
            '✓ 已登录。令牌只显示这一次；30 分钟不用即失效。/ Signed in. The token is shown once; it ends after 30 idle minutes.',
            `  export QINGSHAN_SESSION=${signed.token}`,
            ...(signed.mustChange
              ? [`! 须先改密码：qingshan password --as ${o.as} / The password must be changed first.`]
              : []),
          ].join('\n'),
        )
      }),
    )

  withPerson(program.command('sign-out'))
    .description('结束本人的全部会话 / end all of one’s sessions')
    .action(async (o: DeskOptions) =>
      atDesk(o, async ({ house, person }) => {
        const { revokeSessions } = await import('../../core/identity/index.ts')
        const ended = await revokeSessions({ store: house.store, now: house.world.now }, { person, why: 'signed-out' })
        env.out(o.json ? JSON.stringify({ ended }) : `✓ 已结束 ${ended} 个会话 / ${ended} sessions ended`)
      }),
    )

  withPerson(program.command('password'))
    .description('修改本人密码；--reset 为他人重设 / change one’s password; --reset sets somebody else’s')
    .option('--reset <login>', '为谁重设（管理员） / whose password to reset')
    .action(async (o: DeskOptions & { readonly reset?: string }) =>
      o.reset === undefined ? changeOwn(o, env) : reset(o, o.reset, env),
    )
}

async function changeOwn(o: DeskOptions, env: RecordEnv): Promise<void> {
  if (o.as === undefined) throw new ProblemError(deskProblem('desk.person-unknown', { login: '' }))
  const login = o.as
  return inHouse(o, async (house) => {
    const { newPassword, revokeSessions, signIn } = await import('../../core/identity/index.ts')
    const { hiddenLine, signInWorld } = await import('../who.ts')
    const present = process.env['QINGSHAN_PASSWORD'] ?? (await hiddenLine('现用密码 / present password: '))
    const code = process.env['QINGSHAN_CODE']
    const signed = await signIn(signInWorld(house), {
      login,
      password: present,
      device: 'terminal',
      ...(code === undefined ? {} : { code }),
    })
    if ('hint' in signed) throw new ProblemError(signed)
    const given = process.env['QINGSHAN_NEW_PASSWORD']
    const password = given ?? (await hiddenLine('新密码 / new password: '))
    if (given === undefined && (await hiddenLine('再输一次 / once more: ')) !== password)
      throw new ProblemError(deskProblem('desk.twice-different'))
    const made = await newPassword(
      { store: house.store, random: house.world.random },
      { person: signed.person, present, password },
    )
    if (!('hash' in made)) throw new ProblemError(made)
    const desk = await deskOf(house, signed.person, o.role ?? (await anyRole(house, signed.person)))
    const receipt = await desk.submit('changePassword', made)
    await revokeSessions(
      { store: house.store, now: house.world.now },
      { person: signed.person, why: 'password-changed' },
    )
    env.out(
      o.json
        ? JSON.stringify(receipt, null, 2)
        : '✓ 密码已修改，此前的会话已结束。/ The password is changed; earlier sessions have ended.',
    )
  })
}

/** Changing one's password is the same in every role. */
async function anyRole(house: Parameters<typeof deskOf>[0], person: string): Promise<string | undefined> {
  const { sql } = await import('../../core/store/index.ts')
  const rows = await house.store.query<{ role: string }>(
    sql`select role from role_grant where person = ${person} and revoked is null and stand_in_for is null order by role limit 1`,
  )
  return rows[0]?.role
}

async function reset(o: DeskOptions, login: string, env: RecordEnv): Promise<void> {
  return atDesk(o, async (desk) => {
    const { firstPassword, newPassword, normaliseLoginName } = await import('../../core/identity/index.ts')
    const { personByLogin } = await import('../../server/index.ts')
    const name = normaliseLoginName(login)
    const person = await personByLogin(desk.house, name)
    if (person === undefined) throw new ProblemError(deskProblem('desk.person-unknown', { login }))
    const password = firstPassword(desk.house.world.random, name)
    const made = await newPassword({ store: desk.house.store, random: desk.house.world.random }, { person, password })
    if (!('hash' in made)) throw new ProblemError(made)
    await desk.submit('resetPassword', made)
    if (o.json) return env.out(JSON.stringify({ login: name, password }, null, 2))
    env.out(
      [
        '✓ 密码已重设，只显示这一次，首次登录须修改 / Reset; shown once, to be changed at first sign-in',
        pairsText([[name, password]]),
      ].join('\n'),
    )
  })
}
